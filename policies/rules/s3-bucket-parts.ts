/** Buckets' parts, each by itself. */
import { all, eachOf, inProduction, mustBe, mustNotBe, where } from "../demands";
import type { Resource } from "../graph";
import type { Report } from "../report";
import {
  bucketAcls,
  bucketEncryptions,
  bucketLifecycles,
  bucketLoggings,
  buckets,
  bucketVersionings,
  bucketWebsites,
  publicAccessBlocks,
} from "../resource-types";
import type { Rule } from "../rule";

const fourSettings = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];
const accountBlocks = ["aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"];
const accessPoints = ["aws:s3/accessPoint:AccessPoint"];
const multiRegionAccessPoints = ["aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint"];
const objects = ["aws:s3/bucketObject:BucketObject", "aws:s3/bucketObjectv2:BucketObjectv2"];

export const s3BucketParts: readonly Rule[] = [
  {
    name: "s3-account-public-access-block",
    theme: "exposure",
    title: "An account blocks public access to all its buckets",
    why: "It holds also for the bucket that somebody makes by hand",
    fix: "set all four settings true",
    severity: "critical",
    level: "mandatory",
    controls: ["FSBP S3.1", "CIS 3.0 2.1.4", "CIS 5.0 2.1.4"],
    types: accountBlocks,
    // AWS's default is false, four times.
    check: all(...fourSettings.map(setting => mustBe(setting, true))),
  },
  {
    name: "s3-bucket-public-access-block",
    theme: "exposure",
    title: "A bucket's public access block blocks all four ways",
    why: "Each way that is left open is one by which a wrong policy or ACL publishes the bucket",
    fix: "set blockPublicAcls, blockPublicPolicy, ignorePublicAcls and restrictPublicBuckets: true",
    severity: "critical",
    level: "mandatory",
    controls: ["FSBP S3.8", "CIS 3.0 2.1.4", "CIS 5.0 2.1.4"],
    types: publicAccessBlocks,
    // AWS's default is false, four times.
    check: all(...fourSettings.map(setting => mustBe(setting, true))),
    remediate: () => Object.fromEntries(fourSettings.map(setting => [setting, true])),
  },
  {
    name: "s3-access-point-block",
    theme: "exposure",
    title: "An access point blocks public access",
    why: "It is a second way into its bucket, with a policy of its own",
    fix: "leave publicAccessBlockConfiguration out, or set all four true",
    severity: "critical",
    level: "mandatory",
    controls: ["FSBP S3.19"],
    types: accessPoints,
    // AWS's default is true, four times.
    check: all(...fourSettings.map(one => mustNotBe(`publicAccessBlockConfiguration.${one}`, false))),
  },
  {
    name: "s3-multi-region-access-point-block",
    theme: "exposure",
    title: "A multi-region access point blocks public access",
    why: "It is a second way into its buckets, with a policy of its own, and it cannot be changed later",
    fix: "leave details.publicAccessBlock out, or set all four true",
    severity: "critical",
    level: "mandatory",
    controls: ["FSBP S3.24"],
    types: multiRegionAccessPoints,
    // AWS's default is true, four times.
    check: all(...fourSettings.map(one => mustNotBe(`details.publicAccessBlock.${one}`, false))),
  },
  {
    name: "s3-bucket-no-public-read-acl",
    theme: "exposure",
    title: "No ACL lets the world read",
    why: "Everybody on the internet, or everybody with an AWS account, would read what is in it",
    fix: "leave acl out, and let ownership be BucketOwnerEnforced",
    severity: "critical",
    level: "mandatory",
    controls: ["FSBP S3.2"],
    types: [...bucketAcls, ...buckets, ...objects],
    check: refuseWorld(/^(public-read(-write)?|authenticated-read)$/, /^(READ|READ_ACP|FULL_CONTROL)$/),
  },
  {
    name: "s3-bucket-no-public-write-acl",
    theme: "exposure",
    title: "No ACL lets the world write",
    why: "Strangers would overwrite what is in it, and keep there what they like",
    fix: "leave acl out, and let ownership be BucketOwnerEnforced",
    severity: "critical",
    level: "mandatory",
    neverExcepted: true,
    controls: ["FSBP S3.3"],
    types: [...bucketAcls, ...buckets, ...objects],
    check: refuseWorld(/^public-read-write$/, /^(WRITE|WRITE_ACP|FULL_CONTROL)$/),
  },
  {
    name: "s3-bucket-acls-disabled",
    theme: "exposure",
    title: "A bucket's ACLs have no effect",
    why: "An ACL of one object among millions is seen by nobody",
    fix: "set rule.objectOwnership: BucketOwnerEnforced",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP S3.12"],
    types: ["aws:s3/bucketOwnershipControls:BucketOwnershipControls"],
    check: mustBe("rule.objectOwnership", "BucketOwnerEnforced"),
  },
  {
    name: "s3-bucket-customer-key",
    theme: "encryption-at-rest",
    title: "A bucket that encrypts with KMS does so with a key of the company's",
    why: "Nobody can take the right to AWS's own key away, and other accounts cannot be given it",
    fix: "set applyServerSideEncryptionByDefault.kmsMasterKeyId to the account's key",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: bucketEncryptions,
    check: eachOf(
      "rules",
      where(
        "applyServerSideEncryptionByDefault.sseAlgorithm",
        ["aws:kms", "aws:kms:dsse"],
        (rule, report) => {
          const key = rule.at("applyServerSideEncryptionByDefault", "kmsMasterKeyId");
          if (!key.isSet) report.refuse(`${key.path} is not set`);
          else if (!key.isUnknown && key.is("alias/aws/s3")) report.refuse(`${key.path} is AWS's own key`);
        },
      ),
    ),
  },
  {
    name: "s3-bucket-key",
    theme: "governance-and-cost",
    title: "A bucket that encrypts with KMS asks for one key for many objects",
    why: "Else every read and write is a call of KMS, which is paid for and limited",
    fix: "set bucketKeyEnabled: true",
    severity: "low",
    level: "advisory",
    controls: [],
    types: bucketEncryptions,
    check: eachOf(
      "rules",
      // A bucket key does not work with two layers of encryption.
      where("applyServerSideEncryptionByDefault.sseAlgorithm", ["aws:kms"], mustBe("bucketKeyEnabled", true)),
    ),
  },
  {
    name: "s3-bucket-versioning",
    theme: "resilience-and-backup",
    title: "Versioning is enabled where it is configured",
    why: "Suspended, it keeps the old versions and makes no new ones: a delete is for good",
    fix: "set versioningConfiguration.status: Enabled",
    severity: "medium",
    level: "mandatory",
    leniency: "dev",
    controls: ["Security Hub S3.14"],
    types: bucketVersionings,
    check: mustBe("versioningConfiguration.status", "Enabled"),
  },
  {
    name: "s3-log-sink-not-self",
    theme: "logging-and-detection",
    title: "A bucket does not log to itself",
    why: "Every line of log is a request that makes the next: it never ends, and is paid for",
    fix: "set targetBucket to another bucket",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: bucketLoggings,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(bucketLoggings), (logging, report) => {
        const itself = stack
          .ofType(buckets)
          .some(bucket => logging.names("bucket", bucket) && logging.names("targetBucket", bucket));
        const [bucket, target] = [logging.at("bucket"), logging.at("targetBucket")];
        const same =
          !bucket.isUnknown && !target.isUnknown && bucket.isSet && bucket.text() === target.text();
        if (itself || same) report.refuse("targetBucket is the bucket itself");
        else if (target.isUnknown && logging.madeFrom("targetBucket").length === 0) target.content();
      });
    },
  },
  {
    name: "s3-lifecycle-abort-multipart",
    theme: "governance-and-cost",
    title: "Unfinished uploads are thrown away within a week",
    why: "They are paid for and shown in no listing",
    fix: "give a rule for the whole bucket abortIncompleteMultipartUpload.daysAfterInitiation: 7",
    severity: "low",
    level: "advisory",
    controls: [],
    types: bucketLifecycles,
    check(lifecycle, report) {
      const aborts = lifecycle
        .at("rules")
        .list()
        .some(rule => {
          const days = rule.at("abortIncompleteMultipartUpload", "daysAfterInitiation").number();
          return rule.at("status").is("Enabled") && days !== undefined && days <= 7;
        });
      if (!aborts) report.refuse("no rule of status Enabled aborts uploads within seven days");
    },
  },
  {
    name: "s3-no-website",
    theme: "exposure",
    title: "No bucket is a website",
    why: "Its endpoint is public and speaks plain HTTP only",
    fix: "put a distribution of CloudFront with origin access control in front of the bucket",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: [...bucketWebsites, ...buckets],
    check(resource, report) {
      if (bucketWebsites.includes(resource.type)) report.refuse("it makes the bucket a website");
      else if (resource.at("website").isSet) report.refuse("website is set");
    },
  },
  {
    name: "s3-no-force-destroy-prod",
    theme: "data-protection",
    title: "A production bucket is not deleted with all that is in it",
    why: "With forceDestroy Pulumi empties the bucket first, versions included",
    fix: "leave forceDestroy out",
    severity: "high",
    level: "mandatory",
    yieldsWhereUnprotected: true,
    controls: [],
    types: [...buckets, "aws:s3/directoryBucket:DirectoryBucket"],
    check: inProduction(mustNotBe("forceDestroy", true)),
  },
  {
    name: "s3-no-deprecated-aliases",
    theme: "governance-and-cost",
    title: "Buckets are not written with the names that end in V2",
    why: "Version 7 of the provider keeps them for a time only",
    fix: "write the name without V2, with an alias of the old type so that nothing is replaced",
    severity: "low",
    level: "advisory",
    controls: [],
    types: [
      "Bucket",
      "BucketAccelerateConfiguration",
      "BucketCorsConfiguration",
      "BucketRequestPaymentConfiguration",
    ]
      .map(name => `aws:s3/${name.replace(/^B/, "b")}V2:${name}V2`)
      .concat(
        [bucketAcls, bucketEncryptions, bucketLifecycles, bucketLoggings, bucketVersionings, bucketWebsites]
          .flat()
          .filter(type => type.endsWith("V2")),
      ),
    check(resource, report) {
      report.refuse(`it is a ${resource.type.split(":").at(-1)}`);
    },
  },
];

/** Groups of everybody, with and without an AWS account. */
const world = /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/;

function refuseWorld(canned: RegExp, permitted: RegExp): (resource: Resource, report: Report) => void {
  return (resource, report) => {
    report.attempt(() => {
      const acl = resource.at("acl").text() ?? "private";
      if (canned.test(acl)) report.refuse(`acl is ${acl}`);
    });
    report.attempt(() =>
      report.each(resource.at("accessControlPolicy", "grants").list(), grant => {
        const permission = grant.at("permission").text() ?? "";
        const group = grant.at("grantee", "uri").text() ?? "";
        if (world.test(group) && permitted.test(permission)) report.refuse(`${group} has ${permission}`);
      }),
    );
    // As buckets carry them themselves: several permissions a grant.
    report.attempt(() =>
      report.each(resource.at("grants").list(), grant => {
        const group = grant.at("uri").text() ?? "";
        if (!world.test(group)) return;
        report.each(grant.at("permissions").list(), permission => {
          if (permitted.test(permission.text() ?? "")) report.refuse(`${group} has ${permission.text()}`);
        });
      }),
    );
  };
}
