import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../identity/policy-document";
import { arn, type Location } from "../location";

export interface LogGroupArgs {
  /** The group's name, below `/landing-zone/`. */
  readonly name: string;
  /** One of the periods that CloudWatch Logs offers. */
  readonly retentionDays: number;
  readonly keyArn: pulumi.Input<string>;
  readonly at: Location;
}

/** An encrypted log group that forgets in time. `write` lets a role write to it and to no other. */
export class LogGroup extends pulumi.ComponentResource {
  readonly logGroupName: string;
  readonly arn: string;
  readonly write: Statement;

  constructor(name: string, args: LogGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:observability:LogGroup", name, {}, opts);
    new aws.cloudwatch.LogGroup(
      name,
      { name: args.name, retentionInDays: args.retentionDays, kmsKeyId: args.keyArn },
      { parent: this },
    );
    this.logGroupName = args.name;
    this.arn = arn("logs", args.at, `log-group:${args.name}`);
    this.write = writeLogs(args.at, args.name);
    this.registerOutputs({ arn: this.arn });
  }
}

/** What lets a role write to a log group that may have been made elsewhere, and to no other. */
export function writeLogs(at: Location, name: string): Statement {
  const group = arn("logs", at, `log-group:${name}`);
  return {
    Sid: "WriteLogs",
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
    Resource: [group, `${group}:*`],
  };
}
