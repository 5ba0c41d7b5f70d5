/** Reads the route tables of VPCs, and gives each subnet its own. */
import type { NatGateway, Route, RouteTable, Target } from "./model";
import { everything, parseRange, type Range } from "./ranges";
import { firewallAt, type Reading, type Unfinished } from "./read";
import { rangesOfList } from "./read-filters";
import { idOf, known, objects, type Resource, text, texts, type Values } from "./resource";

type Tables = Map<string, Unfinished<RouteTable>>;

export function readRoutes(reading: Reading): void {
  const { plan, vpcs, subnets } = reading;
  const tables: Tables = new Map();
  const nats = readNats(reading);
  for (const vpc of vpcs.values()) add(tables, vpc.ranges, `${vpc.id}-main`, `the main table of ${vpc.name}`);
  for (const resource of [
    ...plan.all("ec2/routeTable:RouteTable"),
    ...plan.all("ec2/defaultRouteTable:DefaultRouteTable"),
  ]) {
    const { id, name, inputs } = resource;
    if (id === undefined) continue;
    const table =
      tables.get(id) ?? add(tables, vpcs.get(known(inputs["vpcId"]) ?? "")?.ranges ?? [], id, name);
    table.name = name;
    for (const route of objects(inputs["routes"]))
      push(table, routesOf(reading, nats, { ...route, destinationCidrBlock: route["cidrBlock"] ?? null }));
    for (const gateway of texts(inputs["propagatingVgws"])) learn(reading, table, gateway);
  }
  for (const { inputs } of plan.all("ec2/route:Route")) {
    const table = tables.get(known(inputs["routeTableId"]) ?? "");
    if (table !== undefined) push(table, routesOf(reading, nats, inputs));
  }
  for (const { inputs } of plan.all("ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation")) {
    const table = tables.get(known(inputs["routeTableId"]) ?? "");
    if (table !== undefined) learn(reading, table, known(inputs["vpnGatewayId"]) ?? "");
  }
  const main = new Map([...vpcs.values()].map(vpc => [vpc.id, tables.get(`${vpc.id}-main`)] as const));
  for (const { inputs } of plan.all("ec2/mainRouteTableAssociation:MainRouteTableAssociation"))
    main.set(known(inputs["vpcId"]) ?? "", tables.get(known(inputs["routeTableId"]) ?? ""));
  for (const subnet of subnets.values()) subnet.table = main.get(subnet.vpc.id) ?? subnet.table;
  for (const resource of plan.all("ec2/routeTableAssociation:RouteTableAssociation")) {
    const { inputs } = resource;
    const table = tables.get(known(inputs["routeTableId"]) ?? "");
    const subnet = subnets.get(known(inputs["subnetId"]) ?? "");
    if (table === undefined || (subnet === undefined && known(inputs["gatewayId"]) === undefined))
      reading.doubt(resource, "what it joins is not in the plan", subnet && [subnet.vpc.id]);
    else if (subnet !== undefined) subnet.table = table;
    else {
      const gateway = plan.find(known(inputs["gatewayId"]) ?? "");
      const vpc = vpcs.get(known(gateway?.inputs["vpcId"]) ?? "");
      if (vpc !== undefined) vpc.edgeTable = table;
    }
  }
}

/** Every table has a route to its own VPC, which no one writes. */
function add(tables: Tables, own: readonly Range[], id: string, name: string): Unfinished<RouteTable> {
  const routes = own.map(
    (destination): Route => ({ destination, target: { kind: "local" }, learned: false }),
  );
  const table = { id, name, routes };
  tables.set(id, table);
  return table;
}

/** A written route of the same range takes the place of the one to the VPC itself. */
function push(table: Unfinished<RouteTable>, routes: readonly Route[]): void {
  for (const route of routes) {
    const same = table.routes.findIndex(
      ({ destination, target }) =>
        target.kind === "local" &&
        destination?.first === route.destination?.first &&
        destination?.last === route.destination?.last,
    );
    if (same >= 0) table.routes[same] = route;
    else table.routes.push(route);
  }
}

function learn({ vpnGateways }: Reading, table: Unfinished<RouteTable>, id: string): void {
  const gateway = vpnGateways.get(id);
  const target: Target =
    gateway === undefined
      ? { kind: "not-understood", what: "what a gateway outside the plan announces" }
      : { kind: "vpn-gateway", gateway };
  table.routes.push({ destination: undefined, target, learned: true });
}

function routesOf(reading: Reading, nats: ReadonlyMap<string, NatGateway>, said: Values): Route[] {
  const range = text(said["destinationCidrBlock"]);
  const list = text(said["destinationPrefixListId"]);
  // Of IPv6 only.
  if (range === undefined && list === undefined) return [];
  const target = targetOf(reading, nats, said);
  const listed = list === undefined ? undefined : rangesOfList(reading.plan, list);
  const destinations: readonly (Range | undefined)[] =
    range === "0.0.0.0/0"
      ? [everything]
      : range !== undefined
        ? [parseRange(range)]
        : (listed ?? [undefined]);
  return destinations.map(destination => ({ destination, target, learned: false }));
}

function targetOf(reading: Reading, nats: ReadonlyMap<string, NatGateway>, said: Values): Target {
  const { plan, vpnGateways, peerings, transitGateways } = reading;
  const nat = nats.get(known(said["natGatewayId"]) ?? "");
  if (nat !== undefined) return { kind: "nat", gateway: nat };
  const transit = transitGateways.get(idOf(known(said["transitGatewayId"]) ?? ""));
  if (transit !== undefined) return { kind: "transit", gateway: transit };
  const peering = peerings.get(known(said["vpcPeeringConnectionId"]) ?? "");
  if (peering !== undefined) return { kind: "peering", peering };
  const gatewayId = known(said["gatewayId"]);
  if (gatewayId === "local") return { kind: "local" };
  const gateway = plan.find(gatewayId ?? "");
  if (gateway?.type === "aws:ec2/internetGateway:InternetGateway")
    return { kind: "internet-gateway", name: gateway.name, vpc: vpcOfInternetGateway(reading, gateway) };
  const vpn = vpnGateways.get(gatewayId ?? "");
  if (vpn !== undefined) return { kind: "vpn-gateway", gateway: vpn };
  const endpoint = known(said["vpcEndpointId"]) ?? gatewayId;
  const firewall = endpoint === undefined ? undefined : firewallAt(reading, endpoint);
  if (firewall !== undefined) return firewall;
  return { kind: "not-understood", what: whatIsSaid(reading, said) };
}

function vpcOfInternetGateway({ plan }: Reading, gateway: Resource): string | undefined {
  const attached = plan
    .all("ec2/internetGatewayAttachment:InternetGatewayAttachment")
    .find(({ inputs }) => inputs["internetGatewayId"] === gateway.id);
  return known(gateway.inputs["vpcId"]) ?? known(attached?.inputs["vpcId"]);
}

const targets = [
  "carrierGatewayId",
  "coreNetworkArn",
  "gatewayId",
  "localGatewayId",
  "natGatewayId",
  "networkInterfaceId",
  "odbNetworkArn",
  "transitGatewayId",
  "vpcEndpointId",
  "vpcPeeringConnectionId",
] as const;

function whatIsSaid({ plan }: Reading, said: Values): string {
  for (const target of targets) {
    const value = text(said[target]);
    if (value === undefined) continue;
    const resource = plan.find(value);
    return resource === undefined
      ? `${target} ${value}`
      : `${resource.type.split(":").at(-1)} ${resource.name}`;
  }
  return "a target that is not known";
}

function readNats({ plan, subnets, doubt }: Reading): Map<string, NatGateway> {
  const nats = new Map<string, NatGateway>();
  for (const resource of plan.all("ec2/natGateway:NatGateway")) {
    const { id, name, inputs } = resource;
    if (id === undefined) continue;
    const subnet = subnets.get(known(inputs["subnetId"]) ?? "");
    const vpc = known(inputs["vpcId"]);
    if (subnet === undefined)
      doubt(resource, "the subnet it is in is not known", vpc === undefined ? [] : [vpc]);
    nats.set(id, { name, public: inputs["connectivityType"] !== "private", subnet });
  }
  return nats;
}
