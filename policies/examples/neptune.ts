import { inDev, inProd, somewhere } from "./environments";
import { type Cases, unknown } from "./example";

export default [
  {
    rule: "neptune-encrypted",
    accepts: [{ props: { storageEncrypted: true } }],
    refuses: [{}, { props: { storageEncrypted: false } }],
    unknown: [{ props: { storageEncrypted: unknown } }],
  },
  {
    rule: "neptune-cmk",
    accepts: [{ props: { kmsKeyArn: unknown } }],
    refuses: [{ props: { storageEncrypted: true } }],
  },
  {
    rule: "neptune-audit-logs",
    accepts: [{ props: { enableCloudwatchLogsExports: ["slowquery", "audit"] } }],
    refuses: [{}, { props: { enableCloudwatchLogsExports: ["slowquery"] } }],
    unknown: [{ props: { enableCloudwatchLogsExports: unknown } }],
  },
  {
    rule: "neptune-deletion-protection",
    accepts: [{ ...inProd, props: { deletionProtection: true } }, inDev],
    refuses: [inProd],
    unknown: [somewhere, { props: { deletionProtection: unknown } }],
  },
  {
    rule: "neptune-backups",
    accepts: [
      { ...inProd, props: { backupRetentionPeriod: 35 } },
      { ...inDev, props: { backupRetentionPeriod: 7 } },
    ],
    refuses: [
      inDev,
      { ...inDev, props: { backupRetentionPeriod: 6 } },
      { ...inProd, props: { backupRetentionPeriod: 34 } },
    ],
    unknown: [{ props: { backupRetentionPeriod: unknown } }],
  },
  {
    rule: "neptune-iam-auth",
    accepts: [{ props: { iamDatabaseAuthenticationEnabled: true } }],
    refuses: [{}],
    unknown: [{ props: { iamDatabaseAuthenticationEnabled: unknown } }],
  },
  {
    rule: "neptune-copy-tags",
    accepts: [{ props: { copyTagsToSnapshot: true } }],
    refuses: [{}],
    unknown: [{ props: { copyTagsToSnapshot: unknown } }],
  },
] satisfies Cases[];
