import { z } from "zod";
import { type ByEnvironment, byEnvironment, places } from "../by-environment";
import { oneOf, text, whole } from "../forms";
import { Kept, type Link } from "./kept";

export type CacheCapacity =
  | {
      readonly serverless: {
        /** Gigabytes that it grows to, 1 to 5,000. */
        readonly maxGb: number;
        /**
         * ElastiCache processing units a second that it grows to, one for each kB sent or received: 1,000 to 15,000,000;
         * default 10,000.
         */
        readonly maxEcpu?: number;
      };
    }
  | {
      /** For example `cache.r7g.large`. */
      readonly nodeType: string;
      /** Beside the first node where the environment is `multiZone`, 1 to 5; default 1. Elsewhere: the first node. */
      readonly replicas?: number;
    };

export interface CacheArgs {
  /** Valkey's major and minor, 7.2 or later, as in `8.1`. */
  readonly version: ByEnvironment<string>;
  /** Serverless in all environments or nodes in all: clients speak otherwise to the one than to the other. */
  readonly capacity: ByEnvironment<CacheCapacity>;
  /** Of nodes: which keys go when memory is full; default `volatile-lru`. A serverless one always has that. */
  readonly eviction?: "volatile-lru" | "volatile-ttl" | "allkeys-lru" | "allkeys-lfu" | "noeviction";
}

/** A cache of ElastiCache for Valkey, reached over TLS with an IAM token in the place of a password. */
export class Cache extends Kept<"cache", CacheArgs> {
  readonly offers = ["connect"] as const;
  constructor(args: CacheArgs) {
    super("cache", args);
  }
  get connect(): Link {
    return { resource: this, access: "connect" };
  }
}

/** Source: Amazon ElastiCache API reference, "DataStorage", "ECPUPerSecond". */
const serverless = z.strictObject(
  {
    maxGb: whole(1, 5_000, "GB"),
    maxEcpu: whole(1_000, 15_000_000, "processing units a second").optional(),
  },
  { error: "must be { maxGb }" },
);

/** Source: Amazon ElastiCache user guide, "Supported node types"; those with disks are another way to keep a cache. */
const nodeType = text(
  /^cache\.(t3|t4g|[mr]\d+g?|c\d+gn)\.(micro|small|medium|large|\d*xlarge)$/,
  "of a t3, t4g, m, r or c family without disks, for example cache.r7g.large",
);

const either = "must be either { serverless: { maxGb } } or { nodeType }";

const capacity = z
  .strictObject(
    {
      serverless: serverless.optional(),
      nodeType: nodeType.optional(),
      replicas: whole(1, 5, "replicas").optional(),
    },
    { error: either },
  )
  .superRefine((its, context) => {
    const fault = (message: string, ...path: string[]) => context.addIssue({ code: "custom", path, message });
    if ((its.serverless === undefined) === (its.nodeType === undefined)) fault(either);
    else if (its.serverless !== undefined && its.replicas !== undefined)
      fault("is for nodes; a serverless cache sees to that by itself, so leave it out", "replicas");
  });

/** Where a capacity is written, and which of the two it is; what is neither has been reported. */
const formsOf = (described: ByEnvironment<object>) =>
  places(described).flatMap(({ path, value }) =>
    typeof value === "object" && value !== null ? [{ path, serverless: "serverless" in value }] : [],
  );

export const cacheSchema = z
  .strictObject({
    version: byEnvironment(
      text(
        /^(7\.([2-9]|\d\d)|([89]|[1-9]\d)\.\d{1,2})$/,
        "Valkey's major and minor, 7.2 or later, for example 8.1",
      ),
    ),
    capacity: byEnvironment(capacity),
    eviction: oneOf(["volatile-lru", "volatile-ttl", "allkeys-lru", "allkeys-lfu", "noeviction"]).optional(),
  })
  .superRefine((args, context) => {
    const fault = (message: string, path: readonly string[]) =>
      context.addIssue({ code: "custom", path: [...path], message });
    const all = formsOf(args.capacity);
    const mixed = all.find(({ serverless }) => serverless !== all[0]?.serverless);
    if (mixed !== undefined)
      fault(
        "must be serverless in all environments or nodes in all: clients speak otherwise to the one than to the other",
        ["capacity", ...mixed.path],
      );
    if (args.eviction !== undefined && all.some(its => its.serverless))
      fault("is for nodes; a serverless cache has volatile-lru, so leave it out", ["eviction"]);
  });

/** Whether it has no machines of its own; the same in every environment. */
export const isServerless = ({ args: { capacity: its } }: Cache): boolean =>
  formsOf(its).some(({ serverless: without }) => without);
