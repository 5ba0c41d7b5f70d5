import type * as aws from "@pulumi/aws";

/**
 * AWS's managed rule groups, by the words that they are called here. The capacity of all of them together
 * with two lists of addresses each for IPv4 and IPv6 and a rate is 1,481 units; 1,500 come without a
 * surcharge.
 * Source: AWS WAF developer guide, "AWS Managed Rules rule groups list".
 */
export const managedGroups = {
  reputation: "AWSManagedRulesAmazonIpReputationList",
  common: "AWSManagedRulesCommonRuleSet",
  "bad-inputs": "AWSManagedRulesKnownBadInputsRuleSet",
  sql: "AWSManagedRulesSQLiRuleSet",
  admin: "AWSManagedRulesAdminProtectionRuleSet",
  anonymous: "AWSManagedRulesAnonymousIpList",
  linux: "AWSManagedRulesLinuxRuleSet",
} as const;

export type ManagedGroup = keyof typeof managedGroups;

/** What every firewall has; the others fit some applications only. */
export const usualGroups = ["reputation", "common", "bad-inputs"] as const satisfies readonly ManagedGroup[];

export type OptionalGroup = Exclude<ManagedGroup, (typeof usualGroups)[number]>;

/** Requests of one address in five minutes. Source: AWS WAF API reference, "RateBasedStatement". */
export const rateLimits = { lowest: 10, highest: 2_000_000_000 } as const;

/** What a firewall can be asked to be; each word weakens or strengthens it visibly. */
export interface FirewallChoices {
  /** Requests that one address may send in five minutes: 10 to 2,000,000,000. */
  readonly rateLimit: number;
  /**
   * Rule groups beside the usual ones: `sql` where there is an SQL database, `linux` where files are served,
   * `admin` refuses administration pages, `anonymous` refuses proxies, Tor and hosting providers.
   */
  readonly groups?: readonly OptionalGroup[];
  /** Rule groups that only count what they would block: to try one out before it turns customers away. */
  readonly counting?: readonly ManagedGroup[];
  /**
   * Ranges that are let in without looking further, whatever the other rules say: such as a monitoring
   * service's.
   */
  readonly allow?: readonly string[];
  /** Ranges that are never let in, not even where `allow` has them. */
  readonly deny?: readonly string[];
  /** Bodies of more than 8 KiB get through, as uploads need: `common` blocks them else. */
  readonly largeBodies?: boolean;
}

type Rule = aws.types.input.wafv2.WebAclRule;

/** Every rule is measured, and a few of the requests that it met can be looked at. */
export const measured = (metricName: string) => ({
  metricName,
  cloudwatchMetricsEnabled: true,
  sampledRequestsEnabled: true,
});

/** Addresses that are let in or turned away; before all else, the refusal first. */
export const rangeRule = (
  name: string,
  action: "allow" | "block",
  setArn: Rule["name"],
  priority: number,
): Rule => ({
  name,
  priority,
  action: action === "allow" ? { allow: {} } : { block: {} },
  statement: { ipSetReferenceStatement: { arn: setArn } },
  visibilityConfig: measured(name),
});

export const rateRule = (limit: number, priority: number): Rule => ({
  name: "rate-limit",
  priority,
  action: { block: {} },
  statement: { rateBasedStatement: { limit, aggregateKeyType: "IP", evaluationWindowSec: 300 } },
  visibilityConfig: measured("rate-limit"),
});

export function groupRule(group: ManagedGroup, choices: FirewallChoices, priority: number): Rule {
  const name = managedGroups[group];
  const counts = choices.counting?.includes(group) === true;
  return {
    name,
    priority,
    overrideAction: counts ? { count: {} } : { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: "AWS",
        name,
        ...(group === "common" && choices.largeBodies === true
          ? { ruleActionOverrides: [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }] }
          : {}),
      },
    },
    visibilityConfig: measured(name),
  };
}

/** The groups in force, in the order in which they look at a request: the cheapest answer first. */
export const groupsInForce = ({ groups = [] }: FirewallChoices): ManagedGroup[] => {
  const asked = new Set<ManagedGroup>([...usualGroups, ...groups]);
  return (Object.keys(managedGroups) as ManagedGroup[]).filter(group => asked.has(group));
};
