import { z } from "zod";
import { type ByEnvironment, byEnvironment } from "../by-environment";
import { oneOf, whole } from "../forms";
import {
  checkVersions,
  type DatabaseWords,
  databaseShape,
  instanceClass,
  instanceVersions,
} from "./databases";
import { Kept, type Link } from "./kept";

export interface DatabaseArgs extends DatabaseWords {
  readonly engine: "postgresql" | "mysql" | "mariadb";
  /** Major and minor, as in `17.4`, of MySQL `8.4.5`. AWS raises the minor by itself. */
  readonly version: ByEnvironment<string>;
  /** For example `db.m8g.large`. */
  readonly instanceClass: ByEnvironment<string>;
  /** GiB: at first, 20 to 65,536, and what it may grow to by itself, at least a tenth more. */
  readonly storage: ByEnvironment<{ readonly gib: number; readonly upTo: number }>;
}

/** A database on one machine, with a standby where the environment is `multiZone`. */
export class Database extends Kept<"database", DatabaseArgs> {
  readonly offers = ["connect", "connectReadOnly"] as const;
  constructor(args: DatabaseArgs) {
    super("database", args);
  }
  /** Connect as the user that owns the data, with an IAM token in the place of a password. */
  get connect(): Link {
    return { resource: this, access: "connect" };
  }
  /** Connect as the user that may only read. */
  get connectReadOnly(): Link {
    return { resource: this, access: "connectReadOnly" };
  }
}

/** Sources: Amazon RDS user guide, "General Purpose SSD storage", "... with Amazon RDS storage autoscaling". */
const storage = z
  .strictObject(
    { gib: whole(20, 65_536, "GiB"), upTo: whole(20, 65_536, "GiB") },
    { error: "must be { gib, upTo }" },
  )
  .superRefine(({ gib, upTo }, context) => {
    const least = Math.ceil((gib * 11) / 10);
    if (upTo < least)
      context.addIssue({
        code: "custom",
        path: ["upTo"],
        message: `must be a tenth more than gib at least: ${least}`,
      });
  });

export const databaseSchema = z
  .strictObject({
    ...databaseShape,
    engine: oneOf(["postgresql", "mysql", "mariadb"]),
    instanceClass: byEnvironment(instanceClass),
    storage: byEnvironment(storage),
  })
  .superRefine((args, context) => checkVersions(instanceVersions, args, context));
