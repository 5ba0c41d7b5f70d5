import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../identity/policy-document";
import { arn, type Location } from "../location";

export interface DeliveredLogsArgs {
  readonly at: Location;
}

/**
 * Lets AWS's log delivery write what services say, event buses and caches among them, to the log groups below
 * `/landing-zone/` of its account and region. One for all of them: an account has room for ten such policies in a
 * region, and products need none of their own.
 *
 * Source: CloudWatch Logs user guide, "Enable logging from AWS services", "Logs sent to CloudWatch Logs".
 */
export class DeliveredLogs extends pulumi.ComponentResource {
  constructor(name: string, args: DeliveredLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:logs:DeliveredLogs", name, {}, opts);
    const { at } = args;
    new aws.cloudwatch.LogResourcePolicy(
      name,
      {
        policyName: "landing-zone-delivered-logs",
        policyDocument: policyDocument([
          {
            Sid: "Delivery",
            Effect: "Allow",
            Principal: { Service: "delivery.logs.amazonaws.com" },
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: arn("logs", at, "log-group:/landing-zone/*:log-stream:*"),
            Condition: {
              StringEquals: { "aws:SourceAccount": at.accountId },
              ArnLike: { "aws:SourceArn": arn("logs", at, "*") },
            },
          },
        ]),
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
