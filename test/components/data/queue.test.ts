import assert from "node:assert/strict";
import fc from "fast-check";
import { Queue, type QueueArgs } from "../../../components/data/queue";
import { readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
import { refusals } from "../logs/judged";
import { at, planned, statements } from "../planned";
import { toldOf } from "../told";
import { kept, keyArn } from "./kept";

const queueType = "aws:sqs/queue:Queue";
const usual = { ...kept, queueName: "orders-q", visibilityTimeout: 60, maxReceives: 3, topics: [] };
const made = (args: Partial<QueueArgs> = {}) =>
  planned(() => new Queue("q", { ...usual, ...args }, { protect: true }));
const both = async (args: Partial<QueueArgs> = {}) => {
  const stack = await made(args);
  return [stack.one(queueType, "q"), stack.one(queueType, "q-dead-letters")] as const;
};
const json = (value: unknown) => JSON.parse(String(value)) as Record<string, unknown>;
const arnOf = (name: string) => `arn:aws:sqs:eu-central-1:111122223333:${name}`;

describe("a queue", () => {
  it("has dead letters of its own, both encrypted, protected and left behind", async () => {
    const [queue, dead] = await both();
    for (const { inputs, protect, retainOnDelete } of [queue, dead]) {
      assert.equal(inputs["kmsMasterKeyId"], keyArn);
      assert.deepEqual([protect, retainOnDelete], [true, true]);
      for (const absent of ["fifoQueue", "contentBasedDeduplication", "delaySeconds"])
        assert.equal(inputs[absent], undefined);
    }
    assert.deepEqual(json(queue.inputs["redrivePolicy"]), {
      deadLetterTargetArn: arnOf("orders-q-dead-letters"),
      maxReceiveCount: 3,
    });
    assert.equal((await both({ deletionProtection: false }))[0].retainOnDelete, false);
  });

  it("takes no dead letters of others, and its own take only its", async () => {
    const [queue, dead] = await both();
    assert.deepEqual(json(queue.inputs["redriveAllowPolicy"]), { redrivePermission: "denyAll" });
    assert.deepEqual(json(dead.inputs["redriveAllowPolicy"]), {
      redrivePermission: "byQueue",
      sourceQueueArns: [arnOf("orders-q")],
    });
  });

  it("keeps order where its name says so, as do its dead letters", async () => {
    const [queue, dead] = await both({ queueName: "orders-q.fifo" });
    assert.deepEqual(
      [queue.inputs["name"], dead.inputs["name"]],
      ["orders-q.fifo", "orders-q-dead-letters.fifo"],
    );
    for (const { inputs } of [queue, dead])
      assert.deepEqual([inputs["fifoQueue"], inputs["contentBasedDeduplication"]], [true, true]);
    assert.deepEqual(
      [queue.inputs["deduplicationScope"], queue.inputs["fifoThroughputLimit"]],
      ["messageGroup", "perMessageGroupId"],
    );
    assert.equal(
      json(queue.inputs["redrivePolicy"])["deadLetterTargetArn"],
      arnOf("orders-q-dead-letters.fifo"),
    );
    assert.deepEqual(json(dead.inputs["redriveAllowPolicy"])["sourceQueueArns"], [arnOf("orders-q.fifo")]);
  });

  it("says its ARN and URL before it is there", async () => {
    let queue: Queue | undefined;
    await planned(() => {
      queue = new Queue("q", { ...usual, queueName: "orders-q.fifo" });
    });
    assert.deepEqual(
      [queue?.arn, queue?.url],
      [arnOf("orders-q.fifo"), "https://sqs.eu-central-1.amazonaws.com/111122223333/orders-q.fifo"],
    );
  });

  it("holds messages as long as it is told, and dead letters over a weekend and more", async () => {
    const [queue, dead] = await both();
    assert.deepEqual(
      [queue.inputs["visibilityTimeoutSeconds"], queue.inputs["messageRetentionSeconds"]],
      [60, 4 * 86_400],
    );
    assert.equal(queue.inputs["receiveWaitTimeSeconds"], 20);
    assert.equal(dead.inputs["messageRetentionSeconds"], 14 * 86_400);
    assert.ok(queue.dependencies.includes(dead.urn));
    const [other] = await both({ retentionHours: 1, delay: 900 });
    assert.deepEqual([other.inputs["messageRetentionSeconds"], other.inputs["delaySeconds"]], [3_600, 900]);
  });

  it("wakes somebody when there are dead letters, and when messages wait for long", async () => {
    const alarms = async (args: Partial<QueueArgs>) =>
      (await made(args))
        .all("MetricAlarm")
        .map(({ inputs }) => [inputs["metricName"], inputs["dimensions"], inputs["threshold"]]);
    const dead = (name: string) => ["ApproximateNumberOfMessagesVisible", { QueueName: name }, 0];
    const late = (name: string, seconds: number) => [
      "ApproximateAgeOfOldestMessage",
      { QueueName: name },
      seconds,
    ];
    assert.deepEqual(await alarms({}), [dead("orders-q-dead-letters"), late("orders-q", 2 * 86_400)]);
    assert.deepEqual(await alarms({ queueName: "q.fifo", lateAfter: 120 }), [
      dead("q-dead-letters.fifo"),
      late("q.fifo", 120),
    ]);
    for (const { inputs } of (await made()).all("MetricAlarm")) {
      assert.equal(inputs["statistic"], "Maximum");
      assert.deepEqual(inputs["alarmActions"], toldOf(inputs));
    }
  });

  it("refuses, as its dead letters do, whatever does not come over TLS", async () => {
    for (const { inputs } of await both())
      assert.deepEqual(statements({ inputs } as never), [
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "sqs:*",
          Resource: [arnOf(String(inputs["name"]))],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ]);
  });

  it("takes messages of the topics and rules it is told of, and of no others", async () => {
    const topic = (name: string) => `arn:aws:sns:eu-central-1:111122223333:${name}`;
    const rule = (name: string) => `arn:aws:events:eu-central-1:111122223333:rule/shop-bus/${name}`;
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(["placed", "paid", "paid-2"]),
        fc.subarray(["parcels", "parcels-2"]),
        async (topics, rules) => {
          const [queue] = await both({ topics: topics.map(topic), rules: rules.map(rule) });
          const resource = readDocument(queue.inputs["policy"]);
          const send = (service: string, source: string, more: Record<string, string> = {}) =>
            evaluate(
              {
                principal: { kind: "service", arn: service },
                action: "sqs:SendMessage",
                resource: arnOf("orders-q"),
                context: { "aws:SourceArn": source, "aws:SecureTransport": "true", ...more },
              },
              { resource },
            ).outcome;
          for (const name of ["placed", "paid", "paid-2"])
            assert.equal(
              send("sns.amazonaws.com", topic(name)),
              topics.includes(name) ? "allowed" : "denied",
            );
          for (const name of ["parcels", "parcels-2"])
            assert.equal(
              send("events.amazonaws.com", rule(name)),
              rules.includes(name) ? "allowed" : "denied",
            );
          assert.equal(send("sns.amazonaws.com", rule("parcels")), "denied");
          assert.equal(send("s3.amazonaws.com", topic("placed")), "denied");
          assert.equal(
            send("sns.amazonaws.com", topic("placed").replace("111122223333", "444455556666")),
            "denied",
          );
          assert.equal(
            send("sns.amazonaws.com", topic("placed"), { "aws:SecureTransport": "false" }),
            "denied",
          );
        },
      ),
      { numRuns: 12 },
    );
  });

  it("is there twice in a stack, as the policy pack wants it", async () => {
    const stack = await planned(() => {
      new Queue("one", { ...usual, queueName: "one" }, { protect: true });
      new Queue("two", { ...usual, queueName: "two.fifo" }, { protect: true });
    });
    assert.equal(stack.all(queueType).length, 4);
    assert.deepEqual(await refusals(stack), []);
  });

  it("refuses what SQS refuses", async () => {
    const rows: readonly (readonly [Partial<QueueArgs>, RegExp])[] = [
      [{ queueName: "" }, /queueName is ;/],
      [{ queueName: "a.b" }, /queueName is a\.b/],
      [{ queueName: "a".repeat(68) }, /queueName is a+; it must be 1 to 67/],
      [{ queueName: `${"a".repeat(63)}.fifo` }, /queueName is a+\.fifo/],
      [{ visibilityTimeout: -1 }, /visibilityTimeout is -1/],
      [{ visibilityTimeout: 43_201 }, /visibilityTimeout is 43201; .*43,200/],
      [{ maxReceives: 0 }, /maxReceives is 0/],
      [{ maxReceives: 1_001 }, /maxReceives is 1001/],
      [{ retentionHours: 0 }, /retentionHours is 0/],
      [{ retentionHours: 313 }, /retentionHours is 313/],
      [{ delay: 901 }, /delay is 901/],
      [{ lateAfter: 59 }, /lateAfter is 59/],
      [{ lateAfter: 3_600, retentionHours: 1 }, /lateAfter is 3600/],
      [{ queueName: "q.fifo", topics: [`arn:aws:sns:${at.region}:111122223333:t`] }, /only FIFO topics/],
      [{ queueName: "q.fifo", rules: ["arn:rule"] }, /rules are arn:rule; they name no group/],
    ];
    for (const [args, says] of rows) await assert.rejects(made(args), says);
  });

  it("has room for its dead letters' name, however long its own is", async () => {
    for (const queueName of ["a".repeat(67), `${"a".repeat(62)}.fifo`]) {
      const [, dead] = await both({ queueName });
      assert.equal(String(dead.inputs["name"]).length, 80);
    }
  });
});
