import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { denyWithoutTls, policyDocument, type Statement } from "../identity/policy-document";
import { arn, type Location } from "../location";
import { Alarm } from "./alarm";
import { type AlarmTopics, type Severity, severities } from "./severity";

/** Who hears of one severity. A chat is told by a `ChatChannel`, of several topics at once. */
export interface AlarmHearers {
  /** E-mail addresses, each once it has confirmed. */
  readonly mail?: readonly string[];
  /** What wakes people: the HTTPS address that PagerDuty, Opsgenie and the like give for Amazon SNS. */
  readonly pager?: string;
}

export interface AlarmAudienceArgs {
  readonly at: Location;
  /** Of the topics; what else is made is called after them. */
  readonly topicNames: Readonly<Record<Severity, string>>;
  /** Of the topics; its policy must hold `alarmTopicsUseKey`, and let `sns.amazonaws.com` use it where there is a pager. */
  readonly keyArn: pulumi.Input<string>;
  readonly hearers: Readonly<Record<Severity, AlarmHearers>>;
  /** Accounts, by number, whose alarms may tell too; default: only the topics' own. */
  readonly alsoFrom?: readonly string[];
}

const alarms = "cloudwatch.amazonaws.com";

/** Who tells: alarms, and what services say themselves, such as ECS of deployments that fail. */
const tellers = [alarms, "events.amazonaws.com"];

/** Lets those who tell encrypt what they say to topics with the key that this is in the policy of. */
export const alarmTopicsUseKey = (topicArns: readonly string[]): Statement => ({
  Sid: "Alarms",
  Effect: "Allow",
  Principal: { Service: tellers },
  Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
  Resource: "*",
  Condition: { StringEquals: { "kms:EncryptionContext:aws:sns:topicArn": [...topicArns] } },
});

/**
 * Two topics, one for what is critical and one for what can wait, and who hears of each. What a pager does not take, for
 * all that SNS tries again within an hour, waits in a queue for 14 days, and the other topic is told.
 *
 * The topics are protected: people have confirmed that they hear of them.
 *
 * Refused: a pager that is not reached by HTTPS, and for warnings, which nobody is woken for.
 *
 * Sources: Amazon SNS developer guide, "Example cases for Amazon SNS access control" (CloudWatch alarms of a different
 * account), "Amazon SNS message delivery retries", "Amazon SNS dead-letter queues"; FSBP control SNS.1.
 */
export class AlarmAudience extends pulumi.ComponentResource {
  /** Known beforehand. */
  readonly topicArns: AlarmTopics;

  constructor(
    private readonly name: string,
    private readonly args: AlarmAudienceArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("landing-zone:observability:AlarmAudience", name, {}, opts);
    const { at, topicNames, hearers } = args;
    requireSound(hearers);
    this.topicArns = alarmTopicArns(at, topicNames);
    for (const severity of severities) {
      const topic = this.topic(severity);
      const { mail = [], pager } = hearers[severity];
      for (const address of mail)
        new aws.sns.TopicSubscription(
          `${name}-${severity}-${address}`,
          { topic: topic.arn, protocol: "email", endpoint: address, region: at.region },
          { parent: this },
        );
      if (pager !== undefined) this.page(topic, pager);
    }
    this.registerOutputs({ topicArns: this.topicArns });
  }

  private topic(severity: Severity): aws.sns.Topic {
    const { at, topicNames, keyArn } = this.args;
    return new aws.sns.Topic(
      `${this.name}-${severity}`,
      {
        name: topicNames[severity],
        kmsMasterKeyId: keyArn,
        policy: policyDocument(this.statements(this.topicArns[severity])),
        region: at.region,
      },
      { parent: this, protect: true },
    );
  }

  private statements(topicArn: string): Statement[] {
    const { at, alsoFrom } = this.args;
    return [
      denyWithoutTls("sns:Publish", [topicArn]),
      {
        Sid: "OwnAccount",
        Effect: "Allow",
        Principal: { Service: tellers },
        Action: "sns:Publish",
        Resource: topicArn,
        Condition: { StringEquals: { "aws:SourceAccount": at.accountId } },
      },
      ...(alsoFrom === undefined
        ? []
        : [
            {
              Sid: "OtherAccounts",
              Effect: "Allow",
              Principal: { Service: alarms },
              Action: "sns:Publish",
              Resource: topicArn,
              Condition: {
                StringEquals: { "aws:SourceAccount": [...alsoFrom].sort() },
                ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:${at.region}:*:alarm:*` },
              },
            } satisfies Statement,
          ]),
    ];
  }

  private page(topic: aws.sns.Topic, pager: string): void {
    const { at, topicNames, keyArn } = this.args;
    const here = { parent: this };
    const queueName = `${topicNames.critical}-undelivered`;
    const queueArn = arn("sqs", at, queueName);
    const undelivered = new aws.sqs.Queue(
      `${this.name}-undelivered`,
      {
        name: queueName,
        kmsMasterKeyId: keyArn,
        messageRetentionSeconds: 14 * 86_400,
        redriveAllowPolicy: JSON.stringify({ redrivePermission: "denyAll" }),
        policy: policyDocument([
          denyWithoutTls("sqs:*", [queueArn]),
          {
            Sid: "Topic",
            Effect: "Allow",
            Principal: { Service: "sns.amazonaws.com" },
            Action: "sqs:SendMessage",
            Resource: queueArn,
            Condition: { ArnEquals: { "aws:SourceArn": this.topicArns.critical } },
          },
        ]),
        region: at.region,
      },
      here,
    );
    new aws.sns.TopicSubscription(
      `${this.name}-critical-pager`,
      {
        topic: topic.arn,
        protocol: "https",
        endpoint: pager,
        endpointAutoConfirms: true,
        redrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn }),
        region: at.region,
      },
      { ...here, dependsOn: [undelivered] },
    );
    new Alarm(
      `${this.name}-undelivered`,
      {
        alarmName: queueName,
        namespace: "AWS/SQS",
        metricName: "ApproximateNumberOfMessagesVisible",
        dimensions: { QueueName: queueName },
        statistic: "Maximum",
        above: 0,
        period: 300,
        description: `Nobody was woken for what waits in ${queueName}, because the pager did not take it: read there what it was, and see whether the pager's address is still good`,
        severity: "warning",
        topics: this.topicArns,
        region: at.region,
      },
      here,
    );
  }
}

/** What the topics are called to whom they are told. */
export const alarmTopicArns = (at: Location, names: Readonly<Record<Severity, string>>): AlarmTopics => ({
  critical: arn("sns", at, names.critical),
  warning: arn("sns", at, names.warning),
});

function requireSound({ critical, warning }: AlarmAudienceArgs["hearers"]): void {
  if (warning.pager !== undefined)
    throw new Error("hearers.warning has a pager; nobody is woken for what can wait: leave it out");
  if (critical.pager !== undefined && !critical.pager.startsWith("https://"))
    throw new Error(`hearers.critical.pager is ${critical.pager}; it must be reached by HTTPS`);
}
