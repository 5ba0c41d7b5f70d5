import type { StackResource } from "../graph";
import { isProduction } from "../resource-tags";
import {
  defaultRouteTables,
  loadBalancers,
  natGateways,
  routes,
  routeTables,
  subnets,
  vpcs,
} from "../resource-types";
import type { Rule } from "../rule";
import { UnknownValue, type Value } from "../value";
import {
  defaultRoutesFrom,
  isPublic,
  leadsToInternet,
  named,
  roleOf,
  subnetsOf,
  zoneOf,
} from "./ec2-references";

/** What is placed in subnets, and the property that names them; load balancers by themselves, below. */
const placed: Readonly<Record<string, string>> = {
  "aws:autoscaling/group:Group": "vpcZoneIdentifiers",
  "aws:docdb/subnetGroup:SubnetGroup": "subnetIds",
  "aws:ec2/instance:Instance": "subnetId",
  "aws:ec2/networkInterface:NetworkInterface": "subnetId",
  "aws:ecs/service:Service": "networkConfiguration",
  "aws:ecs/taskSet:TaskSet": "networkConfiguration",
  "aws:efs/mountTarget:MountTarget": "subnetId",
  "aws:elasticache/subnetGroup:SubnetGroup": "subnetIds",
  "aws:lambda/function:Function": "vpcConfig",
  "aws:memorydb/subnetGroup:SubnetGroup": "subnetIds",
  "aws:neptune/subnetGroup:SubnetGroup": "subnetIds",
  "aws:opensearch/domain:Domain": "vpcOptions",
  "aws:rds/subnetGroup:SubnetGroup": "subnetIds",
  "aws:redshift/subnetGroup:SubnetGroup": "subnetIds",
};

export const ec2Subnets: readonly Rule[] = [
  {
    name: "ec2-subnet-no-auto-public-ip",
    theme: "exposure",
    title: "A subnet gives out no public addresses",
    why: "Whatever starts in it would be on the internet without anybody's decision",
    fix: "leave mapPublicIpOnLaunch out, in public subnets too: load balancers and NAT gateways do not need it",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP EC2.15"],
    types: subnets,
    check(subnet, report) {
      if (subnet.at("mapPublicIpOnLaunch").is(true)) report.refuse("mapPublicIpOnLaunch is true");
    },
    remediate: () => ({ mapPublicIpOnLaunch: false }),
  },
  {
    name: "ec2-public-subnet-allow-list",
    theme: "network",
    title: "In a public subnet are NAT gateways and public load balancers, and nothing else",
    why: "One public address more, and what is there is called past the load balancer",
    fix: "put it into a private subnet, and let a public load balancer pass calls on",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: subnets,
    scope: "stack",
    check(stack, report) {
      const others = stack.ofType(Object.keys(placed));
      report.each(stack.ofType(subnets), (subnet, report) => {
        if (!isPublic(subnet, stack)) return;
        for (const other of others)
          if (other.madeFrom(placed[other.type] ?? "").includes(subnet))
            report.refuse(`${other.name} is in it`);
        for (const balancer of stack.ofType(loadBalancers))
          report.attempt(() => {
            const isHere = ["subnets", "subnetMappings"].some(key => balancer.madeFrom(key).includes(subnet));
            if (isHere && balancer.at("internal").is(true))
              report.refuse(`${balancer.name}, which is internal, is in it`);
          });
      });
    },
  },
  {
    name: "ec2-private-subnet-no-igw-route",
    theme: "network",
    title: "Only subnets of role ingress have a route to an internet gateway",
    why: "With it every public address in the subnet can be called, and each thing there is one setting away from one",
    fix: "route to a NAT gateway or the transit gateway, or give the subnet the tag subnet-role: ingress",
    severity: "critical",
    level: "mandatory",
    controls: [],
    types: subnets,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(subnets), (subnet, report) => {
        if (roleOf(subnet) === "ingress") return;
        for (const route of defaultRoutesFrom(subnet, stack))
          report.attempt(() => {
            if (leadsToInternet(route)) report.refuse(`${route.said} leads to an internet gateway`);
          });
      });
    },
  },
  {
    name: "ec2-isolated-subnet-no-default-route",
    theme: "network",
    title: "A data subnet has no default route",
    why: "What holds data has nobody to call outside, and an intruder there would have",
    fix: "take the route away; AWS's services are reached by endpoints",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: subnets,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(subnets), (subnet, report) => {
        if (roleOf(subnet) !== "data") return;
        for (const { said } of defaultRoutesFrom(subnet, stack)) report.refuse(`${said} is one`);
      });
    },
  },
  {
    name: "ec2-private-default-route-nat-or-tgw",
    theme: "network",
    title: "Private subnets leave by a NAT gateway, an egress-only gateway, a firewall or the hub",
    why: "Other ways out are not watched, or need somebody to patch an instance that forwards packets",
    fix: "set natGatewayId, egressOnlyGatewayId, vpcEndpointId or transitGatewayId in the route",
    severity: "medium",
    level: "advisory",
    controls: [],
    types: subnets,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(subnets), (subnet, report) => {
        if (roleOf(subnet) === "ingress") return;
        for (const { said, out } of defaultRoutesFrom(subnet, stack))
          for (const [property] of out) report.refuse(`${said} leads out by ${property}`);
      });
    },
  },
  {
    name: "ec2-nat-per-az",
    theme: "resilience-and-backup",
    title: "A production VPC has a NAT gateway in each of its zones",
    why: "When the zone of the only one fails, the tasks in all others are cut off",
    fix: "make a NAT gateway in each zone, or one with availabilityMode regional",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: natGateways,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(vpcs), (vpc, report) => {
        const inside = subnetsOf(vpc, stack);
        const gateways = stack
          .ofType(natGateways)
          .filter(nat => inside.some(subnet => nat.madeFrom("subnetId").includes(subnet)))
          .filter(nat => !nat.at("connectivityType").is("private"));
        if (gateways.length === 0) return;
        const served = new Set(
          gateways
            .flatMap(nat => inside.filter(subnet => nat.madeFrom("subnetId").includes(subnet)))
            .map(zoneOf),
        );
        const without = [...new Set(inside.map(zoneOf))].filter(zone => !served.has(zone));
        if (without.length > 0 && isProduction(vpc))
          report.refuse(
            `there is no NAT gateway in ${without.map(zone => zone ?? "a zone of AWS's choice").join(", ")}`,
          );
      });
    },
  },
  {
    name: "ec2-nat-private-or-public-subnet",
    theme: "network",
    title: "A public NAT gateway is in a public subnet",
    why: "Elsewhere it has no way to the internet, and nothing behind it has one",
    fix: "set subnetId to a subnet with a route to an internet gateway, or connectivityType private",
    severity: "low",
    level: "advisory",
    controls: [],
    types: natGateways,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(natGateways), (nat, report) => {
        if (nat.at("connectivityType").is("private") || nat.at("availabilityMode").is("regional")) return;
        const subnet = named(nat, "subnetId", subnets);
        if (subnet && !isPublic(subnet, stack)) report.refuse(`${subnet.name} is not public`);
      });
    },
  },
  {
    name: "ec2-subnet-multi-az",
    theme: "resilience-and-backup",
    title: "Each role of a VPC has subnets in two zones or more",
    why: "A zone is a building that can fail; what is in one zone fails with it",
    fix: "add a subnet of the role in another zone",
    severity: "medium",
    level: "mandatory",
    leniency: "dev",
    controls: [],
    types: subnets,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(vpcs), (vpc, report) => {
        const inside = subnetsOf(vpc, stack);
        report.each(new Set(inside.map(roleOf)), (role, report) => {
          const members = inside.filter(subnet => roleOf(subnet) === role);
          if (!areInTwoZones(members))
            report.refuse(
              `all subnets of ${role === undefined ? "no role" : `role ${role}`} are in one zone`,
            );
        });
      });
    },
  },
  {
    name: "ec2-peering-least-route",
    theme: "network",
    title: "A route to a peered VPC names that VPC's range and no more",
    why: "All that the other side routes on could be reached",
    fix: "set the destination to the peer's range or a part of it, /16 at most",
    severity: "medium",
    level: "advisory",
    controls: ["CIS 3.0 5.5", "CIS 5.0 5.6"],
    types: [...routes, ...routeTables, ...defaultRouteTables],
    check(resource, report) {
      const isRoute = routes.includes(resource.type);
      report.each(isRoute ? [resource.props] : resource.at("routes").list(), route => {
        if (!route.at("vpcPeeringConnectionId").isSet) return;
        for (const key of ["destinationCidrBlock", "destinationIpv6CidrBlock", "cidrBlock", "ipv6CidrBlock"])
          if (isWiderThanVpc(route.at(key)))
            report.refuse(`${route.at(key).path} is ${route.at(key).text()}`);
      });
    },
  },
];

/** The widest that AWS gives a VPC: /16 of IPv4, and of IPv6 /44. Source: Amazon VPC user guide, "VPC CIDR blocks". */
function isWiderThanVpc(destination: Value): boolean {
  const [address, length] = destination.text()?.split("/") ?? [];
  return length !== undefined && Number(length) < (address?.includes(":") ? 44 : 16);
}

/** Two known ones suffice, whatever the others are. */
function areInTwoZones(members: readonly StackResource[]): boolean {
  const zones = new Set<string | undefined>();
  let open: UnknownValue | undefined;
  for (const member of members)
    try {
      zones.add(zoneOf(member));
    } catch (error) {
      if (!(error instanceof UnknownValue)) throw error;
      open ??= error;
    }
  if (zones.size < 2 && open) throw open;
  return zones.size >= 2;
}
