import { mustBe } from "../demands";
import { withProperties } from "../mended";
import type { Report } from "../report";
import { firewallRuleGroups, webAclLogs, webAclRules, webAcls } from "../resource-types";
import type { Rule } from "../rule";
import type { Value } from "../value";
import { type FirewallRule, ownRules, rulesOf } from "./wafv2-rules";

/** Of AWS's managed groups, those that look for what every application is attacked with. */
const baseline = ["AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet"];

export const wafv2: readonly Rule[] = [
  {
    name: "waf-not-empty",
    theme: "exposure",
    title: "A web application firewall has rules",
    why: "One without any lets through, or turns away, everything alike",
    fix: "add rules, each with an action, or for a group of rules an overrideAction",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP WAF.10"],
    types: [...webAcls, ...firewallRuleGroups],
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(firewallRuleGroups), (group, report) => {
        if (ownRules(group).length === 0) report.refuse("it has no rules");
      });
      report.each(stack.ofType(webAcls), (acl, report) => {
        const rules = rulesOf(acl, stack);
        if (rules.length === 0) report.refuse("it has no rules");
        for (const rule of rules) report.attempt(() => refuseWithoutAction(rule, report));
      });
    },
  },
  {
    name: "waf-managed-rules",
    theme: "exposure",
    title: "A web application firewall uses AWS's common rules, and they block",
    why: "New holes are attacked within hours, and AWS adds rules against them as fast",
    fix: `add rules with the managedRuleGroupStatement ${baseline.join(" and ")} of vendor AWS, with overrideAction none`,
    severity: "high",
    level: "mandatory",
    controls: [],
    types: webAcls,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(webAcls), (acl, report) => {
        const rules = rulesOf(acl, stack);
        report.each(baseline, name => {
          const named = rules.filter(rule => groupNames(rule).some(one => one.is(name)));
          if (named.length === 0) report.refuse(`${name} is not among its rules`);
          else if (named.every(counts)) report.refuse(`${name} only counts`);
        });
      });
    },
  },
  {
    name: "waf-rate-limit",
    theme: "exposure",
    title: "A web application firewall limits how much one caller may ask",
    why: "Guessing passwords and wearing a service out both need many requests",
    fix: "add a rule with a rateBasedStatement and the action block",
    severity: "medium",
    level: "advisory",
    controls: [],
    types: webAcls,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(webAcls), (acl, report) => {
        const limited = rulesOf(acl, stack).some(
          rule => rule.at("statement", "rateBasedStatement").isSet && !rule.at("action", "count").isSet,
        );
        if (!limited) report.refuse("no rule of it limits a rate");
      });
    },
  },
  {
    name: "waf-metrics",
    theme: "logging-and-detection",
    title: "A web application firewall counts what its rules catch",
    why: "Without the numbers nobody sees an attack, or a rule that turns customers away",
    fix: "set visibilityConfig.cloudwatchMetricsEnabled: true, on the whole and on each rule",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP WAF.12"],
    types: [...webAcls, ...firewallRuleGroups, ...webAclRules],
    check(resource, report) {
      mustBe("visibilityConfig.cloudwatchMetricsEnabled", true)(resource, report);
      for (const rule of ownRules(resource))
        report.attempt(() => {
          const metrics = enabledMetrics(rule);
          if (!metrics.is(true)) report.refuse(`${metrics.path} is not true`);
        });
    },
    remediate(resource) {
      if (["ruleJson", "rulesJson"].some(property => resource.at(property).isSet)) return undefined;
      const rules = resource.at("rules");
      const measuredRules = rules.list().map(rule => withProperties(rule, measured(rule)));
      return { ...measured(resource.props), ...(rules.isSet && { rules: measuredRules }) };
    },
  },
  {
    name: "waf-logging",
    theme: "logging-and-detection",
    title: "A web application firewall logs what it is asked",
    why: "It is the only place that shows which request a rule turned away, and what came just before",
    fix: "add a WebAclLoggingConfiguration with the firewall's ARN as resourceArn",
    severity: "medium",
    level: "mandatory",
    controls: ["Security Hub WAF.11", "CIS 7.0 4.10"],
    types: webAcls,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(webAcls), (acl, report) => {
        if (stack.companions(acl, webAclLogs, "resourceArn").length === 0)
          report.refuse("no WebAclLoggingConfiguration names it");
      });
    },
  },
  {
    name: "waf-no-classic",
    theme: "governance-and-cost",
    title: "There is nothing of WAF Classic",
    why: "AWS has ended it: it knows no managed rules, and what is left of it protects nothing new",
    fix: "use aws.wafv2",
    severity: "medium",
    level: "mandatory",
    controls: [
      "FSBP WAF.1",
      "FSBP WAF.2",
      "FSBP WAF.3",
      "FSBP WAF.4",
      "FSBP WAF.6",
      "FSBP WAF.7",
      "FSBP WAF.8",
    ],
    types: ["waf", "wafregional"].flatMap(service =>
      ["rateBasedRule:RateBasedRule", "rule:Rule", "ruleGroup:RuleGroup", "webAcl:WebAcl"].map(
        name => `aws:${service}/${name}`,
      ),
    ),
    check(_resource, report) {
      report.refuse("it is of WAF Classic");
    },
  },
];

function refuseWithoutAction(rule: FirewallRule, report: Report): void {
  const acts = ["action", "overrideAction"].some(kind => {
    const action = rule.at(kind);
    const content = action.content();
    return typeof content === "object" && content !== null && Object.keys(content).length > 0;
  });
  // A group that is added by a resource of its own decides by a word, whose default is to let the group decide.
  const isAssociation = ["managedRuleGroup", "ruleGroupReference"].some(kind => rule.at(kind).isSet);
  if (!acts && !isAssociation) report.refuse(`${rule.path || "a rule"} has no action`);
}

/** As a rule names a managed group; a resource of its own does it another way. */
function groupNames(rule: FirewallRule): Value[] {
  return [rule.at("statement", "managedRuleGroupStatement", "name"), rule.at("managedRuleGroup", "name")];
}

function counts(rule: FirewallRule): boolean {
  return rule.at("overrideAction").content() === "count" || rule.at("overrideAction", "count").isSet;
}

function measured(part: Value): Readonly<Record<string, unknown>> {
  return {
    visibilityConfig: withProperties(part.at("visibilityConfig"), { cloudwatchMetricsEnabled: true }),
  };
}

/** AWS's API writes it with other capitals than the provider. */
function enabledMetrics(rule: FirewallRule): Value {
  const own = rule.at("visibilityConfig", "cloudwatchMetricsEnabled");
  return own.isSet ? own : rule.at("visibilityConfig", "cloudWatchMetricsEnabled");
}
