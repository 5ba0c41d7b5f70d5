import { inDev, inProd, somewhere } from "./environments";
import { type Cases, unknown } from "./example";

const cluster = { type: "aws:rds/cluster:Cluster" };
const member = { type: "aws:rds/clusterInstance:ClusterInstance" };

export default [
  {
    rule: "rds-instance-encrypted",
    accepts: [{ props: { storageEncrypted: true } }],
    refuses: [{}, { props: { storageEncrypted: false } }],
    unknown: [{ props: { storageEncrypted: unknown } }],
  },
  {
    rule: "rds-not-public",
    accepts: [{ props: { publiclyAccessible: false } }, {}],
    refuses: [{ props: { publiclyAccessible: true } }, { ...member, props: { publiclyAccessible: true } }],
    unknown: [{ props: { publiclyAccessible: unknown } }],
  },
  {
    rule: "rds-instance-multi-az",
    accepts: [{ ...inProd, props: { multiAz: true } }, inDev],
    refuses: [inProd, { props: { multiAz: false } }],
    unknown: [somewhere, { ...inProd, props: { multiAz: unknown } }],
  },
  {
    rule: "rds-enhanced-monitoring",
    accepts: [{ props: { monitoringInterval: 60 } }, { ...member, props: { monitoringInterval: 1 } }],
    refuses: [{}, { ...member, props: { monitoringInterval: 0 } }],
    unknown: [{ props: { monitoringInterval: unknown } }],
  },
  {
    rule: "rds-performance-insights",
    accepts: [
      { props: { instanceClass: "db.m8g.large", performanceInsightsEnabled: true } },
      { props: { instanceClass: "db.t4g.micro" } },
    ],
    refuses: [{ props: { instanceClass: "db.m8g.large" } }, { props: { instanceClass: "db.t4g.medium" } }],
    unknown: [
      { props: { instanceClass: unknown } },
      { props: { instanceClass: "db.m8g.large", performanceInsightsEnabled: unknown } },
    ],
  },
  {
    rule: "rds-performance-insights-cmk",
    accepts: [
      { props: { performanceInsightsEnabled: true, performanceInsightsKmsKeyId: unknown } },
      { ...member, props: {} },
    ],
    refuses: [
      { props: { performanceInsightsEnabled: true } },
      { ...cluster, props: { performanceInsightsEnabled: true } },
      { ...member, props: { performanceInsightsEnabled: true } },
    ],
    unknown: [{ props: { performanceInsightsEnabled: unknown } }],
  },
  {
    rule: "rds-instance-deletion-protection",
    accepts: [{ ...inProd, props: { deletionProtection: true } }, inDev],
    refuses: [inProd],
    unknown: [somewhere, { props: { deletionProtection: unknown } }],
  },
  {
    rule: "rds-instance-logs",
    accepts: [
      { props: { engine: "postgres", enabledCloudwatchLogsExports: ["postgresql"] } },
      { props: { engine: "mysql", enabledCloudwatchLogsExports: ["slowquery", "error", unknown] } },
      { props: { engine: "mariadb", enabledCloudwatchLogsExports: ["error", "slowquery"] } },
      { props: { engine: "sqlserver-se", enabledCloudwatchLogsExports: ["error"] } },
      { props: { engine: "oracle-ee", enabledCloudwatchLogsExports: ["alert", "audit"] } },
      { props: { engine: "db2-se", enabledCloudwatchLogsExports: ["diag.log"] } },
    ],
    refuses: [
      { props: { engine: "postgres" } },
      { props: { engine: "postgres", enabledCloudwatchLogsExports: ["upgrade"] } },
      { props: { engine: "mysql", enabledCloudwatchLogsExports: ["error"] } },
      { props: { engine: "mariadb", enabledCloudwatchLogsExports: ["slowquery"] } },
      { props: { engine: "sqlserver-se", enabledCloudwatchLogsExports: ["agent"] } },
      { props: { engine: "oracle-se2", enabledCloudwatchLogsExports: ["alert"] } },
      { props: { replicateSourceDb: "orders" } },
    ],
    unknown: [
      { props: { engine: "postgres", enabledCloudwatchLogsExports: unknown } },
      { props: { engine: "postgres", enabledCloudwatchLogsExports: [unknown] } },
      { props: { engine: unknown, enabledCloudwatchLogsExports: ["error"] } },
    ],
  },
  {
    rule: "rds-instance-iam-auth",
    accepts: [
      { props: { engine: "postgres", iamDatabaseAuthenticationEnabled: true } },
      { props: { engine: "sqlserver-se" } },
    ],
    refuses: [
      { props: { engine: "postgres" } },
      { props: { engine: "mysql" } },
      { props: { engine: "mariadb" } },
    ],
    unknown: [
      { props: { engine: unknown } },
      { props: { engine: "mysql", iamDatabaseAuthenticationEnabled: unknown } },
    ],
  },
  {
    rule: "rds-backups",
    accepts: [
      { ...inProd, props: { backupRetentionPeriod: 35 } },
      { ...inDev, props: { backupRetentionPeriod: 7 } },
      { ...inProd, props: { replicateSourceDb: unknown } },
    ],
    refuses: [
      inDev,
      { ...inDev, props: { backupRetentionPeriod: 6 } },
      { ...inProd, props: { backupRetentionPeriod: 34 } },
    ],
    unknown: [
      { ...somewhere, props: { backupRetentionPeriod: 7 } },
      { props: { backupRetentionPeriod: unknown } },
    ],
  },
  {
    rule: "rds-minor-upgrades",
    accepts: [{ props: { autoMinorVersionUpgrade: true } }, {}],
    refuses: [
      { props: { autoMinorVersionUpgrade: false } },
      { ...member, props: { autoMinorVersionUpgrade: false } },
    ],
    unknown: [{ props: { autoMinorVersionUpgrade: unknown } }],
  },
  {
    rule: "rds-storage-grows",
    accepts: [
      { props: { allocatedStorage: 100, maxAllocatedStorage: 200 } },
      { props: { replicateSourceDb: "orders" } },
    ],
    refuses: [
      { props: { allocatedStorage: 100 } },
      { props: { allocatedStorage: 100, maxAllocatedStorage: 100 } },
    ],
    unknown: [
      { props: { allocatedStorage: unknown } },
      { props: { allocatedStorage: 100, maxAllocatedStorage: unknown } },
    ],
  },
  {
    rule: "rds-ca-current",
    accepts: [{ props: { caCertIdentifier: "rds-ca-rsa2048-g1" } }, {}],
    refuses: [
      { props: { caCertIdentifier: "rds-ca-2019" } },
      { ...member, props: { caCertIdentifier: "rds-ca-2015" } },
    ],
    unknown: [{ props: { caCertIdentifier: unknown } }],
  },
] satisfies Cases[];
