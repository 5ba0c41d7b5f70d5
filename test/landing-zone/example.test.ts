import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Plan, type PlannedResource, planStacks, type StackPlan } from "../../cli/planner";
import { projectName } from "../../cli/project";
import { pulumiProgram } from "../../cli/pulumi-program";
import type { LandingZone } from "../../stacks/description";
import example from "../../stacks/landing-zone";
import { stacksOf } from "../../stacks/names";

const root = resolve(__dirname, "../..");

const planOf = (zone: LandingZone): Promise<Plan> => {
  const main = pulumiProgram();
  const stacks = stacksOf(zone).map(({ name, region, environment, account }) => ({
    name,
    region,
    environment,
    account: zone.organization.accounts[account]?.id,
    program: () => main(zone),
  }));
  return planStacks(stacks, { project: projectName, root, policyPack: join(root, "policies") });
};

const cloud = (stack: StackPlan) =>
  stack.resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));

/** What is in each stack and how it hangs together; names instead of URNs, and no property but references. */
function graph(plan: Plan): string {
  return plan.stacks
    .map(stack => {
      const names = new Map(
        stack.resources.map(({ urn, type, name }) => [urn, `${shortType(type)} ${name}`]),
      );
      const lines = cloud(stack).map(resource => `  ${names.get(resource.urn)}${wiring(resource, names)}`);
      const reads = stack.references.length > 0 ? ` reads ${stack.references.join(", ")}` : "";
      return [`${stack.name}: ${lines.length} resources${reads}`, ...lines].join("\n");
    })
    .join("\n\n");
}

const shortType = (type: string): string => type.split(":").at(-1) ?? type;

function wiring({ propertyDependencies }: PlannedResource, names: ReadonlyMap<string, string>): string {
  const edges = Object.entries(propertyDependencies).map(
    ([property, urns]) => `${property} -> ${urns.map(urn => names.get(urn)).join(", ")}`,
  );
  return edges.length > 0 ? `: ${edges.join("; ")}` : "";
}

describe("the example landing zone", () => {
  let plan: Plan;
  before(async () => {
    plan = await planOf(example);
  });

  it("plans every stack without a word from the policies", () => {
    assert.equal(plan.stacks.length, stacksOf(example).length);
    assert.deepEqual(
      plan.stacks.flatMap(({ name, violations }) => violations.map(({ policy, urn }) => [name, policy, urn])),
      [],
    );
  });

  it("reads exactly the stacks it says it depends on", () => {
    const says = new Map(stacksOf(example).map(({ name, dependsOn }) => [name, [...dependsOn].sort()]));
    for (const { name, references } of plan.stacks) assert.deepEqual(references, says.get(name), name);
  });

  it("touches the account of each stack, and another only through a provider that says so", () => {
    const hub = example.organization.accounts["network"]?.id;
    const audit = example.organization.accounts["audit"]?.id;
    for (const stack of plan.stacks)
      for (const { account, name, type } of cloud(stack)) {
        const others = stack.name === "security" ? [audit] : stack.name.startsWith("baseline-") ? [hub] : [];
        assert.ok(
          account === stack.account || others.includes(account ?? ""),
          `${stack.name} ${type} ${name}: ${account}`,
        );
      }
  });

  it("protects all that outlives a release and nothing that a release replaces", () => {
    for (const stack of plan.stacks) {
      const stateful = cloud(stack).filter(({ type }) =>
        /:(Table|Bucket|Key|Repository|Queue|Topic|LoadBalancer|Account|Zone)$/.test(type),
      );
      for (const { protect, name, type } of stateful) assert.ok(protect, `${stack.name} ${type} ${name}`);
      if (stack.name.includes("-service-")) assert.deepEqual(stateful, []);
    }
  });

  it("has, for every service, a task definition, two roles, a log group and scaling", () => {
    for (const { name, services } of example.products)
      for (const environment of ["dev", "int", "prod"]) {
        const stack = plan.stacks.find(candidate => candidate.name === `${name}-service-${environment}`);
        assert.ok(stack);
        const count = (type: string) => cloud(stack).filter(resource => resource.type === type).length;
        const all = Object.values(services ?? {});
        const routed = all.filter(({ path }) => path !== undefined);
        assert.equal(count("aws:ecs/service:Service"), all.length);
        assert.equal(count("aws:lb/listenerRule:ListenerRule"), routed.length);
        assert.equal(count("aws:lb/targetGroup:TargetGroup"), routed.length);
        assert.equal(count("aws:appautoscaling/target:Target"), all.length);
        assert.equal(
          count("aws:cloudwatch/logGroup:LogGroup"),
          count("aws:ecs/taskDefinition:TaskDefinition"),
        );
        assert.ok(count("aws:iam/role:Role") >= 2 * count("aws:ecs/taskDefinition:TaskDefinition"));
      }
  });

  it("runs in each environment the release that was promoted to it", () => {
    const image = (environment: string) => {
      const stack = plan.stacks.find(({ name }) => name === `orders-service-${environment}`);
      const definition = stack?.resources.find(
        ({ type, name }) => type === "aws:ecs/taskDefinition:TaskDefinition" && name === "api",
      );
      const [container] = JSON.parse(String(definition?.inputs["containerDefinitions"])) as {
        image: string;
      }[];
      return container?.image.replace(/^\d+\.dkr\.ecr\./, "");
    };
    const repository = "eu-central-1.amazonaws.com/orders/api";
    assert.deepEqual(["dev", "int", "prod"].map(image), [
      `${repository}:1.8.0`,
      `${repository}:1.7.2`,
      `${repository}:1.7.2`,
    ]);
  });

  it("is larger and keeps logs longer in prod than in dev", () => {
    const values = (environment: string) => {
      const stack = plan.stacks.find(({ name }) => name === `orders-service-${environment}`);
      const of = (type: string, name: string) =>
        stack?.resources.find(resource => resource.type === type && resource.name === name)?.inputs ?? {};
      return [
        of("aws:ecs/taskDefinition:TaskDefinition", "api")["cpu"],
        of("aws:appautoscaling/target:Target", "api")["maxCapacity"],
        of("aws:cloudwatch/logGroup:LogGroup", "api")["retentionInDays"],
      ];
    };
    assert.deepEqual(values("dev"), ["256", 2, 30]);
    assert.deepEqual(values("prod"), ["512", 6, 365]);
  });

  it("knows every policy document before anything exists", () => {
    const documents = /^(policy|assumeRolePolicy|content)$/;
    for (const stack of plan.stacks)
      for (const { inputs, type, name } of cloud(stack))
        for (const [property, value] of Object.entries(inputs))
          if (documents.test(property))
            assert.notEqual(value, "[unknown]", `${stack.name} ${type} ${name} ${property}`);
  });

  it("has the graph that was reviewed (UPDATE_SNAPSHOT=1 writes it anew)", () => {
    const file = join(__dirname, "graph.txt");
    const dev = plan.stacks.filter(({ environment }) => environment === null || environment === "dev");
    const text = `${graph({ ...plan, stacks: dev })}\n`;
    if (process.env["UPDATE_SNAPSHOT"]) writeFileSync(file, text);
    assert.equal(text, readFileSync(file, "utf8"));
  });

  it("changes, when an account is added, by that account's stacks only", async () => {
    const { organization, products } = example;
    const grown: LandingZone = {
      ...example,
      organization: {
        ...organization,
        accounts: {
          ...organization.accounts,
          "orders-dev": {
            id: "000011112222",
            email: "aws+orders-dev@example.com",
            unit: "Workloads/dev",
            domain: "orders-dev.example.com",
            addresses: "10.18.0.0/16",
          },
        },
      },
      products: products.map(product =>
        product.name === "orders" ? { ...product, accounts: { dev: "orders-dev" } } : product,
      ),
    };
    const before = new Map(
      plan.stacks.map(stack => [stack.name, graph({ ...plan, stacks: [stack] }) + inputs(stack)]),
    );
    const after = await planOf(grown);
    const changed = after.stacks
      .filter(stack => before.get(stack.name) !== graph({ ...after, stacks: [stack] }) + inputs(stack))
      .map(({ name }) => name);
    assert.deepEqual(changed.sort(), [
      "baseline-orders-dev",
      "delivery-orders-dev",
      "orders-persistent-dev",
      "orders-service-dev",
      "organization",
    ]);
  });
});

const inputs = (stack: StackPlan): string => JSON.stringify(stack.resources.map(resource => resource.inputs));
