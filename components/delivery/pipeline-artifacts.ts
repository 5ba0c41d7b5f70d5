import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { bucketParts } from "../data/bucket-parts";
import type { Statement } from "../identity/policy-document";
import type { Location } from "../location";
import { accessLogPrefixes } from "../logs/access-log-bucket";
import { useOfKey } from "../security/encryption-key";

export interface PipelineArtifactsArgs {
  readonly at: Location;
  /** At most 63 characters, unique in all of AWS: include the account's number. */
  readonly bucketName: string;
  readonly keyArn: pulumi.Input<string>;
  /** Its alias without `alias/`, which policies name it by. */
  readonly keyAlias: string;
  /** The account's bucket for records of requests; they are below `buckets/` in it. */
  readonly accessLogBucketName: string;
  /** Days after which they are deleted; the repository has what they were made from. Default 30. */
  readonly keepDays?: number;
}

/**
 * Where the stages of a pipeline find what the ones before hand on: a private bucket, encrypted with the company's key,
 * over TLS only, emptied by itself. `read` lets a build fetch, `write` lets the pipeline put there.
 *
 * Refused: days that are not whole or less than one.
 * Sources: CodePipeline user guide, "Configure server-side encryption for artifacts stored in Amazon S3 for
 * CodePipeline"; FSBP controls S3.5, S3.8, S3.9.
 */
export class PipelineArtifacts extends pulumi.ComponentResource {
  readonly bucketName: string;
  readonly read: readonly Statement[];
  readonly write: readonly Statement[];

  constructor(name: string, args: PipelineArtifactsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:delivery:PipelineArtifacts", name, {}, opts);
    const { at, bucketName, keepDays = 30 } = args;
    if (!Number.isInteger(keepDays) || keepDays < 1)
      throw new Error(`keepDays is ${keepDays}; it must be a whole number of days, 1 or more`);
    const { bucket } = bucketParts(
      name,
      {
        bucketName,
        keyArn: args.keyArn,
        lifecycle: {
          id: "tidy",
          status: "Enabled",
          filter: { prefix: "" },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
          expiration: { days: keepDays },
          noncurrentVersionExpiration: { noncurrentDays: 1 },
        },
      },
      { parent: this, protect: opts?.protect, retainOnDelete: false },
    );
    new aws.s3.BucketLogging(
      name,
      {
        bucket: bucket.id,
        targetBucket: args.accessLogBucketName,
        targetPrefix: `${accessLogPrefixes.buckets}/${bucketName}/`,
        targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: "EventTime" } },
      },
      { parent: this },
    );
    const bucketArn = `arn:aws:s3:::${bucketName}`;
    const key = useOfKey(at, args.keyAlias, ["s3"]);
    this.bucketName = bucketName;
    this.read = [
      {
        Sid: "ReadArtifacts",
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:GetObjectVersion"],
        Resource: `${bucketArn}/*`,
      },
      key,
    ];
    this.write = [
      {
        Sid: "FindArtifacts",
        Effect: "Allow",
        Action: ["s3:GetBucketLocation", "s3:GetBucketVersioning"],
        Resource: bucketArn,
      },
      {
        Sid: "Artifacts",
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
        Resource: `${bucketArn}/*`,
      },
      key,
    ];
    this.registerOutputs({ bucketName });
  }
}
