/** What every bucket has, be it in the bucket itself or beside it in the stack. */
import { mustHaveCompanion } from "../demands";
import type { Stack, StackResource } from "../graph";
import { deniesPlainHttp } from "../plain-http";
import { readOnce } from "../policy-documents";
import { declaredReason, isProduction, tag } from "../resource-tags";
import {
  bucketEncryptions,
  bucketLifecycles,
  bucketLoggings,
  bucketNotifications,
  bucketObjectLocks,
  bucketPolicies,
  bucketReplications,
  buckets,
  bucketVersionings,
  publicAccessBlocks,
} from "../resource-types";
import type { Rule } from "../rule";
import { UnknownValue, type Value } from "../value";
import { ownKey } from "./company-keys";
import { takesLogs } from "./s3-statements";

const directoryBuckets = ["aws:s3/directoryBucket:DirectoryBucket"];
const workgroups = ["aws:athena/workgroup:Workgroup"];
const trails = ["aws:cloudtrail/trail:Trail"];

export const s3Buckets: readonly Rule[] = [
  {
    name: "s3-bucket-encryption",
    theme: "encryption-at-rest",
    title: "A bucket encrypts with KMS",
    why: ownKey,
    fix: "add a BucketServerSideEncryptionConfiguration with sseAlgorithm aws:kms, or, for a bucket that a service delivers to without KMS, the tag allow-aws-key with the reason",
    severity: "high",
    level: "mandatory",
    controls: ["Security Hub S3.17"],
    types: buckets,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(buckets), (bucket, report) => {
        const rules = [
          ...stack.companions(bucket, bucketEncryptions, "bucket").flatMap(one => one.at("rules").list()),
          ...bucket.at("serverSideEncryptionConfiguration", "rule").list(),
        ];
        const algorithms = rules.map(rule => rule.at("applyServerSideEncryptionByDefault", "sseAlgorithm"));
        if (algorithms.some(algorithm => algorithm.text()?.startsWith("aws:kms"))) return;
        const reason = declaredReason(bucket, "allow-aws-key");
        if (reason) report.remark(`encrypted with a key of AWS's: ${reason}`);
        else report.refuse("no encryption configuration of the bucket says aws:kms");
      });
    },
  },
  {
    name: "s3-bucket-policy-tls-only",
    theme: "encryption-in-transit",
    title: "A bucket denies requests without TLS",
    why: "S3 answers plain HTTP too, and then anyone on the way reads along",
    fix: 'add a BucketPolicy that denies s3:* to everyone where aws:SecureTransport is "false"',
    severity: "high",
    level: "mandatory",
    controls: ["FSBP S3.5", "CIS 3.0 2.1.1", "CIS 5.0 2.1.1"],
    types: buckets,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(buckets), (bucket, report) => {
        const holders = [...stack.companions(bucket, bucketPolicies, "bucket"), bucket];
        if (!holders.some(holder => deniesPlainHttp(holder.at("policy"), "s3:*", coversObjects))) {
          report.refuse("no policy of the bucket denies it");
        }
      });
    },
  },
  {
    name: "s3-bucket-has-public-access-block",
    theme: "exposure",
    title: "A bucket blocks public access",
    why: "One wrong policy or ACL would publish all that is in it",
    fix: "add a BucketPublicAccessBlock with all four settings true",
    severity: "critical",
    level: "mandatory",
    controls: ["FSBP S3.8", "CIS 3.0 2.1.4", "CIS 5.0 2.1.4"],
    types: buckets,
    scope: "stack",
    check: mustHaveCompanion(buckets, publicAccessBlocks, "bucket", "no BucketPublicAccessBlock names it"),
  },
  {
    name: "s3-bucket-has-versioning",
    theme: "resilience-and-backup",
    title: "A bucket keeps what is overwritten or deleted",
    why: "A faulty release or a thief overwrites objects, and without versions they are gone",
    fix: "add a BucketVersioning with status Enabled",
    severity: "medium",
    level: "mandatory",
    leniency: "dev",
    controls: ["Security Hub S3.14"],
    types: buckets,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(buckets), (bucket, report) => {
        if (!isVersioned(bucket, stack)) report.refuse("no BucketVersioning of status Enabled names it");
      });
    },
  },
  {
    name: "s3-bucket-has-logging",
    theme: "logging-and-detection",
    title: "A bucket writes down who asked for what",
    why: "After a theft it is the one record of which objects are gone",
    fix: "add a BucketLogging to the account's bucket for logs; a bucket that takes logs or copies, or the answers of queries to logs, needs none",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP S3.9", "CIS 3.0 3.4", "CIS 5.0 3.4"],
    types: buckets,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(buckets), (bucket, report) => {
        const logged = stack.companions(bucket, bucketLoggings, "bucket").length > 0;
        if (logged || bucket.at("logging").isSet || isLogSink(bucket, stack) || isCopy(bucket, stack)) return;
        report.refuse("no BucketLogging names it");
      });
    },
  },
  {
    name: "s3-bucket-lifecycle",
    theme: "governance-and-cost",
    title: "A bucket says how long it keeps what",
    why: "Without a lifecycle everything is kept, and paid for, for ever",
    fix: "add a BucketLifecycleConfiguration with a rule of status Enabled",
    severity: "low",
    level: "advisory",
    controls: ["FSBP S3.13"],
    types: buckets,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(buckets), (bucket, report) => {
        if (lifecycleRules(bucket, stack).length === 0)
          report.refuse("no lifecycle rule of status Enabled is of the bucket");
      });
    },
  },
  {
    name: "s3-bucket-lifecycle-old-versions",
    theme: "governance-and-cost",
    title: "A bucket with versions says how long it keeps the old ones",
    why: "Every overwritten object stays, unseen and paid for, for ever",
    fix: "give a lifecycle rule noncurrentVersionExpiration or noncurrentVersionTransitions",
    severity: "low",
    level: "advisory",
    controls: ["FSBP S3.10"],
    types: buckets,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(buckets), (bucket, report) => {
        if (!isVersioned(bucket, stack)) return;
        const covers = lifecycleRules(bucket, stack).some(
          rule =>
            rule.at("noncurrentVersionExpiration").isSet ||
            rule.at("noncurrentVersionTransitions").list().length > 0,
        );
        if (!covers) report.refuse("no lifecycle rule of the bucket is about old versions");
      });
    },
  },
  {
    name: "s3-directory-bucket-lifecycle",
    theme: "governance-and-cost",
    title: "A directory bucket says how long it keeps what",
    why: "Its storage is the dearest that S3 has",
    fix: "add a BucketLifecycleConfiguration with the directory bucket's name",
    severity: "low",
    level: "advisory",
    controls: ["FSBP S3.25"],
    types: directoryBuckets,
    scope: "stack",
    check: mustHaveCompanion(
      directoryBuckets,
      bucketLifecycles,
      "bucket",
      "no BucketLifecycleConfiguration names it",
    ),
  },
  {
    name: "s3-bucket-events",
    theme: "logging-and-detection",
    title: "A production bucket of restricted data tells of every change",
    why: "Whoever watches over the data learns of a change when it happens, and not from the next day's logs",
    fix: "add a BucketNotification with eventbridge: true",
    severity: "low",
    level: "advisory",
    controls: ["FSBP S3.11"],
    types: buckets,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(buckets), (bucket, report) => {
        if (stack.companions(bucket, bucketNotifications, "bucket").length > 0) return;
        if (tag(bucket, "data-class").is("restricted") && isProduction(bucket))
          report.refuse("no BucketNotification names it");
      });
    },
  },
  {
    name: "s3-bucket-object-lock",
    theme: "data-protection",
    title: "What a trail writes can be changed by nobody",
    why: "Whoever broke in would first delete the record of it",
    fix: "set objectLockEnabled: true on the trail's bucket; it cannot be done later",
    severity: "high",
    level: "mandatory",
    controls: ["Security Hub S3.15"],
    types: [...trails, ...buckets],
    scope: "stack",
    check(stack, report) {
      for (const trail of stack.ofType(trails))
        report.each(stack.ofType(buckets), (bucket, report) => {
          const writes = trail.names("s3BucketName", bucket);
          if (writes === false || bucket.at("objectLockEnabled").is(true)) return;
          if (writes === undefined) throw new UnknownValue(`${trail.name}.s3BucketName`);
          report.refuse(`objectLockEnabled is not true, and ${trail.name} writes to it`);
        });
    },
  },
  {
    name: "s3-bucket-object-lock-retention",
    theme: "data-protection",
    title: "A bucket that can lock objects says how long it does",
    why: "Without a default only those objects are locked whose writer asks for it",
    fix: "add a BucketObjectLockConfiguration with rule.defaultRetention: a mode, and days or years",
    severity: "medium",
    level: "mandatory",
    controls: ["Security Hub S3.15"],
    types: buckets,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(buckets), (bucket, report) => {
        if (!bucket.at("objectLockEnabled").is(true)) return;
        const retentions = [...stack.companions(bucket, bucketObjectLocks, "bucket"), bucket].flatMap(one => [
          one.at("rule", "defaultRetention"),
          one.at("objectLockConfiguration", "rule", "defaultRetention"),
        ]);
        const keeps = retentions.some(
          one => one.at("mode").isSet && (one.at("days").isSet || one.at("years").isSet),
        );
        if (!keeps) report.refuse("no BucketObjectLockConfiguration of the bucket says how long");
      });
    },
  },
];

function isVersioned(bucket: StackResource, stack: Stack): boolean {
  if (bucket.at("versioning", "enabled").is(true)) return true;
  return stack
    .companions(bucket, bucketVersionings, "bucket")
    .some(one => one.at("versioningConfiguration", "status").is("Enabled"));
}

/** Those in force, be they written in the bucket or beside it. */
function lifecycleRules(bucket: StackResource, stack: Stack): Value[] {
  const beside = stack.companions(bucket, bucketLifecycles, "bucket").flatMap(one => one.at("rules").list());
  return [
    ...beside.filter(rule => rule.at("status").is("Enabled")),
    ...bucket
      .at("lifecycleRules")
      .list()
      .filter(rule => rule.at("enabled").is(true)),
  ];
}

/** Athena writes down who asked, and its answers are copies that last some days. */
function answersInto(workgroup: StackResource, bucket: StackResource): boolean {
  const location = workgroup.at("configuration", "resultConfiguration", "outputLocation");
  const name = bucket.at("bucket").text();
  return name !== undefined && location.text()?.split("/")[2] === name;
}

/** It takes other buckets' logs, or those of services: to log who writes logs would never end. */
/** S3 writes there what is in another bucket, in another region, where the account has no bucket for logs. */
const isCopy = (bucket: StackResource, stack: Stack): boolean =>
  stack.ofType(bucketReplications).some(replication => replication.madeFrom("rules").includes(bucket));

function isLogSink(bucket: StackResource, stack: Stack): boolean {
  if (stack.ofType(bucketLoggings).some(one => one.names("targetBucket", bucket))) return true;
  if (stack.ofType(workgroups).some(one => answersInto(one, bucket))) return true;
  const policies = [...stack.companions(bucket, bucketPolicies, "bucket"), bucket];
  return policies.some(one => takesLogs(readOnce(one.at("policy"))));
}

/** A statement on the bucket alone lets its objects be asked for in plain text. */
const coversObjects = (resources: readonly string[]): boolean =>
  resources.some(resource => resource.endsWith("*"));
