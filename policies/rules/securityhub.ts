import { mustBe } from "../demands";
import type { Stack } from "../graph";
import { detectors } from "../resource-types";
import type { Rule } from "../rule";
import { someFits } from "../some-known";

const hubs = ["aws:securityhub/account:Account"];
const subscriptions = ["aws:securityhub/standardsSubscription:StandardsSubscription"];
const policies = ["aws:securityhub/configurationPolicy:ConfigurationPolicy"];
const aggregators = ["aws:securityhub/findingAggregator:FindingAggregator"];

const fsbp = /standards\/aws-foundational-security-best-practices\/v\//;
/** Editions before 3 ask for what AWS does by itself now. */
const currentCis = /standards\/cis-aws-foundations-benchmark\/v\/([3-9]|\d\d)\./;

export const securityhub: readonly Rule[] = [
  {
    name: "securityhub-enabled",
    theme: "logging-and-detection",
    title: "Security Hub tells a fault once, and not once for each standard",
    why: "A list that says everything three times is read by nobody",
    fix: "leave controlFindingGenerator out or set it to SECURITY_CONTROL",
    severity: "low",
    level: "mandatory",
    controls: ["CIS 3.0 4.16", "CIS 5.0 4.16"],
    types: hubs,
    // AWS's default for accounts that turn it on since February 2023.
    check: mustBe("controlFindingGenerator", "SECURITY_CONTROL", { otherwise: "SECURITY_CONTROL" }),
  },
  {
    name: "securityhub-new-controls",
    theme: "logging-and-detection",
    title: "Security Hub takes up new controls by itself",
    why: "Standards grow every month, and nobody reads the list each month",
    fix: "leave autoEnableControls out or set it to true",
    severity: "low",
    level: "mandatory",
    controls: [],
    types: hubs,
    // The provider's default is true.
    check: mustBe("autoEnableControls", true, { otherwise: true }),
  },
  {
    name: "securityhub-fsbp-subscribed",
    theme: "logging-and-detection",
    title: "Security Hub checks AWS's own best practices",
    why: "Without a standard it collects and checks nothing",
    fix: "add a StandardsSubscription, or a ConfigurationPolicy, with aws-foundational-security-best-practices",
    severity: "medium",
    level: "mandatory",
    controls: ["CIS 3.0 4.16", "CIS 5.0 4.16"],
    types: hubs,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(hubs), (hub, report) => {
        const isSubscribed = someFits(
          // AWS subscribes to it by default.
          [() => isChecked(stack, fsbp), () => !hub.at("enableDefaultStandards").is(false)],
          way => way(),
        );
        if (!isSubscribed) report.refuse("neither a subscription nor a policy names it");
      });
    },
  },
  {
    name: "securityhub-cis-subscribed",
    theme: "logging-and-detection",
    title: "Security Hub checks a current edition of the CIS benchmark",
    why: "Customers and auditors ask by its numbers; what AWS subscribes to by default is of 2018",
    fix: "add a StandardsSubscription, or a ConfigurationPolicy, with cis-aws-foundations-benchmark/v/5.0.0",
    severity: "low",
    level: "advisory",
    controls: [],
    types: hubs,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(hubs), (_hub, report) => {
        if (!isChecked(stack, currentCis)) report.refuse("neither a subscription nor a policy names one");
      });
    },
  },
  {
    name: "securityhub-aggregation",
    theme: "logging-and-detection",
    title: "What is found in any region that is watched comes together in one",
    why: "Nobody looks into eighteen consoles",
    fix: "set linkingMode to ALL_REGIONS, or name each region with a detector in specifiedRegions",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: aggregators,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(aggregators), (aggregator, report) => {
        const mode = aggregator.at("linkingMode").text();
        if (mode === "ALL_REGIONS") return;
        const listed = aggregator.at("specifiedRegions").list();
        report.each(stack.ofType(detectors), detector => {
          const region = detector.at("region").text();
          if (region === undefined || aggregator.at("region").is(region)) return;
          const named = mode !== "NO_REGIONS" && someFits(listed, one => one.is(region));
          const linked = mode === "ALL_REGIONS_EXCEPT_SPECIFIED" ? !named : named;
          if (!linked) report.refuse(`${region} has a detector and is not linked`);
        });
      });
    },
  },
  {
    name: "securityhub-policy-on",
    theme: "logging-and-detection",
    title: "A configuration policy does not switch Security Hub off",
    why: "It reaches every account below where it is put, and those of next year",
    fix: "set configurationPolicy.serviceEnabled: true",
    severity: "high",
    level: "mandatory",
    controls: ["CIS 3.0 4.16", "CIS 5.0 4.16"],
    types: policies,
    check: mustBe("configurationPolicy.serviceEnabled", true),
  },
];

function isChecked(stack: Stack, standard: RegExp): boolean {
  const arns = [
    ...stack.ofType(subscriptions).map(one => one.at("standardsArn")),
    ...stack.ofType(policies).map(one => one.at("configurationPolicy", "enabledStandardArns")),
  ];
  return someFits(arns, arn => someFits(arn.list(), one => standard.test(one.text() ?? "")));
}
