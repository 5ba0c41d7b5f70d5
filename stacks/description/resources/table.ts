import { z } from "zod";
import { type ByEnvironment, byEnvironment } from "../by-environment";
import { oneOf, region, text, whole } from "../forms";
import type { Region } from "../regions";
import { Kept, type Link } from "./kept";

/** A string attribute by its name, or one of another type. */
export type KeyAttribute = string | { readonly name: string; readonly type: "string" | "number" | "binary" };

export interface TableIndex {
  readonly partitionKey: KeyAttribute;
  readonly sortKey?: KeyAttribute;
  /** Attributes beside the keys that it holds; default: all. */
  readonly holds?: readonly string[];
}

/** Reads of 4 KB and writes of 1 KB a second, between bounds; 1 to 40,000. */
export interface TableCapacity {
  readonly read: { readonly min: number; readonly max: number };
  readonly write: { readonly min: number; readonly max: number };
}

export interface TableArgs {
  readonly partitionKey: KeyAttribute;
  readonly sortKey?: KeyAttribute;
  /** Other keys to find items by, by the index's name, of 3 to 255 characters. At most 20. */
  readonly indexes?: Readonly<Record<string, TableIndex>>;
  /** Name of the number attribute that holds an item's expiry, in seconds since 1970. */
  readonly expiresAt?: string;
  /** Default `on-demand`: paid by request. */
  readonly capacity?: ByEnvironment<"on-demand" | TableCapacity>;
  /** Each change can be consumed; needed for the link `consume`. Default false. */
  readonly stream?: boolean;
  /** Days back to which it can be restored to any second, 1 to 35; default 35. */
  readonly recoveryDays?: ByEnvironment<number>;
  /** Other regions that have a copy, which is read and written too. They must be among the organization's. */
  readonly replicas?: ByEnvironment<readonly Region[]>;
}

/** A DynamoDB table, paid by request. */
export class Table extends Kept<"table", TableArgs> {
  readonly offers = ["read", "readWrite", "consume"] as const;
  constructor(args: TableArgs) {
    super("table", args);
  }
  /** Get, query and scan. */
  get read(): Link {
    return { resource: this, access: "read" };
  }
  /** Get, query, scan, put, update and delete. */
  get readWrite(): Link {
    return { resource: this, access: "readWrite" };
  }
  /** Hear of each change, from the stream in `..._STREAM_ARN`. */
  get consume(): Link {
    return { resource: this, access: "consume" };
  }
}

const named = text(/^[\w.-]{1,255}$/, "the name of an attribute: letters, digits, `_`, `.` and `-`");
const key = z.union([named, z.strictObject({ name: named, type: oneOf(["string", "number", "binary"]) })], {
  error: 'must be the name of an attribute: letters, digits, `_`, `.` and `-`; or { name, type: "number" }',
});

const units = whole(1, 40_000, "units");
const bounds = z
  .strictObject({ min: units, max: units })
  .refine(({ min, max }) => min <= max, { path: ["max"], error: "must be at least `min`" });

const keys = { partitionKey: key, sortKey: key.optional() };

export const tableSchema = z
  .strictObject({
    ...keys,
    indexes: z
      .record(z.string(), z.strictObject({ ...keys, holds: z.array(named).optional() }))
      .refine(
        indexes => Object.keys(indexes).length <= 20,
        "has more than the 20 indexes that a table may have",
      )
      .optional(),
    expiresAt: named.optional(),
    capacity: byEnvironment<"on-demand" | TableCapacity>(
      z.union([z.literal("on-demand"), z.strictObject({ read: bounds, write: bounds })], {
        error: 'must be "on-demand" or { read: { min, max }, write: { min, max } }',
      }),
    ).optional(),
    stream: z.boolean({ error: "must be true or false" }).optional(),
    recoveryDays: byEnvironment(whole(1, 35, "days")).optional(),
    replicas: byEnvironment(z.array(region)).optional(),
  })
  .superRefine(({ partitionKey, sortKey, indexes = {}, expiresAt }, context) => {
    const types = new Map<string, string>();
    const look = (attribute: KeyAttribute | undefined, path: string[]) => {
      if (attribute === undefined) return;
      const { name, type } = typeof attribute === "string" ? { name: attribute, type: "string" } : attribute;
      const earlier = types.get(name) ?? type;
      types.set(name, earlier);
      if (earlier !== type)
        context.addIssue({
          code: "custom",
          path,
          message: `is a ${type} here and a ${earlier} elsewhere; an attribute has one type`,
        });
    };
    look(partitionKey, ["partitionKey"]);
    look(sortKey, ["sortKey"]);
    for (const [index, its] of Object.entries(indexes)) {
      if (!/^[\w.-]{3,255}$/.test(index))
        context.addIssue({
          code: "custom",
          path: ["indexes", index],
          message: "must be called by 3 to 255 letters, digits, `_`, `.` and `-`",
        });
      look(its.partitionKey, ["indexes", index, "partitionKey"]);
      look(its.sortKey, ["indexes", index, "sortKey"]);
    }
    if (expiresAt !== undefined && (types.get(expiresAt) ?? "number") !== "number")
      context.addIssue({
        code: "custom",
        path: ["expiresAt"],
        message: `is a key that is a ${types.get(expiresAt)}; DynamoDB reads an expiry from a number`,
      });
  });
