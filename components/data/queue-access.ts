import type { Access, Offer } from "../identity/access";
import { arn, type Location } from "../location";

const actions = {
  send: ["SendMessage", "GetQueueUrl"],
  consume: [
    "ReceiveMessage",
    "DeleteMessage",
    "ChangeMessageVisibility",
    "GetQueueAttributes",
    "GetQueueUrl",
  ],
};

export const queueUrl = ({ accountId, region }: Location, queueName: string): string =>
  `https://sqs.${region}.amazonaws.com/${accountId}/${queueName}`;

/** Queues and topics alike are told by their names. */
export const isFifo = (name: string): boolean => name.endsWith(".fifo");

/** Of the same type as the queue, as SQS demands. */
export const deadLettersOf = (queueName: string): string =>
  isFifo(queueName)
    ? `${queueName.slice(0, -".fifo".length)}-dead-letters.fifo`
    : `${queueName}-dead-letters`;

/**
 * `send`: put messages. `consume`: receive, extend and delete them. Dead letters are for people.
 *
 * Source: SQS developer guide, "Amazon SQS API permissions: Actions and resource reference"; batches need no action of
 * their own.
 */
export const queueAccess: Offer<"send" | "consume"> = (at, queueName, access): Access => ({
  statements: [
    {
      Effect: "Allow",
      Action: actions[access].map(action => `sqs:${action}`),
      Resource: [arn("sqs", at, queueName)],
    },
  ],
  keyThrough: ["sqs"],
  settings: { QUEUE_URL: queueUrl(at, queueName) },
});
