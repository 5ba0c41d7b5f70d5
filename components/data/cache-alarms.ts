import type { AlarmArgs } from "../observability/alarm";
import type { ServerlessCapacity } from "./cache-limits";

export type CacheAlarms = Readonly<Record<string, Omit<AlarmArgs, "topics">>>;

const minute = 60;
const quarter = { period: minute, periods: 15 } as const;
const namespace = "AWS/ElastiCache";

/** A node takes 65,000 connections, whatever its size. */
const mostConnections = 65_000;

/** One key now and then is what a cache is for; this many, for a quarter of an hour, is a cache that is too small. */
const manyEvictions = 1_000;

/**
 * One node's; the nodes of a cache change roles, so that each is looked at in the same way.
 * Sources: Amazon ElastiCache user guide, "Which metrics should I monitor?"; Amazon CloudWatch user guide, "Recommended
 * alarms", ElastiCache.
 */
export function nodeAlarms(cacheName: string, node: string, { replicated = false } = {}): CacheAlarms {
  const what = `Cache ${cacheName}, node ${node}`;
  const of = (metricName: string) => ({
    namespace,
    metricName,
    dimensions: { CacheClusterId: node, CacheNodeId: "0001" },
  });
  return {
    cpu: {
      severity: "warning",
      description: `${what}: the engine's one thread busy for 15 minutes. See the slow log for commands that touch many keys; else choose a larger node type.`,
      ...of("EngineCPUUtilization"),
      statistic: "Average",
      above: 90,
      ...quarter,
    },
    memory: {
      severity: "warning",
      description: `${what}: 90% of memory is used for 15 minutes. Look for keys that never expire; else choose a larger node type.`,
      ...of("DatabaseMemoryUsagePercentage"),
      statistic: "Maximum",
      above: 90,
      ...quarter,
    },
    evictions: {
      severity: "warning",
      description: `${what}: keys are thrown out before their time, ${manyEvictions} and more in 5 minutes for 15. Choose a larger node type, or let keys expire sooner.`,
      ...of("Evictions"),
      statistic: "Sum",
      above: manyEvictions,
      period: 5 * minute,
      periods: 3,
    },
    connections: {
      severity: "warning",
      description: `${what}: 80% of the connections it takes are open. Look which service opens one for each request.`,
      ...of("CurrConnections"),
      statistic: "Maximum",
      above: mostConnections * 0.8,
      period: minute,
      periods: 5,
    },
    ...(replicated
      ? {
          lag: {
            severity: "warning",
            description: `${what}: 10 seconds and more behind the primary node. What is written is lost if that fails now: look for bursts of writes and for large keys.`,
            ...of("ReplicationLag"),
            statistic: "Maximum" as const,
            above: 10,
            period: minute,
            periods: 5,
          },
        }
      : {}),
  };
}

/** Source: Amazon ElastiCache user guide, "Metrics and events for Valkey and Redis OSS serverless caches". */
export function serverlessAlarms(cacheName: string, { maxGb, maxEcpu }: ServerlessCapacity): CacheAlarms {
  const what = `Cache ${cacheName}`;
  const of = (metricName: string) => ({ namespace, metricName, dimensions: { clusterId: cacheName } });
  return {
    memory: {
      severity: "warning",
      description: `${what}: more than 80% of its ${maxGb} GB are used for 15 minutes. It refuses or throws out at the limit: raise capacity.serverless.maxGb, or let keys expire.`,
      ...of("BytesUsedForCache"),
      statistic: "Maximum",
      above: maxGb * 0.8 * 10 ** 9,
      ...quarter,
    },
    work: {
      severity: "warning",
      description: `${what}: more than 80% of its ${maxEcpu} processing units a second for 15 minutes. It refuses commands at the limit: raise capacity.serverless.maxEcpu.`,
      ...of("ElastiCacheProcessingUnits"),
      // The metric counts a minute's.
      statistic: "Sum",
      above: maxEcpu * minute * 0.8,
      ...quarter,
    },
    throttled: {
      severity: "critical",
      description: `${what}: commands are refused since it does not grow as fast as they come, for 15 minutes. Look for a burst of one key; else raise its limits.`,
      ...of("ThrottledCmds"),
      statistic: "Sum",
      above: 0,
      period: 5 * minute,
      periods: 3,
    },
    evictions: {
      severity: "warning",
      description: `${what}: keys are thrown out before their time, ${manyEvictions} and more in 5 minutes for 15. Raise capacity.serverless.maxGb, or let keys expire sooner.`,
      ...of("Evictions"),
      statistic: "Sum",
      above: manyEvictions,
      period: 5 * minute,
      periods: 3,
    },
  };
}
