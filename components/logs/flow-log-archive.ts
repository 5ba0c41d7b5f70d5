import * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../identity/policy-document";
import type { Location } from "../location";
import { EncryptionKey } from "../security/encryption-key";
import { immutable } from "./archive-policies";
import { decryptingReaders, readableBy, requireAccounts, requireOrganization } from "./bucket-statements";
import { archiveLifecycle } from "./lifecycle";
import { LogBucket } from "./log-bucket";

export interface FlowLogArchiveArgs {
  /** The log archive's account and the Region of the bucket; the VPCs may be in any other. */
  readonly at: Location;
  /** `o-` and 10 to 32 letters or digits. */
  readonly organizationId: string;
  /** Accounts of the organization whose roles may be let read the logs; default: none. */
  readonly readerAccountIds?: readonly string[];
  /** Days after which logs are in GLACIER_IR, which Athena still reads; default: 30. */
  readonly coldAfterDays?: number;
  /** Days after which logs are in DEEP_ARCHIVE, which Athena leaves out; default: 180. */
  readonly deepAfterDays?: number;
  /** Years after which logs expire; default: 1. */
  readonly keepYears?: number;
  /**
   * The bucket, of the same account and Region, for the records of requests; it has to let S3 deliver for the bucket
   * `flowLogBucketName(at)`. Default: none, and requests are not recorded.
   */
  readonly accessLogs?: LogBucket;
}

/**
 * Where the flow logs of all accounts end up, and Resolver's logs of queries if they are sent here: a bucket of the log
 * archive that AWS's delivery of logs writes to on behalf of the organization's accounts and of nobody else, that
 * nobody deletes from, and that is encrypted with a key of its own. Bucket and key are protected, whatever the
 * component is told.
 *
 * Delivery comes from every Region: its documents name the logs' Region and not the bucket's (`aws:SourceArn` is
 * `arn:aws:logs:source-region:source-account:*`), and it writes below the Region that logs are from. Only log groups
 * must be where the VPC is.
 *
 * Refused with an error: an `organizationId` of another form, what is no number of an account, and what
 * `archiveLifecycle` refuses.
 *
 * Sources: Amazon VPC user guide, "Publish flow logs to Amazon S3", "Amazon S3 bucket permissions for flow logs" and
 * "Required key policy for use with SSE-KMS"; AWS Prescriptive Guidance, "Configure VPC Flow Logs for centralization
 * across AWS accounts".
 */
export class FlowLogArchive extends pulumi.ComponentResource {
  readonly bucketName: string;
  /** What `FlowLogs` and `DnsFirewall` are given; known before the bucket is made. */
  readonly bucketArn: string;
  readonly keyArn: pulumi.Output<string>;
  readonly keyAlias: string;

  constructor(name: string, args: FlowLogArchiveArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:logs:FlowLogArchive", name, {}, opts);
    const { at, organizationId, readerAccountIds = [], accessLogs } = args;
    requireOrganization(organizationId);
    requireAccounts("readerAccountIds", readerAccountIds);
    const lifecycle = archiveLifecycle({
      coldAfterDays: args.coldAfterDays ?? 30,
      deepAfterDays: args.deepAfterDays ?? 180,
      years: args.keepYears ?? 1,
    });
    const kept = { parent: this, protect: true };
    this.bucketName = flowLogBucketName(at);
    this.bucketArn = `arn:aws:s3:::${this.bucketName}`;
    const key = new EncryptionKey(
      name,
      {
        alias: "landing-zone/flow-logs",
        description: "Flow logs of the organization",
        at,
        statements: keyUsers(at, organizationId, readerAccountIds),
      },
      kept,
    );
    new LogBucket(
      name,
      {
        bucketName: this.bucketName,
        organizationId,
        encryption: { keyArn: key.arn },
        statements: [
          ...delivery(organizationId, this.bucketArn),
          ...readableBy(readerAccountIds, organizationId, this.bucketArn),
          ...immutable(this.bucketArn),
        ],
        lifecycle,
        ...(accessLogs === undefined ? {} : { accessLogs }),
      },
      kept,
    );
    this.keyArn = key.arn;
    this.keyAlias = key.alias;
    this.registerOutputs({ bucketName: this.bucketName, keyArn: this.keyArn });
  }
}

/** Known to every stack that knows where the log archive is. */
export const flowLogBucketName = ({ accountId, region }: Location): string =>
  `landing-zone-flow-logs-${accountId}-${region}`;

const deliveryService = { Service: "delivery.logs.amazonaws.com" };

/** On behalf of whose logs the service acts: of an account of the organization, and of its logs in any Region. */
const forTheOrganization = (organizationId: string) => ({
  StringEquals: { "aws:SourceOrgID": organizationId },
  ArnLike: { "aws:SourceArn": "arn:aws:logs:*:*:*" },
});

/**
 * AWS's example wants the header x-amz-acl, too. It says nothing here: the bucket takes no access control lists and
 * owns what is put into it.
 */
const delivery = (organizationId: string, bucketArn: string): Statement[] => [
  {
    Sid: "DeliveryCheck",
    Effect: "Allow",
    Principal: deliveryService,
    Action: ["s3:GetBucketAcl", "s3:ListBucket"],
    Resource: bucketArn,
    Condition: forTheOrganization(organizationId),
  },
  {
    Sid: "DeliveryWrite",
    Effect: "Allow",
    Principal: deliveryService,
    Action: "s3:PutObject",
    Resource: `${bucketArn}/AWSLogs/*`,
    Condition: forTheOrganization(organizationId),
  },
];

/**
 * Sources: CloudWatch Logs user guide, "Amazon S3 bucket server-side encryption"; KMS developer guide,
 * "kms:ViaService".
 */
const keyUsers = (at: Location, organizationId: string, readerAccountIds: readonly string[]): Statement[] => [
  {
    Sid: "DeliveryEncrypts",
    Effect: "Allow",
    Principal: deliveryService,
    Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
    Resource: "*",
    Condition: forTheOrganization(organizationId),
  },
  ...decryptingReaders(readerAccountIds, organizationId, at.region),
];
