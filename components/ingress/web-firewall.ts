import { isIP } from "node:net";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arn, type Location } from "../location";
import {
  type FirewallChoices,
  groupRule,
  groupsInForce,
  measured,
  rangeRule,
  rateLimits,
  rateRule,
} from "./firewall-rules";

/**
 * CloudFront, and whatever belongs to it, lives here. Source: AWS WAF developer guide, "AWS WAF with
 * CloudFront".
 */
export const edgeRegion = "us-east-1";

export interface WebFirewallArgs extends FirewallChoices {
  /** Its name in AWS; 1 to 100 letters, digits, `-` and `_`. */
  readonly firewallName: string;
  /**
   * CLOUDFRONT: for distributions; REGIONAL: for load balancers, stages of REST APIs, GraphQL APIs and user
   * pools.
   */
  readonly scope: "CLOUDFRONT" | "REGIONAL";
  /** Where it is; of scope CLOUDFRONT always in us-east-1. */
  readonly at: Location;
  /**
   * The ARNs of what it protects, by a short name; of scope REGIONAL only, a distribution names its firewall
   * itself.
   */
  readonly protects?: Readonly<Record<string, pulumi.Input<string>>>;
  /**
   * The logs' key, of the same region; it must let CloudWatch Logs use it for
   * `firewallLogGroup(firewallName)`.
   */
  readonly keyArn: pulumi.Input<string>;
  readonly logRetentionDays: number;
}

/** AWS WAF writes to groups of this beginning only. Source: AWS WAF developer guide, "CloudWatch Logs". */
export const firewallLogGroup = (firewallName: string): string => `aws-waf-logs-${firewallName}`;

/** What says who somebody is must not be in a log. */
const secretHeaders = ["authorization", "cookie", "x-api-key", "x-amz-security-token"];

/**
 * A web ACL of AWS WAF: first the ranges that are denied, then those that are allowed, then how often one
 * address may ask, then AWS's managed rule groups. What meets no rule is let in. All requests are logged
 * without what identifies their senders' sessions.
 *
 * An HTTP API (API Gateway version 2) can not have one; see HttpApi.
 *
 * Refused: a rate out of bounds; a range that is none, or that is the whole internet; a group that counts and
 * is not in force; another region than us-east-1 for CloudFront; anything to protect for CloudFront.
 * Sources: AWS WAF developer guide, "Resources that you can protect with AWS WAF", "Logging AWS WAF
 * protection pack (web ACL) traffic"; FSBP controls WAF.10, WAF.11, WAF.12.
 */
export class WebFirewall extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly logGroupArn: string;

  constructor(name: string, args: WebFirewallArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:ingress:WebFirewall", name, {}, opts);
    check(name, args);
    const here = { parent: this };
    const { scope } = args;
    const { region } = args.at;

    const ranges = (list: "deny" | "allow") =>
      ([4, 6] as const).flatMap(version => {
        const addresses = (args[list] ?? []).filter(range => isIP(range.split("/")[0] ?? "") === version);
        if (addresses.length === 0) return [];
        const of = `${list}-ipv${version}`;
        const set = new aws.wafv2.IpSet(
          `${name}-${of}`,
          { scope, region, ipAddressVersion: `IPV${version}`, addresses },
          here,
        );
        return [{ of, arn: set.arn, action: list === "deny" ? ("block" as const) : list }];
      });
    const lists = [...ranges("deny"), ...ranges("allow")];
    const acl = new aws.wafv2.WebAcl(
      name,
      {
        name: args.firewallName,
        scope,
        region,
        defaultAction: { allow: {} },
        visibilityConfig: measured(args.firewallName),
        rules: [
          ...lists.map(({ of, action, arn }, priority) => rangeRule(of, action, arn, priority)),
          // Lists take up to four places, whether they are there or not: so no rule moves when one comes.
          rateRule(args.rateLimit, 4),
          ...groupsInForce(args).map((group, index) => groupRule(group, args, 5 + index)),
        ],
      },
      here,
    );

    const logGroupName = firewallLogGroup(args.firewallName);
    const group = new aws.cloudwatch.LogGroup(
      name,
      { name: logGroupName, retentionInDays: args.logRetentionDays, kmsKeyId: args.keyArn, region },
      here,
    );
    new aws.wafv2.WebAclLoggingConfiguration(
      name,
      {
        resourceArn: acl.arn,
        logDestinationConfigs: [group.arn],
        redactedFields: secretHeaders.map(header => ({ singleHeader: { name: header } })),
        region,
      },
      here,
    );
    for (const [what, resourceArn] of Object.entries(args.protects ?? {}))
      new aws.wafv2.WebAclAssociation(`${name}-${what}`, { webAclArn: acl.arn, resourceArn, region }, here);

    this.arn = acl.arn;
    this.logGroupArn = arn("logs", args.at, `log-group:${logGroupName}`);
    this.registerOutputs({ arn: this.arn });
  }
}

function check(name: string, args: WebFirewallArgs): void {
  const refuse = (what: string) => {
    throw new Error(`the firewall ${name}: ${what}`);
  };
  if (!/^[\w-]{1,100}$/.test(args.firewallName))
    refuse(`firewallName is "${args.firewallName}"; 1 to 100 letters, digits, - and _ would be right`);
  const { lowest, highest } = rateLimits;
  if (!Number.isInteger(args.rateLimit) || args.rateLimit < lowest || args.rateLimit > highest)
    refuse(`rateLimit is ${args.rateLimit}; ${lowest} to ${highest} requests in five minutes would be right`);
  for (const list of ["allow", "deny"] as const)
    (args[list] ?? []).forEach((range, index) => {
      if (!isRange(range))
        refuse(
          `${list}[${index}] is "${range}"; a range such as 203.0.113.0/24 would be right, and not all there is`,
        );
    });
  const inForce = groupsInForce(args);
  for (const group of args.counting ?? [])
    if (!inForce.includes(group))
      refuse(`counting has "${group}", which is not in force; ${inForce.join(", ")} are`);
  if (args.scope !== "CLOUDFRONT") return;
  if (args.at.region !== edgeRegion)
    refuse(`at.region is ${args.at.region}; of scope CLOUDFRONT it is always in ${edgeRegion}`);
  if (Object.keys(args.protects ?? {}).length > 0)
    refuse("protects is for scope REGIONAL; a distribution names its firewall itself, as webAclId");
}

/** AWS WAF takes ranges of every length but 0. Source: AWS WAF API reference, "IPSet". */
function isRange(range: string): boolean {
  const [address = "", length = "", ...more] = range.split("/");
  const version = isIP(address);
  return (
    version !== 0 &&
    more.length === 0 &&
    /^[1-9]\d*$/.test(length) &&
    Number(length) <= (version === 4 ? 32 : 128)
  );
}
