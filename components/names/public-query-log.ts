import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../identity/policy-document";
import { arn } from "../location";

export interface PublicQueryLogArgs {
  /** A public zone. */
  readonly zoneId: pulumi.Input<string>;
  /** For example `dev.example.com`; the log group is `/aws/route53/dev.example.com`. */
  readonly domainName: string;
  /** The zone's account, twelve digits. */
  readonly accountId: string;
  /** A key of us-east-1 that admits CloudWatch Logs for log groups below `/aws/route53/`. */
  readonly keyArn: pulumi.Input<string>;
  /** One of the periods that CloudWatch Logs offers. */
  readonly retentionDays: number;
}

/** Route 53 writes queries to log groups of this region only, wherever they come from. */
const region = "us-east-1";

/**
 * Every query of a public zone that Route 53 answers, in an encrypted log group of us-east-1. CloudWatch Logs takes
 * ten policies such as this one's a region and account, so an account may log ten zones.
 *
 * Source: Route 53 developer guide, "Public DNS query logging"; Security Hub control Route53.2.
 *
 * @throws {Error} if the key is known to be of another region.
 */
export class PublicQueryLog extends pulumi.ComponentResource {
  readonly logGroupName: string;

  constructor(name: string, args: PublicQueryLogArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:names:PublicQueryLog", name, {}, opts);
    const { accountId, keyArn, domainName } = args;
    if (typeof keyArn === "string" && !keyArn.startsWith(`arn:aws:kms:${region}:`))
      throw new Error(`${keyArn} is no key of ${region}, where queries of ${domainName} are logged`);
    const here = { parent: this };
    this.logGroupName = `/aws/route53/${domainName}`;
    const groupArn = arn("logs", { accountId, region }, `log-group:${this.logGroupName}`);
    const group = new aws.cloudwatch.LogGroup(
      `${name}-queries`,
      { name: this.logGroupName, retentionInDays: args.retentionDays, kmsKeyId: keyArn, region },
      here,
    );
    const permission = new aws.cloudwatch.LogResourcePolicy(
      `${name}-queries`,
      {
        policyName: `landing-zone-route53-${domainName}`,
        policyDocument: policyDocument([
          {
            Sid: "WriteQueries",
            Effect: "Allow",
            Principal: { Service: "route53.amazonaws.com" },
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: `${groupArn}:*`,
            Condition: {
              StringEquals: { "aws:SourceAccount": accountId },
              ArnLike: { "aws:SourceArn": "arn:aws:route53:::hostedzone/*" },
            },
          },
        ]),
        region,
      },
      here,
    );
    new aws.route53.QueryLog(
      name,
      { zoneId: args.zoneId, cloudwatchLogGroupArn: groupArn },
      { ...here, dependsOn: [group, permission] },
    );
    this.registerOutputs({ logGroupName: this.logGroupName });
  }
}
