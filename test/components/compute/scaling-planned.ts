/** Plans a service's scaling, and reads its policies. */
import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { type ScalingRules, ServiceScaling } from "../../../components/compute/service-scaling";
import { at, type Planned, planned } from "../planned";

export const requestsLabel = "app/orders/1/targetgroup/orders-api/2";
export const backlog = { queueName: "orders-incoming", perTask: 20 };

export const scaled = (scaling: ScalingRules, more: { requestsLabel?: string } = {}) =>
  planned(() => {
    const service = new aws.ecs.Service("api", { name: "orders-api", cluster: "orders" });
    new ServiceScaling("api", {
      ...{ clusterName: "orders", serviceName: "orders-api", service, scaling, at },
      ...more,
    });
  });

export interface Step {
  readonly metricIntervalLowerBound?: string;
  readonly metricIntervalUpperBound?: string;
  readonly scalingAdjustment: number;
}
export const policy = (stack: Planned, name: string) =>
  stack.one("aws:appautoscaling/policy:Policy", name).inputs;
export const steps = (stack: Planned, name: string) => {
  const { policyType, stepScalingPolicyConfiguration: its } = policy(stack, name);
  assert.equal(policyType, "StepScaling");
  return its as unknown as { adjustmentType: string; cooldown: number; stepAdjustments: Step[] };
};
export const tracking = (stack: Planned, name: string) => {
  const { policyType, targetTrackingScalingPolicyConfiguration: its } = policy(stack, name);
  assert.equal(policyType, "TargetTrackingScaling");
  return its as Record<string, unknown>;
};
