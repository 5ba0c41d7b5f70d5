import type { LifecycleRule } from "./bucket-parts";

/** What becomes of objects, in days since they were written. */
export interface BucketLifecycle {
  /** From then on in Standard-IA, cheaper to keep and dearer to read; 30 or more. */
  readonly rarelyReadAfterDays?: number;
  /** From then on in Glacier Instant Retrieval: still read at once, dearer still to read. */
  readonly archiveAfterDays?: number;
  /** From then on deleted; absent: never. */
  readonly expireAfterDays?: number;
  /** Days for which replaced and deleted versions can be had back; default 90. */
  readonly replacedDays?: number;
  /** S3 moves each object as it is read or not, for a fee an object; instead of the first two. */
  readonly tiering?: boolean;
  /** Days for which nobody can delete or change an object; not to be taken back from what is there. */
  readonly lockDays?: number;
}

/** S3 refuses Standard-IA earlier, and bills each class for at least these days. */
const rarelyRead = 30;
const archived = 90;

export const lifecycleRule = ({
  rarelyReadAfterDays,
  archiveAfterDays,
  expireAfterDays,
  replacedDays = 90,
  tiering = false,
}: BucketLifecycle): LifecycleRule => {
  const transitions = [
    ...(rarelyReadAfterDays === undefined
      ? []
      : [{ days: rarelyReadAfterDays, storageClass: "STANDARD_IA" }]),
    ...(archiveAfterDays === undefined ? [] : [{ days: archiveAfterDays, storageClass: "GLACIER_IR" }]),
    ...(tiering ? [{ days: 0, storageClass: "INTELLIGENT_TIERING" }] : []),
  ];
  return {
    id: "tidy",
    status: "Enabled",
    filter: { prefix: "" },
    abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
    noncurrentVersionExpiration: { noncurrentDays: replacedDays },
    ...(transitions.length === 0 ? {} : { transitions }),
    // With days, S3 sweeps up the markers of deleted objects by itself.
    expiration:
      expireAfterDays === undefined ? { expiredObjectDeleteMarker: true } : { days: expireAfterDays },
  };
};

/**
 * @throws for what S3 would refuse, bill for days that are not there, or leave undone without a word.
 * Source: Amazon S3 user guide, "Transitioning objects using Amazon S3 Lifecycle", "Managing Object Lock".
 */
export function requireLifecycle(lifecycle: BucketLifecycle): void {
  const { rarelyReadAfterDays, archiveAfterDays, expireAfterDays, replacedDays, tiering, lockDays } =
    lifecycle;
  for (const [name, days] of Object.entries({
    rarelyReadAfterDays,
    archiveAfterDays,
    expireAfterDays,
    replacedDays,
    lockDays,
  }))
    if (days !== undefined && (!Number.isInteger(days) || days < 1 || days > 36_500))
      throw new Error(`${name} is ${days}; it must be a whole number of days from 1 to 36,500`);
  if (tiering === true && (rarelyReadAfterDays !== undefined || archiveAfterDays !== undefined))
    throw new Error(
      "tiering is true; leave rarelyReadAfterDays and archiveAfterDays out, S3 chooses by itself",
    );
  atLeast("rarelyReadAfterDays", rarelyReadAfterDays, rarelyRead, "S3 takes nothing younger into that class");
  if (rarelyReadAfterDays !== undefined)
    atLeast(
      "archiveAfterDays",
      archiveAfterDays,
      rarelyReadAfterDays + rarelyRead,
      `Standard-IA, from day ${rarelyReadAfterDays} on, bills ${rarelyRead} days`,
    );
  if (archiveAfterDays !== undefined)
    atLeast(
      "expireAfterDays",
      expireAfterDays,
      archiveAfterDays + archived,
      `Glacier Instant Retrieval, from day ${archiveAfterDays} on, bills ${archived} days`,
    );
  else if (rarelyReadAfterDays !== undefined)
    atLeast(
      "expireAfterDays",
      expireAfterDays,
      rarelyReadAfterDays + rarelyRead,
      `Standard-IA, from day ${rarelyReadAfterDays} on, bills ${rarelyRead} days`,
    );
  if (lockDays !== undefined)
    atLeast("expireAfterDays", expireAfterDays, lockDays, `objects are locked for ${lockDays} days`);
}

function atLeast(name: string, days: number | undefined, least: number, because: string): void {
  if (days !== undefined && days < least)
    throw new Error(`${name} is ${days}; it must be at least ${least}, because ${because}`);
}
