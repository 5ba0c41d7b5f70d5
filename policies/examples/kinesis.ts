import { type Cases, unknown } from "./example";

const ownKey = { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: unknown };
const fromStream = { props: { kinesisSourceConfiguration: { kinesisStreamArn: unknown } } };

export default [
  {
    rule: "kinesis-encrypted",
    accepts: [{ props: { encryptionType: "KMS" } }],
    refuses: [{}, { props: { encryptionType: "NONE" } }],
    unknown: [{ props: { encryptionType: unknown } }],
  },
  {
    rule: "kinesis-cmk",
    accepts: [{ props: { kmsKeyId: "alias/orders" } }, { props: { kmsKeyId: unknown } }],
    refuses: [{ props: { encryptionType: "KMS" } }, { props: { kmsKeyId: "alias/aws/kinesis" } }],
  },
  {
    rule: "kinesis-retention",
    accepts: [{ props: { retentionPeriod: 168 } }],
    refuses: [{}, { props: { retentionPeriod: 167 } }],
    unknown: [{ props: { retentionPeriod: unknown } }],
  },
  {
    rule: "firehose-encrypted",
    accepts: [{ props: { serverSideEncryption: { enabled: true } } }, fromStream],
    refuses: [{}, { props: { serverSideEncryption: { enabled: false } } }],
    unknown: [{ props: { serverSideEncryption: unknown } }],
  },
  {
    rule: "firehose-cmk",
    accepts: [{ props: { serverSideEncryption: ownKey } }, fromStream],
    refuses: [{ props: { serverSideEncryption: { enabled: true } } }],
    unknown: [{ props: { serverSideEncryption: { enabled: true, keyType: unknown } } }],
  },
] satisfies Cases[];
