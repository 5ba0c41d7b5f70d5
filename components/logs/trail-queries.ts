import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Location } from "../location";
import { kmsOnly, requireAccounts, requireOrganization } from "./bucket-statements";
import { requireWhole } from "./lifecycle";
import { LogBucket } from "./log-bucket";
import { savedQueries } from "./saved-queries";
import { partitionKeys, projection, storageDescriptor } from "./trail-table";

export interface TrailQueriesArgs {
  /**
   * The audit account, if the archive's `readerAccountIds` name it, or the archive's own; in the archive's
   * region.
   */
  readonly at: Location;
  readonly organizationId: string;
  /** The archive's bucket for trails. */
  readonly trailBucketName: string;
  /** Encrypts the results: a key of the account that asks, which its roles may use through S3. */
  readonly keyArn: pulumi.Input<string>;
  /**
   * Numbers of the accounts that logs are asked about; or `injected`, and every query has to name its
   * account.
   */
  readonly accounts: readonly string[] | "injected";
  /** Regions that are used. us-east-1 is added: IAM and other services without a region log there. */
  readonly regions: readonly string[];
  /** `yyyy/MM/dd`: the first day that is looked for; default: 2020/01/01. */
  readonly firstDay?: string;
  /** The name of the role for emergencies, without its path. */
  readonly breakGlassRole: string;
  /** GiB after which a query is stopped; default: 100, which costs about half a dollar. At least 1. */
  readonly scanLimitGib?: number;
}

/**
 * What is needed to ask the organization's trail: a workgroup of Athena with a limit to what a query reads, a
 * table over the archive that finds its partitions by itself, and saved queries. Results are encrypted and
 * gone after 30 days.
 *
 * Refused: numbers that are none of an account, a day in another form, a name that is none of a role, no
 * account or region, and a limit that is not whole.
 *
 * Sources: FSBP Athena.4 (metrics and logs of a workgroup); Athena user guide, "Workgroup settings override
 * client-side settings", "Configure per-query data usage controls" and "Query AWS CloudTrail logs".
 */
export class TrailQueries extends pulumi.ComponentResource {
  readonly workgroupName = "landing-zone-trail";
  readonly databaseName = "landing_zone";
  readonly tableName = "cloudtrail";
  readonly resultsBucketName: string;

  constructor(name: string, args: TrailQueriesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:logs:TrailQueries", name, {}, opts);
    const { at, organizationId, accounts, firstDay = "2020/01/01", scanLimitGib = 100 } = args;
    requireScope(args, firstDay);
    requireWhole({ scanLimitGib });
    const regions = [...new Set([...args.regions, "us-east-1"])];
    const here = { parent: this };
    this.resultsBucketName = `landing-zone-athena-${at.accountId}-${at.region}`;

    const results = new LogBucket(
      name,
      {
        bucketName: this.resultsBucketName,
        organizationId,
        encryption: { keyArn: args.keyArn },
        statements: [kmsOnly(`arn:aws:s3:::${this.resultsBucketName}`)],
        // What has expired was copied from the archive, so that nobody has to get it back.
        lifecycle: { expireAfterDays: 30, keepReplacedDays: 1 },
      },
      { ...here, protect: true },
    );
    const workgroup = new aws.athena.Workgroup(
      name,
      {
        name: this.workgroupName,
        description: "Questions to the trail of the organization",
        configuration: {
          enforceWorkgroupConfiguration: true,
          publishCloudwatchMetricsEnabled: true,
          bytesScannedCutoffPerQuery: scanLimitGib * 2 ** 30,
          resultConfiguration: {
            outputLocation: `s3://${this.resultsBucketName}/`,
            expectedBucketOwner: at.accountId,
            encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKeyArn: args.keyArn },
          },
        },
      },
      // The name is known before the bucket is there.
      { ...here, dependsOn: [results] },
    );
    const database = new aws.glue.CatalogDatabase(
      name,
      { name: this.databaseName, description: "Logs of the organization" },
      here,
    );
    const place = { bucketName: args.trailBucketName, organizationId };
    new aws.glue.CatalogTable(
      name,
      {
        name: this.tableName,
        databaseName: database.name,
        description: "CloudTrail of all accounts and regions",
        tableType: "EXTERNAL_TABLE",
        parameters: projection(place, { accounts, regions, firstDay }),
        partitionKeys,
        storageDescriptor: storageDescriptor(place),
      },
      here,
    );
    const scope = { database: this.databaseName, table: this.tableName, ...args, regions };
    for (const { id, description, query } of savedQueries(scope))
      new aws.athena.NamedQuery(
        `${name}-${id}`,
        { name: id, description, query, database: database.name, workgroup: workgroup.name },
        here,
      );

    this.registerOutputs({
      workgroupName: this.workgroupName,
      databaseName: this.databaseName,
      tableName: this.tableName,
      resultsBucketName: this.resultsBucketName,
    });
  }
}

/** What ends up in SQL and in the table's properties, where a quote or a comma would mean something else. */
function requireScope(args: TrailQueriesArgs, firstDay: string): void {
  requireOrganization(args.organizationId);
  if (args.accounts !== "injected") {
    requireAccounts("accounts", args.accounts);
    if (args.accounts.length === 0)
      throw new Error("accounts is empty; it must name one account or more, or be injected");
  }
  if (args.regions.length === 0) throw new Error("regions is empty; it must name one region or more");
  for (const region of args.regions)
    if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region))
      throw new Error(`regions holds ${region}; a region is called like eu-central-1`);
  if (!/^\d{4}\/(0[1-9]|1[0-2])\/(0[1-9]|[12]\d|3[01])$/.test(firstDay))
    throw new Error(`firstDay is ${firstDay}; it must be written yyyy/MM/dd, like 2020/01/01`);
  if (!/^[\w+=,.@-]{1,64}$/.test(args.breakGlassRole))
    throw new Error(
      `breakGlassRole is ${args.breakGlassRole}; it must be the name of a role, without path, of at most 64 letters`,
    );
}
