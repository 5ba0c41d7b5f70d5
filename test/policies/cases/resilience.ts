import { unknown } from "../judge";
import type { Cases } from ".";

const inProd = { provider: { props: { defaultTags: '{"tags":{"environment":"prod"}}' } } };
const inDev = { provider: { props: { defaultTags: { tags: { environment: "dev" } } } } };
const somewhere = { provider: { props: { defaultTags: unknown } } };

export default [
  {
    rule: "stateful-protected",
    accepts: [
      { protect: true },
      { type: "aws:s3/bucket:Bucket", stack: "shop-service-dev" },
      { type: "aws:sqs/queue:Queue", stack: "shop-persistent-dev" },
    ],
    refuses: [
      {},
      { type: "aws:s3/bucketV2:BucketV2" },
      { type: "aws:organizations/account:Account", stack: "organization" },
    ],
  },
  {
    rule: "ddb-deletion-protection",
    accepts: [
      { ...inProd, props: { deletionProtectionEnabled: true } },
      inDev,
      { ...inProd, props: { tags: { environment: "int" } } },
    ],
    refuses: [inProd, {}, { ...inDev, props: { tags: { environment: "prod" } } }],
    unknown: [somewhere, { ...inProd, props: { deletionProtectionEnabled: unknown } }],
  },
  {
    rule: "ddb-pitr",
    accepts: [{ ...inProd, props: { pointInTimeRecovery: { enabled: true } } }, inDev],
    refuses: [inProd, { ...inProd, props: { pointInTimeRecovery: { enabled: false } } }],
    unknown: [somewhere, { ...inProd, props: { pointInTimeRecovery: unknown } }],
  },
  {
    rule: "lb-deletion-protection",
    accepts: [{ ...inProd, props: { enableDeletionProtection: true } }, inDev],
    refuses: [inProd, { ...inProd, type: "aws:alb/loadBalancer:LoadBalancer" }],
    unknown: [somewhere, { ...inProd, props: { enableDeletionProtection: unknown } }],
  },
  {
    rule: "ecr-tag-immutability",
    accepts: [{ props: { imageTagMutability: "IMMUTABLE" } }],
    refuses: [{}, { props: { imageTagMutability: "IMMUTABLE_WITH_EXCLUSION" } }],
    unknown: [{ props: { imageTagMutability: unknown } }],
  },
] satisfies Cases[];
