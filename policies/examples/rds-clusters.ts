import { inDev, inProd, somewhere } from "./environments";
import { type Cases, unknown } from "./example";

const cluster = { type: "aws:rds/cluster:Cluster" };
const member = { type: "aws:rds/clusterInstance:ClusterInstance" };
const orders = { ...cluster, name: "orders", ...inProd, props: { clusterIdentifier: "orders" } };
const memberOf = (name: string, props: object = {}) => ({
  ...member,
  name,
  props: { clusterIdentifier: unknown, ...props },
  madeFrom: { clusterIdentifier: ["orders"] },
});
const byName = (name: string, clusterIdentifier: string) => ({
  ...member,
  name,
  props: { clusterIdentifier },
});

export default [
  {
    rule: "rds-cluster-encrypted",
    accepts: [
      { props: { storageEncrypted: true } },
      { type: "aws:rds/globalCluster:GlobalCluster", props: { sourceDbClusterIdentifier: unknown } },
    ],
    refuses: [{}, { type: "aws:rds/globalCluster:GlobalCluster", props: { engine: "aurora-postgresql" } }],
    unknown: [{ props: { storageEncrypted: unknown } }],
  },
  {
    rule: "rds-cluster-multi-az",
    accepts: [
      [orders, memberOf("first"), memberOf("second")],
      [
        orders,
        memberOf("first", { availabilityZone: "eu-central-1a" }),
        memberOf("second", { availabilityZone: "eu-central-1b" }),
      ],
      [orders, memberOf("first", { availabilityZone: "eu-central-1a" }), memberOf("second")],
      [orders, memberOf("first"), memberOf("second"), { ...memberOf("third"), madeFrom: {} }],
      [orders, byName("first", "orders"), byName("second", "orders")],
      [{ ...orders, props: { dbClusterInstanceClass: "db.m6gd.large" } }],
      [{ ...orders, ...inDev }, memberOf("first")],
    ],
    refuses: [
      [orders, memberOf("first")],
      [orders],
      [
        orders,
        memberOf("first", { availabilityZone: "eu-central-1a" }),
        memberOf("second", { availabilityZone: "eu-central-1a" }),
      ],
      [orders, byName("first", "orders"), byName("second", "others")],
      [
        orders,
        { ...orders, name: "others" },
        memberOf("first"),
        { ...memberOf("second"), madeFrom: { clusterIdentifier: ["others"] } },
        { ...memberOf("third"), madeFrom: { clusterIdentifier: ["others"] } },
      ],
    ],
    unknown: [
      [orders, memberOf("first"), { ...memberOf("second"), madeFrom: {} }],
      [
        orders,
        memberOf("first", { availabilityZone: unknown }),
        memberOf("second", { availabilityZone: "eu-central-1a" }),
      ],
      [{ ...orders, ...somewhere }, memberOf("first")],
    ],
  },
  {
    rule: "rds-cluster-deletion-protection",
    accepts: [{ ...inProd, props: { deletionProtection: true } }, inDev],
    refuses: [inProd, { ...inProd, type: "aws:rds/globalCluster:GlobalCluster" }],
    unknown: [somewhere, { props: { deletionProtection: unknown } }],
  },
  {
    rule: "rds-cluster-logs",
    accepts: [
      { props: { engine: "aurora-postgresql", enabledCloudwatchLogsExports: ["postgresql"] } },
      { props: { engine: "aurora-mysql", enabledCloudwatchLogsExports: ["audit", "error"] } },
    ],
    refuses: [
      { props: { engine: "aurora-postgresql" } },
      { props: { engine: "aurora-mysql", enabledCloudwatchLogsExports: ["error", "slowquery"] } },
    ],
    unknown: [{ props: { engine: "aurora-mysql", enabledCloudwatchLogsExports: unknown } }],
  },
  {
    rule: "rds-cluster-iam-auth",
    accepts: [{ props: { iamDatabaseAuthenticationEnabled: true } }],
    refuses: [{}],
    unknown: [{ props: { iamDatabaseAuthenticationEnabled: unknown } }],
  },
  {
    rule: "rds-cluster-backups",
    accepts: [
      { ...inProd, props: { backupRetentionPeriod: 35 } },
      { ...inDev, props: { backupRetentionPeriod: 7 } },
    ],
    refuses: [inDev, { ...inProd, props: { backupRetentionPeriod: 7 } }],
    unknown: [{ props: { backupRetentionPeriod: unknown } }],
  },
  {
    rule: "rds-backtrack",
    accepts: [
      { props: { engine: "aurora-mysql", backtrackWindow: 259200 } },
      { props: { engine: "aurora-postgresql" } },
    ],
    refuses: [
      { props: { engine: "aurora-mysql" } },
      { props: { engine: "aurora-mysql", backtrackWindow: 0 } },
    ],
    unknown: [
      { props: { engine: unknown } },
      { props: { engine: "aurora-mysql", backtrackWindow: unknown } },
    ],
  },
] satisfies Cases[];
