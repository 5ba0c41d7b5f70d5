import assert from "node:assert/strict";
import fc from "fast-check";
import {
  defaults,
  type EnvironmentName,
  environmentNames,
  inForce,
  type LandingZone,
  type Product,
  queue,
  type Service,
  type WorkloadGroup,
} from "../../../stacks/description";
import { laidOver } from "../../../stacks/description/laid-over";
import example from "../../../stacks/landing-zone";
import { faultsOf, orders, zoneWith } from "./company";

const incoming = queue();
const at = "products.orders.services.api";

const serviceIn = (service: Service, environment: EnvironmentName, more: Partial<Product> = {}) => {
  const zone = zoneWith({ data: { incoming }, services: { api: service }, ...more });
  return inForce(zone, orders(zone), "services", "api", environment);
};

/** Every leaf of a value: what is no object with words of its own. */
function leaves(value: unknown, path = ""): Map<string, unknown> {
  const plain =
    value !== null &&
    typeof value === "object" &&
    [Object.prototype, null].includes(Object.getPrototypeOf(value));
  const words = plain ? Object.entries(value) : [];
  if (words.length === 0) return new Map([[path, value]]);
  return new Map(words.flatMap(([key, its]) => [...leaves(its, path === "" ? key : `${path}.${key}`)]));
}

describe("what is in force in an environment", () => {
  it("is the language's default where nothing is said, and the environment's size and scaling", () => {
    const { words, sources } = serviceIn({ release: "1" }, "prod");
    const { size, scaling } = example.environments.prod.service;
    assert.deepEqual(words, {
      ...defaults.container,
      ...defaults.service,
      image: "api",
      release: "1",
      size,
      scaling: { ...scaling, steps: { above: 35, below: 5, by: 1 }, planned: {} },
    });
    assert.equal(sources["size.cpu"], "environments.prod.service.size.cpu");
    assert.equal(sources["scaling.max"], "environments.prod.service.scaling.max");
    assert.equal(sources["scaling.steps.above"], "default");
    assert.equal(sources["drain"], "default");
    assert.equal(sources["release"], `${at}.release`);
  });

  it("is laid over from the environment's words, the service's own, and its overrides, each at its source", () => {
    const { words, sources } = serviceIn(
      {
        release: { dev: "2", int: "1", prod: "1" },
        port: 8443,
        path: "/*",
        health: "/healthz",
        settings: { LEVEL: "info", MODE: "fast" },
        scaling: { min: 2, max: 4, targets: { cpu: 50 } },
        overrides: { prod: { scaling: { max: 10 }, settings: { LEVEL: "warn" }, size: { memory: 2048 } } },
      },
      "prod",
    );
    assert.deepEqual(words.scaling, { min: 2, max: 10, targets: { cpu: 50 }, planned: {} });
    assert.deepEqual(words.settings, { LEVEL: "warn", MODE: "fast" });
    assert.deepEqual(words.size, { cpu: 512, memory: 2048 });
    assert.deepEqual(words.health, { ...defaults.health, path: "/healthz" });
    assert.equal(sources["scaling.min"], `${at}.scaling.min`);
    assert.equal(sources["scaling.max"], `${at}.overrides.prod.scaling.max`);
    assert.equal(sources["settings.LEVEL"], `${at}.overrides.prod.settings.LEVEL`);
    assert.equal(sources["settings.MODE"], `${at}.settings.MODE`);
    assert.equal(sources["size.cpu"], "environments.prod.service.size.cpu");
    assert.equal(sources["size.memory"], `${at}.overrides.prod.size.memory`);
    assert.equal(sources["release"], `${at}.release.prod`);
    assert.equal(sources["health.path"], `${at}.health`);
    assert.equal(sources["health.interval"], "default");
  });

  it("has of a resource the very same, and of lists the last", () => {
    const { words } = serviceIn(
      {
        release: "1",
        uses: [incoming.consume],
        scaling: { min: 0, max: 4, backlog: { queue: incoming, perTask: 10 } },
        overrides: { prod: { scaling: { backlog: { perTask: 5 } } } },
      },
      "prod",
    );
    assert.equal(words.scaling.backlog?.queue, incoming);
    assert.equal(words.scaling.backlog?.perTask, 5);
    assert.equal(words.scaling.steps, undefined);
  });

  it("has all of a deployment's words from those of one strategy", () => {
    const service: Service = {
      release: "1",
      port: 8443,
      path: "/*",
      deployment: { strategy: "canary", percent: 5, bakeMinutes: 30 },
      overrides: {
        dev: { deployment: { strategy: "rolling" } },
        int: { deployment: { strategy: "linear", minutes: 7 } },
        prod: { deployment: { minutes: 20 } },
      },
    };
    const deployments = environmentNames.map(name => serviceIn(service, name).words.deployment);
    assert.deepEqual(deployments, [
      { strategy: "rolling" },
      { strategy: "linear", percent: 20, minutes: 7, bakeMinutes: 10, hooks: {} },
      { strategy: "canary", percent: 5, minutes: 20, bakeMinutes: 30, hooks: {} },
    ]);
  });

  it("shifts by the environment's word only what a load balancer calls, and is on its Spot only on Fargate", () => {
    const { prod } = example.environments;
    const service = { ...prod.service, spot: 70, deployment: { strategy: "blueGreen" } as const };
    const zone = zoneWith(
      {
        instances: { instanceType: "m7g.large" },
        services: {
          api: { release: "1", port: 8443, path: "/*" },
          worker: { release: "1" },
          machine: { release: "1", overrides: { prod: { capacity: "instances" } } },
        },
      },
      { prod: { ...prod, service } },
    );
    const of = (name: string, environment: EnvironmentName) =>
      inForce(zone, orders(zone), "services", name, environment).words;
    assert.equal(of("api", "prod").deployment.strategy, "blueGreen");
    assert.equal(of("worker", "prod").deployment.strategy, "rolling");
    assert.deepEqual([of("worker", "prod").spot, of("worker", "dev").spot], [70, 0]);
    assert.deepEqual([of("machine", "prod").spot, of("machine", "prod").capacity], [0, "instances"]);
    assert.deepEqual(faultsOf(zone), []);
  });

  it("lets a job on objects run in parallel, and one on a schedule not", () => {
    const zone = zoneWith({
      jobs: {
        a: { release: "1", schedule: "rate(1 day)" },
        b: { release: "1" },
        c: { release: "1", parallel: true },
      },
    });
    const of = (name: string) => inForce(zone, orders(zone), "jobs", name, "dev").words;
    assert.deepEqual([of("a").parallel, of("b").parallel, of("c").parallel], [false, false, true]);
    assert.deepEqual(of("a").size, example.environments.dev.service.size);
    const [statements] = example.products.filter(({ jobs }) => jobs?.["import"] !== undefined);
    assert.ok(statements);
    assert.equal(inForce(example, statements, "jobs", "import", "dev").words.parallel, true);
  });

  it("has of a function what it says, and the repository only where it is of an image", () => {
    const code = { folder: "./functions/a", handler: "index.handler", runtime: "nodejs24.x" } as const;
    const zone = zoneWith({ functions: { a: { code }, b: { release: "1", timeout: 5 } } });
    const of = (name: string) => inForce(zone, orders(zone), "functions", name, "int");
    assert.deepEqual(of("a").words, { ...defaults.function, code });
    assert.deepEqual(of("b").words, { ...defaults.function, image: "b", release: "1", timeout: 5 });
    assert.equal(of("b").sources["timeout"], "products.orders.functions.b.timeout");
    assert.equal(of("b").sources["memory"], "default");
  });

  it("gives the timeout of health less than its interval", () => {
    const health = (its: Service["health"]) =>
      serviceIn({ release: "1", port: 1, path: "/*", health: its ?? {} }, "dev").words.health;
    assert.deepEqual([health({ interval: 30 })?.timeout, health({})?.timeout], [3, 3]);
    assert.equal(
      serviceIn({ release: "1", port: 1, path: "/*", protocol: "grpc" }, "dev").words.health?.path,
      "/grpc.health.v1.Health/Check",
    );
    assert.equal(serviceIn({ release: "1" }, "dev").words.health, undefined);
    assert.equal(serviceIn({ release: "1", port: 1, network: "tls" }, "dev").words.health, undefined);
  });

  it("is refused for a workload that there is not", () => {
    const zone = zoneWith({ services: {} });
    assert.throws(() => inForce(zone, orders(zone), "jobs", "x", "dev"), /orders has no x among its jobs/);
  });

  it("has a source for each leaf and no other, in all the example's products", () => {
    for (const product of example.products)
      for (const group of ["services", "jobs", "functions"] as const satisfies readonly WorkloadGroup[])
        for (const name of Object.keys(product[group] ?? {}))
          for (const environment of environmentNames) {
            const { words, sources } = inForce(example as LandingZone, product, group, name, environment);
            const there = [...leaves(words)].filter(([, value]) => value !== undefined).map(([path]) => path);
            assert.deepEqual(Object.keys(sources).sort(), there.sort());
          }
  });
});

/** Overrides of a service that change no word that other words' defaults hang on. */
const overrides = fc.record(
  {
    storage: fc.integer({ min: 21, max: 200 }),
    spot: fc.integer({ min: 0, max: 100 }),
    settings: fc.dictionary(fc.constantFrom("A", "B", "C"), fc.string(), { minKeys: 1 }),
    scaling: fc.record(
      {
        max: fc.integer({ min: 5, max: 90 }),
        steps: fc.record({ above: fc.integer({ min: 50, max: 90 }) }),
        asleep: fc.record({ until: fc.constant("07:15") }),
      },
      { requiredKeys: [] },
    ),
    size: fc.record({ cpu: fc.constantFrom(512, 1024) }),
    objective: fc.record({ availability: fc.constantFrom(99, 99.9) }),
  },
  { requiredKeys: [] },
);

const base: Service = {
  release: "1",
  port: 8443,
  path: "/*",
  settings: { A: "a", B: "b" },
  scaling: {
    min: 1,
    max: 3,
    steps: { above: 40, below: 10 },
    asleep: { from: "20:00", until: "06:00" },
  },
  objective: { availability: 95, latency: { percent: 99, milliseconds: 300 } },
};

describe("an override", () => {
  it("changes its own words, each at its source, and no other, in its own environment and no other", () => {
    fc.assert(
      fc.property(overrides, fc.constantFrom(...environmentNames), (its, where) => {
        for (const environment of environmentNames) {
          const before = serviceIn(base, environment);
          const after = serviceIn(
            { ...base, overrides: { [where]: its } as Service["overrides"] },
            environment,
          );
          const said = new Map(
            [...leaves(its)].filter(
              ([path, value]) => path !== "" && !(isEmpty(value) && path !== "settings"),
            ),
          );
          const expected = new Map(leaves(before.words));
          if (environment === where) for (const [path, value] of said) expected.set(path, value);
          assert.deepEqual(new Map([...leaves(after.words)].sort()), new Map([...expected].sort()));
          for (const [path, source] of Object.entries(after.sources))
            assert.equal(
              source,
              environment === where && said.has(path)
                ? `${at}.overrides.${where}.${path}`
                : before.sources[path],
              path,
            );
        }
      }),
    );
  });

  it("is nothing where it says nothing", () => {
    for (const none of [
      {},
      { scaling: {} },
      { settings: {} },
      { scaling: { steps: {} } },
      { size: undefined },
    ])
      assert.deepEqual(
        serviceIn({ ...base, overrides: { prod: none } as Service["overrides"] }, "prod"),
        serviceIn(base, "prod"),
      );
  });
});

const isEmpty = (value: unknown) =>
  value !== null && typeof value === "object" && Object.keys(value).length === 0;

describe("words laid over one another", () => {
  const value: fc.Arbitrary<unknown> = fc.letrec<{ node: unknown }>(tie => ({
    node: fc.oneof(
      { maxDepth: 3 },
      fc.integer(),
      fc.array(fc.integer(), { maxLength: 2 }),
      fc.dictionary(fc.constantFrom("a", "b", "c"), tie("node"), {
        minKeys: 1,
        maxKeys: 3,
        noNullPrototype: true,
      }),
    ),
  })).node;
  const words = fc.dictionary(fc.constantFrom("a", "b", "c"), value, { maxKeys: 3, noNullPrototype: true });

  it("keep all of the upper one, and of the lower one what the upper one says nothing of", () => {
    fc.assert(
      fc.property(words, words, (lower, upper) => {
        const result = laidOver([
          { value: lower, from: "low" },
          { value: upper, from: "up" },
        ]);
        const shown = leaves(result?.value);
        for (const [path, its] of leaves(upper)) if (path !== "") assert.deepEqual(shown.get(path), its);
        for (const [path, source] of Object.entries(result?.sources ?? {})) {
          const origin = source.startsWith("up") ? leaves(upper) : leaves(lower);
          assert.deepEqual(shown.get(path), origin.get(source.replace(/^(up|low)\.?/, "")));
        }
        // What the lower one says is there, or something of the upper one is in its place or above or below it.
        for (const path of leaves(lower).keys())
          if (path !== "")
            assert.ok(
              shown.has(path) ||
                [...leaves(upper).keys()].some(
                  other => path.startsWith(`${other}.`) || other.startsWith(`${path}.`),
                ),
              path,
            );
      }),
      { numRuns: 500 },
    );
  });

  it("are the same over nothing, over themselves, and three however two are laid first", () => {
    fc.assert(
      fc.property(words, words, words, (a, b, c) => {
        const lay = (...values: unknown[]) => laidOver(values.map(its => ({ value: its })))?.value;
        assert.deepEqual(lay({}, a), a);
        assert.deepEqual(lay(a, undefined), a);
        assert.deepEqual(lay(a, a), a);
        assert.deepEqual(lay(lay(a, b), c), lay(a, b, c));
      }),
    );
  });

  it("are replaced by those of another strategy, and by no others", () => {
    const lay = (...values: unknown[]) => laidOver(values.map(its => ({ value: its })))?.value;
    const canary = { strategy: "canary", percent: 5 };
    assert.deepEqual(lay(canary, { strategy: "linear" }), { strategy: "linear" });
    assert.deepEqual(lay(canary, { strategy: "canary", minutes: 3 }), { ...canary, minutes: 3 });
    assert.deepEqual(lay(canary, { minutes: 3 }), { ...canary, minutes: 3 });
    assert.deepEqual(lay(canary, { minutes: 3 }, { strategy: "linear" }), { strategy: "linear" });
    assert.deepEqual(lay({ strategy: "linear" }, { percent: 7 }, canary), canary);
    assert.deepEqual(lay({ strategy: "linear" }, 7, { minutes: 3 }, canary), { ...canary, minutes: 3 });
  });
});
