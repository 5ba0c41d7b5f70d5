import { type Cases, unknown } from "./example";

const from = (service: string, props: object) => ({
  props: { eventSourceArn: `arn:aws:${service}:eu-central-1:111122223333:orders`, ...props },
});
const destinationConfig = { onFailure: { destinationArn: unknown } };
const functionResponseTypes = ["ReportBatchItemFailures"];

export default [
  {
    rule: "lambda-stream-failures",
    accepts: [
      from("kinesis", { maximumRetryAttempts: 10, destinationConfig }),
      from("dynamodb", { maximumRecordAgeInSeconds: 86_400, destinationConfig }),
      from("kinesis", { maximumRetryAttempts: 0, destinationConfig }),
      from("sqs", {}),
      { props: { selfManagedEventSource: { endpoints: {} } } },
    ],
    refuses: [
      from("kinesis", {}),
      from("kinesis", { maximumRetryAttempts: 10 }),
      from("kinesis", { destinationConfig }),
      from("dynamodb", { maximumRetryAttempts: -1, maximumRecordAgeInSeconds: -1, destinationConfig }),
    ],
    unknown: [
      { props: { eventSourceArn: unknown } },
      from("kinesis", { maximumRetryAttempts: unknown, destinationConfig }),
    ],
  },
  {
    rule: "lambda-partial-batches",
    accepts: [from("sqs", { functionResponseTypes }), from("kafka", {}), from("sqs", { batchSize: 1 })],
    refuses: [
      from("sqs", {}),
      from("kinesis", { functionResponseTypes: [] }),
      from("dynamodb", { batchSize: 10 }),
    ],
    unknown: [{ props: { eventSourceArn: unknown } }, from("sqs", { functionResponseTypes: unknown })],
  },
] satisfies Cases[];
