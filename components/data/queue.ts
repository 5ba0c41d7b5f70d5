import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { denyWithoutTls, policyDocument, type Statement } from "../identity/policy-document";
import { arn, type Location } from "../location";

export interface QueueArgs {
  readonly queueName: string;
  readonly at: Location;
  readonly keyArn: pulumi.Input<string>;
  /** Seconds a received message stays hidden. */
  readonly visibilityTimeout: number;
  /** Receives before a message goes to the dead-letter queue. */
  readonly maxReceives: number;
  /** Topics, by ARN, that may send to the queue. */
  readonly topics: readonly string[];
}

/**
 * An SQS queue and its dead-letter queue, encrypted, over TLS only. Messages wait 4 days, dead letters 14, so that
 * a weekend does not lose them. Source: FSBP control SQS.1.
 */
export class Queue extends pulumi.ComponentResource {
  readonly queueName: string;
  readonly arn: string;
  readonly url: string;

  constructor(name: string, args: QueueArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:data:Queue", name, {}, opts);
    const { accountId, region } = args.at;
    this.queueName = args.queueName;
    this.arn = arn("sqs", args.at, args.queueName);
    this.url = `https://sqs.${region}.amazonaws.com/${accountId}/${args.queueName}`;
    const deadLetterName = `${args.queueName}-dead-letters`;

    const common = (queueName: string, statements: Statement[]) => ({
      name: queueName,
      kmsMasterKeyId: args.keyArn,
      policy: policyDocument([denyWithoutTls("sqs:*", [arn("sqs", args.at, queueName)]), ...statements]),
    });

    const deadLetters = new aws.sqs.Queue(
      `${name}-dead-letters`,
      {
        ...common(deadLetterName, []),
        messageRetentionSeconds: 14 * 86_400,
        redriveAllowPolicy: JSON.stringify({ redrivePermission: "byQueue", sourceQueueArns: [this.arn] }),
      },
      { parent: this, protect: opts?.protect },
    );
    const fromTopics: Statement[] =
      args.topics.length === 0
        ? []
        : [
            {
              Sid: "Topics",
              Effect: "Allow",
              Principal: { Service: "sns.amazonaws.com" },
              Action: "sqs:SendMessage",
              Resource: this.arn,
              Condition: { ArnEquals: { "aws:SourceArn": args.topics } },
            },
          ];
    new aws.sqs.Queue(
      name,
      {
        ...common(args.queueName, fromTopics),
        visibilityTimeoutSeconds: args.visibilityTimeout,
        receiveWaitTimeSeconds: 20,
        redrivePolicy: JSON.stringify({
          deadLetterTargetArn: arn("sqs", args.at, deadLetterName),
          maxReceiveCount: args.maxReceives,
        }),
      },
      { parent: this, protect: opts?.protect, dependsOn: [deadLetters] },
    );
    this.registerOutputs({ arn: this.arn, url: this.url });
  }
}
