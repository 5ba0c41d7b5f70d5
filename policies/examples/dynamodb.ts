import { inDev, inProd, somewhere } from "./environments";
import { type Cases, unknown } from "./example";

const table = { type: "aws:dynamodb/table:Table", name: "carts" };
const replica = { type: "aws:dynamodb/tableReplica:TableReplica" };
const target = (resourceId: string) => ({
  type: "aws:appautoscaling/target:Target",
  name: "carts-reads",
  props: { resourceId, serviceNamespace: "dynamodb" },
});
const selection = (props: object, madeFrom = {}) => ({
  type: "aws:backup/selection:Selection",
  name: "selection",
  props,
  madeFrom,
});

export default [
  {
    rule: "ddb-cmk",
    accepts: [
      { props: { serverSideEncryption: { enabled: true, kmsKeyArn: unknown } } },
      { props: { serverSideEncryption: { enabled: true, kmsKeyArn: "arn:aws:kms:key" } } },
    ],
    refuses: [{}, { props: { serverSideEncryption: { enabled: true } } }],
    unknown: [{ props: { serverSideEncryption: { enabled: unknown, kmsKeyArn: "arn" } } }],
  },
  {
    rule: "ddb-replica-cmk",
    accepts: [
      { props: { replicas: [{ regionName: "eu-west-1", kmsKeyArn: unknown }] } },
      {},
      { ...replica, props: { kmsKeyArn: "arn:aws:kms:key" } },
    ],
    refuses: [
      { props: { replicas: [{ regionName: "eu-west-1" }] } },
      { props: { replicas: [{ kmsKeyArn: unknown }, {}] } },
      replica,
    ],
    unknown: [{ props: { replicas: unknown } }],
  },
  {
    rule: "ddb-replica-protected",
    accepts: [
      { ...inProd, ...replica, props: { deletionProtectionEnabled: true, pointInTimeRecovery: true } },
      { ...inProd, props: { replicas: [{ deletionProtectionEnabled: true, pointInTimeRecovery: true }] } },
      { ...inDev, props: { replicas: [{}] } },
    ],
    refuses: [
      { ...inProd, ...replica, props: { deletionProtectionEnabled: true } },
      { ...inProd, props: { replicas: [{ pointInTimeRecovery: true }] } },
    ],
    unknown: [{ ...inProd, props: { replicas: unknown } }],
  },
  {
    rule: "ddb-deletion-protection",
    accepts: [
      { ...inProd, props: { deletionProtectionEnabled: true } },
      inDev,
      { ...inProd, props: { tags: { environment: "int" } } },
    ],
    refuses: [inProd, {}, { ...inDev, props: { tags: { environment: "prod" } } }],
    unknown: [somewhere, { ...inProd, props: { deletionProtectionEnabled: unknown } }],
  },
  {
    rule: "ddb-pitr",
    accepts: [{ ...inProd, props: { pointInTimeRecovery: { enabled: true } } }, inDev],
    refuses: [inProd, { ...inProd, props: { pointInTimeRecovery: { enabled: false } } }],
    unknown: [somewhere, { ...inProd, props: { pointInTimeRecovery: unknown } }],
  },
  {
    rule: "ddb-autoscaling",
    accepts: [
      { ...table, props: { billingMode: "PAY_PER_REQUEST" } },
      [{ ...table, props: { name: "carts", billingMode: "PROVISIONED" } }, target("table/carts")],
      [table, { ...target(unknown), madeFrom: { resourceId: ["carts"] } }],
    ],
    refuses: [
      { ...table, props: { billingMode: "PROVISIONED" } },
      table,
      [{ ...table, props: { name: "carts" } }, target("table/orders")],
      [
        table,
        { ...table, name: "orders", props: { billingMode: "PAY_PER_REQUEST" } },
        { ...target(unknown), madeFrom: { resourceId: ["orders"] } },
      ],
    ],
    unknown: [{ ...table, props: { billingMode: unknown } }, [table, target(unknown)]],
  },
  {
    rule: "ddb-in-backup-plan",
    accepts: [
      { ...inProd, ...table },
      { ...table, props: { tags: { environment: unknown } } },
      [table, selection({ resources: [unknown] }, { resources: ["carts"] })],
      [
        { ...table, props: { arn: "arn:aws:dynamodb:eu-central-1:111122223333:table/carts" } },
        selection({ resources: ["arn:aws:dynamodb:*:*:table/*"] }),
      ],
      [
        { ...table, props: { tags: { backup: "daily" } } },
        selection({ selectionTags: [{ type: "STRINGEQUALS", key: "backup", value: "daily" }] }),
      ],
      [table, selection({ resources: ["*"] })],
    ],
    refuses: [
      table,
      [
        { ...table, props: { tags: { backup: "never" } } },
        selection({ selectionTags: [{ type: "STRINGEQUALS", key: "backup", value: "daily" }] }),
      ],
      [
        { ...table, props: { arn: "arn:aws:dynamodb:eu-central-1:111122223333:table/carts" } },
        selection({ resources: ["arn:aws:rds:*:*:*"] }),
      ],
    ],
    unknown: [[table, selection({ resources: unknown })]],
  },
  {
    rule: "dax-at-rest",
    accepts: [{ props: { serverSideEncryption: { enabled: true } } }],
    refuses: [{}, { props: { serverSideEncryption: { enabled: false } } }],
    unknown: [{ props: { serverSideEncryption: unknown } }],
  },
  {
    rule: "dax-in-transit",
    accepts: [{ props: { clusterEndpointEncryptionType: "TLS" } }],
    refuses: [{}, { props: { clusterEndpointEncryptionType: "NONE" } }],
    unknown: [{ props: { clusterEndpointEncryptionType: unknown } }],
  },
  {
    rule: "dax-three-nodes",
    accepts: [
      { ...inProd, props: { replicationFactor: 3 } },
      { ...inDev, props: { replicationFactor: 1 } },
    ],
    refuses: [{ ...inProd, props: { replicationFactor: 2 } }],
    unknown: [{ ...inProd, props: { replicationFactor: unknown } }],
  },
] satisfies Cases[];
