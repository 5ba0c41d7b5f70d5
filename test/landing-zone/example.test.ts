import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plan, PlannedResource, StackPlan } from "../../cli/planner";
import { inForce } from "../../stacks/description/in-force";
import { drillOf } from "../../stacks/description/restore-drills";
import example from "../../stacks/landing-zone";
import { stacksOf } from "../../stacks/names";
import { planOf } from "./plan-of";

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

  it("plans every stack without a violation, and with no word from the policies but these", () => {
    assert.equal(plan.stacks.length, stacksOf(example).length);
    const violations = plan.stacks.flatMap(stack => stack.violations);
    assert.deepEqual(
      violations.filter(({ level }) => level === "mandatory"),
      [],
    );
    const said = (kind: (message: string) => boolean, what: (name: string) => string) => [
      ...new Set(
        violations
          .filter(({ message }) => kind(message))
          .map(({ policy, urn }) => `${policy}${what(urn.split("::").at(-1) ?? "")}`)
          .sort(),
      ),
    ];
    const accepted = (message: string) => message.includes("accepted: ");
    const undecided = (message: string) => message.includes("unknown: ");
    assert.deepEqual(
      said(accepted, name => ` ${name}`),
      [
        "ec2-sg-no-ssh runner-workers-from-manager",
        "ec2-sg-not-open pricing-public-internet",
        "ec2-sg-not-open pricing-public-internet-http",
        "lb-listener-tls payments-link",
        "lb-public-needs-approval pricing-public",
        "lb-tg-health-check-encrypted pricing-network",
        "s3-bucket-encryption load-balancer-logs",
        "s3-bucket-encryption log-archive-access-logs",
      ],
    );
    // Advice that costs money to follow, and is the company's to take.
    assert.deepEqual(
      said(
        message => !accepted(message) && !undecided(message),
        () => "",
      ),
      [
        "cloudtrail-cloudwatch",
        "cloudtrail-s3-read-events",
        "cloudtrail-s3-write-events",
        "cognito-threat-protection",
        "ec2-vpce-ec2",
        "r53-query-logging",
        "rds-default-port",
        "secret-rotation",
      ],
    );
    // What no plan can know before the stacks to the left are there, or a resource has its identifier.
    assert.deepEqual(
      said(undecided, () => ""),
      [
        "acm-no-wildcard",
        "asg-multi-az",
        "ecs-run-no-public-ip",
        "ecs-service-multi-az",
        "lambda-multi-az",
        "lb-multi-az",
        "reach-only-load-balancers",
        "sfn-no-secrets",
        "ssm-no-insecure-value",
        "ssm-session-encrypted",
      ],
    );
  });

  it("reads exactly the stacks it says it depends on", () => {
    const says = new Map(stacksOf(example).map(({ name, dependsOn }) => [name, [...dependsOn].sort()]));
    for (const { name, references } of plan.stacks) assert.deepEqual(references, says.get(name), name);
  });

  it("touches the account of each stack, and another only through a provider that says so", () => {
    const number = (account: string) => example.organization.ids.accounts[account];
    const beside: Readonly<Record<string, readonly string[]>> = {
      security: ["audit", "management"],
      baseline: ["network"],
      // A runner's network joins the hub, and drills copy backups of prod.
      delivery: ["network"],
    };
    for (const stack of plan.stacks)
      for (const { account, name, type } of cloud(stack)) {
        // A product in an account of its own gives its name in the environment's.
        const home = stack.environment === null ? [] : [stack.environment];
        // Whoever offers a product accepts the endpoints of those it is offered to.
        const [product = ""] = stack.name.split("-");
        const offering = example.products
          .filter(({ offersTo }) => offersTo?.includes(product))
          .flatMap(({ accounts }) => Object.values<string>(accounts ?? {}));
        const others = [...(beside[product] ?? []), ...home, ...offering].map(number);
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

  it("has, for every service, a task definition, two roles, a kept log group, scaling and what its release asks for", () => {
    for (const product of example.products)
      for (const environment of ["dev", "int", "prod"] as const) {
        const { name, services = {}, jobs = {}, functions = {} } = product;
        const stackOf = (layer: string) => {
          const found = plan.stacks.find(candidate => candidate.name === `${name}-${layer}-${environment}`);
          assert.ok(found);
          return found;
        };
        const count = (type: string, layer = "service") =>
          cloud(stackOf(layer)).filter(resource => resource.type === type).length;
        const all = Object.keys(services);
        // A rule and a target group a way; twice as many of both where requests are shifted, of which only the
        // internal load balancer has a listener for tests.
        const ways = all.flatMap(service => {
          const { path, deployment, ...words } = inForce(
            example,
            product,
            "services",
            service,
            environment,
          ).words;
          if (path === undefined) return [];
          const shifted = deployment.strategy !== "rolling";
          return [
            { groups: shifted ? 2 : 1, rules: shifted ? 2 : 1 },
            ...(words.public ? [{ groups: shifted ? 2 : 1, rules: 1 }] : []),
          ];
        });
        const sum = (key: "groups" | "rules") => ways.reduce((total, way) => total + way[key], 0);
        assert.equal(count("aws:ecs/service:Service"), all.length);
        assert.equal(count("aws:lb/listenerRule:ListenerRule"), sum("rules"));
        assert.equal(count("aws:lb/targetGroup:TargetGroup"), sum("groups"));
        assert.equal(count("aws:appautoscaling/target:Target"), all.length);
        const definitions = count("aws:ecs/taskDefinition:TaskDefinition");
        const drill = drillOf(example, product);
        // In the environment of its restore drill what masks and tests is there once more, for what was restored.
        const drilled = drill?.to === environment ? [drill.words.mask, drill.words.test].filter(Boolean) : [];
        assert.equal(definitions, all.length + Object.keys(jobs).length + drilled.length);
        assert.equal(count("aws:cloudwatch/logGroup:LogGroup"), 0);
        const groups = cloud(stackOf("persistent")).flatMap(({ type, inputs }) =>
          type === "aws:cloudwatch/logGroup:LogGroup" ? [inputs["name"]] : [],
        );
        for (const workload of [...all, ...Object.keys(jobs), ...Object.keys(functions)])
          assert.ok(groups.includes(`/landing-zone/${name}/${workload}`), `${name} ${workload}`);
        assert.ok(count("aws:iam/role:Role") >= 2 * definitions);
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
      const of = (layer: string, type: string, name: string) =>
        plan.stacks
          .find(stack => stack.name === `orders-${layer}-${environment}`)
          ?.resources.find(resource => resource.type === type && resource.name === name)?.inputs ?? {};
      return [
        of("service", "aws:ecs/taskDefinition:TaskDefinition", "api")["cpu"],
        of("service", "aws:appautoscaling/target:Target", "api")["maxCapacity"],
        of("persistent", "aws:cloudwatch/logGroup:LogGroup", "orders-api")["retentionInDays"],
      ];
    };
    assert.deepEqual(values("dev"), ["256", 2, 30]);
    assert.deepEqual(values("prod"), ["512", 12, 365]);
  });

  it("knows every policy document before anything exists", () => {
    const documents = /^(policy|assumeRolePolicy|inlinePolicy)$/;
    for (const stack of plan.stacks)
      for (const { inputs, type, name } of cloud(stack))
        for (const [property, value] of Object.entries(inputs))
          if (
            documents.test(property) ||
            (type === "aws:organizations/policy:Policy" && property === "content")
          )
            assert.notEqual(value, "[unknown]", `${stack.name} ${type} ${name} ${property}`);
  });

  it("has the graph that was reviewed (UPDATE_SNAPSHOT=1 writes it anew)", () => {
    const file = join(__dirname, "graph.txt");
    const dev = plan.stacks.filter(({ environment }) => environment === null || environment === "dev");
    const text = `${graph({ ...plan, stacks: dev })}\n`;
    if (process.env["UPDATE_SNAPSHOT"]) writeFileSync(file, text);
    assert.equal(text, readFileSync(file, "utf8"));
  });
});
