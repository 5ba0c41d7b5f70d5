import assert from "node:assert/strict";
import fc from "fast-check";
import { Bucket, type BucketArgs } from "../../../components/data/bucket";
import { copyStatements } from "../../../components/data/bucket-copy";
import { readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
import { role } from "../../iam/requests";
import { refusals } from "../logs/judged";
import { at, planned, statements } from "../planned";
import { toldOf } from "../told";
import { kept, keyArn } from "./kept";
import { mayDo } from "./narrow";

type Context = Readonly<Record<string, string>>;

const bucketType = "aws:s3/bucket:Bucket";
const usual: BucketArgs = { ...kept, bucketName: "shop-pictures" };
const copy = {
  region: "eu-west-1",
  bucketName: "shop-pictures-there",
  keyArn: "arn:aws:kms:eu-west-1:111122223333:key/2",
  keyAlias: "shop/data/pictures",
  ownKeyAlias: "shop/data",
  roleName: "shop-pictures-copies",
};
const made = (args: Partial<BucketArgs> = {}) =>
  planned(() => new Bucket("pictures", { ...usual, ...args }, { protect: true }));
const lifecycle = async (args: Partial<BucketArgs>) => {
  const [rule, ...others] = (await made(args)).one("BucketLifecycleConfiguration", "pictures").inputs[
    "rules"
  ] as Record<string, unknown>[];
  assert.deepEqual(others, []);
  return rule ?? {};
};

describe("a bucket", () => {
  it("is closed, encrypted with the product's key and versioned", async () => {
    const stack = await made();
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
  });

  it("refuses whoever comes without TLS 1.2, or with another encryption or key than its own", async () => {
    const stack = await made();
    const resource = readDocument(stack.one("BucketPolicy").inputs["policy"]);
    assert.ok(statements(stack.one("BucketPolicy")).every(({ Effect }) => Effect === "Deny"));
    const ask = (context: Context, action = "s3:PutObject") =>
      evaluate(
        {
          principal: role,
          action,
          resource: "arn:aws:s3:::shop-pictures/a",
          context: { "aws:SecureTransport": "true", "s3:TlsVersion": "1.3", ...context },
        },
        {
          resource,
          identity: [
            readDocument({
              Version: "2012-10-17",
              Statement: { Effect: "Allow", Action: "s3:*", Resource: "*" },
            }),
          ],
        },
      ).outcome;
    const encrypted = { "s3:x-amz-server-side-encryption": "aws:kms" };
    for (const context of [{}, { "s3:TlsVersion": "1.2" }, encrypted] as Context[])
      assert.equal(ask(context), "allowed", JSON.stringify(context));
    for (const context of [
      { "aws:SecureTransport": "false" },
      { "s3:TlsVersion": "1.1" },
      { "s3:x-amz-server-side-encryption": "AES256" },
      { "s3:x-amz-server-side-encryption": "aws:kms:dsse" },
      { ...encrypted, "s3:x-amz-server-side-encryption-aws-kms-key-id": keyArn },
      { "s3:x-amz-server-side-encryption-aws-kms-key-id": keyArn.replace("key/1", "key/2") },
      { "s3:x-amz-server-side-encryption-customer-algorithm": "AES256" },
    ] as Context[])
      assert.equal(ask(context), "denied", JSON.stringify(context));
    assert.equal(ask({ "s3:TlsVersion": "1.1" }, "s3:GetObject"), "denied");
    assert.equal(ask({}, "s3:GetObject"), "allowed");
  });

  it("hands its companions to the bucket, protects it, and is left behind with what is in it", async () => {
    const stack = await made({ copy, cors: [{ origins: ["https://a.example.com"], methods: ["GET"] }] });
    for (const { name, type, custom, propertyDependencies } of stack.resources)
      if (custom && /:Bucket[A-Z]/.test(type)) assert.ok(propertyDependencies["bucket"], `${type} ${name}`);
    for (const bucket of stack.all(bucketType)) {
      assert.deepEqual([bucket.protect, bucket.retainOnDelete], [true, true]);
      assert.equal(bucket.inputs["forceDestroy"], false);
    }
    assert.equal((await made({ deletionProtection: false })).one(bucketType).retainOnDelete, false);
  });

  it("keeps objects unless it is told otherwise, and tidies up what nobody sees", async () => {
    assert.deepEqual(await lifecycle({}), {
      id: "tidy",
      status: "Enabled",
      filter: { prefix: "" },
      abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
      noncurrentVersionExpiration: { noncurrentDays: 90 },
      expiration: { expiredObjectDeleteMarker: true },
    });
    assert.deepEqual((await lifecycle({ expireAfterDays: 30 }))["expiration"], { days: 30 });
  });

  it("moves objects to where they are cheaper, by age or as S3 finds", async () => {
    assert.deepEqual(
      (await lifecycle({ rarelyReadAfterDays: 30, archiveAfterDays: 60, expireAfterDays: 150 }))[
        "transitions"
      ],
      [
        { days: 30, storageClass: "STANDARD_IA" },
        { days: 60, storageClass: "GLACIER_IR" },
      ],
    );
    assert.deepEqual((await lifecycle({ tiering: true }))["transitions"], [
      { days: 0, storageClass: "INTELLIGENT_TIERING" },
    ]);
  });

  it("locks objects where it is told to, from its beginning", async () => {
    for (const [lock, mode] of [
      [undefined, "GOVERNANCE"],
      ["governance", "GOVERNANCE"],
      ["compliance", "COMPLIANCE"],
    ] as const) {
      const stack = await made({ lockDays: 30, ...(lock === undefined ? {} : { lock }) });
      assert.equal(stack.one(bucketType).inputs["objectLockEnabled"], true);
      const configuration = stack.one("BucketObjectLockConfiguration");
      assert.deepEqual(configuration.inputs["rule"], { defaultRetention: { mode, days: 30 } });
      assert.ok(configuration.dependencies.includes(stack.one("BucketVersioning").urn));
    }
    const plain = await made();
    assert.equal(plain.one(bucketType).inputs["objectLockEnabled"], undefined);
    assert.deepEqual(plain.all("BucketObjectLockConfiguration"), []);
  });

  it("lets pages of named origins call, where it is told to", async () => {
    const cors = [
      { origins: ["https://shop.example.com"], methods: ["GET"] as const },
      {
        origins: ["https://admin.example.com:8443"],
        methods: ["PUT"] as const,
        headers: ["Content-Type"],
        exposes: ["ETag"],
      },
    ];
    assert.deepEqual((await made({ cors })).one("BucketCorsConfiguration").inputs["corsRules"], [
      { allowedOrigins: ["https://shop.example.com"], allowedMethods: ["GET"], maxAgeSeconds: 3_600 },
      {
        allowedOrigins: ["https://admin.example.com:8443"],
        allowedMethods: ["PUT"],
        allowedHeaders: ["Content-Type"],
        exposeHeaders: ["ETag"],
        maxAgeSeconds: 3_600,
      },
    ]);
    assert.deepEqual((await made()).all("BucketCorsConfiguration"), []);
  });

  it("sends events, and logs requests, only where somebody waits for them", async () => {
    const quiet = await made();
    assert.deepEqual([quiet.all("BucketNotification"), quiet.all("BucketLogging")], [[], []]);
    const stack = await made({ events: true, accessLogs: { bucketName: "logs" } });
    assert.equal(stack.one("BucketNotification").inputs["eventbridge"], true);
    const { targetBucket, targetPrefix, targetObjectKeyFormat } = stack.one("BucketLogging").inputs;
    assert.deepEqual(
      [targetBucket, targetPrefix, targetObjectKeyFormat],
      ["logs", "buckets/shop-pictures/", { partitionedPrefix: { partitionDateSource: "EventTime" } }],
    );
  });

  it("gets its companions in the order that S3 bears", async () => {
    const stack = await made();
    const waits = (type: string, other: string) =>
      assert.ok(stack.one(type).dependencies.includes(stack.one(other).urn), `${type} for ${other}`);
    waits("BucketPolicy", "BucketPublicAccessBlock");
    waits("BucketLifecycleConfiguration", "BucketVersioning");
  });

  it("is there twice in a stack, as the policy pack wants it", async () => {
    const stack = await planned(() => {
      const logged = { ...usual, accessLogs: { bucketName: "logs" } };
      new Bucket("one", { ...logged, bucketName: "one-bucket", copy }, { protect: true });
      new Bucket("two", { ...logged, bucketName: "two-bucket", lockDays: 1 }, { protect: true });
    });
    assert.equal(stack.all(bucketType).length, 3);
    assert.deepEqual(await refusals(stack), []);
  });

  it("refuses what S3 would refuse, bill in vain, or never do", async () => {
    const cors = (origin: string) => ({ cors: [{ origins: [origin], methods: ["GET"] as const }] });
    const rows: readonly (readonly [Partial<BucketArgs>, RegExp])[] = [
      [{ bucketName: "a" }, /bucketName is a;/],
      [{ bucketName: "Shop" }, /bucketName is Shop/],
      [{ bucketName: "a".repeat(64) }, /bucketName is a+;/],
      [{ bucketName: "xn--shop" }, /bucketName is xn--shop/],
      [{ expireAfterDays: 0 }, /expireAfterDays is 0/],
      [{ expireAfterDays: 1.5 }, /expireAfterDays is 1\.5/],
      [{ rarelyReadAfterDays: 29 }, /rarelyReadAfterDays is 29; it must be at least 30/],
      [{ rarelyReadAfterDays: 30, archiveAfterDays: 59 }, /archiveAfterDays is 59; it must be at least 60/],
      [{ rarelyReadAfterDays: 30, expireAfterDays: 59 }, /expireAfterDays is 59; it must be at least 60/],
      [{ archiveAfterDays: 10, expireAfterDays: 99 }, /expireAfterDays is 99; it must be at least 100/],
      [{ tiering: true, archiveAfterDays: 10 }, /tiering is true; leave/],
      [{ lockDays: 30, expireAfterDays: 29 }, /expireAfterDays is 29; .*locked for 30 days/],
      [{ lockDays: 0 }, /lockDays is 0/],
      [{ lock: "compliance" }, /lock is compliance, but objects are not locked/],
      [cors("*"), /cors\[0\]\.origins has \*/],
      [cors("http://shop.example.com"), /has http:/],
      [cors("https://*.example.com"), /has https:\/\/\*/],
      [{ cors: [{ origins: [], methods: ["GET"] }] }, /cors\[0\] names no origins/],
      [{ cors: [{ origins: ["https://a.example.com"], methods: [] }] }, /cors\[0\] names no methods/],
      [{ copy: { ...copy, region: "eu-central-1" } }, /copy\.region is eu-central-1, where the bucket is/],
      [{ copy: { ...copy, bucketName: "A" } }, /copy\.bucketName is A/],
    ];
    for (const [args, says] of rows) await assert.rejects(made(args), says);
  });

  it("takes all days that do not contradict each other", async () => {
    const days = fc.integer({ min: 30, max: 3_000 });
    await fc.assert(
      fc.asyncProperty(days, days, days, async (rarely, more, most) => {
        const archiveAfterDays = rarely + more;
        const expireAfterDays = archiveAfterDays + 60 + most;
        const rule = await lifecycle({ rarelyReadAfterDays: rarely, archiveAfterDays, expireAfterDays });
        assert.deepEqual(rule["expiration"], { days: expireAfterDays });
      }),
      { numRuns: 10 },
    );
  });
});

describe("a copy of a bucket", () => {
  it("is kept as the bucket is, in its region and with its key", async () => {
    const stack = await made({ copy, expireAfterDays: 30 });
    for (const resource of stack.resources.filter(({ name }) => name === "pictures-copy"))
      assert.equal(resource.inputs["region"], "eu-west-1", resource.type);
    const types = (name: string) =>
      stack.resources
        .filter(its => its.name === name && its.type.startsWith("aws:s3/"))
        .map(({ type }) => type);
    assert.deepEqual(
      types("pictures-copy"),
      types("pictures").filter(type => !type.endsWith("BucketReplicationConfig")),
    );
    assert.equal(stack.one(bucketType, "pictures-copy").inputs["bucket"], "shop-pictures-there");
    const [rule] = stack.one("BucketServerSideEncryptionConfiguration", "pictures-copy").inputs["rules"] as {
      applyServerSideEncryptionByDefault: unknown;
    }[];
    assert.deepEqual(rule?.applyServerSideEncryptionByDefault, {
      sseAlgorithm: "aws:kms",
      kmsMasterKeyId: copy.keyArn,
    });
  });

  it("gets everything, with its own key, once both keep versions", async () => {
    const stack = await made({ copy });
    const replication = stack.one("BucketReplicationConfig");
    const [rule, ...others] = replication.inputs["rules"] as Record<string, Record<string, unknown>>[];
    assert.deepEqual(others, []);
    assert.deepEqual(rule?.["sourceSelectionCriteria"], { sseKmsEncryptedObjects: { status: "Enabled" } });
    assert.deepEqual(rule?.["destination"]?.["encryptionConfiguration"], { replicaKmsKeyId: copy.keyArn });
    assert.deepEqual(rule?.["deleteMarkerReplication"], { status: "Enabled" });
    for (const versioning of stack.all("BucketVersioning"))
      assert.ok(replication.dependencies.includes(versioning.urn), versioning.name);
    assert.deepEqual(stack.from(replication, "role"), ["pictures-copies"]);
  });

  it("is made by a role of the product's, which S3 alone takes", async () => {
    const { inputs } = (await made({ copy })).one("Role");
    assert.deepEqual(
      [inputs["path"], inputs["permissionsBoundary"], inputs["name"]],
      ["/product/", "arn:aws:iam::111122223333:policy/landing-zone-product-boundary", "shop-pictures-copies"],
    );
    assert.match(String(inputs["assumeRolePolicy"]), /"Service":"s3\.amazonaws\.com"/);
    assert.match(String(inputs["assumeRolePolicy"]), /"aws:SourceAccount":"111122223333"/);
  });

  it("may read the one and write the other, with each key through S3 only", () => {
    const may = copyStatements({
      at,
      bucketName: "shop-pictures",
      keyAlias: "shop/data",
      copy,
      roleName: "r",
    });
    const from = "arn:aws:s3:::shop-pictures";
    const to = "arn:aws:s3:::shop-pictures-there";
    assert.equal(mayDo(may, "s3:GetObjectVersionForReplication", `${from}/a`), "allowed");
    assert.equal(mayDo(may, "s3:GetReplicationConfiguration", from), "allowed");
    for (const action of ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"]) {
      assert.equal(mayDo(may, action, `${to}/a`), "allowed");
      assert.equal(mayDo(may, action, `${from}/a`), "denied");
      assert.equal(mayDo(may, action, `${to}-2/a`), "denied");
    }
    for (const action of ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:PutBucketPolicy"])
      for (const resource of [from, `${from}/a`, to, `${to}/a`])
        assert.equal(mayDo(may, action, resource), "denied", action);
    const key = (action: string, region: string, alias: string, service = "s3") =>
      evaluate(
        {
          principal: role,
          action: `kms:${action}`,
          resource: `arn:aws:kms:${region}:111122223333:key/1`,
          context: {
            "kms:ResourceAliases": [`alias/${alias}`],
            "kms:ViaService": `${service}.${region}.amazonaws.com`,
          },
        },
        {
          identity: [readDocument({ Version: "2012-10-17", Statement: may })],
          resource: readDocument({
            Version: "2012-10-17",
            Statement: {
              Effect: "Allow",
              Principal: { AWS: "arn:aws:iam::111122223333:root" },
              Action: "kms:*",
              Resource: "*",
            },
          }),
        },
      ).outcome;
    assert.equal(key("Decrypt", "eu-central-1", "shop/data"), "allowed");
    assert.equal(key("Encrypt", "eu-west-1", "shop/data/pictures"), "allowed");
    for (const outcome of [
      key("Encrypt", "eu-central-1", "shop/data"),
      key("Decrypt", "eu-west-1", "shop/data/pictures"),
      key("Decrypt", "eu-central-1", "orders/data"),
      key("Decrypt", "eu-central-1", "shop/data", "dynamodb"),
    ])
      assert.equal(outcome, "denied");
  });

  it("tells somebody when objects were not copied", async () => {
    const { inputs } = (await made({ copy })).one("MetricAlarm");
    assert.deepEqual(
      [inputs["metricName"], inputs["dimensions"], inputs["threshold"], inputs["alarmActions"]],
      [
        "OperationsFailedReplication",
        { SourceBucket: "shop-pictures", DestinationBucket: "shop-pictures-there", RuleId: "all" },
        0,
        toldOf(inputs),
      ],
    );
    assert.deepEqual((await made()).all("MetricAlarm"), []);
  });
});
