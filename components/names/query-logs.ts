import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../identity/policy-document";
import { arn, type Location } from "../location";
import { LogGroup } from "../observability/log-group";
import { resolverName } from "./domain-names";

export interface QueryLogsArgs {
  readonly vpcId: pulumi.Input<string>;
  /** Where the VPC is. */
  readonly at: Location;
  readonly to: QueryLogDestination;
}

export type QueryLogDestination =
  | {
      /** It must admit CloudWatch Logs for log groups below `/landing-zone/dns-queries/`. */
      readonly keyArn: pulumi.Input<string>;
      /** One of the periods that CloudWatch Logs offers. */
      readonly retentionDays: number;
    }
  | {
      /**
       * A bucket of the VPC's region, or a folder in it: `arn:aws:s3:::queries/dev`. Its policy must admit
       * `delivery.logs.amazonaws.com`; it may be another account's.
       */
      readonly bucketArn: pulumi.Input<string>;
    };

/**
 * Every name that a VPC asks for, and the answer, in an encrypted log group of its own or in a bucket.
 *
 * Sources: Route 53 developer guide, "Resolver query logging"; CloudWatch Logs user guide, "Enable logging from AWS
 * services".
 *
 * @throws {Error} if the bucket is known not to be one.
 */
export class QueryLogs extends pulumi.ComponentResource {
  readonly configId: pulumi.Output<string>;

  constructor(name: string, args: QueryLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:names:QueryLogs", name, {}, opts);
    const { to, at } = args;
    const group = "keyArn" in to ? queryLogGroup(this, name, at, to) : undefined;
    if ("bucketArn" in to) checkBucket(to.bucketArn);
    const config = new aws.route53.ResolverQueryLogConfig(
      name,
      { name: resolverName(name), destinationArn: "bucketArn" in to ? to.bucketArn : groupArn(at, name) },
      { parent: this, dependsOn: group },
    );
    new aws.route53.ResolverQueryLogConfigAssociation(
      name,
      { resolverQueryLogConfigId: config.id, resourceId: args.vpcId },
      { parent: this },
    );
    this.configId = config.id;
    this.registerOutputs({ configId: this.configId });
  }
}

const groupName = (name: string) => `/landing-zone/dns-queries/${name}`;
const groupArn = (at: Location, name: string) => arn("logs", at, `log-group:${groupName(name)}`);

function queryLogGroup(
  parent: pulumi.Resource,
  name: string,
  at: Location,
  { keyArn, retentionDays }: { readonly keyArn: pulumi.Input<string>; readonly retentionDays: number },
): pulumi.Resource[] {
  const logs = new LogGroup(name, { name: groupName(name), retentionDays, keyArn, at }, { parent });
  const permission = new aws.cloudwatch.LogResourcePolicy(
    name,
    {
      // Of the account: every version of the provider knows these. A region has room for ten.
      policyName: `landing-zone-dns-queries-${name}`,
      policyDocument: policyDocument([
        {
          Sid: "WriteQueries",
          Effect: "Allow",
          Principal: { Service: "delivery.logs.amazonaws.com" },
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: `${logs.arn}:log-stream:*`,
          Condition: {
            StringEquals: { "aws:SourceAccount": at.accountId },
            ArnLike: { "aws:SourceArn": arn("logs", at, "*") },
          },
        },
      ]),
    },
    { parent, dependsOn: [logs] },
  );
  return [logs, permission];
}

function checkBucket(bucket: pulumi.Input<string>): void {
  if (typeof bucket === "string" && !/^arn:aws:s3:::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/.*)?$/.test(bucket))
    throw new Error(`"${bucket}" is no bucket's ARN`);
}
