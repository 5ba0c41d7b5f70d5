import type * as pulumi from "@pulumi/pulumi";
import type { Metric, Statistic } from "./alarm";

/** A way in which a service is called through a load balancer, as CloudWatch names it. */
export interface ServiceTarget {
  /** Default `application`. */
  readonly kind?: "application" | "network";
  /** The load balancer's ARN suffix: `app/orders/0123456789abcdef`, or `net/...`. */
  readonly loadBalancer: pulumi.Input<string>;
  /** The target group's ARN suffix: `targetgroup/orders-api/0123456789abcdef`. */
  readonly targetGroup: pulumi.Input<string>;
  /** The second one of a service whose releases change between two. */
  readonly otherTargetGroup?: pulumi.Input<string>;
  /** Seconds within which all but one request of a hundred are answered; default 1. Not of `network`. */
  readonly latencySeconds?: number;
  /** Seconds for which a new task may answer health checks badly, 0 to 1,800; default 60. */
  readonly startSeconds?: number;
}

/** The ways of a service, by the short name of each: lower-case letters, digits and hyphens. */
export type ServiceTargets = Readonly<Record<string, ServiceTarget>>;

/** One target group of a way. */
export interface TargetGroup {
  /** Empty, or `-other`, at the end of what is named after it. */
  readonly suffix: string;
  readonly kind: "application" | "network";
  readonly loadBalancer: pulumi.Input<string>;
  readonly targetGroup: pulumi.Input<string>;
}

/** The one or two target groups of a way. */
export function targetGroupsOf(target: ServiceTarget): TargetGroup[] {
  const { kind = "application", loadBalancer, targetGroup, otherTargetGroup } = target;
  const group = { kind, loadBalancer };
  return [
    { ...group, suffix: "", targetGroup },
    ...(otherTargetGroup === undefined
      ? []
      : [{ ...group, suffix: "-other", targetGroup: otherTargetGroup }]),
  ];
}

/** What a load balancer measures of a target group. */
export const targetMetric = (
  { kind, loadBalancer, targetGroup }: TargetGroup,
  metricName: string,
  statistic: Statistic,
): Metric => ({
  namespace: kind === "network" ? "AWS/NetworkELB" : "AWS/ApplicationELB",
  metricName,
  dimensions: { LoadBalancer: loadBalancer, TargetGroup: targetGroup },
  statistic,
});

/** Requests that were answered by 5xx, or that no task took although the load balancer had chosen it. */
export const failedRequests = ["HTTPCode_Target_5XX_Count", "TargetConnectionErrorCount"] as const;

/** Refused: ways that no name can be made of, and numbers that are out of their bounds. */
export function requireTargets(targets: ServiceTargets): void {
  for (const [way, { kind, latencySeconds = 1, startSeconds = 60 }] of Object.entries(targets)) {
    if (!/^[a-z][a-z0-9-]{0,31}$/.test(way))
      throw new Error(
        `targets has ${way}; a way is called by up to 32 lower-case letters, digits and hyphens`,
      );
    if (kind === "network" && latencySeconds !== 1)
      throw new Error(
        `targets.${way}.latencySeconds is ${latencySeconds}; a Network Load Balancer does not measure it: leave it out`,
      );
    if (!(latencySeconds > 0 && latencySeconds <= 4_000))
      throw new Error(
        `targets.${way}.latencySeconds is ${latencySeconds}; it must be above 0 and at most 4,000`,
      );
    if (!Number.isInteger(startSeconds) || startSeconds < 0 || startSeconds > 1_800)
      throw new Error(
        `targets.${way}.startSeconds is ${startSeconds}; it must be a whole number from 0 to 1,800`,
      );
  }
}
