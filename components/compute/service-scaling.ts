import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Location } from "../location";
import { type Consumers, messagesPerTask, messagesWithoutTask, type Query } from "./scaling-backlog";
import { checkScaling } from "./scaling-checks";
import type { BacklogRules, ScalingRules, StepRules, TargetRules } from "./scaling-rules";
import { planned, type ScheduledBounds, sleep } from "./scaling-schedule";

export type { ScalingRules } from "./scaling-rules";

export interface ServiceScalingArgs {
  readonly clusterName: string;
  /** Of the service, so that there is one before it is scaled. */
  readonly service: aws.ecs.Service;
  readonly serviceName: string;
  readonly scaling: ScalingRules;
  /**
   * Load balancer and target group as CloudWatch knows them, `app/orders/1/targetgroup/orders-api/2`; needed with
   * `scaling.targets.requests`.
   */
  readonly requestsLabel?: pulumi.Input<string>;
  readonly at: Location;
}

/** What holds without steps, targets and backlog: per cent of average CPU. */
export const usualSteps: Required<StepRules> = { above: 35, below: 5, by: 1 };

/** Quick to help, slow to save: minutes for which CPU must be above or below. */
export const stepMinutes = { above: 1, below: 10 };

/** Seconds in which nothing is added, or taken, after something has been. */
export const cooldowns = { step: 60, out: 60, in: 300, wake: 300 };

/** Minutes for which messages must wait at a service of no task before it gets one. */
export const wakeMinutes = 2;

const metricTypes = {
  cpu: "ECSServiceAverageCPUUtilization",
  memory: "ECSServiceAverageMemoryUtilization",
  requests: "ALBRequestCountPerTarget",
} as const;

/**
 * Scales a service of ECS between two bounds: by steps of average CPU, to keep near targets, by a queue's messages,
 * and by the clock.
 *
 * Without another rule a task is added when CPU has been above 35 % for a minute, and one is taken when it has been
 * below 5 % for ten. Of several targets the one that wants most tasks wins, and tasks are taken only when all agree.
 * With a backlog the least may be none; then an alarm of its own starts the first task when messages have waited for
 * two minutes. A service that sleeps has the bounds 0 and 0; whatever is planned within the night would wake it.
 *
 * The role by which Application Auto Scaling acts is AWS's own and needs no permission of a product.
 *
 * Refused: see checkScaling.
 * Sources: Application Auto Scaling user guide, "Step scaling policies", "Target tracking scaling policies", "Scheduled
 * scaling"; ECS developer guide, "Automatically scale your Amazon ECS service".
 */
export class ServiceScaling extends pulumi.ComponentResource {
  private readonly target: aws.appautoscaling.Target;

  constructor(
    private readonly name: string,
    private readonly args: ServiceScalingArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("landing-zone:compute:ServiceScaling", name, {}, opts);
    const { scaling, serviceName, clusterName, at } = args;
    const { steps, targets, backlog, asleep, planned: plans = {} } = scaling;
    const byTheClock = asleep !== undefined || Object.keys(plans).length > 0;
    checkScaling(scaling, serviceName, args.requestsLabel !== undefined);
    this.target = new aws.appautoscaling.Target(
      name,
      {
        serviceNamespace: "ecs",
        resourceId: pulumi.interpolate`service/${clusterName}/${args.service.name}`,
        scalableDimension: "ecs:service:DesiredCount",
        minCapacity: scaling.min,
        maxCapacity: scaling.max,
        region: at.region,
      },
      // The clock sets them, too: a refresh at night has nothing to tell, and the next action of the clock has new ones.
      { parent: this, ...(byTheClock ? { ignoreChanges: ["minCapacity", "maxCapacity"] } : {}) },
    );
    if (steps !== undefined) this.stepped({ ...usualSteps, ...steps });
    else if (targets === undefined && backlog === undefined) this.stepped(usualSteps);
    if (targets !== undefined) this.tracked(targets);
    if (backlog !== undefined) this.followed(backlog);
    for (const [what, plan] of Object.entries(plans)) this.bounded(what, planned(plan));
    if (asleep !== undefined)
      for (const [what, bounds] of Object.entries(sleep(asleep, scaling))) this.bounded(what, bounds);
    this.registerOutputs({});
  }

  private get scaled() {
    const { serviceNamespace, resourceId, scalableDimension } = this.target;
    return { serviceNamespace, resourceId, scalableDimension, region: this.args.at.region };
  }

  private stepped({ above, below, by }: Required<StepRules>): void {
    this.step("add", by, "CPU", above, stepMinutes.above);
    this.step("take", -by, "CPU", below, stepMinutes.below);
  }

  private step(verb: "add" | "take", by: number, what: string, threshold: number, minutes: number): void {
    const { clusterName, serviceName } = this.args;
    const high = verb === "add";
    const name = `${this.name}-${verb}`;
    const policy = this.stepPolicy(verb, by, cooldowns.step);
    new aws.cloudwatch.MetricAlarm(
      name,
      {
        name: `${serviceName}-cpu-${high ? "high" : "low"}`,
        alarmDescription: `${what} of ${serviceName} has been ${high ? "above" : "below"} ${threshold} % for ${minutes} min; ${Math.abs(by)} of its tasks ${high ? "come" : "go"}`,
        namespace: "AWS/ECS",
        metricName: "CPUUtilization",
        dimensions: { ClusterName: clusterName, ServiceName: serviceName },
        statistic: "Average",
        period: 60,
        evaluationPeriods: minutes,
        comparisonOperator: high ? "GreaterThanThreshold" : "LessThanThreshold",
        threshold,
        treatMissingData: "notBreaching",
        alarmActions: [policy.arn],
        region: this.args.at.region,
      },
      { parent: this },
    );
  }

  private stepPolicy(verb: string, by: number, cooldown: number): aws.appautoscaling.Policy {
    return new aws.appautoscaling.Policy(
      `${this.name}-${verb}`,
      {
        ...this.scaled,
        name: `${this.args.serviceName}-${verb}`,
        policyType: "StepScaling",
        stepScalingPolicyConfiguration: {
          adjustmentType: "ChangeInCapacity",
          cooldown,
          metricAggregationType: "Average",
          stepAdjustments: [
            {
              [by > 0 ? "metricIntervalLowerBound" : "metricIntervalUpperBound"]: "0",
              scalingAdjustment: by,
            },
          ],
        },
      },
      { parent: this },
    );
  }

  private tracked(targets: TargetRules): void {
    for (const what of ["cpu", "memory", "requests"] as const) {
      const targetValue = targets[what];
      if (targetValue !== undefined)
        this.tracking(what, targetValue, {
          predefinedMetricSpecification: {
            predefinedMetricType: metricTypes[what],
            ...(what === "requests" ? { resourceLabel: this.args.requestsLabel } : {}),
          },
        });
    }
  }

  private tracking(
    what: string,
    targetValue: number,
    metric: Pick<
      aws.types.input.appautoscaling.PolicyTargetTrackingScalingPolicyConfiguration,
      "predefinedMetricSpecification" | "customizedMetricSpecification"
    >,
  ): void {
    new aws.appautoscaling.Policy(
      `${this.name}-${what}`,
      {
        ...this.scaled,
        name: `${this.args.serviceName}-${what}`,
        policyType: "TargetTrackingScaling",
        targetTrackingScalingPolicyConfiguration: {
          ...metric,
          targetValue,
          scaleOutCooldown: cooldowns.out,
          scaleInCooldown: cooldowns.in,
        },
      },
      { parent: this },
    );
  }

  private followed({ queueName, perTask }: BacklogRules): void {
    const { clusterName, serviceName, scaling } = this.args;
    const of: Consumers = { clusterName, serviceName, queueName };
    this.tracking("backlog", perTask, {
      customizedMetricSpecification: { metrics: messagesPerTask(of).map(tracked) },
    });
    const least = [scaling, ...Object.values(scaling.planned ?? {})].map(({ min }) => min);
    if (least.every(min => min > 0)) return;
    const policy = this.stepPolicy("wake", 1, cooldowns.wake);
    new aws.cloudwatch.MetricAlarm(
      `${this.name}-wake`,
      {
        name: `${serviceName}-wake`,
        alarmDescription: `Messages wait in ${queueName}, and ${serviceName} has no task; it gets its first`,
        metricQueries: messagesWithoutTask(of).map(watched),
        evaluationPeriods: wakeMinutes,
        datapointsToAlarm: wakeMinutes,
        comparisonOperator: "GreaterThanThreshold",
        threshold: 0,
        treatMissingData: "notBreaching",
        alarmActions: [policy.arn],
        region: this.args.at.region,
      },
      { parent: this },
    );
  }

  private bounded(what: string, { schedule, timezone, min, max }: ScheduledBounds): void {
    new aws.appautoscaling.ScheduledAction(
      `${this.name}-${what}`,
      {
        ...this.scaled,
        name: `${this.args.serviceName}-${what}`,
        schedule,
        timezone,
        scalableTargetAction: { minCapacity: min, maxCapacity: max },
      },
      { parent: this },
    );
  }
}

const tracked = ({ id, expression, metric, result = false }: Query) => ({
  id,
  returnData: result,
  ...(expression === undefined ? {} : { expression }),
  ...(metric === undefined
    ? {}
    : {
        metricStat: {
          stat: metric.stat,
          metric: {
            namespace: metric.namespace,
            metricName: metric.metricName,
            dimensions: Object.entries(metric.dimensions).map(([name, value]) => ({ name, value })),
          },
        },
      }),
});

const watched = ({ id, expression, metric, result = false }: Query) => ({
  id,
  returnData: result,
  ...(expression === undefined ? {} : { expression }),
  ...(metric === undefined ? {} : { metric: { ...metric, period: 60 } }),
});
