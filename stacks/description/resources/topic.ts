import { z } from "zod";
import { oneOf } from "../forms";
import { Kept, type Link } from "./kept";
import { Queue } from "./queue";

/** Which messages, as SNS writes it: `{ kind: ["placed"], amount: [{ numeric: [">", 100] }] }`. */
export interface TopicFilter {
  readonly [field: string]: readonly unknown[] | TopicFilter;
}

export interface FilteredDelivery {
  readonly queue: Queue;
  readonly filter: TopicFilter;
  /** What the filter looks at: a message's attributes, the default, or its body, which must be JSON. */
  readonly filterBy?: "attributes" | "body";
}

export interface TopicArgs {
  /** Keeps the order of each group of messages; its queues may too. Default false; never to be changed. */
  readonly fifo?: boolean;
  /** Queues of the same product that receive every message, or those that a filter lets through. */
  readonly deliversTo?: readonly (Queue | FilteredDelivery)[];
}

/** An SNS topic. */
export class Topic extends Kept<"topic", TopicArgs> {
  readonly offers = ["publish"] as const;
  constructor(args: TopicArgs = {}) {
    super("topic", args);
  }
  get publish(): Link {
    return { resource: this, access: "publish" };
  }
}

/** Where a delivery goes, filtered or not. */
export const queueOf = (delivery: Queue | FilteredDelivery): Queue =>
  delivery instanceof Queue ? delivery : delivery.queue;

const queue = z.instanceof(Queue, { error: "must be a queue" });
const filter: z.ZodType<TopicFilter> = z.lazy(() =>
  z
    .record(
      z.string(),
      z.union([z.array(z.unknown()).min(1), filter], {
        error: 'must be a list of what the field may be, for example ["placed"], or a filter of its own',
      }),
    )
    .refine(
      fields => Object.keys(fields).length > 0,
      'must name something of a message, for example { kind: ["placed"] }; to let everything through name the queue alone',
    ),
);

export const topicSchema = z
  .strictObject({
    fifo: z.boolean({ error: "must be true or false" }).optional(),
    deliversTo: z
      .array(
        z.custom<Queue | FilteredDelivery>().superRefine((value, context) => {
          const plain =
            value instanceof Queue || typeof value !== "object" || value === null || !("queue" in value);
          const schema = plain
            ? queue
            : z.strictObject({ queue, filter, filterBy: oneOf(["attributes", "body"]).optional() });
          for (const issue of schema.safeParse(value).error?.issues ?? [])
            context.addIssue({ ...issue, code: "custom" });
        }),
      )
      .optional(),
  })
  .superRefine(({ fifo = false, deliversTo = [] }, context) => {
    for (const [index, delivery] of deliversTo.entries()) {
      const to = delivery instanceof Queue ? delivery : (delivery as FilteredDelivery | undefined)?.queue;
      if (!(to instanceof Queue)) continue;
      const fault = (message: string) =>
        context.addIssue({ code: "custom", path: ["deliversTo", index], message });
      if (to.args.fifo === true && !fifo)
        fault(
          "is a FIFO queue, and only a FIFO topic delivers to one; say fifo: true here, or leave it out there",
        );
      if (deliversTo.findIndex(earlier => queueOf(earlier) === to) < index)
        fault("is delivered to already; put both filters into one");
    }
  });
