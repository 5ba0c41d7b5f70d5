/** Alarms on what a trail delivers to a log group: a metric filter that counts, and an alarm that tells someone. */
import type { Stack, StackResource } from "../graph";
import { logGroups, metricAlarms, metricFilters, trails } from "../resource-types";
import type { Rule } from "../rule";
import { someFits } from "../some-known";
import { UnknownValue } from "../value";
import { watchedCalls } from "./alarm-watched-calls";

/** A trail that goes to no log group is told so by cloudtrail-cloudwatch. */
export const alarmCalls: readonly Rule[] = watchedCalls.map(
  ({ name, controls, level, what, why, words }) => ({
    name,
    theme: "logging-and-detection",
    title: `Where a trail is delivered to a log group, there is an alarm on ${what}`,
    why,
    fix: `add a LogMetricFilter on the trail's log group whose pattern holds ${words.join(", ")}, and a MetricAlarm with an action on its metric`,
    severity: level === "mandatory" ? "medium" : "low",
    level,
    controls,
    types: trails,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(trails), (trail, report) => {
        if (!trail.at("cloudWatchLogsGroupArn").isSet) return;
        const group = trail.madeFrom("cloudWatchLogsGroupArn").find(({ type }) => logGroups.includes(type));
        const filters = stack.ofType(metricFilters);
        const counting = (filter: StackResource) => counts(filter, words) && isOn(filter, group);
        if (!someFits(filters, counting)) report.refuse(`no LogMetricFilter counts ${what}`);
        else if (!someFits(filters, one => counting(one) && hasAlarm(one, stack)))
          report.refuse("no MetricAlarm with an action looks at what its LogMetricFilter counts");
      });
    },
  }),
);

/** A log group of another stack is not known here, and any filter may be on it. */
function isOn(filter: StackResource, group: StackResource | undefined): boolean {
  if (group === undefined) return true;
  const names = filter.names("logGroupName", group);
  if (names === undefined) throw new UnknownValue(`${filter.name}.logGroupName`);
  return names;
}

function counts(filter: StackResource, words: readonly string[]): boolean {
  const pattern = filter.at("pattern").text() ?? "";
  const held = new Set(pattern.split(/[^\w.]+/).flatMap(word => [word, word.replace(/^\./, "")]));
  return words.every(word => held.has(word));
}

function hasAlarm(filter: StackResource, stack: Stack): boolean {
  const counted = filter.at("metricTransformation");
  return someFits(
    stack.ofType(metricAlarms),
    alarm =>
      alarm.at("metricName").content() === counted.at("name").content() &&
      alarm.at("namespace").content() === counted.at("namespace").content() &&
      alarm.at("alarmActions").list().length > 0 &&
      !alarm.at("actionsEnabled").is(false),
  );
}
