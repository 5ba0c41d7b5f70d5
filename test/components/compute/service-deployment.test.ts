import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type DeploymentRules,
  deploymentMinutes,
  deploymentOf,
  deploymentStatements,
} from "../../../components/compute/service-deployment";
import { at } from "../planned";

const lambda = (name: string) => `arn:aws:lambda:eu-central-1:111122223333:function:orders-${name}`;
const hookFunctions = { smoke: { arn: lambda("smoke") }, load: { arn: lambda("load") } };
const serviceName = "orders-api";

const deployment = (rules: DeploymentRules, alarmNames: readonly string[] = []) =>
  deploymentOf({ serviceName, rules, alarmNames, hookFunctions, roleArn: "arn:role" });

const strategies: readonly DeploymentRules["strategy"][] = ["rolling", "blueGreen", "canary", "linear"];

describe("a deployment", () => {
  const said: readonly [DeploymentRules, object][] = [
    [{ strategy: "rolling" }, { strategy: "ROLLING" }],
    [{ strategy: "blueGreen" }, { strategy: "BLUE_GREEN", bakeTimeInMinutes: "10" }],
    [
      { strategy: "blueGreen", bakeMinutes: 0 },
      { strategy: "BLUE_GREEN", bakeTimeInMinutes: "0" },
    ],
    [
      { strategy: "canary" },
      {
        strategy: "CANARY",
        canaryConfiguration: { canaryPercent: 10, canaryBakeTimeInMinutes: "10" },
        bakeTimeInMinutes: "10",
      },
    ],
    [
      { strategy: "canary", percent: 0.5, minutes: 45, bakeMinutes: 1_440 },
      {
        strategy: "CANARY",
        canaryConfiguration: { canaryPercent: 0.5, canaryBakeTimeInMinutes: "45" },
        bakeTimeInMinutes: "1440",
      },
    ],
    [
      { strategy: "linear" },
      {
        strategy: "LINEAR",
        linearConfiguration: { stepPercent: 20, stepBakeTimeInMinutes: "3" },
        bakeTimeInMinutes: "10",
      },
    ],
    [
      { strategy: "linear", percent: 50, minutes: 1, bakeMinutes: 5 },
      {
        strategy: "LINEAR",
        linearConfiguration: { stepPercent: 50, stepBakeTimeInMinutes: "1" },
        bakeTimeInMinutes: "5",
      },
    ],
  ];
  for (const [rules, configuration] of said)
    it(`of ${JSON.stringify(rules)} says to ECS what that is`, () => {
      assert.deepEqual(deployment(rules).deploymentConfiguration, configuration);
    });

  for (const strategy of strategies)
    it(`that is ${strategy} keeps all tasks until there are others, and is taken back if they fail`, () => {
      const { deploymentConfiguration, ...rest } = deployment({ strategy }, ["orders-api-errors"]);
      assert.deepEqual(rest, {
        deploymentController: { type: "ECS" },
        deploymentMinimumHealthyPercent: 100,
        deploymentMaximumPercent: 200,
        deploymentCircuitBreaker: { enable: true, rollback: true },
        alarms: { enable: true, rollback: true, alarmNames: ["orders-api-errors"] },
      });
    });

  it("without alarms says nothing of any, as AWS refuses an empty list", () => {
    assert.equal("alarms" in deployment({ strategy: "rolling" }), false);
  });

  it("asks its functions at their stages, each function once, in the order of the stages", () => {
    const { deploymentConfiguration } = deployment({
      strategy: "blueGreen",
      hooks: {
        postProductionTrafficShift: "smoke",
        productionTrafficShift: "load",
        postTestTrafficShift: "smoke",
        testTrafficShift: "load",
        postScaleUp: "load",
        preScaleUp: "smoke",
      },
    });
    assert.deepEqual((deploymentConfiguration as { lifecycleHooks?: object[] }).lifecycleHooks, [
      {
        hookTargetArn: lambda("smoke"),
        roleArn: "arn:role",
        lifecycleStages: ["PRE_SCALE_UP", "POST_TEST_TRAFFIC_SHIFT", "POST_PRODUCTION_TRAFFIC_SHIFT"],
      },
      {
        hookTargetArn: lambda("load"),
        roleArn: "arn:role",
        lifecycleStages: ["POST_SCALE_UP", "TEST_TRAFFIC_SHIFT", "PRODUCTION_TRAFFIC_SHIFT"],
      },
    ]);
  });

  const refused: readonly [DeploymentRules, RegExp][] = [
    [
      { strategy: "blueGreen", bakeMinutes: -1 },
      /bakeMinutes is -1; it must be a whole number from 0 to 1440/,
    ],
    [{ strategy: "blueGreen", bakeMinutes: 1_441 }, /bakeMinutes is 1441/],
    [{ strategy: "canary", percent: 0 }, /percent is 0; it must be from 0.1 to 99.9/],
    [{ strategy: "canary", percent: 100 }, /percent is 100/],
    [{ strategy: "canary", percent: Number.NaN }, /percent is NaN/],
    [{ strategy: "canary", minutes: 0 }, /minutes is 0; it must be a whole number from 1 to 1440/],
    [{ strategy: "linear", percent: 2.9 }, /percent is 2.9; it must be from 3 to 50/],
    [{ strategy: "linear", percent: 51 }, /percent is 51/],
    [{ strategy: "linear", minutes: 1.5 }, /minutes is 1.5/],
    [
      { strategy: "linear", hooks: { preScaleUp: "smok" } },
      /hooks\.preScaleUp is "smok"; functions are smoke, load$/,
    ],
  ];
  for (const [rules, message] of refused)
    it(`is refused with ${JSON.stringify(rules)}`, () => {
      assert.throws(() => deployment(rules), message);
      assert.throws(() => deployment(rules), /^Error: deployment of orders-api\./);
    });

  it("is refused with a function where there are none", () => {
    const rules = { strategy: "canary", hooks: { postScaleUp: "smoke" } } as const;
    assert.throws(
      () => deploymentOf({ serviceName, rules, alarmNames: [], roleArn: "arn:role" }),
      /postScaleUp is "smoke"; functions are none/,
    );
  });

  it("is waited for as long as its steps and its bake time take, and for tasks to start", () => {
    const minutes = (rules: DeploymentRules) => deploymentMinutes(serviceName, rules);
    assert.equal(minutes({ strategy: "rolling" }), 40);
    assert.equal(minutes({ strategy: "blueGreen" }), 50);
    assert.equal(minutes({ strategy: "canary", minutes: 30, bakeMinutes: 60 }), 130);
    assert.equal(minutes({ strategy: "linear", percent: 30, minutes: 5, bakeMinutes: 0 }), 60);
  });

  it("says numbers of minutes that ECS takes, and waits for longer, whatever is chosen", () => {
    const minutes = fc.integer({ min: 1, max: 1_440 });
    const bakeMinutes = fc.integer({ min: 0, max: 1_440 });
    const rules: fc.Arbitrary<DeploymentRules> = fc.oneof(
      fc.record({ strategy: fc.constant("blueGreen" as const), bakeMinutes }),
      fc.record({
        strategy: fc.constant("canary" as const),
        percent: fc.double({ min: 0.1, max: 99.9, noNaN: true }),
        minutes,
        bakeMinutes,
      }),
      fc.record({
        strategy: fc.constant("linear" as const),
        percent: fc.double({ min: 3, max: 50, noNaN: true }),
        minutes,
        bakeMinutes,
      }),
    );
    fc.assert(
      fc.property(rules, chosen => {
        const configuration = JSON.parse(JSON.stringify(deployment(chosen).deploymentConfiguration));
        assert.match(configuration.bakeTimeInMinutes, /^\d{1,4}$/);
        const { canaryConfiguration, linearConfiguration } = configuration;
        assert.equal(canaryConfiguration !== undefined, chosen.strategy === "canary");
        assert.equal(linearConfiguration !== undefined, chosen.strategy === "linear");
        const steps = linearConfiguration ? 100 / linearConfiguration.stepPercent : 1;
        const step = Number(
          linearConfiguration?.stepBakeTimeInMinutes ?? canaryConfiguration?.canaryBakeTimeInMinutes ?? 0,
        );
        assert.ok(
          deploymentMinutes(serviceName, chosen) >=
            Number(configuration.bakeTimeInMinutes) + steps * step + 30,
        );
      }),
    );
  });
});

describe("the role of a deployment", () => {
  const statements = (rules: Parameters<typeof deploymentStatements>[1]["rules"] = {}) =>
    deploymentStatements(at, {
      serviceName,
      rules,
      hookFunctions,
      targetGroupNames: ["orders-api", "orders-api-other"],
    });

  it("may see load balancers, use its own target groups and weigh its own rules, and no more", () => {
    assert.deepEqual(statements(), [
      {
        Sid: "Look",
        Effect: "Allow",
        Action: [
          "elasticloadbalancing:DescribeListeners",
          "elasticloadbalancing:DescribeRules",
          "elasticloadbalancing:DescribeTargetGroups",
          "elasticloadbalancing:DescribeTargetHealth",
        ],
        Resource: "*",
      },
      {
        Sid: "Targets",
        Effect: "Allow",
        Action: ["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"],
        Resource: [
          "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/orders-api-???????/*",
          "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/orders-api-other-???????/*",
        ],
      },
      {
        Sid: "Weights",
        Effect: "Allow",
        Action: "elasticloadbalancing:ModifyRule",
        Resource: "arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener-rule/app/*",
        Condition: { StringEquals: { "aws:ResourceTag/shifted-for": "orders-api" } },
      },
    ]);
  });

  it("may ask the functions that are hooks, and no other", () => {
    const asks = (rules: Parameters<typeof statements>[0]) =>
      statements(rules).filter(({ Action }) => Action === "lambda:InvokeFunction");
    assert.deepEqual(asks({}), []);
    assert.deepEqual(
      asks({ hooks: { postScaleUp: "load", preScaleUp: "load" } }).map(({ Resource }) => Resource),
      [[lambda("load")]],
    );
  });

  for (const [name, own] of Object.entries({
    "orders-api-1a2b3c4": true,
    "orders-api-other-1a2b3c4": true,
    "orders-api-public-1a2b3c4": false,
    "orders-api-gateway-1a2b3c4": false,
    "orders-api": false,
    "payments-api-1a2b3c4": false,
  }))
    it(`${own ? "may" : "may not"} use the target group ${name}`, () => {
      const [, targets] = statements();
      const group = `arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/${name}/0123456789abcdef`;
      const matches = [targets?.Resource ?? []]
        .flat()
        .some(pattern =>
          new RegExp(`^${String(pattern).replaceAll("?", ".").replaceAll("*", ".*")}$`).test(group),
        );
      assert.equal(matches, own);
    });
});
