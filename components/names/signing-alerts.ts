import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { denyWithoutTls, policyDocument } from "../identity/policy-document";
import { arn } from "../location";
import { requireAccounts } from "../logs/bucket-statements";
import { EncryptionKey } from "../security/encryption-key";
import { signingAlarmPrefix, signingRegion } from "./signing-alarms";

const alarms = "cloudwatch.amazonaws.com";

export interface SigningAlertsArgs {
  readonly topicName: string;
  /** The topic's account, twelve digits: the one that watches over the others. */
  readonly accountId: string;
  /** Accounts with signed zones, whose `SigningAlarms` may tell the topic. */
  readonly alarmAccountIds: readonly string[];
  /** E-mail addresses that hear of it, each once it has confirmed. */
  readonly notify: readonly string[];
}

/**
 * One topic for the alarms of all signed zones, in whichever account they are. It is in us-east-1 wherever the company
 * is, because those alarms are, so that who is mailed confirms it beside the topic of the company's own region.
 *
 * Refused with an error: what is no account, and none.
 *
 * Sources: Amazon SNS developer guide, "Example cases for Amazon SNS access control" (CloudWatch alarms of a different
 * account), "Enable compatibility between event sources from AWS services and encrypted topics" and "Setting up Amazon
 * SNS topic encryption with server-side encryption"; FSBP control SNS.1.
 */
export class SigningAlerts extends pulumi.ComponentResource {
  /** Known beforehand; what `SigningAlarms` are given. */
  readonly topicArn: string;

  constructor(name: string, args: SigningAlertsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:names:SigningAlerts", name, {}, opts);
    const { topicName, accountId, alarmAccountIds, notify } = args;
    requireAccounts("alarmAccountIds", alarmAccountIds);
    if (alarmAccountIds.length === 0)
      throw new Error("alarmAccountIds is empty; nobody could tell the topic");
    const at = { accountId, region: signingRegion };
    const { region } = at;
    this.topicArn = arn("sns", at, topicName);
    const kept = { parent: this, protect: true };
    const ofTheAccounts = {
      StringEquals: { "aws:SourceAccount": [...alarmAccountIds].sort() },
      ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:${region}:*:alarm:${signingAlarmPrefix}*` },
    };
    const key = new EncryptionKey(
      name,
      {
        alias: `landing-zone/${name}`,
        description: "Alerts of signed zones",
        at,
        publishers: { [this.topicArn]: [alarms] },
      },
      kept,
    );
    const topic = new aws.sns.Topic(
      name,
      {
        name: topicName,
        kmsMasterKeyId: key.arn,
        policy: policyDocument([
          denyWithoutTls("sns:Publish", [this.topicArn]),
          {
            Sid: "AlarmsOfSignedZones",
            Effect: "Allow",
            Principal: { Service: alarms },
            Action: "sns:Publish",
            Resource: this.topicArn,
            Condition: ofTheAccounts,
          },
        ]),
        region,
      },
      kept,
    );
    for (const address of notify)
      new aws.sns.TopicSubscription(
        `${name}-${address}`,
        { topic: topic.arn, protocol: "email", endpoint: address, region },
        { parent: this },
      );
    this.registerOutputs({ topicArn: this.topicArn });
  }
}
