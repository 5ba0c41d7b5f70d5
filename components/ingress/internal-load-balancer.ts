import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ApplicationLoadBalancer, type BalancerArgs } from "./application-load-balancer";
import type { Callers } from "./callers";
import { otherZoneOf } from "./certificate";

export interface InternalLoadBalancerArgs extends BalancerArgs {
  /** Where the names are resolved, but for those of `otherZones`. */
  readonly privateZoneId: pulumi.Input<string>;
  /** Acts in that zone's account, where it is another. */
  readonly privateZoneOwner?: aws.Provider;
  /** Who may call it, by a short name that says who they are; ranges that callers have inside the company. */
  readonly callers: Callers;
}

/**
 * An `ApplicationLoadBalancer` inside the company, in subnets that callers can route to: its names are validated in the
 * public zone and resolved in the private one.
 *
 * Refused: what `ApplicationLoadBalancer` and `Certificate` refuse.
 */
export class InternalLoadBalancer extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly dnsName: pulumi.Output<string>;
  /** The zone that Elastic Load Balancing keeps that name in. */
  readonly zoneId: pulumi.Output<string>;
  readonly listenerArn: pulumi.Output<string>;
  readonly testListenerArn: pulumi.Output<string> | undefined;
  readonly securityGroupId: pulumi.Output<string>;
  /** What metrics call it: `app/orders/1234567890abcdef`. */
  readonly fullName: pulumi.Output<string>;

  constructor(name: string, args: InternalLoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:ingress:InternalLoadBalancer", name, {}, opts);
    const { privateZoneId, privateZoneOwner, ...balancerArgs } = args;
    const balancer = new ApplicationLoadBalancer(name, { ...balancerArgs, internal: true }, { parent: this });
    const [first] = args.domainNames;
    for (const domainName of args.domainNames)
      if (otherZoneOf(domainName, args.otherZones ?? []) === undefined)
        new aws.route53.Record(
          domainName === first ? name : `${name}-${domainName}`,
          {
            zoneId: privateZoneId,
            name: domainName,
            type: "A",
            aliases: [{ name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: true }],
          },
          { parent: this, ...(privateZoneOwner === undefined ? {} : { provider: privateZoneOwner }) },
        );
    this.arn = balancer.arn;
    this.dnsName = balancer.dnsName;
    this.zoneId = balancer.zoneId;
    this.listenerArn = balancer.listenerArn;
    this.testListenerArn = balancer.testListenerArn;
    this.securityGroupId = balancer.securityGroupId;
    this.fullName = balancer.fullName;
    this.registerOutputs({ arn: this.arn, dnsName: this.dnsName, listenerArn: this.listenerArn });
  }
}
