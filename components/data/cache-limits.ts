/** What ElastiCache takes and what it does not; pure. Each throws with the argument's name, its value and what is right. */
import { requireWhole, requireWindows, type Windows } from "./database-limits";

/** Of 40 characters, `-default` goes to the name of a user. */
const longestName = 32;

export const cacheReplicas = { min: 1, max: 5 };
export const cacheGigabytes = { min: 1, max: 5_000 };
export const processingUnits = { min: 1_000, max: 15_000_000 };
export const cacheSnapshots = { min: 1, max: 35 };

export interface ServerlessCapacity {
  /** Gigabytes that it grows to, 1 to 5,000. */
  readonly maxGb: number;
  /** ElastiCache processing units a second that it grows to, 1,000 to 15,000,000: one for each kB sent or received. */
  readonly maxEcpu: number;
}

export interface NodeCapacity {
  /** For example `cache.r7g.large`: of a t3, t4g, m, r or c family without local disks. */
  readonly nodeType: string;
  /** Beside the first node where there are several zones, 1 to 5; default 1. One zone has the first node only. */
  readonly replicas?: number;
}

/** An hour each, well away from AWS Backup's; see usualWindows. */
export const cacheWindows: Windows = { backup: "01:00-02:00", maintenance: "sun:06:30-sun:07:30" };

/** Source: Amazon ElastiCache API reference, "CreateReplicationGroup", "CreateUser". */
export function requireCacheName(name: string): void {
  if (!/^[a-z](-?[a-z0-9])*$/.test(name) || name.length > longestName)
    throw new Error(
      `cacheName is ${name}; it must have at most ${longestName} small letters, digits and single hyphens, begin with a letter and not end with a hyphen`,
    );
}

/**
 * Valkey's family of parameters, for example `valkey8`.
 * Source: Amazon ElastiCache user guide, "Engine versions and upgrading": IAM takes Valkey 7.2 and later.
 */
export function cacheFamily(engineVersion: string): { readonly major: string; readonly family: string } {
  const [, major = "", minor] = /^([1-9]\d*)\.(\d+)$/.exec(engineVersion) ?? [];
  if (minor === undefined || Number(major) < 7 || (major === "7" && Number(minor) < 2))
    throw new Error(
      `engineVersion is ${engineVersion}; it must be Valkey's major and minor version, 7.2 or later, as in 8.1`,
    );
  return { major, family: `valkey${major}` };
}

/**
 * Sources: Amazon ElastiCache user guide, "Supported node types", "Data tiering": r6gd keeps data on disks too, which is
 * another way to keep a cache.
 */
export function requireNodes({ nodeType, replicas = cacheReplicas.min }: NodeCapacity): void {
  if (!/^cache\.(t3|t4g|[mr]([4-9]|\d\d)g?|c\d+gn)\.(micro|small|medium|large|\d*xlarge)$/.test(nodeType))
    throw new Error(
      `capacity.nodeType is ${nodeType}; it must be of a t3, t4g, m, r or c family without disks, as in cache.r7g.large`,
    );
  requireWhole("capacity.replicas", replicas, cacheReplicas);
}

/** Source: Amazon ElastiCache API reference, "DataStorage", "ECPUPerSecond". */
export function requireServerlessCache({ maxGb, maxEcpu }: ServerlessCapacity): void {
  requireWhole("capacity.serverless.maxGb", maxGb, cacheGigabytes);
  requireWhole("capacity.serverless.maxEcpu", maxEcpu, processingUnits);
}

/** ElastiCache wants an hour each where databases want half of one. */
export function requireCacheWindows(windows: Windows): void {
  requireWindows(windows);
  for (const what of ["backup", "maintenance"] as const) {
    const [from = 0, to = 0] = [...windows[what].matchAll(/(\d\d):(\d\d)/g)].map(
      ([, hour, minute]) => Number(hour) * 60 + Number(minute),
    );
    if ((to - from + 1440) % 1440 < 60)
      throw new Error(`windows.${what} is ${windows[what]}; it must last 60 minutes or more`);
  }
}
