import { inProduction, mustBe, mustBeAtLeast, mustBeSet, mustMatch, where, whereSet } from "../demands";
import { clusterMembers, databaseClusters, databases } from "../resource-types";
import type { Rule } from "../rule";
import { mustKeepDays } from "./kept-days";
import { lackingLogs } from "./rds-engines";

/** Databases on a machine of their own, and what Aurora's machines share with them. */
export const rdsInstances: readonly Rule[] = [
  {
    name: "rds-instance-encrypted",
    theme: "encryption-at-rest",
    title: "A database is encrypted",
    why: "A disk or a snapshot that gets away is readable without it, and it cannot be switched on later",
    fix: "set storageEncrypted: true; a database that is there already is restored from an encrypted copy of its snapshot",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP RDS.3", "CIS 3.0 2.3.1", "CIS 5.0 2.2.1"],
    types: databases,
    check: mustBe("storageEncrypted", true),
  },
  {
    name: "rds-not-public",
    theme: "exposure",
    title: "A database has no public address",
    why: "What the internet can reach is tried with every stolen password within the hour",
    fix: "leave publiclyAccessible out or set it to false",
    severity: "critical",
    level: "mandatory",
    neverExcepted: true,
    controls: ["FSBP RDS.2", "CIS 3.0 2.3.3", "CIS 5.0 2.2.3"],
    types: [...databases, ...clusterMembers],
    // The provider's default is false.
    check: mustBe("publiclyAccessible", false, { otherwise: false }),
    remediate: () => ({ publiclyAccessible: false }),
  },
  {
    name: "rds-instance-multi-az",
    theme: "resilience-and-backup",
    title: "A production database has a standby in another zone",
    why: "Without one, the loss of a zone or of a disk is an outage of hours, and the last minutes of data are gone",
    fix: "set multiAz: true",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP RDS.5", "CIS 5.0 2.2.4"],
    types: databases,
    check: inProduction(mustBe("multiAz", true)),
  },
  {
    name: "rds-enhanced-monitoring",
    theme: "logging-and-detection",
    title: "A database's machine tells of itself",
    why: "The figures of the hypervisor do not say which process takes the memory",
    fix: "set monitoringInterval to 60 or less, and monitoringRoleArn",
    severity: "low",
    level: "advisory",
    controls: ["FSBP RDS.6"],
    types: [...databases, ...clusterMembers],
    check: mustBeAtLeast("monitoringInterval", 1, { otherwise: 0 }),
  },
  {
    name: "rds-performance-insights",
    theme: "logging-and-detection",
    title: "A database tells which statements it waits for",
    why: "A slow database is else searched by guesses",
    fix: "set performanceInsightsEnabled: true",
    severity: "low",
    level: "advisory",
    controls: [],
    types: databases,
    check(database, report) {
      // Source: Amazon RDS user guide, "Database Insights": MySQL and MariaDB have none on the smallest classes.
      const tooSmall = /^db\.t\w+\.(micro|small)$/.test(database.at("instanceClass").text() ?? "");
      if (!tooSmall) mustBe("performanceInsightsEnabled", true)(database, report);
    },
  },
  {
    name: "rds-performance-insights-cmk",
    theme: "encryption-at-rest",
    title: "The statements that Performance Insights keeps lie under a key of the company's",
    why: "Statements hold data, and AWS's own key does not say who reads them",
    fix: "set performanceInsightsKmsKeyId",
    severity: "low",
    level: "advisory",
    controls: [],
    types: [...databases, ...databaseClusters, ...clusterMembers],
    check: where("performanceInsightsEnabled", [true], mustBeSet("performanceInsightsKmsKeyId")),
  },
  {
    name: "rds-instance-deletion-protection",
    theme: "resilience-and-backup",
    title: "A production database refuses deletion",
    why: "Pulumi's protection does not hold against the console",
    fix: "set deletionProtection: true",
    severity: "high",
    level: "mandatory",
    yieldsWhereUnprotected: true,
    controls: ["FSBP RDS.8"],
    types: databases,
    check: inProduction(mustBe("deletionProtection", true)),
  },
  {
    name: "rds-instance-logs",
    theme: "logging-and-detection",
    title: "A database's logs go to CloudWatch",
    why: "The machine keeps them for days only, and they are gone with it",
    fix: "add to enabledCloudwatchLogsExports what its engine has: postgresql; error and slowquery for MySQL and MariaDB; error for SQL Server; alert and audit for Oracle",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP RDS.9", "FSBP RDS.36", "FSBP RDS.40", "FSBP RDS.42"],
    types: databases,
    check: lackingLogs,
  },
  {
    name: "rds-instance-iam-auth",
    theme: "least-privilege",
    title: "A database takes tokens of IAM",
    why: "A token ends after 15 minutes and is one person's; a password is shared and stays",
    fix: "set iamDatabaseAuthenticationEnabled: true, and let users log in with rds_iam or AWSAuthenticationPlugin",
    severity: "low",
    level: "advisory",
    controls: ["FSBP RDS.10"],
    types: databases,
    // Other engines do not have it.
    check: where(
      "engine",
      ["postgres", "mysql", "mariadb"],
      mustBe("iamDatabaseAuthenticationEnabled", true),
    ),
  },
  {
    name: "rds-backups",
    theme: "resilience-and-backup",
    title: "A database is backed up for a week, in production for five",
    why: "A faulty release is noticed after it has overwritten data, not before",
    fix: "set backupRetentionPeriod to 7, in production to 35",
    severity: "high",
    level: "mandatory",
    leniency: "dev",
    controls: ["FSBP RDS.11"],
    types: databases,
    check(database, report) {
      // A replica holds nothing that its source does not.
      if (database.at("replicateSourceDb").isSet) return;
      mustKeepDays("backupRetentionPeriod", { usual: 7, production: 35 })(database, report);
    },
  },
  {
    name: "rds-minor-upgrades",
    theme: "images-and-compute",
    title: "A database takes minor versions by itself",
    why: "They close known holes, and nobody remembers to take them",
    fix: "leave autoMinorVersionUpgrade out or set it to true",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP RDS.13", "FSBP RDS.35", "CIS 3.0 2.3.2", "CIS 5.0 2.2.2"],
    types: [...databases, ...clusterMembers, ...databaseClusters],
    // The provider's default is true.
    check: mustBe("autoMinorVersionUpgrade", true, { otherwise: true }),
    remediate: () => ({ autoMinorVersionUpgrade: true }),
  },
  {
    name: "rds-storage-grows",
    theme: "resilience-and-backup",
    title: "A database's storage grows before it is full",
    why: "A database without room stops, and to give it more by hand takes its hours",
    fix: "set maxAllocatedStorage to more than allocatedStorage",
    severity: "low",
    level: "advisory",
    controls: [],
    types: databases,
    check(database, report) {
      // A replica may leave the size to its source.
      const size = database.at("allocatedStorage").number();
      if (size === undefined) return;
      mustBeAtLeast("maxAllocatedStorage", size + 1, { otherwise: 0 })(database, report);
    },
  },
  {
    name: "rds-ca-current",
    theme: "encryption-in-transit",
    title: "A database shows a certificate of a current authority",
    why: "That of 2019 has ended, and clients that check it cannot connect",
    fix: "set caCertIdentifier to rds-ca-rsa2048-g1 or a newer one, or leave it out",
    severity: "low",
    level: "advisory",
    controls: [],
    types: [...databases, ...clusterMembers],
    // AWS's default has been of the newer kind since 2024.
    check: whereSet("caCertIdentifier", mustMatch("caCertIdentifier", /-g\d+$/)),
  },
];
