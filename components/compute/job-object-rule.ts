import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../identity/policy-document";
import { arn, type Location } from "../location";
import { Alarm } from "../observability/alarm";
import type { AlarmTopics } from "../observability/severity";
import { shortName } from "../short-name";

export interface ObjectCreated {
  /** The bucket must send its events to EventBridge. */
  readonly bucketName: string;
  /** What the object's key begins with; empty: anything. */
  readonly prefix: string;
}

export interface ObjectRuleArgs extends ObjectCreated {
  /** Of what it starts: `orders-import`. */
  readonly startedName: string;
  readonly at: Location;
  readonly target: {
    readonly arn: string;
    /** EventBridge starts a state machine by a role, and a function by the function's own policy. */
    readonly roleArn?: pulumi.Input<string>;
    /** What is said to it, with `<bucket>` and `<key>` in place of JSON strings; default: the whole event. */
    readonly template?: string;
  };
  readonly missedRunsQueueName: string;
  readonly alarmTopics: AlarmTopics;
  /** What must be there before. */
  readonly after?: readonly pulumi.Resource[];
}

/**
 * Starts something when an object has been put into a bucket, and tries to for an hour; then the event goes to the
 * product's queue of missed runs, which must let the rule send (see `objectRuleArn`, and Queue's `rules`).
 *
 * Somebody is woken when a start has been missed.
 *
 * Sources: Amazon S3 user guide, "Using EventBridge"; EventBridge user guide, "Amazon EventBridge input
 * transformation", "Using dead-letter queues to process undelivered events", "Monitoring Amazon EventBridge".
 */
export class ObjectRule extends pulumi.ComponentResource {
  /** Known beforehand: for policies that let this rule in, and no other. */
  readonly arn: string;

  constructor(name: string, args: ObjectRuleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:compute:ObjectRule", name, {}, opts);
    const here = { parent: this };
    const { startedName, at, bucketName, prefix, target } = args;
    const ruleName = shortName(startedName, 64);
    this.arn = objectRuleArn(at, startedName);

    const rule = new aws.cloudwatch.EventRule(
      name,
      {
        name: ruleName,
        description: `Starts ${startedName} on objects in ${bucketName}`,
        eventPattern: JSON.stringify({
          source: ["aws.s3"],
          "detail-type": ["Object Created"],
          detail: {
            bucket: { name: [bucketName] },
            ...(prefix === "" ? {} : { object: { key: [{ prefix }] } }),
          },
        }),
      },
      here,
    );
    new aws.cloudwatch.EventTarget(
      name,
      {
        rule: rule.name,
        targetId: "start",
        arn: target.arn,
        ...(target.roleArn === undefined ? {} : { roleArn: target.roleArn }),
        retryPolicy: { maximumRetryAttempts: 20, maximumEventAgeInSeconds: 3_600 },
        deadLetterConfig: { arn: arn("sqs", at, args.missedRunsQueueName) },
        ...(target.template === undefined
          ? {}
          : {
              inputTransformer: {
                inputPaths: { bucket: "$.detail.bucket.name", key: "$.detail.object.key" },
                inputTemplate: target.template,
              },
            }),
      },
      { ...here, dependsOn: [...(args.after ?? [])] },
    );
    new Alarm(
      `${name}-objects`,
      {
        namespace: "AWS/Events",
        metricName: "FailedInvocations",
        dimensions: { RuleName: ruleName },
        statistic: "Sum",
        period: 300,
        above: 0,
        severity: "warning",
        topics: args.alarmTopics,
        description: `${startedName} was not started for an object of ${bucketName}: the event in ${args.missedRunsQueueName} says which and why; mend it, and start it for that object by hand`,
      },
      here,
    );
    this.registerOutputs({ arn: this.arn });
  }
}

/** Of the rule that starts `startedName`, on the default bus. */
export const objectRuleArn = (at: Location, startedName: string): string =>
  arn("events", at, `rule/${shortName(startedName, 64)}`);

/** For the policy of the key of that queue. Source: SQS developer guide, "Key management", on AWS services that send. */
export const missedRunsKey = (at: Location): Statement => ({
  Sid: "MissedRuns",
  Effect: "Allow",
  Principal: { Service: "events.amazonaws.com" },
  Action: ["kms:GenerateDataKey", "kms:Decrypt"],
  Resource: "*",
  Condition: { StringEquals: { "aws:SourceAccount": at.accountId } },
});
