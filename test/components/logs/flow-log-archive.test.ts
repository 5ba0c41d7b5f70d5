import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import {
  FlowLogArchive,
  type FlowLogArchiveArgs,
  flowLogBucketName,
} from "../../../components/logs/flow-log-archive";
import { LogBucket } from "../../../components/logs/log-bucket";
import { at, planned, statements } from "../planned";
import { refusals } from "./judged";
import { organizationId, type Request, verdict } from "./request";

const audit = "333344445555";
const archive = (more: Partial<FlowLogArchiveArgs> = {}) =>
  planned(() => new FlowLogArchive("flows", { at, organizationId, readerAccountIds: [audit], ...more }));
const bucketName = "landing-zone-flow-logs-111122223333-eu-central-1";
const bucket = `arn:aws:s3:::${bucketName}`;
const bucketPolicy = async (more: Partial<FlowLogArchiveArgs> = {}) =>
  statements((await archive(more)).one("BucketPolicy"));
const keyPolicy = async (more: Partial<FlowLogArchiveArgs> = {}) =>
  statements((await archive(more)).one("Key"));

const delivery = { service: "delivery.logs.amazonaws.com" };
/** Of a member account, which is any of the organization. */
const onBehalf = {
  "aws:SourceOrgID": organizationId,
  "aws:SourceAccount": "444455556666",
  "aws:SourceArn": "arn:aws:logs:eu-central-1:444455556666:x",
};
const flowLog = `${bucket}/AWSLogs/aws-account-id=444455556666/aws-service=vpcflowlogs/a.log.parquet`;
const write: Request = { by: delivery, action: "s3:PutObject", resource: flowLog, context: onBehalf };
const mine = { account: at.accountId };
const foreign = { "aws:PrincipalOrgID": "o-fffff99999" };

const wrongSources: Readonly<Record<string, Partial<Request>>> = {
  "another service": { by: { service: "logs.amazonaws.com" } },
  "another organization": { context: { ...onBehalf, "aws:SourceOrgID": "o-fffff99999" } },
  "no organization": { context: { "aws:SourceArn": onBehalf["aws:SourceArn"] } },
  "what is no log": { context: { ...onBehalf, "aws:SourceArn": "arn:aws:s3:::theirs" } },
  "no source": { context: { "aws:SourceOrgID": organizationId } },
};

describe("the archive of flow logs", () => {
  it("has a bucket and a key with names known beforehand, both protected whatever it is told", async () => {
    let made: FlowLogArchive | undefined;
    const stack = await planned(() => {
      made = new FlowLogArchive("flows", { at, organizationId }, { protect: false });
    });
    const held = stack.one("aws:s3/bucket:Bucket");
    assert.deepEqual([held.inputs["bucket"], held.protect], [bucketName, true]);
    assert.equal(stack.one("Key").protect, true);
    assert.equal(stack.one("Alias").inputs["name"], "alias/landing-zone/flow-logs");
    assert.deepEqual(
      [made?.bucketName, made?.bucketArn, made?.keyAlias, flowLogBucketName(at)],
      [bucketName, bucket, "landing-zone/flow-logs", bucketName],
    );
    const { bucket: _, ...closed } = stack.one("BucketPublicAccessBlock").inputs;
    assert.deepEqual(Object.values(closed), [true, true, true, true]);
  });

  it("encrypts with its own key", async () => {
    const stack = await archive();
    const { propertyDependencies } = stack.one("BucketServerSideEncryptionConfiguration");
    assert.deepEqual(propertyDependencies["rules"], [stack.one("Key").urn]);
  });

  it("passes every rule of the policy pack", async () => {
    assert.deepEqual(await refusals(await archive()), []);
    assert.deepEqual(await refusals(await archive({ readerAccountIds: [] })), []);
  });

  it("lets delivery look and write for every account of the organization", async () => {
    const policy = await bucketPolicy();
    assert.equal(verdict(policy, write), "allowed");
    const dnsQueries = `${bucket}/AWSLogs/444455556666/vpcdnsquerylogs/vpc-1/a.log.gz`;
    assert.equal(verdict(policy, { ...write, resource: dnsQueries }), "allowed");
    for (const action of ["s3:GetBucketAcl", "s3:ListBucket"])
      assert.equal(verdict(policy, { ...write, action, resource: bucket }), "allowed", action);
    const otherRegion = { ...onBehalf, "aws:SourceArn": "arn:aws:logs:eu-west-1:555566667777:x" };
    assert.equal(verdict(policy, { ...write, context: otherRegion }), "allowed");
    const encrypt: Request = { by: delivery, action: "kms:GenerateDataKey", context: otherRegion };
    assert.equal(verdict(await keyPolicy(), encrypt), "allowed");
  });

  for (const [what, change] of Object.entries(wrongSources))
    it(`lets nobody deliver on behalf of ${what}, nor use the key`, async () => {
      const policy = await bucketPolicy();
      assert.equal(verdict(policy, { ...write, ...change }), "silent");
      assert.equal(
        verdict(policy, { ...write, action: "s3:GetBucketAcl", resource: bucket, ...change }),
        "silent",
      );
      assert.equal(
        verdict(await keyPolicy(), {
          by: delivery,
          action: "kms:GenerateDataKey",
          context: onBehalf,
          ...change,
        }),
        "silent",
      );
    });

  it("lets delivery write nowhere else, read nothing and delete nothing", async () => {
    const policy = await bucketPolicy();
    assert.equal(verdict(policy, { ...write, resource: `${bucket}/elsewhere` }), "silent");
    assert.equal(verdict(policy, { ...write, action: "s3:GetObject" }), "silent");
    assert.equal(verdict(policy, { ...write, action: "s3:DeleteObject" }), "denied");
  });

  it("lets delivery use the key as it must, and not administer it", async () => {
    const policy = await keyPolicy();
    for (const action of ["kms:GenerateDataKey", "kms:Decrypt", "kms:Encrypt", "kms:DescribeKey"])
      assert.equal(verdict(policy, { by: delivery, action, context: onBehalf }), "allowed", action);
    for (const action of ["kms:ScheduleKeyDeletion", "kms:PutKeyPolicy", "kms:CreateGrant"])
      assert.equal(verdict(policy, { by: delivery, action, context: onBehalf }), "silent", action);
  });

  it("denies plain HTTP to everyone", async () => {
    const policy = await bucketPolicy();
    const http = { ...onBehalf, "aws:SecureTransport": "false" };
    assert.equal(verdict(policy, { ...write, context: http }), "denied");
    for (const by of [mine, { account: audit }, undefined])
      assert.equal(
        verdict(policy, { by, action: "s3:GetObject", resource: flowLog, context: http }),
        "denied",
      );
  });

  it("shuts out other organizations and strangers", async () => {
    const policy = await bucketPolicy();
    const read = { action: "s3:GetObject", resource: flowLog };
    assert.equal(verdict(policy, { ...read, by: { account: audit }, context: foreign }), "denied");
    assert.equal(verdict(policy, { ...read, context: { "aws:PrincipalIsAWSService": "false" } }), "denied");
  });

  it("lets nobody write by hand or delete, its own account included", async () => {
    const policy = await bucketPolicy();
    for (const action of ["s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"])
      assert.equal(verdict(policy, { by: mine, action, resource: flowLog }), "denied", action);
  });

  it("lets the readers read through S3, and nobody else", async () => {
    const read = { action: "s3:GetObject", resource: flowLog };
    const decrypt = { action: "kms:Decrypt", context: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" } };
    const reader = { account: audit };
    assert.equal(verdict(await bucketPolicy(), { ...read, by: reader }), "allowed");
    assert.equal(verdict(await keyPolicy(), { ...decrypt, by: reader }), "allowed");
    assert.equal(verdict(await keyPolicy(), { by: reader, action: "kms:Decrypt" }), "silent");
    const left = { ...decrypt, by: reader, context: { ...decrypt.context, ...foreign } };
    assert.equal(verdict(await keyPolicy(), left), "silent");
    for (const by of [{ account: "444455556666" }, { account: "555566667777" }]) {
      assert.equal(verdict(await bucketPolicy(), { ...read, by }), "silent");
      assert.equal(verdict(await keyPolicy(), { ...decrypt, by }), "silent");
    }
    const none = { readerAccountIds: [] };
    assert.equal(verdict(await bucketPolicy(none), { ...read, by: reader }), "silent");
    assert.equal(verdict(await keyPolicy(none), { ...decrypt, by: reader }), "silent");
  });

  it("moves logs to colder classes and lets them expire, as told", async () => {
    const lifecycle = async (more: Partial<FlowLogArchiveArgs>) => {
      const [rule] = (await archive(more)).one("BucketLifecycleConfiguration").inputs["rules"] as {
        transitions: unknown;
        expiration: unknown;
      }[];
      return [rule?.transitions, rule?.expiration];
    };
    assert.deepEqual(await lifecycle({}), [
      [
        { days: 30, storageClass: "GLACIER_IR" },
        { days: 180, storageClass: "DEEP_ARCHIVE" },
      ],
      { days: 366 },
    ]);
    assert.deepEqual(await lifecycle({ coldAfterDays: 10, deepAfterDays: 100, keepYears: 3 }), [
      [
        { days: 10, storageClass: "GLACIER_IR" },
        { days: 100, storageClass: "DEEP_ARCHIVE" },
      ],
      { days: 1096 },
    ]);
  });

  it("records requests only where it is told to", async () => {
    assert.deepEqual((await archive()).all("BucketLogging"), []);
    const stack = await planned(() => {
      const accessLogs = new LogBucket("access", {
        bucketName: "access-logs-111122223333",
        organizationId,
        encryption: { awsKeyBecause: "S3 delivers server access logs to a bucket with SSE-S3 only" },
        statements: [],
        lifecycle: { expireAfterDays: 365, keepReplacedDays: 30 },
      });
      new FlowLogArchive("flows", { at, organizationId, accessLogs });
    });
    const { targetBucket, targetPrefix } = stack.one("BucketLogging").inputs;
    assert.deepEqual([targetBucket, targetPrefix], ["access-logs-111122223333", `${bucketName}/`]);
  });

  it("of two Regions has a stack together", async () => {
    const stack = await planned(() => {
      for (const region of ["eu-central-1", "eu-west-1"])
        new FlowLogArchive(
          region,
          { at: { ...at, region }, organizationId },
          { provider: new aws.Provider(region, { region: region as aws.Region }) },
        );
    });
    assert.equal(new Set(stack.all("aws:s3/bucket:Bucket").map(({ inputs }) => inputs["bucket"])).size, 2);
  });

  const wrong: Readonly<Record<string, [Partial<FlowLogArchiveArgs>, RegExp]>> = {
    "an organization that is none": [{ organizationId: "*" }, /organizationId is \*/],
    "a reader that is no account": [{ readerAccountIds: ["audit"] }, /readerAccountIds holds audit/],
    "a class left before its days are over": [
      { deepAfterDays: 100 },
      /deepAfterDays is 100; it must be at least 120/,
    ],
    "an expiry before its class is over": [
      { deepAfterDays: 200 },
      /keepYears is 1, or 366 days; it must be at least 380/,
    ],
  };
  for (const [what, [change, message]] of Object.entries(wrong))
    it(`refuses ${what}`, async () => {
      await assert.rejects(archive(change), message);
    });
});
