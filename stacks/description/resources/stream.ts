import { z } from "zod";
import { type ByEnvironment, byEnvironment } from "../by-environment";
import { whole } from "../forms";
import { Kept, type Link } from "./kept";

export interface StreamArgs {
  /** Shards, 1 to 10,000; absent: Kinesis adds and takes them by itself. */
  readonly shards?: ByEnvironment<number>;
  /** Hours that a record can be read again, 24 to 8,760; default 168, a week. */
  readonly retentionHours?: number;
}

/** A Kinesis data stream. */
export class Stream extends Kept<"stream", StreamArgs> {
  readonly offers = ["publish", "consume"] as const;
  constructor(args: StreamArgs = {}) {
    super("stream", args);
  }
  get publish(): Link {
    return { resource: this, access: "publish" };
  }
  get consume(): Link {
    return { resource: this, access: "consume" };
  }
}

export const streamSchema = z.strictObject({
  shards: byEnvironment(whole(1, 10_000, "shards")).optional(),
  retentionHours: whole(24, 8_760, "hours").optional(),
});
