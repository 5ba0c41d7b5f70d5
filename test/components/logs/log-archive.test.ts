import assert from "node:assert/strict";
import { LogArchive, type LogArchiveArgs } from "../../../components/logs/log-archive";
import { at, planned, statements } from "../planned";
import { refusals } from "./judged";
import { organizationId, type Request, verdict } from "./request";

const management = "222233334444";
const audit = "333344445555";
const args = {
  at,
  organizationId,
  managementAccountId: management,
  trailName: "organization",
  readerAccountIds: [audit],
};
const archive = (more: Partial<LogArchiveArgs> = {}) =>
  planned(() => new LogArchive("logs", { ...args, ...more }));
const refused = async (more: Partial<LogArchiveArgs>, message: RegExp) =>
  assert.rejects(archive(more), message);

const names = {
  trail: "landing-zone-trail-111122223333-eu-central-1",
  config: "landing-zone-config-111122223333-eu-central-1",
  "access-logs": "landing-zone-access-logs-111122223333-eu-central-1",
};
type Which = keyof typeof names;
const arnOf = (which: Which) => `arn:aws:s3:::${names[which]}`;
const trail = `arn:aws:cloudtrail:eu-central-1:${management}:trail/organization`;

const policyOf = async (which: Which, more: Partial<LogArchiveArgs> = {}) =>
  statements((await archive(more)).one("BucketPolicy", `logs-${which}`));
const keyPolicy = async (more: Partial<LogArchiveArgs> = {}) => statements((await archive(more)).one("Key"));

const cloudTrail = { service: "cloudtrail.amazonaws.com" };
const config = { service: "config.amazonaws.com" };

/** A request, and the same with one thing other than it should be. */
const variants = (good: Request, bad: Readonly<Record<string, Partial<Request>>>) =>
  Object.entries(bad).map(
    ([why, change]) =>
      [why, { ...good, ...change, context: { ...good.context, ...change.context } }] as const,
  );

describe("the log archive", () => {
  it("has three buckets with names known beforehand, each protected and closed, and a key of its own", async () => {
    const stack = await archive();
    for (const [which, bucket] of Object.entries(names)) {
      const made = stack.one("aws:s3/bucket:Bucket", `logs-${which}`);
      assert.deepEqual([made.inputs["bucket"], made.inputs["forceDestroy"]], [bucket, false]);
      assert.equal(made.protect, true);
      const { bucket: _, ...closed } = stack.one("BucketPublicAccessBlock", `logs-${which}`).inputs;
      assert.deepEqual(Object.values(closed), [true, true, true, true]);
      assert.deepEqual(stack.one("BucketVersioning", `logs-${which}`).inputs["versioningConfiguration"], {
        status: "Enabled",
      });
      assert.deepEqual(stack.one("BucketOwnershipControls", `logs-${which}`).inputs["rule"], {
        objectOwnership: "BucketOwnerEnforced",
      });
    }
    assert.equal(stack.one("Key").protect, true);
    assert.equal(stack.one("Alias").inputs["name"], "alias/landing-zone/log-archive");
  });

  it("passes every rule of the policy pack", async () => {
    assert.deepEqual(await refusals(await archive()), []);
    assert.deepEqual(await refusals(await archive({ readerAccountIds: [] })), []);
  });

  it("tells its names to whoever needs them", async () => {
    let made: LogArchive | undefined;
    const stack = await planned(() => {
      made = new LogArchive("logs", args);
    });
    assert.deepEqual(
      [made?.trailBucketName, made?.configBucketName, made?.accessLogBucketName, made?.keyAlias],
      [names.trail, names.config, names["access-logs"], "landing-zone/log-archive"],
    );
    assert.ok(stack.one("Key"));
  });

  it("encrypts with its key, except what S3 writes with its own only, and says why", async () => {
    const stack = await archive();
    for (const which of ["trail", "config"]) {
      const encryption = stack.one("BucketServerSideEncryptionConfiguration", `logs-${which}`);
      assert.deepEqual(encryption.propertyDependencies["rules"], [stack.one("Key").urn]);
      const [rule] = encryption.inputs["rules"] as { bucketKeyEnabled?: boolean }[];
      assert.equal(rule?.bucketKeyEnabled, true);
      assert.equal(stack.one("aws:s3/bucket:Bucket", `logs-${which}`).inputs["tags"], undefined);
    }
    const own = stack.one("BucketServerSideEncryptionConfiguration", "logs-access-logs");
    assert.deepEqual(own.inputs["rules"], [
      { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
    ]);
    const tags = stack.one("aws:s3/bucket:Bucket", "logs-access-logs").inputs["tags"] as Record<
      string,
      string
    >;
    assert.ok((tags["allow-aws-key"] ?? "").length >= 20);
  });

  it("locks what CloudTrail writes, and only that", async () => {
    const stack = await archive();
    const locked = (which: Which) =>
      stack.one("aws:s3/bucket:Bucket", `logs-${which}`).inputs["objectLockEnabled"];
    assert.deepEqual([locked("trail"), locked("config"), locked("access-logs")], [true, false, false]);
    const lock = stack.one("BucketObjectLockConfiguration");
    assert.equal(lock.name, "logs-trail");
    assert.deepEqual(lock.inputs["rule"], { defaultRetention: { mode: "GOVERNANCE", days: 365 } });
    const longer = await archive({ lock: { mode: "COMPLIANCE", retentionDays: 400 } });
    assert.deepEqual(longer.one("BucketObjectLockConfiguration").inputs["rule"], {
      defaultRetention: { mode: "COMPLIANCE", days: 400 },
    });
    const sameMode = await archive({ lock: { retentionDays: 30, mode: undefined } });
    assert.deepEqual(sameMode.one("BucketObjectLockConfiguration").inputs["rule"], {
      defaultRetention: { mode: "GOVERNANCE", days: 30 },
    });
  });

  it("moves logs to colder classes and lets them expire", async () => {
    const stack = await archive({ coldAfterDays: 100, deepAfterDays: 300, keepYears: 4 });
    const rules = (which: Which) =>
      stack.one("BucketLifecycleConfiguration", `logs-${which}`).inputs["rules"];
    for (const which of ["trail", "config"] as const)
      assert.deepEqual(rules(which), [
        {
          id: "keep",
          status: "Enabled",
          filter: { prefix: "" },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          transitions: [
            { days: 100, storageClass: "GLACIER_IR" },
            { days: 300, storageClass: "DEEP_ARCHIVE" },
          ],
          expiration: { days: 1461 },
          noncurrentVersionExpiration: { noncurrentDays: 30 },
        },
      ]);
    assert.deepEqual(rules("access-logs"), [
      {
        id: "keep",
        status: "Enabled",
        filter: { prefix: "" },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        expiration: { days: 365 },
        noncurrentVersionExpiration: { noncurrentDays: 30 },
      },
    ]);
    const [usual] = (await archive()).one("BucketLifecycleConfiguration", "logs-trail").inputs["rules"] as {
      transitions: { days: number }[];
      expiration: { days: number };
    }[];
    assert.deepEqual(
      [...(usual?.transitions ?? []).map(({ days }) => days), usual?.expiration.days],
      [90, 400, 2557],
    );
  });

  it("refuses to expire what is locked, and says by how much it is wrong", async () => {
    await refused(
      { lock: { retentionDays: 2558 } },
      /keepYears is 7, or 2557 days; it must be at least 2558 days, because objects are locked for 2558 days/,
    );
    await archive({ lock: { retentionDays: 2557 } });
  });

  it("refuses storage classes that are left before the days they bill", async () => {
    await refused({ deepAfterDays: 179 }, /deepAfterDays is 179; it must be at least 180 days/);
    await archive({ deepAfterDays: 180 });
    await refused({ keepYears: 1, deepAfterDays: 300 }, /keepYears is 1, or 366 days; .*at least 480 days/);
  });

  it("refuses days that are none, and what is no organization or account", async () => {
    await refused({ coldAfterDays: 0 }, /coldAfterDays is 0; it must be a whole number/);
    await refused({ deepAfterDays: 200.5 }, /deepAfterDays is 200.5/);
    await refused({ lock: { retentionDays: -1 } }, /lock.retentionDays is -1/);
    await refused({ keepYears: Number.NaN }, /is NaN/);
    await refused({ organizationId: "r-abcd" }, /organizationId is r-abcd/);
    await refused({ managementAccountId: "1234" }, /managementAccountId holds 1234/);
    await refused({ readerAccountIds: ["*"] }, /readerAccountIds holds \*/);
  });

  it("logs who asks for the logs, below a prefix for each bucket, once the target is there", async () => {
    const stack = await archive();
    assert.deepEqual(
      stack
        .all("BucketLogging")
        .map(({ name }) => name)
        .sort(),
      ["logs-config", "logs-trail"],
    );
    for (const which of ["trail", "config"] as const) {
      const { inputs, dependencies } = stack.one("BucketLogging", `logs-${which}`);
      assert.deepEqual(
        [inputs["targetBucket"], inputs["targetPrefix"]],
        [names["access-logs"], `${names[which]}/`],
      );
      assert.deepEqual(inputs["targetObjectKeyFormat"], {
        partitionedPrefix: { partitionDateSource: "EventTime" },
      });
      assert.ok(dependencies.includes(stack.one("BucketPolicy", "logs-access-logs").urn));
    }
  });

  it("makes a bucket's companions in the order that S3 bears", async () => {
    const stack = await archive();
    const waits = (type: string, other: string, which: string) =>
      assert.ok(
        stack.one(type, which).dependencies.includes(stack.one(other, which).urn),
        `${type} for ${other}`,
      );
    for (const which of Object.keys(names).map(which => `logs-${which}`)) {
      waits("BucketPolicy", "BucketPublicAccessBlock", which);
      waits("BucketLifecycleConfiguration", "BucketVersioning", which);
    }
    waits("BucketObjectLockConfiguration", "BucketVersioning", "logs-trail");
    for (const { name, type, custom, propertyDependencies } of stack.resources)
      if (custom && /:Bucket[A-Z]/.test(type))
        assert.deepEqual(propertyDependencies["bucket"]?.length, 1, name);
  });
});

describe("the policies of the archive's buckets", () => {
  const delivery: Request = {
    by: cloudTrail,
    action: "s3:PutObject",
    resource: `${arnOf("trail")}/AWSLogs/${organizationId}/111122223333/CloudTrail/eu-central-1/2026/01/01/a.json.gz`,
    context: { "aws:SourceArn": trail, "s3:x-amz-acl": "bucket-owner-full-control" },
  };

  it("consist of these statements", async () => {
    const sids = async (which: Which, more: Partial<LogArchiveArgs> = {}) =>
      (await policyOf(which, more)).map(({ Sid, Effect }) => `${Effect} ${Sid}`);
    assert.deepEqual(await sids("trail"), [
      "Deny TlsOnly",
      "Deny OrganizationOnly",
      "Allow CloudTrailAclCheck",
      "Allow CloudTrailWrite",
      "Allow Readers",
      "Deny KmsOnly",
      "Deny NobodyDeletes",
      "Deny OnlyServicesWrite",
    ]);
    assert.deepEqual(await sids("config", { readerAccountIds: [] }), [
      "Deny TlsOnly",
      "Deny OrganizationOnly",
      "Allow ConfigBucketCheck",
      "Allow ConfigDelivery",
      "Deny KmsOnly",
    ]);
    assert.deepEqual(await sids("access-logs"), [
      "Deny TlsOnly",
      "Deny OrganizationOnly",
      "Allow AccessLogs0",
      "Allow AccessLogs1",
    ]);
  });

  it("let CloudTrail write for the organization's trail, below the two owners, and for no other", async () => {
    const policy = await policyOf("trail");
    assert.equal(verdict(policy, delivery), "allowed");
    const beforehand = `${arnOf("trail")}/AWSLogs/${management}/CloudTrail/a.json.gz`;
    assert.equal(verdict(policy, { ...delivery, resource: beforehand }), "allowed");
    for (const [why, request] of variants(delivery, {
      "another trail of the account": { context: { "aws:SourceArn": `${trail}-2` } },
      "a stranger's trail of that name": {
        context: { "aws:SourceArn": trail.replace(management, "999988887777") },
      },
      "a member's own trail": { context: { "aws:SourceArn": trail.replace(management, "111122223333") } },
      "below another account": { resource: `${arnOf("trail")}/AWSLogs/999988887777/a.json.gz` },
      "another service": { by: config },
      "owned by the writer": { context: { "s3:x-amz-acl": "private" } },
      "to read": { action: "s3:GetObject" },
    }))
      assert.equal(verdict(policy, request), "silent", why);
  });

  it("let CloudTrail look at the bucket's list for that trail", async () => {
    const policy = await policyOf("trail");
    const look: Request = {
      by: cloudTrail,
      action: "s3:GetBucketAcl",
      resource: arnOf("trail"),
      context: { "aws:SourceArn": trail },
    };
    assert.equal(verdict(policy, look), "allowed");
    assert.equal(verdict(policy, { ...look, context: { "aws:SourceArn": `${trail}x` } }), "silent");
    assert.equal(verdict(policy, { ...look, context: {} }), "silent");
  });

  it("deny another encryption than KMS to everyone but AWS's services", async () => {
    const write = (by: Request["by"], algorithm?: string): Request => ({
      by,
      action: "s3:PutObject",
      resource: `${arnOf("config")}/AWSLogs/a`,
      context: algorithm === undefined ? {} : { "s3:x-amz-server-side-encryption": algorithm },
    });
    const role = { account: at.accountId };
    const policy = await policyOf("config");
    assert.equal(verdict(policy, write(role, "AES256")), "denied");
    assert.equal(verdict(policy, write(role, "aws:kms")), "silent");
    assert.equal(verdict(policy, write(role)), "silent");
    assert.equal(verdict(policy, write({ service: "delivery.logs.amazonaws.com" }, "AES256")), "silent");
    const digest = { ...delivery.context, "s3:x-amz-server-side-encryption": "AES256" };
    assert.equal(verdict(await policyOf("trail"), { ...delivery, context: digest }), "allowed");
  });

  it("deny everybody what is not over TLS, or not of the organization", async () => {
    for (const which of Object.keys(names) as Which[]) {
      const policy = await policyOf(which);
      const reads = (resource: string, by: Request["by"], context = {}) =>
        verdict(policy, { by, action: "s3:GetObject", resource, context });
      for (const resource of [arnOf(which), `${arnOf(which)}/AWSLogs/a`]) {
        assert.equal(reads(resource, { account: at.accountId }), "silent");
        assert.equal(
          reads(resource, { account: at.accountId }, { "aws:SecureTransport": "false" }),
          "denied",
        );
        assert.equal(reads(resource, cloudTrail, { "aws:SecureTransport": "false" }), "denied");
        assert.equal(
          reads(resource, { account: at.accountId }, { "aws:PrincipalOrgID": "o-zzzzz99999" }),
          "denied",
        );
        assert.equal(reads(resource, undefined), "denied");
        assert.equal(reads(resource, cloudTrail), "silent");
      }
    }
  });

  it("let the readers' accounts read, while they are of the organization, and no others", async () => {
    for (const which of ["trail", "config"] as const) {
      const policy = await policyOf(which);
      const read = { action: "s3:GetObject", resource: `${arnOf(which)}/AWSLogs/a` };
      assert.equal(verdict(policy, { ...read, by: { account: audit } }), "allowed");
      assert.equal(
        verdict(policy, { by: { account: audit }, action: "s3:ListBucket", resource: arnOf(which) }),
        "allowed",
      );
      assert.equal(verdict(policy, { ...read, by: { account: management } }), "silent");
      assert.equal(
        verdict(policy, {
          ...read,
          by: { account: audit },
          context: { "aws:PrincipalOrgID": "o-zzzzz99999" },
        }),
        "denied",
      );
      // Said twice, so that one of the two may fall.
      const readers = policy.filter(({ Sid }) => Sid === "Readers");
      assert.equal(
        verdict(readers, {
          ...read,
          by: { account: audit },
          context: { "aws:PrincipalOrgID": "o-zzzzz99999" },
        }),
        "silent",
      );
      assert.notEqual(
        verdict(policy, { ...read, by: { account: audit }, action: "s3:PutObject" }),
        "allowed",
      );
    }
  });

  it("deny deletion, a bypass of the lock, and writing by people, to the account's own administrators", async () => {
    const policy = await policyOf("trail");
    const asks = (action: string, by: Request["by"] = { account: at.accountId }) =>
      verdict(policy, { by, action, resource: `${arnOf("trail")}/AWSLogs/a` });
    for (const action of ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:BypassGovernanceRetention"]) {
      assert.equal(asks(action), "denied", action);
      assert.equal(asks(action, cloudTrail), "denied", action);
    }
    assert.equal(asks("s3:PutObject"), "denied");
    assert.equal(asks("s3:GetObject"), "silent");
    // Else the bucket's own settings could never be changed again.
    assert.equal(
      verdict(policy, {
        by: { account: at.accountId },
        action: "s3:PutBucketPolicy",
        resource: arnOf("trail"),
      }),
      "silent",
    );
  });

  it("let AWS Config of the organization's accounts deliver, and of no others", async () => {
    const policy = await policyOf("config");
    const put: Request = {
      by: config,
      action: "s3:PutObject",
      resource: `${arnOf("config")}/AWSLogs/444455556666/Config/ConfigWritabilityCheckFile`,
      context: { "aws:SourceOrgID": organizationId, "s3:x-amz-acl": "bucket-owner-full-control" },
    };
    assert.equal(verdict(policy, put), "allowed");
    for (const [why, request] of variants(put, {
      "another organization": { context: { "aws:SourceOrgID": "o-zzzzz99999" } },
      "something else": { resource: `${arnOf("config")}/AWSLogs/444455556666/CloudTrail/a` },
      "another service": { by: cloudTrail },
      "owned by the writer": { context: { "s3:x-amz-acl": "private" } },
      "to delete": { action: "s3:DeleteObject" },
    }))
      assert.equal(verdict(policy, request), "silent", why);
    for (const action of ["s3:GetBucketAcl", "s3:ListBucket"]) {
      const check = { by: config, action, resource: arnOf("config") };
      const ofThem = { "aws:SourceOrgID": organizationId };
      assert.equal(verdict(policy, { ...check, context: ofThem }), "allowed", action);
      assert.equal(verdict(policy, check), "silent", action);
    }
  });

  it("let S3 log the requests to the two buckets, each below its prefix", async () => {
    const policy = await policyOf("access-logs");
    const put: Request = {
      by: { service: "logging.s3.amazonaws.com" },
      action: "s3:PutObject",
      resource: `${arnOf("access-logs")}/${names.trail}/2026`,
      context: { "aws:SourceArn": arnOf("trail"), "aws:SourceAccount": at.accountId },
    };
    assert.equal(verdict(policy, put), "allowed");
    for (const [why, request] of variants(put, {
      "another bucket": { context: { "aws:SourceArn": "arn:aws:s3:::other" } },
      "another bucket's prefix": { context: { "aws:SourceArn": arnOf("config") } },
      "another account": { context: { "aws:SourceAccount": "999988887777" } },
      "another service": { by: cloudTrail },
    }))
      assert.equal(verdict(policy, request), "silent", why);
  });
});

describe("the policy of the archive's key", () => {
  const context = {
    "aws:SourceArn": trail,
    "kms:EncryptionContext:aws:cloudtrail:arn": `arn:aws:cloudtrail:us-east-1:${management}:trail/organization`,
  };
  const encrypt: Request = { by: cloudTrail, action: "kms:GenerateDataKey", context };

  it("lets CloudTrail encrypt for the trail", async () => {
    const policy = await keyPolicy();
    assert.equal(verdict(policy, encrypt), "allowed");
    for (const [why, request] of variants(encrypt, {
      "another trail": { context: { "aws:SourceArn": `${trail}-2` } },
      "for another account": {
        context: {
          "kms:EncryptionContext:aws:cloudtrail:arn": "arn:aws:cloudtrail:us-east-1:999988887777:trail/x",
        },
      },
      "another service": { by: { service: "s3.amazonaws.com" } },
      "to administer": { action: "kms:ScheduleKeyDeletion" },
    }))
      assert.equal(verdict(policy, request), "silent", why);
  });

  it("lets CloudTrail describe, and decrypt for the bucket key, without an encryption context", async () => {
    const policy = await keyPolicy();
    for (const action of ["kms:DescribeKey", "kms:Decrypt"]) {
      assert.equal(
        verdict(policy, { by: cloudTrail, action, context: { "aws:SourceArn": trail } }),
        "allowed",
      );
      assert.equal(verdict(policy, { by: cloudTrail, action }), "silent");
    }
  });

  it("lets AWS Config of the organization encrypt", async () => {
    const policy = await keyPolicy();
    const use = (by: Request["by"], organization: string) =>
      verdict(policy, { by, action: "kms:GenerateDataKey", context: { "aws:SourceOrgID": organization } });
    assert.equal(use(config, organizationId), "allowed");
    assert.equal(use(config, "o-zzzzz99999"), "silent");
    assert.equal(use({ service: "sns.amazonaws.com" }, organizationId), "silent");
  });

  it("lets the readers' accounts decrypt through S3, and not otherwise", async () => {
    const through = { "kms:ViaService": "s3.eu-central-1.amazonaws.com" };
    const decrypt: Request = { by: { account: audit }, action: "kms:Decrypt", context: through };
    const policy = await keyPolicy();
    assert.equal(verdict(policy, decrypt), "allowed");
    for (const [why, request] of variants(decrypt, {
      "by another service": { context: { "kms:ViaService": "ec2.eu-central-1.amazonaws.com" } },
      "from outside": { context: { "aws:PrincipalOrgID": "o-zzzzz99999" } },
      "another account": { by: { account: management } },
      "to encrypt": { action: "kms:GenerateDataKey" },
    }))
      assert.equal(verdict(policy, request), "silent", why);
    assert.equal(verdict(policy, { ...decrypt, context: {} }), "silent");
    assert.equal(verdict(await keyPolicy({ readerAccountIds: [] }), decrypt), "silent");
  });
});
