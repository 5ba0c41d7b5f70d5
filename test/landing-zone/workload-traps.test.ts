/** Traps of ECS, load balancers and names, into which a described service must not fall. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Plan, PlannedResource } from "../../cli/planner";
import {
  bucket,
  DescriptionError,
  type Product,
  queue,
  type Service,
  type TaskSize,
  table,
} from "../../stacks/description";
import { nameClashes, tooLong } from "./physical-names";
import {
  chosen,
  cloud,
  type Inputs,
  type Part,
  partOf,
  planOfProducts,
  productInDev,
  shortType,
  stackOf,
  zoneOf,
} from "./workload-zones";

/** All that a product may run, by names of its own. */
function productOfAll(name: string, [api, grpc, worker, close, take, verify]: readonly string[]): Product {
  const kept = table({ partitionKey: "id" });
  const pending = queue({ visibilityTimeout: 180 });
  const incoming = bucket();
  const shifted = { deployment: { strategy: "blueGreen", hooks: { postTestTrafficShift: verify } } } as const;
  const called = { release: "1.0.0", image: "app", port: 8443 };
  return productInDev(name, {
    data: { kept, pending, incoming },
    publicLoadBalancer: { allowPublic: "Customers call it from anywhere in the world" },
    instances: { instanceType: "m7g.large" },
    services: {
      [`${api}`]: {
        ...called,
        path: "/a/*",
        public: true,
        uses: [kept.readWrite],
        ...shifted,
        spot: 50,
      } as Service,
      [`${grpc}`]: { ...called, network: "tls", calledBy: [`${worker}`] },
      [`${worker}`]: {
        release: "1.0.0",
        image: "app",
        capacity: "instances",
        uses: [pending.consume],
        scaling: { min: 0, max: 4, backlog: { queue: pending, perTask: 10 } },
      },
    },
    jobs: {
      [`${close}`]: { release: "1.0.0", image: "app", schedule: "rate(1 hour)" },
      [`${take}`]: { release: "1.0.0", image: "app", on: incoming.put("in/") },
    },
    functions: { [`${verify}`]: { release: "1.0.0", image: "check", schedule: "rate(1 day)" } },
  });
}

const short = ["api", "grpc", "worker", "close", "take", "verify"];
/** Whose names are not to be mixed up with those of the product beside it. */
const alike = [productOfAll("orders", short), productOfAll("shop", short)];

/** Health of all kinds, and ways of all kinds. */
const healths: Readonly<Record<string, Partial<Service>>> = {
  usual: { path: "/usual/*" },
  slow: { path: "/slow/*", health: { path: "/ready", startSeconds: 300, interval: 30, timeout: 10 } },
  quick: { path: "/quick/*", health: { startSeconds: 0 } },
  both: { path: "/both/*", public: true, health: { startSeconds: 120 } },
  network: { network: "tls" },
};
const grace: Readonly<Record<string, number | undefined>> = {
  usual: 60,
  slow: 300,
  quick: 0,
  both: 120,
  network: 60,
  worker: undefined,
};

/** The longest name is 20 characters of a product, and as many of what it runs. */
const longest = (characters: number) =>
  fc
    .array(fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz0123456789-"), {
      minLength: characters - 2,
      maxLength: characters - 2,
    })
    .map(middle => `x${middle.join("").replace(/-+/g, "-")}`.padEnd(characters - 1, "y"))
    .map(begun => `${begun.slice(0, characters - 1)}z`);

const samples = fc.sample(
  fc.record({
    product: longest(20),
    workloads: fc.uniqueArray(longest(20), { minLength: 6, maxLength: 6 }),
  }),
  { numRuns: 6, seed: 7 },
);

describe("traps", function () {
  this.timeout(120_000);
  let plan: Plan;
  before(async () => {
    plan = await planOfProducts(
      zoneOf(
        ...alike,
        productInDev("health", {
          publicLoadBalancer: { allowPublic: "Customers call it from anywhere in the world" },
          services: {
            ...Object.fromEntries(
              Object.entries(healths).map(([name, words]): [string, Service] => [
                name,
                { release: "1.0.0", image: "app", port: 8443, ...words },
              ]),
            ),
            worker: { release: "1.0.0", image: "app" },
          },
        }),
        ...samples.map(({ product, workloads }) => productOfAll(product, workloads)),
      ),
      "unjudged",
    );
  });

  const service = (product: string, name: string): Part =>
    partOf(stackOf(plan, `${product}-service-dev`), "Service", name);
  const all = (type: string) =>
    plan.stacks.flatMap(({ resources }) => cloud(resources)).filter(its => shortType(its.type) === type);
  const ecsServices = () => all("Service").filter(({ type }) => type.startsWith("aws:ecs/"));
  const urnsOf = (resources: readonly PlannedResource[]) => resources.map(({ urn }) => urn);

  it("a target group that is replaced while in use has a successor first: its name is Pulumi's", () => {
    const groups = all("TargetGroup").filter(({ urn }) => urn.includes("-service-"));
    assert.ok(groups.length > 10);
    for (const { inputs, name } of groups)
      assert.deepEqual([inputs["name"], inputs["namePrefix"]], [undefined, undefined], name);
    // And one that must not be replaced when the port is another has none of the task's.
    for (const { inputs } of groups) assert.equal(inputs["port"], 443);
  });

  it("a target group is used only after the rule that leads to it, which a service waits for", () => {
    const routed = ecsServices().filter(({ inputs }) => inputs["loadBalancers"] !== undefined);
    for (const { name, urn, dependencies } of routed) {
      const stack = plan.stacks.find(({ resources }) => resources.some(its => its.urn === urn));
      const rules = chosen(cloud(stack?.resources ?? []), name)
        .all("ListenerRule")
        .filter(({ inputs }) => (inputs["tags"] as Inputs)["service"] === name);
      for (const rule of urnsOf(rules)) assert.ok(dependencies.includes(rule), `${name} before ${rule}`);
    }
    const { dependencies } =
      ecsServices().find(({ urn }) => urn.includes(":orders-service-dev:") && urn.endsWith("::api")) ?? {};
    // Inside, outside, and to try releases.
    assert.equal(dependencies?.filter(urn => urn.includes("ListenerRule")).length, 3);
  });

  it("a security group is deleted after what uses it, and never for a new description or name", () => {
    const groups = all("SecurityGroup").filter(({ urn }) => urn.includes("-service-"));
    assert.ok(groups.length > 10);
    for (const { inputs, name } of groups) {
      assert.deepEqual([inputs["name"], inputs["namePrefix"]], [undefined, undefined], name);
      assert.match(String(inputs["description"]), /^(Tasks of|Function|Endpoint|Instances) /i, name);
    }
    for (const { name, dependencies, propertyDependencies } of ecsServices()) {
      const network = propertyDependencies["networkConfiguration"] ?? [];
      const group = network.find(urn => urn.includes("securityGroup:SecurityGroup"));
      assert.ok(group, name);
      const rules = dependencies.filter(urn => /SecurityGroup(In|E)gressRule/.test(urn));
      assert.ok(rules.length > 0, name);
    }
  });

  it("names are no longer than AWS takes, however long a product's and a service's are", () => {
    for (const { product, workloads } of samples) {
      assert.equal(product.length, 20);
      for (const name of workloads) assert.equal(name.length, 20);
    }
    assert.deepEqual(plan.stacks.flatMap(tooLong), []);
  });

  it("products with the same names for what they run and keep do not meet in an account", () => {
    assert.deepEqual(nameClashes(plan.stacks), []);
  });

  it("names of two products that are one put together are refused", () => {
    const one = productInDev("orders", { services: { "api-v2": { release: "1.0.0" } } });
    const other = productInDev("orders-api", { services: { v2: { release: "1.0.0" } } });
    assert.throws(() => zoneOf(one, other), /orders-api\.services\.v2[\s\S]*is called in AWS too/);
  });

  for (const [name, seconds] of Object.entries(grace))
    it(`a new task has as long as its service says before a bad answer ends it: ${name}`, () =>
      assert.equal(service("health", name).one("Service", "ecs")["healthCheckGracePeriodSeconds"], seconds));

  it("Spot goes with blue/green, which is ECS's own and not CodeDeploy's", () => {
    const made = service("orders", "api").one("Service", "ecs");
    assert.deepEqual(made["deploymentController"], { type: "ECS" });
    assert.equal((made["deploymentConfiguration"] as Inputs)["strategy"], "BLUE_GREEN");
    assert.deepEqual(
      (made["capacityProviderStrategies"] as Inputs[]).map(({ capacityProvider }) => capacityProvider),
      ["FARGATE", "FARGATE_SPOT"],
    );
    assert.equal(made["launchType"], undefined);
  });

  it("nothing scales a service but its scaler, once there is one", () => {
    for (const { ignoreChanges, name } of ecsServices())
      assert.deepEqual(ignoreChanges, ["desiredCount"], name);
    const targets = all("Target").filter(({ type }) => type.startsWith("aws:appautoscaling/"));
    assert.equal(targets.length, ecsServices().length);
  });

  const sizes: readonly (readonly [size: { cpu: number; memory: number }, nearest: string])[] = [
    [{ cpu: 256, memory: 4096 }, "{ cpu: 256, memory: 2048 } and { cpu: 512, memory: 4096 }"],
    [{ cpu: 256, memory: 256 }, "{ cpu: 256, memory: 512 }"],
    [{ cpu: 512, memory: 512 }, "{ cpu: 512, memory: 1024 } and { cpu: 256, memory: 512 }"],
    [{ cpu: 1024, memory: 2500 }, "{ cpu: 1024, memory: 2048 } and { cpu: 512, memory: 2048 }"],
    [{ cpu: 4096, memory: 4096 }, "{ cpu: 4096, memory: 8192 } and { cpu: 2048, memory: 4096 }"],
    [{ cpu: 16384, memory: 131_072 }, "{ cpu: 16384, memory: 122880 }"],
  ];
  for (const [size, nearest] of sizes)
    it(`${size.memory} MiB with ${size.cpu} CPU units are no task of Fargate's: the nearest are said`, () => {
      const parcels = (words: Partial<Service>) =>
        productInDev("parcels", { services: { api: { release: "1.0.0", ...words } } });
      const said = (product: Product) => {
        try {
          zoneOf(product);
        } catch (error) {
          assert.ok(error instanceof DescriptionError);
          assert.equal(error.faults.length, 1);
          return error.faults[0];
        }
        return undefined;
      };
      const described = said(parcels({ size: size as TaskSize }));
      assert.equal(described?.path, "products.parcels.services.api.size.memory");
      assert.ok(described.problem.endsWith(`the nearest are ${nearest}`), described.problem);
      const overridden = said(parcels({ overrides: { dev: { size: size as TaskSize } } }));
      assert.ok(overridden?.problem.endsWith(`the nearest are ${nearest}`), overridden?.problem);
    });
});
