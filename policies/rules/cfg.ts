/** AWS Config: what each resource was set to, and when. */
import { mustBe, mustBeSet, mustHaveCompanion, mustMatch, mustNotBe } from "../demands";
import type { StackResource } from "../graph";
import { accountOf } from "../provider-inputs";
import type { Report } from "../report";
import { bucketEncryptions, buckets } from "../resource-types";
import type { Rule } from "../rule";
import { someFits } from "../some-known";
import { resourcesNamed } from "./resources-named";

const recorders = ["aws:cfg/recorder:Recorder"];
const statuses = ["aws:cfg/recorderStatus:RecorderStatus"];
const channels = ["aws:cfg/deliveryChannel:DeliveryChannel"];
const aggregators = ["aws:cfg/configurationAggregator:ConfigurationAggregator"];

export const cfg: readonly Rule[] = [
  {
    name: "config-recorder-all",
    theme: "logging-and-detection",
    title: "AWS Config records every kind of resource",
    why: "What is not recorded is not checked, and its past is not known",
    fix: "set recordingGroup.allSupported: true, without a list of kinds",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP Config.1", "CIS 3.0 3.3", "CIS 5.0 3.3"],
    types: recorders,
    // The provider's default is true.
    check: mustBe("recordingGroup.allSupported", true, { otherwise: true }),
  },
  {
    name: "config-recorder-on",
    theme: "logging-and-detection",
    title: "AWS Config's recorder is running",
    why: "One that stands still looks like one that runs",
    fix: "set isEnabled: true",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP Config.1", "CIS 3.0 3.3", "CIS 5.0 3.3"],
    types: statuses,
    check: mustBe("isEnabled", true),
    remediate: () => ({ isEnabled: true }),
  },
  {
    name: "config-recorder-started",
    theme: "logging-and-detection",
    title: "AWS Config's recorder is started",
    why: "A recorder that is made does not run yet",
    fix: "add a RecorderStatus that names it, with isEnabled: true",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP Config.1", "CIS 3.0 3.3", "CIS 5.0 3.3"],
    types: recorders,
    scope: "stack",
    check: mustHaveCompanion(recorders, statuses, "name", "no RecorderStatus names it"),
  },
  {
    name: "config-recorder-delivers",
    theme: "logging-and-detection",
    title: "AWS Config delivers what it records",
    why: "A recorder without a channel cannot be started",
    fix: "add a DeliveryChannel in the recorder's region",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP Config.1"],
    types: recorders,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(recorders), (recorder, report) => {
        const region = recorder.at("region").content();
        if (!someFits(stack.ofType(channels), channel => channel.at("region").content() === region))
          report.refuse("the stack has no DeliveryChannel in its region");
      });
    },
  },
  {
    name: "config-global-types",
    theme: "logging-and-detection",
    title: "AWS Config records users, groups, roles and policies in one region",
    why: "In no region, nothing of IAM is checked; in each, each change is billed as often",
    fix: "set recordingGroup.includeGlobalResourceTypes: true for the recorder of the home region only",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP Config.1", "CIS 3.0 3.3", "CIS 5.0 3.3"],
    types: recorders,
    scope: "stack",
    check(stack, report) {
      // A stack may be about several accounts.
      const byAccount = new Map<string, StackResource[]>();
      report.each(stack.ofType(recorders), recorder => {
        const account = accountOf(recorder) ?? "";
        byAccount.set(account, [...(byAccount.get(account) ?? []), recorder]);
      });
      for (const ofAccount of byAccount.values()) oneIsGlobal(ofAccount, report);
    },
  },
  {
    name: "config-service-linked-role",
    theme: "least-privilege",
    title: "AWS Config uses its service-linked role",
    why: "AWS keeps it up with new kinds of resources; a role of one's own falls behind and records less",
    fix: "set roleArn to role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig",
    severity: "low",
    level: "advisory",
    controls: ["FSBP Config.1"],
    types: recorders,
    check: mustMatch("roleArn", /:role\/aws-service-role\/config\.amazonaws\.com\/AWSServiceRoleForConfig$/),
  },
  {
    name: "config-delivery-encrypted",
    theme: "encryption-at-rest",
    title: "What AWS Config delivers is encrypted with a key of the company's",
    why: "It is a map of all accounts, with each opening",
    fix: "set s3KmsKeyArn, or encrypt the bucket with KMS",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: channels,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(channels), (channel, report) => {
        if (channel.at("s3KmsKeyArn").isSet) return;
        if (!channel.at("s3BucketName").isSet)
          return report.refuse("neither s3KmsKeyArn nor a bucket is set");
        // A bucket of another stack is judged there: s3-bucket-encryption demands as much of each.
        const own = resourcesNamed(channel, "s3BucketName", stack.ofType(buckets));
        report.each(own, bucket => {
          const configurations = stack.companions(bucket, bucketEncryptions, "bucket");
          if (!someFits(configurations, encryptsWithKms))
            report.refuse(`s3KmsKeyArn is not set, and ${bucket.name} is not encrypted with KMS`);
        });
      });
    },
  },
  {
    name: "config-aggregator-all-regions",
    theme: "logging-and-detection",
    title: "An aggregator of AWS Config covers all regions",
    why: "What is not to be seen is made in a region that nobody uses",
    fix: "set allRegions: true in the aggregator's source",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: aggregators,
    check(aggregator, report) {
      for (const source of ["organizationAggregationSource", "accountAggregationSource"])
        report.attempt(() => {
          const given = aggregator.at(source);
          if (given.isSet && !given.at("allRegions").is(true))
            report.refuse(`${source}.allRegions is not true`);
        });
    },
  },
  {
    name: "config-aggregator-organization",
    theme: "logging-and-detection",
    title: "An aggregator of AWS Config covers the organization",
    why: "A list of accounts is out of date with the next account",
    fix: "set organizationAggregationSource",
    severity: "low",
    level: "mandatory",
    controls: [],
    types: aggregators,
    check: mustBeSet("organizationAggregationSource"),
  },
  {
    name: "config-recorder-continuous",
    theme: "logging-and-detection",
    title: "AWS Config records changes when they are made",
    why: "With one record a day, what is opened in the morning and closed at night was never open",
    fix: "leave recordingMode.recordingFrequency out or set it to CONTINUOUS",
    severity: "low",
    level: "advisory",
    controls: [],
    types: recorders,
    // AWS's default is CONTINUOUS.
    check: mustNotBe("recordingMode.recordingFrequency", "DAILY"),
  },
];

function oneIsGlobal([first, ...others]: readonly StackResource[], report: Report): void {
  if (first === undefined) return;
  const all = [first, ...others];
  report.attempt(() => {
    if (!someFits(all, isGlobal))
      report.each([first], (_, report) => report.refuse("no recorder of the account does"));
  });
  const global: StackResource[] = [];
  report.each(all, one => {
    if (isGlobal(one)) global.push(one);
  });
  report.each(global.slice(1), (_, report) => report.refuse("another recorder does so already"));
}

function encryptsWithKms(configuration: StackResource): boolean {
  return someFits(configuration.at("rules").list(), rule =>
    (rule.at("applyServerSideEncryptionByDefault", "sseAlgorithm").text() ?? "").startsWith("aws:kms"),
  );
}

function isGlobal(recorder: StackResource): boolean {
  return recorder.at("recordingGroup", "includeGlobalResourceTypes").is(true);
}
