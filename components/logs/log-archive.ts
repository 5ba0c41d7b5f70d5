import * as pulumi from "@pulumi/pulumi";
import type { Location } from "../location";
import { EncryptionKey } from "../security/encryption-key";
import {
  type Archive,
  accessLogDelivery,
  archiveKeyUsers,
  configDelivery,
  immutable,
  trailDelivery,
} from "./archive-policies";
import { kmsOnly, readableBy, requireAccounts, requireOrganization } from "./bucket-statements";
import { archiveLifecycle, requireExpiryAfterLock } from "./lifecycle";
import { accessLogPrefix, type Lock, LogBucket } from "./log-bucket";

export interface LogArchiveArgs {
  /**
   * The log archive's account, and the region that is the trail's home, too: CloudTrail wants the key there.
   */
  readonly at: Location;
  /** `o-` and 10 to 32 letters or digits. */
  readonly organizationId: string;
  /** Twelve digits: the organization's trail is always this account's. */
  readonly managementAccountId: string;
  /** The one trail that may write, see `OrganizationTrail`. */
  readonly trailName: string;
  /** Accounts of the organization whose roles may be let read the logs; default: none. */
  readonly readerAccountIds?: readonly string[];
  /**
   * How long CloudTrail's logs cannot be deleted; default: 365 days in mode GOVERNANCE. A longer time or the
   * mode COMPLIANCE holds for what is written from then on; see `Lock` for what the modes mean before you
   * choose.
   */
  readonly lock?: Partial<Lock>;
  /** Days after which logs are in GLACIER_IR, which Athena still reads; default: 90. */
  readonly coldAfterDays?: number;
  /** Days after which logs are in DEEP_ARCHIVE, which Athena leaves out; default: 400. */
  readonly deepAfterDays?: number;
  /** Years after which logs expire; default: 7. */
  readonly keepYears?: number;
}

/**
 * Where the organization's logs end up, in an account of its own: one bucket for CloudTrail, which nobody can
 * delete from; one for AWS Config, which does not deliver to a bucket with object lock; and one for the
 * records of requests to both, which S3 writes neither with a key of the company's nor to a bucket with
 * object lock. The first two are encrypted with a key that is the archive's own. All is protected, whatever
 * the component is told.
 *
 * S3 moves no object below 128 KB to a colder class, because the move would cost more than it saves.
 *
 * Refused: an expiry before the lock is over, a storage class that is left before the days it bills, and what
 * is no organization's or account's number.
 *
 * Sources: FSBP CloudTrail.2; Security Hub CloudTrail.6, CloudTrail.7; CIS 3.0 3.4, 3.5; CloudFormation
 * template reference, "AWS::Config::DeliveryChannel"; Amazon S3 user guide, "Object Lock considerations" and
 * "Enabling Amazon S3 server access logging"; AWS Security Reference Architecture, "Log Archive account".
 */
export class LogArchive extends pulumi.ComponentResource {
  readonly trailBucketName: string;
  readonly configBucketName: string;
  readonly accessLogBucketName: string;
  readonly keyArn: pulumi.Output<string>;
  readonly keyAlias: string;

  constructor(name: string, args: LogArchiveArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:logs:LogArchive", name, {}, opts);
    const { at, organizationId, readerAccountIds = [], keepYears = 7 } = args;
    requireOrganization(organizationId);
    requireAccounts("managementAccountId", [args.managementAccountId]);
    requireAccounts("readerAccountIds", readerAccountIds);
    const lock: Lock = {
      mode: args.lock?.mode ?? "GOVERNANCE",
      retentionDays: args.lock?.retentionDays ?? 365,
    };
    requireExpiryAfterLock(keepYears, lock.retentionDays);
    const lifecycle = archiveLifecycle({
      coldAfterDays: args.coldAfterDays ?? 90,
      deepAfterDays: args.deepAfterDays ?? 400,
      years: keepYears,
    });
    const archive: Archive = { ...args, readerAccountIds };
    const kept = { parent: this, protect: true };

    this.trailBucketName = bucketName("trail", at);
    this.configBucketName = bucketName("config", at);
    this.accessLogBucketName = bucketName("access-logs", at);

    const key = new EncryptionKey(
      name,
      {
        alias: "landing-zone/log-archive",
        description: "Logs of the organization",
        at,
        statements: archiveKeyUsers(archive),
      },
      kept,
    );
    const accessLogs = new LogBucket(
      `${name}-access-logs`,
      {
        bucketName: this.accessLogBucketName,
        organizationId,
        encryption: { awsKeyBecause: "S3 delivers server access logs to a bucket with SSE-S3 only" },
        statements: accessLogDelivery(
          archive,
          arnOf(this.accessLogBucketName),
          [this.trailBucketName, this.configBucketName].map(source => ({
            arn: arnOf(source),
            prefix: accessLogPrefix(source),
          })),
        ),
        lifecycle: { expireAfterDays: 365, keepReplacedDays: 30 },
      },
      kept,
    );
    const trailBucket = arnOf(this.trailBucketName);
    new LogBucket(
      `${name}-trail`,
      {
        bucketName: this.trailBucketName,
        organizationId,
        encryption: { keyArn: key.arn },
        statements: [
          ...trailDelivery(archive, trailBucket),
          ...readableBy(readerAccountIds, organizationId, trailBucket),
          kmsOnly(trailBucket),
          ...immutable(trailBucket),
        ],
        lifecycle,
        lock,
        accessLogs,
      },
      kept,
    );
    const configBucket = arnOf(this.configBucketName);
    new LogBucket(
      `${name}-config`,
      {
        bucketName: this.configBucketName,
        organizationId,
        encryption: { keyArn: key.arn },
        statements: [
          ...configDelivery(archive, configBucket),
          ...readableBy(readerAccountIds, organizationId, configBucket),
          kmsOnly(configBucket),
        ],
        lifecycle,
        accessLogs,
      },
      kept,
    );

    this.keyArn = key.arn;
    this.keyAlias = key.alias;
    this.registerOutputs({
      trailBucketName: this.trailBucketName,
      configBucketName: this.configBucketName,
      accessLogBucketName: this.accessLogBucketName,
      keyArn: this.keyArn,
    });
  }
}

const bucketName = (of: string, { accountId, region }: Location): string =>
  `landing-zone-${of}-${accountId}-${region}`;

const arnOf = (name: string): string => `arn:aws:s3:::${name}`;
