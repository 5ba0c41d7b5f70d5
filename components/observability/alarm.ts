import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type AlarmTopics, type Severity, severityText } from "./severity";

export type Statistic =
  | "Sum"
  | "Average"
  | "Minimum"
  | "Maximum"
  | "SampleCount"
  | `p${number}`
  | `PR(${string})`;

/** What CloudWatch measures. */
export interface Metric {
  /** For example `AWS/SQS`. */
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
  /** `p99` and the like are taken too, and `PR(:0.3)`: the per cent of all values that are at most 0.3. */
  readonly statistic: Statistic;
}

/** When an alarm goes off, and who hears of it. */
export interface AlarmRules {
  /** What it means, and what to do: whom it wakes reads this first. */
  readonly description: string;
  /** Known beforehand where something else names it; default: any. At most 255 characters. */
  readonly alarmName?: string;
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
  /** Of the metric and the topics; default: the provider's. */
  readonly region?: string;
  /** What it asks of people. */
  readonly severity?: Severity;
  /** It tells that of its severity when it begins and ends; absent: another alarm is made of it, which tells. */
  readonly topics?: AlarmTopics;
}

export interface AlarmArgs extends Metric, AlarmRules {
  readonly severity: Severity;
  readonly topics: AlarmTopics;
}

/**
 * A CloudWatch alarm on one metric, which tells a topic when it goes off and when it is over.
 *
 * Refused: neither `above` nor `below`, or both; a severity without topics, or topics without a severity; more bad periods than are looked at; to look at more than a day, or at
 * more than a week by periods of an hour or longer.
 * Source: Amazon CloudWatch user guide, "Using Amazon CloudWatch alarms"; Amazon CloudWatch API reference,
 * "PutMetricAlarm". FSBP control CloudWatch.15.
 */
export class Alarm extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: AlarmArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:observability:Alarm", name, {}, opts);
    const { statistic, period = 60 } = args;
    const alarm = new aws.cloudwatch.MetricAlarm(
      name,
      {
        ...alarmRules(name, args),
        namespace: args.namespace,
        metricName: args.metricName,
        dimensions: args.dimensions,
        ...(/^(p\d|PR)/.test(statistic) ? { extendedStatistic: statistic } : { statistic }),
        period,
      },
      { parent: this },
    );
    this.arn = alarm.arn;
    this.registerOutputs({ arn: this.arn });
  }
}

/** What alarms on one metric and on several have in common; refuses as `Alarm` says. */
export function alarmRules(name: string, rules: AlarmRules) {
  const { above, below, period = 60, periods = 1, bad = periods } = rules;
  const threshold = above ?? below;
  if (threshold === undefined || (above !== undefined && below !== undefined))
    throw new Error(`the alarm ${name} needs either above or below`);
  if (bad > periods) throw new Error(`the alarm ${name} looks at ${periods} periods; ${bad} can not be bad`);
  const longest = period < 3_600 ? 86_400 : 604_800;
  if (period * periods > longest)
    throw new Error(
      `the alarm ${name} looks at ${periods} periods of ${period} seconds; together they may be ${longest} seconds at most`,
    );
  const told = toldBy(name, rules);
  return {
    ...(rules.alarmName === undefined ? {} : { name: rules.alarmName }),
    ...(rules.region === undefined ? {} : { region: rules.region }),
    alarmDescription: `${told.begins}${rules.description}`,
    comparisonOperator: above === undefined ? "LessThanThreshold" : "GreaterThanThreshold",
    threshold,
    evaluationPeriods: periods,
    datapointsToAlarm: bad,
    treatMissingData: rules.withoutData ?? "notBreaching",
    alarmActions: told.actions,
    okActions: told.actions,
  };
}

/** Refused: a severity that nobody is told of, and topics for an alarm of no severity. */
function toldBy(name: string, { severity, topics }: AlarmRules): { begins: string; actions: string[] } {
  if ((severity === undefined) !== (topics === undefined))
    throw new Error(`the alarm ${name} needs both a severity and topics, or neither`);
  return severity === undefined || topics === undefined
    ? { begins: "", actions: [] }
    : { begins: severityText(severity), actions: [topics[severity]] };
}
