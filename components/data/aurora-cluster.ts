import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { clusterAlarms } from "./database-alarms";
import {
  type AuroraEngine,
  databaseUser,
  engines,
  masterUser,
  parameterFamily,
  parametersOf,
  readOnlyUser,
} from "./database-engines";
import {
  clusterInstances,
  connectionsOf,
  memoryOf,
  requireDatabaseName,
  requireServerless,
  requireWhole,
  type Serverless,
  serverlessConnections,
} from "./database-limits";
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

export type AuroraCapacity = (
  | { readonly serverless: Serverless }
  /** For example `db.r8g.large`. */
  | { readonly instanceClass: string }
) & {
  /** The writer and its readers where there are several zones, 2 to 16; default 2. One zone has the writer only. */
  readonly instances?: number;
};

export interface AuroraClusterArgs extends DatabaseArgs {
  readonly clusterName: string;
  readonly engine: AuroraEngine;
  readonly capacity: AuroraCapacity;
  /** Zones of the subnets, by name, that instances are put into one after the other; absent: Aurora chooses. */
  readonly zones?: readonly pulumi.Input<string>[];
  /** `iopt1` has no price by read and write, and dearer storage; default `standard`. */
  readonly storage?: "standard" | "iopt1";
}

/**
 * An Aurora database for PostgreSQL's or MySQL's drivers: a cluster and its instances, encrypted, over TLS only, with
 * IAM tokens in the place of passwords (see databaseAccess, also for how to make the users). Its database is called as
 * its user is.
 *
 * Its name makes the names of everything of it. Where deletion is protected a last snapshot, `<clusterName>-final`, is
 * taken before; if one of that name is left from before, delete or copy it first.
 *
 * Raise a major version with `allowMajorUpgrade`, and the minor whenever you like: AWS does so by itself, and a
 * `refresh` then says that the version of the description is behind.
 *
 * Refused, with an error: names, versions, classes, capacities, days and windows that AWS does not take; what may pause
 * in several zones or behind a proxy; fewer than 2 instances.
 * Sources: Amazon Aurora user guide; FSBP controls RDS.2, RDS.4, RDS.6, RDS.7, RDS.12, RDS.15, RDS.16, RDS.24, RDS.27,
 * RDS.34, RDS.35, RDS.37.
 */
export class AuroraCluster extends pulumi.ComponentResource {
  readonly clusterName: string;
  readonly port: number;
  /** What callers must be let into: the proxy's where there is one, else the database's. */
  readonly securityGroupId: pulumi.Output<string>;
  readonly host: pulumi.Output<string>;
  readonly readerHost: pulumi.Output<string>;

  constructor(name: string, args: AuroraClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:data:AuroraCluster", name, {}, opts);
    const { at, clusterName, engine, engineVersion, capacity, keyArn, deletionProtection, multiZone } = args;
    const { port, logs: exported } = engines[engine];
    requireDatabaseName("clusterName", clusterName, engine);
    const family = parameterFamily(engine, engineVersion);
    const windows = requireBackups(args);
    const { instances = clusterInstances.min } = capacity;
    requireWhole("capacity.instances", instances, clusterInstances);
    const size = sizeOf(args);
    const here = { parent: this };
    const applyImmediately = !deletionProtection;
    const insights = args.insights ?? "standard";

    const { subnetGroup, securityGroup } = databaseNetwork(this, name, clusterName, args);
    const groups = exported.map(log => `/aws/rds/cluster/${clusterName}/${log}`);
    const logs = databaseLogs(this, `${name}-log`, groups, at, args.logs);
    const monitoring = monitoringRole(this, name, clusterName, at);
    const parameters = new aws.rds.ClusterParameterGroup(
      name,
      {
        // A group is of one family for good, so that another major version needs another name.
        name: `${clusterName}-${family.replaceAll(".", "-")}`,
        description: `What ${clusterName} sets otherwise than AWS does`,
        family,
        parameters: parametersOf(engine, args.audit === true),
      },
      here,
    );

    const cluster = new aws.rds.Cluster(
      name,
      {
        clusterIdentifier: clusterName,
        engine,
        engineMode: "provisioned",
        engineVersion,
        allowMajorVersionUpgrade: args.allowMajorUpgrade ?? false,
        databaseName: databaseUser(clusterName),
        port,
        ...("serverless" in capacity
          ? { serverlessv2ScalingConfiguration: scaling(capacity.serverless) }
          : {}),
        storageType: args.storage === "iopt1" ? "aurora-iopt1" : "",
        storageEncrypted: true,
        kmsKeyId: keyArn,
        iamDatabaseAuthenticationEnabled: true,
        masterUsername: masterUser,
        manageMasterUserPassword: true,
        masterUserSecretKmsKeyId: keyArn,
        enableHttpEndpoint: false,
        dbSubnetGroupName: subnetGroup.name,
        vpcSecurityGroupIds: [securityGroup.id],
        dbClusterParameterGroupName: parameters.name,
        backupRetentionPeriod: args.backupDays,
        preferredBackupWindow: windows.backup,
        preferredMaintenanceWindow: windows.maintenance,
        copyTagsToSnapshot: true,
        deletionProtection,
        deleteAutomatedBackups: !deletionProtection,
        skipFinalSnapshot: !deletionProtection,
        ...(deletionProtection ? { finalSnapshotIdentifier: `${clusterName}-final` } : {}),
        enabledCloudwatchLogsExports: [...exported],
        databaseInsightsMode: insights,
        performanceInsightsEnabled: true,
        performanceInsightsKmsKeyId: keyArn,
        performanceInsightsRetentionPeriod: insightsDays(insights),
        applyImmediately,
      },
      { ...here, protect: opts?.protect, retainOnDelete: deletionProtection, dependsOn: logs },
    );

    const count = multiZone ? instances : 1;
    const made: aws.rds.ClusterInstance[] = [];
    for (let index = 0; index < count; index++) {
      const number = index + 1;
      const zone = args.zones?.[index % args.zones.length];
      made.push(
        new aws.rds.ClusterInstance(
          `${name}-${number}`,
          {
            identifier: `${clusterName}-${number}`,
            clusterIdentifier: cluster.id,
            engine,
            instanceClass: "serverless" in capacity ? "db.serverless" : capacity.instanceClass,
            dbSubnetGroupName: subnetGroup.name,
            ...(zone === undefined ? {} : { availabilityZone: zone }),
            // The first two take over for each other, and serverless ones of theirs stay as large as the writer.
            promotionTier: index < 2 ? 1 : 2,
            publiclyAccessible: false,
            caCertIdentifier: certificateAuthority,
            autoMinorVersionUpgrade: true,
            copyTagsToSnapshot: true,
            monitoringInterval,
            monitoringRoleArn: monitoring.arn,
            preferredMaintenanceWindow: windows.maintenance,
            applyImmediately,
          },
          // The first one made is the writer.
          { ...here, dependsOn: [monitoring.ready, ...made.slice(0, 1)] },
        ),
      );
    }

    const proxy =
      args.proxy === true
        ? new DatabaseProxy(
            `${name}-proxy`,
            {
              ...args,
              proxyName: clusterName,
              users: [databaseUser(clusterName), readOnlyUser(clusterName)],
              target: { clusterName: cluster.id },
              databaseSecurityGroupId: securityGroup.id,
              reader: count > 1,
              after: made,
            },
            here,
          )
        : undefined;

    databaseAlarms(
      this,
      name,
      clusterAlarms(clusterName, engine, size, { readers: count > 1 }),
      args.alarmTopics,
    );
    this.clusterName = clusterName;
    this.port = port;
    this.securityGroupId = proxy?.securityGroupId ?? securityGroup.id;
    this.host = proxy?.host ?? cluster.endpoint;
    this.readerHost = proxy?.readerHost ?? cluster.readerEndpoint;
    publishHosts(this, name, clusterName, { host: this.host, reader: this.readerHost });
    this.registerOutputs({ host: this.host, readerHost: this.readerHost });
  }
}

/** Memory in GiB and connections of an instance; refuses a capacity that Aurora does not have. */
function sizeOf({ engine, capacity, multiZone, proxy = false }: AuroraClusterArgs) {
  if ("serverless" in capacity) {
    requireServerless(capacity.serverless, { multiZone, proxy });
    return { connections: serverlessConnections(engine, capacity.serverless) };
  }
  const { instanceClass } = capacity;
  const memory = memoryOf(instanceClass);
  // Source: Amazon Aurora user guide, "DB engine, Region, and instance class support for Database Insights".
  if (!/^db\.(r\d|t4g\.(medium|large)$)/.test(instanceClass))
    throw new Error(
      `capacity.instanceClass is ${instanceClass}; Aurora, with Database Insights, takes r families, db.t4g.medium and db.t4g.large`,
    );
  return { memory, connections: connectionsOf(engine, memory) };
}

const scaling = ({ min, max, pauseAfter }: Serverless) => ({
  minCapacity: min,
  maxCapacity: max,
  ...(pauseAfter === undefined ? {} : { secondsUntilAutoPause: pauseAfter }),
});
