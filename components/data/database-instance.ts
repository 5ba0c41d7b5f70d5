import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { instanceAlarms } from "./database-alarms";
import {
  databaseUser,
  engines,
  type InstanceEngine,
  masterUser,
  parameterFamily,
  parametersOf,
  readOnlyUser,
} from "./database-engines";
import { connectionsOf, memoryOf, requireDatabaseName, requireWhole } from "./database-limits";
import {
  certificateAuthority,
  type DatabaseArgs,
  databaseAlarms,
  databaseLogs,
  databaseNetwork,
  insightsDays,
  monitoringInterval,
  monitoringRole,
  publishHosts,
  requireBackups,
} from "./database-parts";
import { DatabaseProxy } from "./database-proxy";

export interface DatabaseInstanceArgs extends DatabaseArgs {
  readonly instanceName: string;
  readonly engine: InstanceEngine;
  /** For example `db.m8g.large`. */
  readonly instanceClass: string;
  /** GiB, of gp3: at first, 20 to 65,536, and what it may grow to by itself, at least a tenth more. */
  readonly storage: { readonly gib: number; readonly upTo: number };
}

/** Source: Amazon RDS user guide, "General Purpose SSD storage". */
export const storageGib = { min: 20, max: 65_536 };

/**
 * A database on one machine, of PostgreSQL, MySQL or MariaDB, with a standby in another zone where `multiZone`; kept
 * as AuroraCluster keeps its own: encrypted, over TLS only, with IAM tokens in the place of passwords (see
 * databaseAccess, also for how to make the users). There is no reader: READER_HOST is the same host.
 *
 * Where deletion is protected a last snapshot, `<instanceName>-final`, is taken before; if one of that name is left from
 * before, delete or copy it first.
 *
 * Refused, with an error: names, versions, classes, sizes, days and windows that AWS does not take; `advanced` insights
 * where the class is too small for any; MariaDB behind a proxy.
 * Sources: Amazon RDS user guide; FSBP controls RDS.2, RDS.3, RDS.5, RDS.6, RDS.8, RDS.9, RDS.10, RDS.11, RDS.13,
 * RDS.17, RDS.25.
 */
export class DatabaseInstance extends pulumi.ComponentResource {
  readonly instanceName: string;
  readonly port: number;
  /** What callers must be let into: the proxy's where there is one, else the database's. */
  readonly securityGroupId: pulumi.Output<string>;
  readonly host: pulumi.Output<string>;
  readonly readerHost: pulumi.Output<string>;

  constructor(name: string, args: DatabaseInstanceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:data:DatabaseInstance", name, {}, opts);
    const { at, instanceName, engine, engineVersion, instanceClass, keyArn, deletionProtection } = args;
    const { port, logs: exported } = engines[engine];
    requireDatabaseName("instanceName", instanceName, engine);
    const family = parameterFamily(engine, engineVersion);
    const windows = requireBackups(args);
    const memory = memoryOf(instanceClass);
    requireStorage(args.storage);
    const here = { parent: this };

    const { subnetGroup, securityGroup } = databaseNetwork(this, name, instanceName, args);
    const groups = exported.map(log => `/aws/rds/instance/${instanceName}/${log}`);
    const logs = databaseLogs(this, `${name}-log`, groups, at, args.logs);
    const monitoring = monitoringRole(this, name, instanceName, at);
    const parameters = new aws.rds.ParameterGroup(
      name,
      {
        // A group is of one family for good, so that another major version needs another name.
        name: `${instanceName}-${family.replaceAll(".", "-")}`,
        description: `What ${instanceName} sets otherwise than AWS does`,
        family,
        parameters: parametersOf(engine, args.audit === true),
      },
      here,
    );

    const instance = new aws.rds.Instance(
      name,
      {
        identifier: instanceName,
        engine,
        engineVersion,
        allowMajorVersionUpgrade: args.allowMajorUpgrade ?? false,
        autoMinorVersionUpgrade: true,
        instanceClass,
        dbName: databaseUser(instanceName),
        port,
        storageType: "gp3",
        allocatedStorage: args.storage.gib,
        maxAllocatedStorage: args.storage.upTo,
        storageEncrypted: true,
        kmsKeyId: keyArn,
        iamDatabaseAuthenticationEnabled: true,
        username: masterUser,
        manageMasterUserPassword: true,
        masterUserSecretKmsKeyId: keyArn,
        multiAz: args.multiZone,
        publiclyAccessible: false,
        caCertIdentifier: certificateAuthority,
        dbSubnetGroupName: subnetGroup.name,
        vpcSecurityGroupIds: [securityGroup.id],
        parameterGroupName: parameters.name,
        backupRetentionPeriod: args.backupDays,
        backupWindow: windows.backup,
        maintenanceWindow: windows.maintenance,
        copyTagsToSnapshot: true,
        deletionProtection,
        deleteAutomatedBackups: !deletionProtection,
        skipFinalSnapshot: !deletionProtection,
        ...(deletionProtection ? { finalSnapshotIdentifier: `${instanceName}-final` } : {}),
        enabledCloudwatchLogsExports: [...exported],
        ...insightsOf(args),
        monitoringInterval,
        monitoringRoleArn: monitoring.arn,
        applyImmediately: !deletionProtection,
      },
      {
        ...here,
        protect: opts?.protect,
        retainOnDelete: deletionProtection,
        dependsOn: [...logs, monitoring.ready],
      },
    );

    const proxy =
      args.proxy === true
        ? new DatabaseProxy(
            `${name}-proxy`,
            {
              ...args,
              proxyName: instanceName,
              users: [databaseUser(instanceName), readOnlyUser(instanceName)],
              target: { instanceName: instance.identifier },
              databaseSecurityGroupId: securityGroup.id,
            },
            here,
          )
        : undefined;

    const size = { memory, storage: args.storage.gib, connections: connectionsOf(engine, memory) };
    databaseAlarms(this, name, instanceAlarms(instanceName, engine, size), args.alarmTopics);
    this.instanceName = instanceName;
    this.port = port;
    this.securityGroupId = proxy?.securityGroupId ?? securityGroup.id;
    this.host = proxy?.host ?? instance.address;
    this.readerHost = proxy?.readerHost ?? this.host;
    publishHosts(this, name, instanceName, { host: this.host, reader: this.readerHost });
    this.registerOutputs({ host: this.host });
  }
}

function requireStorage({ gib, upTo }: DatabaseInstanceArgs["storage"]): void {
  requireWhole("storage.gib", gib, storageGib);
  requireWhole("storage.upTo", upTo, storageGib);
  // Source: Amazon RDS user guide, "Managing capacity automatically with Amazon RDS storage autoscaling".
  const least = Math.ceil((gib * 11) / 10);
  if (upTo < least)
    throw new Error(`storage.upTo is ${upTo}; it must be a tenth more than storage.gib at least: ${least}`);
}

/**
 * Source: Amazon RDS user guide, "Amazon RDS DB engine, Region, and instance class support for Database Insights":
 * MySQL and MariaDB have none on the smallest classes.
 */
function insightsOf({ engine, instanceClass, insights = "standard", keyArn }: DatabaseInstanceArgs) {
  const tooSmall = engine !== "postgres" && /^db\.t\w+\.(micro|small)$/.test(instanceClass);
  if (tooSmall && insights === "advanced")
    throw new Error(`insights is advanced; ${instanceClass} of ${engine} has none: db.t4g.medium or larger`);
  if (tooSmall) return { performanceInsightsEnabled: false };
  return {
    databaseInsightsMode: insights,
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId: keyArn,
    performanceInsightsRetentionPeriod: insightsDays(insights),
  };
}
