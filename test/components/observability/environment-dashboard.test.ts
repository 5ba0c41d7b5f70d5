import assert from "node:assert/strict";
import fc from "fast-check";
import {
  EnvironmentDashboard,
  type EnvironmentDashboardArgs,
} from "../../../components/observability/environment-dashboard";
import { criticalServiceAlarms, ServiceAlarms } from "../../../components/observability/service-alarms";
import { at, planned } from "../planned";
import { alarmTopics } from "../told";

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly markdown?: string;
    readonly alarms?: string[];
    readonly states?: string[];
    readonly region?: string;
    readonly metrics?: [{ expression: string }][];
  };
}

const usual: EnvironmentDashboardArgs = {
  environment: "prod",
  at,
  products: { orders: at.accountId, payments: "222233334444" },
  alarms: ["orders-api-missing-tasks"],
};
const page = async (more: Partial<EnvironmentDashboardArgs> = {}) => {
  const stack = await planned(() => new EnvironmentDashboard("environment", { ...usual, ...more }));
  const { dashboardName, dashboardBody } = stack.one("Dashboard").inputs;
  const { widgets } = JSON.parse(String(dashboardBody)) as { widgets: Widget[] };
  return { dashboardName, widgets };
};

describe("an environment's dashboard", () => {
  it("is called after it, leads to its products, to alarms and to costs", async () => {
    const { dashboardName, widgets } = await page();
    assert.equal(dashboardName, "landing-zone-prod");
    const heading = widgets[0]?.properties.markdown ?? "";
    assert.match(heading, /\[orders\]\(https:\S+#dashboards\/dashboard\/orders-prod\)/);
    assert.match(heading, /payments-prod \(in account 222233334444\)/);
    assert.match(heading, /#alarmsV2/);
    assert.match(heading, /cost-explorer/);
  });

  it("shows the alarms that have gone off, and no place for them where there are none", async () => {
    const alarmsIn = async (alarms: string[]) =>
      (await page({ alarms })).widgets.filter(({ type }) => type === "alarm");
    const [shown, ...others] = await alarmsIn(["one", "two"]);
    assert.deepEqual(others, []);
    assert.deepEqual(shown?.properties.states, ["ALARM"]);
    assert.deepEqual(
      shown?.properties.alarms,
      ["one", "two"].map(name => `arn:aws:cloudwatch:eu-central-1:111122223333:alarm:${name}`),
    );
    assert.deepEqual(await alarmsIn([]), []);
    const [many] = await alarmsIn(Array.from({ length: 140 }, (_, index) => `alarm-${index}`));
    assert.equal(many?.properties.alarms?.length, 100);
  });

  it("searches for load balancers, services, queues, databases, networks and certificates", async () => {
    const { widgets } = await page();
    const searched = widgets.flatMap(({ properties }) =>
      (properties.metrics ?? []).flat().map(({ expression }) => expression),
    );
    for (const expression of searched)
      assert.match(
        expression,
        /^SEARCH\('\{[A-Za-z]+\/[A-Za-z]+(,[A-Za-z]+)+\} MetricName="\w+"', '(Sum|Average|Maximum|Minimum)', 300\)$/,
      );
    for (const namespace of [
      "AWS/ApplicationELB",
      "AWS/ECS",
      "AWS/SQS",
      "AWS/RDS",
      "AWS/DynamoDB",
      "AWS/Lambda",
      "AWS/NATGateway",
      "AWS/TransitGateway",
      "AWS/CertificateManager",
    ])
      assert.ok(
        searched.some(expression => expression.includes(`{${namespace},`)),
        namespace,
      );
    for (const { type, properties } of widgets)
      if (type === "metric") assert.equal(properties.region, at.region);
  });

  it("has no two things at one place, and nothing beside the page, however many alarms there are", () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.stringMatching(/^[a-z-]{1,30}$/), { maxLength: 3 }), async alarms => {
        const { widgets } = await page({ alarms });
        for (const [index, one] of widgets.entries()) {
          assert.ok(one.x >= 0 && one.x + one.width <= 24);
          for (const other of widgets.slice(index + 1))
            assert.ok(
              one.x + one.width <= other.x ||
                other.x + other.width <= one.x ||
                one.y + one.height <= other.y ||
                other.y + other.height <= one.y,
              `${JSON.stringify(one)} ${JSON.stringify(other)}`,
            );
        }
      }),
      { numRuns: 6 },
    ));

  it("refuses what no dashboard can be called", () =>
    assert.rejects(page({ environment: "prod two" }), /environment is prod two;/));
});

describe("the alarms that it shows", () => {
  it("are among those that a service has, and wake somebody", async () => {
    const stack = await planned(
      () =>
        new ServiceAlarms("api", {
          serviceName: "orders-api",
          clusterName: "orders",
          at,
          topics: alarmTopics,
          targets: {
            internal: { loadBalancer: "app/orders/1", targetGroup: "targetgroup/a/1" },
            public: { loadBalancer: "app/orders/2", targetGroup: "targetgroup/a/2" },
          },
        }),
    );
    const made = stack
      .all("MetricAlarm")
      .filter(({ inputs }) => [inputs["alarmActions"]].flat().includes(alarmTopics.critical))
      .map(({ inputs }) => inputs["name"]);
    assert.deepEqual(made.sort(), criticalServiceAlarms("orders-api", ["internal", "public"]).sort());
  });
});
