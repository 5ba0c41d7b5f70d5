import { z } from "zod";
import { type ByEnvironment, byEnvironment } from "../by-environment";
import { oneOf, text, whole } from "../forms";
import { auroraVersions, checkVersions, type DatabaseWords, databaseShape } from "./databases";
import { Kept, type Link } from "./kept";

export interface Serverless {
  /** Aurora capacity units, each 2 GiB of memory, from 0 to 256 by halves. 0: it pauses when nobody is connected. */
  readonly min: number;
  /** From 1 to 256. */
  readonly max: number;
  /** Seconds without connections after which it pauses, 300 to 86,400; with a `min` of 0, and only then. */
  readonly pauseAfter?: number;
}

export type AuroraCapacity = (
  | { readonly serverless: Serverless }
  /** For example `db.r8g.large`. */
  | { readonly instanceClass: string }
) & {
  /** The writer and its readers, 2 to 16, where the environment is `multiZone`; default 2. Elsewhere: the writer. */
  readonly instances?: number;
};

export interface AuroraArgs extends DatabaseWords {
  readonly engine: "postgresql" | "mysql";
  /** Major and minor: `16.8`, of MySQL `8.0.mysql_aurora.3.10.0`. AWS raises the minor by itself. */
  readonly version: ByEnvironment<string>;
  readonly capacity: ByEnvironment<AuroraCapacity>;
  /** `iopt1` has no price by read and write, and dearer storage; default `standard`. */
  readonly storage?: ByEnvironment<"standard" | "iopt1">;
}

/** An Aurora cluster, reached over the network with an IAM token in the place of a password. */
export class Aurora extends Kept<"aurora", AuroraArgs> {
  readonly offers = ["connect", "connectReadOnly"] as const;
  constructor(args: AuroraArgs) {
    super("aurora", args);
  }
  /** Connect as the user that owns the data. */
  get connect(): Link {
    return { resource: this, access: "connect" };
  }
  /** Connect to the readers, as the user that may only read. */
  get connectReadOnly(): Link {
    return { resource: this, access: "connectReadOnly" };
  }
}

const units = (least: number) =>
  z
    .number({ error: `must be ${least} to 256 capacity units, by halves` })
    .min(least, `must be ${least} to 256 capacity units, by halves`)
    .max(256, `must be ${least} to 256 capacity units, by halves`)
    .refine(value => Number.isInteger(value * 2), `must be ${least} to 256 capacity units, by halves`);

/** Source: Amazon RDS API reference, "ServerlessV2ScalingConfiguration". */
const serverless = z
  .strictObject(
    { min: units(0), max: units(1), pauseAfter: whole(300, 86_400, "seconds").optional() },
    { error: "must be { min, max }, in capacity units" },
  )
  .superRefine(({ min, max, pauseAfter }, context) => {
    const fault = (key: string, message: string) =>
      context.addIssue({ code: "custom", path: [key], message });
    if (min > max) fault("min", `must be at most max, ${max}`);
    if (min > 0 && pauseAfter !== undefined)
      fault("pauseAfter", "has no effect: only what has a min of 0 pauses; leave it out");
    if (min === 0 && pauseAfter === undefined)
      fault(
        "pauseAfter",
        "is needed with a min of 0: the seconds without connections, 300 to 86,400; for example 3600",
      );
  });

/** Source: Amazon Aurora user guide, "DB engine, Region, and instance class support for Database Insights". */
const auroraClass = text(
  /^db\.(r\d+[a-z]*\.(large|\d*xlarge)|t4g\.(medium|large))$/,
  "a class of an r family, db.t4g.medium or db.t4g.large, for example db.r8g.large",
);

const either = "must be either { serverless: { min, max } } or { instanceClass }";

const capacity = z
  .strictObject(
    {
      serverless: serverless.optional(),
      instanceClass: auroraClass.optional(),
      instances: whole(2, 16, "instances").optional(),
    },
    { error: either },
  )
  .refine(its => (its.serverless === undefined) !== (its.instanceClass === undefined), either);

export const auroraSchema = z
  .strictObject({
    ...databaseShape,
    engine: oneOf(["postgresql", "mysql"]),
    capacity: byEnvironment(capacity),
    storage: byEnvironment(oneOf(["standard", "iopt1"])).optional(),
  })
  .superRefine((args, context) => checkVersions(auroraVersions, args, context));
