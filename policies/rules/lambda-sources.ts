/** How functions are handed what lies in queues and streams. */
import type { Resource } from "../graph";
import type { Rule } from "../rule";

const mappings = ["aws:lambda/eventSourceMapping:EventSourceMapping"];

export const lambdaSources: readonly Rule[] = [
  {
    name: "lambda-stream-failures",
    theme: "resilience-and-backup",
    title: "One record of a stream that cannot be handled does not hold up those behind it",
    why: "Lambda tries it again until it expires, and meanwhile hands out nothing of its shard",
    fix: "set maximumRetryAttempts or maximumRecordAgeInSeconds, and destinationConfig.onFailure",
    severity: "medium",
    level: "advisory",
    controls: [],
    types: mappings,
    check(mapping, report) {
      if (serviceOf(mapping) !== "kinesis" && serviceOf(mapping) !== "dynamodb") return;
      // Both are -1 where nothing is said: without end.
      const limits = ["maximumRetryAttempts", "maximumRecordAgeInSeconds"].map(
        key => mapping.at(key).number() ?? -1,
      );
      if (limits.every(limit => limit < 0)) report.refuse("it tries without end");
      if (!mapping.at("destinationConfig", "onFailure", "destinationArn").isSet)
        report.refuse("destinationConfig.onFailure is not set");
    },
  },
  {
    name: "lambda-partial-batches",
    theme: "resilience-and-backup",
    title: "A function says which messages of a batch it could not handle",
    why: "One bad message else brings back all that came with it, and they are handled twice",
    fix: 'set functionResponseTypes: ["ReportBatchItemFailures"], and have the function answer so',
    severity: "low",
    level: "advisory",
    controls: [],
    types: mappings,
    check(mapping, report) {
      if (!["sqs", "kinesis", "dynamodb"].includes(serviceOf(mapping))) return;
      // Lambda takes 100 records of a stream and 10 messages of a queue at a time.
      if (mapping.at("batchSize").is(1)) return;
      if (
        !mapping
          .at("functionResponseTypes")
          .list()
          .some(one => one.is("ReportBatchItemFailures"))
      )
        report.refuse("functionResponseTypes has no ReportBatchItemFailures");
    },
  },
];

/** Of `arn:aws:sqs:...` it is `sqs`; what a mapping of Kafka's own brokers reads from has no ARN. */
const serviceOf = (mapping: Resource): string => mapping.at("eventSourceArn").text()?.split(":")[2] ?? "";
