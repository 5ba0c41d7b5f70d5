import { type Cases, unknown } from "./example";

const bucket = { type: "aws:s3/bucket:Bucket", name: "orders" };
const ofBucket = { bucket: ["orders"] };
const part = (kind: string, props: object) => ({
  type: `aws:s3/bucket${kind}:Bucket${kind}`,
  name: `orders-${kind}`,
  props: { bucket: unknown, ...props },
  madeFrom: ofBucket,
});

const configuration = (sseAlgorithm: string) =>
  part("ServerSideEncryptionConfiguration", {
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm } }],
  });

const denial = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::orders", "arn:aws:s3:::orders/*"],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const bucketPolicy = (...statements: object[]) =>
  part("Policy", { policy: JSON.stringify({ Statement: statements }) });

const block = part("PublicAccessBlock", {});
const enabled = part("Versioning", { versioningConfiguration: { status: "Enabled" } });
const lifecycle = (...rules: object[]) => part("LifecycleConfiguration", { rules });
const logging = part("Logging", { targetBucket: "logs" });
const takesLogs = (service: string) => ({
  Effect: "Allow",
  Principal: { Service: `${service}.amazonaws.com` },
  Action: "s3:PutObject",
  Resource: "arn:aws:s3:::orders/*",
});
const retention = (defaultRetention: object) =>
  part("ObjectLockConfiguration", { rule: { defaultRetention } });
const lockable = { ...bucket, props: { objectLockEnabled: true } };
const restricted = { environment: "prod", "data-class": "restricted" };
const trail = {
  type: "aws:cloudtrail/trail:Trail",
  name: "trail",
  props: { s3BucketName: unknown },
  madeFrom: { s3BucketName: ["orders"] },
};
const workgroup = (outputLocation: string) => ({
  type: "aws:athena/workgroup:Workgroup",
  name: "questions",
  props: { configuration: { resultConfiguration: { outputLocation } } },
});

export default [
  {
    rule: "s3-bucket-encryption",
    accepts: [
      [bucket, configuration("aws:kms")],
      [
        { ...bucket, type: "aws:s3/bucketV2:BucketV2", props: { bucket: "orders" } },
        {
          ...configuration("aws:kms:dsse"),
          madeFrom: {},
          props: { ...configuration("aws:kms:dsse").props, bucket: "orders" },
        },
      ],
      [
        {
          ...bucket,
          props: {
            serverSideEncryptionConfiguration: {
              rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } },
            },
          },
        },
      ],
      [
        { ...bucket, props: { tags: { "allow-aws-key": "Load balancers deliver logs without KMS" } } },
        configuration("AES256"),
      ],
    ],
    refuses: [
      [bucket],
      [bucket, configuration("AES256")],
      [{ ...bucket, props: { tags: { "allow-aws-key": "why not" } } }],
      [
        bucket,
        { ...bucket, name: "others" },
        { ...configuration("aws:kms"), madeFrom: { bucket: ["others"] } },
      ],
    ],
    unknown: [
      [bucket, configuration(unknown)],
      [bucket, { ...configuration("aws:kms"), madeFrom: {} }],
    ],
  },
  {
    rule: "s3-bucket-policy-tls-only",
    accepts: [
      [bucket, bucketPolicy(denial)],
      [
        bucket,
        bucketPolicy(
          { Effect: "Allow", Principal: { AWS: unknown }, Action: "s3:GetObject", Resource: unknown },
          denial,
        ),
      ],
      [{ ...bucket, props: { policy: { Statement: denial } } }],
      [
        bucket,
        bucketPolicy({ ...denial, Principal: { AWS: ["*", "111122223333"] }, Action: ["s3:*", "s3:Get*"] }),
      ],
    ],
    refuses: [
      [bucket],
      [bucket, bucketPolicy({ ...denial, Effect: "Allow" })],
      [bucket, bucketPolicy({ ...denial, Resource: "arn:aws:s3:::orders" })],
      [bucket, bucketPolicy({ ...denial, Principal: { AWS: "111122223333" } })],
      [
        bucket,
        bucketPolicy({
          ...denial,
          Condition: { Bool: { "aws:SecureTransport": "false", "aws:ViaAWSService": "false" } },
        }),
      ],
      [bucket, { ...bucketPolicy(denial), props: { policy: "not JSON" } }],
    ],
    unknown: [
      [bucket, { ...bucketPolicy(denial), props: { policy: unknown } }],
      [bucket, bucketPolicy({ ...denial, Principal: unknown })],
    ],
  },
  {
    rule: "s3-bucket-has-public-access-block",
    accepts: [[bucket, block]],
    refuses: [
      [bucket],
      [bucket, { ...bucket, name: "others" }, { ...block, madeFrom: { bucket: ["others"] } }],
    ],
    unknown: [[bucket, { ...block, madeFrom: {} }]],
  },
  {
    rule: "s3-bucket-has-versioning",
    accepts: [[bucket, enabled], [{ ...bucket, props: { versioning: { enabled: true } } }]],
    refuses: [[bucket], [bucket, part("Versioning", { versioningConfiguration: { status: "Suspended" } })]],
    unknown: [[bucket, part("Versioning", { versioningConfiguration: { status: unknown } })]],
  },
  {
    rule: "s3-bucket-has-logging",
    accepts: [
      [bucket, logging],
      [{ ...bucket, props: { logging: { targetBucket: "logs" } } }],
      ...["logging.s3", "delivery.logs", "cloudtrail"].map(service => [
        bucket,
        bucketPolicy(takesLogs(service)),
      ]),
      [{ ...bucket, props: { bucket: "orders" } }, workgroup("s3://orders/answers/")],
      [
        bucket,
        {
          type: "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
          name: "copies",
          madeFrom: { rules: ["orders"] },
        },
      ],
      [
        bucket,
        logging,
        { ...bucket, name: "logs" },
        { ...logging, name: "it", madeFrom: { bucket: ["orders"], targetBucket: ["logs"] } },
      ],
    ],
    refuses: [
      [bucket],
      [
        bucket,
        {
          type: "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
          name: "copied",
          madeFrom: { bucket: ["orders"] },
        },
      ],
      [bucket, bucketPolicy(takesLogs("lambda"))],
      [bucket, bucketPolicy({ ...takesLogs("cloudtrail"), Effect: "Deny" })],
      [bucket, bucketPolicy({ ...takesLogs("cloudtrail"), Action: "s3:GetBucketAcl" })],
      [{ ...bucket, props: { bucket: "orders" } }, workgroup("s3://others/")],
    ],
    unknown: [
      [bucket, { ...logging, madeFrom: {} }],
      [bucket, bucketPolicy({ ...takesLogs("cloudtrail"), Principal: unknown })],
      [{ ...bucket, props: { bucket: "orders" } }, workgroup(unknown)],
    ],
  },
  {
    rule: "s3-bucket-lifecycle",
    accepts: [
      [bucket, lifecycle({ status: "Enabled", expiration: { days: 90 } })],
      [{ ...bucket, props: { lifecycleRules: [{ enabled: true }] } }],
    ],
    refuses: [
      [bucket],
      [bucket, lifecycle({ status: "Disabled" })],
      [{ ...bucket, props: { lifecycleRules: [{ enabled: false }] } }],
    ],
    unknown: [[bucket, lifecycle({ status: unknown })]],
  },
  {
    rule: "s3-bucket-lifecycle-old-versions",
    accepts: [
      [
        bucket,
        enabled,
        lifecycle({ status: "Enabled", noncurrentVersionExpiration: { noncurrentDays: 30 } }),
      ],
      [
        bucket,
        enabled,
        lifecycle({ status: "Enabled", noncurrentVersionTransitions: [{ storageClass: "GLACIER" }] }),
      ],
      [bucket],
    ],
    refuses: [
      [bucket, enabled],
      [bucket, enabled, lifecycle({ status: "Enabled", expiration: { days: 90 } })],
    ],
    unknown: [[bucket, enabled, lifecycle({ status: unknown })]],
  },
  {
    rule: "s3-directory-bucket-lifecycle",
    accepts: [
      [{ type: "aws:s3/directoryBucket:DirectoryBucket", name: "orders" }, lifecycle({ status: "Enabled" })],
    ],
    refuses: [[{}]],
    unknown: [
      [
        { type: "aws:s3/directoryBucket:DirectoryBucket", name: "orders" },
        { ...lifecycle({ status: "Enabled" }), madeFrom: {} },
      ],
    ],
  },
  {
    rule: "s3-bucket-events",
    accepts: [
      [{ ...bucket, props: { tags: restricted } }, part("Notification", { eventbridge: true })],
      [{ ...bucket, props: { tags: { ...restricted, environment: "dev" } } }],
      [{ ...bucket, props: { tags: { ...restricted, "data-class": "internal" } } }],
    ],
    refuses: [[{ ...bucket, props: { tags: restricted } }]],
    unknown: [[{ ...bucket, props: { tags: { ...restricted, "data-class": unknown } } }]],
  },
  {
    rule: "s3-bucket-object-lock",
    accepts: [
      [lockable, trail],
      [bucket],
      [bucket, { ...lockable, name: "others" }, { ...trail, madeFrom: { s3BucketName: ["others"] } }],
    ],
    refuses: [[bucket, trail]],
    unknown: [
      [{ ...bucket, props: { objectLockEnabled: unknown } }, trail],
      [bucket, { ...trail, madeFrom: {} }],
    ],
  },
  {
    rule: "s3-bucket-object-lock-retention",
    accepts: [
      [lockable, retention({ mode: "GOVERNANCE", days: 365 })],
      [lockable, retention({ mode: "COMPLIANCE", years: 1 })],
      [
        {
          ...lockable,
          props: {
            ...lockable.props,
            objectLockConfiguration: { rule: { defaultRetention: { mode: "GOVERNANCE", days: 365 } } },
          },
        },
      ],
      [bucket],
    ],
    refuses: [
      [lockable],
      [lockable, retention({ mode: "GOVERNANCE" })],
      [lockable, retention({ days: 365 })],
    ],
    unknown: [[{ ...bucket, props: { objectLockEnabled: unknown } }]],
  },
] satisfies Cases[];
