import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type AlarmRules, alarmRules, type Metric } from "./alarm";

/** A number that is calculated from several metrics. */
export interface Calculation {
  /** In CloudWatch's metric math, of the names of `metrics`. */
  readonly expression: string;
  /** What it is, as graphs show it. */
  readonly label: string;
  /** By a name of lower-case letters and digits: `requests`. At most ten. */
  readonly metrics: Readonly<Record<string, Metric>>;
}

export interface CalculatedAlarmArgs extends Calculation, AlarmRules {}

/**
 * A CloudWatch alarm on what is calculated from several metrics, each taken over the same period.
 *
 * Refused, beside what `Alarm` refuses: no metric or more than ten; a name that metric math has no room for, or that the
 * expression does not use.
 * Source: Amazon CloudWatch user guide, "Use metric math" and "Limits that apply to alarms based on metric math
 * expressions".
 */
export class CalculatedAlarm extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: CalculatedAlarmArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:observability:CalculatedAlarm", name, {}, opts);
    const { expression, label, metrics, period = 60 } = args;
    requireUsed(name, args);
    const alarm = new aws.cloudwatch.MetricAlarm(
      name,
      {
        ...alarmRules(name, args),
        metricQueries: [
          { id: result, expression, label, returnData: true },
          ...Object.entries(metrics).map(([id, { statistic: stat, ...metric }]) => ({
            id,
            metric: { ...metric, stat, period },
            returnData: false,
          })),
        ],
      },
      { parent: this },
    );
    this.arn = alarm.arn;
    this.registerOutputs({ arn: this.arn });
  }
}

const result = "result";

function requireUsed(name: string, { expression, metrics }: Calculation): void {
  const ids = Object.keys(metrics);
  if (ids.length < 1 || ids.length > 10)
    throw new Error(`the alarm ${name} is calculated from ${ids.length} metrics; it must be 1 to 10`);
  for (const id of ids) {
    if (!/^[a-z][a-z0-9]*$/.test(id) || id === result)
      throw new Error(
        `the alarm ${name} calls a metric ${id}; it must be lower-case letters and digits, and not ${result}`,
      );
    if (!new RegExp(`\\b${id}\\b`).test(expression))
      throw new Error(`the alarm ${name} measures ${id}, which ${expression} does not use`);
  }
}
