import { inDev, inProd, somewhere } from "./environments";
import { type Cases, unknown } from "./example";

const single = { type: "aws:elasticache/cluster:Cluster" };
const serverless = { type: "aws:elasticache/serverlessCache:ServerlessCache" };

export default [
  {
    rule: "cache-backups",
    accepts: [
      { ...inProd, props: { snapshotRetentionLimit: 7 } },
      { ...inDev, props: { snapshotRetentionLimit: 1 } },
      { ...inProd, ...serverless, props: { engine: "memcached" } },
    ],
    refuses: [
      inDev,
      { ...inProd, props: { snapshotRetentionLimit: 6 } },
      { ...inProd, ...serverless, props: { engine: "valkey" } },
    ],
    unknown: [
      { props: { snapshotRetentionLimit: unknown } },
      { ...somewhere, props: { snapshotRetentionLimit: 1 } },
    ],
  },
  {
    rule: "cache-minor-upgrades",
    accepts: [{ props: { autoMinorVersionUpgrade: true } }, {}],
    refuses: [
      { props: { autoMinorVersionUpgrade: false } },
      { ...single, props: { autoMinorVersionUpgrade: "false" } },
    ],
    unknown: [{ props: { autoMinorVersionUpgrade: unknown } }],
  },
  {
    rule: "cache-failover",
    accepts: [{ ...inProd, props: { automaticFailoverEnabled: true } }, inDev],
    refuses: [inProd],
    unknown: [somewhere, { props: { automaticFailoverEnabled: unknown } }],
  },
  {
    rule: "cache-multi-az",
    accepts: [{ ...inProd, props: { multiAzEnabled: true } }, inDev],
    refuses: [inProd],
    unknown: [somewhere, { props: { multiAzEnabled: unknown } }],
  },
  {
    rule: "cache-at-rest",
    accepts: [
      { props: { atRestEncryptionEnabled: true } },
      { props: { engine: "valkey" } },
      { props: { engine: unknown, atRestEncryptionEnabled: true } },
    ],
    refuses: [
      { props: { engine: "redis" } },
      {},
      { props: { engine: "valkey", atRestEncryptionEnabled: false } },
    ],
    unknown: [{ props: { atRestEncryptionEnabled: unknown } }, { props: { engine: unknown } }],
  },
  {
    rule: "cache-cmk",
    accepts: [{ props: { kmsKeyId: unknown } }],
    refuses: [{}, serverless],
  },
  {
    rule: "cache-in-transit",
    accepts: [
      { props: { transitEncryptionEnabled: true, transitEncryptionMode: "required" } },
      { props: { transitEncryptionEnabled: true } },
      { ...single, props: { replicationGroupId: unknown } },
    ],
    refuses: [
      {},
      { props: { transitEncryptionEnabled: true, transitEncryptionMode: "preferred" } },
      { ...single, props: { engine: "memcached" } },
      { props: { replicationGroupId: "sessions" } },
    ],
    unknown: [{ props: { transitEncryptionEnabled: unknown } }],
  },
  {
    rule: "cache-auth",
    accepts: [
      { props: { userGroupIds: [unknown] } },
      { props: { authToken: unknown } },
      { props: { authTokenWo: unknown } },
      { ...serverless, props: { userGroupId: "sessions" } },
      { ...serverless, props: { engine: "memcached" } },
    ],
    refuses: [{}, { props: { userGroupIds: [] } }, serverless],
    unknown: [{ props: { userGroupIds: unknown } }],
  },
  {
    rule: "cache-user-known",
    accepts: [
      { props: { accessString: "on ~* +@read", authenticationMode: { type: "iam" } } },
      { props: { accessString: "off -@all", authenticationMode: { type: "no-password-required" } } },
    ],
    refuses: [
      { props: { accessString: "on ~* +@all", authenticationMode: { type: "no-password-required" } } },
      { props: { accessString: "on ~offers* +@all", noPasswordRequired: true } },
    ],
    unknown: [{ props: { accessString: unknown } }, { props: { authenticationMode: unknown } }],
  },
  {
    rule: "cache-subnet-group",
    accepts: [
      { props: { subnetGroupName: "orders-sessions" } },
      { ...serverless, props: { subnetIds: ["subnet-1"] } },
      { ...single, props: { replicationGroupId: "sessions" } },
    ],
    refuses: [
      {},
      { props: { subnetGroupName: "default" } },
      single,
      serverless,
      { props: { replicationGroupId: "sessions" } },
    ],
    unknown: [{ props: { subnetGroupName: unknown } }],
  },
  {
    rule: "cache-logs",
    accepts: [{ props: { logDeliveryConfigurations: [{ logType: "slow-log" }, { logType: "engine-log" }] } }],
    refuses: [
      {},
      { props: { logDeliveryConfigurations: [{ logType: "slow-log" }] } },
      { props: { logDeliveryConfigurations: [{ logType: "engine-log" }] } },
    ],
    unknown: [{ props: { logDeliveryConfigurations: unknown } }],
  },
  {
    rule: "cache-engine-supported",
    accepts: [
      { props: { engine: "valkey", engineVersion: "8.1" } },
      { props: { engine: "redis", engineVersion: "6.x" } },
      { props: { engine: "redis", engineVersion: "6.2" } },
      { props: { engine: "redis", engineVersion: "7.1" } },
      { props: { engine: "redis", engineVersion: "7" } },
      { props: { engine: "valkey", engineVersion: "5.0" } },
      {},
    ],
    refuses: [{ props: { engine: "redis", engineVersion: "5.0.6" } }, { props: { engineVersion: "6.0" } }],
    unknown: [{ props: { engineVersion: unknown } }, { props: { engine: unknown, engineVersion: "5.0.6" } }],
  },
] satisfies Cases[];
