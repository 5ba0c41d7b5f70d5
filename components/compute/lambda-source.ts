import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { isFifo } from "../data/queue-access";
import { arn, type Location } from "../location";
import type { Source } from "./lambda-statements";

export interface LambdaSourceArgs {
  readonly at: Location;
  readonly functionArn: pulumi.Input<string>;
  readonly from: Source;
  /** How many run at once at most. */
  readonly concurrency?: number;
  /** Where Lambda notes which records of a stream it gave up. */
  readonly missedRunsQueueName: string;
  readonly after?: readonly pulumi.Resource[];
}

/** Messages or records that a function gets at a time. */
const batch = { queue: 10, stream: 100 } as const;

/**
 * Hands a function the messages of a queue or the records of a stream, in batches; the function answers which of them it
 * could not handle, and only these come again. What a queue's messages become then is the queue's business. Of a stream, a
 * batch that fails is halved until what fails is found, ten times at most and for a day, and then noted in the queue of
 * missed runs, so that one bad record does not hold up all behind it. It begins with the oldest record.
 *
 * With a limit on how many run at once, no more messages are received than can be handled: what Lambda receives in vain
 * counts as an attempt, and soon lies among the dead letters. Less than two is not possible there.
 *
 * Sources: Lambda developer guide, "Configuring scaling behavior for SQS event source mappings", "Handling errors for an
 * SQS event source in Lambda", "Configuring partial batch response with Kinesis Data Streams and Lambda", "Retain discarded
 * batch records for a Kinesis Data Streams event source in Lambda".
 */
export class LambdaSource extends pulumi.ComponentResource {
  constructor(name: string, args: LambdaSourceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:compute:LambdaSource", name, {}, opts);
    const { at, from, concurrency } = args;
    new aws.lambda.EventSourceMapping(
      name,
      {
        functionName: args.functionArn,
        functionResponseTypes: ["ReportBatchItemFailures"],
        ...("queueName" in from
          ? {
              eventSourceArn: arn("sqs", at, from.queueName),
              batchSize: batch.queue,
              // A queue that keeps order knows no window.
              ...(isFifo(from.queueName) ? {} : { maximumBatchingWindowInSeconds: 1 }),
              ...(concurrency === undefined
                ? {}
                : { scalingConfig: { maximumConcurrency: Math.max(concurrency, 2) } }),
            }
          : {
              eventSourceArn: arn("kinesis", at, `stream/${from.streamName}`),
              startingPosition: "TRIM_HORIZON",
              batchSize: batch.stream,
              maximumBatchingWindowInSeconds: 1,
              bisectBatchOnFunctionError: true,
              maximumRetryAttempts: 10,
              maximumRecordAgeInSeconds: 86_400,
              destinationConfig: {
                onFailure: { destinationArn: arn("sqs", at, args.missedRunsQueueName) },
              },
            }),
      },
      { parent: this, dependsOn: [...(args.after ?? [])] },
    );
    this.registerOutputs({});
  }
}
