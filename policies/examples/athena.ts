import { type Cases, unknown } from "./example";

const configured = (configuration: object) => ({ props: { configuration } });
const results = (resultConfiguration: object) => configured({ resultConfiguration });
const encrypted = (encryptionConfiguration: object) => results({ encryptionConfiguration });
const managed = (managedQueryResultsConfiguration: object) =>
  configured({ managedQueryResultsConfiguration });
const database = (encryptionConfiguration: object) => ({ props: { encryptionConfiguration } });

export default [
  {
    rule: "athena-workgroup-encrypted",
    accepts: [
      encrypted({ encryptionOption: "SSE_KMS", kmsKeyArn: unknown }),
      encrypted({ encryptionOption: "CSE_KMS", kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1" }),
      managed({ enabled: true, encryptionConfiguration: { kmsKey: unknown } }),
    ],
    refuses: [
      {},
      encrypted({ encryptionOption: "SSE_S3" }),
      encrypted({ encryptionOption: "SSE_KMS" }),
      encrypted({ kmsKeyArn: unknown }),
      managed({ enabled: true }),
    ],
    unknown: [
      { props: { configuration: unknown } },
      encrypted({ encryptionOption: unknown, kmsKeyArn: unknown }),
      managed({ enabled: unknown }),
    ],
  },
  {
    rule: "athena-workgroup-logging",
    accepts: [configured({ publishCloudwatchMetricsEnabled: true }), {}],
    refuses: [configured({ publishCloudwatchMetricsEnabled: false })],
    unknown: [configured({ publishCloudwatchMetricsEnabled: unknown })],
  },
  {
    rule: "athena-workgroup-enforced",
    accepts: [configured({ enforceWorkgroupConfiguration: true }), {}],
    refuses: [configured({ enforceWorkgroupConfiguration: false })],
    unknown: [configured({ enforceWorkgroupConfiguration: unknown })],
  },
  {
    rule: "athena-scan-limit",
    accepts: [configured({ bytesScannedCutoffPerQuery: 1_073_741_824 })],
    refuses: [{}],
    unknown: [{ props: { configuration: unknown } }],
  },
  {
    rule: "athena-results-owner",
    accepts: [results({ outputLocation: "s3://answers/", expectedBucketOwner: "111122223333" }), {}],
    refuses: [results({ outputLocation: "s3://answers/" })],
    unknown: [configured({ resultConfiguration: unknown })],
  },
  {
    rule: "athena-no-force-destroy",
    accepts: [{}, { props: { forceDestroy: false } }],
    refuses: [{ props: { forceDestroy: true } }],
    unknown: [{ props: { forceDestroy: unknown } }],
  },
  {
    rule: "athena-database-encrypted",
    accepts: [database({ encryptionOption: "SSE_KMS", kmsKey: unknown })],
    refuses: [
      {},
      database({ encryptionOption: "SSE_S3", kmsKey: unknown }),
      database({ encryptionOption: "SSE_KMS" }),
    ],
    unknown: [{ props: { encryptionConfiguration: unknown } }],
  },
] satisfies Cases[];
