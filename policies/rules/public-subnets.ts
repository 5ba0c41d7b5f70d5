/** Which subnets of a stack the internet has a way into, as far as the stack says. */
import type { Stack, StackResource } from "../graph";
import { subnets } from "../resource-types";

const associations = ["aws:ec2/routeTableAssociation:RouteTableAssociation"];
const routeTables = ["aws:ec2/routeTable:RouteTable"];
const routes = ["aws:ec2/route:Route"];
const internetGateways = ["aws:ec2/internetGateway:InternetGateway"];

/**
 * The subnets that a property is made from. Those of other stacks are not among them: they answer for themselves,
 * where they are made.
 */
export function subnetsOf(resource: StackResource, property: string): StackResource[] {
  return resource.madeFrom(property).filter(({ type }) => subnets.includes(type));
}

/** Why a subnet is public, in words; `undefined`: it is not. */
export function whyPublic(subnet: StackResource, stack: Stack): string | undefined {
  if (subnet.at("mapPublicIpOnLaunch").is(true)) return "hands out public addresses";
  const tables = stack
    .ofType(associations)
    .filter(one => one.names("subnetId", subnet))
    .flatMap(one => one.madeFrom("routeTableId"))
    .filter(({ type }) => routeTables.includes(type));
  const leads = tables.some(
    table =>
      leadsOut(table, "routes") ||
      stack.ofType(routes).some(one => one.names("routeTableId", table) && leadsOut(one, "gatewayId")),
  );
  return leads ? "has a route to an internet gateway" : undefined;
}

function leadsOut(resource: StackResource, property: string): boolean {
  return resource.madeFrom(property).some(({ type }) => internetGateways.includes(type));
}
