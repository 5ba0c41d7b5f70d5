import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { denyWithoutTls, policyDocument, type Statement } from "../identity/policy-document";
import { arn } from "../location";
import { Alarm } from "../observability/alarm";
import { type AlarmTopics, severities } from "../observability/severity";
import type { Keeping } from "./keeping";
import type { Queue } from "./queue";
import { isFifo } from "./queue-access";
import { type FilterPolicy, requireFilter, undeliveredOf } from "./topic-filter";

export interface TopicDelivery {
  readonly queue: Queue;
  /** Which messages: `{ kind: ["placed"] }`. */
  readonly filter: FilterPolicy;
  /** What the filter looks at: a message's attributes, the default, or its body, which must be JSON. */
  readonly filterBy?: "attributes" | "body";
}

export interface TopicArgs extends Pick<Keeping, "at" | "keyArn"> {
  /** 1 to 67 letters, digits, hyphens or underscores; with `.fifo` at its end it keeps the order of each group. */
  readonly topicName: string;
  /** Queues that receive every message, or those that a filter lets through, by a short name. */
  readonly deliversTo: Readonly<Record<string, Queue | TopicDelivery>>;
  /** AWS services that may publish on behalf of this account, for example `events.amazonaws.com`. */
  readonly publishers?: readonly string[];
  /** E-mail addresses that receive every message, each once it has confirmed. */
  readonly mailsTo?: readonly string[];
  /**
   * The topic that hears of failed deliveries. Absent for the topic that alarms go to: where it can not deliver, it
   * could not say so.
   */
  readonly alarmTopics?: AlarmTopics;
}

/**
 * An SNS topic, encrypted, over TLS only, and its deliveries. What it can not deliver to a queue waits for 14 days in a
 * queue of its own, and the alarms tell.
 *
 * Refused: a name that SNS refuses; a FIFO queue behind a topic that keeps no order; mails of a FIFO topic; a filter
 * that lets everything through; the topic's own ARN for its alarms.
 *
 * Sources: FSBP control SNS.1; SNS developer guide, "Amazon SNS dead-letter queues", "Amazon SNS message filtering",
 * "Message delivery for FIFO topics", "Monitoring Amazon SNS topics using CloudWatch".
 */
export class Topic extends pulumi.ComponentResource {
  readonly topicName: string;
  readonly arn: string;

  constructor(name: string, args: TopicArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:data:Topic", name, {}, opts);
    requireSound(args);
    const here = { parent: this };
    const { at, topicName } = args;
    this.topicName = topicName;
    this.arn = arn("sns", at, topicName);
    const fifo = isFifo(topicName);
    const topic = new aws.sns.Topic(
      name,
      {
        name: topicName,
        kmsMasterKeyId: args.keyArn,
        ...(fifo
          ? { fifoTopic: true, contentBasedDeduplication: true, fifoThroughputScope: "MessageGroup" }
          : {}),
        policy: policyDocument(topicStatements(args, this.arn)),
      },
      { ...here, protect: opts?.protect },
    );
    const deliveries = Object.entries(args.deliversTo);
    if (deliveries.length > 0) {
      const undelivered = this.undelivered(name, args, fifo);
      for (const [queueName, delivery] of deliveries) {
        const { queue, ...filtered } = "queue" in delivery ? delivery : { queue: delivery };
        new aws.sns.TopicSubscription(
          `${name}-${queueName}`,
          {
            topic: topic.arn,
            protocol: "sqs",
            endpoint: queue.arn,
            rawMessageDelivery: true,
            ...("filter" in filtered
              ? {
                  filterPolicy: JSON.stringify(filtered.filter),
                  filterPolicyScope: filtered.filterBy === "body" ? "MessageBody" : "MessageAttributes",
                }
              : {}),
            redrivePolicy: JSON.stringify({ deadLetterTargetArn: arn("sqs", at, undeliveredOf(topicName)) }),
          },
          { ...here, dependsOn: [queue, undelivered] },
        );
      }
    }
    for (const address of args.mailsTo ?? [])
      new aws.sns.TopicSubscription(
        `${name}-${address}`,
        { topic: topic.arn, protocol: "email", endpoint: address },
        here,
      );
    if (args.alarmTopics !== undefined) this.watch(name, args, args.alarmTopics);
    this.registerOutputs({ arn: this.arn });
  }

  private undelivered(name: string, { at, keyArn, topicName }: TopicArgs, fifo: boolean): aws.sqs.Queue {
    const queueArn = arn("sqs", at, undeliveredOf(topicName));
    return new aws.sqs.Queue(
      `${name}-undelivered`,
      {
        name: undeliveredOf(topicName),
        kmsMasterKeyId: keyArn,
        messageRetentionSeconds: 14 * 86_400,
        ...(fifo ? { fifoQueue: true, contentBasedDeduplication: true } : {}),
        redriveAllowPolicy: JSON.stringify({ redrivePermission: "denyAll" }),
        policy: policyDocument([
          denyWithoutTls("sqs:*", [queueArn]),
          {
            Sid: "Topic",
            Effect: "Allow",
            Principal: { Service: "sns.amazonaws.com" },
            Action: "sqs:SendMessage",
            Resource: queueArn,
            Condition: { ArnEquals: { "aws:SourceArn": this.arn } },
          },
        ]),
      },
      { parent: this },
    );
  }

  private watch(name: string, { topicName, deliversTo }: TopicArgs, topics: AlarmTopics): void {
    const failing = {
      namespace: "AWS/SNS",
      dimensions: { TopicName: topicName },
      statistic: "Sum",
      above: 0,
      period: 300,
      topics,
    } as const;
    const waiting =
      Object.keys(deliversTo).length === 0 ? "" : `, and send again what is in ${undeliveredOf(topicName)}`;
    new Alarm(
      `${name}-failed`,
      {
        ...failing,
        severity: "warning",
        metricName: "NumberOfNotificationsFailed",
        description: `Messages of ${topicName} could not be delivered: mend the policy of the receiving queue or of the key${waiting}`,
      },
      { parent: this },
    );
    if (waiting === "") return;
    new Alarm(
      `${name}-lost`,
      {
        ...failing,
        severity: "critical",
        metricName: "NumberOfNotificationsFailedToRedriveToDlq",
        description: `Messages of ${topicName} reached neither their queue nor ${undeliveredOf(topicName)} and are lost: mend the policy of that queue or of the key, and publish again what was published since`,
      },
      { parent: this },
    );
  }
}

const topicStatements = ({ at, publishers = [] }: TopicArgs, topicArn: string): Statement[] => [
  denyWithoutTls("sns:Publish", [topicArn]),
  ...publishers.map(
    (service): Statement => ({
      Effect: "Allow",
      Principal: { Service: service },
      Action: "sns:Publish",
      Resource: topicArn,
      Condition: { StringEquals: { "aws:SourceAccount": at.accountId } },
    }),
  ),
];

function requireSound({ at, topicName, deliversTo, mailsTo = [], alarmTopics }: TopicArgs): void {
  if (!/^[\w-]{1,67}(\.fifo)?$/.test(topicName) || topicName.length > 67)
    throw new Error(
      `topicName is ${topicName}; it must be 1 to 67 letters, digits, hyphens or underscores, the .fifo of a FIFO topic included`,
    );
  if (isFifo(topicName) && mailsTo.length > 0)
    throw new Error(`mailsTo is ${mailsTo.join(", ")}; a FIFO topic such as ${topicName} sends no mail`);
  const itself = severities.find(severity => alarmTopics?.[severity] === arn("sns", at, topicName));
  if (itself !== undefined)
    throw new Error(
      `alarmTopics.${itself} is ${arn("sns", at, topicName)}, the topic itself, which can not say that it fails`,
    );
  for (const [name, delivery] of Object.entries(deliversTo)) {
    const { queueName } = "queue" in delivery ? delivery.queue : delivery;
    if (isFifo(queueName) && !isFifo(topicName))
      throw new Error(
        `deliversTo.${name} is the FIFO queue ${queueName}; ${topicName} keeps no order, so it must be a standard queue`,
      );
    if ("queue" in delivery) requireFilter(`deliversTo.${name}.filter`, delivery.filter);
  }
}
