import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface ServiceScalingArgs {
  readonly clusterName: string;
  /** Of the service, so that there is one before it is scaled. */
  readonly service: aws.ecs.Service;
  readonly serviceName: string;
  readonly min: number;
  readonly max: number;
}

/** Average CPU, in per cent, above which a task is added and below which one is taken. */
const thresholds = { add: 35, take: 5 };

/**
 * Adds a task when the service's average CPU has been above 35 % for a minute, and takes one when it has been below
 * 5 % for ten: quick to help, slow to save. Source: Application Auto Scaling user guide, "Step scaling policies".
 */
export class ServiceScaling extends pulumi.ComponentResource {
  constructor(name: string, args: ServiceScalingArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:compute:ServiceScaling", name, {}, opts);
    const here = { parent: this };
    const target = new aws.appautoscaling.Target(
      name,
      {
        serviceNamespace: "ecs",
        resourceId: pulumi.interpolate`service/${args.clusterName}/${args.service.name}`,
        scalableDimension: "ecs:service:DesiredCount",
        minCapacity: args.min,
        maxCapacity: args.max,
      },
      here,
    );
    const step = (verb: "add" | "take", adjustment: number, minutes: number) => {
      const above = verb === "add";
      const policy = new aws.appautoscaling.Policy(
        `${name}-${verb}`,
        {
          name: `${args.serviceName}-${verb}`,
          policyType: "StepScaling",
          serviceNamespace: target.serviceNamespace,
          resourceId: target.resourceId,
          scalableDimension: target.scalableDimension,
          stepScalingPolicyConfiguration: {
            adjustmentType: "ChangeInCapacity",
            cooldown: 60,
            metricAggregationType: "Average",
            stepAdjustments: [
              above
                ? { metricIntervalLowerBound: "0", scalingAdjustment: adjustment }
                : { metricIntervalUpperBound: "0", scalingAdjustment: adjustment },
            ],
          },
        },
        here,
      );
      new aws.cloudwatch.MetricAlarm(
        `${name}-${verb}`,
        {
          name: `${args.serviceName}-cpu-${above ? "high" : "low"}`,
          alarmDescription: `CPU of ${args.serviceName} ${above ? "above" : "below"} ${thresholds[verb]} %: ${verb}s a task`,
          namespace: "AWS/ECS",
          metricName: "CPUUtilization",
          dimensions: { ClusterName: args.clusterName, ServiceName: args.serviceName },
          statistic: "Average",
          period: 60,
          evaluationPeriods: minutes,
          comparisonOperator: above ? "GreaterThanThreshold" : "LessThanThreshold",
          threshold: thresholds[verb],
          treatMissingData: "notBreaching",
          alarmActions: [policy.arn],
        },
        here,
      );
    };
    step("add", 1, 1);
    step("take", -1, 10);
    this.registerOutputs({});
  }
}
