import { unknown } from "../judge";
import type { Cases } from ".";

const bucket = { type: "aws:s3/bucket:Bucket", name: "orders" };
const ofBucket = { bucket: ["orders"] };

const configuration = (sseAlgorithm: string) => ({
  type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  name: "orders-encryption",
  props: { bucket: unknown, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm } }] },
  madeFrom: ofBucket,
});

const denial = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::orders", "arn:aws:s3:::orders/*"],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const bucketPolicy = (...statements: object[]) => ({
  type: "aws:s3/bucketPolicy:BucketPolicy",
  name: "orders-policy",
  props: { bucket: unknown, policy: JSON.stringify({ Statement: statements }) },
  madeFrom: ofBucket,
});

const redirect = { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } };

export default [
  {
    rule: "logs-cmk",
    accepts: [
      { props: { kmsKeyId: "arn:aws:kms:eu-central-1:111122223333:key/1" } },
      { props: { kmsKeyId: unknown } },
    ],
    refuses: [{}, { props: { kmsKeyId: "" } }],
  },
  {
    rule: "ecr-cmk",
    accepts: [
      { props: { encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: unknown }] } },
      { props: { encryptionConfigurations: [{ encryptionType: "KMS_DSSE", kmsKey: "alias/images" }] } },
    ],
    refuses: [
      {},
      { props: { encryptionConfigurations: [{ encryptionType: "AES256" }] } },
      { props: { encryptionConfigurations: [{ encryptionType: "KMS" }] } },
    ],
    unknown: [{ props: { encryptionConfigurations: unknown } }],
  },
  {
    rule: "ddb-cmk",
    accepts: [
      { props: { serverSideEncryption: { enabled: true, kmsKeyArn: unknown } } },
      { props: { serverSideEncryption: { enabled: true, kmsKeyArn: "arn:aws:kms:key" } } },
    ],
    refuses: [{}, { props: { serverSideEncryption: { enabled: true } } }],
    unknown: [{ props: { serverSideEncryption: { enabled: unknown, kmsKeyArn: "arn" } } }],
  },
  {
    rule: "s3-bucket-encryption",
    accepts: [
      [bucket, configuration("aws:kms")],
      [
        { ...bucket, type: "aws:s3/bucketV2:BucketV2", props: { bucket: "orders" } },
        {
          ...configuration("aws:kms:dsse"),
          madeFrom: {},
          props: { ...configuration("aws:kms:dsse").props, bucket: "orders" },
        },
      ],
      [
        {
          ...bucket,
          props: {
            serverSideEncryptionConfiguration: {
              rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } },
            },
          },
        },
      ],
      [
        { ...bucket, props: { tags: { "allow-aws-key": "Load balancers deliver logs without KMS" } } },
        configuration("AES256"),
      ],
    ],
    refuses: [
      [bucket],
      [bucket, configuration("AES256")],
      [{ ...bucket, props: { tags: { "allow-aws-key": "why not" } } }],
      [
        bucket,
        { ...bucket, name: "others" },
        { ...configuration("aws:kms"), madeFrom: { bucket: ["others"] } },
      ],
    ],
    unknown: [
      [bucket, configuration(unknown)],
      [bucket, { ...configuration("aws:kms"), madeFrom: {} }],
    ],
  },
  {
    rule: "s3-bucket-policy-tls-only",
    accepts: [
      [bucket, bucketPolicy(denial)],
      [
        bucket,
        bucketPolicy(
          { Effect: "Allow", Principal: { AWS: unknown }, Action: "s3:GetObject", Resource: unknown },
          denial,
        ),
      ],
      [{ ...bucket, props: { policy: { Statement: denial } } }],
      [
        bucket,
        bucketPolicy({ ...denial, Principal: { AWS: ["*", "111122223333"] }, Action: ["s3:*", "s3:Get*"] }),
      ],
    ],
    refuses: [
      [bucket],
      [bucket, bucketPolicy({ ...denial, Effect: "Allow" })],
      [bucket, bucketPolicy({ ...denial, Resource: "arn:aws:s3:::orders" })],
      [bucket, bucketPolicy({ ...denial, Principal: { AWS: "111122223333" } })],
      [
        bucket,
        bucketPolicy({
          ...denial,
          Condition: { Bool: { "aws:SecureTransport": "false", "aws:ViaAWSService": "false" } },
        }),
      ],
      [bucket, { ...bucketPolicy(denial), props: { policy: "not JSON" } }],
    ],
    unknown: [
      [bucket, { ...bucketPolicy(denial), props: { policy: unknown } }],
      [bucket, bucketPolicy({ ...denial, Principal: unknown })],
    ],
  },
  {
    rule: "sqs-cmk",
    accepts: [{ props: { kmsMasterKeyId: unknown } }, { props: { kmsMasterKeyId: "alias/shop" } }],
    refuses: [{ props: { sqsManagedSseEnabled: true } }],
  },
  { rule: "sns-encrypted", accepts: [{ props: { kmsMasterKeyId: "alias/shop" } }], refuses: [{}] },
  {
    rule: "kms-rotation",
    accepts: [{ props: { enableKeyRotation: true } }, { props: { customerMasterKeySpec: "RSA_2048" } }],
    refuses: [{}, { props: { enableKeyRotation: false, customerMasterKeySpec: "SYMMETRIC_DEFAULT" } }],
    unknown: [{ props: { enableKeyRotation: unknown } }],
  },
  {
    rule: "lb-listener-tls",
    accepts: [
      { props: { protocol: "HTTPS", defaultActions: [{ type: "forward" }] } },
      { type: "aws:alb/listener:Listener", props: { protocol: "TLS" } },
      { props: { protocol: "HTTP", defaultActions: [redirect] } },
      { props: { defaultActions: redirect } },
      { props: { protocol: "TCP", tags: { "allow-tcp": "The service ends its callers' TLS" } } },
    ],
    refuses: [
      {},
      { props: { protocol: "TCP" } },
      { props: { protocol: "TCP", tags: { "allow-tcp": "why not" } } },
      { props: { protocol: "TCP", tags: { "allow-tcp-health": "The service ends its callers' TLS" } } },
      { props: { protocol: "UDP", tags: { "allow-tcp": "The service ends its callers' TLS" } } },
      { props: { protocol: "HTTP", tags: { "allow-tcp": "The service ends its callers' TLS" } } },
      {
        type: "aws:alb/listener:Listener",
        props: { protocol: "HTTP", defaultActions: [{ type: "forward", targetGroupArn: unknown }] },
      },
      { props: { protocol: "HTTP", defaultActions: [{ type: unknown }, { type: "fixed-response" }] } },
      {
        props: { defaultActions: [{ ...redirect, redirect: { protocol: "HTTPS", statusCode: "HTTP_302" } }] },
      },
      { props: { defaultActions: [{ ...redirect, redirect: { statusCode: "HTTP_301" } }] } },
    ],
    unknown: [
      { props: { protocol: unknown } },
      { props: { protocol: "HTTP", defaultActions: [redirect, { type: unknown }] } },
    ],
  },
  {
    rule: "lb-listener-tls-policy",
    accepts: [
      { props: { protocol: "HTTPS", sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" } },
      { props: { protocol: "TLS", sslPolicy: "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09" } },
      { props: { protocol: "HTTP" } },
    ],
    refuses: [
      { props: { protocol: "HTTPS" } },
      { props: { protocol: "HTTPS", sslPolicy: "ELBSecurityPolicy-TLS13-1-0-2021-06" } },
      { props: { protocol: "TLS", sslPolicy: "ELBSecurityPolicy-2016-08" } },
    ],
    unknown: [{ props: { protocol: "HTTPS", sslPolicy: unknown } }],
  },
  {
    rule: "lb-tg-protocol-encrypted",
    accepts: [
      { props: { protocol: "HTTPS", targetType: "ip" } },
      { type: "aws:alb/targetGroup:TargetGroup", props: { targetType: "lambda" } },
      { props: { protocol: "TCP", tags: { "allow-tcp": "The service ends its callers' TLS" } } },
    ],
    refuses: [
      {},
      { props: { protocol: "HTTP", targetType: "ip" } },
      { props: { protocol: "TCP", tags: { "allow-tcp-health": "The service ends its callers' TLS" } } },
      { props: { protocol: "HTTP", tags: { "allow-tcp": "The service ends its callers' TLS" } } },
    ],
    unknown: [{ props: { protocol: unknown } }],
  },
  {
    rule: "lb-tg-health-check-encrypted",
    accepts: [
      { props: { healthCheck: { protocol: "HTTPS" } } },
      { props: { targetType: "alb" } },
      {
        props: {
          healthCheck: { protocol: "TCP" },
          tags: { "allow-tcp-health": "It speaks gRPC and nothing else" },
        },
      },
    ],
    refuses: [
      { props: { protocol: "HTTPS" } },
      { props: { healthCheck: { protocol: "HTTP" } } },
      { props: { healthCheck: { protocol: "TCP" } } },
      {
        props: { healthCheck: { protocol: "TCP" }, tags: { "allow-tcp": "It speaks gRPC and nothing else" } },
      },
    ],
    unknown: [{ props: { healthCheck: unknown } }],
  },
  {
    rule: "cf-viewer-https",
    accepts: [
      {
        props: {
          defaultCacheBehavior: { viewerProtocolPolicy: "redirect-to-https" },
          orderedCacheBehaviors: [{ viewerProtocolPolicy: "https-only" }],
        },
      },
    ],
    refuses: [
      {},
      { props: { defaultCacheBehavior: { viewerProtocolPolicy: "allow-all" } } },
      {
        props: {
          defaultCacheBehavior: { viewerProtocolPolicy: unknown },
          orderedCacheBehaviors: [{ viewerProtocolPolicy: "allow-all" }],
        },
      },
    ],
    unknown: [{ props: { defaultCacheBehavior: { viewerProtocolPolicy: unknown } } }],
  },
  {
    rule: "cf-viewer-tls-policy",
    accepts: [
      {
        props: { viewerCertificate: { acmCertificateArn: unknown, minimumProtocolVersion: "TLSv1.2_2021" } },
      },
      {
        props: { viewerCertificate: { acmCertificateArn: unknown, minimumProtocolVersion: "TLSv1.3_2025" } },
      },
    ],
    refuses: [
      {},
      {
        props: { viewerCertificate: { acmCertificateArn: unknown, minimumProtocolVersion: "TLSv1.2_2019" } },
      },
      {
        props: {
          viewerCertificate: { cloudfrontDefaultCertificate: true, minimumProtocolVersion: "TLSv1.2_2021" },
        },
      },
    ],
    unknown: [{ props: { viewerCertificate: { minimumProtocolVersion: unknown } } }],
  },
  {
    rule: "cf-origin-tls",
    accepts: [
      {
        props: {
          origins: [{ customOriginConfig: { originProtocolPolicy: "https-only" } }, { domainName: unknown }],
        },
      },
      {
        type: "aws:cloudfront/vpcOrigin:VpcOrigin",
        props: { vpcOriginEndpointConfig: { originProtocolPolicy: "https-only" } },
      },
    ],
    refuses: [
      { props: { origins: [{ customOriginConfig: { originProtocolPolicy: "match-viewer" } }] } },
      {
        type: "aws:cloudfront/vpcOrigin:VpcOrigin",
        props: { vpcOriginEndpointConfig: { originProtocolPolicy: "http-only" } },
      },
    ],
    unknown: [
      { props: { origins: unknown } },
      { props: { origins: [{ customOriginConfig: { originProtocolPolicy: unknown } }] } },
    ],
  },
] satisfies Cases[];
