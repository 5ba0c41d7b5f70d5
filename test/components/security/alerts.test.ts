import assert from "node:assert/strict";
import { Alerts } from "../../../components/security/alerts";
import { readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
import { at, planned, statements } from "../planned";

const made = (...notify: string[]) => planned(() => new Alerts("alerts", { at, notify }));

/** Who is let in by a key or topic, beside the account itself. */
const servicesIn = (from: ReturnType<typeof statements>) =>
  from.filter(({ Effect, Principal }) => Effect === "Allow" && JSON.stringify(Principal).includes("Service"));

describe("alerts", () => {
  it("are a topic with a key that is its own, for EventBridge of this account to use", async () => {
    const stack = await made();
    const topic = stack.one("aws:sns/topic:Topic");
    assert.equal(topic.inputs["name"], "landing-zone-security-alerts");
    assert.deepEqual(topic.propertyDependencies["kmsMasterKeyId"], [stack.one("Key").urn]);
    for (const [policy, condition] of [
      // EventBridge does not tell KMS on whose behalf it publishes; SNS tells it to which topic.
      [
        statements(stack.one("Key")),
        {
          "kms:EncryptionContext:aws:sns:topicArn":
            "arn:aws:sns:eu-central-1:111122223333:landing-zone-security-alerts",
        },
      ],
      [statements(topic), { "aws:SourceAccount": at.accountId }],
    ] as const) {
      const [service, ...others] = servicesIn(policy);
      assert.deepEqual(others, []);
      assert.ok(service);
      const { Service } = service.Principal as { Service: string | string[] };
      assert.deepEqual([Service].flat(), ["events.amazonaws.com"]);
      assert.deepEqual(service.Condition, { StringEquals: condition });
    }
  });

  it("are published by EventBridge on behalf of this account, over TLS, and by no other", async () => {
    const stack = await made();
    const resource = readDocument(stack.one("aws:sns/topic:Topic").inputs["policy"]);
    const publish = (service: string, account: string, tls: string) =>
      evaluate(
        {
          principal: { kind: "service", arn: service },
          action: "sns:Publish",
          resource: "arn:aws:sns:eu-central-1:111122223333:landing-zone-security-alerts",
          context: { "aws:SourceAccount": account, "aws:SecureTransport": tls },
        },
        { resource },
      ).outcome;
    assert.equal(publish("events.amazonaws.com", at.accountId, "true"), "allowed");
    assert.equal(publish("events.amazonaws.com", at.accountId, "false"), "denied");
    assert.equal(publish("events.amazonaws.com", "999988887777", "true"), "denied");
    assert.equal(publish("s3.amazonaws.com", at.accountId, "true"), "denied");
  });

  it("go to everybody who is to be told, and to no queue", async () => {
    const stack = await made("security@example.com", "ops@example.com");
    assert.deepEqual(
      stack.all("TopicSubscription").map(({ inputs }) => [inputs["protocol"], inputs["endpoint"]]),
      [
        ["email", "ops@example.com"],
        ["email", "security@example.com"],
      ],
    );
    assert.deepEqual((await made()).all("TopicSubscription"), []);
  });

  it("tell where they are", async () => {
    let alerts: Alerts | undefined;
    await planned(() => {
      alerts = new Alerts("alerts", { at, notify: [] });
    });
    assert.equal(alerts?.topicArn, "arn:aws:sns:eu-central-1:111122223333:landing-zone-security-alerts");
  });
});
