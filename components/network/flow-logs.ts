import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, trustService } from "../identity/policy-document";
import { arn, type Location } from "../location";
import { LogGroup } from "../observability/log-group";

export interface FlowLogsArgs {
  readonly vpcId: pulumi.Input<string>;
  readonly at: Location;
  /** It must admit CloudWatch Logs for log groups below `/landing-zone/flow-logs/`. */
  readonly keyArn: pulumi.Input<string>;
  readonly retentionDays: number;
}

/**
 * All of a VPC's traffic, accepted and rejected, in an encrypted log group.
 * Source: Amazon VPC user guide, "IAM role for publishing flow logs to CloudWatch Logs"; FSBP control EC2.6.
 */
export class FlowLogs extends pulumi.ComponentResource {
  constructor(name: string, args: FlowLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:network:FlowLogs", name, {}, opts);
    const here = { parent: this };
    const { at, keyArn, retentionDays } = args;
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
        vpcId: args.vpcId,
        trafficType: "ALL",
        logDestinationType: "cloud-watch-logs",
        logDestination: logs.arn,
        iamRoleArn: role.arn,
        maxAggregationInterval: 60,
        tags: { Name: name },
      },
      { ...here, dependsOn: [logs, permission] },
    );
    this.registerOutputs({});
  }
}
