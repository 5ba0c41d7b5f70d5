/** Reads what keeps data in subnets: databases, caches, file systems, searches, brokers. */
import type { Reading } from "./read";
import { count, known, object, objects, type Resource, text, texts, type Values } from "./resource";
import { type Found, interfacesOf, plain } from "./standing";

/** Where a kind of database says what; an input that it does not have is left out. */
interface Kind {
  readonly type: string;
  /** The input with the name of its group of subnets, and the kind of that. */
  readonly subnetGroup?: readonly [input: string, type: string];
  /** The inputs that subnets and security groups are in; default: the resource's own. */
  readonly inside?: (inputs: Values) => Values;
  readonly subnets?: string;
  readonly groups: string;
  /** Those it answers at; undefined: not known, so any. Where `port` says one, it is that. */
  readonly ports: readonly number[] | ((inputs: Values) => readonly number[] | undefined);
}

const ofRds = (inputs: Values): readonly number[] | undefined => {
  const engine = text(inputs["engine"]) ?? text(inputs["engineFamily"]) ?? "";
  return portsOfEngines.find(([name]) => name.test(engine))?.[1];
};

/** Source: Amazon RDS user guide, the parameter `Port` of each engine. */
const portsOfEngines: readonly (readonly [RegExp, readonly number[]])[] = [
  [/postgres/i, [5432]],
  [/mysql|mariadb/i, [3306]],
  [/oracle/i, [1521]],
  [/sqlserver/i, [1433]],
];

/** Valkey and Redis OSS without servers answer readers at the second one. */
const ofCache = ({ engine }: Values): readonly number[] =>
  engine === "memcached" ? [11211, 11212] : [6379, 6380];

const rdsSubnets = ["dbSubnetGroupName", "rds/subnetGroup:SubnetGroup"] as const;
const cacheSubnets = ["subnetGroupName", "elasticache/subnetGroup:SubnetGroup"] as const;
const vpcOptions = ({ vpcOptions: options }: Values) => object(options);
/** Plain, TLS, SCRAM, IAM, the same for multi-VPC and public callers, ZooKeeper's, monitoring. */
const brokerPorts = [9092, 9094, 9096, 9098, 9194, 9196, 9198, 14001, 14002, 14003, 2181, 2182, 11001, 11002];

const kinds: readonly Kind[] = [
  { type: "rds/instance:Instance", subnetGroup: rdsSubnets, groups: "vpcSecurityGroupIds", ports: ofRds },
  { type: "rds/cluster:Cluster", subnetGroup: rdsSubnets, groups: "vpcSecurityGroupIds", ports: ofRds },
  { type: "rds/proxy:Proxy", subnets: "vpcSubnetIds", groups: "vpcSecurityGroupIds", ports: ofRds },
  {
    type: "docdb/cluster:Cluster",
    subnetGroup: ["dbSubnetGroupName", "docdb/subnetGroup:SubnetGroup"],
    groups: "vpcSecurityGroupIds",
    ports: [27017],
  },
  {
    type: "neptune/cluster:Cluster",
    subnetGroup: ["neptuneSubnetGroupName", "neptune/subnetGroup:SubnetGroup"],
    groups: "vpcSecurityGroupIds",
    ports: [8182],
  },
  {
    type: "elasticache/replicationGroup:ReplicationGroup",
    subnetGroup: cacheSubnets,
    groups: "securityGroupIds",
    ports: [6379],
  },
  {
    type: "elasticache/cluster:Cluster",
    subnetGroup: cacheSubnets,
    groups: "securityGroupIds",
    ports: ({ engine }) => (engine === "memcached" ? [11211] : [6379]),
  },
  {
    type: "elasticache/serverlessCache:ServerlessCache",
    subnets: "subnetIds",
    groups: "securityGroupIds",
    ports: ofCache,
  },
  {
    type: "memorydb/cluster:Cluster",
    subnetGroup: ["subnetGroupName", "memorydb/subnetGroup:SubnetGroup"],
    groups: "securityGroupIds",
    ports: [6379],
  },
  {
    type: "redshift/cluster:Cluster",
    subnetGroup: ["clusterSubnetGroupName", "redshift/subnetGroup:SubnetGroup"],
    groups: "vpcSecurityGroupIds",
    ports: [5439],
  },
  {
    type: "redshiftserverless/workgroup:Workgroup",
    subnets: "subnetIds",
    groups: "securityGroupIds",
    ports: [5439],
  },
  { type: "efs/mountTarget:MountTarget", subnets: "subnetId", groups: "securityGroups", ports: [2049] },
  {
    type: "opensearch/domain:Domain",
    inside: vpcOptions,
    subnets: "subnetIds",
    groups: "securityGroupIds",
    ports: [443, 80],
  },
  {
    type: "opensearch/vpcEndpoint:VpcEndpoint",
    inside: vpcOptions,
    subnets: "subnetIds",
    groups: "securityGroupIds",
    ports: [443, 80],
  },
  {
    type: "elasticsearch/domain:Domain",
    inside: vpcOptions,
    subnets: "subnetIds",
    groups: "securityGroupIds",
    ports: [443, 80],
  },
  {
    type: "msk/cluster:Cluster",
    inside: ({ brokerNodeGroupInfo }) => object(brokerNodeGroupInfo),
    subnets: "clientSubnets",
    groups: "securityGroups",
    ports: brokerPorts,
  },
  {
    type: "msk/serverlessCluster:ServerlessCluster",
    inside: ({ vpcConfigs }) => objects(vpcConfigs)[0] ?? {},
    subnets: "subnetIds",
    groups: "securityGroupIds",
    ports: [9098],
  },
  {
    type: "mq/broker:Broker",
    subnets: "subnetIds",
    groups: "securityGroups",
    ports: () => undefined,
  },
];

export const databaseTypes: readonly string[] = kinds.map(({ type }) => type);

export function databases(reading: Reading): readonly Found[] {
  const exposed = exposedClusters(reading);
  return kinds.flatMap(kind =>
    reading.plan.all(kind.type).flatMap((resource): readonly Found[] => {
      const { inputs, id } = resource;
      const said = kind.inside?.(inputs) ?? inputs;
      // A search domain without a VPC is no part of any network.
      if (kind.inside === vpcOptions && Object.keys(said).length === 0) return [];
      const port = count(inputs["port"]);
      const interfaces = interfacesOf(reading, resource, {
        subnets: subnetsOf(reading, resource, kind, said),
        groups: said[kind.groups],
        public: isPublic(inputs) || exposed.has(id ?? "") || exposed.has(String(inputs["clusterIdentifier"])),
        listens:
          port !== undefined ? [port] : typeof kind.ports === "function" ? kind.ports(inputs) : kind.ports,
      });
      return [{ ...plain, kind: "database", resource, called: resource.name, interfaces }];
    }),
  );
}

/** A broker of MSK says by a word how public it is. */
const isPublic = ({ publiclyAccessible, brokerNodeGroupInfo }: Values): boolean => {
  const { type } = object(object(object(brokerNodeGroupInfo)["connectivityInfo"])["publicAccess"]);
  return publiclyAccessible === true || (text(type) ?? "DISABLED") !== "DISABLED";
};

/** Clusters with an instance that has a public address, by id. */
const exposedClusters = ({ plan }: Reading): ReadonlySet<string> =>
  new Set(
    plan
      .all("rds/clusterInstance:ClusterInstance")
      .filter(({ inputs }) => inputs["publiclyAccessible"] === true)
      .flatMap(({ inputs }) => known(inputs["clusterIdentifier"]) ?? []),
  );

function subnetsOf(
  { plan }: Reading,
  { inputs, account }: Resource,
  { subnetGroup, subnets }: Kind,
  said: Values,
): readonly string[] {
  if (subnetGroup === undefined) {
    const value = said[subnets ?? ""];
    return typeof value === "string" ? [value] : texts(value);
  }
  const [input, type] = subnetGroup;
  const name = known(inputs[input]);
  const group = plan
    .all(type)
    .find(its => its.id === name || (its.inputs["name"] === name && its.account === account));
  return name === undefined ? [] : texts(group?.inputs["subnetIds"]);
}
