import { type Cases, unknown } from "./example";

const four = {
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
};

const allUsers = "http://acs.amazonaws.com/groups/global/AllUsers";
const signedIn = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
const granting = (uri: string, permission: string) => ({
  props: { accessControlPolicy: { grants: [{ grantee: { type: "Group", uri }, permission }] } },
});
const inBucket = (uri: string, ...permissions: string[]) => ({
  type: "aws:s3/bucket:Bucket",
  props: { grants: [{ type: "Group", uri, permissions }] },
});
const encrypted = (rule: object) => ({ props: { rules: [rule] } });
const byDefault = (sseAlgorithm: string, kmsMasterKeyId?: string) => ({
  applyServerSideEncryptionByDefault: { sseAlgorithm, ...(kmsMasterKeyId && { kmsMasterKeyId }) },
});
const bucket = { type: "aws:s3/bucket:Bucket", name: "orders", props: { bucket: "orders" } };
const logging = (bucketName: string, targetBucket: string, madeFrom = {}) => ({
  type: "aws:s3/bucketLogging:BucketLogging",
  name: "logging",
  props: { bucket: bucketName, targetBucket },
  madeFrom,
});
const aborting = (daysAfterInitiation: number | string, status = "Enabled") => ({
  props: { rules: [{ status, abortIncompleteMultipartUpload: { daysAfterInitiation } }] },
});

export default [
  {
    rule: "s3-account-public-access-block",
    accepts: [{ props: four }],
    refuses: [{}, ...Object.keys(four).map(one => ({ props: { ...four, [one]: false } }))],
    unknown: [{ props: { ...four, blockPublicAcls: unknown } }],
  },
  {
    rule: "s3-bucket-public-access-block",
    accepts: [{ props: four }],
    refuses: [{}, ...Object.keys(four).map(one => ({ props: { ...four, [one]: false } }))],
    unknown: [{ props: { ...four, blockPublicAcls: unknown } }],
  },
  {
    rule: "s3-access-point-block",
    accepts: [{ props: { publicAccessBlockConfiguration: four } }, {}],
    refuses: [
      ...Object.keys(four).map(one => ({
        props: { publicAccessBlockConfiguration: { ...four, [one]: false } },
      })),
    ],
    unknown: [{ props: { publicAccessBlockConfiguration: { ...four, blockPublicAcls: unknown } } }],
  },
  {
    rule: "s3-multi-region-access-point-block",
    accepts: [{ props: { details: { publicAccessBlock: four } } }, {}],
    refuses: [
      ...Object.keys(four).map(one => ({
        props: { details: { publicAccessBlock: { ...four, [one]: false } } },
      })),
    ],
    unknown: [{ props: { details: { publicAccessBlock: { ...four, blockPublicAcls: unknown } } } }],
  },
  {
    rule: "s3-bucket-no-public-read-acl",
    accepts: [
      { props: { acl: "private" } },
      {},
      granting(allUsers, "WRITE"),
      granting("http://acs.amazonaws.com/groups/s3/LogDelivery", "READ"),
      inBucket(allUsers, "WRITE"),
      inBucket("http://acs.amazonaws.com/groups/s3/LogDelivery", "READ"),
    ],
    refuses: [
      { props: { acl: "public-read" } },
      { type: "aws:s3/bucket:Bucket", props: { acl: "authenticated-read" } },
      granting(signedIn, "READ_ACP"),
      inBucket(allUsers, "WRITE", "FULL_CONTROL"),
    ],
    unknown: [
      { props: { acl: unknown } },
      { props: { accessControlPolicy: unknown } },
      granting(allUsers, unknown),
      inBucket(unknown, "READ"),
    ],
  },
  {
    rule: "s3-bucket-no-public-write-acl",
    accepts: [{ props: { acl: "public-read" } }, {}, granting(allUsers, "READ"), inBucket(allUsers, "READ")],
    refuses: [
      { props: { acl: "public-read-write" } },
      granting(allUsers, "WRITE_ACP"),
      inBucket(signedIn, "READ", "WRITE"),
    ],
    unknown: [{ props: { acl: unknown } }],
  },
  {
    rule: "s3-bucket-acls-disabled",
    accepts: [{ props: { rule: { objectOwnership: "BucketOwnerEnforced" } } }],
    refuses: [{ props: { rule: { objectOwnership: "BucketOwnerPreferred" } } }, {}],
    unknown: [{ props: { rule: { objectOwnership: unknown } } }],
  },
  {
    rule: "s3-bucket-customer-key",
    accepts: [
      encrypted(byDefault("aws:kms", unknown)),
      encrypted(byDefault("aws:kms:dsse", "alias/orders")),
      // s3-bucket-encryption looks at those.
      encrypted(byDefault("AES256")),
    ],
    refuses: [encrypted(byDefault("aws:kms")), encrypted(byDefault("aws:kms:dsse", "alias/aws/s3"))],
    unknown: [encrypted(byDefault(unknown))],
  },
  {
    rule: "s3-bucket-key",
    accepts: [
      encrypted({ ...byDefault("aws:kms", unknown), bucketKeyEnabled: true }),
      encrypted(byDefault("AES256")),
      encrypted(byDefault("aws:kms:dsse")),
    ],
    refuses: [encrypted(byDefault("aws:kms", unknown))],
    unknown: [encrypted({ ...byDefault("aws:kms"), bucketKeyEnabled: unknown })],
  },
  {
    rule: "s3-bucket-versioning",
    accepts: [{ props: { versioningConfiguration: { status: "Enabled" } } }],
    refuses: [{ props: { versioningConfiguration: { status: "Suspended" } } }, {}],
    unknown: [{ props: { versioningConfiguration: { status: unknown } } }],
  },
  {
    rule: "s3-log-sink-not-self",
    accepts: [
      [bucket, logging("orders", "logs")],
      [
        bucket,
        logging(unknown, unknown, { bucket: ["orders"], targetBucket: ["logs"] }),
        { ...bucket, name: "logs" },
      ],
    ],
    refuses: [
      [bucket, logging("orders", "orders")],
      [bucket, logging(unknown, unknown, { bucket: ["orders"], targetBucket: ["orders"] })],
      [logging("elsewhere", "elsewhere")],
    ],
    unknown: [[bucket, logging("orders", unknown)]],
  },
  {
    rule: "s3-lifecycle-abort-multipart",
    accepts: [aborting(7)],
    refuses: [aborting(8), aborting(7, "Disabled"), {}],
    unknown: [aborting(unknown)],
  },
  {
    rule: "s3-no-website",
    accepts: [bucket],
    refuses: [{}, { ...bucket, props: { website: { indexDocument: "index.html" } } }],
  },
  {
    rule: "s3-no-force-destroy-prod",
    accepts: [
      { props: { tags: { environment: "dev" }, forceDestroy: true } },
      { props: { forceDestroy: false } },
    ],
    refuses: [{ props: { tags: { environment: "prod" }, forceDestroy: true } }],
    unknown: [{ props: { forceDestroy: unknown } }],
  },
  {
    rule: "s3-no-deprecated-aliases",
    accepts: [bucket],
    refuses: [{ type: "aws:s3/bucketV2:BucketV2" }, { type: "aws:s3/bucketVersioningV2:BucketVersioningV2" }],
  },
] satisfies Cases[];
