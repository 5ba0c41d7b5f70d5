import assert from "node:assert/strict";
import type { Metric } from "../../../components/observability/alarm";
import {
  CalculatedAlarm,
  type CalculatedAlarmArgs,
} from "../../../components/observability/calculated-alarm";
import { planned } from "../planned";
import { alarmTopics } from "../told";

const metric = (metricName: string): Metric => ({
  namespace: "AWS/ECS",
  metricName,
  dimensions: { ServiceName: "orders-api" },
  statistic: "Sum",
});
const usual: CalculatedAlarmArgs = {
  description: "Too many fail: read the logs",
  expression: "100 * errors / requests",
  label: "Per cent",
  metrics: { errors: metric("Errors"), requests: metric("Requests") },
  above: 5,
  severity: "warning",
  topics: alarmTopics,
};
const made = async (args: Partial<CalculatedAlarmArgs> = {}) =>
  (await planned(() => new CalculatedAlarm("failing", { ...usual, ...args }))).one("MetricAlarm").inputs;

describe("an alarm on a calculation", () => {
  it("returns the expression only, and takes each metric over its period", async () => {
    const { metricQueries, period, threshold, alarmActions, okActions } = await made({ period: 300 });
    const shown = (id: string, metricName: string) => ({
      id,
      metric: {
        namespace: "AWS/ECS",
        metricName,
        dimensions: { ServiceName: "orders-api" },
        stat: "Sum",
        period: 300,
      },
      returnData: false,
    });
    assert.deepEqual(metricQueries, [
      { id: "result", expression: usual.expression, label: "Per cent", returnData: true },
      shown("errors", "Errors"),
      shown("requests", "Requests"),
    ]);
    assert.deepEqual(
      [period, threshold, alarmActions, okActions],
      [undefined, 5, [alarmTopics.warning], [alarmTopics.warning]],
    );
  });

  it("has the name it is given, and tells nobody without a topic", async () => {
    const { topics: _, severity: __, ...silent } = usual;
    const { name, alarmActions } = (
      await planned(() => new CalculatedAlarm("failing", { ...silent, alarmName: "orders-api-failing" }))
    ).one("MetricAlarm").inputs;
    assert.deepEqual([name, alarmActions], ["orders-api-failing", []]);
  });

  for (const [what, args, message] of [
    ["no metric", { metrics: {} }, /calculated from 0 metrics/],
    [
      "more metrics than CloudWatch takes",
      {
        metrics: Object.fromEntries([..."abcdefghijk"].map(id => [id, metric(id)])),
        expression: [..."abcdefghijk"].join(" + "),
      },
      /calculated from 11 metrics; it must be 1 to 10/,
    ],
    ["a name with a capital", { metrics: { Errors: metric("Errors") } }, /calls a metric Errors/],
    ["the result's own name", { metrics: { result: metric("Errors") } }, /not result/],
    ["a metric that is not used", { expression: "errors" }, /measures requests, which errors does not use/],
    ["no threshold", { above: undefined }, /needs either above or below/],
    [
      "more than a day by periods below an hour",
      { period: 300, periods: 289 },
      /together they may be 86400 seconds/,
    ],
    ["more than a week", { period: 3_600, periods: 169 }, /together they may be 604800 seconds/],
  ] as const)
    it(`refuses ${what}`, () => assert.rejects(made(args as never), message));

  it("takes a day by minutes, and a week by hours", async () => {
    assert.equal((await made({ period: 60, periods: 1_440 }))["evaluationPeriods"], 1_440);
    assert.equal((await made({ period: 3_600, periods: 168 }))["evaluationPeriods"], 168);
    assert.equal((await made({ period: 604_800 }))["evaluationPeriods"], 1);
  });
});
