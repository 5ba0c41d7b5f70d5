import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "../identity/policy-document";
import { arn, type Location } from "../location";
import { LogGroup } from "../observability/log-group";

export interface DnsFirewallArgs {
  readonly at: Location;
  readonly vpcId: pulumi.Input<string>;
  /** Names that are never resolved, also below allowed ones: `example.com`, or `*.example.com` for all below it. */
  readonly block?: readonly string[];
  /**
   * The only names that are resolved. The list has to hold the VPC's own, too: `*.amazonaws.com`, private zones and
   * `*.compute.internal`.
   */
  readonly allow?: readonly string[];
  /** Whether names are resolved while the firewall does not answer; default: false, they are not. */
  readonly failOpen?: boolean;
  /** Whether the firewall can be taken off the VPC only after this was set to false; default: true. */
  readonly mutationProtection?: boolean;
  /** Among the VPC's rule groups, the lowest is asked first; 101 to 9899; default: 101. */
  readonly priority?: number;
  /** Where all queries of the VPC are recorded; default: nowhere. */
  readonly queryLogs?:
    | {
        /** It must admit CloudWatch Logs for log groups below `/landing-zone/`. */
        readonly keyArn: pulumi.Input<string>;
        readonly retentionDays: number;
      }
    /** A bucket that lets in delivery.logs.amazonaws.com, see `FlowLogArchive`. */
    | { readonly bucketArn: string };
}

/**
 * Route 53 Resolver DNS Firewall: which names a VPC may look up. Names carry data out where nothing else does, for the
 * resolver asks the internet on behalf of subnets that have no way there. Asked in this order, where given: the list
 * of names to block; the list of names to allow; and after the latter all others are blocked. What is blocked does not
 * exist, says the answer. An allowed name is trusted with what it is an alias of; a blocked one is found behind an
 * alias, too.
 *
 * AWS's own lists are left out: their numbers differ by Region and only AWS tells them.
 *
 * Refused with an error: neither list, an empty one, what is no name, `*` alone, a name twice, and a priority out of
 * range.
 *
 * Sources: Route 53 developer guide, "How Resolver DNS Firewall works", "Rule settings in DNS Firewall", "DNS
 * Firewall VPC configuration" (failing open) and "Resolver query logging".
 */
export class DnsFirewall extends pulumi.ComponentResource {
  readonly ruleGroupArn: pulumi.Output<string>;

  constructor(name: string, args: DnsFirewallArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:network:DnsFirewall", name, {}, opts);
    const { vpcId, block, allow, priority = 101 } = args;
    if (block === undefined && allow === undefined)
      throw new Error("neither block nor allow is given; a firewall needs one of them");
    for (const [list, domains] of Object.entries({ block, allow })) requireDomains(list, domains);
    if (!Number.isInteger(priority) || priority < 101 || priority > 9899)
      throw new Error(`priority is ${priority}; it must be a whole number from 101 to 9899`);
    const here = { parent: this };
    const group = new aws.route53.ResolverFirewallRuleGroup(name, { name, tags: { Name: name } }, here);
    const rules = rulesOf(block, allow).map(({ of, domains, ...rule }, index) => {
      const ruleName = `${name}-${of}`;
      const list = new aws.route53.ResolverFirewallDomainList(
        ruleName,
        { name: ruleName, domains: [...domains], tags: { Name: ruleName } },
        here,
      );
      return new aws.route53.ResolverFirewallRule(
        ruleName,
        {
          name: of,
          firewallRuleGroupId: group.id,
          firewallDomainListId: list.id,
          priority: 100 * (index + 1),
          ...rule,
        },
        here,
      );
    });
    new aws.route53.ResolverFirewallConfig(
      name,
      { resourceId: vpcId, firewallFailOpen: args.failOpen ? "ENABLED" : "DISABLED" },
      here,
    );
    new aws.route53.ResolverFirewallRuleGroupAssociation(
      name,
      {
        name,
        firewallRuleGroupId: group.id,
        vpcId,
        priority,
        mutationProtection: args.mutationProtection === false ? "DISABLED" : "ENABLED",
        tags: { Name: name },
      },
      // Half of the rules could be the last one, which blocks everything.
      { ...here, dependsOn: rules },
    );
    if (args.queryLogs) this.record(name, args, args.queryLogs);
    this.ruleGroupArn = group.arn;
    this.registerOutputs({ ruleGroupArn: this.ruleGroupArn });
  }

  private record(
    name: string,
    { at, vpcId }: DnsFirewallArgs,
    to: NonNullable<DnsFirewallArgs["queryLogs"]>,
  ): void {
    const here = { parent: this };
    const { destinationArn, ready } =
      "bucketArn" in to
        ? { destinationArn: to.bucketArn, ready: [] }
        : this.logGroup(name, { at, keyArn: to.keyArn, retentionDays: to.retentionDays });
    const config = new aws.route53.ResolverQueryLogConfig(
      name,
      { name, destinationArn, tags: { Name: name } },
      { ...here, dependsOn: ready },
    );
    new aws.route53.ResolverQueryLogConfigAssociation(
      name,
      { resolverQueryLogConfigId: config.id, resourceId: vpcId },
      here,
    );
  }

  private logGroup(
    name: string,
    args: { at: Location; keyArn: pulumi.Input<string>; retentionDays: number },
  ): { destinationArn: string; ready: pulumi.Resource[] } {
    const here = { parent: this };
    const logs = new LogGroup(name, { name: `/landing-zone/dns-queries/${name}`, ...args }, here);
    // AWS would write a policy by itself, for whoever makes the configuration and may write policies.
    const admitted = new aws.cloudwatch.LogResourcePolicy(
      name,
      {
        policyName: `landing-zone-dns-queries-${name}`,
        policyDocument: policyDocument([deliveryTo(logs.arn, args.at)]),
      },
      here,
    );
    return { destinationArn: logs.arn, ready: [logs, admitted] };
  }
}

/** Source: CloudWatch Logs user guide, "Logs sent to CloudWatch Logs". */
const deliveryTo = (logGroupArn: string, at: Location): Statement => ({
  Sid: "QueryLogs",
  Effect: "Allow",
  Principal: { Service: "delivery.logs.amazonaws.com" },
  Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
  Resource: `${logGroupArn}:log-stream:*`,
  Condition: {
    StringEquals: { "aws:SourceAccount": at.accountId },
    ArnLike: { "aws:SourceArn": arn("logs", at, "*") },
  },
});

const refuse = { action: "BLOCK", blockResponse: "NXDOMAIN" };

/** In the order in which they are asked. */
const rulesOf = (block: readonly string[] | undefined, allow: readonly string[] | undefined) => [
  ...(block === undefined
    ? []
    : [
        {
          of: "blocked",
          domains: block,
          firewallDomainRedirectionAction: "INSPECT_REDIRECTION_DOMAIN",
          ...refuse,
        },
      ]),
  ...(allow === undefined
    ? []
    : [
        {
          of: "allowed",
          domains: allow,
          firewallDomainRedirectionAction: "TRUST_REDIRECTION_DOMAIN",
          action: "ALLOW",
        },
        { of: "others", domains: ["*"], ...refuse },
      ]),
];

const domain = /^(\*\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;

function requireDomains(list: string, domains: readonly string[] | undefined): void {
  if (domains === undefined) return;
  if (domains.length === 0) throw new Error(`${list} is empty; leave it out instead`);
  for (const name of domains)
    if (name.length > 255 || !domain.test(name))
      throw new Error(
        `${list} holds ${name}; it must be a name in lower case, like example.com or *.example.com`,
      );
  const twice = domains.find((name, index) => domains.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`${list} holds ${twice} twice`);
}
