import { mustBe, mustBeOneOf, mustBeSet, mustNotBe } from "../demands";
import type { Rule } from "../rule";

const workgroups = ["aws:athena/workgroup:Workgroup"];
const databases = ["aws:athena/database:Database"];

const results = "configuration.resultConfiguration";

export const athena: readonly Rule[] = [
  {
    name: "athena-workgroup-encrypted",
    theme: "encryption-at-rest",
    title: "What a workgroup of Athena's finds is encrypted with KMS",
    why: "An answer holds what the question picked out of the data, which is the best of it",
    fix: "set configuration.resultConfiguration.encryptionConfiguration to SSE_KMS with a kmsKeyArn",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP Athena.1"],
    types: workgroups,
    check(workgroup, report) {
      const managed = workgroup.at("configuration", "managedQueryResultsConfiguration");
      if (managed.at("enabled").is(true)) {
        mustBeSet("encryptionConfiguration.kmsKey")(managed, report);
        return;
      }
      const encryption = workgroup.at(...results.split("."), "encryptionConfiguration");
      const kinds = ["SSE_KMS", "CSE_KMS"];
      mustBeOneOf("encryptionOption", kinds)(encryption, report);
      mustBeSet("kmsKeyArn")(encryption, report);
    },
  },
  {
    name: "athena-workgroup-logging",
    theme: "logging-and-detection",
    title: "A workgroup of Athena's tells what its queries read",
    why: "A query by mistake reads a year of logs and is billed for it",
    fix: "leave configuration.publishCloudwatchMetricsEnabled out or set it to true",
    severity: "low",
    level: "mandatory",
    controls: ["FSBP Athena.4"],
    types: workgroups,
    // The provider's default is true.
    check: mustBe("configuration.publishCloudwatchMetricsEnabled", true, { otherwise: true }),
  },
  {
    name: "athena-workgroup-enforced",
    theme: "encryption-at-rest",
    title: "Whoever asks in a workgroup of Athena's cannot choose another place or encryption",
    why: "A client's own settings otherwise win over the workgroup's",
    fix: "leave configuration.enforceWorkgroupConfiguration out or set it to true",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: workgroups,
    // The provider's default is true.
    check: mustBe("configuration.enforceWorkgroupConfiguration", true, { otherwise: true }),
  },
  {
    name: "athena-scan-limit",
    theme: "governance-and-cost",
    title: "A workgroup of Athena's stops a query that reads too much",
    why: "A query is billed by what it reads, and one without a partition reads all there is",
    fix: "set configuration.bytesScannedCutoffPerQuery",
    severity: "low",
    level: "advisory",
    controls: [],
    types: workgroups,
    check: mustBeSet("configuration.bytesScannedCutoffPerQuery"),
  },
  {
    name: "athena-results-owner",
    theme: "data-protection",
    title: "A workgroup of Athena's writes to a bucket of an account that is named",
    why: "A bucket that was deleted may be made again by anyone, and takes the answers",
    fix: "set configuration.resultConfiguration.expectedBucketOwner",
    severity: "low",
    level: "advisory",
    controls: [],
    types: workgroups,
    check(workgroup, report) {
      const result = workgroup.at(...results.split("."));
      if (result.at("outputLocation").isSet) mustBeSet("expectedBucketOwner")(result, report);
    },
  },
  {
    name: "athena-no-force-destroy",
    theme: "resilience-and-backup",
    title: "A workgroup of Athena's is not deleted with the queries that people have saved",
    why: "They are the knowledge of those who asked before",
    fix: "leave forceDestroy out",
    severity: "low",
    level: "mandatory",
    controls: [],
    types: [...workgroups, ...databases],
    check: mustNotBe("forceDestroy", true),
  },
  {
    name: "athena-database-encrypted",
    theme: "encryption-at-rest",
    title: "A database of Athena's is encrypted with KMS",
    why: "What a query leaves in its tables is as confidential as what it read",
    fix: "set encryptionConfiguration to SSE_KMS with a kmsKey",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: databases,
    check(database, report) {
      const encryption = database.at("encryptionConfiguration");
      mustBeOneOf("encryptionOption", ["SSE_KMS", "CSE_KMS"])(encryption, report);
      mustBeSet("kmsKey")(encryption, report);
    },
  },
];
