import type { AlarmArgs } from "../observability/alarm";
import { type DatabaseEngine, engines } from "./database-engines";

export type DatabaseAlarms = Readonly<Record<string, Omit<AlarmArgs, "topics">>>;

type Dimensions = AlarmArgs["dimensions"];

const minute = 60;

/** For a quarter of an hour, so that what passes by itself wakes nobody. */
const lasting = { period: minute, periods: 15 } as const;
const rds = (metricName: string, dimensions: Dimensions) => ({
  namespace: "AWS/RDS",
  metricName,
  dimensions,
});

/** Sources: Amazon RDS user guide, "Best practices for Amazon RDS"; CloudWatch user guide, "Recommended alarms". */
const ofMachine = (what: string, memory: number, dimensions: Dimensions): DatabaseAlarms => ({
  cpu: {
    severity: "warning",
    description: `${what}: processors busy for 15 minutes. See the top statements in Database Insights; else choose a larger class.`,
    ...rds("CPUUtilization", dimensions),
    statistic: "Average",
    above: 90,
    ...lasting,
  },
  memory: {
    // The engines take most of it for their caches by design, hence no more than that.
    severity: "warning",
    description: `${what}: less than 5% of memory is free. Look for too many connections or large sorts; else choose a larger class.`,
    ...rds("FreeableMemory", dimensions),
    statistic: "Average",
    below: Math.floor(memory * 2 ** 30 * 0.05),
    ...lasting,
  },
});

const ofEngine = (
  what: string,
  engine: DatabaseEngine,
  connections: number,
  dimensions: Dimensions,
): DatabaseAlarms => ({
  connections: {
    severity: "critical",
    description: `${what}: 80% of the connections it takes are open. Look who does not give them back; else put a proxy before it.`,
    ...rds("DatabaseConnections", dimensions),
    statistic: "Maximum",
    above: Math.floor(connections * 0.8),
    period: minute,
    periods: 5,
  },
  // PostgreSQL stops taking writes at 2 thousand million.
  ...(engines[engine].dialect === "postgresql"
    ? {
        "transaction-ids": {
          severity: "critical",
          description: `${what}: half of the transaction numbers are used up. Find out why vacuum does not run, today.`,
          ...rds("MaximumUsedTransactionIDs", dimensions),
          statistic: "Maximum",
          above: 1_000_000_000,
          period: 5 * minute,
        },
      }
    : {}),
});

/**
 * What someone should be woken for. The writer is looked at by its role, because instances change roles.
 *
 * @param size `memory` of an instance in GiB, or absent for a serverless one; how many `connections` it takes.
 * Sources: Amazon Aurora user guide, "Creating CloudWatch alarms to monitor Amazon Aurora", "Amazon CloudWatch metrics
 * for Amazon Aurora", "Important Amazon CloudWatch metrics for Aurora Serverless v2".
 */
export function clusterAlarms(
  clusterName: string,
  engine: DatabaseEngine,
  size: { readonly memory?: number; readonly connections: number },
  { readers }: { readonly readers: boolean },
): DatabaseAlarms {
  const what = `Database ${clusterName}`;
  const cluster = { DBClusterIdentifier: clusterName };
  const writer = { ...cluster, Role: "WRITER" };
  return {
    ...(size.memory === undefined
      ? {
          capacity: {
            severity: "warning",
            description: `${what}: at more than 90% of its greatest capacity for 15 minutes. See the top statements in Database Insights; else raise capacity.serverless.max.`,
            ...rds("ACUUtilization", writer),
            statistic: "Average",
            above: 90,
            ...lasting,
          },
        }
      : ofMachine(what, size.memory, writer)),
    ...ofEngine(what, engine, size.connections, writer),
    ...(readers
      ? {
          lag: {
            severity: "warning",
            description: `${what}: readers are 2 seconds and more behind the writer. Look for long transactions and readers that are too small.`,
            ...rds("AuroraReplicaLagMaximum", cluster),
            statistic: "Average",
            above: 2000,
            period: minute,
            periods: 5,
          },
        }
      : {}),
  };
}

/**
 * @param size `memory` and first `storage` in GiB; how many `connections` it takes.
 * Sources: Amazon RDS user guide, "Amazon CloudWatch metrics for Amazon RDS", "Managing capacity automatically with
 * Amazon RDS storage autoscaling": storage grows when less than 10% is free, and not again within 6 hours.
 */
export function instanceAlarms(
  instanceName: string,
  engine: DatabaseEngine,
  size: { readonly memory: number; readonly storage: number; readonly connections: number },
): DatabaseAlarms {
  const what = `Database ${instanceName}`;
  const storage = size.storage * 0.05;
  const instance = { DBInstanceIdentifier: instanceName };
  return {
    ...ofMachine(what, size.memory, instance),
    ...ofEngine(what, engine, size.connections, instance),
    storage: {
      severity: "critical",
      description: `${what}: less than ${storage} GiB of storage is free, and it did not grow at twice that. It stops when it is full: raise storage.upTo, or delete.`,
      ...rds("FreeStorageSpace", instance),
      statistic: "Minimum",
      below: storage * 2 ** 30,
      period: 5 * minute,
      periods: 3,
    },
  };
}

/** Source: Amazon RDS user guide, "Monitoring RDS Proxy metrics with Amazon CloudWatch". */
export const proxyAlarms = (proxyName: string): DatabaseAlarms => ({
  "database-refuses": {
    severity: "critical",
    description: `Proxy ${proxyName}: the database refuses its connections. Does the user exist, and was it granted rds_iam? Is the database up?`,
    ...rds("DatabaseConnectionsSetupFailed", { ProxyName: proxyName }),
    statistic: "Sum",
    above: 10,
    period: 5 * minute,
    periods: 2,
  },
});
