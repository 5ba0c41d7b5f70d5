import { type Cases, unknown } from "./example";

const clusterGroup = { type: "aws:rds/clusterParameterGroup:ClusterParameterGroup" };
const group = (family: string, ...parameters: object[]) => ({ props: { family, parameters } });

export default [
  {
    rule: "rds-force-tls",
    accepts: [
      group("postgres14", { name: "rds.force_ssl", value: "1" }),
      group("postgres16"),
      { ...clusterGroup, ...group("aurora-postgresql17") },
      { ...clusterGroup, ...group("aurora-mysql8.0", { name: "require_secure_transport", value: "ON" }) },
      group(
        "mysql8.4",
        { name: "slow_query_log", value: "1" },
        { name: "require_secure_transport", value: 1 },
      ),
      group("aurora-postgresql16"),
      {},
      { ...clusterGroup, ...group("aurora-postgresql16", { name: "rds.force_ssl", value: "1" }) },
      group("oracle-ee-19"),
      group("sqlserver-se-15.0", { name: "rds.force_ssl", value: "1" }),
    ],
    refuses: [
      group("postgres14"),
      group("postgres16", { name: "rds.force_ssl", value: "0" }),
      { ...clusterGroup, ...group("aurora-postgresql16") },
      { ...clusterGroup, ...group("aurora-mysql8.0", { name: "require_secure_transport", value: "OFF" }) },
      group("mysql8.4"),
      group("mariadb11.4"),
      group("sqlserver-se-15.0"),
    ],
    unknown: [
      { props: { family: unknown } },
      { props: { family: "mysql8.4", parameters: unknown } },
      group("mysql8.4", { name: "require_secure_transport", value: unknown }),
    ],
  },
  {
    rule: "rds-pg-query-logging",
    accepts: [
      group("postgres16", { name: "log_min_duration_statement", value: "1000" }),
      group("postgres16", { name: "log_min_duration_statement", value: "0" }),
      group("postgres16", { name: "log_statement", value: "ddl" }),
      group("postgres16", { name: "log_statement", value: "mod" }),
      group("postgres16", { name: "log_statement", value: "all" }),
      group("mysql8.4"),
    ],
    refuses: [
      group("postgres16"),
      group(
        "postgres16",
        { name: "log_min_duration_statement", value: "-1" },
        { name: "log_statement", value: "none" },
      ),
      { ...clusterGroup, ...group("aurora-postgresql16") },
    ],
    unknown: [
      { props: { family: unknown } },
      group("postgres16", { name: "log_min_duration_statement", value: unknown }),
    ],
  },
  {
    rule: "rds-aurora-mysql-audit",
    accepts: [
      group("aurora-mysql8.0", { name: "server_audit_logging", value: "1" }),
      group("aurora-postgresql16"),
    ],
    refuses: [
      group("aurora-mysql8.0"),
      group("aurora-mysql8.0", { name: "server_audit_logging", value: "0" }),
    ],
    unknown: [group("aurora-mysql8.0", { name: "server_audit_logging", value: unknown })],
  },
  {
    rule: "rds-proxy-tls",
    accepts: [{ props: { requireTls: true } }],
    refuses: [{}, { props: { requireTls: false } }],
    unknown: [{ props: { requireTls: unknown } }],
  },
  {
    rule: "rds-proxy-no-debug",
    accepts: [{ props: { debugLogging: false } }, {}],
    refuses: [{ props: { debugLogging: true } }],
    unknown: [{ props: { debugLogging: unknown } }],
  },
  {
    rule: "rds-snapshot-not-public",
    accepts: [{ props: { sharedAccounts: ["111122223333"] } }, {}],
    refuses: [
      { props: { sharedAccounts: ["all"] } },
      {
        type: "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy",
        props: { sharedAccounts: [unknown, "all"] },
      },
    ],
    unknown: [{ props: { sharedAccounts: unknown } }, { props: { sharedAccounts: [unknown] } }],
  },
  {
    rule: "rds-snapshot-encrypted",
    accepts: [{ props: { kmsKeyId: unknown } }],
    refuses: [{}, { type: "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy" }],
  },
  {
    rule: "rds-event-subscriptions",
    accepts: [
      { props: { sourceType: "db-instance" } },
      {
        props: {
          sourceType: "db-instance",
          eventCategories: ["failure", "maintenance", "configuration change"],
        },
      },
      { props: { sourceType: "db-cluster", eventCategories: ["maintenance", "failure"] } },
      { props: { sourceType: "db-snapshot", eventCategories: ["restoration"] } },
      { props: { sourceType: "db-parameter-group", eventCategories: ["configuration change"] } },
      { props: { sourceType: "db-security-group", eventCategories: ["configuration change", "failure"] } },
    ],
    refuses: [
      { props: { sourceType: "db-instance", eventCategories: ["failure"] } },
      { props: { enabled: false } },
      { props: { sourceType: "db-cluster", eventCategories: ["failure"] } },
      { props: { sourceType: "db-parameter-group", eventCategories: ["creation"] } },
      { props: { sourceType: "db-security-group", eventCategories: ["failure"] } },
      { props: { sourceType: "db-security-group", eventCategories: ["configuration change"] } },
    ],
    unknown: [
      { props: { enabled: unknown } },
      { props: { sourceType: "db-cluster", eventCategories: unknown } },
      { props: { sourceType: unknown, eventCategories: ["failure"] } },
    ],
  },
  {
    rule: "rds-proxy-known-clients",
    accepts: [
      { props: { defaultAuthScheme: "IAM_AUTH" } },
      { props: { auths: [{ secretArn: unknown, iamAuth: "REQUIRED" }] } },
    ],
    refuses: [
      { props: { auths: [{ secretArn: unknown, iamAuth: "DISABLED" }] } },
      { props: { auths: [{ iamAuth: "REQUIRED" }, {}] } },
      {},
    ],
    unknown: [{ props: { defaultAuthScheme: unknown } }, { props: { auths: [{ iamAuth: unknown }] } }],
  },
] satisfies Cases[];
