import { mustBeSet, mustNotBe } from "../demands";
import type { Stack, StackResource } from "../graph";
import { compositeAlarms, metricAlarms } from "../resource-types";
import type { Rule } from "../rule";
import { someFits } from "../some-known";

export const alarms: readonly Rule[] = [
  {
    name: "alarm-actions",
    theme: "logging-and-detection",
    title: "An alarm does something, or is part of one that does",
    why: "An alarm without an action turns red where nobody looks",
    fix: "set alarmActions, or name the alarm in the rule of a CompositeAlarm that has some",
    severity: "medium",
    level: "mandatory",
    controls: ["Security Hub CloudWatch.15"],
    types: [...metricAlarms, ...compositeAlarms],
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType([...metricAlarms, ...compositeAlarms]), (alarm, report) => {
        if (alarm.at("alarmActions").list().length > 0) return;
        if (!isPartOfAnother(alarm, stack))
          report.refuse("it has no alarmActions, and no CompositeAlarm names it");
      });
    },
  },
  {
    name: "alarm-actions-enabled",
    theme: "logging-and-detection",
    title: "An alarm's actions are not switched off",
    why: "They are switched off for a night's work and forgotten for a year",
    fix: "leave actionsEnabled out or set it to true",
    severity: "medium",
    level: "mandatory",
    controls: ["Security Hub CloudWatch.17"],
    types: [...metricAlarms, ...compositeAlarms],
    // The provider's default is true.
    check: mustNotBe("actionsEnabled", false),
    remediate: () => ({ actionsEnabled: true }),
  },
  {
    name: "alarm-missing-data",
    theme: "logging-and-detection",
    title: "An alarm says what it makes of missing data",
    why: "By default it neither rings nor is quiet, which looks like neither",
    fix: "set treatMissingData: notBreaching for what counts errors, breaching for what must always come",
    severity: "low",
    level: "advisory",
    controls: [],
    types: metricAlarms,
    check: mustBeSet("treatMissingData"),
  },
  {
    name: "alarm-described",
    theme: "logging-and-detection",
    title: "An alarm says what is wrong",
    why: "It is read at night, by someone who did not write it",
    fix: "set alarmDescription to what it means and what to do first",
    severity: "low",
    level: "advisory",
    controls: [],
    types: [...metricAlarms, ...compositeAlarms],
    check: mustBeSet("alarmDescription"),
  },
];

/** As in `ALARM("orders-slow") AND ALARM(orders-many)`. */
function isPartOfAnother(alarm: StackResource, stack: Stack): boolean {
  return someFits(stack.ofType(compositeAlarms), composite => {
    if (composite === alarm) return false;
    if (composite.madeFrom("alarmRule").includes(alarm)) return true;
    const rule = composite.at("alarmRule").text() ?? "";
    const name = alarm.at(compositeAlarms.includes(alarm.type) ? "alarmName" : "name").text();
    return name !== undefined && (rule.includes(`("${name}")`) || rule.includes(`(${name})`));
  });
}
