import { z } from "zod";
import { type ByEnvironment, byEnvironment, environmentNames, inEnvironment } from "../by-environment";
import { oneOf, region, text, whole } from "../forms";
import type { Region } from "../regions";
import type { ObjectCreated } from "../workload-types";
import { Kept, type Link } from "./kept";

export interface BucketArgs {
  /** Days after which an object is kept cheaper and read dearer (Standard-IA); 30 or more. */
  readonly rarelyReadAfterDays?: number;
  /** Days after which it is archived, and still read at once (Glacier Instant Retrieval). */
  readonly archiveAfterDays?: number;
  /** S3 does both by itself, by how each object is read (Intelligent-Tiering). Default false. */
  readonly tiering?: boolean;
  /** Days after which an object is deleted; absent: never. */
  readonly expireAfterDays?: ByEnvironment<number>;
  /**
   * Days for which nobody deletes or changes an object. To be chosen now: a bucket that is there can not be locked
   * by changing this, and what is locked stays so.
   */
  readonly lockDays?: ByEnvironment<number>;
  /**
   * Who may still lift the lock. `governance`, the default: who has the right to by IAM. `compliance`: nobody, AWS
   * included.
   */
  readonly lock?: "governance" | "compliance";
  /** Pages of other origins that may call, for example `{ origins: ["https://shop.example.com"], methods: ["GET"] }`. */
  readonly cors?: readonly BucketCors[];
  /** Another region that gets a copy of everything; it must be among the organization's. */
  readonly replicateTo?: ByEnvironment<Region | "none">;
}

export interface BucketCors {
  readonly origins: readonly string[];
  readonly methods: readonly ("GET" | "HEAD" | "PUT" | "POST" | "DELETE")[];
  /** Headers that a call may have. */
  readonly headers?: readonly string[];
  /** Headers of the answer that a page may read. */
  readonly exposes?: readonly string[];
}

/** A private S3 bucket, versioned. */
export class Bucket extends Kept<"bucket", BucketArgs> {
  readonly offers = ["read", "readWrite"] as const;
  constructor(args: BucketArgs = {}) {
    super("bucket", args);
  }
  /** Get and list. */
  get read(): Link {
    return { resource: this, access: "read" };
  }
  /** Get, list, put and delete. */
  get readWrite(): Link {
    return { resource: this, access: "readWrite" };
  }
  /** The arrival of an object, for a job's or a function's `on`. @param prefix what its key begins with. */
  put(prefix?: string): ObjectCreated {
    return { objectCreated: this, ...(prefix === undefined ? {} : { prefix }) };
  }
}

const days = (least: number) => whole(least, 36_500, "days");
const headers = z.array(text(/^[A-Za-z0-9-]+$/, "the name of a header")).optional();

export const bucketSchema = z
  .strictObject({
    rarelyReadAfterDays: days(30).optional(),
    archiveAfterDays: days(1).optional(),
    tiering: z.boolean({ error: "must be true or false" }).optional(),
    expireAfterDays: byEnvironment(days(1)).optional(),
    lockDays: byEnvironment(days(1)).optional(),
    lock: oneOf(["governance", "compliance"]).optional(),
    cors: z
      .array(
        z.strictObject({
          origins: z
            .array(
              text(
                /^https:\/\/[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?$/,
                "https:// and a host, for example https://shop.example.com",
              ),
            )
            .min(1, "must name at least one origin"),
          methods: z
            .array(oneOf(["GET", "HEAD", "PUT", "POST", "DELETE"]))
            .min(1, "must name at least one method"),
          headers,
          exposes: headers,
        }),
      )
      .optional(),
    replicateTo: byEnvironment<string>(
      z.union([z.literal("none"), region], { error: 'must be a region, or "none"' }),
    ).optional(),
  })
  .superRefine((args, context) => {
    const { rarelyReadAfterDays: rarely, archiveAfterDays: archive, expireAfterDays, lockDays } = args;
    const fault = (key: string, message: string) =>
      context.addIssue({ code: "custom", path: [key], message });
    if (args.tiering === true && (rarely !== undefined || archive !== undefined))
      fault("tiering", "is true; leave rarelyReadAfterDays and archiveAfterDays out, S3 chooses by itself");
    if (rarely !== undefined && archive !== undefined && archive < rarely + 30)
      fault(
        "archiveAfterDays",
        `must be at least ${rarely + 30}: Standard-IA bills 30 days from day ${rarely} on`,
      );
    if (args.lock !== undefined && lockDays === undefined)
      fault("lock", "has no effect on what is not locked; say for how long in lockDays");
    const least =
      archive !== undefined
        ? { days: archive + 90, because: `Glacier Instant Retrieval bills 90 days from day ${archive} on` }
        : rarely !== undefined
          ? { days: rarely + 30, because: `Standard-IA bills 30 days from day ${rarely} on` }
          : undefined;
    const kept = environmentNames.map(name => ({
      days: expireAfterDays === undefined ? Number.POSITIVE_INFINITY : inEnvironment(expireAfterDays, name),
      locked: lockDays === undefined ? 0 : inEnvironment(lockDays, name),
    }));
    if (least !== undefined && kept.some(({ days }) => days < least.days))
      fault("expireAfterDays", `must be at least ${least.days}: ${least.because}`);
    if (kept.some(({ days, locked }) => days < locked))
      fault("expireAfterDays", "must be at least lockDays, for which objects can not be deleted");
  });
