import { type Cases, unknown } from "./example";
import { account, bucketPolicy, inOrganization, ofType, root } from "./iam-statements";

const own = { provider: { props: { allowedAccountIds: `["${account}"]` } } };
const other = "444455556666";

export default [
  {
    rule: "s3-bucket-policy-no-star-principal",
    accepts: [
      bucketPolicy({
        Principal: { Service: "cloudfront.amazonaws.com" },
        Action: "s3:GetObject",
        Resource: unknown,
      }),
      bucketPolicy({ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" }),
      bucketPolicy({ Principal: "*", Action: "s3:GetObject", Resource: "*", Condition: inOrganization }),
    ],
    refuses: [
      bucketPolicy({ Principal: { AWS: "*" }, Action: "s3:GetObject", Resource: "*" }),
      bucketPolicy({ Principal: { AWS: "arn:aws:iam::*:root" }, Action: "s3:GetObject", Resource: "*" }),
      bucketPolicy({ NotPrincipal: { AWS: root }, Action: "s3:GetObject", Resource: "*" }),
      ofType("aws:s3/accessPoint:AccessPoint", { Principal: "*", Action: "s3:GetObject", Resource: "*" }),
    ],
    unknown: [
      bucketPolicy({ Principal: unknown, Action: "s3:GetObject", Resource: "*" }),
      bucketPolicy({
        Principal: "*",
        Action: "s3:GetObject",
        Resource: "*",
        Condition: { ArnEquals: { "aws:SourceArn": unknown } },
      }),
    ],
  },
  {
    rule: "s3-bucket-policy-cross-account-actions",
    accepts: [
      { ...bucketPolicy({ Principal: { AWS: root }, Action: "s3:PutBucketPolicy", Resource: "*" }), ...own },
      { ...bucketPolicy({ Principal: { AWS: other }, Action: "s3:GetObject", Resource: "*" }), ...own },
      bucketPolicy({ Principal: { Service: "logging.s3.amazonaws.com" }, Action: "s3:Put*", Resource: "*" }),
    ],
    refuses: [
      {
        ...bucketPolicy({
          Principal: { AWS: `arn:aws:iam::${other}:role/delivery` },
          Action: "s3:PutBucketPolicy",
          Resource: "*",
        }),
        ...own,
      },
      { ...bucketPolicy({ Principal: { AWS: other }, Action: "s3:Put*", Resource: "*" }), ...own },
      { ...bucketPolicy({ Principal: { AWS: "*" }, Action: "s3:PutObjectAcl", Resource: "*" }), ...own },
      bucketPolicy({ Principal: { CanonicalUser: "79a5" }, Action: "s3:PutBucketAcl", Resource: "*" }),
    ],
    unknown: [
      bucketPolicy({ Principal: { AWS: root }, Action: "s3:PutBucketPolicy", Resource: "*" }),
      {
        ...bucketPolicy({ Principal: { AWS: unknown }, Action: "s3:PutBucketPolicy", Resource: "*" }),
        ...own,
      },
    ],
  },
  {
    rule: "s3-bucket-policy-no-lockout",
    accepts: [
      bucketPolicy({
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      }),
      bucketPolicy({ Effect: "Deny", Principal: "*", Action: "s3:DeleteObject", Resource: "*" }),
      bucketPolicy({ Effect: "Deny", Principal: { AWS: other }, Action: "s3:*", Resource: "*" }),
      bucketPolicy({ Principal: "*", Action: "s3:*", Resource: "*" }),
    ],
    refuses: [
      bucketPolicy({ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" }),
      bucketPolicy({ Effect: "Deny", Principal: { AWS: "*" }, Action: "s3:PutBucket*", Resource: "*" }),
    ],
    unknown: [bucketPolicy({ Effect: "Deny", Principal: "*", Action: unknown, Resource: "*" })],
  },
] satisfies Cases[];
