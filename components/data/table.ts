import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arn } from "../location";
import { Alarm } from "../observability/alarm";
import type { Keeping } from "./keeping";
import { streamParameter } from "./table-access";
import { attributesOf, type KeyAttribute, type Keys, nameOf, requireSound } from "./table-limits";
import { type Capacity, scaleTable } from "./table-scaling";
import { toldParameters } from "./told-parameters";

export interface TableIndex extends Keys {
  /** Attributes beside the keys that it holds; absent: all of them. */
  readonly holds?: readonly string[];
}

export interface TableReplica {
  readonly region: string;
  /** A customer managed key of that region. */
  readonly keyArn: pulumi.Input<string>;
}

export interface TableArgs extends Keeping {
  /** 3 to 255 letters, digits, dots, hyphens or underscores. */
  readonly tableName: string;
  readonly partitionKey: KeyAttribute;
  readonly sortKey?: KeyAttribute;
  /** Global secondary indexes, by name: other keys to find items by. At most 20. */
  readonly indexes?: Readonly<Record<string, TableIndex>>;
  /** The number attribute that holds an item's expiry, in seconds since 1970. */
  readonly expiresAt?: string;
  /** Provisioned, between bounds, for the table and each of its indexes; absent: paid by request. */
  readonly capacity?: Capacity;
  /** Tell consumers of each change of an item, with what it was and is. Default false. */
  readonly stream?: boolean;
  /** Days back to which it can be restored to any second, 1 to 35; default 35. */
  readonly recoveryDays?: number;
  /** Other regions that have a copy that can be read and written too. */
  readonly replicas?: readonly TableReplica[];
  /** Count which keys were refused, to find the hot ones. Default false. */
  readonly contributorInsights?: boolean;
}

/**
 * A DynamoDB table, encrypted with a key of the company's own, over three zones by itself, and restorable to any second
 * of the last 35 days. Paid by request unless it is given a capacity.
 *
 * The alarms tell of requests that have been refused for a quarter of an hour, of the table and each index, and of a
 * replica that falls behind. Errors of the service itself are tried again by every SDK and mended by AWS, and
 * UserErrors are counted for the whole account, so nobody is woken by them.
 *
 * With `stream`, its ARN, which ends in the time of its making, is written to the parameter `/<tableName>/stream`.
 *
 * Refused: names, days and units that DynamoDB refuses; an attribute of two types; an expiry that is a key and no
 * number; replicas of a table with a capacity, or in one region twice.
 *
 * Sources: FSBP controls DynamoDB.1, DynamoDB.2, DynamoDB.6; DynamoDB developer guide, "DynamoDB Metrics and
 * dimensions", "Change data capture for DynamoDB Streams", "Global tables".
 */
export class Table extends pulumi.ComponentResource {
  readonly tableName: string;
  readonly arn: string;

  constructor(name: string, args: TableArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:data:Table", name, {}, opts);
    requireSound(args);
    const { tableName, keyArn, deletionProtection, capacity, indexes = {}, replicas = [] } = args;
    const here = { parent: this };
    this.tableName = tableName;
    this.arn = arn("dynamodb", args.at, `table/${tableName}`);
    // Replicas hear of changes by the stream.
    const streams = args.stream === true || replicas.length > 0;
    const units =
      capacity === undefined ? {} : { readCapacity: capacity.read.min, writeCapacity: capacity.write.min };

    const table = new aws.dynamodb.Table(
      name,
      {
        name: tableName,
        billingMode: capacity === undefined ? "PAY_PER_REQUEST" : "PROVISIONED",
        ...units,
        hashKey: nameOf(args.partitionKey),
        ...(args.sortKey === undefined ? {} : { rangeKey: nameOf(args.sortKey) }),
        attributes: attributesOf(args),
        ...(Object.keys(indexes).length === 0
          ? {}
          : {
              globalSecondaryIndexes: Object.entries(indexes).map(([indexName, index]) => ({
                ...indexOf(indexName, index),
                ...units,
              })),
            }),
        ...(args.expiresAt === undefined ? {} : { ttl: { enabled: true, attributeName: args.expiresAt } }),
        ...(streams ? { streamEnabled: true, streamViewType: "NEW_AND_OLD_IMAGES" } : {}),
        serverSideEncryption: { enabled: true, kmsKeyArn: keyArn },
        pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: args.recoveryDays ?? 35 },
        deletionProtectionEnabled: deletionProtection,
        ...(replicas.length === 0
          ? {}
          : {
              replicas: replicas.map(({ region, keyArn: kmsKeyArn }) => ({
                regionName: region,
                kmsKeyArn,
                pointInTimeRecovery: true,
                propagateTags: true,
                deletionProtectionEnabled: deletionProtection,
              })),
            }),
      },
      {
        ...here,
        protect: opts?.protect,
        retainOnDelete: deletionProtection,
        // What scaling has provisioned since is not to be undone.
        ...(capacity === undefined ? {} : { ignoreChanges: scaledProperties }),
      },
    );
    if (capacity !== undefined) scaleTable(name, { table, indexes: Object.keys(indexes), capacity }, here);
    if (args.stream === true)
      toldParameters(
        this,
        name,
        { stream: [streamParameter(tableName), table.streamArn] },
        `The stream of the table ${tableName}`,
      );
    if (args.contributorInsights === true)
      for (const index of [undefined, ...Object.keys(indexes)])
        new aws.dynamodb.ContributorInsights(
          index === undefined ? name : `${name}-${index}`,
          {
            tableName: table.name,
            ...(index === undefined ? {} : { indexName: index }),
            // The costlier kind counts every access, too.
            mode: "THROTTLED_KEYS",
          },
          here,
        );
    this.watch(name, args);
    this.registerOutputs({ arn: this.arn });
  }

  private watch(name: string, { tableName, indexes = {}, replicas = [], alarmTopics }: TableArgs): void {
    const watched = { namespace: "AWS/DynamoDB", period: 300, periods: 3, topics: alarmTopics };
    for (const index of [undefined, ...Object.keys(indexes)])
      for (const [what, metricName] of [
        ["reads", "ReadThrottleEvents"],
        ["writes", "WriteThrottleEvents"],
      ] as const)
        new Alarm(
          `${name}${index === undefined ? "" : `-${index}`}-${what}-refused`,
          {
            ...watched,
            metricName,
            statistic: "Sum",
            // SDKs try again by themselves; what lasts a quarter of an hour does not go away.
            above: 0,
            dimensions: {
              TableName: tableName,
              ...(index === undefined ? {} : { GlobalSecondaryIndexName: index }),
            },
            severity: "critical",
            description: `The table ${tableName}${index === undefined ? "" : `, by its index ${index},`} has refused ${what} for 15 minutes: find by Contributor Insights whether one key is hot, else give it more capacity`,
          },
          { parent: this },
        );
    for (const { region } of replicas)
      new Alarm(
        `${name}-${region}-behind`,
        {
          ...watched,
          severity: "warning",
          metricName: "ReplicationLatency",
          statistic: "Average",
          // A second or so is usual. Source: DynamoDB developer guide, "Monitoring global tables".
          above: 60_000,
          dimensions: { TableName: tableName, ReceivingRegion: region },
          description: `The replica of ${tableName} in ${region} has been a minute behind for 15 minutes: what is read there is old, so do not turn to it now`,
        },
        { parent: this },
      );
  }
}

const scaledProperties = [
  "readCapacity",
  "writeCapacity",
  "globalSecondaryIndexes[*].readCapacity",
  "globalSecondaryIndexes[*].writeCapacity",
];

const indexOf = (name: string, { partitionKey, sortKey, holds }: TableIndex) => ({
  name,
  hashKey: nameOf(partitionKey),
  ...(sortKey === undefined ? {} : { rangeKey: nameOf(sortKey) }),
  ...(holds === undefined
    ? { projectionType: "ALL" }
    : holds.length === 0
      ? { projectionType: "KEYS_ONLY" }
      : { projectionType: "INCLUDE", nonKeyAttributes: [...holds] }),
});
