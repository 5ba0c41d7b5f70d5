import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { denyWithoutTls, policyDocument } from "../identity/policy-document";

export interface BucketArgs {
  /** The bucket's name, unique in all of AWS: include the account's number. At most 63 characters. */
  readonly bucketName: string;
  readonly keyArn: pulumi.Input<string>;
  /** Days after which an object is deleted; absent: never. */
  readonly expireAfterDays?: number;
  /** Send events about objects to EventBridge. */
  readonly events?: boolean;
}

/**
 * A private S3 bucket: encrypted with a key of the company's own, versioned, closed to the public and to access
 * control lists, over TLS only. Parts of broken uploads go after a week, replaced versions after 90 days.
 *
 * Sources: FSBP controls S3.1, S3.5, S3.8, S3.12, S3.13, S3.17.
 */
export class Bucket extends pulumi.ComponentResource {
  readonly bucketName: string;
  readonly arn: string;

  constructor(name: string, args: BucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:data:Bucket", name, {}, opts);
    const here = { parent: this };
    this.bucketName = args.bucketName;
    this.arn = `arn:aws:s3:::${args.bucketName}`;

    const { id: bucket } = new aws.s3.Bucket(
      name,
      { bucket: args.bucketName, forceDestroy: false },
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
      {
        bucket,
        rules: [
          {
            applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: args.keyArn },
            bucketKeyEnabled: true,
          },
        ],
      },
      here,
    );
    const versioning = new aws.s3.BucketVersioning(
      name,
      { bucket, versioningConfiguration: { status: "Enabled" } },
      here,
    );
    new aws.s3.BucketLifecycleConfiguration(
      name,
      {
        bucket,
        rules: [
          {
            id: "tidy",
            status: "Enabled",
            filter: { prefix: "" },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
            noncurrentVersionExpiration: { noncurrentDays: 90 },
            ...(args.expireAfterDays === undefined ? {} : { expiration: { days: args.expireAfterDays } }),
          },
        ],
      },
      { ...here, dependsOn: [versioning] },
    );
    // S3 refuses two changes to a bucket's permissions at once, hence one after the other.
    new aws.s3.BucketPolicy(
      name,
      {
        bucket,
        policy: policyDocument([denyWithoutTls("s3:*", [this.arn, `${this.arn}/*`])]),
      },
      { ...here, dependsOn: [closed] },
    );
    if (args.events === true) new aws.s3.BucketNotification(name, { bucket, eventbridge: true }, here);

    this.registerOutputs({ arn: this.arn });
  }
}
