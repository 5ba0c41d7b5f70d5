import type { Access, Offer } from "../identity/access";
import { arn } from "../location";

const actions = {
  publish: ["PutRecord", "PutRecords"],
  consume: ["GetRecords", "GetShardIterator", "ListShards", "DescribeStreamSummary"],
};

/**
 * `publish`: put records. `consume`: read them, each consumer from where it is; who uses the Kinesis Client Library
 * also uses a table for its leases, which it does not get from here.
 *
 * There is no access to enhanced fan-out: the ARN of a consumer ends in the second of its registration, and each
 * consumer is paid for by the hour.
 * Sources: Kinesis Data Streams developer guide, "Controlling access to Amazon Kinesis Data Streams resources using
 * IAM", "Permissions to use user-generated KMS keys".
 */
export const streamAccess: Offer<"publish" | "consume"> = (at, streamName, access): Access => ({
  statements: [
    {
      Effect: "Allow",
      Action: actions[access].map(action => `kinesis:${action}`),
      Resource: [arn("kinesis", at, `stream/${streamName}`)],
    },
  ],
  keyThrough: ["kinesis"],
  settings: { STREAM: streamName },
});
