import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Location } from "../location";
import { accessLogBucketName, accessLogPrefixes } from "./access-log-bucket";
import { kmsOnly, requireOrganization } from "./bucket-statements";
import { requireWhole } from "./lifecycle";
import { loadBalancerQueries } from "./load-balancer-questions";
import { accessLines, connectionLines, linesTable } from "./load-balancer-tables";
import { LogBucket } from "./log-bucket";

export interface LoadBalancerQueriesArgs {
  /** Of the account's and region's `AccessLogBucket`, which is asked. */
  readonly at: Location;
  /** `o-` and 10 to 32 letters or digits. */
  readonly organizationId: string;
  /** Encrypts the results: a key of the account, which those who ask may use through S3. */
  readonly keyArn: pulumi.Input<string>;
  /** `yyyy/MM/dd`: the first day that is looked for; default: 2025/01/01. */
  readonly firstDay?: string;
  /** GiB after which a query is stopped; default: 20, which costs about ten cents. At least 1. */
  readonly scanLimitGib?: number;
}

/**
 * What is needed to ask who called the Application Load Balancers of an account and region: a workgroup of Athena with a
 * limit to what a query reads, a table of requests and one of connections, which find their days by themselves, and
 * saved queries. Results are encrypted and gone after 30 days: they hold addresses and paths of callers, as logs do.
 *
 * Refused with an error: an organization and a day in another form, and a limit that is not whole.
 *
 * Sources: FSBP Athena.4; Athena user guide, "Query Application Load Balancer logs", "Use partition projection with
 * Amazon Athena", "Workgroup settings override client-side settings", "Configure per-query data usage controls".
 */
export class LoadBalancerQueries extends pulumi.ComponentResource {
  readonly workgroupName = "landing-zone-load-balancers";
  readonly databaseName = "landing_zone_load_balancers";
  readonly tableNames = { access: "requests", connections: "connections" } as const;
  readonly resultsBucketName: string;

  constructor(name: string, args: LoadBalancerQueriesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:logs:LoadBalancerQueries", name, {}, opts);
    const { at, organizationId, keyArn, firstDay = "2025/01/01", scanLimitGib = 20 } = args;
    requireOrganization(organizationId);
    requireWhole({ scanLimitGib });
    if (!/^\d{4}\/(0[1-9]|1[0-2])\/(0[1-9]|[12]\d|3[01])$/.test(firstDay))
      throw new Error(`firstDay is ${firstDay}; it must be written yyyy/MM/dd, like 2025/01/01`);
    const here = { parent: this };
    this.resultsBucketName = `landing-zone-load-balancer-queries-${at.accountId}-${at.region}`;

    const results = new LogBucket(
      name,
      {
        bucketName: this.resultsBucketName,
        organizationId,
        encryption: { keyArn },
        statements: [kmsOnly(`arn:aws:s3:::${this.resultsBucketName}`)],
        // What has expired was copied from logs, which can be asked again.
        lifecycle: { expireAfterDays: 30, keepReplacedDays: 1 },
      },
      { ...here, protect: true },
    );
    const workgroup = new aws.athena.Workgroup(
      name,
      {
        name: this.workgroupName,
        description: "Questions to the logs of load balancers",
        configuration: {
          enforceWorkgroupConfiguration: true,
          publishCloudwatchMetricsEnabled: true,
          bytesScannedCutoffPerQuery: scanLimitGib * 2 ** 30,
          resultConfiguration: {
            outputLocation: `s3://${this.resultsBucketName}/`,
            expectedBucketOwner: at.accountId,
            encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKeyArn: keyArn },
          },
        },
      },
      // The name is known before the bucket is there.
      { ...here, dependsOn: [results] },
    );
    const database = new aws.glue.CatalogDatabase(
      name,
      { name: this.databaseName, description: "Logs of the account's load balancers" },
      here,
    );
    const folder = (prefix: string) =>
      `s3://${accessLogBucketName(at)}/${prefix}/AWSLogs/${at.accountId}/elasticloadbalancing/${at.region}/`;
    for (const [kind, lines, description] of [
      ["access", accessLines, "Requests to Application Load Balancers"],
      ["connections", connectionLines, "Connections to Application Load Balancers"],
    ] as const)
      new aws.glue.CatalogTable(
        `${name}-${kind}`,
        {
          name: this.tableNames[kind],
          databaseName: database.name,
          description,
          ...linesTable(lines, folder(accessLogPrefixes[kind]), firstDay),
        },
        here,
      );
    for (const { id, description, query } of loadBalancerQueries(this.databaseName, this.tableNames))
      new aws.athena.NamedQuery(
        `${name}-${id}`,
        { name: id, description, query, database: database.name, workgroup: workgroup.name },
        here,
      );
    this.registerOutputs({
      workgroupName: this.workgroupName,
      databaseName: this.databaseName,
      resultsBucketName: this.resultsBucketName,
    });
  }
}
