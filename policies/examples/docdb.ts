import { inDev, inProd, somewhere } from "./environments";
import { type Cases, unknown } from "./example";

const group = (...parameters: object[]) => ({ props: { family: "docdb5.0", parameters } });

export default [
  {
    rule: "docdb-encrypted",
    accepts: [{ props: { storageEncrypted: true } }],
    refuses: [{}, { props: { storageEncrypted: false } }],
    unknown: [{ props: { storageEncrypted: unknown } }],
  },
  {
    rule: "docdb-cmk",
    accepts: [{ props: { kmsKeyId: unknown } }],
    refuses: [{ props: { storageEncrypted: true } }],
  },
  {
    rule: "docdb-backups",
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
    rule: "docdb-audit-logs",
    accepts: [{ props: { enabledCloudwatchLogsExports: ["profiler", "audit"] } }],
    refuses: [{}, { props: { enabledCloudwatchLogsExports: ["profiler"] } }],
    unknown: [{ props: { enabledCloudwatchLogsExports: unknown } }],
  },
  {
    rule: "docdb-deletion-protection",
    accepts: [{ ...inProd, props: { deletionProtection: true } }, inDev],
    refuses: [inProd],
    unknown: [somewhere, { props: { deletionProtection: unknown } }],
  },
  {
    rule: "docdb-tls",
    accepts: [group({ name: "tls", value: "tls1.2+" }), group({ name: "audit_logs", value: "disabled" }), {}],
    refuses: [group({ name: "tls", value: "disabled" })],
    unknown: [group({ name: "tls", value: unknown }), { props: { parameters: unknown } }],
  },
  {
    rule: "docdb-managed-password",
    accepts: [{ props: { manageMasterUserPassword: true } }, { props: { globalClusterIdentifier: unknown } }],
    refuses: [
      { props: { masterPassword: unknown } },
      {},
      { props: { manageMasterUserPassword: true, masterPassword: "not-shown" } },
    ],
    unknown: [{ props: { manageMasterUserPassword: unknown } }],
  },
] satisfies Cases[];
