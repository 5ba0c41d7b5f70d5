/** Reads what answers in a network: load balancers, services, databases, endpoints. */
import type { Distribution, Interface, Place, SecurityGroup, Subnet } from "./model";
import { ownerOf, type Reading } from "./read";
import {
  count,
  idOf,
  known,
  list,
  object,
  objects,
  type Resource,
  text,
  texts,
  type Value,
  type Values,
} from "./resource";

/** What a place is before it has a name. */
type Nameless = Omit<Place, "name" | "urn" | "owner">;
interface Found extends Nameless {
  readonly resource: Resource;
  /** What it is called among those of its owner, as far as it is the only one. */
  readonly called: string;
}

export function readPlaces(reading: Reading): readonly Place[] {
  const found = [
    ...loadBalancers(reading),
    ...services(reading),
    ...databases(reading),
    ...endpoints(reading),
  ];
  const taken = new Set<string>();
  const times = new Map<string, number>();
  const nameOf = ({ resource, called }: Found) => `${ownerOf(reading.plan, resource).label}/${called}`;
  for (const place of found) times.set(nameOf(place), (times.get(nameOf(place)) ?? 0) + 1);
  return found.map(place => {
    const { resource, called, ...rest } = place;
    const owner = ownerOf(reading.plan, resource);
    const alone = times.get(nameOf(place)) === 1;
    const base = alone ? nameOf(place) : `${owner.label}/${resource.name}`;
    let name = base;
    for (let number = 2; taken.has(name); number++) name = `${base}-${number}`;
    taken.add(name);
    return { ...rest, name, urn: resource.urn, owner };
  });
}

const plain = { distributions: [], tables: new Set<string>(), list: undefined };

/** Where its interfaces are, and what they filter. */
interface Wiring {
  readonly subnets: readonly string[];
  /** Without any, there is the VPC's default group. */
  readonly groups: Value | undefined;
  readonly public?: boolean;
  /** What needs no groups, and filters nothing without. */
  readonly unfiltered?: boolean;
}

function interfacesOf(reading: Reading, resource: Resource, wiring: Wiring): readonly Interface[] {
  const { subnets, doubt } = reading;
  const at = wiring.subnets.flatMap(id => subnets.get(id) ?? []);
  if (at.length < wiring.subnets.length || at.length === 0)
    doubt(resource, "a subnet it is in is not in the plan", at.length === 0 ? [] : [at[0]?.vpc.id ?? ""]);
  return at.map(subnet => ({
    subnet,
    groups: groupsOf(reading, resource, wiring, subnet),
    public: wiring.public === true || (wiring.public === undefined && subnet.givesPublicAddresses),
  }));
}

function groupsOf(
  { filters }: Reading,
  resource: Resource,
  { groups, unfiltered }: Wiring,
  { vpc }: Subnet,
): readonly SecurityGroup[] | undefined {
  const said = list(groups);
  if (said.length === 0 && groups !== undefined && !Array.isArray(groups)) return [notKnown(resource)];
  if (said.length === 0) {
    if (unfiltered === true) return undefined;
    return [filters.defaultGroups.get(vpc.id) ?? defaultGroup(vpc.id, vpc.name)];
  }
  return said.map(id => filters.groups.get(known(id) ?? "") ?? notKnown(resource));
}

const anyTraffic = { protocol: "all", from: 0, to: 65_535 };

/** Source: Amazon VPC user guide, "Default security groups". */
const defaultGroup = (vpc: string, name: string): SecurityGroup => ({
  id: `${vpc}-default-group`,
  name: `the default one of ${name}`,
  inward: [{ ...anyTraffic, peer: { kind: "group", id: `${vpc}-default-group` } }],
  outward: [{ ...anyTraffic, peer: { kind: "range", range: { first: 0, last: 2 ** 32 - 1 } } }],
});

function notKnown({ name }: Resource): SecurityGroup {
  const rule = { ...anyTraffic, peer: { kind: "not-known", what: `a security group of ${name}` } } as const;
  return { id: "", name: `a group of ${name} that is not in the plan`, inward: [rule], outward: [rule] };
}

function loadBalancers(reading: Reading): readonly Found[] {
  const { plan } = reading;
  const distributions = readDistributions(reading);
  return ["lb/loadBalancer:LoadBalancer", "alb/loadBalancer:LoadBalancer"]
    .flatMap(plan.all.bind(plan))
    .map(resource => {
      const { inputs, id } = resource;
      const mapped = objects(inputs["subnetMappings"]).flatMap(({ subnetId }) => known(subnetId) ?? []);
      return {
        ...plain,
        kind: "load-balancer",
        resource,
        called: "lb",
        distributions: distributions.get(id ?? "") ?? [],
        interfaces: interfacesOf(reading, resource, {
          subnets: [...texts(inputs["subnets"]), ...mapped],
          groups: inputs["securityGroups"],
          public: inputs["internal"] !== true,
          unfiltered:
            inputs["loadBalancerType"] !== undefined && inputs["loadBalancerType"] !== "application",
        }),
      } as const;
    });
}

/** By the load balancer they call. */
function readDistributions({ plan }: Reading): ReadonlyMap<string, readonly Distribution[]> {
  const made = new Map<string, Distribution[]>();
  const put = (balancer: string, distribution: Distribution) =>
    made.set(balancer, [...(made.get(balancer) ?? []), distribution]);
  const ports = (policy: Value | undefined, config: Values) => [
    ...(policy === "https-only" ? [] : [count(config["httpPort"]) ?? 80]),
    ...(policy === "http-only" ? [] : [count(config["httpsPort"]) ?? 443]),
  ];
  for (const { name, inputs } of plan.all("cloudfront/distribution:Distribution"))
    for (const origin of objects(inputs["origins"])) {
      const vpcOrigin = plan.find(known(object(origin["vpcOriginConfig"])["vpcOriginId"]) ?? "");
      const inside = object(vpcOrigin?.inputs["vpcOriginEndpointConfig"]);
      const arn = known(inside["arn"]);
      const own = object(origin["customOriginConfig"]);
      // As the planner makes up the name of a load balancer.
      const called = /^(.*)\.elb\.amazonaws\.com$/.exec(text(origin["domainName"]) ?? "")?.[1];
      if (arn !== undefined)
        put(idOf(arn), { name, inside: true, ports: ports(inside["originProtocolPolicy"], inside) });
      else if (called !== undefined)
        put(called, { name, inside: false, ports: ports(own["originProtocolPolicy"], own) });
    }
  return made;
}

/** What runs in subnets, by the place where each kind says so. */
const wirings: readonly (readonly [type: string, wiring: (inputs: Values) => Wiring | undefined])[] = [
  ["ecs/service:Service", ({ networkConfiguration }) => ofTasks(networkConfiguration)],
  [
    "cloudwatch/eventTarget:EventTarget",
    ({ ecsTarget }) => ofTasks(object(ecsTarget)["networkConfiguration"]),
  ],
  [
    "scheduler/schedule:Schedule",
    ({ target }) => ofTasks(object(object(target)["ecsParameters"])["networkConfiguration"]),
  ],
  [
    "lambda/function:Function",
    ({ vpcConfig }) =>
      vpcConfig === undefined
        ? undefined
        : {
            subnets: texts(object(vpcConfig)["subnetIds"]),
            groups: object(vpcConfig)["securityGroupIds"],
            public: false,
          },
  ],
];

function ofTasks(configuration: Value | undefined): Wiring | undefined {
  if (configuration === undefined || configuration === null) return undefined;
  const { subnets, securityGroups, assignPublicIp } = object(configuration);
  return { subnets: texts(subnets), groups: securityGroups, public: assignPublicIp === true };
}

function services(reading: Reading): readonly Found[] {
  return wirings.flatMap(([type, wiringOf]) =>
    reading.plan.all(type).flatMap(resource => {
      const wiring = wiringOf(resource.inputs);
      if (wiring === undefined) return [];
      const interfaces = interfacesOf(reading, resource, wiring);
      return [{ ...plain, kind: "service" as const, resource, called: resource.name, interfaces }];
    }),
  );
}

/** Kinds of databases: the input that names the group of subnets, the kind of that, and the input of security groups. */
const databaseKinds = [
  ["rds/instance:Instance", "dbSubnetGroupName", "rds/subnetGroup:SubnetGroup", "vpcSecurityGroupIds"],
  ["rds/cluster:Cluster", "dbSubnetGroupName", "rds/subnetGroup:SubnetGroup", "vpcSecurityGroupIds"],
  ["docdb/cluster:Cluster", "dbSubnetGroupName", "docdb/subnetGroup:SubnetGroup", "vpcSecurityGroupIds"],
  [
    "neptune/cluster:Cluster",
    "neptuneSubnetGroupName",
    "neptune/subnetGroup:SubnetGroup",
    "vpcSecurityGroupIds",
  ],
  [
    "elasticache/replicationGroup:ReplicationGroup",
    "subnetGroupName",
    "elasticache/subnetGroup:SubnetGroup",
    "securityGroupIds",
  ],
  [
    "elasticache/cluster:Cluster",
    "subnetGroupName",
    "elasticache/subnetGroup:SubnetGroup",
    "securityGroupIds",
  ],
  ["elasticache/serverlessCache:ServerlessCache", undefined, undefined, "securityGroupIds"],
  ["memorydb/cluster:Cluster", "subnetGroupName", "memorydb/subnetGroup:SubnetGroup", "securityGroupIds"],
  ["efs/mountTarget:MountTarget", undefined, undefined, "securityGroups"],
] as const;

function databases(reading: Reading): readonly Found[] {
  const { plan } = reading;
  const exposed = new Set(
    plan
      .all("rds/clusterInstance:ClusterInstance")
      .filter(({ inputs }) => inputs["publiclyAccessible"] === true)
      .flatMap(({ inputs }) => known(inputs["clusterIdentifier"]) ?? []),
  );
  return databaseKinds.flatMap(([type, groupInput, groupType, securityInput]) =>
    plan.all(type).map(resource => {
      const { inputs, id } = resource;
      const group = groupInput === undefined ? undefined : known(inputs[groupInput]);
      const named = plan
        .all(groupType ?? "")
        .find(its => its.id === group || (its.inputs["name"] === group && its.account === resource.account));
      const subnets = [
        ...texts(named?.inputs["subnetIds"]),
        ...texts(inputs["subnetIds"]),
        ...(known(inputs["subnetId"]) === undefined ? [] : [String(inputs["subnetId"])]),
      ];
      const isPublic =
        inputs["publiclyAccessible"] === true ||
        exposed.has(id ?? "") ||
        exposed.has(String(inputs["clusterIdentifier"]));
      const interfaces = interfacesOf(reading, resource, {
        subnets,
        groups: inputs[securityInput],
        public: isPublic,
      });
      return { ...plain, kind: "database" as const, resource, called: resource.name, interfaces };
    }),
  );
}

function endpoints(reading: Reading): readonly Found[] {
  const { plan } = reading;
  const joined = (type: string, endpoint: string | undefined, input: string) =>
    plan
      .all(type)
      .filter(({ inputs }) => inputs["vpcEndpointId"] === endpoint)
      .flatMap(({ inputs }) => known(inputs[input]) ?? []);
  return plan.all("ec2/vpcEndpoint:VpcEndpoint").flatMap((resource): readonly Found[] => {
    const { id, inputs } = resource;
    const called =
      /^com\.amazonaws\.[a-z0-9-]+\.(.+)$/.exec(text(inputs["serviceName"]) ?? "")?.[1] ?? resource.name;
    const type = inputs["vpcEndpointType"] ?? "Gateway";
    if (type === "Gateway")
      return [
        {
          ...plain,
          kind: "gateway-endpoint",
          resource,
          called,
          interfaces: [],
          tables: new Set([
            ...texts(inputs["routeTableIds"]),
            ...joined(
              "ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation",
              id,
              "routeTableId",
            ),
          ]),
          list: `pl-${id}`,
        },
      ];
    if (type !== "Interface") return [];
    const subnets = [
      ...texts(inputs["subnetIds"]),
      ...joined("ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation", id, "subnetId"),
    ];
    const interfaces = interfacesOf(reading, resource, {
      subnets,
      groups: inputs["securityGroupIds"],
      public: false,
    });
    return [{ ...plain, kind: "endpoint", resource, called, interfaces }];
  });
}
