import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, trustService } from "../identity/policy-document";
import { productRole } from "../identity/product-role";
import { arn, type Location } from "../location";
import { Alarm } from "../observability/alarm";
import type { AlarmTopics } from "../observability/severity";
import { useOfKey } from "../security/encryption-key";
import { shortName } from "../short-name";

export interface ScheduleRules {
  /** `rate(1 hour)` or `cron(0 7 ? * MON-FRI *)`, as EventBridge Scheduler has them. */
  readonly expression: string;
  /** As in the IANA database; default `UTC`. */
  readonly timezone?: string;
}

/** Where starts that were not taken wait for people: for 14 days, in the product's own queue. */
export interface MissedRuns {
  /** A standard queue of the same account and region, encrypted with the key. */
  readonly missedRunsQueueName: string;
  /** The product's key for its data, and its alias without `alias/`, which policies name it by. */
  readonly keyArn: pulumi.Input<string>;
  readonly keyAlias: string;
  /** The product's topic. */
  readonly alarmTopics: AlarmTopics;
}

export interface ScheduleArgs extends ScheduleRules, MissedRuns {
  /** Of what it starts: `orders-import`. The schedule, its group and its role are called so. */
  readonly startedName: string;
  readonly at: Location;
  /** What it starts, and the action by which it does: `states:StartExecution`, `lambda:InvokeFunction`. */
  readonly target: { readonly arn: string; readonly action: string };
  /** What must be there before. */
  readonly after?: readonly pulumi.Resource[];
}

/**
 * Starts something by the clock, at the time that is said and not within a window after it. The schedule has a group of
 * its own: Scheduler counts by groups, and only these carry tags. Its role may start this one thing, put what could not be
 * started into the product's queue of missed runs, and nothing else. A start is tried for an hour.
 *
 * Somebody is woken when a start has been missed.
 *
 * Refused: an expression that is neither a rate of whole minutes, hours or days nor a cron expression of six fields.
 *
 * Sources: EventBridge Scheduler user guide, "Schedule types in EventBridge Scheduler", "Setting up the execution role",
 * "Confused deputy prevention in EventBridge Scheduler", "Configuring a schedule's dead-letter queue", "Encryption at
 * rest", "Monitoring Amazon EventBridge Scheduler with Amazon CloudWatch".
 */
export class Schedule extends pulumi.ComponentResource {
  constructor(name: string, args: ScheduleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:compute:Schedule", name, {}, opts);
    const here = { parent: this };
    const { startedName, at, expression, timezone = "UTC", target, keyAlias } = args;
    requireExpression(startedName, expression);
    const scheduleName = shortName(startedName, 64);
    const missedRunsArn = arn("sqs", at, args.missedRunsQueueName);

    const role = new aws.iam.Role(
      `${name}-schedule`,
      {
        ...productRole(at.accountId),
        name: shortName(`${startedName}-schedule`, 64),
        assumeRolePolicy: trustService("scheduler.amazonaws.com", at.accountId),
      },
      here,
    );
    const permission = new aws.iam.RolePolicy(
      `${name}-schedule`,
      {
        role: role.name,
        policy: policyDocument([
          { Sid: "Start", Effect: "Allow", Action: target.action, Resource: target.arn },
          { Sid: "Missed", Effect: "Allow", Action: "sqs:SendMessage", Resource: missedRunsArn },
          useOfKey(at, keyAlias, ["scheduler", "sqs"]),
        ]),
      },
      here,
    );
    const group = new aws.scheduler.ScheduleGroup(name, { name: scheduleName }, here);
    new aws.scheduler.Schedule(
      name,
      {
        name: scheduleName,
        groupName: group.name,
        description: `Starts ${startedName}`,
        scheduleExpression: expression,
        scheduleExpressionTimezone: timezone,
        flexibleTimeWindow: { mode: "OFF" },
        kmsKeyArn: args.keyArn,
        target: {
          arn: target.arn,
          roleArn: role.arn,
          input: "{}",
          retryPolicy: { maximumEventAgeInSeconds: 3_600, maximumRetryAttempts: 20 },
          deadLetterConfig: { arn: missedRunsArn },
        },
      },
      { ...here, dependsOn: [permission, ...(args.after ?? [])] },
    );
    new Alarm(
      `${name}-schedule`,
      {
        namespace: "AWS/Scheduler",
        metricName: "InvocationDroppedCount",
        dimensions: { ScheduleGroup: scheduleName },
        statistic: "Sum",
        period: 300,
        above: 0,
        severity: "warning",
        topics: args.alarmTopics,
        description: `${startedName} was not started when its schedule said so: the message in ${args.missedRunsQueueName} says why; mend it, and start it by hand`,
      },
      here,
    );
    this.registerOutputs({});
  }
}

function requireExpression(startedName: string, expression: string): void {
  const rate = /^rate\([1-9]\d* (minute|hour|day)s?\)$/.test(expression);
  const cron = /^cron\(\S+( \S+){5}\)$/.test(expression);
  if (!rate && !cron)
    throw new Error(
      `the schedule of ${startedName} is ${expression}; it must be rate(<number> minutes|hours|days) or cron(<minutes> <hours> <day of month> <month> <day of week> <year>)`,
    );
}
