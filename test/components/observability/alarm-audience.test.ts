import assert from "node:assert/strict";
import fc from "fast-check";
import {
  AlarmAudience,
  type AlarmAudienceArgs,
  alarmTopicsUseKey,
} from "../../../components/observability/alarm-audience";
import { severities } from "../../../components/observability/severity";
import { EncryptionKey } from "../../../components/security/encryption-key";
import { readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
import { refusals } from "../logs/judged";
import { at, type Planned, planned } from "../planned";
import { toldOf } from "../told";

const topicArns = {
  critical: "arn:aws:sns:eu-central-1:111122223333:orders-critical",
  warning: "arn:aws:sns:eu-central-1:111122223333:orders-warning",
};
const pager = "https://events.pagerduty.com/integration/0123456789abcdef/enqueue";
const usual: AlarmAudienceArgs = {
  at,
  topicNames: { critical: "orders-critical", warning: "orders-warning" },
  keyArn: "arn:aws:kms:eu-central-1:111122223333:key/1",
  hearers: { critical: { mail: ["night@example.com"], pager }, warning: { mail: ["day@example.com"] } },
};
const audience = (more: Partial<AlarmAudienceArgs> = {}): Promise<Planned> =>
  planned(() => new AlarmAudience("orders", { ...usual, ...more }));

const topicType = "aws:sns/topic:Topic";

describe("an alarm audience", () => {
  it("is two topics, kept, encrypted, and called as said, each with who hears of it", async () => {
    const stack = await audience();
    for (const severity of severities) {
      const topic = stack.one(topicType, `orders-${severity}`);
      assert.deepEqual(
        [topic.inputs["name"], topic.inputs["kmsMasterKeyId"], topic.inputs["region"], topic.protect],
        [`orders-${severity}`, usual.keyArn, at.region, true],
      );
    }
    assert.deepEqual(
      stack
        .all("TopicSubscription")
        .map(made => [stack.from(made, "topic"), made.inputs["protocol"], made.inputs["endpoint"]]),
      [
        [["orders-critical"], "email", "night@example.com"],
        [["orders-critical"], "https", pager],
        [["orders-warning"], "email", "day@example.com"],
      ],
    );
    assert.deepEqual(await refusals(stack), []);
  });

  it("keeps what the pager does not take, and tells by day that nobody was woken", async () => {
    const stack = await audience();
    const queue = stack.one("Queue");
    const subscription = stack.one("TopicSubscription", "orders-critical-pager");
    assert.deepEqual(JSON.parse(String(subscription.inputs["redrivePolicy"])), {
      deadLetterTargetArn: "arn:aws:sqs:eu-central-1:111122223333:orders-critical-undelivered",
    });
    assert.ok(subscription.dependencies.includes(queue.urn));
    assert.equal(queue.inputs["messageRetentionSeconds"], 1_209_600);
    const { inputs } = stack.one("MetricAlarm");
    assert.deepEqual(inputs["alarmActions"], toldOf(inputs, topicArns));
    assert.deepEqual(inputs["alarmActions"], [topicArns.warning]);
    assert.deepEqual(inputs["dimensions"], { QueueName: queue.inputs["name"] });
    const resource = readDocument(queue.inputs["policy"]);
    const send = (from: string) =>
      evaluate(
        {
          principal: { kind: "service", arn: "sns.amazonaws.com" },
          action: "sqs:SendMessage",
          resource: "arn:aws:sqs:eu-central-1:111122223333:orders-critical-undelivered",
          context: { "aws:SourceArn": from, "aws:SecureTransport": "true" },
        },
        { resource },
      ).outcome;
    assert.deepEqual([topicArns.critical, topicArns.warning, `${topicArns.critical}-2`].map(send), [
      "allowed",
      "denied",
      "denied",
    ]);
  });

  it("wakes nobody, and has no queue, without a pager", async () => {
    const stack = await audience({ hearers: { critical: {}, warning: {} } });
    for (const type of ["TopicSubscription", "Queue", "MetricAlarm"]) assert.deepEqual(stack.all(type), []);
  });

  it("is told by alarms and services of its account, over TLS, and by alarms of others that it lets in", async () => {
    const others = ["222233334444", "333344445555"];
    const own = await audience();
    const shared = await audience({ alsoFrom: others });
    const publish = (stack: Planned, context: Record<string, string>, service: string) =>
      severities.map(severity => {
        const resource = readDocument(stack.one(topicType, `orders-${severity}`).inputs["policy"]);
        return evaluate(
          {
            principal: { kind: "service", arn: service },
            action: "sns:Publish",
            resource: topicArns[severity],
            context: { "aws:SecureTransport": "true", ...context },
          },
          { resource },
        ).outcome;
      });
    const cloudwatch = "cloudwatch.amazonaws.com";
    const events = "events.amazonaws.com";
    const from = (account: string, alarm: string, region = at.region) => ({
      "aws:SourceAccount": account,
      "aws:SourceArn": `arn:aws:cloudwatch:${region}:${account}:alarm:${alarm}`,
    });
    const both = (outcome: string) => [outcome, outcome];
    for (const service of [cloudwatch, events])
      for (const stack of [own, shared]) {
        assert.deepEqual(publish(stack, from(at.accountId, "any"), service), both("allowed"));
        assert.deepEqual(
          publish(stack, { ...from(at.accountId, "any"), "aws:SecureTransport": "false" }, service),
          both("denied"),
        );
      }
    for (const other of others) {
      assert.deepEqual(publish(shared, from(other, "cpu"), cloudwatch), both("allowed"));
      assert.deepEqual(publish(own, from(other, "cpu"), cloudwatch), both("denied"));
    }
    for (const [context, service] of [
      [from("222233334444", "cpu", "eu-west-1"), cloudwatch],
      [from("222233334444", "cpu"), events],
      [from("999988887777", "cpu"), cloudwatch],
    ] as const)
      assert.deepEqual(publish(shared, context, service), both("denied"), JSON.stringify(context));
  });

  it("has a key that those who tell may use for its topics and for no others", async () => {
    const stack = await planned(
      () =>
        new EncryptionKey("alarms", {
          alias: "landing-zone/alarms",
          description: "What alarms tell",
          at,
          statements: [alarmTopicsUseKey(Object.values(topicArns))],
        }),
    );
    const resource = readDocument(stack.one("Key").inputs["policy"]);
    const use = (topic: string, service: string) =>
      evaluate(
        {
          principal: { kind: "service", arn: service },
          action: "kms:GenerateDataKey",
          resource: "arn:aws:kms:eu-central-1:111122223333:key/1",
          context: { "kms:EncryptionContext:aws:sns:topicArn": topic },
        },
        { resource },
      ).outcome;
    for (const service of ["cloudwatch.amazonaws.com", "events.amazonaws.com"]) {
      for (const topic of Object.values(topicArns)) assert.equal(use(topic, service), "allowed");
      assert.equal(use(`${topicArns.critical}-2`, service), "denied");
    }
    assert.equal(use(topicArns.critical, "s3.amazonaws.com"), "denied");
  });

  it("says what its topics are before they are made, and is there often in a stack", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.stringMatching(/^[a-z]{3,12}$/), { minLength: 2, maxLength: 5 }),
        async names => {
          const stack = await planned(() => {
            for (const name of names) {
              const topicNames = { critical: `${name}-c`, warning: `${name}-w` };
              const made = new AlarmAudience(name, { ...usual, topicNames });
              assert.ok(made.topicArns.warning.endsWith(`:${name}-w`));
            }
          });
          assert.equal(stack.all(topicType).length, 2 * names.length);
          assert.deepEqual(await refusals(stack), []);
        },
      ),
      { numRuns: 5 },
    );
  });

  it("refuses to wake for what can wait, and what is not reached by HTTPS", async () => {
    await assert.rejects(
      audience({ hearers: { critical: {}, warning: { pager } } }),
      /hearers\.warning has a pager; nobody is woken/,
    );
    await assert.rejects(
      audience({ hearers: { critical: { pager: "http://pager.example.com" }, warning: {} } }),
      /hearers\.critical\.pager is http:\/\/pager\.example\.com; it must be reached by HTTPS/,
    );
  });
});
