import { all, inProduction, mustBe, mustBeSet, mustNotBe, mustNotBeSet, where } from "../demands";
import { databaseClusters, databases } from "../resource-types";
import type { Rule } from "../rule";
import { mustBeBackedUp } from "./backed-up";
import { ownKey } from "./company-keys";
import { subnetsOf, whyPublic } from "./public-subnets";
import { engineOf } from "./rds-engines";

const subnetGroups = ["aws:rds/subnetGroup:SubnetGroup"];

/** What databases of both kinds share: those on a machine of their own, and clusters. */
export const rdsDatabases: readonly Rule[] = [
  {
    name: "rds-cmk",
    theme: "encryption-at-rest",
    title: "A database is encrypted with a key of the company's",
    why: ownKey,
    fix: "set kmsKeyId to the product's key; it cannot be changed later",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: [...databases, ...databaseClusters],
    check: mustBeSet("kmsKeyId"),
  },
  {
    name: "rds-secret-cmk",
    theme: "encryption-at-rest",
    title: "The administrator's password is kept under a key of the company's",
    why: ownKey,
    fix: "set masterUserSecretKmsKeyId beside manageMasterUserPassword",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: [...databases, ...databaseClusters],
    check: where("manageMasterUserPassword", [true], mustBeSet("masterUserSecretKmsKeyId")),
  },
  {
    name: "rds-final-snapshot",
    theme: "resilience-and-backup",
    title: "A production database leaves a last snapshot and its backups",
    why: "Who deletes the wrong one finds out afterwards",
    fix: "set skipFinalSnapshot: false with a finalSnapshotIdentifier, and deleteAutomatedBackups: false",
    severity: "medium",
    level: "mandatory",
    yieldsWhereUnprotected: true,
    controls: [],
    types: [...databases, ...databaseClusters],
    check: inProduction(
      all(
        mustNotBe("skipFinalSnapshot", true),
        // The provider's default is true.
        mustBe("deleteAutomatedBackups", false, { otherwise: true }),
      ),
    ),
  },
  {
    name: "rds-copy-tags",
    theme: "governance-and-cost",
    title: "Snapshots carry the tags of their database",
    why: "A snapshot without them belongs to nobody, and what selects by tags passes it over",
    fix: "set copyTagsToSnapshot: true",
    severity: "low",
    level: "mandatory",
    leniency: "dev",
    controls: ["FSBP RDS.16", "FSBP RDS.17", "FSBP RDS.47", "FSBP RDS.48"],
    types: [...databases, ...databaseClusters],
    check: mustBe("copyTagsToSnapshot", true),
    remediate: () => ({ copyTagsToSnapshot: true }),
  },
  {
    name: "rds-default-port",
    theme: "exposure",
    title: "A database listens on another port than its engine's usual one",
    why: "Whoever scans a network for databases asks the usual ports first; it keeps out none who look further",
    fix: "set port to a number that is no engine's default",
    severity: "low",
    level: "advisory",
    controls: ["FSBP RDS.23"],
    types: [...databases, ...databaseClusters],
    check(database, report) {
      const port = database.at("port").number();
      // A copy listens where its source does.
      const isCopy = ["replicateSourceDb", "replicationSourceIdentifier"].some(
        source => database.at(source).isSet,
      );
      if (port === undefined && !isCopy) report.refuse("port is not set, so it is the engine's usual one");
      else if (port !== undefined && usualPorts.includes(port)) report.refuse(`port is ${port}`);
    },
  },
  {
    name: "rds-engine-supported",
    theme: "images-and-compute",
    title: "A database's major version is one that AWS still mends",
    why: "An older one costs extra support by the hour, or gets no mending at all",
    fix: "set engineVersion to PostgreSQL 14, MySQL 8.4, Aurora MySQL 3 (8.0), MariaDB 10.11, or newer",
    severity: "medium",
    level: "advisory",
    controls: ["Security Hub RDS.51"],
    types: [...databases, ...databaseClusters],
    check(database, report) {
      const oldest = engineOf(database)?.oldest;
      // Without a version AWS takes its default, which is a current one.
      if (oldest === undefined || !database.at("engineVersion").isSet) return;
      const version = database.at("engineVersion").text() ?? "";
      const [major = 0, minor = 0] = version.split(".").map(Number);
      if (Number.isNaN(major) || Number.isNaN(minor))
        return report.refuse(`engineVersion is ${version}, which has no number`);
      const [oldestMajor, oldestMinor] = oldest;
      if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor))
        report.refuse(`engineVersion is ${version}`);
    },
  },
  {
    name: "rds-admin-name",
    theme: "least-privilege",
    title: "The administrator of a database is not called what its engine calls it",
    why: "Half of a stolen login is then known to everyone",
    fix: "set username, of a cluster masterUsername, to a name that is no engine's default; it cannot be changed later",
    severity: "low",
    level: "advisory",
    controls: ["FSBP RDS.24", "FSBP RDS.25"],
    types: [...databases, ...databaseClusters],
    check(database, report) {
      for (const property of ["username", "masterUsername"]) {
        const name = database.at(property).text() ?? "";
        if (usualNames.includes(name.toLowerCase())) report.refuse(`${property} is ${name}`);
      }
    },
  },
  {
    name: "rds-managed-password",
    theme: "data-protection",
    title: "RDS keeps and renews the administrator's password",
    why: "A password that a program sets is in its state for good, and nobody renews it",
    fix: "set manageMasterUserPassword: true, and leave password or masterPassword out",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: [...databases, ...databaseClusters],
    check(database, report) {
      for (const property of ["password", "masterPassword"])
        report.attempt(() => mustNotBeSet(property)(database, report));
      // These have the users of what they are copies of.
      const source = ["replicateSourceDb", "replicationSourceIdentifier", "globalClusterIdentifier"];
      if (!source.some(property => database.at(property).isSet))
        mustBe("manageMasterUserPassword", true)(database, report);
    },
  },
  {
    name: "rds-own-parameters",
    theme: "governance-and-cost",
    title: "A database has a parameter group of its own",
    why: "AWS's default group cannot be changed, so that TLS and logging are what AWS chose",
    fix: "set parameterGroupName, of a cluster dbClusterParameterGroupName",
    severity: "low",
    level: "advisory",
    controls: [],
    types: [...databases, ...databaseClusters],
    check(database, report) {
      const isCluster = databaseClusters.includes(database.type);
      mustBeSet(isCluster ? "dbClusterParameterGroupName" : "parameterGroupName")(database, report);
    },
  },
  {
    name: "rds-in-backup-plan",
    theme: "resilience-and-backup",
    title: "A database is in a backup plan",
    why: "Its own backups lie beside it: who takes over the account takes them too",
    fix: "give it the tag environment, which the plans select by, or name it in a Selection",
    severity: "medium",
    level: "mandatory",
    leniency: "dev",
    controls: ["Security Hub RDS.26"],
    types: [...databases, ...databaseClusters],
    scope: "stack",
    check: mustBeBackedUp([...databases, ...databaseClusters]),
  },
  {
    name: "rds-private-subnets",
    theme: "network",
    title: "A database is in subnets that the internet has no way into",
    why: "In a public subnet it is one security group away from the internet",
    fix: "name data subnets in subnetIds of the SubnetGroup",
    severity: "high",
    level: "mandatory",
    controls: ["Security Hub RDS.46"],
    types: subnetGroups,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(subnetGroups), (group, report) => {
        report.each(subnetsOf(group, "subnetIds"), subnet => {
          const why = whyPublic(subnet, stack);
          if (why) report.refuse(`subnet ${subnet.name} ${why}`);
        });
      });
    },
  },
];

const usualPorts: readonly number[] = [3306, 5432, 1433, 1521, 50000];

const usualNames: readonly string[] = ["admin", "administrator", "postgres", "root", "sa", "master"];
