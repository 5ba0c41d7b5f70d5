import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "../identity/policy-document";
import { bucketStatements } from "./bucket-statements";

export type LifecycleRule = aws.types.input.s3.BucketLifecycleConfigurationRule;

export interface BucketPartsArgs {
  readonly bucketName: string;
  readonly keyArn: pulumi.Input<string>;
  /** Absent: the provider's. */
  readonly region?: string;
  readonly lifecycle: LifecycleRule;
  /** Who is let in, beside what IAM policies of the account say. */
  readonly statements?: readonly Statement[];
  readonly lock?: { readonly mode: "GOVERNANCE" | "COMPLIANCE"; readonly days: number };
  /** Default: it is deleted only when it is empty. */
  readonly goesWithContents?: boolean;
}

export interface BucketParts {
  readonly bucket: aws.s3.Bucket;
  readonly versioning: aws.s3.BucketVersioning;
}

/** A bucket and what makes it private, encrypted, versioned and tidy: the same where it is and where its copy is. */
export function bucketParts(
  name: string,
  { bucketName, keyArn, region, lifecycle, lock, statements = [], goesWithContents = false }: BucketPartsArgs,
  {
    parent,
    ...ofBucket
  }: { parent: pulumi.Resource; protect?: boolean | undefined; retainOnDelete: boolean },
): BucketParts {
  const here = { parent };
  const there = region === undefined ? {} : { region };
  const made = new aws.s3.Bucket(
    name,
    {
      ...there,
      bucket: bucketName,
      forceDestroy: goesWithContents,
      ...(lock === undefined ? {} : { objectLockEnabled: true }),
    },
    { ...here, ...ofBucket },
  );
  const its = { ...there, bucket: made.id };
  const closed = new aws.s3.BucketPublicAccessBlock(
    name,
    {
      ...its,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    here,
  );
  new aws.s3.BucketOwnershipControls(
    name,
    { ...its, rule: { objectOwnership: "BucketOwnerEnforced" } },
    here,
  );
  new aws.s3.BucketServerSideEncryptionConfiguration(
    name,
    {
      ...its,
      rules: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
          bucketKeyEnabled: true,
        },
      ],
    },
    here,
  );
  const versioning = new aws.s3.BucketVersioning(
    name,
    { ...its, versioningConfiguration: { status: "Enabled" } },
    here,
  );
  const versioned = { ...here, dependsOn: [versioning] };
  if (lock !== undefined)
    new aws.s3.BucketObjectLockConfiguration(
      name,
      { ...its, rule: { defaultRetention: { mode: lock.mode, days: lock.days } } },
      versioned,
    );
  new aws.s3.BucketLifecycleConfiguration(name, { ...its, rules: [lifecycle] }, versioned);
  // S3 refuses two changes to a bucket's permissions at once, hence one after the other.
  new aws.s3.BucketPolicy(
    name,
    { ...its, policy: policyDocument([...bucketStatements(`arn:aws:s3:::${bucketName}`), ...statements]) },
    { ...here, dependsOn: [closed] },
  );
  return { bucket: made, versioning };
}
