import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { denyWithoutTls, policyDocument, type Statement } from "../identity/policy-document";
import { arn } from "../location";
import { Alarm } from "../observability/alarm";
import { queueFromRules } from "./event-bus-access";
import type { Keeping } from "./keeping";
import { deadLettersOf, isFifo, queueUrl } from "./queue-access";

export interface QueueArgs extends Keeping {
  /**
   * 1 to 67 letters, digits, hyphens or underscores, so that its dead letters have a name too. With `.fifo` at its end
   * it keeps the order of each group of messages, and takes each message once.
   */
  readonly queueName: string;
  /** Seconds a received message stays hidden; 0 to 43,200. */
  readonly visibilityTimeout: number;
  /** Receives before a message goes to the dead-letter queue; 1 to 1,000. */
  readonly maxReceives: number;
  /** Hours that a message waits to be handled, 1 to 312; default 96. Dead letters wait for 14 days in all. */
  readonly retentionHours?: number;
  /** Seconds before a new message can be received, 0 to 900; default 0. */
  readonly delay?: number;
  /** Seconds that a message may wait before somebody is woken; default: half of the time that it is kept. */
  readonly lateAfter?: number;
  /** Topics, by ARN, that may send to the queue. */
  readonly topics: readonly string[];
  /** Rules of event buses, by ARN, that may. */
  readonly rules?: readonly string[];
}

/**
 * An SQS queue and its dead-letter queue, encrypted, over TLS only. Messages wait 4 days, dead letters 14, so that
 * a weekend does not lose them. A queue that keeps order takes messages with the same content within five minutes for
 * one, unless the sender gives each an id.
 *
 * Somebody is woken when there are dead letters, and when messages wait for too long: then consumers do not keep up, or
 * do not run.
 *
 * Refused: names and numbers that SQS refuses; topics that are FIFO without the queue being so; a time to be late after
 * that is not before a message is gone.
 *
 * Sources: FSBP control SQS.1; SQS developer guide, "Using dead-letter queues in Amazon SQS" (a dead letter's age counts
 * from when it was first sent), "High throughput for FIFO queues", "Available CloudWatch metrics for Amazon SQS".
 */
export class Queue extends pulumi.ComponentResource {
  readonly queueName: string;
  readonly arn: string;
  readonly url: string;

  constructor(name: string, args: QueueArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:data:Queue", name, {}, opts);
    requireSound(args);
    const { at, queueName, topics, rules = [], retentionHours = 96, deletionProtection } = args;
    this.queueName = queueName;
    this.arn = arn("sqs", at, queueName);
    this.url = queueUrl(at, queueName);
    const deadLetterName = deadLettersOf(queueName);

    const common = (itsName: string, statements: Statement[]) => ({
      name: itsName,
      kmsMasterKeyId: args.keyArn,
      ...(isFifo(queueName) ? { fifoQueue: true, contentBasedDeduplication: true } : {}),
      policy: policyDocument([denyWithoutTls("sqs:*", [arn("sqs", at, itsName)]), ...statements]),
    });
    const kept = { parent: this, protect: opts?.protect, retainOnDelete: deletionProtection };

    const deadLetters = new aws.sqs.Queue(
      `${name}-dead-letters`,
      {
        ...common(deadLetterName, []),
        messageRetentionSeconds: 14 * 86_400,
        redriveAllowPolicy: JSON.stringify({ redrivePermission: "byQueue", sourceQueueArns: [this.arn] }),
      },
      kept,
    );
    new aws.sqs.Queue(
      name,
      {
        ...common(queueName, [
          ...(topics.length === 0 ? [] : [fromTopics(this.arn, topics)]),
          ...(rules.length === 0 ? [] : [queueFromRules(this.arn, rules)]),
        ]),
        ...(isFifo(queueName)
          ? { deduplicationScope: "messageGroup", fifoThroughputLimit: "perMessageGroupId" }
          : {}),
        visibilityTimeoutSeconds: args.visibilityTimeout,
        messageRetentionSeconds: retentionHours * 3_600,
        ...(args.delay === undefined ? {} : { delaySeconds: args.delay }),
        receiveWaitTimeSeconds: 20,
        redrivePolicy: JSON.stringify({
          deadLetterTargetArn: arn("sqs", at, deadLetterName),
          maxReceiveCount: args.maxReceives,
        }),
        // Nobody's dead letters wait here.
        redriveAllowPolicy: JSON.stringify({ redrivePermission: "denyAll" }),
      },
      { ...kept, dependsOn: [deadLetters] },
    );
    this.watch(name, args);
    this.registerOutputs({ arn: this.arn, url: this.url });
  }

  private watch(name: string, { queueName, maxReceives, retentionHours = 96, ...args }: QueueArgs): void {
    const lateAfter = args.lateAfter ?? (retentionHours * 3_600) / 2;
    const watched = {
      namespace: "AWS/SQS",
      statistic: "Maximum",
      period: 300,
      topics: args.alarmTopics,
    } as const;
    new Alarm(
      `${name}-dead-letters`,
      {
        ...watched,
        severity: "warning",
        metricName: "ApproximateNumberOfMessagesVisible",
        dimensions: { QueueName: deadLettersOf(queueName) },
        above: 0,
        description: `Messages of ${queueName} were received ${maxReceives} times and not handled: find out why in the consumer's logs, mend it, and start a redrive from ${deadLettersOf(queueName)}; they are gone 14 days after they were sent`,
      },
      { parent: this },
    );
    new Alarm(
      `${name}-late`,
      {
        ...watched,
        severity: "warning",
        metricName: "ApproximateAgeOfOldestMessage",
        dimensions: { QueueName: queueName },
        above: lateAfter,
        description: `A message has waited in ${queueName} for more than ${lateAfter} seconds, and is gone after ${retentionHours} hours: see that its consumers run, and that there are enough of them`,
      },
      { parent: this },
    );
  }
}

const fromTopics = (queueArn: string, topics: readonly string[]): Statement => ({
  Sid: "Topics",
  Effect: "Allow",
  Principal: { Service: "sns.amazonaws.com" },
  Action: "sqs:SendMessage",
  Resource: queueArn,
  Condition: { ArnEquals: { "aws:SourceArn": topics } },
});

function requireSound(args: QueueArgs): void {
  const { queueName, topics, rules = [], retentionHours = 96, lateAfter } = args;
  if (!/^[\w-]{1,67}(\.fifo)?$/.test(queueName) || queueName.length > 67)
    throw new Error(
      `queueName is ${queueName}; it must be 1 to 67 letters, digits, hyphens or underscores, the .fifo of a FIFO queue included`,
    );
  requireWhole("visibilityTimeout", args.visibilityTimeout, 0, 43_200);
  requireWhole("maxReceives", args.maxReceives, 1, 1_000);
  requireWhole("retentionHours", retentionHours, 1, 312);
  requireWhole("delay", args.delay ?? 0, 0, 900);
  if (lateAfter !== undefined) requireWhole("lateAfter", lateAfter, 60, retentionHours * 3_600 - 1);
  for (const topic of topics)
    if (isFifo(queueName) && !isFifo(topic))
      throw new Error(`topics has ${topic}; only FIFO topics deliver to a FIFO queue such as ${queueName}`);
  if (isFifo(queueName) && rules.length > 0)
    throw new Error(
      `rules are ${rules.join(", ")}; they name no group, which ${queueName} needs of each message`,
    );
}

function requireWhole(argument: string, value: number, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max)
    throw new Error(
      `${argument} is ${value}; it must be a whole number from ${min} to ${max.toLocaleString("en")}`,
    );
}
