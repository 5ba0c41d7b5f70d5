import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { ProductDashboard, type ProductDashboardArgs } from "../../../components/observability/dashboard";
import type { ServiceTargets } from "../../../components/observability/service-target";
import { refusals } from "../logs/judged";
import { at, planned } from "../planned";

const targets: ServiceTargets = {
  internal: {
    loadBalancer: "app/orders/0123456789abcdef",
    targetGroup: "targetgroup/orders-api/0123456789abcdef",
    otherTargetGroup: "targetgroup/orders-api-b/fedcba9876543210",
  },
};
const api = { serviceName: "orders-api", clusterName: "orders", targets };
const worker = { serviceName: "orders-worker", clusterName: "orders" };
const network = {
  serviceName: "orders-feed",
  clusterName: "orders",
  targets: {
    direct: {
      kind: "network",
      loadBalancer: "net/orders-feed/0123456789abcdef",
      targetGroup: "targetgroup/orders-feed/0123456789abcdef",
    },
  },
} as const;
const usual: ProductDashboardArgs = {
  product: "orders",
  environment: "dev",
  at,
  services: [api, worker, network],
  queues: ["orders-pending", "orders-kept.fifo"],
  jobs: ["orders-report"],
  functions: ["orders-verify"],
};

interface Widget {
  readonly type: "text" | "metric";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly region?: string;
    readonly metrics?: (string | Record<string, string>)[][];
  };
}

async function made(args: Partial<ProductDashboardArgs> = {}) {
  const stack = await planned(() => new ProductDashboard("orders", { ...usual, ...args }));
  const { dashboardBody, dashboardName } = stack.one("Dashboard").inputs;
  const { widgets } = JSON.parse(String(dashboardBody)) as { widgets: Widget[] };
  return { stack, widgets, dashboardName };
}

/** The titles of graphs below each heading. */
async function rows(args: Partial<ProductDashboardArgs> = {}): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  let heading = "";
  for (const { type, properties } of (await made(args)).widgets.slice(1))
    if (type === "text") {
      heading = String(properties.markdown);
      found[heading] = [];
    } else found[heading]?.push(String(properties.title));
  return found;
}

function requireSoundPlaces(widgets: readonly Widget[]): void {
  const taken = new Set<string>();
  for (const { x, y, width, height } of widgets) {
    assert.ok(x >= 0 && y >= 0 && width >= 1 && height >= 1 && height <= 1_000);
    assert.ok(x + width <= 24, `${x} + ${width}`);
    for (let column = x; column < x + width; column++)
      for (let line = y; line < y + height; line++) {
        assert.ok(!taken.has(`${column} ${line}`), `two widgets at ${column}, ${line}`);
        taken.add(`${column} ${line}`);
      }
  }
}

describe("a product's dashboard", () => {
  it("is called by product and environment, says what it shows, and is allowed by the policies", async () => {
    const { stack, widgets, dashboardName } = await made();
    assert.equal(dashboardName, "orders-dev");
    assert.match(
      String(widgets[0]?.properties.markdown),
      /^# orders, dev\n.+account 111122223333 and eu-central-1/,
    );
    assert.deepEqual(await refusals(stack), []);
  });

  it("has a row for each, of what it has", async () => {
    const ofTasks = ["CPU and memory, per cent", "Tasks"];
    const ofQueue = ["Seconds that the oldest message waits", "Messages", "Dead letters"];
    assert.deepEqual(await rows(), {
      "## Service orders-api": ["Requests", "Errors", "Seconds to answer", "Targets", ...ofTasks],
      "## Service orders-worker": ofTasks,
      "## Service orders-feed": ["Connections", "Targets", ...ofTasks],
      "## Queue orders-pending": ofQueue,
      "## Queue orders-kept.fifo": ofQueue,
      "## Job orders-report": ["Runs", "Failures", "Milliseconds that a run takes"],
      "## Function orders-verify": ["Calls", "Errors", "Milliseconds", "At once"],
    });
  });

  it("fits CloudWatch's 24 columns, no widget over another, whatever there is", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(api, worker, network), { minLength: 1, maxLength: 12 }),
        fc.nat(6),
        fc.nat(4),
        async (services, queues, functions) => {
          const named = (count: number, what: string) =>
            Array.from({ length: count }, (_, index) => `${what}-${index}`);
          const { widgets } = await made({
            services,
            queues: named(queues, "queue"),
            functions: named(functions, "function"),
          });
          requireSoundPlaces(widgets);
        },
      ),
      { numRuns: 15 },
    ));

  it("names namespace, metric and whole dimensions in each line, with how it is shown", async () => {
    const dimensions: Record<string, string[]> = {
      "AWS/ApplicationELB": ["LoadBalancer", "TargetGroup"],
      "AWS/ECS": ["ClusterName", "ServiceName"],
      "ECS/ContainerInsights": ["ClusterName", "ServiceName"],
      "AWS/SQS": ["QueueName"],
      "AWS/States": ["StateMachineArn"],
      "AWS/Lambda": ["FunctionName"],
    };
    for (const { type, properties } of (await made()).widgets) {
      if (type === "text") continue;
      assert.equal(properties.region, at.region);
      for (const line of properties.metrics ?? []) {
        const shown = line.at(-1) as Record<string, string>;
        const texts = line.slice(0, -1) as string[];
        assert.ok(shown["stat"] && shown["label"], JSON.stringify(line));
        assert.equal(texts.length % 2, 0);
        const names = texts.slice(2).filter((_, index) => index % 2 === 0);
        const namespace = String(texts[0]);
        if (namespace === "AWS/NetworkELB") assert.ok(names.includes("LoadBalancer"));
        else assert.deepEqual(names.sort(), dimensions[namespace], namespace);
      }
    }
  });

  it("shows each of two groups of targets, dead letters of their own queue, and jobs by their ARN", async () => {
    const lines = (await made()).widgets.flatMap(({ properties }) => properties.metrics ?? []);
    const values = (metric: string) =>
      lines.filter(line => line[1] === metric).map(line => line.slice(2, -1).join(" "));
    assert.equal(values("RequestCount").length, 2);
    assert.ok(values("ApproximateNumberOfMessagesVisible").includes("QueueName orders-pending-dead-letters"));
    assert.deepEqual(values("ExecutionsFailed"), [
      "StateMachineArn arn:aws:states:eu-central-1:111122223333:stateMachine:orders-report",
    ]);
  });

  it("takes what is not known beforehand", async () => {
    const { widgets } = await made({
      services: [
        {
          ...api,
          targets: { internal: { ...targets["internal"], loadBalancer: pulumi.output("app/later/1") } },
        },
      ] as never,
    });
    assert.match(JSON.stringify(widgets), /app\/later\/1/);
  });

  it("lives beside another in a stack", async () => {
    const stack = await planned(() => {
      new ProductDashboard("orders", usual);
      new ProductDashboard("billing", { ...usual, product: "billing" });
    });
    assert.equal(new Set(stack.resources.map(({ urn }) => urn)).size, stack.resources.length);
  });

  for (const [what, args, message] of [
    ["nothing to show", { services: [], queues: [], jobs: [], functions: [] }, /orders-dev would be empty/],
    ["a name that CloudWatch refuses", { product: "orders & more" }, /would be called orders & more-dev/],
    [
      "more than fits",
      { services: Array.from({ length: 72 }, () => api) },
      /would have \d+ widgets; CloudWatch takes 500/,
    ],
  ] as const)
    it(`refuses ${what}`, () => assert.rejects(made(args as Partial<ProductDashboardArgs>), message));
});
