import type { PlannedResource } from "../planner";
import { jsonOf, listOf, partOf, textOf } from "./planned-values";

/** What starts a job or a function: schedules, rules that have it as their target, and what it reads from. */
export function startsOf(own: readonly PlannedResource[]): string[] {
  const all = (type: string) => own.filter(its => its.type === type);
  const aimed = new Set(
    all("aws:cloudwatch/eventTarget:EventTarget")
      .filter(({ inputs }) => /:(stateMachine|function):/.test(textOf(inputs["arn"])))
      .flatMap(({ propertyDependencies }) => propertyDependencies["rule"] ?? []),
  );
  return [
    ...all("aws:scheduler/schedule:Schedule").map(
      ({ inputs }) =>
        `${textOf(inputs["scheduleExpression"])}, ${textOf(inputs["scheduleExpressionTimezone"]) || "UTC"}`,
    ),
    ...all("aws:cloudwatch/eventRule:EventRule")
      .filter(({ urn }) => aimed.has(urn))
      .map(ruleText),
    ...all("aws:lambda/eventSourceMapping:EventSourceMapping").map(
      ({ inputs }) => `what is in ${textOf(inputs["eventSourceArn"])}`,
    ),
  ];
}

/** Of a bucket's objects in words; any other event as its pattern. */
function ruleText({ inputs }: PlannedResource): string {
  const pattern = jsonOf(inputs["eventPattern"]);
  const buckets = partOf(pattern, "detail", "bucket", "name").flatMap(listOf).map(String);
  if (buckets.length === 0) return textOf(inputs["eventPattern"]) || textOf(inputs["scheduleExpression"]);
  const prefixes = partOf(pattern, "detail", "object", "key")
    .flatMap(listOf)
    .flatMap(key => partOf(key, "prefix"))
    .map(String);
  return `an object in ${buckets.join(" or ")}${prefixes.length === 0 ? "" : ` below ${prefixes.join(" or ")}`}`;
}
