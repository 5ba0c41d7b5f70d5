/** Log groups of CloudWatch. */

import { isNarrowedBy } from "../../iam/conditions";
import { mustBeSet, mustHaveCompanion } from "../demands";
import type { Stack, StackResource } from "../graph";
import { eachGrant } from "../policy-documents";
import { isProduction } from "../resource-tags";
import { flowLogs, logGroups, trails } from "../resource-types";
import type { Rule } from "../rule";
import { ownKey } from "./company-keys";

const destinations = ["aws:cloudwatch/logDestination:LogDestination"];
const destinationPolicies = ["aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy"];
const auditDays = 365;

export const logs: readonly Rule[] = [
  {
    name: "logs-retention",
    theme: "logging-and-detection",
    title: "A log group says how long it keeps logs",
    why: "Without a period CloudWatch keeps, and bills, them for ever",
    fix: "set retentionInDays",
    severity: "low",
    level: "mandatory",
    leniency: "dev",
    controls: ["Security Hub CloudWatch.16"],
    types: logGroups,
    check(logGroup, report) {
      if ((logGroup.at("retentionInDays").number() ?? 0) <= 0) report.refuse("retentionInDays is not set");
    },
    remediate: () => ({ retentionInDays: auditDays }),
  },
  {
    name: "logs-cmk",
    theme: "encryption-at-rest",
    title: "A log group is encrypted with a key of the company's",
    why: ownKey,
    fix: "set kmsKeyId to the account's key for logs",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: logGroups,
    check: mustBeSet("kmsKeyId"),
  },
  {
    name: "logs-audit-retention",
    theme: "logging-and-detection",
    title: "A log group of a trail or of a network keeps a year",
    why: "A break-in is noticed after months, and what led to it is asked for then",
    fix: `set retentionInDays to ${auditDays} or more`,
    severity: "low",
    level: "advisory",
    controls: ["Security Hub CloudWatch.16"],
    types: logGroups,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(logGroups), (group, report) => {
        const days = group.at("retentionInDays");
        if (!isForAudit(group, stack)) return;
        const kept = days.number() ?? 0;
        // For ever is 0, and logs-retention's to judge.
        if (kept > 0 && kept < auditDays && isProduction(group))
          report.refuse(`retentionInDays is ${kept}, less than ${auditDays}`);
      });
    },
  },
  {
    name: "logs-deletion-protection",
    theme: "resilience-and-backup",
    title: "A log group of a trail or of a network refuses deletion",
    why: "What says who did it is the first thing to be deleted",
    fix: "set deletionProtectionEnabled: true",
    severity: "low",
    level: "advisory",
    controls: [],
    types: logGroups,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(logGroups), (group, report) => {
        if (isForAudit(group, stack) && !group.at("deletionProtectionEnabled").is(true))
          report.refuse("deletionProtectionEnabled is not true");
      });
    },
  },
  {
    name: "logs-resource-policy-scoped",
    theme: "least-privilege",
    title: "A service writes logs only on behalf of an account or a resource that is named",
    why: "A service works for every customer, and one of them could fill your log groups with what never happened",
    fix: "add a condition on aws:SourceAccount, aws:SourceArn or aws:SourceOrgID",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: ["aws:cloudwatch/logResourcePolicy:LogResourcePolicy"],
    check(policy, report) {
      eachGrant(policy, report, (statement, report) => {
        const isNarrowed = isNarrowedBy(statement, key => sourceKeys.includes(key));
        report.each(statement.principals, ({ kind, id }) => {
          if (kind === "Service" && !isNarrowed) report.refuse(`it allows ${id} on behalf of anyone`);
        });
      });
    },
  },
  {
    name: "logs-destination-policy",
    theme: "least-privilege",
    title: "A destination of logs says which accounts may send",
    why: "Without a policy nobody can, and whoever adds one in haste lets everyone",
    fix: "add a LogDestinationPolicy that names the accounts or the organization",
    severity: "low",
    level: "mandatory",
    controls: [],
    types: destinations,
    scope: "stack",
    check: mustHaveCompanion(
      destinations,
      destinationPolicies,
      "destinationName",
      "no LogDestinationPolicy names it",
    ),
  },
];

const sourceKeys = ["aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths"];

/** Whether a trail or a flow log of the stack writes to it. */
function isForAudit(group: StackResource, stack: Stack): boolean {
  return (
    stack.ofType(trails).some(trail => trail.madeFrom("cloudWatchLogsGroupArn").includes(group)) ||
    stack.ofType(flowLogs).some(flowLog => flowLog.madeFrom("logDestination").includes(group))
  );
}
