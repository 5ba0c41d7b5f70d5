import * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../identity/policy-document";
import { arn, type Location } from "../location";
import { requireWhole } from "./lifecycle";
import { LogBucket } from "./log-bucket";

export interface AccessLogBucketArgs {
  readonly at: Location;
  /** `o-` and 10 to 32 letters or digits. */
  readonly organizationId: string;
  /** Days after which logs expire, whole and 1 or more; default: 365. */
  readonly keepDays?: number;
}

/**
 * Where load balancers and buckets of one account and region write who called them: requests and connections of
 * Application Load Balancers, TLS connections of Network Load Balancers, and requests to S3. The services that deliver
 * write each below its own prefix, on behalf of this account's load balancers, logs and buckets, and nobody else's. It is
 * encrypted with S3's own key, for Elastic Load Balancing cannot deliver to any other bucket. Protected, whatever the
 * component is told.
 *
 * Refused: an `organizationId` of another form, and days that are not whole or less than one.
 *
 * Sources: Elastic Load Balancing user guide, "Enable access logs for your Application Load Balancer", "Enable
 * connection logs for your Application Load Balancer" and "Enable access logs for your Network Load Balancer"; Amazon S3
 * user guide, "Enabling Amazon S3 server access logging"; FSBP controls ELB.5, S3.9.
 */
export class AccessLogBucket extends pulumi.ComponentResource {
  /** What load balancers are given; known before the bucket is made. */
  readonly bucketName: string;

  constructor(name: string, args: AccessLogBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:logs:AccessLogBucket", name, {}, opts);
    const { at, organizationId, keepDays = 365 } = args;
    requireWhole({ keepDays });
    this.bucketName = accessLogBucketName(at);
    new LogBucket(
      name,
      {
        bucketName: this.bucketName,
        organizationId,
        encryption: { awsKeyBecause: "Elastic Load Balancing delivers only to buckets with S3's own keys" },
        statements: delivery(at, `arn:aws:s3:::${this.bucketName}`),
        lifecycle: { expireAfterDays: keepDays, keepReplacedDays: 30 },
      },
      { parent: this, protect: true },
    );
    this.registerOutputs({ bucketName: this.bucketName });
  }
}

/** Known to every stack that knows where it is: at most 59 characters in the regions that there are. */
export const accessLogBucketName = ({ accountId, region }: Location): string =>
  `landing-zone-load-balancer-logs-${accountId}-${region}`;

/** Athena's tables each have one shape, hence a prefix a kind. */
export const accessLogPrefixes = {
  access: "access",
  connections: "connections",
  network: "network",
  buckets: "buckets",
} as const;

/** Application Load Balancers' logs come from a service of Elastic Load Balancing's, the others' from the usual one. */
function delivery(at: Location, bucketArn: string): Statement[] {
  const below = (prefix: string) => `${bucketArn}/${prefix}/AWSLogs/${at.accountId}/*`;
  const usual = {
    Effect: "Allow",
    Principal: { Service: "delivery.logs.amazonaws.com" },
    Condition: {
      StringEquals: { "aws:SourceAccount": at.accountId },
      ArnLike: { "aws:SourceArn": arn("logs", at, "*") },
    },
  } as const;
  return [
    {
      Sid: "ApplicationLoadBalancers",
      Effect: "Allow",
      Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: [below(accessLogPrefixes.access), below(accessLogPrefixes.connections)],
      // It says the account, too.
      Condition: { ArnLike: { "aws:SourceArn": arn("elasticloadbalancing", at, "loadbalancer/*") } },
    },
    { Sid: "NetworkLoadBalancersCheck", ...usual, Action: "s3:GetBucketAcl", Resource: bucketArn },
    {
      Sid: "NetworkLoadBalancers",
      ...usual,
      Action: "s3:PutObject",
      Resource: below(accessLogPrefixes.network),
    },
    {
      Sid: "Buckets",
      Effect: "Allow",
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: `${bucketArn}/${accessLogPrefixes.buckets}/*`,
      Condition: { StringEquals: { "aws:SourceAccount": at.accountId } },
    },
  ];
}
