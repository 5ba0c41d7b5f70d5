/** What the example's products, and one that says every word, need of their boundary and of the role that deploys them. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type PlannedResource, planStacks, type StackPlan } from "../../cli/planner";
import { projectName } from "../../cli/project";
import { pulumiProgram } from "../../cli/pulumi-program";
import { productBoundary } from "../../components/delivery/product-boundary";
import { policyDocument, type Statement } from "../../components/identity/policy-document";
import { productBoundaryName, productRolePath } from "../../components/identity/product-role";
import { iamArn } from "../../components/location";
import { type PolicyDocument, readDocument } from "../../iam/document";
import { evaluate } from "../../iam/evaluate";
import type { Caller } from "../../iam/request";
import { environmentNames } from "../../stacks/description";
import { accountOf, livesIn } from "../../stacks/description/product-places";
import { stacksOf } from "../../stacks/names";
import { needed } from "../components/delivery/requests";
import { zoneWithEveryWord as zone } from "./every-word";
import { planOfStacks } from "./plan-of";

/** A number for a rule that there is anyway, and what a bucket's `put` says for the description. */
const notHere = ["priority", "objectCreated", "prefix", "alwaysOn"];

const rolePolicyType = "aws:iam/rolePolicy:RolePolicy";
const firstAccounts = [
  ...new Set(
    zone.products.map(product => {
      const first = environmentNames.find(environment => livesIn(product, environment));
      assert.ok(first);
      return accountOf(zone, product, first);
    }),
  ),
];
const accounts: Readonly<Record<string, string | undefined>> = zone.organization.ids.accounts;

interface Asked {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** Requests that a statement allows: each action on each resource, with the conditions held. */
function requestsOf({ Action, Resource, Condition = {} }: Statement): Asked[] {
  const context = Object.assign({}, ...Object.values(Condition)) as Asked["context"];
  return [Action ?? []].flat().flatMap(action =>
    [Resource ?? []].flat().map(resource => ({
      action,
      resource: resource === "*" ? "*" : resource.replaceAll("*", "x").replaceAll("?", "x"),
      context,
    })),
  );
}

describe("the boundary of the example's products", () => {
  let stacks: readonly StackPlan[];
  before(async () => {
    const main = pulumiProgram();
    const plan = await planStacks(
      stacksOf(zone).map(({ name, region, environment, account }) => ({
        name,
        region,
        environment,
        account: accounts[account],
        program: () => main(zone),
      })),
      { project: projectName, root: resolve(__dirname, "../..") },
    );
    stacks = plan.stacks;
  });

  const products = () => stacks.filter(({ name }) => /-(persistent|service)-(dev|int|prod)$/.test(name));
  const roleOf = (stack: StackPlan, { inputs }: PlannedResource) =>
    stack.resources.find(
      ({ type, inputs: its }) => type === "aws:iam/role:Role" && its["name"] === inputs["role"],
    );
  const atOf = ({ account, region }: StackPlan) => {
    assert.ok(account && region);
    return { accountId: account, region };
  };
  const boundaryIn = (stack: StackPlan): PolicyDocument => {
    const delivery = stacks.find(
      ({ name, account }) => name.startsWith("delivery-") && account === stack.account,
    );
    const policy = delivery?.resources.find(({ inputs }) => inputs["name"] === productBoundaryName);
    assert.ok(policy, `${stack.name} has no boundary in its account`);
    return readDocument(policy.inputs["policy"]);
  };
  /** The key policy that the stack's data is encrypted with. */
  const keyPolicyOf = (stack: StackPlan): PolicyDocument => {
    const persistent = stacks.find(({ name }) => name === stack.name.replace("-service-", "-persistent-"));
    const key = persistent?.resources.find(({ type }) => type === "aws:kms/key:Key");
    assert.ok(key);
    return readDocument(key.inputs["policy"]);
  };
  const callerOf = (account: string, name: unknown): Caller => ({
    kind: "role",
    arn: iamArn(account, `role${productRolePath}${name}`),
    account,
  });

  it("is on every role that their stacks make, below a path of their own", () => {
    let count = 0;
    for (const stack of products())
      for (const { type, name, inputs } of stack.resources)
        if (type === "aws:iam/role:Role") {
          count += 1;
          const { accountId } = atOf(stack);
          assert.equal(inputs["path"], productRolePath, `${stack.name} ${name}`);
          assert.equal(inputs["permissionsBoundary"], iamArn(accountId, `policy/${productBoundaryName}`));
        }
    assert.ok(count > 60, `${count} roles`);
  });

  it("is the same in every account, about that account", () => {
    for (const stack of products())
      assert.deepEqual(boundaryIn(stack), readDocument(policyDocument(productBoundary(atOf(stack)))));
  });

  it("lets every role do all that its own policy says", () => {
    let count = 0;
    for (const stack of products()) {
      const boundary = boundaryIn(stack);
      const { accountId } = atOf(stack);
      for (const policy of stack.resources.filter(({ type }) => type === rolePolicyType)) {
        const role = roleOf(stack, policy);
        assert.ok(role, `${stack.name} ${policy.name}`);
        const text = String(policy.inputs["policy"]);
        const identity = [readDocument(text)];
        const { Statement } = JSON.parse(text) as { Statement: Statement[] };
        for (const asked of Statement.filter(({ Effect }) => Effect === "Allow").flatMap(requestsOf)) {
          count += 1;
          const { outcome, reason } = evaluate(
            { principal: callerOf(accountId, role.inputs["name"]), ...asked },
            {
              identity,
              boundary,
              resource: asked.resource.includes(":kms:") ? keyPolicyOf(stack) : undefined,
            },
          );
          assert.equal(
            outcome,
            "allowed",
            `${stack.name} ${policy.name}: ${asked.action} on ${asked.resource}: ${reason}`,
          );
        }
      }
    }
    assert.ok(count > 500, `${count} requests`);
  });

  const at = { accountId: accounts["prod"] ?? "", region: zone.organization.region };
  const here = (service: string, resource: string) =>
    `arn:aws:${service}:${at.region}:${at.accountId}:${resource}`;
  const role = iamArn(at.accountId, "role/product/orders-api-task");
  const beyond: readonly [why: string, action: string, resource: string, context?: Asked["context"]][] = [
    ["roles", "iam:CreateRole", role],
    ["roles", "iam:PutRolePolicy", role],
    ["roles", "iam:AttachRolePolicy", role],
    ["roles", "iam:DeleteRolePermissionsBoundary", role],
    ["users", "iam:CreateUser", iamArn(at.accountId, "user/bob")],
    ["other roles", "sts:AssumeRole", iamArn(at.accountId, "role/landing-zone-deploy")],
    ["other roles", "sts:AssumeRole", role],
    ["hand over", "iam:PassRole", role, { "iam:PassedToService": "ec2.amazonaws.com" }],
    [
      "hand over",
      "iam:PassRole",
      iamArn(at.accountId, "role/landing-zone-deploy"),
      { "iam:PassedToService": "ecs-tasks.amazonaws.com" },
    ],
    ["hand over", "iam:PassRole", role, { "iam:PassedToService": "lambda.amazonaws.com" }],
    ["hand over", "iam:PassRole", role, { "iam:PassedToService": "ecs-tasks.amazonaws.com" }],
    ["machines", "ec2:RunInstances", here("ec2", "instance/i-1")],
    ["jobs", "states:StartExecution", here("states", "stateMachine:statements-close")],
    ["jobs", "ecs:RunTask", here("ecs", "task-definition/statements-close:1")],
    [
      "releases",
      "elasticloadbalancing:ModifyRule",
      here("elasticloadbalancing", "listener-rule/app/x/1/2/3"),
    ],
    ["releases", "lambda:UpdateFunctionCode", here("lambda", "function:orders-verify")],
    ["network", "ec2:AuthorizeSecurityGroupIngress", here("ec2", "security-group/sg-1")],
    ["tables themselves", "dynamodb:DeleteTable", here("dynamodb", "table/orders-orders")],
    ["tables themselves", "dynamodb:UpdateTable", here("dynamodb", "table/orders-orders")],
    ["queues themselves", "sqs:SetQueueAttributes", here("sqs", "orders-pending")],
    ["queues themselves", "sqs:PurgeQueue", here("sqs", "orders-pending")],
    ["topics themselves", "sns:Subscribe", here("sns", "orders-placed")],
    ["services", "ecs:UpdateService", here("ecs", "service/orders/orders-api")],
    ["images", "ecr:PutImage", here("ecr", "repository/orders/api")],
    ["logs", "logs:DeleteLogGroup", here("logs", "log-group:/landing-zone/orders/api")],
    ["buckets themselves", "s3:PutBucketPolicy", `arn:aws:s3:::shop-pictures-${at.accountId}-${at.region}`],
    [
      "another account's table",
      "dynamodb:GetItem",
      `arn:aws:dynamodb:${at.region}:999988887777:table/orders-orders`,
    ],
    ["another account's queue", "sqs:SendMessage", `arn:aws:sqs:${at.region}:999988887777:orders-pending`],
    [
      "another account's bucket",
      "s3:GetObject",
      `arn:aws:s3:::shop-pictures-999988887777-${at.region}/1.jpg`,
    ],
    ["the archive", "s3:GetObject", `arn:aws:s3:::landing-zone-trail-888899990000-${at.region}/x`],
    ["keys themselves", "kms:ScheduleKeyDeletion", here("kms", "key/1")],
    ["keys themselves", "kms:CreateGrant", here("kms", "key/1")],
    ["another Region", "dynamodb:GetItem", `arn:aws:dynamodb:us-west-2:${at.accountId}:table/orders-orders`],
  ];
  for (const [why, action, resource, context = {}] of beyond)
    it(`keeps from ${why}, whatever a policy says: ${action}`, () => {
      const everything = readDocument({
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: "*", Resource: "*" },
      });
      const decision = evaluate(
        { principal: callerOf(at.accountId, "orders-api-task"), action, resource, context },
        {
          identity: [everything],
          boundary: readDocument(policyDocument(productBoundary(at))),
          // Even a resource that lets the whole account in.
          resource: readDocument({
            Version: "2012-10-17",
            Statement: {
              Effect: "Allow",
              Principal: { AWS: iamArn(at.accountId, "root") },
              Action: "*",
              Resource: "*",
            },
          }),
        },
      );
      assert.deepEqual([decision.outcome, decision.layer], ["denied", "permissions boundary"]);
    });

  it("comes with a right to push images where products live first, and nowhere else", () => {
    const pushing = stacks.flatMap(({ name, resources }) =>
      resources
        .filter(
          ({ type, inputs }) => type === "aws:iam/policy:Policy" && /-images$/.test(String(inputs["name"])),
        )
        .map(({ inputs }) => ({ name, policy: String(inputs["policy"]) })),
    );
    assert.deepEqual(
      pushing.map(({ name }) => name),
      stacks
        .map(({ name }) => name)
        .filter(name => firstAccounts.some(account => name === `delivery-${account}`)),
    );
    for (const { name } of zone.products) {
      const its = pushing.filter(({ policy }) => policy.includes(`repository/${name}/*`));
      assert.equal(its.length, 1, name);
    }
    for (const { policy } of pushing)
      assert.match(policy, /repository\/bases\/ecr-public\/docker\/library\/\*/);
  });

  it("is tried with every type of resource that products are made of", () => {
    const types = products().flatMap(({ resources }) =>
      resources.filter(({ custom }) => custom).map(({ type }) => type),
    );
    const tried = (type: string) => type in needed || /^pulumi:(pulumi|providers:pulumi)/.test(type);
    assert.deepEqual([...new Set(types.filter(type => !tried(type)))], []);
  });
});

/** That the product beside the example's is what it says. */
describe("the words of workloads", () => {
  it("are all said by one product, which no policy refuses", async () => {
    const { stacks } = await planOfStacks(zone, ["wordy-service-prod"]);
    const refused = stacks
      .filter(({ name }) => name.startsWith("wordy-"))
      .flatMap(({ violations }) => violations.filter(({ level }) => level === "mandatory"));
    assert.deepEqual(
      refused.map(({ policy, urn }) => `${policy} ${urn}`),
      [],
    );
    const text = readFileSync(resolve(__dirname, "../../stacks/description/workload-types.ts"), "utf8");
    const words = [...text.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, word = ""]) => word);
    const said = readFileSync(resolve(__dirname, "every-word.ts"), "utf8");
    const unsaid = new Set(words.filter(word => !new RegExp(`\\b${word}\\b`).test(said)));
    for (const word of notHere) assert.ok(unsaid.delete(word), `${word} is said, or is none any more`);
    assert.deepEqual([...unsaid], []);
  });
});
