/** Who may write to the log archive, and who may read what its key has encrypted. */
import type { Statement } from "../identity/policy-document";
import { arn, type Location } from "../location";
import { decryptingReaders } from "./bucket-statements";

export interface Archive {
  readonly at: Location;
  readonly organizationId: string;
  readonly managementAccountId: string;
  readonly trailName: string;
  readonly readerAccountIds: readonly string[];
}

const cloudTrail = { Service: "cloudtrail.amazonaws.com" };
const config = { Service: "config.amazonaws.com" };

/** The trail belongs to the management account, whoever made it, and lives where the archive does. */
export const trailArn = ({
  at,
  managementAccountId,
  trailName,
}: Pick<Archive, "at" | "managementAccountId" | "trailName">): string =>
  arn("cloudtrail", { region: at.region, accountId: managementAccountId }, `trail/${trailName}`);

/**
 * CloudTrail writes for the organization's one trail, below the management account's number until the trail
 * is the organization's, and below the organization's from then on.
 * Source: AWS CloudTrail user guide, "Creating a trail for an organization with the AWS CLI".
 */
export function trailDelivery(archive: Archive, bucketArn: string): Statement[] {
  const ofTheTrail = { "aws:SourceArn": trailArn(archive) };
  return [
    {
      Sid: "CloudTrailAclCheck",
      Effect: "Allow",
      Principal: cloudTrail,
      Action: "s3:GetBucketAcl",
      Resource: bucketArn,
      Condition: { StringEquals: ofTheTrail },
    },
    {
      Sid: "CloudTrailWrite",
      Effect: "Allow",
      Principal: cloudTrail,
      Action: "s3:PutObject",
      Resource: [archive.managementAccountId, archive.organizationId].map(
        owner => `${bucketArn}/AWSLogs/${owner}/*`,
      ),
      Condition: { StringEquals: { ...ofTheTrail, "s3:x-amz-acl": "bucket-owner-full-control" } },
    },
  ];
}

/**
 * Nobody deletes, shortens or bypasses, the account's administrators included; S3's lifecycle, which no
 * policy binds, still expires. And nobody but AWS services writes: else an administrator could write an empty
 * version over a log, and the lifecycle would clear away the true one.
 * Source: Amazon S3 user guide, "Object Lock considerations"; "Managing the lifecycle of objects".
 */
export const immutable = (bucketArn: string): Statement[] => [
  {
    Sid: "NobodyDeletes",
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:BypassGovernanceRetention"],
    Resource: `${bucketArn}/*`,
  },
  {
    Sid: "OnlyServicesWrite",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: `${bucketArn}/*`,
    Condition: { BoolIfExists: { "aws:PrincipalIsAWSService": "false" } },
  },
];

/**
 * AWS Config of every account of the organization delivers, each below its own number.
 * Sources: AWS Config developer guide, "Permissions for the Amazon S3 Bucket for the AWS Config Delivery
 * Channel"; AWS Control Tower user guide, "Amazon S3 bucket policy in the audit account", for
 * aws:SourceOrgID.
 */
export function configDelivery({ organizationId }: Archive, bucketArn: string): Statement[] {
  const forTheOrganization = { "aws:SourceOrgID": organizationId };
  return [
    {
      Sid: "ConfigBucketCheck",
      Effect: "Allow",
      Principal: config,
      Action: ["s3:GetBucketAcl", "s3:ListBucket"],
      Resource: bucketArn,
      Condition: { StringEquals: forTheOrganization },
    },
    {
      Sid: "ConfigDelivery",
      Effect: "Allow",
      Principal: config,
      Action: "s3:PutObject",
      Resource: `${bucketArn}/AWSLogs/*/Config/*`,
      Condition: { StringEquals: { ...forTheOrganization, "s3:x-amz-acl": "bucket-owner-full-control" } },
    },
  ];
}

/**
 * S3 writes the records of requests to these buckets, each below its own prefix.
 * Source: Amazon S3 user guide, "Enabling Amazon S3 server access logging", "Permissions for log delivery".
 */
export const accessLogDelivery = (
  { at }: Archive,
  bucketArn: string,
  sources: readonly { readonly arn: string; readonly prefix: string }[],
): Statement[] =>
  sources.map(({ arn: source, prefix }, index) => ({
    Sid: `AccessLogs${index}`,
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: `${bucketArn}/${prefix}*`,
    Condition: {
      ArnLike: { "aws:SourceArn": source },
      StringEquals: { "aws:SourceAccount": at.accountId },
    },
  }));

/**
 * Who uses the archive's key beside its own account. Describing has no encryption context, and the bucket key
 * has S3 decrypt on CloudTrail's behalf, so that these two are bound to the trail alone.
 *
 * Sources: AWS CloudTrail user guide, "Configure AWS KMS key policies for CloudTrail"; AWS Config developer
 * guide, "Permissions for the KMS Key for the AWS Config Delivery Channel"; KMS developer guide,
 * "kms:ViaService".
 */
export function archiveKeyUsers(archive: Archive): Statement[] {
  const { at, managementAccountId, organizationId, readerAccountIds } = archive;
  const ofTheTrail = { "aws:SourceArn": trailArn(archive) };
  return [
    {
      Sid: "CloudTrailEncrypts",
      Effect: "Allow",
      Principal: cloudTrail,
      Action: "kms:GenerateDataKey*",
      Resource: "*",
      Condition: {
        StringEquals: ofTheTrail,
        StringLike: {
          "kms:EncryptionContext:aws:cloudtrail:arn": `arn:aws:cloudtrail:*:${managementAccountId}:trail/*`,
        },
      },
    },
    {
      Sid: "CloudTrailDescribes",
      Effect: "Allow",
      Principal: cloudTrail,
      Action: ["kms:DescribeKey", "kms:Decrypt"],
      Resource: "*",
      Condition: { StringEquals: ofTheTrail },
    },
    {
      Sid: "ConfigEncrypts",
      Effect: "Allow",
      Principal: config,
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: "*",
      Condition: { StringEquals: { "aws:SourceOrgID": organizationId } },
    },
    ...decryptingReaders(readerAccountIds, organizationId, at.region),
  ];
}
