import { inProduction, mustBe, mustBeAtLeast, where } from "../demands";
import type { StackResource } from "../graph";
import { isProduction } from "../resource-tags";
import { clusterMembers, databaseClusters } from "../resource-types";
import type { Rule } from "../rule";
import { UnknownValue } from "../value";
import { mustKeepDays } from "./kept-days";
import { lackingLogs } from "./rds-engines";

/** Aurora's clusters, and those of RDS itself. */
export const rdsClusters: readonly Rule[] = [
  {
    name: "rds-cluster-encrypted",
    theme: "encryption-at-rest",
    title: "A database cluster is encrypted",
    why: "A snapshot that gets away is readable without it, and it cannot be switched on later",
    fix: "set storageEncrypted: true; a cluster that is there already is restored from an encrypted copy of its snapshot",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP RDS.27", "CIS 5.0 2.2.1"],
    types: [...databaseClusters, "aws:rds/globalCluster:GlobalCluster"],
    check(cluster, report) {
      // A global cluster that is made of a cluster takes its encryption.
      if (!cluster.at("sourceDbClusterIdentifier").isSet) mustBe("storageEncrypted", true)(cluster, report);
    },
  },
  {
    name: "rds-cluster-multi-az",
    theme: "resilience-and-backup",
    title: "A production cluster has instances in two zones",
    why: "With one instance the loss of its zone is an outage for as long as it takes to make another",
    fix: "make two or more ClusterInstances of it and leave availabilityZone to Aurora, or name two zones",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP RDS.15", "CIS 5.0 2.2.4"],
    types: databaseClusters,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(databaseClusters), (cluster, report) => {
        // Clusters of RDS itself, which have a class, are in three zones always.
        if (cluster.at("dbClusterInstanceClass").isSet) return;
        const lack = lackOfZones(cluster, stack.ofType(clusterMembers));
        if (lack && isProduction(cluster)) report.refuse(lack);
      });
    },
  },
  {
    name: "rds-cluster-deletion-protection",
    theme: "resilience-and-backup",
    title: "A production cluster refuses deletion",
    why: "Pulumi's protection does not hold against the console",
    fix: "set deletionProtection: true",
    severity: "high",
    level: "mandatory",
    yieldsWhereUnprotected: true,
    controls: ["FSBP RDS.7"],
    types: [...databaseClusters, "aws:rds/globalCluster:GlobalCluster"],
    check: inProduction(mustBe("deletionProtection", true)),
  },
  {
    name: "rds-cluster-logs",
    theme: "logging-and-detection",
    title: "A cluster's logs go to CloudWatch",
    why: "The machines keep them for days only, and they are gone with them",
    fix: "add to enabledCloudwatchLogsExports what its engine has: audit for Aurora MySQL, postgresql for PostgreSQL, error and slowquery for MySQL",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP RDS.34", "FSBP RDS.37"],
    types: databaseClusters,
    check: lackingLogs,
  },
  {
    name: "rds-cluster-iam-auth",
    theme: "least-privilege",
    title: "A cluster takes tokens of IAM",
    why: "A token ends after 15 minutes and is one person's; a password is shared and stays",
    fix: "set iamDatabaseAuthenticationEnabled: true, and let users log in with rds_iam or AWSAuthenticationPlugin",
    severity: "low",
    level: "advisory",
    controls: ["FSBP RDS.12"],
    types: databaseClusters,
    check: mustBe("iamDatabaseAuthenticationEnabled", true),
  },
  {
    name: "rds-cluster-backups",
    theme: "resilience-and-backup",
    title: "A cluster is backed up for a week, in production for five",
    why: "A faulty release is noticed after it has overwritten data, not before",
    fix: "set backupRetentionPeriod to 7, in production to 35",
    severity: "high",
    level: "mandatory",
    leniency: "dev",
    controls: ["Security Hub RDS.50"],
    types: databaseClusters,
    check: mustKeepDays("backupRetentionPeriod", { usual: 7, production: 35 }),
  },
  {
    name: "rds-backtrack",
    theme: "resilience-and-backup",
    title: "An Aurora MySQL cluster can be wound back",
    why: "It undoes a wrong statement in minutes, where a restore makes a new cluster in hours",
    fix: "set backtrackWindow, in seconds, up to 259200",
    severity: "low",
    level: "advisory",
    controls: ["FSBP RDS.14"],
    types: databaseClusters,
    // Other engines do not have it.
    check: where("engine", ["aurora-mysql"], mustBeAtLeast("backtrackWindow", 1, { otherwise: 0 })),
  },
];

/** Why a cluster is not in two zones; `undefined`: it is. */
function lackOfZones(cluster: StackResource, instances: readonly StackResource[]): string | undefined {
  const belongs = instances.map(one => ({ one, is: belongsTo(one, cluster) }));
  const members = belongs.filter(({ is }) => is === true).map(({ one }) => one);
  const open = belongs.find(({ is }) => is === undefined)?.one;
  if (members.length < 2 && open) throw new UnknownValue(`${open.name}.clusterIdentifier`);
  if (members.length < 2) return `it has ${members.length || "no"} instance${members.length ? "" : "s"}`;
  // Aurora itself puts them into different zones.
  if (members.some(member => !member.at("availabilityZone").isSet)) return undefined;
  const zones = new Set(members.map(member => member.at("availabilityZone").text()));
  return zones.size < 2 ? "all its instances are in one zone" : undefined;
}

/** A program may write the cluster's name down, which is no output. */
function belongsTo(instance: StackResource, cluster: StackResource): boolean | undefined {
  const named = instance.names("clusterIdentifier", cluster);
  if (named !== false || instance.madeFrom("clusterIdentifier").length > 0) return named;
  const name = cluster.at("clusterIdentifier");
  return name.isSet && !name.isUnknown && instance.at("clusterIdentifier").is(name.text() ?? "");
}
