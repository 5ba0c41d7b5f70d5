import type { Statement } from "../identity/policy-document";

/**
 * CloudFront signs what it asks of S3 in the name of the distribution. That one's ARN ends in an id that
 * nobody knows before it is made, and a bucket's policy must be known in a plan: so it is any distribution of
 * the account. No other account's can be: the pattern holds the account's number.
 */
const ofAccount = (accountId: string): Statement["Condition"] => ({
  ArnLike: { "aws:SourceArn": `arn:aws:cloudfront::${accountId}:distribution/*` },
});

/**
 * For the policy of a bucket that a ContentDelivery of the account delivers from: CloudFront may read its
 * objects, and neither list nor write them.
 * Source: CloudFront developer guide, "Restrict access to an Amazon S3 origin".
 */
export const contentReads = (accountId: string, bucketName: string): Statement => ({
  Sid: "ContentDelivery",
  Effect: "Allow",
  Principal: { Service: "cloudfront.amazonaws.com" },
  Action: "s3:GetObject",
  Resource: `arn:aws:s3:::${bucketName}/*`,
  Condition: ofAccount(accountId),
});

/**
 * For the policy of the key of such buckets: CloudFront may decrypt the objects of these buckets. With a
 * bucket key the encryption context is the bucket's ARN, without one the object's.
 * Sources: CloudFront developer guide, "Restrict access to an Amazon S3 origin", section on SSE-KMS; Amazon
 * S3 user guide, "Reducing the cost of SSE-KMS with Amazon S3 Bucket Keys".
 */
export const contentDecrypts = (accountId: string, bucketNames: readonly string[]): Statement => ({
  Sid: "ContentDelivery",
  Effect: "Allow",
  Principal: { Service: "cloudfront.amazonaws.com" },
  Action: "kms:Decrypt",
  Resource: "*",
  Condition: {
    ...ofAccount(accountId),
    StringLike: {
      "kms:EncryptionContext:aws:s3:arn": bucketNames.flatMap(bucket => [
        `arn:aws:s3:::${bucket}`,
        `arn:aws:s3:::${bucket}/*`,
      ]),
    },
  },
});
