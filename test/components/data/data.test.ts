import assert from "node:assert/strict";
import { Bucket, type BucketArgs } from "../../../components/data/bucket";
import { Queue } from "../../../components/data/queue";
import { Table, type TableArgs } from "../../../components/data/table";
import { Topic } from "../../../components/data/topic";
import { at, planned, statements } from "../planned";

const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/1";
const bucket = (args: Partial<BucketArgs> = {}) =>
  planned(() => new Bucket("pictures", { bucketName: "shop-pictures", keyArn, ...args }, { protect: true }));
const table = (args: Partial<TableArgs> = {}) =>
  planned(
    () =>
      new Table("orders", {
        tableName: "orders-orders",
        at,
        partitionKey: "id",
        keyArn,
        deletionProtection: true,
        ...args,
      }),
  );
const queue = (topics: readonly string[]) =>
  planned(
    () =>
      new Queue("q", { queueName: "orders-q", at, keyArn, visibilityTimeout: 60, maxReceives: 3, topics }),
  );

describe("a bucket", () => {
  it("is closed, encrypted, versioned and over TLS only", async () => {
    const stack = await bucket();
    const { bucket: _, ...closed } = stack.one("BucketPublicAccessBlock").inputs;
    assert.deepEqual(closed, {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    assert.deepEqual(stack.one("BucketServerSideEncryptionConfiguration").inputs["rules"], [
      {
        applyServerSideEncryptionByDefault: { kmsMasterKeyId: keyArn, sseAlgorithm: "aws:kms" },
        bucketKeyEnabled: true,
      },
    ]);
    assert.deepEqual(stack.one("BucketVersioning").inputs["versioningConfiguration"], { status: "Enabled" });
    assert.deepEqual(stack.one("BucketOwnershipControls").inputs["rule"], {
      objectOwnership: "BucketOwnerEnforced",
    });
    const [tls, ...others] = statements(stack.one("BucketPolicy"));
    assert.deepEqual(others, []);
    assert.deepEqual(tls, {
      Sid: "TlsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: ["arn:aws:s3:::shop-pictures", "arn:aws:s3:::shop-pictures/*"],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
  });

  it("hands its companions to the bucket, and protects the bucket", async () => {
    const stack = await bucket();
    for (const { name, type, custom, propertyDependencies } of stack.resources)
      if (custom && /:Bucket[A-Z]/.test(type)) assert.ok(propertyDependencies["bucket"], `${type} ${name}`);
    assert.equal(stack.resources.find(({ type }) => type === "aws:s3/bucket:Bucket")?.protect, true);
  });

  it("keeps objects unless it is told for how long", async () => {
    const rules = async (args: Partial<BucketArgs>) =>
      (await bucket(args)).one("BucketLifecycleConfiguration").inputs["rules"] as { expiration?: unknown }[];
    assert.equal((await rules({}))[0]?.expiration, undefined);
    assert.deepEqual((await rules({ expireAfterDays: 30 }))[0]?.expiration, { days: 30 });
  });

  it("sends events only where somebody waits for them", async () => {
    assert.deepEqual((await bucket()).all("BucketNotification"), []);
    assert.equal((await bucket({ events: true })).one("BucketNotification").inputs["eventbridge"], true);
  });

  it("is not emptied to be deleted, and tidies up what nobody sees", async () => {
    const stack = await bucket();
    assert.equal(stack.one("aws:s3/bucket:Bucket").inputs["forceDestroy"], false);
    assert.deepEqual(stack.one("BucketLifecycleConfiguration").inputs["rules"], [
      {
        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        filter: { prefix: "" },
        id: "tidy",
        noncurrentVersionExpiration: { noncurrentDays: 90 },
        status: "Enabled",
      },
    ]);
  });

  it("gets its companions in the order that S3 bears", async () => {
    const stack = await bucket();
    const waits = (type: string, other: string) =>
      assert.ok(stack.one(type).dependencies.includes(stack.one(other).urn), `${type} for ${other}`);
    waits("BucketPolicy", "BucketPublicAccessBlock");
    waits("BucketLifecycleConfiguration", "BucketVersioning");
  });
});

describe("a table", () => {
  const made = async (args: Partial<TableArgs> = {}) =>
    (await table(args)).resources.find(({ type }) => type === "aws:dynamodb/table:Table")?.inputs ?? {};

  it("is encrypted with a key of the company's, restorable and kept", async () => {
    const inputs = await made();
    assert.deepEqual(inputs["serverSideEncryption"], { enabled: true, kmsKeyArn: keyArn });
    assert.deepEqual(inputs["pointInTimeRecovery"], { enabled: true });
    assert.equal(inputs["deletionProtectionEnabled"], true);
    assert.equal((await made({ deletionProtection: false }))["deletionProtectionEnabled"], false);
  });

  it("declares the attributes that its keys are, and no other", async () => {
    assert.deepEqual((await made())["attributes"], [{ name: "id", type: "S" }]);
    const inputs = await made({ sortKey: "at", expiresAt: "until" });
    assert.deepEqual(inputs["attributes"], [
      { name: "id", type: "S" },
      { name: "at", type: "S" },
    ]);
    assert.deepEqual([inputs["hashKey"], inputs["rangeKey"]], ["id", "at"]);
    assert.deepEqual(inputs["ttl"], { attributeName: "until", enabled: true });
  });

  it("is paid by request", async () => {
    const inputs = await made();
    assert.deepEqual([inputs["name"], inputs["billingMode"]], ["orders-orders", "PAY_PER_REQUEST"]);
    assert.deepEqual([inputs["rangeKey"], inputs["ttl"]], [undefined, undefined]);
  });
});

describe("a queue", () => {
  const own = (name: string) => (type: string, resource: string) =>
    type === "aws:sqs/queue:Queue" && resource === name;

  it("has dead letters of its own, both encrypted", async () => {
    const stack = await queue([]);
    const [made, dead] = ["q", "q-dead-letters"].map(name =>
      stack.resources.find(resource => own(name)(resource.type, resource.name)),
    );
    assert.deepEqual([made?.inputs["kmsMasterKeyId"], dead?.inputs["kmsMasterKeyId"]], [keyArn, keyArn]);
    assert.deepEqual(JSON.parse(String(made?.inputs["redrivePolicy"])), {
      deadLetterTargetArn: "arn:aws:sqs:eu-central-1:111122223333:orders-q-dead-letters",
      maxReceiveCount: 3,
    });
    assert.deepEqual(JSON.parse(String(dead?.inputs["redriveAllowPolicy"])), {
      redrivePermission: "byQueue",
      sourceQueueArns: ["arn:aws:sqs:eu-central-1:111122223333:orders-q"],
    });
  });

  it("takes messages from the topics that deliver to it, and from no others", async () => {
    const allowed = async (topics: readonly string[]) => {
      const made = (await queue(topics)).resources.find(({ type, name }) => own("q")(type, name));
      assert.ok(made);
      return statements(made).filter(({ Effect }) => Effect === "Allow");
    };
    assert.deepEqual(await allowed([]), []);
    const [send, ...others] = await allowed(["arn:aws:sns:eu-central-1:111122223333:orders-placed"]);
    assert.deepEqual(others, []);
    assert.equal(send?.Action, "sqs:SendMessage");
    assert.deepEqual(send?.Condition, {
      ArnEquals: { "aws:SourceArn": ["arn:aws:sns:eu-central-1:111122223333:orders-placed"] },
    });
  });

  it("refuses, as its dead letters do, whatever does not come over TLS", async () => {
    const stack = await queue([]);
    for (const [name, physical] of [
      ["q", "orders-q"],
      ["q-dead-letters", "orders-q-dead-letters"],
    ] as const)
      assert.deepEqual(statements(stack.one("aws:sqs/queue:Queue", name)), [
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "sqs:*",
          Resource: [`arn:aws:sqs:eu-central-1:111122223333:${physical}`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ]);
  });

  it("holds messages back as long as it is told, and dead letters over a weekend and more", async () => {
    const stack = await queue([]);
    const [made, dead] = ["q", "q-dead-letters"].map(name => stack.one("aws:sqs/queue:Queue", name));
    assert.deepEqual(
      [made?.inputs["visibilityTimeoutSeconds"], made?.inputs["messageRetentionSeconds"]],
      [60, undefined],
    );
    assert.equal(dead?.inputs["messageRetentionSeconds"], 14 * 24 * 3_600);
    assert.ok(made?.dependencies.includes(dead?.urn ?? ""));
  });

  it("names every topic that delivers to it in one condition", async () => {
    const topics = ["placed", "paid"].map(name => `arn:aws:sns:eu-central-1:111122223333:${name}`);
    const made = (await queue(topics)).one("aws:sqs/queue:Queue", "q");
    const [send, ...others] = statements(made).filter(({ Effect }) => Effect === "Allow");
    assert.deepEqual(others, []);
    assert.deepEqual(send?.Principal, { Service: "sns.amazonaws.com" });
    assert.equal(send?.Resource, "arn:aws:sqs:eu-central-1:111122223333:orders-q");
    assert.deepEqual(send?.Condition, { ArnEquals: { "aws:SourceArn": topics } });
  });
});

describe("a topic", () => {
  it("is encrypted and delivers to its queues", async () => {
    const stack = await planned(() => {
      const made = new Queue("q", {
        queueName: "q",
        at,
        keyArn,
        visibilityTimeout: 60,
        maxReceives: 3,
        topics: [],
      });
      new Topic("placed", { topicName: "orders-placed", at, keyArn, deliversTo: { q: made } });
    });
    const own = stack.resources.find(({ type }) => type === "aws:sns/topic:Topic");
    assert.equal(own?.inputs["kmsMasterKeyId"], keyArn);
    assert.equal(
      stack.one("TopicSubscription").inputs["endpoint"],
      "arn:aws:sqs:eu-central-1:111122223333:q",
    );
  });

  it("delivers what it was given, to each of its queues when that is there", async () => {
    const stack = await planned(() => {
      const deliversTo = Object.fromEntries(
        ["a", "b"].map(name => [
          name,
          new Queue(name, { queueName: name, at, keyArn, visibilityTimeout: 1, maxReceives: 1, topics: [] }),
        ]),
      );
      new Topic("placed", { topicName: "placed", at, keyArn, deliversTo });
    });
    assert.equal(stack.all("TopicSubscription").length, 2);
    for (const name of ["a", "b"]) {
      const subscription = stack.one("TopicSubscription", `placed-${name}`);
      assert.deepEqual(stack.from(subscription, "topic"), ["placed"]);
      assert.equal(subscription.inputs["rawMessageDelivery"], true);
      assert.ok(subscription.dependencies.includes(stack.one("aws:sqs/queue:Queue", name).urn));
    }
  });

  it("refuses what does not come over TLS, and without receivers delivers nothing", async () => {
    const stack = await planned(() => new Topic("t", { topicName: "placed", at, keyArn, deliversTo: {} }));
    assert.deepEqual(stack.all("TopicSubscription"), []);
    assert.deepEqual(
      statements(stack.one("aws:sns/topic:Topic")).filter(({ Effect }) => Effect === "Deny"),
      [
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "sns:Publish",
          Resource: ["arn:aws:sns:eu-central-1:111122223333:placed"],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    );
  });
});
