import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, trustService } from "../identity/policy-document";
import { arn, type Location } from "../location";
import { LogGroup } from "../observability/log-group";

export interface FlowLogsArgs {
  readonly vpcId: pulumi.Input<string>;
  readonly at: Location;
  /** `arn:aws:s3:::` and the name of the log archive's bucket, of whichever Region; see `FlowLogArchive`. */
  readonly archiveBucketArn?: string;
  /** A log group in the VPC's own account, to be asked at once, at a higher price than the archive's. */
  readonly cloudWatch?: {
    /** It must admit CloudWatch Logs for log groups below `/landing-zone/flow-logs/`. */
    readonly keyArn: pulumi.Input<string>;
    /** One of the periods that CloudWatch Logs offers. */
    readonly retentionDays: number;
  };
}

/**
 * All of a VPC's traffic, accepted and rejected: in the log archive, as Parquet in partitions by account, service,
 * Region and hour, which Athena reads by their names; in an encrypted log group; or in both.
 *
 * Refused with an error: neither of them, and an ARN that is none of a bucket.
 *
 * Sources: Amazon VPC user guide, "Publish flow logs to Amazon S3", "Flow log records" and "IAM role for publishing
 * flow logs to CloudWatch Logs"; FSBP control EC2.6.
 */
export class FlowLogs extends pulumi.ComponentResource {
  constructor(name: string, args: FlowLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:network:FlowLogs", name, {}, opts);
    const { archiveBucketArn, cloudWatch } = args;
    if (archiveBucketArn === undefined && cloudWatch === undefined)
      throw new Error("neither archiveBucketArn nor cloudWatch is given; flow logs need one of them");
    if (archiveBucketArn !== undefined) this.archive(name, args.vpcId, archiveBucketArn);
    if (cloudWatch !== undefined) this.logGroup(name, args, cloudWatch);
    this.registerOutputs({});
  }

  private archive(name: string, vpcId: pulumi.Input<string>, bucketArn: string): void {
    if (!/^arn:aws:s3:::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucketArn))
      throw new Error(`archiveBucketArn is ${bucketArn}; it must be arn:aws:s3::: and the name of a bucket`);
    new aws.ec2.FlowLog(
      `${name}-archive`,
      {
        vpcId,
        trafficType: "ALL",
        logDestinationType: "s3",
        logDestination: bucketArn,
        logFormat: fields.map(field => `$\{${field}}`).join(" "),
        destinationOptions: {
          fileFormat: "parquet",
          hiveCompatiblePartitions: true,
          perHourPartition: true,
        },
        maxAggregationInterval: 600,
        tags: { Name: `${name}-archive` },
      },
      { parent: this },
    );
  }

  private logGroup(
    name: string,
    { at, vpcId }: FlowLogsArgs,
    { keyArn, retentionDays }: NonNullable<FlowLogsArgs["cloudWatch"]>,
  ): void {
    const here = { parent: this };
    const logs = new LogGroup(
      name,
      { name: `/landing-zone/flow-logs/${name}`, retentionDays, keyArn, at },
      here,
    );
    const role = new aws.iam.Role(
      name,
      {
        name: `landing-zone-flow-logs-${name}`,
        assumeRolePolicy: trustService("vpc-flow-logs.amazonaws.com", at.accountId),
      },
      here,
    );
    const findGroup = {
      Sid: "FindTheGroup",
      Effect: "Allow",
      Action: "logs:DescribeLogGroups",
      Resource: arn("logs", at, "log-group:*"),
    } as const;
    const permission = new aws.iam.RolePolicy(
      name,
      { role: role.name, policy: policyDocument([logs.write, findGroup]) },
      here,
    );
    new aws.ec2.FlowLog(
      name,
      {
        vpcId,
        trafficType: "ALL",
        logDestinationType: "cloud-watch-logs",
        logDestination: logs.arn,
        iamRoleArn: role.arn,
        maxAggregationInterval: 60,
        tags: { Name: name },
      },
      { ...here, dependsOn: [logs, permission] },
    );
  }
}

/**
 * The fields of AWS's own format, and those that tell who it was behind a NAT gateway or load balancer, in which
 * direction, by which way and with which service of AWS. To change them replaces the flow log.
 */
const fields = [
  ...["version", "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport", "protocol"],
  ...["packets", "bytes", "start", "end", "action", "log-status"],
  ...["vpc-id", "subnet-id", "instance-id", "tcp-flags", "type", "pkt-srcaddr", "pkt-dstaddr"],
  ...["region", "az-id", "pkt-src-aws-service", "pkt-dst-aws-service", "flow-direction", "traffic-path"],
];
