/** What the roles of the example's services, jobs and functions may do, each to each; decided as AWS decides. */
import assert from "node:assert/strict";
import type { Plan, StackPlan } from "../../cli/planner";
import { arn } from "../../components/location";
import { bucket, type Product, queue, type Resource, table } from "../../stacks/description";
import { ownerOf } from "../../stacks/description/kept";
import { workloadsOf } from "../../stacks/description/workloads";
import { resourceName } from "../../stacks/kinds";
import example from "../../stacks/landing-zone";
import { nameClashes } from "./physical-names";
import { may, mayBeTakenBy, type PlannedRole, rolesOf } from "./planned-roles";
import { cloud, planOfProducts, productInDev, stackOf, zoneOf } from "./workload-zones";

/** Two more whose jobs and functions are called as others' are, one of them with a cluster for each. */
const twin = (name: string, words: Partial<Product>): Product => {
  const kept = table({ partitionKey: "id" });
  const incoming = bucket();
  const pending = queue({ visibilityTimeout: 180 });
  return productInDev(name, {
    data: { kept, incoming, pending },
    services: { api: { release: "1.0.0", port: 8443, path: "/*", uses: [kept.read, pending.send] } },
    jobs: {
      import: { release: "1.0.0", on: incoming.put("in/"), uses: [incoming.read] },
      close: { release: "1.0.0", image: "import", schedule: "rate(1 day)", uses: [kept.readWrite] },
      tidy: { release: "1.0.0" },
    },
    functions: {
      verify: { release: "1.0.0", schedule: "rate(1 day)", uses: [kept.read] },
      sort: { release: "1.0.0", from: pending },
      take: { release: "1.0.0", on: incoming.put("functions/"), uses: [incoming.readWrite] },
    },
    ...words,
  });
};

const zone = zoneOf(...example.products, twin("parcels", {}), twin("returns", { cluster: "service" }));
const region = example.environments.dev.region;

interface Member {
  readonly product: Product;
  readonly group: "services" | "jobs" | "functions";
  readonly name: string;
  readonly uses: readonly { readonly resource: Resource; readonly access: string }[];
  /** Of what it works with: a task's, or a function's. */
  readonly role: PlannedRole;
  readonly stack: StackPlan;
}

describe("the roles of what products run", function () {
  this.timeout(120_000);
  let plan: Plan;
  let roles: ReadonlyMap<string, PlannedRole>;
  let members: readonly Member[];
  before(async () => {
    plan = await planOfProducts(zone, "unjudged");
    const stacks = plan.stacks.filter(({ name }) => name.endsWith("-service-dev"));
    roles = rolesOf(stacks);
    members = zone.products.flatMap(product =>
      workloadsOf(product).map(({ group, name, words }): Member => {
        const stack = stacks.find(its => its.name === `${product.name}-service-dev`);
        assert.ok(stack);
        const role = roleOf(product, name, group === "functions" ? "function" : "task");
        return { product, group, name, uses: words.uses ?? [], role, stack };
      }),
    );
  });

  const roleOf = (product: Product, workload: string, purpose: string): PlannedRole => {
    const role = roles.get(`${product.name}-${workload}-${purpose}`);
    assert.ok(role, `${product.name}-${workload}-${purpose} is not among ${[...roles.keys()].join(", ")}`);
    return role;
  };
  const at = ({ stack }: Pick<Member, "stack">) => ({ accountId: stack.account ?? "", region });
  const said = ({ product, name }: Member) => `${product.name}.${name}`;

  it("are taken by the service that they are meant for, on behalf of their account, and by no other", () => {
    const services: Readonly<Record<string, readonly [service: string, ownAccountOnly: boolean]>> = {
      task: ["ecs-tasks.amazonaws.com", true],
      execution: ["ecs-tasks.amazonaws.com", true],
      deployment: ["ecs.amazonaws.com", true],
      states: ["states.amazonaws.com", true],
      schedule: ["scheduler.amazonaws.com", true],
      events: ["events.amazonaws.com", true],
      // These say no account when they take a role.
      function: ["lambda.amazonaws.com", false],
      instances: ["ec2.amazonaws.com", false],
    };
    const all = [...new Set(Object.values(services).map(([service]) => service)), "sns.amazonaws.com"];
    assert.ok(roles.size > 60, `${roles.size} roles`);
    for (const role of roles.values()) {
      const purpose = role.name.split("-").at(-1) ?? "";
      const [meant, ownAccountOnly] = services[purpose] ?? [];
      assert.ok(meant, `nobody has said who takes ${role.name}`);
      for (const service of all) {
        assert.equal(mayBeTakenBy(role, service, role.account), service === meant, `${service} ${role.name}`);
        assert.equal(
          mayBeTakenBy(role, service, "999988887777"),
          service === meant && ownAccountOnly === false,
          `${service} of another account ${role.name}`,
        );
      }
      for (const statement of role.trust.statements)
        assert.deepEqual([...new Set(statement.principals.map(({ kind }) => kind))], ["Service"], role.name);
    }
  });

  /** One action for each kind that only some links give, on what a resource's name comes to. */
  const trials: Partial<
    Record<
      Resource["kind"],
      readonly (readonly [
        action: string,
        arnOf: (name: string, member: Member) => string,
        by: readonly string[],
      ])[]
    >
  > = {
    table: [
      ["dynamodb:GetItem", (name, its) => arn("dynamodb", at(its), `table/${name}`), ["read", "readWrite"]],
      ["dynamodb:PutItem", (name, its) => arn("dynamodb", at(its), `table/${name}`), ["readWrite"]],
      ["dynamodb:DeleteTable", (name, its) => arn("dynamodb", at(its), `table/${name}`), []],
    ],
    queue: [
      ["sqs:SendMessage", (name, its) => arn("sqs", at(its), name), ["send"]],
      ["sqs:ReceiveMessage", (name, its) => arn("sqs", at(its), name), ["consume"]],
      ["sqs:PurgeQueue", (name, its) => arn("sqs", at(its), name), []],
    ],
    bucket: [
      ["s3:GetObject", name => `arn:aws:s3:::${name}/in/a`, ["read", "readWrite"]],
      ["s3:PutObject", name => `arn:aws:s3:::${name}/in/a`, ["readWrite"]],
      ["s3:DeleteBucket", name => `arn:aws:s3:::${name}`, []],
    ],
    topic: [["sns:Publish", (name, its) => arn("sns", at(its), name), ["publish"]]],
    eventBus: [["events:PutEvents", (name, its) => arn("events", at(its), `event-bus/${name}`), ["publish"]]],
    secret: [
      [
        "secretsmanager:GetSecretValue",
        (name, its) => arn("secretsmanager", at(its), `secret:${name}-AbCdEf`),
        ["read"],
      ],
    ],
    parameter: [
      ["ssm:GetParameter", (name, its) => arn("ssm", at(its), `parameter${name}`), ["read"]],
      ["ssm:PutParameter", (name, its) => arn("ssm", at(its), `parameter${name}`), []],
    ],
  };

  it("reach what is linked, and nothing else that any product keeps", () => {
    let allowed = 0;
    let asked = 0;
    const kept = zone.products.flatMap(product => Object.entries(product.data ?? {}));
    for (const member of members) {
      // A source of a function's is read without a link. Logs go to a bucket without one, too, and to no other keys.
      const words = workloadsOf(member.product).find(({ name }) => name === member.name)?.words ?? {};
      const source = "from" in words ? words.from : undefined;
      for (const [short, resource] of kept) {
        const owner = ownerOf(zone, resource);
        assert.ok(owner);
        const where = { at: at(member), domain: "dev.example.com" };
        const name = resourceName(owner, short, resource, where);
        for (const [action, arnOf, by] of trials[resource.kind] ?? []) {
          asked += 1;
          const expected =
            member.uses.some(its => its.resource === resource && by.includes(its.access)) ||
            (source === resource && by.includes("consume"));
          if (expected) allowed += 1;
          assert.equal(
            // Events say of which product they are.
            may(member.role, action, arnOf(name, member), { "events:source": member.product.name }),
            expected,
            `${said(member)} ${action} ${owner.name}.${short}`,
          );
        }
      }
    }
    assert.ok(allowed > 30 && asked > 1_000, `${allowed} of ${asked}`);
  });

  it("write the workload's own log group and no other's", () => {
    for (const writer of members)
      for (const owner of members) {
        const group = `log-group:/landing-zone/${owner.product.name}/${owner.name}`;
        // Tasks' logs are written for them, by the role that starts them.
        const role =
          writer.group === "functions" ? writer.role : roleOf(writer.product, writer.name, "execution");
        assert.equal(
          may(role, "logs:PutLogEvents", arn("logs", at(writer), `${group}:log-stream:task/x`)),
          writer === owner,
          `${said(writer)} in ${said(owner)}`,
        );
      }
  });

  it("pull the images of the workload's own repositories, by the role that starts it, and no others", () => {
    const repositories = zone.products.flatMap(product =>
      cloud(stackOf(plan, `${product.name}-persistent-dev`))
        .filter(({ type }) => type === "aws:ecr/repository:Repository")
        .map(({ inputs }) => String(inputs["name"])),
    );
    assert.ok(repositories.length > 10);
    for (const member of members) {
      if (member.group === "functions") continue;
      const words = workloadsOf(member.product).find(({ name }) => name === member.name)?.words ?? {};
      const own = `${member.product.name}/${("image" in words && words.image) || member.name}`;
      const execution = roleOf(member.product, member.name, "execution");
      for (const repository of repositories) {
        const resource = arn("ecr", at(member), `repository/${repository}`);
        assert.equal(
          may(execution, "ecr:BatchGetImage", resource),
          repository === own,
          `${said(member)} ${repository}`,
        );
        assert.equal(may(member.role, "ecr:BatchGetImage", resource), false);
        assert.equal(may(execution, "ecr:PutImage", resource), false);
      }
    }
  });

  const clusterOf = ({ product, name }: Member) =>
    product.cluster === "service" ? `${product.name}-${name}` : product.name;

  it("run that job of which they are, hand over its roles and stop its tasks, and do so with no other", () => {
    const jobs = members.filter(({ group }) => group === "jobs");
    assert.ok(jobs.length >= 8);
    for (const one of jobs) {
      const machine = roleOf(one.product, one.name, "states");
      for (const other of jobs) {
        const own = one === other;
        const cluster = { "ecs:cluster": arn("ecs", at(other), `cluster/${clusterOf(other)}`) };
        const definition = arn("ecs", at(other), `task-definition/${other.product.name}-${other.name}:7`);
        const what = `${said(one)} ${said(other)}`;
        assert.equal(may(machine, "ecs:RunTask", definition, cluster), own, what);
        const elsewhere = { "ecs:cluster": arn("ecs", at(other), "cluster/somewhere") };
        assert.equal(may(machine, "ecs:RunTask", definition, elsewhere), false, what);
        const tasks = arn("ecs", at(other), `task/${clusterOf(other)}/0123456789abcdef`);
        const tagged = { ...cluster, "aws:ResourceTag/service": other.name };
        assert.equal(may(machine, "ecs:StopTask", tasks, tagged), own, what);
        for (const purpose of ["task", "execution"]) {
          const { arn: handed } = roleOf(other.product, other.name, purpose);
          const toTasks = { "iam:PassedToService": "ecs-tasks.amazonaws.com" };
          assert.equal(may(machine, "iam:PassRole", handed, toTasks), own, what);
          const toOthers = { "iam:PassedToService": "lambda.amazonaws.com" };
          assert.equal(may(machine, "iam:PassRole", handed, toOthers), false, what);
        }
      }
      for (const member of members.filter(({ group }) => group === "services"))
        assert.equal(
          may(
            machine,
            "ecs:RunTask",
            arn("ecs", at(member), `task-definition/${member.product.name}-${member.name}:7`),
            {
              "ecs:cluster": arn("ecs", at(member), `cluster/${clusterOf(member)}`),
            },
          ),
          false,
        );
    }
  });

  it("start what a schedule or an object is for, and nothing else that can be started", () => {
    const startable = members.filter(({ group }) => group !== "services");
    const target = (member: Member): readonly [action: string, resource: string] => {
      const name = `${member.product.name}-${member.name}`;
      return member.group === "jobs"
        ? ["states:StartExecution", arn("states", at(member), `stateMachine:${name}`)]
        : ["lambda:InvokeFunction", arn("lambda", at(member), `function:${name}`)];
    };
    const starters = startable.flatMap(member =>
      ["schedule", "events"].flatMap(purpose => {
        const role = roles.get(`${member.product.name}-${member.name}-${purpose}`);
        return role === undefined ? [] : [{ member, role }];
      }),
    );
    assert.ok(starters.length >= 6, `${starters.length} roles`);
    for (const { member, role } of starters)
      for (const other of startable)
        assert.equal(may(role, ...target(other)), member === other, `${said(member)} ${said(other)}`);
    // What works is started, and starts nobody.
    for (const { role } of members)
      for (const other of startable) assert.equal(may(role, ...target(other)), false);
  });

  it("shift the requests of their service, put its tasks into its own groups, ask its hooks, and no others", () => {
    const services = members.filter(({ group }) => group === "services");
    const shifted = services.filter(({ product, name }) => roles.has(`${product.name}-${name}-deployment`));
    assert.deepEqual(shifted.map(said), ["orders.api"]);
    for (const one of shifted) {
      const role = roleOf(one.product, one.name, "deployment");
      for (const other of services) {
        const own = one === other;
        const name = `${other.product.name}-${other.name}`;
        for (const group of [name, `${name}-other`])
          assert.equal(
            may(
              role,
              "elasticloadbalancing:RegisterTargets",
              arn("elasticloadbalancing", at(other), `targetgroup/${group}-1a2b3c4/0123456789abcdef`),
            ),
            own,
            `${said(one)} ${group}`,
          );
        const rule = arn("elasticloadbalancing", at(other), "listener-rule/app/orders/1/2/3");
        assert.equal(
          may(role, "elasticloadbalancing:ModifyRule", rule, { "aws:ResourceTag/shifted-for": name }),
          own,
        );
        assert.equal(may(role, "elasticloadbalancing:ModifyRule", rule), false);
      }
      for (const { product, name, group, stack } of members)
        assert.equal(
          may(
            role,
            "lambda:InvokeFunction",
            arn("lambda", at({ stack }), `function:${product.name}-${name}`),
          ),
          group === "functions" && product === one.product && name === "verify",
        );
      for (const action of ["ModifyListener", "DeleteRule", "CreateRule", "DeleteTargetGroup"])
        assert.equal(
          may(
            role,
            `elasticloadbalancing:${action}`,
            arn("elasticloadbalancing", at(one), "listener/app/orders/1/2"),
          ),
          false,
        );
    }
  });

  it("are named so that no two of the example's products meet, as all that is beside them", () =>
    assert.deepEqual(nameClashes(plan.stacks), []));
});
