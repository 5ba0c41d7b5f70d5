/** What a trail records, and that nobody can change it afterwards. */
import { mustBe, mustBeSet, mustNotBe } from "../demands";
import type { Resource } from "../graph";
import type { Report } from "../report";
import { trails } from "../resource-types";
import type { Rule } from "../rule";
import { recordsManagement, recordsObjects } from "./cloudtrail-selectors";
import { ownKey } from "./company-keys";

const eventDataStores = ["aws:cloudtrail/eventDataStore:EventDataStore"];

export const cloudtrail: readonly Rule[] = [
  {
    name: "cloudtrail-multi-region",
    theme: "logging-and-detection",
    title: "A trail records every region",
    why: "Who is not to be seen works in a region that nobody uses",
    fix: "set isMultiRegionTrail: true",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP CloudTrail.1", "CIS 3.0 3.1", "CIS 5.0 3.1"],
    types: trails,
    check: mustBe("isMultiRegionTrail", true),
  },
  {
    name: "cloudtrail-global-events",
    theme: "logging-and-detection",
    title: "A trail records the services without a region",
    why: "Changes of users, roles and sign-ins are theirs",
    fix: "leave includeGlobalServiceEvents out or set it to true",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP CloudTrail.1", "CIS 3.0 3.1", "CIS 5.0 3.1"],
    types: trails,
    // The provider's default is true.
    check: mustBe("includeGlobalServiceEvents", true, { otherwise: true }),
  },
  {
    name: "cloudtrail-management-events",
    theme: "logging-and-detection",
    title: "A trail records management events, reads and writes",
    why: "An intruder reads for days before writing once",
    fix: "leave the selectors out, or add one of eventCategory Management without more conditions",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP CloudTrail.1", "CIS 3.0 3.1", "CIS 5.0 3.1"],
    types: trails,
    check(trail, report) {
      if (!recordsManagement(trail)) report.refuse("no selector takes in all management events");
    },
  },
  {
    name: "cloudtrail-organization",
    theme: "logging-and-detection",
    title: "A trail is the organization's",
    why: "A trail of an account can be stopped by the account's administrator, which is who it watches",
    fix: "set isOrganizationTrail: true, in the management account or CloudTrail's delegated administrator",
    severity: "medium",
    level: "mandatory",
    controls: ["Security Hub CloudTrail.3", "CIS 3.0 3.1", "CIS 5.0 3.1"],
    types: trails,
    check: mustBe("isOrganizationTrail", true),
  },
  {
    name: "cloudtrail-logging-on",
    theme: "logging-and-detection",
    title: "A trail is not switched off",
    why: "A trail that stands and does not log looks like one that does",
    fix: "leave enableLogging out or set it to true",
    severity: "critical",
    level: "mandatory",
    controls: ["Security Hub CloudTrail.3"],
    types: trails,
    // The provider's default is true.
    check: mustNotBe("enableLogging", false),
    remediate: () => ({ enableLogging: true }),
  },
  {
    name: "cloudtrail-cmk",
    theme: "encryption-at-rest",
    title: "A trail's files are encrypted with a key of the company's",
    why: ownKey,
    fix: "set kmsKeyId to a key whose policy lets CloudTrail encrypt",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP CloudTrail.2", "CIS 3.0 3.5", "CIS 5.0 3.5"],
    types: trails,
    check: mustBeSet("kmsKeyId"),
  },
  {
    name: "cloudtrail-validation",
    theme: "logging-and-detection",
    title: "A change to a trail's files would show",
    why: "Without digests a log that was thinned out is as good as a whole one",
    fix: "set enableLogFileValidation: true",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP CloudTrail.4", "CIS 3.0 3.2", "CIS 5.0 3.2"],
    types: trails,
    check: mustBe("enableLogFileValidation", true),
    remediate: () => ({ enableLogFileValidation: true }),
  },
  {
    // Advice: the landing zone's own trail is searched in the archive and watched by GuardDuty.
    name: "cloudtrail-cloudwatch",
    theme: "logging-and-detection",
    title: "A trail is delivered to a log group too",
    why: "An alarm on a call comes within minutes; files come later and are asked by nobody at night",
    fix: "set cloudWatchLogsGroupArn, and cloudWatchLogsRoleArn to a role that may write to it",
    severity: "low",
    level: "advisory",
    controls: ["FSBP CloudTrail.5"],
    types: trails,
    check: mustBeSet("cloudWatchLogsGroupArn"),
  },
  {
    name: "cloudtrail-cloudwatch-role",
    theme: "logging-and-detection",
    title: "A trail that is to write to a log group has a role for it",
    why: "CloudTrail refuses the one without the other",
    fix: "set cloudWatchLogsRoleArn",
    severity: "low",
    level: "mandatory",
    controls: ["FSBP CloudTrail.5"],
    types: trails,
    check(trail, report) {
      if (trail.at("cloudWatchLogsGroupArn").isSet && !trail.at("cloudWatchLogsRoleArn").isSet)
        report.refuse("cloudWatchLogsGroupArn is set and cloudWatchLogsRoleArn is not");
    },
  },
  {
    // Advice: billed by event, and many times the management events.
    name: "cloudtrail-s3-write-events",
    theme: "logging-and-detection",
    title: "A trail records who writes and deletes objects",
    why: "Without these events nobody can say what was changed in a bucket, nor by whom",
    fix: "add an advanced selector of eventCategory Data and resources.type AWS::S3::Object",
    severity: "medium",
    level: "advisory",
    controls: ["Security Hub S3.22", "CIS 3.0 3.8", "CIS 5.0 3.8"],
    types: trails,
    check: mustRecordObjects("writes"),
  },
  {
    name: "cloudtrail-s3-read-events",
    theme: "logging-and-detection",
    title: "A trail records who reads objects",
    why: "After a leak it is the only answer to what was taken",
    fix: "add an advanced selector of eventCategory Data and resources.type AWS::S3::Object, without readOnly",
    severity: "low",
    level: "advisory",
    controls: ["Security Hub S3.23", "CIS 3.0 3.9", "CIS 5.0 3.9"],
    types: trails,
    check: mustRecordObjects("reads"),
  },
  {
    name: "cloudtrail-protect",
    theme: "resilience-and-backup",
    title: "A trail is protected",
    why: "One wrong name in a change would delete it, and what happens until it is back is never recorded",
    fix: "give the resource the option protect: true",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: trails,
    check(trail, report) {
      if (!trail.protect) report.refuse("protect is not set");
    },
  },
  {
    name: "cloudtrail-eds-cmk",
    theme: "encryption-at-rest",
    title: "An event data store is encrypted with a key of the company's",
    why: ownKey,
    fix: "set kmsKeyId; it cannot be changed later",
    severity: "medium",
    level: "advisory",
    controls: ["Security Hub CloudTrail.10"],
    types: eventDataStores,
    check: mustBeSet("kmsKeyId"),
  },
  {
    name: "cloudtrail-eds-termination-protection",
    theme: "resilience-and-backup",
    title: "An event data store refuses deletion",
    why: "It holds years of evidence, and whoever has something to hide knows",
    fix: "leave terminationProtectionEnabled out or set it to true",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: eventDataStores,
    // The provider's default is true.
    check: mustBe("terminationProtectionEnabled", true, { otherwise: true }),
  },
  {
    name: "cloudtrail-eds-all-regions",
    theme: "logging-and-detection",
    title: "An event data store records every region",
    why: "Who is not to be seen works in a region that nobody uses",
    fix: "leave multiRegionEnabled out or set it to true",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: eventDataStores,
    // The provider's default is true.
    check: mustBe("multiRegionEnabled", true, { otherwise: true }),
  },
];

function mustRecordObjects(which: "reads" | "writes"): (trail: Resource, report: Report) => void {
  return (trail, report) => {
    if (!recordsObjects(trail, which)) report.refuse(`no selector takes in ${which} of objects in S3`);
  };
}
