import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface AlarmArgs {
  /** What it means, and what to do: whom it wakes reads this first. */
  readonly description: string;
  /** For example `AWS/SQS`. */
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
  /** `p99` and the like are taken too. */
  readonly statistic: "Sum" | "Average" | "Minimum" | "Maximum" | "SampleCount" | `p${number}`;
  /** In the metric's own unit. */
  readonly above?: number;
  readonly below?: number;
  /** Seconds: 10, 20, 30 or a multiple of 60; default 60. */
  readonly period?: number;
  /** How many periods it is looked at, and how many of these must be bad; default 1 of 1. */
  readonly periods?: number;
  readonly bad?: number;
  /** What no data means; default `notBreaching`: nothing happens, so nothing is wrong. */
  readonly withoutData?: "breaching" | "notBreaching" | "missing" | "ignore";
  /** Where it is said that it began and that it ended. */
  readonly topicArn: pulumi.Input<string>;
}

/**
 * A CloudWatch alarm on one metric, which tells a topic when it goes off and when it is over.
 *
 * Refused: neither `above` nor `below`, or both; more bad periods than are looked at.
 * Source: Amazon CloudWatch user guide, "Using Amazon CloudWatch alarms". FSBP control CloudWatch.15.
 */
export class Alarm extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: AlarmArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:observability:Alarm", name, {}, opts);
    const { above, below, statistic, period = 60, periods = 1, bad = periods } = args;
    const threshold = above ?? below;
    if (threshold === undefined || (above !== undefined && below !== undefined))
      throw new Error(`the alarm ${name} needs either above or below`);
    if (bad > periods)
      throw new Error(`the alarm ${name} looks at ${periods} periods; ${bad} can not be bad`);
    const alarm = new aws.cloudwatch.MetricAlarm(
      name,
      {
        alarmDescription: args.description,
        namespace: args.namespace,
        metricName: args.metricName,
        dimensions: args.dimensions,
        ...(statistic.startsWith("p") ? { extendedStatistic: statistic } : { statistic }),
        comparisonOperator: above === undefined ? "LessThanThreshold" : "GreaterThanThreshold",
        threshold,
        period,
        evaluationPeriods: periods,
        datapointsToAlarm: bad,
        treatMissingData: args.withoutData ?? "notBreaching",
        alarmActions: [args.topicArn],
        okActions: [args.topicArn],
      },
      { parent: this },
    );
    this.arn = alarm.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
