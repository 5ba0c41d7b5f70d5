/** What AWS takes and what it does not; pure. Each throws with the argument's name, its value and what would be right. */
import { type DatabaseEngine, engines, readOnlyUser } from "./database-engines";

/** A cluster adds `-final` and the numbers of its instances to its name, and AWS takes 63 characters. */
const longestName = 55;

/** Source: Amazon RDS API reference, "CreateDBCluster", "CreateDBInstance". */
export function requireDatabaseName(argument: string, name: string, engine: DatabaseEngine): void {
  const longest = Math.min(longestName, engines[engine].longestUser - readOnlyUser("").length);
  if (!/^[a-z](-?[a-z0-9])*$/.test(name) || name.length > longest)
    throw new Error(
      `${argument} is ${name}; of ${engine} it must have at most ${longest} small letters, digits and single hyphens, begin with a letter and not end with a hyphen`,
    );
}

const step = 0.5;
export const capacityUnits = { min: 0, max: 256, smallestMax: 1 };
export const pauseSeconds = { min: 300, max: 86_400 };
export const backupDays = { min: 1, max: 35 };
export const clusterInstances = { min: 2, max: 16 };

export interface Serverless {
  /** Aurora capacity units, each 2 GiB of memory, from 0 to 256 by halves. 0: it pauses when nobody is connected. */
  readonly min: number;
  /** From 1 to 256. */
  readonly max: number;
  /** Seconds without connections after which it pauses, 300 to 86,400; with a `min` of 0, and only then. */
  readonly pauseAfter?: number;
}

/**
 * Sources: Amazon RDS API reference, "ServerlessV2ScalingConfiguration"; Amazon Aurora user guide, "Scaling to Zero ACUs
 * with automatic pause and resume for Aurora Serverless v2": what has been paused takes 15 seconds and more to answer,
 * and RDS Proxy, which holds connections, keeps it from ever pausing.
 */
export function requireServerless(
  { min, max, pauseAfter }: Serverless,
  { multiZone, proxy }: { readonly multiZone: boolean; readonly proxy: boolean },
): void {
  for (const [name, units, least] of [
    ["min", min, capacityUnits.min],
    ["max", max, capacityUnits.smallestMax],
  ] as const)
    if (!(units >= least && units <= capacityUnits.max && Number.isInteger(units / step)))
      throw new Error(
        `capacity.serverless.${name} is ${units}; it must be ${least} to ${capacityUnits.max} by halves`,
      );
  if (min > max) throw new Error(`capacity.serverless.min is ${min}; it must be at most max, ${max}`);
  if (min > 0 && pauseAfter !== undefined)
    throw new Error(`capacity.serverless.pauseAfter is ${pauseAfter}; only what has a min of 0 pauses`);
  if (min > 0) return;
  if (multiZone)
    throw new Error("capacity.serverless.min is 0; what is in several zones must not pause: 0.5 or more");
  if (proxy)
    throw new Error("capacity.serverless.min is 0; behind a proxy it never pauses: 0.5 or more, or no proxy");
  if (pauseAfter === undefined || !isWhole(pauseAfter, pauseSeconds))
    throw new Error(
      `capacity.serverless.pauseAfter is ${pauseAfter}; with a min of 0 it must be ${pauseSeconds.min} to ${pauseSeconds.max} seconds`,
    );
}

export function requireWhole(
  argument: string,
  value: number,
  range: { readonly min: number; readonly max: number },
): void {
  if (!isWhole(value, range))
    throw new Error(`${argument} is ${value}; it must be a whole number from ${range.min} to ${range.max}`);
}

const isWhole = (value: number, { min, max }: { readonly min: number; readonly max: number }) =>
  Number.isInteger(value) && value >= min && value <= max;

/** GiB that the size `large` of a kind has, and that the smaller ones of a burstable kind have. */
const largeMemory: Readonly<Record<string, number>> = { t: 8, m: 8, r: 16 };
const smallerThanLarge: Readonly<Record<string, number>> = { micro: 1, small: 2, medium: 4 };

/**
 * The memory of an instance class in GiB.
 * Source: Amazon RDS user guide, "Hardware specifications for DB instance classes".
 */
export function memoryOf(instanceClass: string): number {
  const [, kind = "", size = ""] = /^db\.([tmr])\d+[a-z]*\.(\w+)$/.exec(instanceClass) ?? [];
  const large = largeMemory[kind];
  const times = /^(\d*)xlarge$/.exec(size)?.[1];
  const memory =
    large === undefined
      ? undefined
      : size === "large"
        ? large
        : times !== undefined
          ? large * 2 * Number(times || 1)
          : kind === "t"
            ? smallerThanLarge[size]
            : undefined;
  if (memory === undefined)
    throw new Error(
      `instanceClass is ${instanceClass}; it must be a class of a t, m or r family, as in db.r8g.large`,
    );
  return memory;
}

/**
 * How many connections an engine takes by default with so much memory, about: the formulas speak of the memory that is
 * left when the machine has taken its own.
 * Sources: Amazon RDS user guide, "Maximum number of database connections"; Amazon Aurora user guide, "Maximum
 * connections to an Aurora MySQL DB instance", "Maximum connections to an Aurora PostgreSQL DB instance".
 */
export function connectionsOf(engine: DatabaseEngine, memory: number): number {
  const bytes = memory * 2 ** 30;
  if (engines[engine].dialect === "postgresql") return Math.min(5000, Math.floor(bytes / 9_531_392));
  if (engine === "aurora-mysql")
    return Math.min(
      16_000,
      Math.floor(Math.max(Math.log2(bytes / 805_306_368) * 45, Math.log2(bytes / 8_187_281_408) * 1000)),
    );
  return Math.floor(bytes / 12_582_880);
}

/**
 * Of a serverless one the greatest capacity decides, unless the smallest is 0.5 or less.
 * Source: Amazon Aurora user guide, "Maximum connections for Aurora Serverless v2".
 */
export function serverlessConnections(engine: DatabaseEngine, { min, max }: Serverless): number {
  const connections = connectionsOf(engine, max * 2);
  return min <= 0.5 && engine === "aurora-postgresql" ? Math.min(2000, connections) : connections;
}

export interface Windows {
  /** Each day, in UTC: `01:00-01:30`. */
  readonly backup: string;
  /** Once a week, in UTC: `sun:06:30-sun:07:30`. */
  readonly maintenance: string;
}

/** Well away from AWS Backup, which starts between 3 and 5 (see BackupPlans). */
export const usualWindows: Windows = { backup: "01:00-01:30", maintenance: "sun:06:30-sun:07:30" };

const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const dayMinutes = 24 * 60;

/** Source: Amazon RDS API reference, "CreateDBCluster": 30 minutes or more, and the two must not overlap. */
export function requireWindows({ backup, maintenance }: Windows): void {
  const time = "([01]\\d|2[0-3]):([0-5]\\d)";
  const daily = new RegExp(`^${time}-${time}$`).exec(backup);
  const day = `(${days.join("|")})`;
  const weekly = new RegExp(`^${day}:${time}-${day}:${time}$`).exec(maintenance);
  if (daily === null) throw new Error(`windows.backup is ${backup}; it must be as in ${usualWindows.backup}`);
  if (weekly === null)
    throw new Error(`windows.maintenance is ${maintenance}; it must be as in ${usualWindows.maintenance}`);
  const minutes = (hour = "", minute = "") => Number(hour) * 60 + Number(minute);
  const of = (name = "") => days.indexOf(name) * dayMinutes;
  const week = 7 * dayMinutes;
  const backupFrom = minutes(daily[1], daily[2]);
  const backupFor = (minutes(daily[3], daily[4]) - backupFrom + dayMinutes) % dayMinutes;
  const from = of(weekly[1]) + minutes(weekly[2], weekly[3]);
  const lasts = (of(weekly[4]) + minutes(weekly[5], weekly[6]) - from + week) % week;
  if (backupFor < 30) throw new Error(`windows.backup is ${backup}; it must last 30 minutes or more`);
  if (lasts < 30 || lasts >= dayMinutes)
    throw new Error(
      `windows.maintenance is ${maintenance}; it must last 30 minutes or more, and less than a day`,
    );
  // A backup overlaps what begins while it runs, and what it begins in.
  const intoBackup = (from - backupFrom + week) % dayMinutes;
  const intoMaintenance = (backupFrom - from + week) % dayMinutes;
  if (intoBackup < backupFor || intoMaintenance < lasts)
    throw new Error(`windows.maintenance is ${maintenance}; it must not overlap the backup's, ${backup}`);
}
