import { inProduction, mustBe, mustBeSet } from "../demands";
import type { Rule } from "../rule";
import { ownKey } from "./company-keys";
import { mustKeepDays } from "./kept-days";

const clusters = ["aws:neptune/cluster:Cluster"];

/** Databases of graphs. */
export const neptune: readonly Rule[] = [
  {
    name: "neptune-encrypted",
    theme: "encryption-at-rest",
    title: "A graph database is encrypted",
    why: "A snapshot takes the encryption of its cluster, and it cannot be switched on later",
    fix: "set storageEncrypted: true",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP Neptune.1", "FSBP Neptune.6"],
    types: clusters,
    check: mustBe("storageEncrypted", true),
  },
  {
    name: "neptune-cmk",
    theme: "encryption-at-rest",
    title: "A graph database is encrypted with a key of the company's",
    why: ownKey,
    fix: "set kmsKeyArn; it cannot be changed later",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: clusters,
    check: mustBeSet("kmsKeyArn"),
  },
  {
    name: "neptune-audit-logs",
    theme: "logging-and-detection",
    title: "A graph database's audit log goes to CloudWatch",
    why: "It is the one record of who asked for what",
    fix: "add audit to enableCloudwatchLogsExports, and set neptune_enable_audit_log in the parameter group",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP Neptune.2"],
    types: clusters,
    check(cluster, report) {
      const exported = cluster.at("enableCloudwatchLogsExports").list();
      if (!exported.some(log => log.is("audit"))) report.refuse("enableCloudwatchLogsExports has no audit");
    },
  },
  {
    name: "neptune-deletion-protection",
    theme: "resilience-and-backup",
    title: "A production graph database refuses deletion",
    why: "Pulumi's protection does not hold against the console",
    fix: "set deletionProtection: true",
    severity: "high",
    level: "mandatory",
    yieldsWhereUnprotected: true,
    controls: ["FSBP Neptune.4"],
    types: clusters,
    check: inProduction(mustBe("deletionProtection", true)),
  },
  {
    name: "neptune-backups",
    theme: "resilience-and-backup",
    title: "A graph database is backed up for a week, in production for five",
    why: "A faulty release is noticed after it has overwritten data, not before",
    fix: "set backupRetentionPeriod to 7, in production to 35",
    severity: "high",
    level: "mandatory",
    leniency: "dev",
    controls: ["FSBP Neptune.5"],
    types: clusters,
    check: mustKeepDays("backupRetentionPeriod", { usual: 7, production: 35 }),
  },
  {
    name: "neptune-iam-auth",
    theme: "least-privilege",
    title: "A graph database lets in roles of IAM only",
    why: "It has no passwords: without IAM whatever gets a connection reads and writes all of it",
    fix: "set iamDatabaseAuthenticationEnabled: true",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP Neptune.7"],
    types: clusters,
    check: mustBe("iamDatabaseAuthenticationEnabled", true),
  },
  {
    name: "neptune-copy-tags",
    theme: "governance-and-cost",
    title: "Snapshots of a graph database carry its tags",
    why: "A snapshot without them belongs to nobody, and what selects by tags passes it over",
    fix: "set copyTagsToSnapshot: true",
    severity: "low",
    level: "mandatory",
    leniency: "dev",
    controls: ["FSBP Neptune.8"],
    types: clusters,
    check: mustBe("copyTagsToSnapshot", true),
    remediate: () => ({ copyTagsToSnapshot: true }),
  },
];
