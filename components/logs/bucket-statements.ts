/** What the policies of buckets for logs have in common. */
import type { Statement } from "../identity/policy-document";
import { iamArn } from "../location";

/** A bucket and what is in it. */
export const wholeBucket = (bucketArn: string): string[] => [bucketArn, `${bucketArn}/*`];

/**
 * Shuts out every principal that is not of the organization, whatever else allows it; AWS services, which
 * belong to none, are left to the statements that let them in.
 * Source: AWS whitepaper "Building a Data Perimeter on AWS"; IAM user guide, "aws:PrincipalIsAWSService".
 */
export const organizationOnly = (organizationId: string, bucketArn: string): Statement => ({
  Sid: "OrganizationOnly",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: wholeBucket(bucketArn),
  Condition: {
    StringNotEqualsIfExists: { "aws:PrincipalOrgID": organizationId },
    BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
  },
});

/**
 * Refuses a person's or a program's write that asks for another encryption than KMS. One that asks for none is let
 * through: it gets the bucket's default, which is KMS. How AWS services encrypt what they deliver is theirs to choose:
 * CloudTrail's digests have not always been encrypted as its logs are.
 * Source: Amazon S3 user guide, "Using server-side encryption with AWS KMS keys", "Require server-side
 * encryption".
 */
export const kmsOnly = (bucketArn: string): Statement => ({
  Sid: "KmsOnly",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:PutObject",
  Resource: `${bucketArn}/*`,
  Condition: {
    // StringNotEquals alone holds for the absent header, too.
    Null: { "s3:x-amz-server-side-encryption": "false" },
    StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
    BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
  },
});

/** Lets roles of other accounts of the organization read, as far as their own policies let them. */
export const readableBy = (
  accountIds: readonly string[],
  organizationId: string,
  bucketArn: string,
): Statement[] =>
  accountIds.length === 0
    ? []
    : [
        {
          Sid: "Readers",
          Effect: "Allow",
          Principal: { AWS: accountIds.map(id => iamArn(id, "root")) },
          Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:GetObject", "s3:GetObjectVersion"],
          Resource: wholeBucket(bucketArn),
          Condition: { StringEquals: { "aws:PrincipalOrgID": organizationId } },
        },
      ];

/** Lets the same roles decrypt what they read, and by way of S3 only; for the key's policy. */
export const decryptingReaders = (
  accountIds: readonly string[],
  organizationId: string,
  region: string,
): Statement[] =>
  accountIds.length === 0
    ? []
    : [
        {
          Sid: "ReadersThroughS3",
          Effect: "Allow",
          Principal: { AWS: accountIds.map(id => iamArn(id, "root")) },
          Action: "kms:Decrypt",
          Resource: "*",
          Condition: {
            StringEquals: {
              "aws:PrincipalOrgID": organizationId,
              "kms:ViaService": `s3.${region}.amazonaws.com`,
            },
          },
        },
      ];

/** A wrong organization would shut out everybody, the account that owns the bucket included. */
export function requireOrganization(organizationId: string): void {
  if (!/^o-[a-z0-9]{10,32}$/.test(organizationId))
    throw new Error(
      `organizationId is ${organizationId}; it must be o- and 10 to 32 lower-case letters or digits`,
    );
}

export function requireAccounts(name: string, accountIds: readonly string[]): void {
  for (const id of accountIds)
    if (!/^\d{12}$/.test(id)) throw new Error(`${name} holds ${id}; an account has a number of 12 digits`);
}
