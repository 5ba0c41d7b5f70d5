import type { Access, Offer } from "../identity/access";
import { arn, type Location } from "../location";

/** What an index can be asked for, too. */
const finding = ["Query", "Scan"];
const reading = ["GetItem", "BatchGetItem", "ConditionCheckItem", "DescribeTable", ...finding];
const writing = ["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"];
const consuming = ["DescribeStream", "GetRecords", "GetShardIterator"];

const allow = (actions: readonly string[], resource: string) => ({
  Effect: "Allow" as const,
  Action: actions.map(action => `dynamodb:${action}`),
  Resource: [resource],
});

/** Where a table's stream is written down: its ARN ends in the time of its making. */
export const streamParameter = (tableName: string): string => `/${tableName}/stream`;

/**
 * `read` and `readWrite`: the table's items and its indexes, transactions included, PartiQL not. `consume`: what the
 * table's stream tells, if it has one.
 *
 * Sources: Service authorization reference, "Actions, resources, and condition keys for Amazon DynamoDB"; DynamoDB
 * developer guide, "Using IAM with DynamoDB transactions".
 */
export const tableAccess: Offer<"read" | "readWrite" | "consume"> = (at, tableName, access): Access => {
  const table = arn("dynamodb", at, `table/${tableName}`);
  return access === "consume"
    ? stream(at, tableName)
    : {
        statements: [
          allow(access === "read" ? reading : [...reading, ...writing], table),
          allow(finding, `${table}/index/*`),
        ],
        keyThrough: ["dynamodb"],
        settings: { TABLE: tableName },
      };
};

const stream = (at: Location, tableName: string): Access => ({
  // A table has one stream at a time, whose name is the second in which it was switched on.
  statements: [allow(consuming, arn("dynamodb", at, `table/${tableName}/stream/*`))],
  keyThrough: ["dynamodb"],
  settings: { TABLE: tableName },
  parameters: { STREAM_ARN: streamParameter(tableName) },
});
