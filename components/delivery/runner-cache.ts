import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { bucketAccess } from "../data/bucket-access";
import { bucketParts } from "../data/bucket-parts";
import type { Statement } from "../identity/policy-document";
import type { Location } from "../location";
import { accessLogPrefixes } from "../logs/access-log-bucket";
import { useOfKey } from "../security/encryption-key";

export interface RunnerCacheArgs {
  readonly at: Location;
  /** Unique in all of AWS: include the account's number. */
  readonly bucketName: string;
  readonly keyArn: pulumi.Input<string>;
  /** The account's bucket for records of requests. */
  readonly accessLogs: { readonly bucketName: string };
}

/** Days that S3 keeps what jobs have put into their cache. */
const keptDays = 30;

/**
 * What jobs leave for the next ones: a private bucket that forgets. Nobody but the manager has a right to it; it signs
 * an address for a job's one file. What is lost is made anew, so that it has no copy.
 *
 * Source: GitLab Runner documentation, "The [runners.cache.s3] section".
 */
export class RunnerCache extends pulumi.ComponentResource {
  readonly bucketName: string;

  constructor(name: string, args: RunnerCacheArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:delivery:RunnerCache", name, {}, opts);
    this.bucketName = args.bucketName;
    const { bucket } = bucketParts(
      name,
      {
        bucketName: args.bucketName,
        keyArn: args.keyArn,
        lifecycle: {
          id: "forget",
          status: "Enabled",
          filter: { prefix: "" },
          expiration: { days: keptDays },
          noncurrentVersionExpiration: { noncurrentDays: 1 },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
        },
      },
      { parent: this, protect: opts?.protect, retainOnDelete: false },
    );
    new aws.s3.BucketLogging(
      name,
      {
        bucket: bucket.id,
        targetBucket: args.accessLogs.bucketName,
        targetPrefix: `${accessLogPrefixes.buckets}/${args.bucketName}/`,
        targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: "EventTime" } },
      },
      { parent: this },
    );
    this.registerOutputs({ bucketName: this.bucketName });
  }
}

/** For the manager's role. */
export const cacheStatements = (at: Location, bucketName: string, keyAlias: string): Statement[] => [
  ...bucketAccess(at, bucketName, "readWrite").statements,
  { ...useOfKey(at, keyAlias, ["s3"]), Sid: "CacheKey" },
];
