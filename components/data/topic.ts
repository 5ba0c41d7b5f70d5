import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { denyWithoutTls, policyDocument, type Statement } from "../identity/policy-document";
import { arn, type Location } from "../location";
import type { Queue } from "./queue";

export interface TopicArgs {
  readonly topicName: string;
  readonly at: Location;
  readonly keyArn: pulumi.Input<string>;
  /** Queues that receive every message, by a short name. */
  readonly deliversTo: Readonly<Record<string, Queue>>;
  /** AWS services that may publish on behalf of this account, for example `events.amazonaws.com`. */
  readonly publishers?: readonly string[];
  /** E-mail addresses that receive every message, each once it has confirmed. */
  readonly mailsTo?: readonly string[];
}

/** An SNS topic, encrypted, over TLS only, and its deliveries. Source: FSBP control SNS.1. */
export class Topic extends pulumi.ComponentResource {
  readonly topicName: string;
  readonly arn: string;

  constructor(name: string, args: TopicArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:data:Topic", name, {}, opts);
    this.topicName = args.topicName;
    this.arn = arn("sns", args.at, args.topicName);
    const topic = new aws.sns.Topic(
      name,
      {
        name: args.topicName,
        kmsMasterKeyId: args.keyArn,
        policy: policyDocument([
          denyWithoutTls("sns:Publish", [this.arn]),
          ...(args.publishers ?? []).map(
            (service): Statement => ({
              Effect: "Allow",
              Principal: { Service: service },
              Action: "sns:Publish",
              Resource: this.arn,
              Condition: { StringEquals: { "aws:SourceAccount": args.at.accountId } },
            }),
          ),
        ]),
      },
      { parent: this, protect: opts?.protect },
    );
    for (const [queueName, queue] of Object.entries(args.deliversTo))
      new aws.sns.TopicSubscription(
        `${name}-${queueName}`,
        { topic: topic.arn, protocol: "sqs", endpoint: queue.arn, rawMessageDelivery: true },
        { parent: this, dependsOn: [queue] },
      );
    for (const address of args.mailsTo ?? [])
      new aws.sns.TopicSubscription(
        `${name}-${address}`,
        { topic: topic.arn, protocol: "email", endpoint: address },
        { parent: this },
      );
    this.registerOutputs({ arn: this.arn });
  }
}
