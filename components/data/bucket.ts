import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../identity/policy-document";
import { accessLogPrefixes } from "../logs/access-log-bucket";
import { Alarm } from "../observability/alarm";
import { copyRole } from "./bucket-copy";
import { type BucketLifecycle, lifecycleRule, requireLifecycle } from "./bucket-lifecycle";
import { type BucketParts, bucketParts } from "./bucket-parts";
import type { Keeping } from "./keeping";

export interface BucketCors {
  /** Pages that may call, for example `https://shop.example.com`. */
  readonly origins: readonly string[];
  readonly methods: readonly ("GET" | "HEAD" | "PUT" | "POST" | "DELETE")[];
  /** Headers that a call may have; default: none beside the usual ones. */
  readonly headers?: readonly string[];
  /** Headers of the answer that a page may read. */
  readonly exposes?: readonly string[];
}

export interface BucketCopy {
  readonly region: string;
  readonly bucketName: string;
  /** A customer managed key of that region, and its alias without `alias/`. */
  readonly keyArn: pulumi.Input<string>;
  readonly keyAlias: string;
  /** The alias of the bucket's own key, without `alias/`. */
  readonly ownKeyAlias: string;
  /** Of the role that S3 copies with. */
  readonly roleName: string;
}

export interface BucketArgs extends Keeping, BucketLifecycle {
  /** The bucket's name, unique in all of AWS: include the account's number. At most 63 characters. */
  readonly bucketName: string;
  /**
   * With `lockDays`. `governance`, the default: who has s3:BypassGovernanceRetention can still delete. `compliance`:
   * nobody can, AWS included.
   */
  readonly lock?: "governance" | "compliance";
  readonly cors?: readonly BucketCors[];
  /** Send events about objects to EventBridge. */
  readonly events?: boolean;
  /** The bucket of the same account and region that gets the records of each request to this one. */
  readonly accessLogs?: { readonly bucketName: string };
  /** Who is let in, beside what IAM policies of the account say: for example a content delivery network. */
  readonly statements?: readonly Statement[];
  /** Copies everything into another region. */
  readonly copy?: BucketCopy;
}

/**
 * A private S3 bucket: encrypted with a key of the company's own and no other, versioned, closed to the public and to
 * access control lists, over TLS 1.2 or later only. Parts of broken uploads go after a week, replaced versions after
 * 90 days.
 *
 * S3 spreads it over three zones by itself, and does not delete it while there is something in it.
 *
 * Refused: a name that S3 refuses; days that contradict each other or that S3 bills in vain; a mode of a lock that
 * there is none; pages of any origin or without TLS; a copy in the bucket's own region.
 *
 * Sources: FSBP controls S3.1, S3.5, S3.8, S3.9, S3.12, S3.13; Security Hub S3.7, S3.14, S3.15, S3.17; Amazon S3 user
 * guide, "General purpose bucket naming rules", "Replicating objects", "Monitoring replication with metrics".
 */
export class Bucket extends pulumi.ComponentResource {
  readonly bucketName: string;
  readonly arn: string;

  constructor(name: string, args: BucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:data:Bucket", name, {}, opts);
    requireSound(args);
    const here = { parent: this };
    const {
      cors = [],
      accessLogs,
      copy,
      lockDays,
      lock = "governance",
      deletionProtection,
      statements = [],
    } = args;
    this.bucketName = args.bucketName;
    this.arn = `arn:aws:s3:::${args.bucketName}`;
    const kept = { ...here, protect: opts?.protect, retainOnDelete: deletionProtection };
    const contents = args.goesWithContents === undefined ? {} : { goesWithContents: args.goesWithContents };
    const locked =
      lockDays === undefined
        ? {}
        : { lock: { days: lockDays, mode: lock === "compliance" ? "COMPLIANCE" : "GOVERNANCE" } as const };
    const parts = bucketParts(
      name,
      {
        bucketName: args.bucketName,
        keyArn: args.keyArn,
        lifecycle: lifecycleRule(args),
        statements,
        ...contents,
        ...locked,
      },
      kept,
    );
    const bucket = parts.bucket.id;
    if (cors.length > 0)
      new aws.s3.BucketCorsConfiguration(
        name,
        {
          bucket,
          corsRules: cors.map(({ origins, methods, headers = [], exposes = [] }) => ({
            allowedOrigins: [...origins],
            allowedMethods: [...methods],
            ...(headers.length === 0 ? {} : { allowedHeaders: [...headers] }),
            ...(exposes.length === 0 ? {} : { exposeHeaders: [...exposes] }),
            maxAgeSeconds: 3_600,
          })),
        },
        here,
      );
    if (args.events === true) new aws.s3.BucketNotification(name, { bucket, eventbridge: true }, here);
    if (accessLogs !== undefined)
      new aws.s3.BucketLogging(
        name,
        {
          bucket,
          targetBucket: accessLogs.bucketName,
          targetPrefix: `${accessLogPrefixes.buckets}/${args.bucketName}/`,
          targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: "EventTime" } },
        },
        here,
      );
    if (copy !== undefined) {
      const there = bucketParts(
        `${name}-copy`,
        {
          bucketName: copy.bucketName,
          keyArn: copy.keyArn,
          region: copy.region,
          lifecycle: lifecycleRule(args),
          ...contents,
          ...locked,
        },
        kept,
      );
      this.copyInto(name, args, copy, parts, there);
    }
    this.registerOutputs({ arn: this.arn });
  }

  private copyInto(name: string, args: BucketArgs, copy: BucketCopy, from: BucketParts, to: BucketParts) {
    const here = { parent: this };
    const { at, bucketName, alarmTopics } = args;
    const role = copyRole(
      name,
      { at, bucketName, keyAlias: copy.ownKeyAlias, copy, roleName: copy.roleName },
      here,
    );
    const id = "all";
    new aws.s3.BucketReplicationConfig(
      name,
      {
        bucket: from.bucket.id,
        role: role.arn,
        rules: [
          {
            id,
            status: "Enabled",
            priority: 1,
            filter: { prefix: "" },
            deleteMarkerReplication: { status: "Enabled" },
            sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
            destination: {
              bucket: to.bucket.arn,
              storageClass: "STANDARD_IA",
              encryptionConfiguration: { replicaKmsKeyId: copy.keyArn },
              metrics: { status: "Enabled" },
            },
          },
        ],
      },
      // S3 copies versions only, and asks both buckets whether they keep them.
      { ...here, dependsOn: [from.versioning, to.versioning] },
    );
    new Alarm(
      `${name}-copy-failed`,
      {
        namespace: "AWS/S3",
        metricName: "OperationsFailedReplication",
        dimensions: { SourceBucket: bucketName, DestinationBucket: copy.bucketName, RuleId: id },
        statistic: "Sum",
        above: 0,
        period: 300,
        severity: "warning",
        topics: alarmTopics,
        description: `Objects of ${bucketName} were not copied to ${copy.bucketName} in ${copy.region}: mend the role ${copy.roleName} or the keys' policies, then copy the failed ones with S3 Batch Replication, for S3 does not try again`,
      },
      here,
    );
  }
}

function requireSound(args: BucketArgs): void {
  const { bucketName, lock, lockDays, cors = [], copy, at } = args;
  for (const [argument, value] of Object.entries({ bucketName, "copy.bucketName": copy?.bucketName }))
    if (value !== undefined && !/^(?!xn--|sthree-)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(value))
      throw new Error(
        `${argument} is ${value}; it must be 3 to 63 lower-case letters, digits or hyphens, with a letter or digit at both ends`,
      );
  requireLifecycle(args);
  if (lock !== undefined && lockDays === undefined)
    throw new Error(`lock is ${lock}, but objects are not locked; say for how long in lockDays`);
  for (const [index, { origins, methods }] of cors.entries()) {
    if (origins.length === 0 || methods.length === 0)
      throw new Error(`cors[${index}] names no ${methods.length === 0 ? "methods" : "origins"}`);
    for (const origin of origins)
      if (!/^https:\/\/[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?$/.test(origin))
        throw new Error(
          `cors[${index}].origins has ${origin}; it must be https:// and a host, for example https://shop.example.com`,
        );
  }
  if (copy !== undefined && copy.region === at.region)
    throw new Error(`copy.region is ${copy.region}, where the bucket is; a copy is of use in another region`);
}
