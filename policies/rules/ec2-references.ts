/** Which resources of a stack are where: told by what their properties were made from. */
import type { Stack, StackResource } from "../graph";
import { isOpenToWorld } from "../network-ranges";
import {
  defaultRouteTables,
  internetGateways,
  routes,
  routeTableAssociations,
  routeTables,
  subnets,
} from "../resource-types";
import { UnknownValue, type Value } from "../value";

/** All that a resource's properties were made from, or those of some of its properties. */
export function sourcesOf(resource: StackResource, properties = /^/): Set<StackResource> {
  const content = resource.props.isUnknown ? undefined : resource.props.content();
  const keys = typeof content === "object" && content !== null ? Object.keys(content) : [];
  return new Set(keys.filter(key => properties.test(key)).flatMap(key => resource.madeFrom(key)));
}

/** By `subnet-role`; a subnet without the tag has none. */
export function roleOf(subnet: StackResource): string | undefined {
  return subnet.at("tags", "subnet-role").text();
}

/** The zone's name or identifier; `undefined` where AWS chooses. */
export function zoneOf(subnet: StackResource): string | undefined {
  const zone = subnet.at("availabilityZoneId");
  return (zone.isSet ? zone : subnet.at("availabilityZone")).text();
}

/** A route to everywhere. */
export interface DefaultRoute {
  readonly holder: StackResource;
  readonly said: string;
  /** By what it leaves the VPC, unless by what lets nobody in. */
  readonly out: readonly (readonly [property: string, value: Value])[];
}

/** Not among them: NAT gateways, egress-only ones, firewalls' endpoints and the hub. */
const waysOut = [
  "carrierGatewayId",
  "gatewayId",
  "localGatewayId",
  "networkInterfaceId",
  "vpcPeeringConnectionId",
];

const destinationProperties = [
  "cidrBlock",
  "ipv6CidrBlock",
  "destinationCidrBlock",
  "destinationIpv6CidrBlock",
];

/** The routes to everywhere in a table, its own and those that name it. */
export function defaultRoutesOf(table: StackResource, stack: Stack): DefaultRoute[] {
  const naming = stack.companions(table, routes, "routeTableId");
  const written = [
    ...naming.map(route => ({ holder: route, route: route.props })),
    ...table
      .at("routes")
      .list()
      .map(route => ({ holder: table, route })),
  ];
  return written
    .filter(({ route }) => destinationProperties.some(key => isOpenToWorld(route.at(key).text() ?? "")))
    .map(({ holder, route }) => ({
      holder,
      said: route.path ? `${table.name} ${route.path}` : holder.name,
      out: waysOut
        .map(property => [property, route.at(property)] as const)
        .filter(([, value]) => value.isSet),
    }));
}

/** Whether a route leads to an internet gateway. `gatewayId` is that of a VPN's gateway, too. */
export function leadsToInternet({ holder, out }: DefaultRoute): boolean {
  const gateway = out.find(([property]) => property === "gatewayId")?.[1];
  if (gateway === undefined) return false;
  const sources = holder.madeFrom(gateway.path.startsWith("routes") ? "routes" : "gatewayId");
  if (sources.some(({ type }) => internetGateways.includes(type))) return true;
  if (gateway.isUnknown && sources.length > 0) return false;
  return gateway.text()?.startsWith("igw-") ?? false;
}

/** The tables that route a subnet: that of its association, else its VPC's main one where the program holds it. */
export function tablesOf(subnet: StackResource, stack: Stack): StackResource[] {
  const associations = stack.companions(subnet, routeTableAssociations, "subnetId");
  if (associations.length > 0)
    return stack
      .ofType(routeTables)
      .filter(table => associations.some(association => association.names("routeTableId", table)));
  const vpcs = subnet.madeFrom("vpcId");
  return stack
    .ofType(defaultRouteTables)
    .filter(table => table.madeFrom("defaultRouteTableId").some(vpc => vpcs.includes(vpc)));
}

export function defaultRoutesFrom(subnet: StackResource, stack: Stack): DefaultRoute[] {
  return tablesOf(subnet, stack).flatMap(table => defaultRoutesOf(table, stack));
}

/** A subnet that has a route to the internet, or is meant to have one. */
export function isPublic(subnet: StackResource, stack: Stack): boolean {
  return roleOf(subnet) === "ingress" || defaultRoutesFrom(subnet, stack).some(leadsToInternet);
}

/** The one of a type that a property names; not known where none in the stack is meant. */
export function named(
  resource: StackResource,
  property: string,
  types: readonly string[],
): StackResource | undefined {
  const found = resource.madeFrom(property).find(({ type }) => types.includes(type));
  if (!found && resource.at(property).isUnknown) throw new UnknownValue(property);
  return found;
}

export function subnetsOf(vpc: StackResource, stack: Stack): StackResource[] {
  return stack.ofType(subnets).filter(subnet => subnet.madeFrom("vpcId").includes(vpc));
}
