/** Where the state is: a bucket and the key that encrypts it, in the management account. */
import type { LandingZone } from "../../stacks/description";
import { stateBucket, stateKeyAlias } from "../../stacks/platform-names";
import { accountIdOf, platform, tagsOf } from "../../stacks/providers";
import { arnOf, policyOf, type Resource, type Statement, type Value } from "./cloudformation";

export const stateKeyId = "StateKey";
export const stateBucketId = "StateBucket";

/**
 * No guardrail holds in the management account, so the bucket and the key keep themselves: their own policies refuse
 * what would lose or open the state, whoever asks.
 *
 * - Both stay when the stack is deleted; where making the stack for the first time fails they go, so that the next
 *   try does not find its names taken.
 * - S3 keeps every version for a year. Nobody may delete one: whoever has to changes the bucket's policy first, which
 *   the trail records.
 * - Requests are recorded by the organization's trail: server access logs go to a bucket of the same account and
 *   region, and this account has none before the state is there.
 *
 * Sources: S3 user guide, "Reducing the cost of SSE-KMS with Amazon S3 Bucket Keys"; CloudFormation user guide,
 * "DeletionPolicy attribute"; FSBP controls S3.1, S3.5, S3.8, S3.14, S3.17, KMS.4.
 */
export function stateResources(zone: LandingZone): Record<string, Resource> {
  const accountId = accountIdOf(zone, zone.organization.roles.management);
  const bucketName = stateBucket(zone);
  const bucketArn = `arn:aws:s3:::${bucketName}`;
  const kept = { DeletionPolicy: "RetainExceptOnCreate", UpdateReplacePolicy: "Retain" } as const;
  return {
    [stateKeyId]: {
      Type: "AWS::KMS::Key",
      ...kept,
      Properties: {
        Description: "State of the landing zone's stacks, and the secrets in it",
        EnableKeyRotation: true,
        PendingWindowInDays: 30,
        KeyPolicy: policyOf(keyStatements(accountId)),
        Tags: tags(zone),
      },
    },
    StateKeyAlias: {
      Type: "AWS::KMS::Alias",
      ...kept,
      Properties: { AliasName: stateKeyAlias, TargetKeyId: arnOf(stateKeyId) },
    },
    [stateBucketId]: {
      Type: "AWS::S3::Bucket",
      ...kept,
      Properties: {
        BucketName: bucketName,
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            {
              BucketKeyEnabled: true,
              ServerSideEncryptionByDefault: {
                SSEAlgorithm: "aws:kms",
                KMSMasterKeyID: arnOf(stateKeyId),
              },
            },
          ],
        },
        VersioningConfiguration: { Status: "Enabled" },
        OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        LifecycleConfiguration: {
          Rules: [
            {
              Id: "old-versions",
              Status: "Enabled",
              NoncurrentVersionExpiration: { NoncurrentDays: 365, NewerNoncurrentVersions: 20 },
              ExpiredObjectDeleteMarker: true,
            },
            {
              Id: "broken-uploads",
              Status: "Enabled",
              AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
            },
          ],
        },
        Tags: tags(zone),
      },
    },
    StateBucketPolicy: {
      Type: "AWS::S3::BucketPolicy",
      ...kept,
      Properties: {
        Bucket: { Ref: stateBucketId },
        PolicyDocument: policyOf(bucketStatements(bucketArn, accountId)),
      },
    },
  };
}

/** Every resource of the stack's says whose it is, and that CloudFormation manages it. */
export const tags = (zone: LandingZone): Value =>
  Object.entries({ ...tagsOf(platform(zone, "shared")), "managed-by": "cloudformation" }).map(
    ([Key, Value]) => ({ Key, Value }),
  );

const keyStatements = (accountId: string): Statement[] => {
  const account = { AWS: `arn:aws:iam::${accountId}:root` };
  return [
    {
      Sid: "Administration",
      Effect: "Allow",
      Principal: account,
      Action: [
        "kms:CreateAlias",
        "kms:Describe*",
        "kms:Enable*",
        "kms:List*",
        "kms:Put*",
        "kms:Update*",
        "kms:Disable*",
        "kms:Get*",
        "kms:Delete*",
        "kms:TagResource",
        "kms:UntagResource",
        "kms:ScheduleKeyDeletion",
        "kms:CancelKeyDeletion",
        "kms:RotateKeyOnDemand",
      ],
      Resource: "*",
    },
    {
      Sid: "UseAsIamPoliciesSay",
      Effect: "Allow",
      Principal: account,
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: "*",
    },
    {
      // CloudFormation may, which deletes the key of a stack that could not be made. By hand it takes another key policy.
      Sid: "KeptByHand",
      Effect: "Deny",
      Principal: "*",
      Action: ["kms:ScheduleKeyDeletion", "kms:DisableKey"],
      Resource: "*",
      Condition: { "ForAllValues:StringNotEquals": { "aws:CalledVia": "cloudformation.amazonaws.com" } },
    },
  ];
};

const bucketStatements = (bucketArn: string, accountId: string): Statement[] => {
  const all = { Effect: "Deny", Principal: "*", Resource: [bucketArn, `${bucketArn}/*`] } as const;
  return [
    { Sid: "TlsOnly", ...all, Action: "s3:*", Condition: { Bool: { "aws:SecureTransport": "false" } } },
    { Sid: "RecentTls", ...all, Action: "s3:*", Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
    {
      Sid: "ThisAccountOnly",
      ...all,
      Action: "s3:*",
      Condition: {
        StringNotEquals: { "aws:PrincipalAccount": accountId },
        Bool: { "aws:PrincipalIsAWSService": "false" },
      },
    },
    {
      // The bucket's own encryption is what a request gets that names none.
      Sid: "NoOtherEncryption",
      ...all,
      Action: "s3:PutObject",
      Condition: {
        Null: { "s3:x-amz-server-side-encryption": "false" },
        StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
      },
    },
    {
      Sid: "VersionsAreKept",
      ...all,
      Action: ["s3:DeleteObjectVersion", "s3:PutBucketVersioning", "s3:PutLifecycleConfiguration"],
      Condition: { "ForAllValues:StringNotEquals": { "aws:CalledVia": "cloudformation.amazonaws.com" } },
    },
    {
      Sid: "BucketIsKept",
      ...all,
      Action: "s3:DeleteBucket",
    },
  ];
};
