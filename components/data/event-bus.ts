import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { denyWithoutTls, policyDocument, type Statement } from "../identity/policy-document";
import { arn, iamArn } from "../location";
import { Alarm } from "../observability/alarm";
import { shortName } from "../short-name";
import { eventBusArn, eventRuleArn } from "./event-bus-access";
import { deliverLogs, type EventBusLogs } from "./event-bus-logs";
import { type EventPattern, requirePattern } from "./event-pattern";
import type { Keeping } from "./keeping";

export interface EventDelivery {
  /** A standard queue of this account, whose policy must let the rule send; see queueFromRules. */
  readonly queueArn: string;
  /** Which events: `{ "detail-type": ["OrderPlaced"] }`. */
  readonly pattern: EventPattern;
}

/** A role of another account, or of another product, that may put events on the bus. */
export interface OtherPublisher {
  readonly roleArn: string;
  /** What its events must say that they come from. */
  readonly source: string;
}

export interface EventBusArgs extends Keeping {
  /** 1 to 64 letters, digits, hyphens or underscores. */
  readonly busName: string;
  readonly description: string;
  /** The bus's rules, by name: 1 to 64 letters, digits, hyphens or underscores. */
  readonly deliversTo: Readonly<Record<string, EventDelivery>>;
  /** Days for which every event is kept to be replayed; default 30. */
  readonly archiveDays?: number;
  /** By a short name of letters and digits. Absent: roles of this account only, as their own policies say. */
  readonly publishers?: Readonly<Record<string, OtherPublisher>>;
  readonly logs: EventBusLogs;
}

/**
 * An EventBridge bus of the product's own: encrypted with the product's key, whose policy needs the statements of
 * eventBusKey; each event is kept for a while, to be replayed; each rule delivers to a queue, and what it can not
 * deliver, or not decrypt, waits in one queue of dead letters for 14 days. What failed is logged, without the events.
 *
 * Schemas are not discovered: EventBridge can not on a bus with a key of the company's, and there would be copies of
 * what events look like in a registry that the key does not protect.
 *
 * Refused: a name that EventBridge or SQS refuses, or `default`; a pattern that EventBridge would not take or that is
 * everything; a queue that is none or a FIFO queue; days that are no whole number from 1 to 3,653; a publisher that is
 * no role's ARN, or any role.
 * Sources: EventBridge user guide, "Creating an event bus", "Archiving and replaying events", "Using dead-letter queues
 * to process undelivered events", "Best practices for monitoring event delivery". FSBP control EventBridge.3: a bus has
 * a policy.
 */
export class EventBus extends pulumi.ComponentResource {
  readonly busName: string;
  readonly arn: string;
  readonly deadLettersArn: string;
  /** By the rule's name: what the policy of its queue must name. */
  readonly ruleArns: Readonly<Record<string, string>>;

  constructor(name: string, args: EventBusArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:data:EventBus", name, {}, opts);
    requireSound(args);
    const { at, busName, keyArn, deliversTo, alarmTopics, logs, archiveDays = 30 } = args;
    const here = { parent: this };
    const deadLetterName = `${busName}-dead-letters`;
    this.busName = busName;
    this.arn = eventBusArn(at, busName);
    this.deadLettersArn = arn("sqs", at, deadLetterName);
    this.ruleArns = Object.fromEntries(
      Object.keys(deliversTo).map(rule => [rule, eventRuleArn(at, busName, rule)]),
    );

    const deadLetters = new aws.sqs.Queue(
      `${name}-dead-letters`,
      {
        name: deadLetterName,
        kmsMasterKeyId: keyArn,
        messageRetentionSeconds: 14 * 86_400,
        policy: policyDocument(deadLetterStatements(args, this.deadLettersArn)),
        redriveAllowPolicy: JSON.stringify({ redrivePermission: "denyAll" }),
      },
      here,
    );
    const bus = new aws.cloudwatch.EventBus(
      name,
      {
        name: busName,
        description: args.description,
        kmsKeyIdentifier: keyArn,
        deadLetterConfig: { arn: deadLetters.arn },
        // Details would put the events themselves into the logs.
        logConfig: { level: logs.level ?? "ERROR", includeDetail: "NONE" },
      },
      { ...here, retainOnDelete: args.deletionProtection },
    );
    new aws.cloudwatch.EventBusPolicy(
      name,
      { eventBusName: bus.name, policy: policyDocument(busStatements(args)) },
      here,
    );
    new aws.cloudwatch.EventArchive(
      name,
      {
        name: shortName(busName, 48),
        description: `All events of ${busName}, to be replayed`,
        eventSourceArn: bus.arn,
        retentionDays: archiveDays,
        kmsKeyIdentifier: keyArn,
      },
      // It alone has what was on the bus.
      { ...here, retainOnDelete: args.deletionProtection },
    );
    deliverLogs(this, name, { at, keyArn, busName, busArn: bus.arn, logs });

    for (const [ruleName, { queueArn, pattern }] of Object.entries(deliversTo)) {
      const rule = new aws.cloudwatch.EventRule(
        `${name}-${ruleName}`,
        { name: ruleName, eventBusName: bus.name, eventPattern: JSON.stringify(pattern) },
        here,
      );
      new aws.cloudwatch.EventTarget(
        `${name}-${ruleName}`,
        {
          rule: rule.name,
          eventBusName: bus.name,
          targetId: "queue",
          arn: queueArn,
          deadLetterConfig: { arn: deadLetters.arn },
        },
        here,
      );
      const ofRule = {
        namespace: "AWS/Events",
        dimensions: { EventBusName: busName, RuleName: ruleName },
        statistic: "Sum",
        above: 0,
        period: 300,
        topics: alarmTopics,
      } as const;
      new Alarm(
        `${name}-${ruleName}-failed`,
        {
          ...ofRule,
          severity: "warning",
          metricName: "FailedInvocations",
          description: `Events of ${busName} could not be delivered by the rule ${ruleName}: see why in the log group ${logs.logGroupName}, mend the policy of its queue or of the key, and send again what is in ${deadLetterName}`,
        },
        here,
      );
      new Alarm(
        `${name}-${ruleName}-lost`,
        {
          ...ofRule,
          severity: "critical",
          metricName: "InvocationsFailedToBeSentToDlq",
          description: `Events of ${busName} for the rule ${ruleName} reached neither their queue nor ${deadLetterName}: mend the policy of that queue or of the key, and replay the archive from when this began`,
        },
        here,
      );
    }
    new Alarm(
      `${name}-dead-letters`,
      {
        namespace: "AWS/SQS",
        severity: "warning",
        metricName: "ApproximateNumberOfMessagesVisible",
        dimensions: { QueueName: deadLetterName },
        statistic: "Maximum",
        above: 0,
        period: 300,
        topics: alarmTopics,
        description: `Events of ${busName} were not delivered and are gone after 14 days: each message in ${deadLetterName} says which rule, and why`,
      },
      here,
    );
    this.registerOutputs({ arn: this.arn });
  }
}

/**
 * Who else may put events on the bus, and over TLS only; the account's own roles need nothing here.
 * Source: EventBridge user guide, "Permissions for event buses in Amazon EventBridge".
 */
const busStatements = ({ at, busName, publishers = {} }: EventBusArgs): Statement[] => [
  denyWithoutTls("events:PutEvents", [eventBusArn(at, busName)]),
  ...Object.entries(publishers).map(
    ([publisher, { roleArn, source }]): Statement => ({
      Sid: `Publisher${publisher}`,
      Effect: "Allow",
      // AWS refuses a policy that names a role before there is one, hence its account, narrowed to it.
      Principal: { AWS: iamArn(accountOf(roleArn), "root") },
      Action: "events:PutEvents",
      Resource: eventBusArn(at, busName),
      Condition: { StringEquals: { "aws:PrincipalArn": roleArn, "events:source": source } },
    }),
  ),
];

/** From the bus, which can not encrypt or decrypt, and from its rules, which can not deliver. */
const deadLetterStatements = ({ at, busName }: EventBusArgs, queueArn: string): Statement[] => [
  denyWithoutTls("sqs:*", [queueArn]),
  {
    Sid: "EventBus",
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: queueArn,
    Condition: {
      ArnLike: { "aws:SourceArn": [eventBusArn(at, busName), eventRuleArn(at, busName, "*")] },
    },
  },
];

const roleShape = /^arn:aws:iam::(\d{12}):role\/[\w+=,.@/-]+$/;

const accountOf = (roleArn: string): string => roleShape.exec(roleArn)?.[1] ?? "";

const isName = (text: string): boolean => /^[\w-]{1,64}$/.test(text);

function requireSound({ busName, deliversTo, archiveDays = 30, publishers = {} }: EventBusArgs): void {
  if (!isName(busName) || busName === "default")
    throw new Error(
      `busName is ${busName}; it must be 1 to 64 letters, digits, hyphens or underscores, and not default`,
    );
  if (!Number.isInteger(archiveDays) || archiveDays < 1 || archiveDays > 3_653)
    throw new Error(`archiveDays is ${archiveDays}; it must be a whole number of days from 1 to 3,653`);
  for (const [rule, { queueArn, pattern }] of Object.entries(deliversTo)) {
    if (!isName(rule))
      throw new Error(`deliversTo.${rule}: a name must be 1 to 64 letters, digits, hyphens or underscores`);
    if (!/^arn:aws:sqs:[a-z0-9-]+:\d{12}:[\w-]{1,80}$/.test(queueArn))
      throw new Error(`deliversTo.${rule}.queueArn is ${queueArn}; it must be the ARN of a standard queue`);
    requirePattern(`deliversTo.${rule}.pattern`, pattern);
  }
  for (const [publisher, { roleArn, source }] of Object.entries(publishers)) {
    if (!/^[A-Za-z0-9]{1,50}$/.test(publisher))
      throw new Error(`publishers.${publisher}: a name must be 1 to 50 letters or digits`);
    if (!roleShape.test(roleArn))
      throw new Error(`publishers.${publisher}.roleArn is ${roleArn}; it must be the ARN of one role`);
    if (!/^[\w.-]{1,256}$/.test(source) || source.startsWith("aws."))
      throw new Error(
        `publishers.${publisher}.source is ${source}; it must be 1 to 256 letters, digits, dots, hyphens or underscores that do not begin with aws.`,
      );
  }
}
