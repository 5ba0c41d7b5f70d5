import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { isReason } from "../reason";
import { ApplicationLoadBalancer, type BalancerArgs } from "./application-load-balancer";
import type { Callers } from "./callers";
import { otherZoneOf } from "./certificate";
import type { RequiredHeader } from "./rule-conditions";

export interface PublicLoadBalancerArgs extends BalancerArgs {
  /** Why it is public, in 20 characters or more; kept as a tag. */
  readonly allowPublic: string;
  /** A web ACL of scope REGIONAL, of its account and region. */
  readonly webAclArn: pulumi.Input<string>;
  /** `internet`: anyone. Else only CloudFront's addresses, and those are every customer's: hence the header. */
  readonly callers: "internet" | { readonly cloudFront: CloudFrontCallers };
  /** Whether it has IPv6 addresses, and is called from them; its subnets must have them. Default: false. */
  readonly ipv6?: boolean;
}

export interface CloudFrontCallers {
  /** Of `com.amazonaws.global.cloudfront.origin-facing` in the region, for example `pl-a3a144ac`. */
  readonly prefixListId: string;
  /** What the company's distribution adds to each request, and nobody else knows. */
  readonly header: RequiredHeader;
}

/**
 * An `ApplicationLoadBalancer` on the internet, behind a web application firewall, in the ingress subnets; its names
 * are proven and resolved in the public zone. While the firewall does not answer, nobody gets in.
 *
 * Called by CloudFront, the rule of each service must demand the header: `ruleConditions(rule, requiredHeader)`; what
 * comes without it gets 404. CloudFront's list counts as 55 of the 60 rules that a security group may have, so that
 * there is no room for it on port 80, where CloudFront does not call anyway.
 *
 * Refused: a reason of fewer than 20 characters, and what `ApplicationLoadBalancer` and `Certificate` refuse.
 *
 * Sources: FSBP control ELB.16; Elastic Load Balancing user guide, "AWS WAF"; CloudFront developer guide, "Restrict
 * access to Application Load Balancers"; Amazon VPC user guide, "AWS-managed prefix lists".
 */
export class PublicLoadBalancer extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly dnsName: pulumi.Output<string>;
  /** The zone that Elastic Load Balancing keeps that name in. */
  readonly zoneId: pulumi.Output<string>;
  readonly listenerArn: pulumi.Output<string>;
  readonly testListenerArn: pulumi.Output<string> | undefined;
  readonly securityGroupId: pulumi.Output<string>;
  /** What metrics call it: `app/shop/1234567890abcdef`. */
  readonly fullName: pulumi.Output<string>;
  /** What the rule of each service must demand. */
  readonly requiredHeader: RequiredHeader | undefined;

  constructor(name: string, args: PublicLoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:ingress:PublicLoadBalancer", name, {}, opts);
    const { allowPublic, webAclArn, callers, ipv6 = false, ...balancerArgs } = args;
    if (!isReason(allowPublic))
      throw new Error(`allowPublic is "${allowPublic}"; say in 20 characters or more why it is public`);
    const here = { parent: this };
    const cloudFront = callers === "internet" ? undefined : callers.cloudFront;
    const balancer = new ApplicationLoadBalancer(
      name,
      {
        ...balancerArgs,
        internal: false,
        callers: cloudFront ? { cloudfront: { prefixListId: cloudFront.prefixListId } } : everyone(ipv6),
        redirect: cloudFront === undefined,
        dualStack: ipv6,
        tags: { "allow-public": allowPublic },
      },
      here,
    );
    new aws.wafv2.WebAclAssociation(name, { resourceArn: balancer.arn, webAclArn }, here);
    for (const domainName of args.domainNames) {
      if (otherZoneOf(domainName, args.otherZones ?? []) !== undefined) continue;
      for (const type of ipv6 ? (["A", "AAAA"] as const) : (["A"] as const))
        new aws.route53.Record(
          `${name}-${domainName}-${type.toLowerCase()}`,
          {
            zoneId: args.publicZoneId,
            name: domainName,
            type,
            aliases: [{ name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: true }],
          },
          here,
        );
    }
    this.arn = balancer.arn;
    this.dnsName = balancer.dnsName;
    this.zoneId = balancer.zoneId;
    this.listenerArn = balancer.listenerArn;
    this.testListenerArn = balancer.testListenerArn;
    this.securityGroupId = balancer.securityGroupId;
    this.fullName = balancer.fullName;
    this.requiredHeader = cloudFront?.header;
    this.registerOutputs({ arn: this.arn, dnsName: this.dnsName, listenerArn: this.listenerArn });
  }
}

const everyone = (ipv6: boolean): Callers => ({
  internet: "0.0.0.0/0",
  ...(ipv6 ? { "internet-ipv6": "::/0" } : {}),
});
