/** What clusters and instances have in common, made below the component that asks for it. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { policyDocument, trustService } from "../identity/policy-document";
import { productRole } from "../identity/product-role";
import { arn, type Location } from "../location";
import { emptySecurityGroup } from "../network/empty-security-group";
import { Alarm } from "../observability/alarm";
import { LogGroup } from "../observability/log-group";
import type { AlarmTopics } from "../observability/severity";
import { shortName } from "../short-name";
import { hostParameters } from "./database-access";
import type { DatabaseAlarms } from "./database-alarms";
import { backupDays, requireWhole, requireWindows, usualWindows, type Windows } from "./database-limits";
import type { NetworkKeeping } from "./keeping";
import { toldHosts } from "./told-parameters";

/** What every relational database is told, whatever it runs on. */
export interface DatabaseArgs extends NetworkKeeping {
  /** Major and minor, as in `16.8`; AWS raises the minor by itself in the maintenance window. */
  readonly engineVersion: string;
  /** While `engineVersion` is raised to another major; default false. */
  readonly allowMajorUpgrade?: boolean;
  /** Days that AWS's own backups, restorable to the second, are kept: 1 to 35. */
  readonly backupDays: number;
  /** In UTC; default usualWindows. */
  readonly windows?: Windows;
  /** The key must admit CloudWatch Logs for databaseLogGroups(name). */
  readonly logs: { readonly keyArn: pulumi.Input<string>; readonly retentionDays: number };
  /** `advanced` keeps 15 months and finds causes, for a price by processor; default `standard`, 7 days. */
  readonly insights?: "standard" | "advanced";
  /** Log who connects and who changes structure and rights, where the engine can; default false. */
  readonly audit?: boolean;
  /** Whether applications connect through RDS Proxy, which shares connections out; default false. */
  readonly proxy?: boolean;
}

/** The certificate authority whose 2048 bits every driver takes, good until 2061. */
export const certificateAuthority = "rds-ca-rsa2048-g1";

export const monitoringInterval = 60;

/** Refuses days and windows that AWS does not take. */
export function requireBackups(args: DatabaseArgs): Windows {
  requireWhole("backupDays", args.backupDays, backupDays);
  const windows = args.windows ?? usualWindows;
  requireWindows(windows);
  return windows;
}

/**
 * Source: Amazon RDS API reference, "CreateDBCluster": the Advanced mode of Database Insights takes 465 days exactly.
 */
export const insightsDays = (mode: "standard" | "advanced"): number => (mode === "advanced" ? 465 : 7);

export function databaseNetwork(
  parent: pulumi.ComponentResource,
  name: string,
  resourceName: string,
  { vpcId, subnetIds }: Pick<NetworkKeeping, "vpcId" | "subnetIds">,
): { readonly subnetGroup: aws.rds.SubnetGroup; readonly securityGroup: aws.ec2.SecurityGroup } {
  return {
    subnetGroup: new aws.rds.SubnetGroup(
      name,
      { name: resourceName, description: `Where ${resourceName} runs`, subnetIds },
      { parent },
    ),
    securityGroup: emptySecurityGroup(parent, name, vpcId, `The database ${resourceName}`),
  };
}

/** Log groups that are there before RDS writes, which else makes them without a key and for ever. */
export const databaseLogs = (
  parent: pulumi.ComponentResource,
  name: string,
  groups: readonly string[],
  at: Location,
  logs: DatabaseArgs["logs"],
): LogGroup[] =>
  groups.map(
    group => new LogGroup(`${name}-${group.split("/").at(-1)}`, { name: group, at, ...logs }, { parent }),
  );

/**
 * The role that RDS writes the figures of the operating system with. They go to the account's one group RDSOSMetrics,
 * which RDS makes; the product's boundary must allow that too.
 * Sources: Amazon RDS user guide, "Setting up and enabling Enhanced Monitoring"; AWS managed policy reference,
 * "AmazonRDSEnhancedMonitoringRole".
 */
export function monitoringRole(
  parent: pulumi.ComponentResource,
  name: string,
  resourceName: string,
  at: Location,
): { readonly arn: pulumi.Output<string>; readonly ready: pulumi.Resource } {
  const role = new aws.iam.Role(
    `${name}-monitoring`,
    {
      name: shortName(`${resourceName}-monitoring`, 64),
      description: `RDS writes figures of ${resourceName} with this role`,
      assumeRolePolicy: trustService("monitoring.rds.amazonaws.com", at.accountId),
      ...productRole(at.accountId),
    },
    { parent },
  );
  const group = arn("logs", at, "log-group:RDSOSMetrics");
  const ready = new aws.iam.RolePolicy(
    `${name}-monitoring`,
    {
      role: role.name,
      policy: policyDocument([
        {
          Effect: "Allow",
          Action: ["logs:CreateLogGroup", "logs:PutRetentionPolicy"],
          Resource: [group, `${group}:*`],
        },
        {
          Effect: "Allow",
          Action: [
            "logs:CreateLogStream",
            "logs:PutLogEvents",
            "logs:DescribeLogStreams",
            "logs:GetLogEvents",
          ],
          Resource: `${group}:log-stream:*`,
        },
      ]),
    },
    { parent },
  );
  return { arn: role.arn, ready };
}

/** Keeps where the database is reached, for containers to be told when they start. */
export function publishHosts(
  parent: pulumi.ComponentResource,
  name: string,
  resourceName: string,
  hosts: { readonly host: pulumi.Input<string>; readonly reader: pulumi.Input<string> },
): void {
  const { HOST, READER_HOST } = hostParameters(resourceName);
  toldHosts(parent, name, resourceName, {
    host: [HOST, hosts.host],
    "reader-host": [READER_HOST, hosts.reader],
  });
}

export function databaseAlarms(
  parent: pulumi.ComponentResource,
  name: string,
  alarms: DatabaseAlarms,
  topics: AlarmTopics,
): void {
  for (const [what, alarm] of Object.entries(alarms))
    new Alarm(`${name}-${what}`, { ...alarm, topics }, { parent });
}
