import assert from "node:assert/strict";
import { deploymentSteps } from "../../cli/explain/deployment-steps";
import { plannedWorkload } from "../../cli/explain/planned-workload";
import { settingsOf } from "../../cli/explain/settings";
import { plainValue, valueText } from "../../cli/explain/shown";
import type { StackPlan } from "../../cli/planner";
import { WrittenDescription } from "../../cli/promote/written";
import type { ServiceArgs } from "../../components/compute/service";
import type { LandingZone, Product } from "../../stacks/description";
import example from "../../stacks/landing-zone";
import { service } from "../components/compute/service-planned";
import { ProjectCopy } from "./project-copy";

const orders = example.products.find(({ name }) => name === "orders") as Product;
const api = { group: "services", name: "api", at: "products.orders.services.api" } as const;
const settings = (product: Product, zone: LandingZone = example) =>
  new Map(
    settingsOf(
      zone,
      { product, workload: { ...api, words: product.services?.["api"] ?? { release: "" } } },
      "int",
      new WrittenDescription(),
    ).map(its => [its.setting, its]),
  );

const stackOf = async (args: Partial<ServiceArgs> = {}): Promise<StackPlan> => ({
  name: "orders-service-int",
  account: null,
  region: null,
  environment: "int",
  ms: 0,
  resources: (await service(args)).resources,
  outputs: {},
  references: [],
  violations: [],
});

describe("settings that are explained", () => {
  it("say each value, its source, and the line that says it plainly", () => {
    const found = settings(orders);
    assert.deepEqual(found.get("uses")?.value, ["orders.readWrite", "sessions.connect", "placed.publish"]);
    assert.equal(found.get("release")?.source, "products.orders.services.api.release.int");
    assert.match(found.get("release")?.place ?? "", /^stacks\/landing-zone\/products\/orders\.ts:\d+$/);
    assert.equal(found.get("scaling.max")?.source, "environments.int.service.scaling.max");
    assert.match(found.get("scaling.max")?.place ?? "", /^stacks\/landing-zone\/environments\.ts:\d+$/);
    assert.deepEqual(
      [found.get("drain")?.value, found.get("drain")?.source, found.get("drain")?.place],
      [30, "default", null],
    );
  });

  it("tell what an override says, and of which product a resource is", () => {
    const shop = example.products.find(({ name }) => name === "shop") as Product;
    const carts = shop.data?.["carts"];
    assert.ok(carts !== undefined);
    const product: Product = {
      ...orders,
      services: {
        ...orders.services,
        api: {
          release: "1.0.0",
          settings: { LEVEL: "info" },
          uses: [{ resource: carts, access: "read" }],
          overrides: { int: { settings: { LEVEL: "debug" }, scaling: { max: 9 } } },
        },
      },
    };
    const zone = { ...example, products: example.products.map(its => (its === orders ? product : its)) };
    const found = settings(product, zone);
    assert.deepEqual(found.get("uses")?.value, ["shop.carts.read"]);
    assert.deepEqual(
      [found.get("settings.LEVEL")?.value, found.get("settings.LEVEL")?.source],
      ["debug", "products.orders.services.api.overrides.int.settings.LEVEL"],
    );
    assert.equal(found.get("scaling.max")?.source, "products.orders.services.api.overrides.int.scaling.max");
    // The file says nothing of the kind, so that no line is told.
    assert.equal(found.get("scaling.max")?.place, null);
  });

  const shown: readonly (readonly [path: string, value: unknown, text: string])[] = [
    ["port", 8443, "8443"],
    ["size.memory", 4096, "4,096 MiB"],
    ["drain", 30, "30 s"],
    ["timeoutMinutes", 60, "60 min"],
    ["scaling.min", 1, "1 task"],
    ["scaling.planned.morning.max", 4, "4 tasks"],
    ["public", false, "no"],
    ["settings", {}, "none"],
    ["calledBy", ["a", "b"], "a, b"],
  ];
  for (const [path, value, text] of shown)
    it(`show ${path} as ${text}`, () =>
      assert.equal(valueText(path, plainValue(example, orders, value)), text));
});

describe("what follows from settings", function () {
  this.timeout(60_000);

  it("is read from the plan of the workload, and from nothing beside it", async () => {
    const found = plannedWorkload(await stackOf(), [], "api");
    assert.ok(found !== undefined);
    assert.equal(found.cluster, "orders");
    assert.deepEqual(found.runsAs.slice(0, 2), [
      { what: "ECS service", name: "orders-api" },
      { what: "task definition", name: "orders-api" },
    ]);
    assert.deepEqual(found.containers, [
      { name: "api", image: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/orders/api:1.2.3" },
    ]);
    assert.deepEqual(found.logGroups, ["/landing-zone/orders/api"]);
    assert.ok(found.roles.includes("/product/orders-api-task"));
    assert.deepEqual(
      found.calledBy.map(({ priority, conditions }) => [priority, conditions]),
      [[7, ["path /orders or /orders/*"]]],
    );
    assert.deepEqual(found.starts, []);
    assert.equal(plannedWorkload(await stackOf(), [], "web"), undefined);
  });

  const strategies: readonly (readonly [ServiceArgs["deployment"], readonly RegExp[]])[] = [
    [undefined, [/from 100 to 200 % of them run/]],
    [
      { strategy: "blueGreen", bakeMinutes: 7 },
      [/all requests go to the new tasks at once/, /stay for 7 min/],
    ],
    [{ strategy: "canary", percent: 5, minutes: 15 }, [/^5 % of requests .* the rest 15 min later/]],
    [{ strategy: "linear", percent: 30, minutes: 4 }, [/^30 % more .* every 4 min: all after 12 min/]],
  ];
  for (const [deployment, says] of strategies)
    it(`tells a ${deployment?.strategy ?? "rolling"} release step by step`, async () => {
      const steps =
        plannedWorkload(await stackOf(deployment === undefined ? {} : { deployment, drain: 45 }), [], "api")
          ?.deployment ?? [];
      for (const pattern of says)
        assert.ok(
          steps.some(step => pattern.test(step)),
          `${pattern} in ${steps}`,
        );
      assert.ok(steps.some(step => /\/health has answered 2 times, 5 s apart: 5 s after/.test(step)));
      const drain = deployment === undefined ? 30 : 45;
      assert.ok(steps.some(step => step.endsWith(`has ${drain} s for those it has`)));
      assert.ok(steps.some(step => step.endsWith(`is ended ${drain + 10} s later`)));
      assert.match(
        steps.at(-1) ?? "",
        /taken back when new tasks do not become well, or one of these alarms/,
      );
    });

  it("leaves out what is not known", () => {
    assert.deepEqual(
      deploymentSteps({ inputs: { deploymentConfiguration: "[unknown]" } } as never, [], []).length,
      1,
    );
  });
});

describe("lz explain", function () {
  this.timeout(120_000);
  let project: ProjectCopy;
  before(() => {
    project = new ProjectCopy();
  });
  after(() => project.remove());

  it("shows settings and what follows, and the names by which a service is called", () => {
    const { status, stdout, stderr } = project.lz("explain", "orders", "api", "--env", "int");
    assert.equal(status, 0, stderr);
    assert.match(
      stdout,
      /^orders api, a service, in int: account int \(666677778888\), eu-central-1, stack orders-service-int$/m,
    );
    assert.match(
      stdout,
      /^uses +orders\.readWrite, .* +products\.orders\.services\.api\.uses +products\/orders\.ts:\d+$/m,
    );
    assert.match(stdout, /^ECS service +orders-api$/m);
    assert.match(
      stdout,
      /^container api +666677778888\.dkr\.ecr\.eu-central-1\.amazonaws\.com\/orders\/api:1\.7\.2$/m,
    );
    assert.match(
      stdout,
      /^called by +.*rule \d+: path \/orders or \/orders\/\*; .*https:\/\/orders\.int\.example\.com/m,
    );
    assert.match(stdout, /^It has failed where it has not ended within \d+ min\.$/m);
  });

  it("says the same as JSON", () => {
    const { status, stdout } = project.lz("explain", "payments", "api", "--env", "prod", "--json");
    assert.equal(status, 0);
    const said = JSON.parse(stdout) as {
      account: string;
      settings: { setting: string; unit: string | null; value: unknown }[];
      follows: { cluster: string };
    };
    assert.equal(said.account, "payments-prod");
    const cpu = said.settings.find(({ setting }) => setting === "size.cpu");
    assert.deepEqual([cpu?.value, cpu?.unit], [512, "CPU units"]);
    assert.match(said.follows.cluster, /^payments/);
  });

  const asked: readonly (readonly [args: readonly string[], says: RegExp])[] = [
    [["order", "api", "--env", "int"], /no product "order"; there are: orders/],
    [["orders", "apis", "--env", "int"], /no service, job or function "apis"; there are: api/],
    [
      ["orders", "api", "--env", "test"],
      /--env test: there is no environment "test"; there are: dev, int, prod/,
    ],
    [["orders", "api"], /required option '--env/],
  ];
  for (const [args, says] of asked)
    it(`refuses ${args.join(" ")}`, () => {
      const { status, stderr } = project.lz("explain", ...args);
      assert.equal(status, 2);
      assert.match(stderr, says);
    });
});
