import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arn, type Location } from "../location";

export interface TableArgs {
  readonly tableName: string;
  readonly at: Location;
  /** Names of string attributes. */
  readonly partitionKey: string;
  readonly sortKey?: string;
  /** The number attribute that holds an item's expiry, in seconds since 1970. */
  readonly expiresAt?: string;
  readonly keyArn: pulumi.Input<string>;
  readonly deletionProtection: boolean;
}

/**
 * A DynamoDB table, paid by request, encrypted with a key of the company's own and restorable to any second of the
 * last 35 days. Sources: FSBP controls DynamoDB.1, DynamoDB.2, DynamoDB.6.
 */
export class Table extends pulumi.ComponentResource {
  readonly tableName: string;
  readonly arn: string;

  constructor(name: string, args: TableArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:data:Table", name, {}, opts);
    this.tableName = args.tableName;
    this.arn = arn("dynamodb", args.at, `table/${args.tableName}`);
    const keys = [args.partitionKey, ...(args.sortKey === undefined ? [] : [args.sortKey])];
    new aws.dynamodb.Table(
      name,
      {
        name: args.tableName,
        billingMode: "PAY_PER_REQUEST",
        hashKey: args.partitionKey,
        rangeKey: args.sortKey,
        attributes: keys.map(key => ({ name: key, type: "S" })),
        ttl: args.expiresAt === undefined ? undefined : { enabled: true, attributeName: args.expiresAt },
        serverSideEncryption: { enabled: true, kmsKeyArn: args.keyArn },
        pointInTimeRecovery: { enabled: true },
        deletionProtectionEnabled: args.deletionProtection,
      },
      { parent: this, protect: opts?.protect },
    );
    this.registerOutputs({ arn: this.arn });
  }
}
