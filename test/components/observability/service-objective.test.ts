import assert from "node:assert/strict";
import fc from "fast-check";
import {
  ServiceObjective,
  type ServiceObjectiveArgs,
  type ServiceObjectiveRules,
} from "../../../components/observability/service-objective";
import { refusals } from "../logs/judged";
import { planned } from "../planned";
import { alarmTopics, toldOf } from "../told";
import { calculated, calculation } from "./metric-math";

const application = {
  loadBalancer: "app/orders/0123456789abcdef",
  targetGroup: "targetgroup/orders-api/0123456789abcdef",
};
const otherTargetGroup = "targetgroup/orders-api-b/fedcba9876543210";
const network = { ...application, kind: "network" } as const;
const usual: ServiceObjectiveArgs = {
  serviceName: "orders-api",
  targets: { internal: application },
  objective: { availability: 99.9 },
  topics: alarmTopics,
};

async function made(args: Partial<ServiceObjectiveArgs> = {}) {
  const stack = await planned(() => new ServiceObjective("api", { ...usual, ...args }));
  const byName = new Map(stack.all("MetricAlarm").map(({ inputs }) => [String(inputs["name"]), inputs]));
  const of = (name: string) => {
    const inputs = byName.get(`orders-api-internal-${name}`);
    assert.ok(inputs, `${name} among ${[...byName.keys()]}`);
    return inputs;
  };
  return { stack, of, names: [...byName.keys()] };
}

const objective = (rules: ServiceObjectiveRules) => ({ objective: rules });

describe("an objective", () => {
  it("is told by two alarms, made of one for each window, which tell nobody", async () => {
    const { stack, names } = await made();
    assert.deepEqual(names.map(name => name.replace("orders-api-internal-availability-", "")).sort(), [
      "14.4x-1h",
      "14.4x-5m",
      "1x-3d",
      "1x-6h",
      "6x-30m",
      "6x-6h",
    ]);
    for (const { inputs } of stack.all("MetricAlarm"))
      assert.deepEqual([inputs["alarmActions"], inputs["okActions"]], [[], []]);
    const [fast, slow] = stack.all("CompositeAlarm");
    const all = (...names: string[]) =>
      names.map(name => `ALARM("orders-api-internal-availability-${name}")`).join(" AND ");
    assert.equal(
      fast?.inputs["alarmRule"],
      `(${all("14.4x-1h", "14.4x-5m")}) OR (${all("6x-6h", "6x-30m")})`,
    );
    assert.equal(slow?.inputs["alarmRule"], `(${all("1x-3d", "1x-6h")})`);
    for (const [composite, severity] of [
      [fast, "critical"],
      [slow, "warning"],
    ] as const) {
      const told = [alarmTopics[severity]];
      assert.deepEqual([composite?.inputs["alarmActions"], composite?.inputs["okActions"]], [told, told]);
      assert.deepEqual(toldOf(composite?.inputs ?? {}), told);
      assert.match(
        String(composite?.inputs["alarmDescription"]),
        /99\.9 % of requests do not fail\. .{60,}; read/,
      );
    }
    assert.deepEqual(await refusals(stack), []);
  });

  it("names only alarms that are there before it", async () => {
    const { stack, names } = await made(
      objective({ availability: 99.9, latency: { percent: 95, milliseconds: 300 } }),
    );
    assert.equal(stack.all("CompositeAlarm").length, 4);
    for (const { inputs, dependencies } of stack.all("CompositeAlarm")) {
      const named = [...String(inputs["alarmRule"]).matchAll(/ALARM\("([^"]+)"\)/g)].map(
        ([, name = ""]) => name,
      );
      assert.ok(named.length >= 2);
      for (const name of named) {
        assert.ok(names.includes(name), name);
        const its = stack.all("MetricAlarm").find(alarm => alarm.inputs["name"] === name);
        assert.ok(its && dependencies.includes(its.urn), name);
      }
    }
  });

  it("looks at each window as a whole, which CloudWatch allows up to a week", async () => {
    const { stack } = await made();
    const seconds = { "5m": 300, "30m": 1_800, "1h": 3_600, "6h": 21_600, "3d": 259_200 };
    for (const { inputs } of stack.all("MetricAlarm")) {
      const window = String(inputs["name"]).split("-").at(-1) as keyof typeof seconds;
      for (const { period } of Object.values(calculation(inputs).metrics)) {
        assert.equal(period, seconds[window]);
        assert.ok(period <= 604_800);
      }
      assert.equal(inputs["evaluationPeriods"], 1);
    }
  });

  it("goes off at so many times what is allowed, but at half of all requests at the latest", () =>
    fc.assert(
      fc.asyncProperty(fc.integer({ min: 9_000, max: 9_999 }), async hundredths => {
        const availability = hundredths / 100;
        const { of } = await made(objective({ availability }));
        for (const [name, factor] of [
          ["14.4x-1h", 14.4],
          ["6x-30m", 6],
          ["1x-3d", 1],
        ] as const) {
          const threshold = Number(of(`availability-${name}`)["threshold"]);
          assert.ok(Math.abs(threshold - Math.min(50, factor * (100 - availability))) < 1e-6);
          assert.ok(threshold > 0 && threshold <= 50);
        }
      }),
      { numRuns: 8 },
    ));

  it("has thresholds that can be read", async () => {
    const { of } = await made();
    assert.equal(of("availability-14.4x-1h")["threshold"], 1.44);
    assert.equal(of("availability-6x-6h")["threshold"], 0.6);
    assert.equal(of("availability-1x-3d")["threshold"], 0.1);
  });

  it("is of each way through an Application Load Balancer by itself", async () => {
    const { stack } = await made({
      targets: { internal: application, public: application, direct: network },
    });
    assert.deepEqual(
      stack.all("CompositeAlarm").map(({ inputs }) => inputs["alarmName"]),
      ["internal", "public"].flatMap(way => [
        `orders-api-${way}-availability-burning-fast`,
        `orders-api-${way}-availability-burning-slowly`,
      ]),
    );
    const urns = stack.resources.map(({ urn }) => urn);
    assert.equal(new Set(urns).size, urns.length);
  });

  it("lives beside another in a stack", async () => {
    const stack = await planned(() => {
      new ServiceObjective("api", usual);
      new ServiceObjective("web", { ...usual, serviceName: "orders-web" });
    });
    assert.equal(new Set(stack.resources.map(({ urn }) => urn)).size, stack.resources.length);
    assert.equal(new Set(stack.all("MetricAlarm").map(({ inputs }) => inputs["name"])).size, 12);
  });

  for (const [what, args, message] of [
    [
      "less than 90 per cent",
      objective({ availability: 89.9 }),
      /objective.availability is 89.9; .* 90 to 99.99/,
    ],
    ["what nobody can keep", objective({ availability: 100 }), /objective.availability is 100/],
    [
      "as much for latency",
      objective({ availability: 99, latency: { percent: 50, milliseconds: 300 } }),
      /objective.latency.percent is 50/,
    ],
    [
      "a time of no milliseconds",
      objective({ availability: 99, latency: { percent: 95, milliseconds: 0.3 } }),
      /objective.latency.milliseconds is 0.3; it must be a whole number from 1 to 60,000/,
    ],
    ["no way", { targets: {} }, /targets has no way; an objective needs one/],
    ["ways that are not measured", { targets: { direct: network } }, /targets has direct \(network\)/],
  ] as const)
    it(`refuses ${what}`, () => assert.rejects(made(args as Partial<ServiceObjectiveArgs>), message));
});

describe("requests that fail", () => {
  it("are counted over both groups of targets", async () => {
    const { of } = await made({ targets: { internal: { ...application, otherTargetGroup } } });
    const { expression, metrics } = calculation(of("availability-14.4x-1h"));
    assert.equal(Object.keys(metrics).length, 6);
    assert.equal(
      calculated(expression, { requests1: 900, errors1: 0, requests2: 100, errors2: 20, refused2: 10 }),
      3,
    );
    assert.equal(calculated(expression, { requests2: 100, errors2: 20 }), 20);
    assert.equal(calculated(expression, {}), 0);
  });

  it("need a hundred requests over the long window, and one over the short", async () => {
    const { of } = await made();
    const at = (name: string, requests1: number) =>
      calculated(calculation(of(name)).expression, { requests1, errors1: requests1 });
    assert.deepEqual([at("availability-1x-3d", 99), at("availability-1x-3d", 100)], [0, 100]);
    assert.deepEqual([at("availability-14.4x-5m", 0), at("availability-14.4x-5m", 1)], [0, 100]);
  });
});

describe("requests that are slow", () => {
  const slow = objective({ availability: 99, latency: { percent: 95, milliseconds: 300 } });

  it("are those above the milliseconds, by the percentile rank of the load balancer's seconds", async () => {
    const { of } = await made(slow);
    const { metrics } = calculation(of("slowness-6x-6h"));
    assert.deepEqual(
      Object.values(metrics).map(({ metricName, stat }) => [metricName, stat]),
      [
        ["RequestCount", "Sum"],
        ["TargetResponseTime", "PR(:0.3)"],
      ],
    );
    assert.equal(of("slowness-6x-6h")["threshold"], 30);
    assert.equal(of("slowness-14.4x-1h")["threshold"], 50);
  });

  it("count by the requests of each group", async () => {
    const { of } = await made({ ...slow, targets: { internal: { ...application, otherTargetGroup } } });
    const { expression } = calculation(of("slowness-1x-3d"));
    const value = calculated(expression, { requests1: 900, quick1: 100, requests2: 100, quick2: 50 });
    assert.equal(value, 5);
    assert.equal(calculated(expression, { requests1: 100 }), 0);
  });
});
