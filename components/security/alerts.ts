import * as pulumi from "@pulumi/pulumi";
import { Topic } from "../data/topic";
import { arn, type Location } from "../location";
import { EncryptionKey } from "./encryption-key";

export interface AlertsArgs {
  readonly at: Location;
  /** E-mail addresses that hear of findings, each once it has confirmed. */
  readonly notify: readonly string[];
}

const topicName = "landing-zone-security-alerts";

/** The topic that what security services find is sent to. */
export class Alerts extends pulumi.ComponentResource {
  readonly topicArn: string;

  constructor(name: string, args: AlertsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:security:Alerts", name, {}, opts);
    const kept = { parent: this, protect: true };
    const key = new EncryptionKey(
      name,
      {
        alias: "landing-zone/alerts",
        description: "Security alerts",
        at: args.at,
        publishers: { [arn("sns", args.at, topicName)]: ["events.amazonaws.com"] },
      },
      kept,
    );
    const topic = new Topic(
      name,
      {
        topicName,
        at: args.at,
        keyArn: key.arn,
        deliversTo: {},
        publishers: ["events.amazonaws.com"],
        mailsTo: args.notify,
      },
      kept,
    );
    this.topicArn = topic.arn;
    this.registerOutputs({ topicArn: this.topicArn });
  }
}
