import { z } from "zod";
import { name, whole } from "../forms";
import { Kept, type Link } from "./kept";
import { Queue } from "./queue";

/** Which events, as EventBridge's patterns say it: `{ "detail-type": ["OrderPlaced"] }`. */
export interface EventPattern {
  readonly [field: string]: readonly unknown[] | EventPattern;
}

export interface EventBusArgs {
  /** Rules, by name: queues of the same product, and which events they get. */
  readonly deliversTo?: Readonly<Record<string, { readonly queue: Queue; readonly pattern: EventPattern }>>;
  /** Days for which events are kept, to be replayed; 1 to 3,653; default 30. */
  readonly archiveDays?: number;
}

/** An EventBridge bus with an archive and a dead-letter queue. */
export class EventBus extends Kept<"eventBus", EventBusArgs> {
  readonly offers = ["publish"] as const;
  constructor(args: EventBusArgs = {}) {
    super("eventBus", args);
  }
  /** Put events on the bus. */
  get publish(): Link {
    return { resource: this, access: "publish" };
  }
}

/** Source: EventBridge user guide, "Creating Amazon EventBridge event patterns". */
const pattern: z.ZodType<EventPattern> = z.lazy(() =>
  z
    .record(
      z.string(),
      z.union([z.array(z.unknown()).min(1), pattern], {
        error:
          'must be a list of what the field may be, for example ["OrderPlaced"], or a pattern of its own',
      }),
    )
    .refine(
      fields => Object.keys(fields).length > 0,
      'must name something of an event, for example { "detail-type": ["OrderPlaced"] }; empty, it would be every event',
    ),
);

export const eventBusSchema = z.strictObject({
  deliversTo: z
    .record(
      name(40),
      z.strictObject({
        queue: z.instanceof(Queue, { error: "must be a queue" }),
        pattern,
      }),
    )
    .optional(),
  archiveDays: whole(1, 3_653, "days").optional(),
});
