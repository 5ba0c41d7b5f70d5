import assert from "node:assert/strict";
import { LambdaFunction, type LambdaFunctionArgs } from "../../../components/compute/lambda-function";
import { queueAccess } from "../../../components/data/queue-access";
import { readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
import { document, own, role } from "../../iam/requests";
import { mayDo } from "../data/narrow";
import { refusals } from "../logs/judged";
import { at, type Planned, planned, statements } from "../planned";
import { alarmTopics, toldOf } from "../told";

const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/orders";
const queue = (name: string) => `arn:aws:sqs:eu-central-1:111122223333:${name}`;
const missedRuns = queue("orders-missed-runs");
const functionArn = "arn:aws:lambda:eu-central-1:111122223333:function:orders-verify";
const image = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/orders/verify:1.2.3";

const make = (workload: string, more: Partial<LambdaFunctionArgs> = {}) =>
  new LambdaFunction(workload, {
    product: "orders",
    workload,
    at,
    code: { image },
    memory: 512,
    timeout: 30,
    environment: { GREETING: "hello" },
    statements: [],
    keyArn,
    keyAlias: "orders-data",
    logGroup: { name: `/landing-zone/orders/${workload}` },
    alarmTopics,
    missedRunsQueueName: "orders-missed-runs",
    ...more,
  });
const lambda = (more: Partial<LambdaFunctionArgs> = {}): Promise<Planned> =>
  planned(() => make("verify", more));
const functionOf = (stack: Planned) => stack.one("aws:lambda/function:Function");
const source = (stack: Planned) => stack.one("EventSourceMapping").inputs;

const daily = { schedule: { expression: "rate(1 day)" } };
const incoming = { on: { bucketName: "incoming", prefix: "camt/" } };
const fromQueue = { from: { queueName: "orders-paid" } };
const fromStream = { from: { streamName: "orders-clicks" } };
const inVpc = {
  vpc: {
    vpcId: "vpc-1",
    subnetIds: ["subnet-a", "subnet-b"],
    calls: { database: { securityGroupId: "sg-database", port: 5432 } },
  },
};

describe("a function", () => {
  it("runs an image on ARM64, is traced, and encrypts its settings", async () => {
    const stack = await lambda();
    const { inputs, dependencies } = functionOf(stack);
    assert.deepEqual(
      {
        name: inputs["name"],
        packageType: inputs["packageType"],
        imageUri: inputs["imageUri"],
        architectures: inputs["architectures"],
        memorySize: inputs["memorySize"],
        timeout: inputs["timeout"],
        environment: inputs["environment"],
        kmsKeyArn: inputs["kmsKeyArn"],
        tracingConfig: inputs["tracingConfig"],
        tags: inputs["tags"],
      },
      {
        name: "orders-verify",
        packageType: "Image",
        imageUri: image,
        architectures: ["arm64"],
        memorySize: 512,
        timeout: 30,
        environment: { variables: { GREETING: "hello" } },
        kmsKeyArn: keyArn,
        tracingConfig: { mode: "Active" },
        tags: { service: "verify" },
      },
    );
    for (const absent of ["vpcConfig", "reservedConcurrentExecutions", "runtime", "handler"])
      assert.equal(inputs[absent], undefined, absent);
    assert.ok(dependencies.includes(stack.one("RolePolicy", "verify").urn));
  });

  for (const runtime of ["nodejs22.x", "nodejs24.x", "python3.13", "python3.14"] as const)
    it(`runs a folder on ${runtime}`, async () => {
      const { inputs } = functionOf(
        await lambda({ code: { folder: "./test/components", handler: "index.handler", runtime } }),
      );
      assert.deepEqual(
        [inputs["packageType"], inputs["handler"], inputs["runtime"]],
        ["Zip", "index.handler", runtime],
      );
      assert.ok(inputs["code"]);
      assert.equal(inputs["imageUri"], undefined);
    });

  it("runs on x86 where it says so, and as often at once as it says", async () => {
    const { inputs } = functionOf(await lambda({ architecture: "X86_64", concurrency: 7 }));
    assert.deepEqual([inputs["architectures"], inputs["reservedConcurrentExecutions"]], [["x86_64"], 7]);
  });

  it("writes JSON to the log group that is made elsewhere", async () => {
    const stack = await lambda();
    const { logFormat, logGroup } = functionOf(stack).inputs["loggingConfig"] as Record<string, unknown>;
    assert.deepEqual([logFormat, logGroup], ["JSON", "/landing-zone/orders/verify"]);
    assert.deepEqual(stack.all("LogGroup"), []);
  });

  it("is told the names of its parameters, and may read these", async () => {
    const parameter = "arn:aws:ssm:eu-central-1:111122223333:parameter/orders/db/host";
    const stack = await lambda({ fromParameters: { DB_HOST: parameter } });
    assert.deepEqual(functionOf(stack).inputs["environment"], {
      variables: { GREETING: "hello", DB_HOST_PARAMETER: "/orders/db/host" },
    });
    const granted = statements(stack.one("RolePolicy", "verify")) as Parameters<typeof mayDo>[0];
    assert.equal(mayDo(granted, "ssm:GetParameter", parameter), "allowed");
    assert.equal(mayDo(granted, "ssm:GetParameter", `${parameter}name`), "denied");
  });

  it("keeps what it was called with and could not handle", async () => {
    const stack = await lambda();
    const { inputs } = stack.one("FunctionEventInvokeConfig");
    assert.deepEqual(
      [inputs["maximumRetryAttempts"], inputs["maximumEventAgeInSeconds"], inputs["destinationConfig"]],
      [2, 3600, { onFailure: { destination: missedRuns } }],
    );
  });

  it("has a role of its own, below the products' path and within their boundary", async () => {
    const stack = await lambda();
    const { inputs } = stack.one("aws:iam/role:Role");
    assert.deepEqual(
      [inputs["name"], inputs["path"], inputs["permissionsBoundary"]],
      [
        "orders-verify-function",
        "/product/",
        "arn:aws:iam::111122223333:policy/landing-zone-product-boundary",
      ],
    );
    const [trust, ...others] = statements(stack.one("aws:iam/role:Role"), "assumeRolePolicy");
    assert.deepEqual([trust?.Principal, others], [{ Service: "lambda.amazonaws.com" }, []]);
  });

  it("has network interfaces, a group and the right to them only where it calls over the network", async () => {
    const stack = await lambda(inVpc);
    const { inputs, propertyDependencies } = functionOf(stack);
    assert.deepEqual((inputs["vpcConfig"] as Record<string, unknown>)["subnetIds"], ["subnet-a", "subnet-b"]);
    assert.deepEqual(propertyDependencies["vpcConfig"], [stack.one("SecurityGroup").urn]);
    assert.equal(inputs["replaceSecurityGroupsOnDestroy"], true);
    assert.equal(
      stack.one("SecurityGroupIngressRule", "verify-into-database").inputs["securityGroupId"],
      "sg-database",
    );
    const without = await lambda();
    assert.deepEqual(without.all("SecurityGroup"), []);
    assert.doesNotMatch(String(without.one("RolePolicy").inputs["policy"]), /ec2:/);
  });

  it("on a schedule is started by a role that may start it and nothing else", async () => {
    const stack = await lambda(daily);
    const { arn } = stack.one("aws:scheduler/schedule:Schedule").inputs["target"] as { arn: string };
    assert.equal(arn, functionArn);
    const granted = statements(stack.one("RolePolicy", "verify-schedule")) as Parameters<typeof mayDo>[0];
    assert.equal(mayDo(granted, "lambda:InvokeFunction", functionArn), "allowed");
    assert.equal(mayDo(granted, "lambda:InvokeFunction", `${functionArn}-all`), "denied");
    assert.equal(mayDo(granted, "states:StartExecution", "*"), "denied");
    assert.deepEqual(stack.all("Permission"), []);
  });

  it("on an object's arrival is called by that rule of this account, and told the whole event", async () => {
    const stack = await lambda(incoming);
    const permission = stack.one("Permission").inputs;
    assert.deepEqual(
      [permission["principal"], permission["sourceArn"], permission["sourceAccount"], permission["action"]],
      [
        "events.amazonaws.com",
        "arn:aws:events:eu-central-1:111122223333:rule/orders-verify",
        at.accountId,
        "lambda:InvokeFunction",
      ],
    );
    const target = stack.one("EventTarget").inputs;
    assert.deepEqual(
      [target["arn"], target["roleArn"], target["inputTransformer"], target["deadLetterConfig"]],
      [functionArn, undefined, undefined, { arn: missedRuns }],
    );
    assert.equal(stack.one("EventRule").inputs["name"], "orders-verify");
  });

  for (const [concurrency, most] of [
    [undefined, undefined],
    [1, { maximumConcurrency: 2 }],
    [2, { maximumConcurrency: 2 }],
    [50, { maximumConcurrency: 50 }],
  ] as const)
    it(`reads a queue in batches, ${concurrency ?? "any number"} at once`, async () => {
      const inputs = source(
        await lambda({ ...fromQueue, ...(concurrency === undefined ? {} : { concurrency }) }),
      );
      assert.equal(inputs["eventSourceArn"], queue("orders-paid"));
      assert.deepEqual(inputs["functionResponseTypes"], ["ReportBatchItemFailures"]);
      assert.deepEqual(inputs["scalingConfig"], most);
      assert.equal(inputs["maximumBatchingWindowInSeconds"], 1);
      assert.equal(inputs["startingPosition"], undefined);
    });

  it("waits for no batch of a queue that keeps order", async () => {
    const inputs = source(await lambda({ from: { queueName: "orders-paid.fifo" } }));
    assert.equal(inputs["maximumBatchingWindowInSeconds"], undefined);
    assert.ok(Number(inputs["batchSize"]) <= 10);
  });

  it("reads a stream, halves what fails and notes what it gives up", async () => {
    const inputs = source(await lambda(fromStream));
    assert.equal(inputs["eventSourceArn"], "arn:aws:kinesis:eu-central-1:111122223333:stream/orders-clicks");
    assert.deepEqual(
      {
        types: inputs["functionResponseTypes"],
        begin: inputs["startingPosition"],
        halved: inputs["bisectBatchOnFunctionError"],
        noted: inputs["destinationConfig"],
        scaling: inputs["scalingConfig"],
      },
      {
        types: ["ReportBatchItemFailures"],
        begin: "TRIM_HORIZON",
        halved: true,
        noted: { onFailure: { destinationArn: missedRuns } },
        scaling: undefined,
      },
    );
    assert.ok(Number(inputs["maximumRetryAttempts"]) > 0 && Number(inputs["maximumRecordAgeInSeconds"]) > 0);
  });

  it("begins to read when it may", async () => {
    const stack = await lambda(fromQueue);
    assert.ok(stack.one("EventSourceMapping").dependencies.includes(stack.one("RolePolicy", "verify").urn));
  });

  it("wakes somebody for what goes wrong, of itself", async () => {
    const alarms = (stack: Planned) =>
      stack
        .all("MetricAlarm")
        .filter(({ inputs }) => inputs["namespace"] === "AWS/Lambda")
        .map(({ inputs }) => {
          assert.deepEqual(inputs["dimensions"], { FunctionName: "orders-verify" });
          assert.deepEqual(inputs["alarmActions"], toldOf(inputs));
          return [inputs["metricName"], inputs["threshold"]];
        })
        .sort();
    const usual = [
      ["AsyncEventsDropped", 0],
      ["DestinationDeliveryFailures", 0],
      ["Duration", 24_000],
      ["Errors", 0],
      ["Throttles", 0],
    ];
    assert.deepEqual(alarms(await lambda()), usual);
    assert.deepEqual(alarms(await lambda(fromQueue)), usual);
    assert.deepEqual(alarms(await lambda(fromStream)), [...usual, ["IteratorAge", 900_000]].sort());
  });

  it("lives beside others in one stack", async () => {
    const stack = await planned(() => {
      make("verify", { ...daily, ...inVpc });
      make("count", { ...fromStream, ...inVpc });
      make("tidy", incoming);
      make("pay", fromQueue);
    });
    const urns = stack.resources.map(({ urn }) => urn);
    assert.equal(new Set(urns).size, urns.length);
  });

  it("breaks no rule of the policy pack", async () => {
    for (const more of [{}, daily, incoming, fromQueue, fromStream, inVpc])
      assert.deepEqual(await refusals(await lambda(more)), []);
  });

  for (const [why, more, message] of [
    ["little memory", { memory: 127 }, /memory of the function orders-verify is 127; .* from 128 to 10,240/],
    ["much memory", { memory: 10_241 }, /memory .* is 10241/],
    ["no time", { timeout: 0 }, /timeout .* is 0; .* from 1 to 900/],
    ["much time", { timeout: 901 }, /timeout .* is 901/],
    ["half a second", { timeout: 0.5 }, /timeout .* is 0\.5/],
    ["none at once", { concurrency: 0 }, /concurrency .* is 0; .* from 1 to 1,000/],
    ["many at once", { concurrency: 1_001 }, /concurrency .* is 1001/],
    ["a long name", { workload: "v".repeat(58) }, /has 65 letters; Lambda takes 64/],
    [
      "a setting twice",
      {
        environment: { A_PARAMETER: "x" },
        fromParameters: { A: "arn:aws:ssm:eu-central-1:111122223333:parameter/a" },
      },
      /has A_PARAMETER twice/,
    ],
    [
      "no rate",
      { schedule: { expression: "rate(0 days)" } },
      /the schedule of orders-verify is rate\(0 days\)/,
    ],
  ] as const)
    it(`is refused with ${why}`, async () => {
      await assert.rejects(lambda(more), message);
    });
});

describe("the role of a function", () => {
  const stream = "arn:aws:kinesis:eu-central-1:111122223333:stream/orders-clicks";
  const group = "arn:aws:logs:eu-central-1:111122223333:log-group:/landing-zone/orders/verify";
  const key = "arn:aws:kms:eu-central-1:111122223333:key/1";
  const through = (service: string, alias = "orders-data") => ({
    "kms:ResourceAliases": [`alias/${alias}`],
    "kms:ViaService": `${service}.eu-central-1.amazonaws.com`,
  });
  const eni = "arn:aws:ec2:eu-central-1:111122223333:network-interface/eni-1";
  const byCode = { "lambda:SourceFunctionArn": functionArn };
  const byOther = { "lambda:SourceFunctionArn": `${functionArn}-2` };

  for (const [of, more, outcome, action, resource, context] of [
    ["any", {}, "allowed", "logs:PutLogEvents", `${group}:log-stream:1`, {}],
    ["any", {}, "denied", "logs:PutLogEvents", `${group}-2:log-stream:1`, {}],
    ["any", {}, "denied", "logs:CreateLogGroup", group, {}],
    ["any", {}, "allowed", "xray:PutTraceSegments", "*", {}],
    ["any", {}, "allowed", "sqs:SendMessage", missedRuns, {}],
    ["any", {}, "denied", "sqs:SendMessage", queue("orders-paid"), {}],
    ["any", {}, "allowed", "kms:Decrypt", key, through("lambda")],
    ["any", {}, "denied", "kms:Decrypt", key, through("lambda", "shop-data")],
    ["any", {}, "denied", "kms:Decrypt", key, through("kinesis")],
    ["any", {}, "denied", "kms:Decrypt", key, { "kms:ResourceAliases": ["alias/orders-data"] }],
    ["any", {}, "denied", "sqs:ReceiveMessage", queue("orders-paid"), {}],
    ["any", {}, "denied", "lambda:InvokeFunction", functionArn, {}],
    ["a queue's", fromQueue, "allowed", "sqs:ReceiveMessage", queue("orders-paid"), {}],
    ["a queue's", fromQueue, "allowed", "sqs:DeleteMessage", queue("orders-paid"), {}],
    ["a queue's", fromQueue, "allowed", "sqs:GetQueueAttributes", queue("orders-paid"), {}],
    ["a queue's", fromQueue, "denied", "sqs:ReceiveMessage", queue("orders-paid-late"), {}],
    ["a queue's", fromQueue, "denied", "sqs:SendMessage", queue("orders-paid"), {}],
    ["a stream's", fromStream, "allowed", "kinesis:GetRecords", stream, {}],
    ["a stream's", fromStream, "allowed", "kinesis:DescribeStream", stream, {}],
    ["a stream's", fromStream, "allowed", "kms:Decrypt", key, through("kinesis")],
    ["a stream's", fromStream, "denied", "kinesis:GetRecords", `${stream}-2`, {}],
    ["a stream's", fromStream, "denied", "kinesis:PutRecord", stream, {}],
    ["a networked", inVpc, "allowed", "ec2:CreateNetworkInterface", eni, byOther],
    ["a networked", inVpc, "denied", "ec2:CreateNetworkInterface", eni, byCode],
    ["a networked", inVpc, "denied", "ec2:DescribeSubnets", "*", byCode],
    ["any", {}, "denied", "ec2:CreateNetworkInterface", eni, {}],
    [
      "a linked",
      { statements: queueAccess(at, "orders-sent", "send").statements },
      "allowed",
      "sqs:SendMessage",
      queue("orders-sent"),
      {},
    ],
  ] as const)
    it(`that is ${of} is ${outcome} ${action} on ${resource} ${JSON.stringify(context)}`, async () => {
      const identity = [readDocument((await lambda(more)).one("RolePolicy", "verify").inputs["policy"])];
      const known = context as Readonly<Record<string, string | readonly string[]>>;
      // A key's policy leaves to the account's roles what these are allowed; see EncryptionKey.
      const account = { Effect: "Allow", Principal: { AWS: own }, Action: "kms:*", Resource: "*" };
      const given = { identity, ...(action.startsWith("kms:") ? { resource: document(account) } : {}) };
      assert.equal(evaluate({ principal: role, action, resource, context: known }, given).outcome, outcome);
    });
});
