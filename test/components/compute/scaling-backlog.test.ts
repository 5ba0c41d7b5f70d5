import assert from "node:assert/strict";
import fc from "fast-check";
import { backlog, scaled, steps, tracking } from "./scaling-planned";

interface Metric {
  readonly id: string;
  readonly expression?: string;
  readonly returnData?: boolean;
  readonly metricStat?: { readonly metric: { readonly metricName: string; readonly dimensions: object } };
  readonly metric?: { readonly metricName: string; readonly dimensions: object };
}

type Series = number | undefined;

/** Computes the result of metric math at one time, from metrics by name; what is not defined was never told. */
function computed(queries: readonly Metric[], told: Readonly<Record<string, Series>>): number {
  const values: Record<string, Series> = {};
  for (const { id, expression, metricStat, metric } of queries) {
    const name = metricStat?.metric.metricName ?? metric?.metricName;
    values[id] = name === undefined ? evaluated(String(expression), values) : told[name];
  }
  const [result, ...others] = queries.filter(({ returnData }) => returnData);
  assert.ok(result && others.length === 0);
  const value = values[result.id];
  assert.ok(value !== undefined && Number.isFinite(value), `${result.expression} of ${JSON.stringify(told)}`);
  return value;
}

function evaluated(expression: string, values: Readonly<Record<string, Series>>): Series {
  const functions = {
    FILL: (series: Series, other: number | "repeat") => series ?? (other === "repeat" ? undefined : other),
    IF: (condition: boolean, yes: Series, no: Series) => (condition ? yes : no),
    REPEAT: "repeat",
  };
  const names = [...Object.keys(functions), ...Object.keys(values)];
  return new Function(...names, `return ${expression}`)(
    ...Object.values(functions),
    ...Object.values(values),
  ) as Series;
}

describe("scaling by a backlog", () => {
  const metricsOf = async () => {
    const its = tracking(await scaled({ min: 0, max: 6, backlog }), "api-backlog");
    assert.equal(its["targetValue"], 20);
    return (its["customizedMetricSpecification"] as { metrics: Metric[] }).metrics;
  };
  const wakingOf = async () =>
    (await scaled({ min: 0, max: 6, backlog })).one("MetricAlarm", "api-wake").inputs[
      "metricQueries"
    ] as unknown as Metric[];

  it("looks at the queue and at the tasks of this service", async () => {
    const read = [...(await metricsOf()), ...(await wakingOf())].flatMap(
      ({ metricStat, metric }) => metricStat?.metric ?? metric ?? [],
    );
    for (const { metricName, dimensions } of read)
      assert.deepEqual(
        dimensions,
        metricName.startsWith("Approximate")
          ? Array.isArray(dimensions)
            ? [{ name: "QueueName", value: "orders-incoming" }]
            : { QueueName: "orders-incoming" }
          : Array.isArray(dimensions)
            ? [
                { name: "ClusterName", value: "orders" },
                { name: "ServiceName", value: "orders-api" },
              ]
            : { ClusterName: "orders", ServiceName: "orders-api" },
      );
    assert.equal(read.length, 5);
  });

  it("is the messages that wait and are in hand, by the tasks that run; by none, all of them", async () => {
    const metrics = await metricsOf();
    fc.assert(
      fc.property(fc.nat(5_000), fc.nat(100), fc.nat(20), (waiting, inHand, running) => {
        const told = {
          ApproximateNumberOfMessagesVisible: waiting,
          ApproximateNumberOfMessagesNotVisible: inHand,
          RunningTaskCount: running,
        };
        assert.equal(computed(metrics, told), (waiting + inHand) / Math.max(running, 1));
      }),
    );
  });

  it("is a number for a queue of which nothing is told, as of one that is empty for hours", async () => {
    assert.equal(computed(await metricsOf(), { RunningTaskCount: 2 }), 0);
  });

  it("wakes a service without tasks by its first message, and no other", async () => {
    const queries = await wakingOf();
    fc.assert(
      fc.property(
        fc.option(fc.nat(99), { nil: undefined }),
        fc.option(fc.nat(9), { nil: undefined }),
        (waiting, desired) => {
          const told = { ApproximateNumberOfMessagesVisible: waiting, DesiredTaskCount: desired };
          assert.equal(computed(queries, told) > 0, (waiting ?? 0) > 0 && (desired ?? 0) === 0);
        },
      ),
    );
    const stack = await scaled({ min: 0, max: 6, backlog });
    const alarm = stack.one("MetricAlarm", "api-wake");
    const { threshold, comparisonOperator, evaluationPeriods, datapointsToAlarm } = alarm.inputs;
    assert.deepEqual([threshold, comparisonOperator], [0, "GreaterThanThreshold"]);
    assert.deepEqual([evaluationPeriods, datapointsToAlarm], [2, 2]);
    assert.deepEqual(stack.from(alarm, "alarmActions"), ["api-wake"]);
    const { adjustmentType, cooldown, stepAdjustments } = steps(stack, "api-wake");
    assert.deepEqual([adjustmentType, cooldown], ["ChangeInCapacity", 300]);
    assert.deepEqual(stepAdjustments, [{ metricIntervalLowerBound: "0", scalingAdjustment: 1 }]);
  });

  it("wakes one that has none by plan only", async () => {
    const planned = { night: { at: "cron(0 20 * * ? *)", min: 0, max: 2 } };
    (await scaled({ min: 1, max: 6, backlog, planned })).one("MetricAlarm", "api-wake");
  });
});
