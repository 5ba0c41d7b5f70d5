import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { AlarmTopics } from "../observability/severity";
import { Certificate } from "./certificate";

export interface LentLoadBalancerArgs {
  /** What the product and its services are called; in a certificate of their own. */
  readonly domainNames: readonly [string, ...string[]];
  /** Where the name is proven. */
  readonly publicZoneId: pulumi.Input<string>;
  /** Where the name is resolved. */
  readonly privateZoneId: pulumi.Input<string>;
  /** Acts in that zone's account, where it is another. */
  readonly privateZoneOwner?: aws.Provider;
  /** An InternalLoadBalancer of the same account and region. */
  readonly lender: {
    readonly listenerArn: pulumi.Input<string>;
    /** Absent: it has none. */
    readonly testListenerArn?: pulumi.Input<string>;
    readonly securityGroupId: pulumi.Input<string>;
    readonly dnsName: pulumi.Input<string>;
    readonly zoneId: pulumi.Input<string>;
    readonly fullName: pulumi.Input<string>;
  };
  /** Topics of its region, which hear when the certificate is not renewed; absent: nobody does. */
  readonly expiryTopics?: AlarmTopics;
}

/**
 * A product's own name and certificate on another product's load balancer. Its services' rules name the host, so that
 * no product on the load balancer answers for another.
 *
 * Refused: what Certificate refuses. Source: Elastic Load Balancing user guide, "SSL certificates for your Application
 * Load Balancer": 25 certificates beside the first, unless the quota is raised.
 */
export class LentLoadBalancer extends pulumi.ComponentResource {
  readonly listenerArn: pulumi.Output<string>;
  readonly testListenerArn: pulumi.Output<string> | undefined;
  readonly securityGroupId: pulumi.Output<string>;
  readonly dnsName: pulumi.Output<string>;
  readonly zoneId: pulumi.Output<string>;
  /** What metrics call it: `app/orders/1234567890abcdef`. */
  readonly fullName: pulumi.Output<string>;

  constructor(name: string, args: LentLoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:ingress:LentLoadBalancer", name, {}, opts);
    const here = { parent: this };
    const { domainNames, lender, privateZoneOwner } = args;
    const certificate = new Certificate(
      name,
      { domainNames, publicZoneId: args.publicZoneId, expiryTopics: args.expiryTopics },
      here,
    );
    const { testListenerArn } = lender;
    for (const [listener, listenerArn] of [
      [name, lender.listenerArn],
      ...(testListenerArn === undefined ? [] : [[`${name}-test`, testListenerArn] as const]),
    ] as const)
      new aws.lb.ListenerCertificate(listener, { listenerArn, certificateArn: certificate.arn }, here);
    const [first] = domainNames;
    for (const domainName of domainNames)
      new aws.route53.Record(
        domainName === first ? name : `${name}-${domainName}`,
        {
          zoneId: args.privateZoneId,
          name: domainName,
          type: "A",
          aliases: [{ name: lender.dnsName, zoneId: lender.zoneId, evaluateTargetHealth: true }],
        },
        privateZoneOwner === undefined ? here : { ...here, provider: privateZoneOwner },
      );
    this.listenerArn = pulumi.output(lender.listenerArn);
    this.testListenerArn = testListenerArn === undefined ? undefined : pulumi.output(testListenerArn);
    this.fullName = pulumi.output(lender.fullName);
    this.securityGroupId = pulumi.output(lender.securityGroupId);
    this.dnsName = pulumi.output(lender.dnsName);
    this.zoneId = pulumi.output(lender.zoneId);
    this.registerOutputs({ dnsName: this.dnsName, listenerArn: this.listenerArn });
  }
}
