import { z } from "zod";
import { type ByEnvironment, byEnvironment } from "../by-environment";
import { whole } from "../forms";
import { Kept, type Link } from "./kept";

export interface QueueArgs {
  /** Keeps the order of each group of messages, and takes each message once. Default false; never to be changed. */
  readonly fifo?: boolean;
  /** Seconds a received message stays hidden; as long as its slowest handling. 0 to 43,200; default 60. */
  readonly visibilityTimeout?: number;
  /** Receives before a message goes to the dead-letter queue; 1 to 1,000; default 5. */
  readonly maxReceives?: number;
  /** Hours that a message waits to be handled, 1 to 312; default 96. */
  readonly retentionHours?: number;
  /** Seconds before a new message can be received, 0 to 900; default 0. */
  readonly delay?: number;
  /** Seconds that a message may wait before somebody is woken, from 60; default: half of the time that it is kept. */
  readonly lateAfter?: ByEnvironment<number>;
}

/** An SQS queue with its dead-letter queue. */
export class Queue extends Kept<"queue", QueueArgs> {
  readonly offers = ["send", "consume"] as const;
  constructor(args: QueueArgs = {}) {
    super("queue", args);
  }
  get send(): Link {
    return { resource: this, access: "send" };
  }
  /** Receive, extend and delete. */
  get consume(): Link {
    return { resource: this, access: "consume" };
  }
}

export const queueSchema = z
  .strictObject({
    fifo: z.boolean({ error: "must be true or false" }).optional(),
    visibilityTimeout: whole(0, 43_200, "seconds").optional(),
    maxReceives: whole(1, 1_000, "receives").optional(),
    retentionHours: whole(1, 312, "hours").optional(),
    delay: whole(0, 900, "seconds").optional(),
    lateAfter: byEnvironment(whole(60, 1_123_199, "seconds")).optional(),
  })
  .superRefine(({ retentionHours = 96, lateAfter }, context) => {
    const latest =
      lateAfter === undefined ? [] : typeof lateAfter === "number" ? [lateAfter] : Object.values(lateAfter);
    if (Math.max(0, ...latest) >= retentionHours * 3_600)
      context.addIssue({
        code: "custom",
        path: ["lateAfter"],
        message: `must be less than the ${(retentionHours * 3_600).toLocaleString("en")} seconds after which a message is gone`,
      });
  });
