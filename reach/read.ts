/** Reads a network out of the resources of a plan with made-up ids. */
import { isNotUnderstood, mayStandUnseen } from "./kinds";
import type {
  Attachment,
  Network,
  NotUnderstood,
  Owner,
  Peering,
  RouteTable,
  Subnet,
  Target,
  TransitGateway,
  Vpc,
  VpnGateway,
} from "./model";
import { Boundaries, parseRange, type Range } from "./ranges";
import { type Filters, readFilters } from "./read-filters";
import { readPlaces } from "./read-places";
import { publicAccessOf } from "./read-public-access";
import { readRelays } from "./read-relays";
import { readRoutes } from "./read-routes";
import { readTransit, type TransitGateways } from "./read-transit";
import {
  Index,
  idOf,
  known,
  object,
  type Resource,
  type StackOfResources,
  texts,
  textsIn,
  unknownText,
} from "./resource";

/** Objects that refer to each other in circles are completed one after the other. */
export type Unfinished<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer I)[] ? I[] : T[K] };

/** What has been read so far. */
export interface Reading {
  readonly plan: Index;
  readonly filters: Filters;
  readonly vpcs: ReadonlyMap<string, Unfinished<Vpc>>;
  readonly subnets: ReadonlyMap<string, Unfinished<Subnet>>;
  readonly vpnGateways: ReadonlyMap<string, VpnGateway>;
  readonly peerings: ReadonlyMap<string, Peering>;
  readonly transitGateways: TransitGateways;
  /** What turned out, on reading, not to be understood. */
  readonly doubt: (resource: Resource, because: string, touches?: readonly string[]) => void;
}

/** @param stacks with all resources of the plan; ids made up. */
export function networkOf(stacks: readonly StackOfResources[]): Network {
  const plan = new Index(stacks);
  const notUnderstood: NotUnderstood[] = [];
  const doubt: Reading["doubt"] = ({ urn, type, name }, because, touches) =>
    void notUnderstood.push({ urn, type, name, because, touches });
  const vpcs = readVpcs(plan);
  const filters = readFilters(plan);
  const reading: Reading = {
    plan,
    filters,
    vpcs,
    subnets: readSubnets(plan, vpcs, filters, doubt),
    vpnGateways: readVpnGateways(plan, vpcs),
    peerings: readPeerings(plan, vpcs),
    transitGateways: readTransitGateways(plan),
    doubt,
  };
  for (const [type, resources] of plan.types())
    if (isNotUnderstood(type))
      for (const resource of resources)
        reading.doubt(resource, "this kind is not understood", touchedBy(reading, resource));
  doubtIpv6(reading);
  doubtUnseen(reading);
  readRoutes(reading);
  const attachments = readTransit(reading);
  const places = readPlaces(reading);
  const subnets = [...reading.subnets.values()];
  return {
    vpcs: [...vpcs.values()],
    subnets,
    places,
    attachments,
    relays: readRelays(reading, places),
    notUnderstood,
    accessLists: [...new Set(subnets.flatMap(({ accessList }) => accessList ?? []))],
    boundaries: new Boundaries(rangesIn(reading, attachments)),
  };
}

export function ownerOf(plan: Index, resource: Resource): Owner {
  const { label, environment, account } = plan.stackOf(resource);
  return { label, environment, account: resource.account ?? account };
}

function readVpcs(plan: Index): Map<string, Unfinished<Vpc>> {
  const vpcs = new Map<string, Unfinished<Vpc>>();
  const read = (resource: Resource, range: string | undefined, internetGateway: string | undefined) => {
    if (resource.id === undefined) return;
    const first = parseRange(range);
    vpcs.set(resource.id, {
      id: resource.id,
      name: resource.name,
      owner: ownerOf(plan, resource),
      ranges: first === undefined ? [] : [first],
      internetGateway,
      edgeTable: undefined,
      vpnGateway: undefined,
      subnets: [],
      peers: new Set(),
    });
  };
  for (const resource of plan.all("ec2/vpc:Vpc"))
    read(resource, known(resource.inputs["cidrBlock"]), undefined);
  // Source: Amazon VPC user guide, "Default VPC components".
  for (const resource of plan.all("ec2/defaultVpc:DefaultVpc"))
    read(resource, "172.31.0.0/16", `the default one of ${resource.name}`);
  for (const { inputs } of plan.all("ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation")) {
    const range = parseRange(inputs["cidrBlock"]);
    if (range !== undefined) vpcs.get(known(inputs["vpcId"]) ?? "")?.ranges.push(range);
  }
  const attach = (vpcId: string | undefined, name: string) => {
    const vpc = vpcs.get(vpcId ?? "");
    if (vpc !== undefined) vpc.internetGateway = name;
  };
  for (const { inputs, name } of plan.all("ec2/internetGateway:InternetGateway"))
    attach(known(inputs["vpcId"]), name);
  for (const { inputs, name } of plan.all("ec2/internetGatewayAttachment:InternetGatewayAttachment"))
    attach(known(inputs["vpcId"]), name);
  return vpcs;
}

function readSubnets(
  plan: Index,
  vpcs: ReadonlyMap<string, Unfinished<Vpc>>,
  filters: Filters,
  doubt: Reading["doubt"],
): Map<string, Unfinished<Subnet>> {
  const subnets = new Map<string, Unfinished<Subnet>>();
  for (const resource of plan.all("ec2/subnet:Subnet")) {
    const { id, name, inputs } = resource;
    const vpc = vpcs.get(known(inputs["vpcId"]) ?? "");
    const range = parseRange(inputs["cidrBlock"]);
    if (vpc === undefined || range === undefined || id === undefined) {
      doubt(resource, "its VPC or its range is not known", vpc && [vpc.id]);
      continue;
    }
    const role = object(inputs["tags"])["subnet-role"];
    const subnet: Unfinished<Subnet> = {
      id,
      name,
      role: typeof role === "string" ? role : null,
      zone: known(inputs["availabilityZoneId"]) ?? known(inputs["availabilityZone"]) ?? null,
      range,
      vpc,
      // Until the routes are read.
      table: { id: `${vpc.id}-main`, name: `the main table of ${vpc.name}`, routes: [] },
      accessList: filters.listOfSubnet.get(id) ?? filters.defaultLists.get(vpc.id),
      givesPublicAddresses: inputs["mapPublicIpOnLaunch"] === true,
      publicAccess: publicAccessOf(plan, resource, plan.find(vpc.id)),
    };
    subnets.set(id, subnet);
    vpc.subnets.push(subnet);
  }
  return subnets;
}

function readVpnGateways(plan: Index, vpcs: ReadonlyMap<string, Unfinished<Vpc>>): Map<string, VpnGateway> {
  const gateways = new Map<string, VpnGateway>();
  const connected = new Set(
    [
      ...plan.all("ec2/vpnConnection:VpnConnection").map(({ inputs }) => inputs["vpnGatewayId"]),
      ...plan
        .all("directconnect/gatewayAssociation:GatewayAssociation")
        .map(({ inputs }) => inputs["associatedGatewayId"]),
    ].flatMap(id => known(id) ?? []),
  );
  for (const { id, name, inputs } of plan.all("ec2/vpnGateway:VpnGateway")) {
    if (id === undefined) continue;
    gateways.set(id, { id, name, connected: connected.has(id) });
    const vpc = vpcs.get(known(inputs["vpcId"]) ?? "");
    if (vpc !== undefined) vpc.vpnGateway = gateways.get(id);
  }
  for (const { inputs } of plan.all("ec2/vpnGatewayAttachment:VpnGatewayAttachment")) {
    const vpc = vpcs.get(known(inputs["vpcId"]) ?? "");
    if (vpc !== undefined) vpc.vpnGateway = gateways.get(known(inputs["vpnGatewayId"]) ?? "");
  }
  return gateways;
}

function readPeerings(plan: Index, vpcs: ReadonlyMap<string, Unfinished<Vpc>>): Map<string, Peering> {
  const peerings = new Map<string, Peering>();
  for (const { id, name, inputs } of plan.all("ec2/vpcPeeringConnection:VpcPeeringConnection")) {
    if (id === undefined) continue;
    const ends = [inputs["vpcId"], inputs["peerVpcId"]].map(end => vpcs.get(known(end) ?? ""));
    peerings.set(id, { name, ends });
    const [one, other] = ends;
    if (one !== undefined && other !== undefined) {
      (one.peers as Set<string>).add(other.id);
      (other.peers as Set<string>).add(one.id);
    }
  }
  return peerings;
}

function readTransitGateways(plan: Index): Map<string, TransitGateway> {
  const gateways = new Map<string, TransitGateway>();
  for (const { id, name, inputs } of plan.all("ec2transitgateway/transitGateway:TransitGateway"))
    if (id !== undefined)
      gateways.set(id, { id, name, namesGroups: inputs["securityGroupReferencingSupport"] === "enable" });
  return gateways;
}

/** The VPCs and transit gateways that a resource's inputs lead to; undefined where they may be any. */
function touchedBy({ plan }: Reading, resource: Resource): readonly string[] | undefined {
  const touched = new Set<string>();
  const seen = new Set<Resource>();
  let anything = false;
  const follow = (its: Resource) => {
    if (seen.has(its)) return;
    seen.add(its);
    if (isGround(its) && its.id !== undefined) return void touched.add(its.id);
    if (its.type === "pulumi:pulumi:StackReference") return;
    for (const value of textsIn(its.inputs)) {
      const other = value === unknownText ? undefined : plan.find(value);
      if (other !== undefined && other !== its) follow(other);
    }
    for (const [input, urns] of Object.entries(its.propertyDependencies)) {
      const unclear = [...textsIn(its.inputs[input] ?? null)].includes(unknownText);
      for (const urn of unclear ? urns : []) {
        const other = plan.byUrn(urn);
        // What another stack said is not known, and whose it was is not known either.
        if (other?.type === "pulumi:pulumi:StackReference") anything = true;
        else if (other !== undefined) follow(other);
      }
    }
  };
  follow(resource);
  return anything ? undefined : [...touched];
}

const isGround = ({ type }: Resource): boolean =>
  [
    "aws:ec2/vpc:Vpc",
    "aws:ec2/defaultVpc:DefaultVpc",
    "aws:ec2transitgateway/transitGateway:TransitGateway",
  ].includes(type);

/** What is said of a VPC is said of IPv4; where there is IPv6, too, a way may be open that is not looked at. */
function doubtIpv6({ plan, doubt }: Reading): void {
  const because = "ways over IPv6 are not looked at";
  for (const resource of plan.all("ec2/vpc:Vpc")) {
    const { inputs, id } = resource;
    const has =
      inputs["assignGeneratedIpv6CidrBlock"] === true ||
      known(inputs["ipv6CidrBlock"]) !== undefined ||
      known(inputs["ipv6IpamPoolId"]) !== undefined;
    if (has && id !== undefined) doubt(resource, because, [id]);
  }
  for (const resource of plan.all("ec2/vpcIpv6CidrBlockAssociation:VpcIpv6CidrBlockAssociation")) {
    const vpc = known(resource.inputs["vpcId"]);
    doubt(resource, because, vpc === undefined ? undefined : [vpc]);
  }
}

/** What names a subnet may stand there, with a public address perhaps, or lead there. */
function doubtUnseen({ plan, subnets, doubt }: Reading): void {
  for (const [type, resources] of plan.types())
    if (mayStandUnseen(type))
      for (const resource of resources) {
        const named = [...textsIn(resource.inputs)].flatMap(its => subnets.get(its)?.vpc.id ?? []);
        if (named.length > 0) doubt(resource, "this kind is not understood", [...new Set(named)]);
      }
}

/** Every range that anything is decided by. */
function* rangesIn(
  { vpcs, subnets, filters }: Reading,
  attachments: readonly Attachment[],
): Generator<Range> {
  for (const vpc of vpcs.values()) {
    yield* vpc.ranges;
    yield* routed(vpc.edgeTable);
  }
  for (const { range, table } of subnets.values()) {
    yield range;
    yield* routed(table);
  }
  for (const { table } of attachments)
    for (const { destination } of table?.routes ?? []) if (destination !== undefined) yield destination;
  for (const { inward, outward } of filters.groups.values())
    for (const { peer } of [...inward, ...outward]) if (peer.kind === "range") yield peer.range;
  for (const { inward, outward } of filters.lists.values())
    for (const { range } of [...inward, ...outward]) if (range !== undefined) yield range;
}

function* routed(table: RouteTable | undefined): Generator<Range> {
  for (const { destination } of table?.routes ?? []) if (destination !== undefined) yield destination;
}

/** Where an id leads that a route names: `undefined` where nothing in the plan has it. */
export function firewallAt(
  { plan, subnets }: Reading,
  endpoint: string,
): Extract<Target, { kind: "firewall" }> | undefined {
  for (const { id, name, inputs } of plan.all("networkfirewall/firewall:Firewall")) {
    // As the planner makes up the endpoints of a firewall: its id, and the subnet's.
    if (id === undefined || !endpoint.startsWith(`${id}-in-`)) continue;
    const at = endpoint.slice(`${id}-in-`.length);
    const mapped = texts(
      Array.isArray(inputs["subnetMappings"]) ? [...textsIn(inputs["subnetMappings"])] : [],
    );
    return { kind: "firewall", name, subnet: mapped.map(idOf).includes(at) ? subnets.get(at) : undefined };
  }
  return undefined;
}
