import type { AlarmRules, Metric } from "./alarm";
import type { Calculation } from "./calculated-alarm";
import {
  failedRequests,
  type ServiceTarget,
  type TargetGroup,
  targetGroupsOf,
  targetMetric,
} from "./service-target";
import type { Severity } from "./severity";

/** An alarm on a target group. */
export interface TargetAlarm {
  /** What its name ends with: `internal-errors`. */
  readonly what: string;
  /** A new release is taken back when it goes off. */
  readonly takesBack: boolean;
  readonly alarm: (Metric | Calculation) & Omit<AlarmRules, "topics"> & { readonly severity: Severity };
}

/**
 * Fewer requests within five minutes say nothing: two errors of them are one of ten already, and at night nobody is
 * woken by one of two.
 */
const fewestRequests = 20;
/** Of fewer, the hundredth part is not one request. */
const fewestForLatency = 100;

/**
 * What is watched of a way: each target group by itself, because of two the new release's may get a tenth of the
 * requests, and its errors would be a tenth of them all.
 *
 * Sources: Elastic Load Balancing user guide, "CloudWatch metrics for your Application Load Balancer" and "CloudWatch
 * metrics for your Network Load Balancer".
 */
export const targetAlarms = (serviceName: string, way: string, target: ServiceTarget): TargetAlarm[] =>
  targetGroupsOf(target).flatMap(group => {
    const called = { whole: `${serviceName} through ${way}`, what: `${way}${group.suffix}` };
    return [
      illTargets(called, group, target.startSeconds ?? 60),
      ...(group.kind === "network"
        ? // It counts resets by load balancer only, and has one service behind it.
          group.suffix === ""
          ? [resets(called, group)]
          : []
        : [errors(called, group), latency(called, group, target.latencySeconds ?? 1)]),
    ];
  });

interface Called {
  readonly whole: string;
  readonly what: string;
}

const errors = ({ whole, what }: Called, group: TargetGroup): TargetAlarm => ({
  what: `${what}-errors`,
  takesBack: true,
  alarm: {
    severity: "critical",
    description: `More than 5 % of the requests to ${whole} were answered by 5xx or by no task within five minutes: if a release has just begun, it is taken back by itself; else read the service's errors in its logs, and whether what it calls answers`,
    expression: `IF(FILL(requests, 0) >= ${fewestRequests}, 100 * (FILL(errors, 0) + FILL(refused, 0)) / requests, 0)`,
    label: "Requests that failed, in per cent",
    metrics: {
      requests: targetMetric(group, "RequestCount", "Sum"),
      errors: targetMetric(group, failedRequests[0], "Sum"),
      refused: targetMetric(group, failedRequests[1], "Sum"),
    },
    above: 5,
    period: 300,
  },
});

const latency = ({ whole, what }: Called, group: TargetGroup, seconds: number): TargetAlarm => ({
  what: `${what}-latency`,
  takesBack: false,
  alarm: {
    severity: "warning",
    description: `One of a hundred requests to ${whole} has waited for more than ${seconds} s, for 15 minutes: find the slowest paths in the load balancer's logs, then what these wait for; if CPU is high too, it needs more tasks`,
    expression: `IF(FILL(requests, 0) >= ${fewestForLatency}, slowest, 0)`,
    label: "99th percentile of the time to answer, in seconds",
    metrics: {
      requests: targetMetric(group, "RequestCount", "Sum"),
      slowest: targetMetric(group, "TargetResponseTime", "p99"),
    },
    above: seconds,
    period: 300,
    periods: 3,
  },
});

/** A new task that is still allowed to answer badly is not ill yet; three minutes more are no passing trouble. */
function illTargets({ whole, what }: Called, group: TargetGroup, startSeconds: number): TargetAlarm {
  const minutes = Math.ceil(startSeconds / 60) + 3;
  return {
    what: `${what}-unhealthy`,
    takesBack: true,
    alarm: {
      severity: "critical",
      description: `Tasks behind ${whole} have answered health checks badly for ${minutes} minutes: if a release has just begun, it is taken back by itself; else see what the health check's path says, and the logs of tasks that ended`,
      ...targetMetric(group, "UnHealthyHostCount", "Maximum"),
      above: 0,
      periods: minutes,
    },
  };
}

/** Who ends a connection usually closes it; a reset is a task that was ended, or a port at which nobody listens. */
function resets({ whole, what }: Called, group: TargetGroup): TargetAlarm {
  const ofBalancer = (metricName: string): Metric => ({
    ...targetMetric(group, metricName, "Sum"),
    dimensions: { LoadBalancer: group.loadBalancer },
  });
  return {
    what: `${what}-resets`,
    takesBack: false,
    alarm: {
      severity: "warning",
      description: `Tasks behind ${whole} have reset more than 10 % of the connections for 15 minutes: see whether tasks end or listen at another port, and whether they close idle connections before the load balancer does`,
      expression: `IF(FILL(connections, 0) >= ${fewestRequests}, 100 * FILL(resets, 0) / connections, 0)`,
      label: "Connections that were reset, in per cent",
      metrics: {
        connections: ofBalancer("NewFlowCount"),
        resets: ofBalancer("TCP_Target_Reset_Count"),
      },
      above: 10,
      period: 300,
      periods: 3,
    },
  };
}
