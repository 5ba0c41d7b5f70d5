import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { emptySecurityGroup } from "../network/empty-security-group";
import { Alarm } from "../observability/alarm";
import { cacheHostParameter, cachePort } from "./cache-access";
import { type CacheAlarms, nodeAlarms, serverlessAlarms } from "./cache-alarms";
import {
  cacheFamily,
  cacheReplicas,
  cacheSnapshots,
  cacheWindows,
  type NodeCapacity,
  requireCacheName,
  requireCacheWindows,
  requireNodes,
  requireServerlessCache,
  type ServerlessCapacity,
} from "./cache-limits";
import { cacheLogs } from "./cache-logs";
import { cacheUsers } from "./cache-users";
import { requireWhole, type Windows } from "./database-limits";
import type { NetworkKeeping } from "./keeping";
import type { KeptLogs } from "./kept-logs";
import { toldHosts } from "./told-parameters";

/** Which keys go when memory is full: those that expire, all, or none, so that writes fail. */
export type Eviction = "volatile-lru" | "volatile-ttl" | "allkeys-lru" | "allkeys-lfu" | "noeviction";

export type CacheCapacity = { readonly serverless: ServerlessCapacity } | NodeCapacity;

export interface CacheArgs extends NetworkKeeping {
  readonly cacheName: string;
  /** Valkey's, 7.2 or later, as in `8.1`; AWS raises what comes after by itself. A serverless one heeds the major only. */
  readonly engineVersion: string;
  readonly capacity: CacheCapacity;
  /** How many daily snapshots are kept, 1 to 35; default 7. */
  readonly snapshots?: number;
  /** In UTC, an hour or more each; default cacheWindows. A serverless one heeds the begin of `backup` only. */
  readonly windows?: Windows;
  /** Of nodes; default `volatile-lru`. A serverless one always has that. */
  readonly eviction?: Eviction;
  /** Of nodes; a serverless one writes none. */
  readonly logs: KeptLogs;
}

/**
 * A cache for Valkey in the data subnets, encrypted with the product's key and over TLS only. Nobody logs in but one user,
 * by IAM: see cacheAccess.
 *
 * Nodes are one primary and its replicas, in several zones where `multiZone`, with one taking over for another; a
 * serverless cache is in several zones whatever `multiZone` says. AWS protects neither against deletion: with
 * `deletionProtection` Pulumi leaves it behind when it forgets it, and nodes leave a last snapshot.
 *
 * Refused: a name, version, node type, number or window that ElastiCache does not take; `eviction` of a serverless cache.
 * Sources: Amazon ElastiCache user guide, "Choosing between deployment options", "Minimizing downtime with Multi-AZ",
 * "In-transit encryption (TLS)", "At-rest encryption"; FSBP controls ElastiCache.1 to ElastiCache.7.
 */
export class Cache extends pulumi.ComponentResource {
  readonly cacheName: string;
  readonly port = cachePort;
  readonly securityGroupId: pulumi.Output<string>;
  readonly host: pulumi.Output<string>;

  constructor(name: string, args: CacheArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:data:Cache", name, {}, opts);
    const { cacheName, capacity, snapshots = 7, windows = cacheWindows } = args;
    requireCacheName(cacheName);
    requireWhole("snapshots", snapshots, cacheSnapshots);
    requireCacheWindows(windows);
    const sound = { ...args, snapshots, windows };
    const here = { parent: this };

    const group = emptySecurityGroup(this, name, args.vpcId, `The cache ${cacheName}`);
    const kept = { ...here, protect: opts?.protect, retainOnDelete: args.deletionProtection };
    const { host, alarms } =
      "serverless" in capacity
        ? serverless(this, name, sound, capacity.serverless, group.id, kept)
        : nodes(this, name, sound, capacity, group.id, kept);

    for (const [what, alarm] of Object.entries(alarms))
      new Alarm(`${name}-${what}`, { ...alarm, topics: args.alarmTopics }, here);
    toldHosts(this, name, cacheName, { host: [cacheHostParameter(cacheName), host] });
    this.cacheName = cacheName;
    this.securityGroupId = group.id;
    this.host = host;
    this.registerOutputs({ host });
  }
}

type Sound = CacheArgs & Required<Pick<CacheArgs, "snapshots" | "windows">>;

interface Made {
  readonly host: pulumi.Output<string>;
  readonly alarms: CacheAlarms;
}

function serverless(
  parent: pulumi.ComponentResource,
  name: string,
  { cacheName, engineVersion, keyArn, subnetIds, snapshots, windows, eviction }: Sound,
  capacity: ServerlessCapacity,
  securityGroupId: pulumi.Output<string>,
  kept: pulumi.CustomResourceOptions,
): Made {
  requireServerlessCache(capacity);
  if (eviction !== undefined)
    throw new Error(`eviction is ${eviction}; a serverless cache has volatile-lru, so leave it out`);
  const { major } = cacheFamily(engineVersion);
  const cache = new aws.elasticache.ServerlessCache(
    name,
    {
      name: cacheName,
      description: `The cache ${cacheName}`,
      engine: "valkey",
      majorEngineVersion: major,
      cacheUsageLimits: {
        dataStorage: { maximum: capacity.maxGb, unit: "GB" },
        ecpuPerSeconds: [{ maximum: capacity.maxEcpu }],
      },
      kmsKeyId: keyArn,
      subnetIds,
      securityGroupIds: [securityGroupId],
      userGroupId: cacheUsers(parent, name, cacheName),
      snapshotRetentionLimit: snapshots,
      dailySnapshotTime: windows.backup.slice(0, 5),
    },
    kept,
  );
  return {
    host: cache.endpoints.apply(endpoints => endpoints?.[0]?.address as string),
    alarms: serverlessAlarms(cacheName, capacity),
  };
}

function nodes(
  parent: pulumi.ComponentResource,
  name: string,
  { at, cacheName, engineVersion, keyArn, subnetIds, snapshots, windows, logs, ...args }: Sound,
  capacity: NodeCapacity,
  securityGroupId: pulumi.Output<string>,
  kept: pulumi.CustomResourceOptions,
): Made {
  requireNodes(capacity);
  const { family } = cacheFamily(engineVersion);
  const { multiZone, deletionProtection } = args;
  const { replicas = cacheReplicas.min } = capacity;
  const count = multiZone ? 1 + replicas : 1;
  const subnets = new aws.elasticache.SubnetGroup(
    name,
    { name: cacheName, description: `Where ${cacheName} runs`, subnetIds },
    { parent },
  );
  const parameters = new aws.elasticache.ParameterGroup(
    name,
    {
      // A group is of one family for good, so that another major version needs another name.
      name: `${cacheName}-${family}`,
      description: `What ${cacheName} sets otherwise than AWS does`,
      family,
      parameters: [{ name: "maxmemory-policy", value: args.eviction ?? "volatile-lru" }],
    },
    { parent },
  );
  const { configurations, ready } = cacheLogs(parent, name, at, logs);
  const cache = new aws.elasticache.ReplicationGroup(
    name,
    {
      replicationGroupId: cacheName,
      description: `The cache ${cacheName}`,
      engine: "valkey",
      engineVersion,
      autoMinorVersionUpgrade: true,
      clusterMode: "disabled",
      nodeType: capacity.nodeType,
      numCacheClusters: count,
      automaticFailoverEnabled: multiZone,
      multiAzEnabled: multiZone,
      port: cachePort,
      atRestEncryptionEnabled: true,
      kmsKeyId: keyArn,
      transitEncryptionEnabled: true,
      transitEncryptionMode: "required",
      userGroupIds: [cacheUsers(parent, name, cacheName)],
      subnetGroupName: subnets.name,
      securityGroupIds: [securityGroupId],
      parameterGroupName: parameters.name,
      snapshotRetentionLimit: snapshots,
      snapshotWindow: windows.backup,
      maintenanceWindow: windows.maintenance,
      ...(deletionProtection ? { finalSnapshotIdentifier: `${cacheName}-final` } : {}),
      logDeliveryConfigurations: configurations,
      applyImmediately: !deletionProtection,
    },
    { ...kept, dependsOn: [...ready] },
  );
  // So does ElastiCache name the nodes of a group that is no cluster.
  const numbers = Array.from({ length: count }, (_, index) => String(index + 1).padStart(3, "0"));
  const alarms = numbers.flatMap(number =>
    Object.entries(nodeAlarms(cacheName, `${cacheName}-${number}`, { replicated: count > 1 })).map(
      ([what, alarm]) => [`${number}-${what}`, alarm] as const,
    ),
  );
  return { host: cache.primaryEndpointAddress, alarms: Object.fromEntries(alarms) };
}
