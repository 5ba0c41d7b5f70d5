import * as pulumi from "@pulumi/pulumi";
import { Alarm } from "../observability/alarm";
import type { AlarmTopics, Severity } from "../observability/severity";
import type { Source } from "./lambda-statements";

export interface LambdaAlarmsArgs {
  readonly functionName: string;
  readonly logGroup: { readonly name: string };
  /** Seconds that it may take. */
  readonly timeout: number;
  readonly from?: Source;
  readonly missedRunsQueueName: string;
  readonly alarmTopics: AlarmTopics;
}

/**
 * Wakes somebody when a function fails, is held back, comes near the time that it may take, falls behind its stream, or
 * when what it was called for is given up.
 *
 * Source: Lambda developer guide, "Types of metrics for Lambda functions".
 */
export class LambdaAlarms extends pulumi.ComponentResource {
  constructor(name: string, args: LambdaAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:compute:LambdaAlarms", name, {}, opts);
    const { functionName, from, timeout, missedRunsQueueName } = args;
    const alarm = (
      severity: Severity,
      what: string,
      metricName: string,
      statistic: "Sum" | "Maximum",
      above: number,
      description: string,
      periods = 1,
    ) =>
      new Alarm(
        `${name}-${what}`,
        {
          namespace: "AWS/Lambda",
          metricName,
          dimensions: { FunctionName: functionName },
          statistic,
          period: 300,
          periods,
          above,
          severity,
          topics: args.alarmTopics,
          description: `${functionName} ${description}`,
        },
        { parent: this },
      );
    alarm(
      "warning",
      "errors",
      "Errors",
      "Sum",
      0,
      `failed or took longer than ${timeout} seconds: its log group ${args.logGroup.name} says why`,
    );
    alarm(
      "warning",
      "throttles",
      "Throttles",
      "Sum",
      0,
      "was called more often at once than it may run for ten minutes: let it, or see why it is called so often",
      2,
    );
    alarm(
      "warning",
      "slow",
      "Duration",
      "Maximum",
      timeout * 1_000 * nearTimeout,
      `took more than ${nearTimeout * 100} per cent of the ${timeout} seconds it may take: see what it waits for, or give it more time or memory`,
    );
    alarm(
      "warning",
      "given-up",
      "AsyncEventsDropped",
      "Sum",
      0,
      `was called, and the call was given up: ${missedRunsQueueName} keeps what it was called with; mend it, and call it again`,
    );
    alarm(
      "critical",
      "not-kept",
      "DestinationDeliveryFailures",
      "Sum",
      0,
      `was called, the call was given up, and could not be put into ${missedRunsQueueName}: it is lost; see that the queue is there and that the function's role may send to it`,
    );
    if (from !== undefined && "streamName" in from)
      alarm(
        "warning",
        "behind",
        "IteratorAge",
        "Maximum",
        behindAfter * 1_000,
        `is more than ${behindAfter / 60} minutes behind the stream ${from.streamName}: see whether it fails, or give the stream more shards`,
        3,
      );
    this.registerOutputs({});
  }
}

const nearTimeout = 0.8;

/** Seconds. */
const behindAfter = 900;
