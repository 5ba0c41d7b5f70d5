/** How long logs are kept, and how cheaply. All in days since the object was written. */
export interface Lifecycle {
  readonly transitions?: readonly Transition[];
  readonly expireAfterDays: number;
  /** Days for which a version is kept that another one or a deletion has replaced. */
  readonly keepReplacedDays: number;
}

export interface Transition {
  readonly days: number;
  readonly storageClass: "GLACIER_IR" | "DEEP_ARCHIVE";
}

export interface Keep {
  /** Days until `GLACIER_IR`: still read at once and by Athena, at a price per read. */
  readonly coldAfterDays: number;
  /** Days until `DEEP_ARCHIVE`: has to be restored first, in hours, and Athena leaves it out. */
  readonly deepAfterDays: number;
  readonly years: number;
}

/** Each class bills at least these days, so that leaving it earlier costs more than staying. */
const shortestStay = { GLACIER_IR: 90, DEEP_ARCHIVE: 180 };

const daysOf = (years: number) => Math.ceil(years * 365.25);

/**
 * Refused, because S3 would refuse it or bill what is not there: numbers that are not whole and positive, and
 * a class that is left before the days that it bills.
 *
 * Source: Amazon S3 user guide, "Transitioning objects using Amazon S3 Lifecycle".
 */
export function archiveLifecycle({ coldAfterDays, deepAfterDays, years }: Keep): Lifecycle {
  requireWhole({ coldAfterDays, deepAfterDays });
  const expireAfterDays = daysOf(years);
  requireWhole({ "keepYears in days": expireAfterDays });
  requireAtLeast(
    `deepAfterDays is ${deepAfterDays}`,
    deepAfterDays,
    coldAfterDays + shortestStay.GLACIER_IR,
    `GLACIER_IR, from day ${coldAfterDays} on, bills ${shortestStay.GLACIER_IR} days`,
  );
  requireAtLeast(
    `keepYears is ${years}, or ${expireAfterDays} days`,
    expireAfterDays,
    deepAfterDays + shortestStay.DEEP_ARCHIVE,
    `DEEP_ARCHIVE, from day ${deepAfterDays} on, bills ${shortestStay.DEEP_ARCHIVE} days`,
  );
  return {
    transitions: [
      { days: coldAfterDays, storageClass: "GLACIER_IR" },
      { days: deepAfterDays, storageClass: "DEEP_ARCHIVE" },
    ],
    expireAfterDays,
    keepReplacedDays: 30,
  };
}

/**
 * S3 leaves alone what is locked when it should expire, and would never say that the two contradict each
 * other.
 */
export function requireExpiryAfterLock(keepYears: number, retentionDays: number): void {
  requireWhole({ "lock.retentionDays": retentionDays });
  const days = daysOf(keepYears);
  requireAtLeast(
    `keepYears is ${keepYears}, or ${days} days`,
    days,
    retentionDays,
    `objects are locked for ${retentionDays} days`,
  );
}

export function requireWhole(values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values))
    if (!Number.isInteger(value) || value < 1)
      throw new Error(`${name} is ${value}; it must be a whole number, 1 or more`);
}

function requireAtLeast(what: string, value: number, least: number, because: string): void {
  if (value < least) throw new Error(`${what}; it must be at least ${least} days, because ${because}`);
}
