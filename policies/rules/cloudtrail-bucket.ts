/** Where a trail's files lie, as far as the stack that makes the trail makes the bucket too. */
import type { Resource, Stack, StackResource } from "../graph";
import { accountOf } from "../provider-inputs";
import type { Report } from "../report";
import { bucketLoggings, buckets, publicAccessBlocks, trails } from "../resource-types";
import type { Rule } from "../rule";
import { resourcesNamed } from "./resources-named";

const fourSettings = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

export const cloudtrailBucket: readonly Rule[] = [
  {
    name: "cloudtrail-bucket-private",
    theme: "exposure",
    title: "The bucket of a trail cannot be opened to the public",
    why: "A trail tells whoever reads it each name, role and weakness of all accounts",
    fix: "add a BucketPublicAccessBlock with all four settings true",
    severity: "critical",
    level: "mandatory",
    controls: ["Security Hub CloudTrail.6"],
    types: trails,
    scope: "stack",
    check: eachBucketOfTrail((bucket, report, stack) => {
      const blocks = stack.companions(bucket, publicAccessBlocks, "bucket");
      const open = fourSettings.filter(flag => !blocks.some(block => block.at(flag).is(true)));
      if (blocks.length === 0) report.refuse("no BucketPublicAccessBlock names it");
      else if (open.length > 0) report.refuse(`its BucketPublicAccessBlock leaves out ${open.join(", ")}`);
    }),
  },
  {
    // Advice: reads of the archive are data events of the trail, where they are recorded.
    name: "cloudtrail-bucket-logged",
    theme: "logging-and-detection",
    title: "It is recorded who reads a trail's bucket",
    why: "Who has read the trail knows what has been noticed",
    fix: "add a BucketLogging for it, to another bucket",
    severity: "low",
    level: "advisory",
    controls: ["Security Hub CloudTrail.7", "CIS 3.0 3.4", "CIS 5.0 3.4"],
    types: trails,
    scope: "stack",
    check: eachBucketOfTrail((bucket, report, stack) => {
      if (stack.companions(bucket, bucketLoggings, "bucket").length === 0)
        report.refuse("no BucketLogging names it");
    }),
  },
  {
    name: "cloudtrail-trail-to-archive-account",
    theme: "logging-and-detection",
    title: "A trail is kept in another account than the one that makes it",
    why: "Else whoever rules that account may delete what says so",
    fix: "make the bucket with the provider of the log archive's account",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: trails,
    scope: "stack",
    check: eachBucketOfTrail((bucket, report, _stack, trail) => {
      const account = accountOf(bucket);
      if (account !== undefined && account === accountOf(trail))
        report.refuse(`the trail and its bucket are both made in ${account}`);
    }),
  },
];

/** A bucket of another stack is that stack's to answer for. */
function eachBucketOfTrail(
  inspect: (bucket: StackResource, report: Report, stack: Stack, trail: Resource) => void,
) {
  return (stack: Stack, report: Report): void =>
    report.each(stack.ofType(trails), trail => {
      const own = resourcesNamed(trail, "s3BucketName", stack.ofType(buckets));
      report.each(own, (bucket, report) => inspect(bucket, report, stack, trail));
    });
}
