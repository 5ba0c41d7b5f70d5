import { inProduction, mustBe, mustBeSet, mustNotBeSet } from "../demands";
import type { Rule } from "../rule";
import { ownKey } from "./company-keys";
import { mustKeepDays } from "./kept-days";

const clusters = ["aws:docdb/cluster:Cluster"];
const parameterGroups = ["aws:docdb/clusterParameterGroup:ClusterParameterGroup"];

/** Databases of documents. */
export const docdb: readonly Rule[] = [
  {
    name: "docdb-encrypted",
    theme: "encryption-at-rest",
    title: "A document database is encrypted",
    why: "A snapshot that gets away is readable without it, and it cannot be switched on later",
    fix: "set storageEncrypted: true",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP DocumentDB.1"],
    types: clusters,
    check: mustBe("storageEncrypted", true),
  },
  {
    name: "docdb-cmk",
    theme: "encryption-at-rest",
    title: "A document database is encrypted with a key of the company's",
    why: ownKey,
    fix: "set kmsKeyId; it cannot be changed later",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: clusters,
    check: mustBeSet("kmsKeyId"),
  },
  {
    name: "docdb-backups",
    theme: "resilience-and-backup",
    title: "A document database is backed up for a week, in production for five",
    why: "A faulty release is noticed after it has overwritten data, not before",
    fix: "set backupRetentionPeriod to 7, in production to 35",
    severity: "high",
    level: "mandatory",
    leniency: "dev",
    controls: ["FSBP DocumentDB.2"],
    types: clusters,
    check: mustKeepDays("backupRetentionPeriod", { usual: 7, production: 35 }),
  },
  {
    name: "docdb-audit-logs",
    theme: "logging-and-detection",
    title: "A document database's audit log goes to CloudWatch",
    why: "It is the one record of who signed in and changed what",
    fix: "add audit to enabledCloudwatchLogsExports, and set audit_logs in the parameter group",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP DocumentDB.4"],
    types: clusters,
    check(cluster, report) {
      const exported = cluster.at("enabledCloudwatchLogsExports").list();
      if (!exported.some(log => log.is("audit"))) report.refuse("enabledCloudwatchLogsExports has no audit");
    },
  },
  {
    name: "docdb-deletion-protection",
    theme: "resilience-and-backup",
    title: "A production document database refuses deletion",
    why: "Pulumi's protection does not hold against the console",
    fix: "set deletionProtection: true",
    severity: "high",
    level: "mandatory",
    yieldsWhereUnprotected: true,
    controls: ["FSBP DocumentDB.5"],
    types: clusters,
    check: inProduction(mustBe("deletionProtection", true)),
  },
  {
    name: "docdb-tls",
    theme: "encryption-in-transit",
    title: "A document database refuses connections without TLS",
    why: "Passwords and documents else cross the network in the clear",
    fix: "leave the parameter tls out of the parameter group, or set it to enabled or tls1.2+",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP DocumentDB.6"],
    types: parameterGroups,
    check(group, report) {
      const tls = group
        .at("parameters")
        .list()
        .find(one => one.at("name").is("tls"));
      // The engine's default is enabled.
      const value = tls?.at("value").text() ?? "enabled";
      if (value === "disabled") report.refuse(`tls is ${value}`);
    },
  },
  {
    name: "docdb-managed-password",
    theme: "data-protection",
    title: "Secrets Manager keeps the password of a document database",
    why: "A password that a program sets is in its state for good, and nobody renews it",
    fix: "set manageMasterUserPassword: true, and leave masterPassword out",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: clusters,
    check(cluster, report) {
      mustNotBeSet("masterPassword")(cluster, report);
      // A secondary cluster has the users of the first.
      if (!cluster.at("globalClusterIdentifier").isSet)
        mustBe("manageMasterUserPassword", true)(cluster, report);
    },
  },
];
