import assert from "node:assert/strict";
import fc from "fast-check";
import { ServiceAlarms, type ServiceAlarmsArgs } from "../../../components/observability/service-alarms";
import type { ServiceTargets } from "../../../components/observability/service-target";
import { refusals } from "../logs/judged";
import { at, planned } from "../planned";
import { alarmTopics, toldOf } from "../told";
import { calculated, calculation } from "./metric-math";

const loadBalancer = "app/orders/0123456789abcdef";
const targetGroup = "targetgroup/orders-api/0123456789abcdef";
const otherTargetGroup = "targetgroup/orders-api-b/fedcba9876543210";
const network = {
  kind: "network",
  loadBalancer: "net/orders-api/0123456789abcdef",
  targetGroup: "targetgroup/orders-api-net/0123456789abcdef",
} as const;
const usual: ServiceAlarmsArgs = {
  serviceName: "orders-api",
  clusterName: "orders",
  at,
  topics: alarmTopics,
};
const internal: ServiceTargets = { internal: { loadBalancer, targetGroup } };

async function made(targets?: ServiceTargets) {
  let alarms: ServiceAlarms | undefined;
  const stack = await planned(() => {
    alarms = new ServiceAlarms("api", { ...usual, ...(targets ? { targets } : {}) });
  });
  const byName = Object.fromEntries(
    stack.all("MetricAlarm").map(({ inputs }) => [String(inputs["name"]).replace("orders-api-", ""), inputs]),
  );
  const of = (name: string) => {
    const inputs = byName[name];
    assert.ok(inputs, `${name} among ${Object.keys(byName)}`);
    return inputs;
  };
  return { stack, of, names: Object.keys(byName).sort(), deploymentAlarms: alarms?.deploymentAlarms ?? [] };
}

const everyService = ["cpu", "memory", "missing-tasks", "restarts"];

describe("the alarms of a service", () => {
  it("watch what every service has, and each way it is called", async () => {
    assert.deepEqual((await made()).names, everyService);
    assert.deepEqual((await made(internal)).names, [
      ...everyService.slice(0, 1),
      "internal-errors",
      "internal-latency",
      "internal-unhealthy",
      ...everyService.slice(1),
    ]);
    assert.deepEqual(
      (await made({ ...internal, public: { loadBalancer, targetGroup, otherTargetGroup }, direct: network }))
        .names,
      [
        ...everyService,
        ...["errors", "latency", "unhealthy"].map(what => `internal-${what}`),
        ...["errors", "latency", "unhealthy"].flatMap(what => [`public-${what}`, `public-other-${what}`]),
        "direct-unhealthy",
        "direct-resets",
      ].sort(),
    );
  });

  it("tell the topic when they begin and end, say what it is and what to do, and are allowed by the policies", async () => {
    const { stack } = await made({ ...internal, direct: network });
    for (const { inputs, name } of stack.all("MetricAlarm")) {
      const told = toldOf(inputs);
      assert.deepEqual([inputs["alarmActions"], inputs["okActions"]], [told, told], name);
      assert.match(String(inputs["alarmDescription"]), /orders-api.*: .{30,}/, name);
      assert.ok(String(inputs["alarmDescription"]).length <= 1_024, name);
      assert.equal(inputs["treatMissingData"], "notBreaching", name);
    }
    assert.deepEqual(await refusals(stack), []);
  });

  it("name those that take a release back: of each group of targets errors and health, and no others", async () => {
    assert.deepEqual((await made()).deploymentAlarms, []);
    const { deploymentAlarms, stack } = await made({
      public: { loadBalancer, targetGroup, otherTargetGroup },
      direct: network,
    });
    assert.deepEqual([...deploymentAlarms].sort(), [
      "orders-api-direct-unhealthy",
      "orders-api-public-errors",
      "orders-api-public-other-errors",
      "orders-api-public-other-unhealthy",
      "orders-api-public-unhealthy",
    ]);
    const existing = stack.all("MetricAlarm").map(({ inputs }) => inputs["name"]);
    for (const name of deploymentAlarms) assert.ok(existing.includes(name), name);
  });

  it("live beside those of another service in a stack", async () => {
    const stack = await planned(() => {
      new ServiceAlarms("api", { ...usual, targets: internal });
      new ServiceAlarms("web", { ...usual, serviceName: "orders-web", targets: internal });
    });
    const names = stack.all("MetricAlarm").map(({ inputs }) => inputs["name"]);
    assert.equal(new Set(names).size, 14);
    assert.equal(new Set(stack.resources.map(({ urn }) => urn)).size, stack.resources.length);
  });

  for (const [what, targets, message] of [
    ["a way of capitals", { Internal: { loadBalancer, targetGroup } }, /targets has Internal/],
    [
      "latency of a Network Load Balancer",
      { direct: { ...network, latencySeconds: 2 } },
      /targets.direct.latencySeconds is 2; .* leave it out/,
    ],
    [
      "no latency at all",
      { internal: { loadBalancer, targetGroup, latencySeconds: 0 } },
      /targets.internal.latencySeconds is 0; it must be above 0/,
    ],
    [
      "a longer start than ECS waits",
      { internal: { loadBalancer, targetGroup, startSeconds: 1_801 } },
      /targets.internal.startSeconds is 1801; .* 0 to 1,800/,
    ],
  ] as const)
    it(`refuse ${what}`, () => assert.rejects(made(targets as ServiceTargets), message));
});

describe("the alarm on errors", () => {
  const errors = async (values: Record<string, number | undefined>) => {
    const { of } = await made(internal);
    const inputs = of("internal-errors");
    return calculated(calculation(inputs).expression, values) > Number(inputs["threshold"]);
  };

  it("measures the group of targets, over five minutes", async () => {
    const { of } = await made(internal);
    const { metrics } = calculation(of("internal-errors"));
    for (const { dimensions, stat, period, namespace } of Object.values(metrics))
      assert.deepEqual(
        [dimensions, stat, period, namespace],
        [{ LoadBalancer: loadBalancer, TargetGroup: targetGroup }, "Sum", 300, "AWS/ApplicationELB"],
      );
    assert.deepEqual(
      Object.values(metrics).map(({ metricName }) => metricName),
      ["RequestCount", "HTTPCode_Target_5XX_Count", "TargetConnectionErrorCount"],
    );
  });

  it("wakes nobody for one of two, nor for no requests, and somebody for one of ten of many", async () => {
    assert.equal(await errors({ requests: 2, errors: 1 }), false);
    assert.equal(await errors({ requests: 19, errors: 19 }), false);
    assert.equal(await errors({}), false);
    assert.equal(await errors({ requests: 1_000 }), false);
    assert.equal(await errors({ requests: 20, errors: 2 }), true);
    assert.equal(await errors({ requests: 20, refused: 2 }), true);
    assert.equal(await errors({ requests: 100, errors: 5 }), false);
    assert.equal(await errors({ requests: 100, errors: 3, refused: 3 }), true);
  });

  it("looks at each of two groups by itself, so that a tenth of the requests is enough", async () => {
    const { of } = await made({ public: { loadBalancer, targetGroup, otherTargetGroup } });
    const groupOf = (name: string) =>
      Object.values(calculation(of(name)).metrics).map(({ dimensions }) => dimensions["TargetGroup"]);
    assert.deepEqual(new Set(groupOf("public-errors")), new Set([targetGroup]));
    assert.deepEqual(new Set(groupOf("public-other-errors")), new Set([otherTargetGroup]));
  });
});

describe("the alarm on latency", () => {
  it("is of one of a hundred, when there are as many, above a second or what is said", async () => {
    const { of } = await made(internal);
    const inputs = of("internal-latency");
    const { expression, metrics } = calculation(inputs);
    assert.equal(metrics["slowest"]?.stat, "p99");
    assert.equal(calculated(expression, { requests: 99, slowest: 60 }), 0);
    assert.equal(calculated(expression, { requests: 100, slowest: 60 }), 60);
    assert.deepEqual([inputs["threshold"], inputs["evaluationPeriods"]], [1, 3]);
    const slower = (await made({ internal: { loadBalancer, targetGroup, latencySeconds: 2.5 } })).of(
      "internal-latency",
    );
    assert.equal(slower["threshold"], 2.5);
    assert.match(String(slower["alarmDescription"]), /more than 2.5 s/);
  });
});

describe("the alarm on ill targets", () => {
  it("waits for a new task's start and three minutes, whatever the start", () =>
    fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 1_800 }), async startSeconds => {
        const { of } = await made({ internal: { loadBalancer, targetGroup, startSeconds } });
        const { evaluationPeriods, datapointsToAlarm, period, statistic, metricName } =
          of("internal-unhealthy");
        assert.ok(Number(evaluationPeriods) * 60 >= startSeconds + 180);
        assert.ok(Number(evaluationPeriods) * 60 < startSeconds + 240);
        assert.deepEqual(
          [datapointsToAlarm, period, statistic, metricName],
          [evaluationPeriods, 60, "Maximum", "UnHealthyHostCount"],
        );
      }),
      { numRuns: 5 },
    ));

  it("is of each group behind a Network Load Balancer, whose resets are counted once", async () => {
    const { names } = await made({ direct: { ...network, otherTargetGroup } });
    assert.deepEqual(
      names.filter(name => name.startsWith("direct-")),
      ["direct-other-unhealthy", "direct-resets", "direct-unhealthy"],
    );
  });

  it("is of the Network Load Balancer's own measure for its targets", async () => {
    const { of } = await made({ direct: network });
    const { namespace, dimensions } = of("direct-unhealthy");
    assert.deepEqual(
      [namespace, dimensions],
      ["AWS/NetworkELB", { LoadBalancer: network.loadBalancer, TargetGroup: network.targetGroup }],
    );
    const { metrics, expression } = calculation(of("direct-resets"));
    for (const metric of Object.values(metrics))
      assert.deepEqual(metric.dimensions, { LoadBalancer: network.loadBalancer });
    assert.equal(calculated(expression, { connections: 19, resets: 19 }), 0);
    assert.equal(calculated(expression, { connections: 40, resets: 10 }), 25);
    assert.equal(calculated(expression, { connections: 40 }), 0);
  });
});

describe("the alarms on tasks", () => {
  it("are of the service in its cluster, by the measures that there are", async () => {
    const { of } = await made();
    const dimensions = { ClusterName: "orders", ServiceName: "orders-api" };
    const simple = (name: string) => {
      const its = of(name);
      assert.deepEqual(its["dimensions"], dimensions, name);
      return [its["namespace"], its["metricName"], its["statistic"], its["threshold"]];
    };
    assert.deepEqual(simple("cpu"), ["AWS/ECS", "CPUUtilization", "Average", 90]);
    assert.deepEqual(simple("memory"), ["AWS/ECS", "MemoryUtilization", "Maximum", 90]);
    const missing = calculation(of("missing-tasks"));
    assert.equal(calculated(missing.expression, { desired: 2, running: 1 }), 1);
    assert.equal(of("missing-tasks")["evaluationPeriods"], 15);
    const restarts = calculation(of("restarts"));
    assert.match(restarts.expression, /^DIFF\(restarts\)$/);
    const measured = [...Object.values(missing.metrics), ...Object.values(restarts.metrics)];
    for (const metric of measured) {
      assert.deepEqual(metric.dimensions, dimensions);
      assert.equal(metric.namespace, "ECS/ContainerInsights");
    }
    assert.deepEqual(
      measured.map(({ metricName }) => metricName),
      ["DesiredTaskCount", "RunningTaskCount", "RestartCount"],
    );
    assert.deepEqual([of("restarts")["datapointsToAlarm"], of("restarts")["evaluationPeriods"]], [2, 6]);
  });
});

describe("a failed release", () => {
  it("is told in words, and of this service only", async () => {
    const { stack } = await made();
    const rule = stack.one("EventRule");
    assert.equal(rule.inputs["name"], "orders-api-failures");
    assert.deepEqual(JSON.parse(String(rule.inputs["eventPattern"])), {
      source: ["aws.ecs"],
      "detail-type": ["ECS Deployment State Change", "ECS Service Action"],
      resources: ["arn:aws:ecs:eu-central-1:111122223333:service/orders/orders-api"],
      detail: {
        eventName: [
          "SERVICE_DEPLOYMENT_FAILED",
          "SERVICE_TASK_START_IMPAIRED",
          "SERVICE_TASK_PLACEMENT_FAILURE",
          "SERVICE_TASK_CONFIGURATION_FAILURE",
        ],
      },
    });
    const target = stack.one("EventTarget");
    assert.equal(target.inputs["arn"], alarmTopics.warning);
    assert.deepEqual(stack.from(target, "rule"), ["api-failures"]);
    const { inputPaths, inputTemplate } = target.inputs["inputTransformer"] as {
      inputPaths: Record<string, string>;
      inputTemplate: string;
    };
    const words = JSON.parse(inputTemplate) as string;
    const used = [...words.matchAll(/<(\w+)>/g)].map(([, word]) => word);
    assert.deepEqual(used.sort(), Object.keys(inputPaths).sort());
    assert.match(words, /^WARNING: orders-api at <time>: <event>\. ECS says: <reason>\./);
  });

  it("has a rule whose name EventBridge takes, however long the service's is", async () => {
    const stack = await planned(
      () => new ServiceAlarms("api", { ...usual, serviceName: `orders-${"a".repeat(60)}` }),
    );
    assert.equal(String(stack.one("EventRule").inputs["name"]).length, 64);
  });
});
