import assert from "node:assert/strict";
import { Alerts } from "../../../components/security/alerts";
import { LogArchive } from "../../../components/security/log-archive";
import { at, planned, statements } from "../planned";

/** Who is let in by a key or topic, beside the account itself. */
const servicesIn = (from: ReturnType<typeof statements>) =>
  from
    .filter(({ Effect, Principal }) => Effect === "Allow" && JSON.stringify(Principal).includes("Service"))
    .map(({ Principal }) => Principal);

describe("the log archive", () => {
  it("is a bucket called after its account and region, with a key that is its own", async () => {
    const stack = await planned(() => new LogArchive("logs", { at }));
    const bucket = stack.one("aws:s3/bucket:Bucket");
    assert.equal(bucket.inputs["bucket"], "landing-zone-logs-111122223333-eu-central-1");
    const encryption = stack.one("BucketServerSideEncryptionConfiguration");
    assert.deepEqual(encryption.propertyDependencies["rules"], [stack.one("Key").urn]);
    assert.equal(stack.one("Alias").inputs["name"], "alias/landing-zone/log-archive");
    assert.deepEqual(servicesIn(statements(stack.one("Key"))), []);
  });

  it("forgets nothing", async () => {
    const stack = await planned(() => new LogArchive("logs", { at }));
    const [rule] = stack.one("BucketLifecycleConfiguration").inputs["rules"] as { expiration?: unknown }[];
    assert.ok(rule);
    assert.equal(rule.expiration, undefined);
    assert.equal(stack.one("aws:s3/bucket:Bucket").inputs["forceDestroy"], false);
  });
});

describe("alerts", () => {
  it("are a topic with a key that is its own, for EventBridge of this account to use", async () => {
    const stack = await planned(() => new Alerts("alerts", { at }));
    const topic = stack.one("aws:sns/topic:Topic");
    assert.deepEqual(topic.propertyDependencies["kmsMasterKeyId"], [stack.one("Key").urn]);
    const key = statements(stack.one("Key"));
    assert.deepEqual(servicesIn(key), [{ Service: "events.amazonaws.com" }]);
    assert.deepEqual(key.find(({ Principal }) => JSON.stringify(Principal).includes("Service"))?.Condition, {
      StringEquals: { "aws:SourceAccount": at.accountId },
    });
  });
});
