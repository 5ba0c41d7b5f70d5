import { type Cases, type Given, unknown } from "./example";

const dataOfObjects = { field: "resources.type", equals: ["AWS::S3::Object"] };
const data = { field: "eventCategory", equals: ["Data"] };
const management = { fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] };
const advanced = (...fieldSelectors: object[]) => ({
  props: { advancedEventSelectors: [{ fieldSelectors }] },
});
const simple = (selector: object, ...values: string[]) => ({
  props: {
    eventSelectors: [{ ...selector, dataResources: [{ type: "AWS::S3::Object", values }] }],
  },
});
const leftOut = { field: "resources.ARN", notStartsWiths: ["arn:aws:s3:::trail-archive/"] };
const onlySome = { field: "resources.ARN", startsWiths: ["arn:aws:s3:::orders/"] };
const readOnly = (value: string) => ({ field: "readOnly", equals: [value] });

const inAccount = (account: string) => ({ provider: { props: { allowedAccountIds: `["${account}"]` } } });
const bucket = {
  type: "aws:s3/bucket:Bucket",
  name: "archive",
  props: { bucket: "trail-archive" },
  ...inAccount("444455556666"),
};
const trail: Given = {
  name: "trail",
  props: { s3BucketName: "trail-archive" },
  ...inAccount("111122223333"),
};
const block = (closed: unknown = true) => ({
  type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  name: "archive-block",
  props: {
    bucket: unknown,
    blockPublicAcls: true,
    blockPublicPolicy: closed,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  },
  madeFrom: { bucket: ["archive"] },
});
const logging = {
  type: "aws:s3/bucketLogging:BucketLogging",
  name: "archive-logging",
  props: { bucket: "trail-archive", targetBucket: "access-logs" },
};
const unnamed: Given = { ...trail, props: { s3BucketName: unknown } };

export default [
  {
    rule: "cloudtrail-multi-region",
    accepts: [{ props: { isMultiRegionTrail: true } }],
    refuses: [{}, { props: { isMultiRegionTrail: false } }],
    unknown: [{ props: { isMultiRegionTrail: unknown } }],
  },
  {
    rule: "cloudtrail-global-events",
    accepts: [{}, { props: { includeGlobalServiceEvents: true } }],
    refuses: [{ props: { includeGlobalServiceEvents: false } }],
    unknown: [{ props: { includeGlobalServiceEvents: unknown } }],
  },
  {
    rule: "cloudtrail-management-events",
    accepts: [
      {},
      { props: { advancedEventSelectors: [management] } },
      { props: { advancedEventSelectors: [{ fieldSelectors: [data, dataOfObjects] }, management] } },
      { props: { eventSelectors: [{}] } },
      { props: { eventSelectors: [{ readWriteType: "All", includeManagementEvents: true }] } },
      { props: { advancedEventSelectors: [{ fieldSelectors: unknown }, management] } },
    ],
    refuses: [
      advanced(data, dataOfObjects),
      { props: { eventSelectors: [{ readWriteType: "WriteOnly" }] } },
      { props: { eventSelectors: [{ includeManagementEvents: false }] } },
      advanced(...management.fieldSelectors, readOnly("false")),
    ],
    unknown: [
      { props: { eventSelectors: [{ includeManagementEvents: unknown }] } },
      { props: { advancedEventSelectors: unknown } },
      advanced({ field: "eventCategory", equals: unknown }),
    ],
  },
  {
    rule: "cloudtrail-organization",
    accepts: [{ props: { isOrganizationTrail: true } }],
    refuses: [{}, { props: { isOrganizationTrail: false } }],
    unknown: [{ props: { isOrganizationTrail: unknown } }],
  },
  {
    rule: "cloudtrail-logging-on",
    accepts: [{}, { props: { enableLogging: true } }],
    refuses: [{ props: { enableLogging: false } }],
    unknown: [{ props: { enableLogging: unknown } }],
  },
  {
    rule: "cloudtrail-cmk",
    accepts: [
      { props: { kmsKeyId: "arn:aws:kms:eu-central-1:111122223333:key/1" } },
      { props: { kmsKeyId: unknown } },
    ],
    refuses: [{}, { props: { kmsKeyId: "" } }],
  },
  {
    rule: "cloudtrail-validation",
    accepts: [{ props: { enableLogFileValidation: true } }],
    refuses: [{}, { props: { enableLogFileValidation: false } }],
    unknown: [{ props: { enableLogFileValidation: unknown } }],
  },
  {
    rule: "cloudtrail-cloudwatch",
    accepts: [{ props: { cloudWatchLogsGroupArn: unknown } }],
    refuses: [{}],
  },
  {
    rule: "cloudtrail-cloudwatch-role",
    accepts: [{ props: { cloudWatchLogsGroupArn: unknown, cloudWatchLogsRoleArn: unknown } }, {}],
    refuses: [{ props: { cloudWatchLogsGroupArn: unknown } }],
  },
  {
    rule: "cloudtrail-s3-write-events",
    accepts: [
      advanced(data, dataOfObjects, readOnly("false")),
      advanced(data, dataOfObjects, leftOut),
      simple({}, "arn:aws:s3"),
      simple({ readWriteType: "WriteOnly" }, "arn:aws:s3:::"),
    ],
    refuses: [
      {},
      advanced(data, dataOfObjects, readOnly("true")),
      advanced(data, dataOfObjects, onlySome),
      advanced(dataOfObjects),
      advanced(data, { field: "resources.type", equals: ["AWS::Lambda::Function"] }),
      simple({ readWriteType: "ReadOnly" }, "arn:aws:s3"),
      simple({}, "arn:aws:s3:::orders/"),
      {
        props: {
          eventSelectors: [{ dataResources: [{ type: "AWS::Lambda::Function", values: ["arn:aws:s3"] }] }],
        },
      },
    ],
    unknown: [
      advanced(data, dataOfObjects, readOnly(unknown)),
      { props: { eventSelectors: unknown } },
      simple({ readWriteType: unknown }, "arn:aws:s3"),
      advanced(data, dataOfObjects, { field: unknown, startsWiths: ["a"] }),
    ],
  },
  {
    rule: "cloudtrail-s3-read-events",
    accepts: [
      advanced(data, dataOfObjects),
      advanced(data, dataOfObjects, readOnly("true")),
      simple({ readWriteType: "ReadOnly" }, "arn:aws:s3"),
    ],
    refuses: [
      {},
      advanced(data, dataOfObjects, readOnly("false")),
      simple({ readWriteType: "WriteOnly" }, "arn:aws:s3"),
    ],
    unknown: [advanced(data, dataOfObjects, readOnly(unknown))],
  },
  {
    rule: "cloudtrail-protect",
    accepts: [{ protect: true }],
    refuses: [{}],
  },
  {
    rule: "cloudtrail-eds-cmk",
    accepts: [{ props: { kmsKeyId: unknown } }],
    refuses: [{}],
  },
  {
    rule: "cloudtrail-eds-termination-protection",
    accepts: [{}, { props: { terminationProtectionEnabled: true } }],
    refuses: [{ props: { terminationProtectionEnabled: false } }],
    unknown: [{ props: { terminationProtectionEnabled: unknown } }],
  },
  {
    rule: "cloudtrail-eds-all-regions",
    accepts: [{}, { props: { multiRegionEnabled: true } }],
    refuses: [{ props: { multiRegionEnabled: false } }],
    unknown: [{ props: { multiRegionEnabled: unknown } }],
  },
  {
    rule: "cloudtrail-bucket-private",
    accepts: [
      [trail, bucket, block()],
      [trail],
      [{ ...unnamed, madeFrom: { s3BucketName: ["archive"] } }, bucket, block()],
    ],
    refuses: [
      [trail, bucket],
      [trail, bucket, block(false)],
      [{ ...unnamed, madeFrom: { s3BucketName: ["archive"] } }, bucket],
    ],
    unknown: [
      [trail, bucket, block(unknown)],
      [trail, bucket, { ...block(), madeFrom: {} }],
      [unnamed, bucket],
    ],
  },
  {
    rule: "cloudtrail-bucket-logged",
    accepts: [[trail, bucket, logging], [trail]],
    refuses: [
      [trail, bucket],
      [trail, bucket, { ...logging, props: { bucket: "other" } }],
    ],
    unknown: [[trail, bucket, { ...logging, props: { bucket: unknown } }]],
  },
  {
    rule: "cloudtrail-trail-to-archive-account",
    accepts: [
      [trail, bucket],
      [trail],
      [{ name: "trail", props: { s3BucketName: "trail-archive" } }, bucket],
    ],
    refuses: [[trail, { ...bucket, ...inAccount("111122223333") }]],
    unknown: [[trail, { ...bucket, ...inAccount(unknown) }]],
  },
] satisfies Cases[];
