import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arn } from "../location";
import { Alarm } from "../observability/alarm";
import type { Keeping } from "./keeping";

export interface StreamArgs extends Keeping {
  /** 1 to 128 letters, digits, hyphens, underscores or dots. */
  readonly streamName: string;
  /** How many shards, each for 1 MB or 1,000 records a second in and 2 MB out; absent: as many as AWS finds needed. */
  readonly shards?: number;
  /** Hours that a record is kept, 24 to 8,760; default 168. */
  readonly retentionHours?: number;
}

/** What tells a hot shard from a busy stream. Source: Kinesis Data Streams developer guide, "Enhanced shard-level metrics". */
const shardLevelMetrics = [
  "IncomingBytes",
  "IncomingRecords",
  "IteratorAgeMilliseconds",
  "ReadProvisionedThroughputExceeded",
  "WriteProvisionedThroughputExceeded",
];

/** Shards of a stream that most regions give an account without asking. */
const mostShards = 200;

/**
 * A Kinesis data stream, encrypted with the product's key, over three zones by itself. It goes wrong in silence: who
 * puts too much is refused record by record, and who reads too slowly loses what gets too old. The alarms tell.
 *
 * AWS has no protection against the deletion of a stream; with `deletionProtection` Pulumi leaves it behind when it
 * forgets it.
 *
 * Refused: a name that Kinesis refuses; shards that are no whole number from 1 to 200; hours that are no whole number
 * from 24 to 8,760.
 * Sources: FSBP controls Kinesis.1, Kinesis.3 (168 hours); Kinesis Data Streams developer guide, "Choose the right mode
 * in Kinesis Data Streams", "Monitor the Amazon Kinesis Data Streams service with Amazon CloudWatch"; API reference,
 * "IncreaseStreamRetentionPeriod".
 */
export class Stream extends pulumi.ComponentResource {
  readonly streamName: string;
  readonly arn: string;

  constructor(name: string, args: StreamArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:data:Stream", name, {}, opts);
    requireSound(args);
    const { streamName, shards, retentionHours = 168 } = args;
    const here = { parent: this };
    this.streamName = streamName;
    this.arn = arn("kinesis", args.at, `stream/${streamName}`);
    new aws.kinesis.Stream(
      name,
      {
        name: streamName,
        ...(shards === undefined
          ? { streamModeDetails: { streamMode: "ON_DEMAND" } }
          : { streamModeDetails: { streamMode: "PROVISIONED" }, shardCount: shards }),
        retentionPeriod: retentionHours,
        encryptionType: "KMS",
        kmsKeyId: args.keyArn,
        shardLevelMetrics,
        enforceConsumerDeletion: false,
      },
      { ...here, retainOnDelete: args.deletionProtection },
    );

    const watched = {
      namespace: "AWS/Kinesis",
      dimensions: { StreamName: streamName },
      period: 300,
      topics: args.alarmTopics,
    };
    // Clients try again by themselves; what lasts a quarter of an hour does not go away.
    const lasting = { ...watched, statistic: "Sum", above: 0, periods: 3 } as const;
    new Alarm(
      `${name}-writes-refused`,
      {
        ...lasting,
        severity: "critical",
        metricName: "WriteProvisionedThroughputExceeded",
        description: `Records put on ${streamName} have been refused for 15 minutes: find by the metrics of its shards whether one partition key is hot, else give it more shards`,
      },
      here,
    );
    new Alarm(
      `${name}-reads-refused`,
      {
        ...lasting,
        severity: "warning",
        metricName: "ReadProvisionedThroughputExceeded",
        description: `Reads of ${streamName} have been refused for 15 minutes: too many consumers share its shards, or one asks too often`,
      },
      here,
    );
    new Alarm(
      `${name}-falls-behind`,
      {
        ...watched,
        statistic: "Maximum",
        severity: "critical",
        metricName: "GetRecords.IteratorAgeMilliseconds",
        // Half of the time that is left. Source: the developer guide's page on monitoring, IteratorAgeMilliseconds.
        above: (retentionHours * 3_600_000) / 2,
        description: `A consumer of ${streamName} is ${retentionHours / 2} hours behind, and records are gone after ${retentionHours}: see that it runs and keeps up, or lengthen retentionHours`,
      },
      here,
    );
    this.registerOutputs({ arn: this.arn });
  }
}

function requireSound({ streamName, shards, retentionHours = 168 }: StreamArgs): void {
  if (!/^[\w.-]{1,128}$/.test(streamName))
    throw new Error(
      `streamName is ${streamName}; it must be 1 to 128 letters, digits, hyphens, underscores or dots`,
    );
  if (shards !== undefined && (!Number.isInteger(shards) || shards < 1 || shards > mostShards))
    throw new Error(`shards is ${shards}; it must be a whole number from 1 to ${mostShards}, or absent`);
  if (!Number.isInteger(retentionHours) || retentionHours < 24 || retentionHours > 8_760)
    throw new Error(`retentionHours is ${retentionHours}; it must be a whole number from 24 to 8,760`);
}
