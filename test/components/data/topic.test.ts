/** To whom a topic listens and whom it tells, beside queues. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { Queue } from "../../../components/data/queue";
import { Topic, type TopicArgs } from "../../../components/data/topic";
import { readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
import { at, planned, statements } from "../planned";

const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/1";
const topicArn = "arn:aws:sns:eu-central-1:111122223333:placed";
const topic = (args: Partial<TopicArgs> = {}) =>
  planned(() => new Topic("placed", { topicName: "placed", at, keyArn, deliversTo: {}, ...args }));
const policy = async (publishers?: readonly string[]) =>
  (await topic({ publishers })).one("aws:sns/topic:Topic");

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
    const stack = await planned(() => {
      const q = new Queue("q", {
        queueName: "q",
        at,
        keyArn,
        visibilityTimeout: 1,
        maxReceives: 1,
        topics: [],
      });
      new Topic("placed", { topicName: "placed", at, keyArn, deliversTo: { q }, mailsTo: ["a@example.com"] });
    });
    assert.deepEqual(
      stack.all("TopicSubscription").map(({ inputs }) => inputs["protocol"]),
      ["email", "sqs"],
    );
  });
});
