import { all, eachOf, inProduction, mustBe, mustBeAtLeast, mustBeSet } from "../demands";
import type { StackResource } from "../graph";
import { isProduction } from "../resource-tags";
import { tables } from "../resource-types";
import type { Rule } from "../rule";
import { UnknownValue } from "../value";
import { mustBeBackedUp } from "./backed-up";
import { ownKey } from "./company-keys";

const replicas = ["aws:dynamodb/tableReplica:TableReplica"];
const accelerators = ["aws:dax/cluster:Cluster"];
const scalableTargets = ["aws:appautoscaling/target:Target"];

/** Tables, their replicas, and the accelerators before them. */
export const dynamodb: readonly Rule[] = [
  {
    name: "ddb-cmk",
    theme: "encryption-at-rest",
    title: "A table is encrypted with a key of the company's",
    why: ownKey,
    fix: "set serverSideEncryption with enabled: true and a kmsKeyArn",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: tables,
    check(table, report) {
      const encryption = table.at("serverSideEncryption");
      if (!encryption.at("enabled").is(true)) report.refuse("serverSideEncryption is not enabled");
      else if (!encryption.at("kmsKeyArn").isSet) report.refuse("serverSideEncryption.kmsKeyArn is not set");
    },
  },
  {
    name: "ddb-replica-cmk",
    theme: "encryption-at-rest",
    title: "A table's replica is encrypted with a key of the company's",
    why: "The copy holds all that the table holds, and takes AWS's own key unless it is told",
    fix: "set kmsKeyArn of the TableReplica, or of each of the table's replicas, to a key of its region",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: [...tables, ...replicas],
    check(table, report) {
      if (replicas.includes(table.type)) mustBeSet("kmsKeyArn")(table, report);
      else eachOf("replicas", mustBeSet("kmsKeyArn"))(table, report);
    },
  },
  {
    name: "ddb-replica-protected",
    theme: "resilience-and-backup",
    title: "A production table's replica refuses deletion and can be restored to any second",
    why: "Neither is taken over from the table, and a region that is turned to needs both",
    fix: "set deletionProtectionEnabled and pointInTimeRecovery of the replica to true",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: [...tables, ...replicas],
    check(table, report) {
      const kept = all(mustBe("deletionProtectionEnabled", true), mustBe("pointInTimeRecovery", true));
      inProduction(replicas.includes(table.type) ? kept : eachOf("replicas", kept))(table, report);
    },
  },
  {
    name: "ddb-deletion-protection",
    theme: "resilience-and-backup",
    title: "A production table refuses deletion",
    why: "Pulumi's protection does not hold against the console",
    fix: "set deletionProtectionEnabled: true",
    severity: "high",
    level: "mandatory",
    yieldsWhereUnprotected: true,
    controls: ["FSBP DynamoDB.6"],
    types: tables,
    check(table, report) {
      if (!table.at("deletionProtectionEnabled").is(true) && isProduction(table)) {
        report.refuse("deletionProtectionEnabled is not true");
      }
    },
  },
  {
    name: "ddb-pitr",
    theme: "resilience-and-backup",
    title: "A production table can be restored to any second",
    why: "A faulty release is noticed after it has overwritten data, not before",
    fix: "set pointInTimeRecovery.enabled: true",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP DynamoDB.2"],
    types: tables,
    check(table, report) {
      if (!table.at("pointInTimeRecovery", "enabled").is(true) && isProduction(table)) {
        report.refuse("pointInTimeRecovery is not enabled");
      }
    },
    remediate: () => ({ pointInTimeRecovery: { enabled: true } }),
  },
  {
    name: "ddb-autoscaling",
    theme: "resilience-and-backup",
    title: "A table grows with what is asked of it",
    why: "A fixed capacity refuses requests when it is passed, and is paid for when it is not",
    fix: "set billingMode: PAY_PER_REQUEST, or make an appautoscaling Target for table/<its name>",
    severity: "low",
    level: "advisory",
    controls: ["FSBP DynamoDB.1"],
    types: tables,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(tables), (table, report) => {
        // The provider's default is PROVISIONED.
        if (table.at("billingMode").is("PAY_PER_REQUEST")) return;
        const targets = stack.ofType(scalableTargets).map(target => ({ target, is: scales(target, table) }));
        if (targets.some(({ is }) => is === true)) return;
        const open = targets.find(({ is }) => is === undefined)?.target;
        if (open) throw new UnknownValue(`${open.name}.resourceId`);
        report.refuse("billingMode is PROVISIONED and nothing scales it");
      });
    },
  },
  {
    name: "ddb-in-backup-plan",
    theme: "resilience-and-backup",
    title: "A table is in a backup plan",
    why: "Point-in-time recovery ends with the table, and after 35 days",
    fix: "give it the tag environment, which the plans select by, or name it in a Selection",
    severity: "medium",
    level: "advisory",
    controls: ["Security Hub DynamoDB.4"],
    types: tables,
    scope: "stack",
    check: mustBeBackedUp(tables),
  },
  {
    name: "dax-at-rest",
    theme: "encryption-at-rest",
    title: "A table's accelerator is encrypted",
    why: "It keeps on its disks what the table gives it",
    fix: "set serverSideEncryption.enabled: true; it cannot be changed later",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP DynamoDB.3"],
    types: accelerators,
    check: mustBe("serverSideEncryption.enabled", true),
  },
  {
    name: "dax-in-transit",
    theme: "encryption-in-transit",
    title: "A table's accelerator speaks TLS",
    why: "Without it, items cross the network in the clear",
    fix: "set clusterEndpointEncryptionType: TLS; it cannot be changed later",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP DynamoDB.7"],
    types: accelerators,
    // The provider's default is NONE.
    check: mustBe("clusterEndpointEncryptionType", "TLS"),
  },
  {
    name: "dax-three-nodes",
    theme: "resilience-and-backup",
    title: "A production accelerator has three nodes",
    why: "With fewer, one that fails leaves requests that the table is not sized for",
    fix: "set replicationFactor to 3 or more",
    severity: "low",
    level: "advisory",
    controls: [],
    types: accelerators,
    check: inProduction(mustBeAtLeast("replicationFactor", 3)),
  },
];

/** The identifier of a target is a text that a program makes of the table's name. */
function scales(target: StackResource, table: StackResource): boolean | undefined {
  const sources = target.madeFrom("resourceId");
  if (sources.includes(table)) return true;
  if (sources.some(({ type }) => tables.includes(type))) return false;
  const [id, name] = [target.at("resourceId"), table.at("name")];
  if (id.isUnknown) return undefined;
  return !name.isUnknown && id.is(`table/${name.text()}`);
}
