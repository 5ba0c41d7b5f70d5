import { type Cases, unknown } from "./example";
import { changed, good, type Part, part, route } from "./small-network";

const internetRoute = (of: string) => route(of, { gatewayId: "@gateway" });
const plus = (...parts: readonly Part[]) => [...good, ...parts];

const balancer = (props: Readonly<Record<string, unknown>>) =>
  changed(good, part("lb/loadBalancer:LoadBalancer", "balancer", { subnets: ["@ingress"], ...props }));
const machineIn = (subnetId: string) => part("ec2/instance:Instance", "machine", { subnetId });

/** A VPC whose only route table is its main one. */
const mainTable = [
  part("ec2/vpc:Vpc", "vpc", { cidrBlock: "10.16.0.0/16" }),
  part("ec2/internetGateway:InternetGateway", "gateway", { vpcId: "@vpc" }),
  part("ec2/subnet:Subnet", "private", { vpcId: "@vpc", cidrBlock: "10.16.0.0/20" }),
];
const main = (routes: unknown) =>
  part("ec2/defaultRouteTable:DefaultRouteTable", "main", { defaultRouteTableId: "@vpc", routes });
const inline = (role: string, to: object) =>
  changed(good, part("ec2/routeTable:RouteTable", `${role}-table`, { vpcId: "@vpc", routes: [to] }));

const zoned = (name: string, zone: unknown, role = "private", props: object = {}) =>
  part("ec2/subnet:Subnet", name, {
    vpcId: "@vpc",
    availabilityZoneId: zone,
    tags: { "subnet-role": role },
    ...props,
  });
const vpcOf = (environment: unknown) => part("ec2/vpc:Vpc", "vpc", { tags: { environment } });
const nat = (name: string, subnetId: string, props: object = {}) =>
  part("ec2/natGateway:NatGateway", name, { subnetId, ...props });
const twoZones = [zoned("first", "euc1-az1"), zoned("second", "euc1-az2")];

export default [
  {
    rule: "ec2-subnet-no-auto-public-ip",
    accepts: [{}, { props: { mapPublicIpOnLaunch: false } }],
    refuses: [{ props: { mapPublicIpOnLaunch: true } }],
    unknown: [{ props: { mapPublicIpOnLaunch: unknown } }],
  },
  {
    rule: "ec2-public-subnet-allow-list",
    accepts: [good, plus(machineIn("@private")), balancer({ internal: true, subnets: ["@private"] })],
    refuses: [
      plus(machineIn("@ingress")),
      [...good.filter(({ name }) => !name.startsWith("ingress-")), machineIn("@ingress")],
      plus(internetRoute("private"), machineIn("@private")),
      balancer({ internal: true }),
      balancer({ internal: true, subnets: undefined, subnetMappings: [{ subnetId: "@ingress" }] }),
      changed(
        good,
        part("rds/subnetGroup:SubnetGroup", "database-subnets", { subnetIds: ["@data", "@ingress"] }),
      ),
    ],
    unknown: [balancer({ internal: unknown })],
  },
  {
    rule: "ec2-private-subnet-no-igw-route",
    accepts: [
      good,
      [...mainTable, main([{ cidrBlock: "0.0.0.0/0", natGatewayId: unknown }])],
      plus(route("private", { gatewayId: "@gateway" }, "203.0.113.0/24")),
      plus(part("ec2/vpnGateway:VpnGateway", "vpn"), route("private", { gatewayId: "@vpn" })),
      plus(route("private", { gatewayId: "vgw-1" })),
    ],
    refuses: [
      plus(internetRoute("private")),
      plus(internetRoute("data")),
      plus(route("private", { gatewayId: "igw-1" })),
      [...mainTable, main([{ ipv6CidrBlock: "::/0", gatewayId: "@gateway" }])],
      inline("private", { cidrBlock: "0.0.0.0/0", gatewayId: "@gateway" }),
      [
        ...good,
        part("ec2/route:Route", "v6", {
          routeTableId: "@private-table",
          destinationIpv6CidrBlock: "::/0",
          gatewayId: "@gateway",
        }),
      ],
    ],
    unknown: [
      plus(route("private", { gatewayId: unknown })),
      plus(route("private", { gatewayId: "@gateway" }, unknown)),
    ],
  },
  {
    rule: "ec2-isolated-subnet-no-default-route",
    accepts: [good, plus(route("data", { transitGatewayId: unknown }, "10.0.0.0/8"))],
    refuses: [
      plus(route("data", { natGatewayId: "@nat" })),
      plus(route("data", { transitGatewayId: unknown })),
    ],
    unknown: [plus(route("data", { natGatewayId: "@nat" }, unknown))],
  },
  {
    rule: "ec2-private-default-route-nat-or-tgw",
    accepts: [
      good,
      plus(route("private", { transitGatewayId: unknown })),
      plus(route("private", { vpcEndpointId: unknown })),
      plus(route("private", { egressOnlyGatewayId: unknown })),
      plus(route("private", { coreNetworkArn: unknown })),
      plus(route("private", { networkInterfaceId: unknown }, "10.0.0.0/8")),
    ],
    refuses: [
      plus(route("private", { networkInterfaceId: unknown })),
      plus(route("private", { vpcPeeringConnectionId: unknown })),
      plus(route("private", { carrierGatewayId: unknown })),
      plus(route("private", { localGatewayId: unknown })),
      inline("outbound", { cidrBlock: "0.0.0.0/0", networkInterfaceId: unknown }),
    ],
    unknown: [plus(route("private", { natGatewayId: "@nat" }, unknown))],
  },
  {
    rule: "ec2-nat-per-az",
    accepts: [
      [vpcOf("prod"), ...twoZones, nat("one", "@first"), nat("two", "@second")],
      [vpcOf("dev"), ...twoZones, nat("one", "@first")],
      [vpcOf("prod"), ...twoZones, nat("one", "@first", { connectivityType: "private" })],
    ],
    refuses: [
      [vpcOf("prod"), ...twoZones, nat("one", "@first")],
      [
        vpcOf("prod"),
        ...twoZones,
        nat("one", "@first"),
        nat("two", "@second", { connectivityType: "private" }),
      ],
      [vpcOf("prod"), zoned("first", "euc1-az1"), zoned("second", undefined), nat("one", "@first")],
    ],
    unknown: [
      [vpcOf(unknown), ...twoZones, nat("one", "@first")],
      [vpcOf("prod"), zoned("first", unknown), nat("one", "@first")],
    ],
  },
  {
    rule: "ec2-nat-private-or-public-subnet",
    accepts: [
      good,
      changed(good, nat("nat", "@private", { connectivityType: "private" })),
      changed(good, nat("nat", "@private", { availabilityMode: "regional" })),
      [...changed(good, nat("nat", "@private")), internetRoute("private")],
    ],
    refuses: [changed(good, nat("nat", "@private")), changed(good, nat("nat", "@data"))],
    unknown: [changed(good, nat("nat", unknown))],
  },
  {
    rule: "ec2-subnet-multi-az",
    accepts: [
      [vpcOf("prod"), ...twoZones],
      [vpcOf("prod"), ...twoZones, zoned("third", unknown)],
      [
        vpcOf("prod"),
        zoned("first", undefined, "data", { availabilityZone: "eu-central-1a" }),
        zoned("second", undefined, "data", { availabilityZone: "eu-central-1b" }),
      ],
    ],
    refuses: [
      [vpcOf("prod"), zoned("first", "euc1-az1")],
      [vpcOf("dev"), ...twoZones, zoned("data", "euc1-az1", "data")],
      [vpcOf("prod"), zoned("first", undefined), zoned("second", undefined)],
      [vpcOf("prod"), zoned("first", "euc1-az1", undefined), zoned("second", "euc1-az1", undefined)],
    ],
    unknown: [
      [vpcOf("prod"), zoned("first", "euc1-az1"), zoned("second", unknown)],
      [vpcOf("prod"), zoned("first", "euc1-az1", "private", { tags: unknown })],
    ],
  },
  {
    rule: "ec2-peering-least-route",
    accepts: [
      { props: { destinationCidrBlock: "10.16.0.0/16", vpcPeeringConnectionId: unknown } },
      { props: { destinationIpv6CidrBlock: "2001:db8::/44", vpcPeeringConnectionId: unknown } },
      { props: { destinationCidrBlock: "0.0.0.0/0", natGatewayId: unknown } },
      {
        type: "aws:ec2/routeTable:RouteTable",
        props: { routes: [{ cidrBlock: "10.0.0.0/8", transitGatewayId: unknown }] },
      },
    ],
    refuses: [
      { props: { destinationCidrBlock: "10.0.0.0/8", vpcPeeringConnectionId: unknown } },
      { props: { destinationIpv6CidrBlock: "2001:db8::/43", vpcPeeringConnectionId: unknown } },
      {
        type: "aws:ec2/routeTable:RouteTable",
        props: { routes: [unknown, { cidrBlock: "0.0.0.0/0", vpcPeeringConnectionId: unknown }] },
      },
      {
        type: "aws:ec2/defaultRouteTable:DefaultRouteTable",
        props: { routes: [{ ipv6CidrBlock: "::/0", vpcPeeringConnectionId: "pcx-1" }] },
      },
    ],
    unknown: [{ props: { destinationCidrBlock: unknown, vpcPeeringConnectionId: unknown } }],
  },
] satisfies Cases[];
