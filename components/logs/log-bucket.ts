import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { denyWithoutTls, policyDocument, type Statement } from "../identity/policy-document";
import { organizationOnly, requireOrganization, wholeBucket } from "./bucket-statements";
import type { Lifecycle } from "./lifecycle";

export interface Lock {
  /**
   * `GOVERNANCE`: whoever has s3:BypassGovernanceRetention could delete before the time is over; where a
   * policy denies that, it takes a change of the policy first, which is logged. `COMPLIANCE`: nobody can, AWS
   * and the root user included, and the time can only be made longer; what is written is paid for until then,
   * and nothing but closing the account deletes it.
   */
  readonly mode: "GOVERNANCE" | "COMPLIANCE";
  readonly retentionDays: number;
}

export interface LogBucketArgs {
  /** At most 63 characters, unique in all of AWS: include the account's number. */
  readonly bucketName: string;
  readonly organizationId: string;
  /** A key of the company's; or S3's own, with the reason in 20 characters or more. */
  readonly encryption: { readonly keyArn: pulumi.Input<string> } | { readonly awsKeyBecause: string };
  /** Who is let in, and what else is refused, beside plain HTTP and principals outside the organization. */
  readonly statements: readonly Statement[];
  readonly lifecycle: Lifecycle;
  /**
   * Keeps every new object from being changed or deleted. To be chosen now: a bucket cannot be unlocked
   * later.
   */
  readonly lock?: Lock;
  /** The bucket, of the same account and region, that gets the records of each request to this one. */
  readonly accessLogs?: LogBucket;
}

/**
 * A private bucket for what is evidence: closed to the public, to access control lists, to plain HTTP and to
 * everybody outside the organization; versioned; and, if it is to be, immutable.
 *
 * Sources: FSBP S3.1, S3.5, S3.8, S3.9, S3.12, S3.13; Security Hub S3.14, S3.15, S3.17; Amazon S3 user guide,
 * "Locking objects with Object Lock".
 */
export class LogBucket extends pulumi.ComponentResource {
  readonly bucketName: string;
  readonly arn: string;

  constructor(name: string, args: LogBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:logs:LogBucket", name, {}, opts);
    requireOrganization(args.organizationId);
    const here = { parent: this };
    const { encryption, lock, accessLogs } = args;
    this.bucketName = args.bucketName;
    this.arn = `arn:aws:s3:::${args.bucketName}`;

    const { id: bucket } = new aws.s3.Bucket(
      name,
      {
        bucket: args.bucketName,
        forceDestroy: false,
        objectLockEnabled: lock !== undefined,
        ...("awsKeyBecause" in encryption ? { tags: { "allow-aws-key": encryption.awsKeyBecause } } : {}),
      },
      { ...here, protect: opts?.protect },
    );
    const closed = new aws.s3.BucketPublicAccessBlock(
      name,
      {
        bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      here,
    );
    new aws.s3.BucketOwnershipControls(
      name,
      { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
      here,
    );
    new aws.s3.BucketServerSideEncryptionConfiguration(
      name,
      { bucket, rules: [encryptionRule(encryption)] },
      here,
    );
    const versioning = new aws.s3.BucketVersioning(
      name,
      { bucket, versioningConfiguration: { status: "Enabled" } },
      here,
    );
    const versioned = { ...here, dependsOn: [versioning] };
    if (lock)
      new aws.s3.BucketObjectLockConfiguration(
        name,
        { bucket, rule: { defaultRetention: { mode: lock.mode, days: lock.retentionDays } } },
        versioned,
      );
    new aws.s3.BucketLifecycleConfiguration(
      name,
      { bucket, rules: [lifecycleRule(args.lifecycle)] },
      versioned,
    );
    // S3 refuses two changes to a bucket's permissions at once, hence one after the other.
    new aws.s3.BucketPolicy(
      name,
      {
        bucket,
        policy: policyDocument([
          denyWithoutTls("s3:*", wholeBucket(this.arn)),
          organizationOnly(args.organizationId, this.arn),
          ...args.statements,
        ]),
      },
      { ...here, dependsOn: [closed] },
    );
    if (accessLogs)
      new aws.s3.BucketLogging(
        name,
        {
          bucket,
          targetBucket: accessLogs.bucketName,
          targetPrefix: accessLogPrefix(args.bucketName),
          targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: "EventTime" } },
        },
        // The name is known before the bucket and its policy are there.
        { ...here, dependsOn: [accessLogs] },
      );

    this.registerOutputs({ arn: this.arn });
  }
}

/** Below this the records of requests to a bucket are found. */
export const accessLogPrefix = (bucketName: string): string => `${bucketName}/`;

const encryptionRule = (encryption: LogBucketArgs["encryption"]) =>
  "keyArn" in encryption
    ? {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: encryption.keyArn },
        bucketKeyEnabled: true,
      }
    : { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };

const lifecycleRule = ({ transitions = [], expireAfterDays, keepReplacedDays }: Lifecycle) => ({
  id: "keep",
  status: "Enabled",
  filter: { prefix: "" },
  abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
  ...(transitions.length === 0 ? {} : { transitions: transitions.map(transition => ({ ...transition })) }),
  expiration: { days: expireAfterDays },
  noncurrentVersionExpiration: { noncurrentDays: keepReplacedDays },
});
