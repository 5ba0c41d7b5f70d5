import { type Cases, unknown } from "./example";

const recorder = { name: "recorder", props: { name: "default", region: "eu-central-1" } };
const status = {
  type: "aws:cfg/recorderStatus:RecorderStatus",
  name: "status",
  props: { name: "default", isEnabled: true },
  madeFrom: { name: ["recorder"] },
};
const channel = (region?: unknown) => ({
  type: "aws:cfg/deliveryChannel:DeliveryChannel",
  name: "channel",
  props: region === undefined ? {} : { region },
});
const delivering = {
  type: "aws:cfg/deliveryChannel:DeliveryChannel",
  name: "channel",
  props: { s3BucketName: "archive" },
};
const bucket = { type: "aws:s3/bucket:Bucket", name: "bucket", props: { bucket: "archive" } };
const encryption = (sseAlgorithm: string) => ({
  type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  name: "encryption",
  props: { bucket: "archive", rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm } }] },
});
const inAccount = (account: string) => ({ provider: { props: { allowedAccountIds: `["${account}"]` } } });
const recording = (name: string, includeGlobalResourceTypes: unknown) => ({
  name,
  props: { recordingGroup: { includeGlobalResourceTypes } },
});
const role = (path: string) => ({ props: { roleArn: `arn:aws:iam::111122223333:role/${path}` } });

export default [
  {
    rule: "config-recorder-all",
    accepts: [{ props: { recordingGroup: { allSupported: true } } }, {}],
    refuses: [{ props: { recordingGroup: { allSupported: false, resourceTypes: ["AWS::S3::Bucket"] } } }],
    unknown: [{ props: { recordingGroup: unknown } }],
  },
  {
    rule: "config-recorder-on",
    accepts: [{ props: { isEnabled: true } }],
    refuses: [{ props: { isEnabled: false } }, {}],
    unknown: [{ props: { isEnabled: unknown } }],
  },
  {
    rule: "config-recorder-started",
    accepts: [
      [recorder, status],
      [recorder, { ...status, madeFrom: {} }],
    ],
    refuses: [[recorder], [recorder, { ...status, madeFrom: {}, props: { name: "other" } }]],
    unknown: [[recorder, { ...status, madeFrom: {}, props: { name: unknown } }]],
  },
  {
    rule: "config-recorder-delivers",
    accepts: [
      [recorder, channel("eu-central-1")],
      [{ name: "recorder" }, channel()],
    ],
    refuses: [[recorder], [recorder, channel("eu-west-1")]],
    unknown: [[recorder, channel(unknown)]],
  },
  {
    rule: "config-global-types",
    accepts: [
      [recording("home", true), recording("ireland", false)],
      [
        { ...recording("home", true), ...inAccount("111122223333") },
        { ...recording("other", true), ...inAccount("444455556666") },
      ],
    ],
    refuses: [[recording("home", false)], [recording("home", true), recording("ireland", true)], [recorder]],
    unknown: [[recording("home", unknown)], [{ ...recording("home", true), ...inAccount(unknown) }]],
  },
  {
    rule: "config-service-linked-role",
    accepts: [role("aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig")],
    refuses: [role("config"), role("AWSServiceRoleForConfig"), {}],
    unknown: [{ props: { roleArn: unknown } }],
  },
  {
    rule: "config-delivery-encrypted",
    accepts: [
      { props: { s3BucketName: "archive", s3KmsKeyArn: unknown } },
      [delivering, bucket, encryption("aws:kms")],
      [delivering],
      [{ ...delivering, props: { s3BucketName: "archive", s3KmsKeyArn: unknown } }, bucket],
    ],
    refuses: [
      [delivering, bucket],
      [delivering, bucket, encryption("AES256")],
      [delivering, bucket, { ...encryption("aws:kms"), props: { bucket: "other" } }],
      {},
    ],
    unknown: [
      [delivering, bucket, encryption(unknown)],
      [{ ...delivering, props: { s3BucketName: unknown } }, bucket],
    ],
  },
  {
    rule: "config-aggregator-all-regions",
    accepts: [
      { props: { organizationAggregationSource: { allRegions: true } } },
      { props: { accountAggregationSource: { allRegions: true } } },
    ],
    refuses: [
      { props: { organizationAggregationSource: { regions: ["eu-central-1"] } } },
      { props: { accountAggregationSource: { allRegions: false } } },
    ],
    unknown: [{ props: { organizationAggregationSource: unknown } }],
  },
  {
    rule: "config-aggregator-organization",
    accepts: [{ props: { organizationAggregationSource: { allRegions: true } } }],
    refuses: [{ props: { accountAggregationSource: { accountIds: ["111122223333"] } } }],
  },
  {
    rule: "config-recorder-continuous",
    accepts: [{}, { props: { recordingMode: { recordingFrequency: "CONTINUOUS" } } }],
    refuses: [{ props: { recordingMode: { recordingFrequency: "DAILY" } } }],
    unknown: [{ props: { recordingMode: { recordingFrequency: unknown } } }],
  },
] satisfies Cases[];
