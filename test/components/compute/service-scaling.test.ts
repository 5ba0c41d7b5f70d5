import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import fc from "fast-check";
import { type ScalingRules, ServiceScaling } from "../../../components/compute/service-scaling";
import { refusals } from "../logs/judged";
import { at, Planned, planned } from "../planned";
import { backlog, policy, requestsLabel, scaled, steps, tracking } from "./scaling-planned";

const made = (stack: Planned) =>
  stack.resources
    .filter(({ type }) => /Policy$|MetricAlarm$|ScheduledAction$/.test(type))
    .map(({ name }) => name)
    .sort();

/** What a scaler does about a CPU that has been the same for some minutes: tasks more, or less. */
function answered(stack: Planned, cpu: number, minutes: number): number {
  return stack.all("MetricAlarm").reduce((sum, alarm) => {
    const { comparisonOperator, threshold, period, evaluationPeriods } = alarm.inputs;
    const beyond =
      comparisonOperator === "GreaterThanThreshold" ? cpu > Number(threshold) : cpu < Number(threshold);
    if (!beyond || minutes < (Number(period) / 60) * Number(evaluationPeriods)) return sum;
    const [name] = stack.from(alarm, "alarmActions");
    const [step] = steps(stack, String(name)).stepAdjustments;
    return sum + (step?.scalingAdjustment ?? 0);
  }, 0);
}

describe("a service's scaling", () => {
  it("is between its bounds, of the service that is there", async () => {
    const stack = await scaled({ min: 2, max: 6 });
    const target = stack.one("Target");
    const { minCapacity, maxCapacity, resourceId, scalableDimension, serviceNamespace, roleArn } =
      target.inputs;
    assert.deepEqual([minCapacity, maxCapacity, resourceId], [2, 6, "service/orders/orders-api"]);
    assert.deepEqual([serviceNamespace, scalableDimension], ["ecs", "ecs:service:DesiredCount"]);
    assert.equal(roleArn, undefined);
    assert.ok(target.dependencies.includes(stack.one("aws:ecs/service:Service").urn));
  });

  for (const [word, rules, expected] of [
    ["nothing more", {}, ["api-add", "api-add", "api-take", "api-take"]],
    ["steps", { steps: { above: 50, below: 10 } }, ["api-add", "api-add", "api-take", "api-take"]],
    ["a target of CPU", { targets: { cpu: 60 } }, ["api-cpu"]],
    [
      "all targets",
      { targets: { cpu: 60, memory: 70, requests: 500 } },
      ["api-cpu", "api-memory", "api-requests"],
    ],
    ["a backlog", { backlog }, ["api-backlog"]],
    ["a backlog from none", { min: 0, backlog }, ["api-backlog", "api-wake", "api-wake"]],
    [
      "a plan",
      { planned: { morning: { at: "cron(0 7 ? * MON-FRI *)", min: 4, max: 12 } } },
      ["api-add", "api-add", "api-morning", "api-take", "api-take"],
    ],
    [
      "sleep",
      { asleep: { from: "20:00", until: "06:30" }, targets: { memory: 60 } },
      ["api-asleep", "api-awake", "api-memory"],
    ],
    [
      "steps and a target of memory",
      { steps: { above: 50, below: 10 }, targets: { memory: 60 } },
      ["api-add", "api-add", "api-memory", "api-take", "api-take"],
    ],
    ["a backlog and a target", { backlog, targets: { cpu: 60 } }, ["api-backlog", "api-cpu"]],
  ] satisfies [string, Partial<ScalingRules>, string[]][])
    it(`by ${word} is made of ${expected.join(", ")}`, async () => {
      assert.deepEqual(made(await scaled({ min: 1, max: 6, ...rules }, { requestsLabel })), expected);
    });
});

describe("scaling by steps", () => {
  for (const [steps, cpu, minutes, expected] of [
    [undefined, 36, 1, 1],
    [undefined, 35, 60, 0],
    [undefined, 5, 60, 0],
    [undefined, 4, 9, 0],
    [undefined, 4, 10, -1],
    [{ above: 60, below: 20, by: 3 }, 61, 1, 3],
    [{ above: 60, below: 20, by: 3 }, 60, 60, 0],
    [{ above: 60, below: 20, by: 3 }, 19, 10, -3],
    [{ above: 60, below: 20 }, 19, 10, -1],
    [{ above: 60, below: 0 }, 0, 60, 0],
  ] as const)
    it(`${steps ? JSON.stringify(steps) : "as usual"}: ${cpu} % for ${minutes} min makes ${expected}`, async () => {
      assert.equal(answered(await scaled({ min: 2, max: 6, steps }), cpu, minutes), expected);
    });

  it("adds above and takes below, for all steps, CPUs and times", async () => {
    const rules = fc
      .record({ below: fc.integer({ min: 0, max: 98 }), by: fc.integer({ min: 1, max: 9 }) })
      .chain(({ below, by }) =>
        fc.record({
          above: fc.integer({ min: below + 1, max: 100 }),
          below: fc.constant(below),
          by: fc.constant(by),
        }),
      );
    await fc.assert(
      fc.asyncProperty(
        rules,
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 1, max: 20 }),
        async (its, cpu, minutes) => {
          const expected = cpu > its.above ? its.by : cpu < its.below && minutes >= 10 ? -its.by : 0;
          assert.equal(answered(await scaled({ min: 1, max: 20, steps: its }), cpu, minutes), expected);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("looks at this service's average, and at most every minute changes by so many tasks", async () => {
    const stack = await scaled({ min: 2, max: 6 });
    for (const [name, bound] of [
      ["api-add", "metricIntervalLowerBound"],
      ["api-take", "metricIntervalUpperBound"],
    ] as const) {
      const { namespace, metricName, statistic, dimensions } = stack.one("MetricAlarm", name).inputs;
      assert.deepEqual([namespace, metricName, statistic], ["AWS/ECS", "CPUUtilization", "Average"]);
      assert.deepEqual(dimensions, { ClusterName: "orders", ServiceName: "orders-api" });
      const { adjustmentType, cooldown, stepAdjustments } = steps(stack, name);
      assert.deepEqual([adjustmentType, cooldown], ["ChangeInCapacity", 60]);
      assert.deepEqual(Object.keys(stepAdjustments[0] ?? {}), [bound, "scalingAdjustment"]);
      assert.equal(stepAdjustments[0]?.[bound], "0");
    }
  });

  it("keeps the names that alarms and policies had", async () => {
    const stack = await scaled({ min: 2, max: 6 });
    assert.deepEqual(
      stack
        .all("MetricAlarm")
        .map(({ inputs }) => inputs["name"])
        .sort(),
      ["orders-api-cpu-high", "orders-api-cpu-low"],
    );
    assert.equal(policy(stack, "api-add")["name"], "orders-api-add");
  });
});

describe("scaling to targets", () => {
  for (const [word, value, type] of [
    ["cpu", 60, "ECSServiceAverageCPUUtilization"],
    ["memory", 75, "ECSServiceAverageMemoryUtilization"],
    ["requests", 900, "ALBRequestCountPerTarget"],
  ] as const)
    it(`of ${word} follows ${type}`, async () => {
      const stack = await scaled({ min: 1, max: 6, targets: { [word]: value } }, { requestsLabel });
      assert.deepEqual(tracking(stack, `api-${word}`), {
        predefinedMetricSpecification: {
          predefinedMetricType: type,
          ...(word === "requests" ? { resourceLabel: requestsLabel } : {}),
        },
        targetValue: value,
        scaleOutCooldown: 60,
        scaleInCooldown: 300,
      });
    });
});

describe("a planned scaling", () => {
  it("sets other bounds from a time on", async () => {
    const planned = {
      morning: { at: "cron(0 7 ? * MON-FRI *)", timezone: "Europe/Berlin", min: 4, max: 12 },
      sale: { at: "at(2030-11-29T00:00:00)", min: 10, max: 20 },
    };
    const stack = await scaled({ min: 2, max: 6, planned });
    const of = (name: string) => stack.one("ScheduledAction", name).inputs;
    assert.deepEqual(
      [of("api-morning")["schedule"], of("api-morning")["timezone"], of("api-sale")["timezone"]],
      ["cron(0 7 ? * MON-FRI *)", "Europe/Berlin", "UTC"],
    );
    assert.deepEqual(of("api-sale")["scalableTargetAction"], { minCapacity: 10, maxCapacity: 20 });
    assert.equal(of("api-sale")["name"], "orders-api-sale");
    assert.deepEqual(of("api-sale")["resourceId"], stack.one("Target").inputs["resourceId"]);
  });
});

describe("scaling rules of two services", () => {
  it("live in one stack, and no policy refuses them", async () => {
    const stack = await planned(() => {
      for (const name of ["api", "worker"]) {
        const service = new aws.ecs.Service(name, { name, cluster: "orders" });
        new ServiceScaling(name, {
          ...{ clusterName: "orders", serviceName: name, service, at },
          scaling: { min: 0, max: 6, backlog, asleep: { from: "20:00", until: "06:00" } },
        });
      }
    });
    const judged = new Planned(stack.resources.filter(({ type }) => !type.startsWith("aws:ecs/")));
    assert.deepEqual(await refusals(judged), []);
  });
});
