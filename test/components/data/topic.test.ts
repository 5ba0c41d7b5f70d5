/** To whom a topic listens, and whom it tells. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { Queue } from "../../../components/data/queue";
import { Topic, type TopicArgs } from "../../../components/data/topic";
import type { Severity } from "../../../components/observability/severity";
import { readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
import { refusals } from "../logs/judged";
import { at, planned, statements } from "../planned";
import { alarmTopics } from "../told";
import { kept, keyArn } from "./kept";

const queueType = "aws:sqs/queue:Queue";
const topicArn = "arn:aws:sns:eu-central-1:111122223333:placed";
const usual: TopicArgs = { topicName: "placed", at, keyArn, deliversTo: {} };
const topic = (args: Partial<TopicArgs> = {}) => planned(() => new Topic("placed", { ...usual, ...args }));
const queue = (name: string, queueName = name) =>
  new Queue(
    name,
    { ...kept, queueName, visibilityTimeout: 1, maxReceives: 1, topics: [] },
    { protect: true },
  );
const delivering = (args: Partial<TopicArgs> = {}, more: Partial<TopicArgs> = {}) =>
  planned(
    () => new Topic("placed", { ...usual, deliversTo: { a: queue("a"), b: queue("b") }, ...args, ...more }),
  );
const policy = async (publishers?: readonly string[]) =>
  (await topic(publishers === undefined ? {} : { publishers })).one("aws:sns/topic:Topic");

describe("a topic's publishers", () => {
  it("are services on behalf of its account, each in a statement of its own", async () => {
    const allowed = statements(await policy(["events.amazonaws.com", "budgets.amazonaws.com"])).filter(
      ({ Effect }) => Effect === "Allow",
    );
    assert.deepEqual(
      allowed,
      ["events.amazonaws.com", "budgets.amazonaws.com"].map(service => ({
        Effect: "Allow",
        Principal: { Service: service },
        Action: "sns:Publish",
        Resource: topicArn,
        Condition: { StringEquals: { "aws:SourceAccount": at.accountId } },
      })),
    );
  });

  it("are none unless they are named; roles of the account publish as their own policies say", async () => {
    for (const publishers of [undefined, []])
      assert.deepEqual(
        statements(await policy(publishers)).map(({ Sid }) => Sid),
        ["TlsOnly"],
      );
  });

  it("are those that are named and no others, over TLS only, whatever they are", async () => {
    const services = ["events", "budgets", "costalerts", "s3", "backup"].map(one => `${one}.amazonaws.com`);
    await fc.assert(
      fc.asyncProperty(fc.subarray(services), async publishers => {
        const resource = readDocument((await policy(publishers)).inputs["policy"]);
        const publish = (service: string, context: Record<string, string>) =>
          evaluate(
            {
              principal: { kind: "service", arn: service },
              action: "sns:Publish",
              resource: topicArn,
              context,
            },
            { resource },
          ).outcome;
        for (const service of services) {
          const own = { "aws:SourceAccount": at.accountId, "aws:SecureTransport": "true" };
          assert.equal(publish(service, own), publishers.includes(service) ? "allowed" : "denied");
          assert.equal(publish(service, { ...own, "aws:SecureTransport": "false" }), "denied");
          assert.equal(publish(service, { ...own, "aws:SourceAccount": "999988887777" }), "denied");
        }
      }),
      { numRuns: 10 },
    );
  });
});

describe("a topic's mails", () => {
  it("go to each address, as they are", async () => {
    const stack = await topic({ mailsTo: ["a@example.com", "b@example.com"] });
    for (const address of ["a@example.com", "b@example.com"]) {
      const subscription = stack.one("TopicSubscription", `placed-${address}`);
      assert.deepEqual(
        [subscription.inputs["protocol"], subscription.inputs["endpoint"]],
        ["email", address],
      );
      // Mail clients take no raw messages, and SNS refuses the setting.
      assert.equal(subscription.inputs["rawMessageDelivery"], undefined);
      assert.deepEqual(stack.from(subscription, "topic"), ["placed"]);
    }
  });

  it("are beside its queues", async () => {
    const stack = await delivering({}, { mailsTo: ["a@example.com"] });
    assert.deepEqual(
      stack
        .all("TopicSubscription")
        .map(({ inputs }) => inputs["protocol"])
        .sort(),
      ["email", "sqs", "sqs"],
    );
  });

  it("are not for a topic that keeps order", async () => {
    await assert.rejects(
      topic({ topicName: "placed.fifo", mailsTo: ["a@example.com"] }),
      /mailsTo is a@example\.com; a FIFO topic/,
    );
  });
});

describe("a topic's queues", () => {
  it("get what was published as it is, when they are there", async () => {
    const stack = await delivering();
    assert.equal(stack.one("aws:sns/topic:Topic").inputs["kmsMasterKeyId"], keyArn);
    assert.equal(stack.all("TopicSubscription").length, 2);
    for (const name of ["a", "b"]) {
      const subscription = stack.one("TopicSubscription", `placed-${name}`);
      assert.deepEqual(stack.from(subscription, "topic"), ["placed"]);
      assert.equal(subscription.inputs["endpoint"], `arn:aws:sqs:eu-central-1:111122223333:${name}`);
      assert.deepEqual(
        [subscription.inputs["rawMessageDelivery"], subscription.inputs["filterPolicy"]],
        [true, undefined],
      );
      assert.ok(subscription.dependencies.includes(stack.one(queueType, name).urn));
      assert.ok(subscription.dependencies.includes(stack.one(queueType, "placed-undelivered").urn));
    }
  });

  it("get what their filters let through", async () => {
    const filter = { kind: ["placed"], total: [{ numeric: [">", 100] }] };
    const its = async (filterBy?: "attributes" | "body") => {
      const stack = await planned(() => {
        const q = queue("a");
        new Topic("placed", {
          ...usual,
          deliversTo: { a: { queue: q, filter, ...(filterBy && { filterBy }) } },
        });
      });
      const { inputs } = stack.one("TopicSubscription");
      return [JSON.parse(String(inputs["filterPolicy"])), inputs["filterPolicyScope"]];
    };
    assert.deepEqual(await its(), [filter, "MessageAttributes"]);
    assert.deepEqual(await its("attributes"), [filter, "MessageAttributes"]);
    assert.deepEqual(await its("body"), [filter, "MessageBody"]);
  });

  it("leave what they can not take in a queue that takes from this topic only", async () => {
    const stack = await delivering();
    const undelivered = stack.one(queueType, "placed-undelivered");
    const queueArn = "arn:aws:sqs:eu-central-1:111122223333:placed-undelivered";
    assert.equal(undelivered.inputs["name"], "placed-undelivered");
    assert.equal(undelivered.inputs["kmsMasterKeyId"], keyArn);
    assert.equal(undelivered.inputs["messageRetentionSeconds"], 14 * 86_400);
    for (const { inputs } of stack.all("TopicSubscription"))
      assert.deepEqual(JSON.parse(String(inputs["redrivePolicy"])), { deadLetterTargetArn: queueArn });
    const resource = readDocument(undelivered.inputs["policy"]);
    const send = (source: string, tls = "true", service = "sns.amazonaws.com") =>
      evaluate(
        {
          principal: { kind: "service", arn: service },
          action: "sqs:SendMessage",
          resource: queueArn,
          context: { "aws:SourceArn": source, "aws:SecureTransport": tls },
        },
        { resource },
      ).outcome;
    assert.equal(send(topicArn), "allowed");
    for (const outcome of [
      send(`${topicArn}-2`),
      send(topicArn.replace("111122223333", "444455556666")),
      send(topicArn, "false"),
      send(topicArn, "true", "events.amazonaws.com"),
    ])
      assert.equal(outcome, "denied");
  });

  it("may keep order behind a topic that does, whose undelivered messages then do too", async () => {
    const stack = await planned(() => {
      const deliversTo = { a: queue("a", "a.fifo") };
      new Topic("placed", { ...usual, topicName: "placed.fifo", deliversTo });
    });
    const { inputs } = stack.one("aws:sns/topic:Topic");
    assert.deepEqual(
      [
        inputs["name"],
        inputs["fifoTopic"],
        inputs["contentBasedDeduplication"],
        inputs["fifoThroughputScope"],
      ],
      ["placed.fifo", true, true, "MessageGroup"],
    );
    const undelivered = stack.one(queueType, "placed-undelivered").inputs;
    assert.deepEqual([undelivered["name"], undelivered["fifoQueue"]], ["placed-undelivered.fifo", true]);
    await assert.rejects(
      planned(() => new Topic("t", { ...usual, deliversTo: { a: queue("a", "a.fifo") } })),
      /deliversTo\.a is the FIFO queue a\.fifo/,
    );
  });

  it("without any there is nothing undelivered", async () => {
    const stack = await topic();
    assert.deepEqual([stack.all("TopicSubscription"), stack.all(queueType)], [[], []]);
  });
});

describe("a topic's alarms", () => {
  const metrics = (stack: Awaited<ReturnType<typeof topic>>) =>
    stack
      .all("MetricAlarm")
      .filter(({ inputs }) => inputs["namespace"] === "AWS/SNS")
      .map(({ inputs }) => [
        inputs["metricName"],
        inputs["dimensions"],
        inputs["threshold"],
        inputs["alarmActions"],
      ]);
  const alarm = (metric: string, severity: Severity) => [
    metric,
    { TopicName: "placed" },
    0,
    [alarmTopics[severity]],
  ];

  it("tell of what was not delivered, and of what is lost for that", async () => {
    assert.deepEqual(metrics(await delivering({ alarmTopics })), [
      alarm("NumberOfNotificationsFailed", "warning"),
      alarm("NumberOfNotificationsFailedToRedriveToDlq", "critical"),
    ]);
    assert.deepEqual(metrics(await topic({ alarmTopics })), [
      alarm("NumberOfNotificationsFailed", "warning"),
    ]);
  });

  it("are none for the topic that alarms go to, and it can not be its own", async () => {
    assert.deepEqual(metrics(await delivering()), []);
    await assert.rejects(
      topic({ alarmTopics: { ...alarmTopics, warning: topicArn } }),
      /alarmTopics\.warning is .*the topic itself/,
    );
  });
});

describe("a topic", () => {
  it("is there twice in a stack, as the policy pack wants it", async () => {
    const stack = await planned(() => {
      for (const name of ["one", "two"])
        new Topic(
          name,
          { ...usual, topicName: name, deliversTo: { q: queue(`${name}-q`) }, alarmTopics },
          { protect: true },
        );
    });
    assert.equal(stack.all("aws:sns/topic:Topic").length, 2);
    assert.deepEqual(await refusals(stack), []);
  });

  it("refuses what SNS refuses, and filters that let everything through", async () => {
    for (const topicName of ["", "a.b", "a".repeat(68), `${"a".repeat(63)}.fifo`])
      await assert.rejects(topic({ topicName }), /topicName is /);
    const filtered = (filter: never) =>
      planned(() => new Topic("t", { ...usual, deliversTo: { a: { queue: queue("a"), filter } } }));
    for (const [filter, says] of [
      [{}, /deliversTo\.a\.filter is empty/],
      [{ kind: [] }, /filter\.kind is an empty list/],
      [{ kind: "placed" }, /filter\.kind is placed; it must be a list/],
      [{ order: {} }, /filter\.order is empty/],
    ] as const)
      await assert.rejects(filtered(filter as never), says);
  });
});
