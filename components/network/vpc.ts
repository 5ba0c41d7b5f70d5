import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Location } from "../location";
import {
  type AddressPlan,
  addressPlan,
  ipv6Slot,
  outboundRange,
  partOf,
  type SubnetRole,
  zoneName,
} from "./address-plan";
import { GatewayEndpoints } from "./endpoints";
import { FlowLogs, type FlowLogsArgs } from "./flow-logs";
import { NetworkAcls } from "./network-acls";

export interface VpcArgs {
  readonly at: Location;
  /** The routable range, /16 to /20. */
  readonly addresses: string;
  /** Availability zones, by identifier; one to six, in the order of their subnets. Add new ones at the end. */
  readonly zones: readonly string[];
  /**
   * The way of the outbound subnets to the internet: a NAT gateway in each zone, one for all, or none here; then there
   * may be one in the hub.
   */
  readonly nat: NatPlacement;
  /**
   * The way of the outbound subnets to other networks of the company, which can not answer their addresses: private
   * NAT gateways in the private subnets.
   */
  readonly privateNat: NatPlacement;
  /** What is reached through the private NAT gateways. */
  readonly companyRanges: readonly string[];
  /** Give every subnet an IPv6 range too; outbound subnets' way out is an egress-only gateway. Default false. */
  readonly ipv6?: boolean;
  /** `o-` and 10 to 32 letters or digits: whose principals and resources gateway endpoints let through. */
  readonly organizationId: string;
  readonly flowLogs: Pick<FlowLogsArgs, "archiveBucketArn" | "cloudWatch">;
}

export type NatPlacement = "per-zone" | "single" | "none";

/**
 * A VPC with five roles of subnets, each in every zone:
 *
 * - `ingress`: routable; has the internet gateway; for NAT gateways and what the public may call, nothing else
 * - `private`: routable; for load balancers and endpoints; no way to the internet
 * - `outbound`: 100.64.0.0/16; for tasks; its way out is NAT, nothing outside the VPC can call in
 * - `data`: routable; no way out at all
 * - `transit`: routable, /28; for attachments to the transit gateway
 *
 * No subnet gives out public addresses, the default security group is empty, network ACLs hold for whatever is put into
 * `ingress` and `data`, S3 and DynamoDB are reached through gateway endpoints of the organization, and all traffic is
 * logged.
 *
 * Sources: Amazon VPC user guide, "VPC CIDR blocks" (which secondary ranges go with which first one), "Private NAT
 * gateways", "Egress-only internet gateways"; FSBP controls EC2.2, EC2.6, EC2.15.
 */
export class Vpc extends pulumi.ComponentResource {
  readonly id: pulumi.Output<string>;
  readonly plan: AddressPlan;
  readonly subnetIds: Readonly<Record<SubnetRole, pulumi.Output<string>[]>>;
  /** The route tables of a role; `outbound` has one a zone. */
  readonly routeTableIds: Readonly<Record<SubnetRole, pulumi.Output<string>[]>>;

  constructor(name: string, args: VpcArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:network:Vpc", name, {}, opts);
    const here = { parent: this };
    const { zones, ipv6 = false } = args;
    this.plan = addressPlan(args.addresses, zones.length);

    const vpc = new aws.ec2.Vpc(
      name,
      {
        cidrBlock: args.addresses,
        enableDnsSupport: true,
        enableDnsHostnames: true,
        ...(ipv6 ? { assignGeneratedIpv6CidrBlock: true } : {}),
        tags: { Name: name },
      },
      here,
    );
    this.id = vpc.id;
    const taskAddresses = new aws.ec2.VpcIpv4CidrBlockAssociation(
      `${name}-outbound`,
      { vpcId: vpc.id, cidrBlock: outboundRange },
      here,
    );
    new aws.ec2.DefaultSecurityGroup(name, { vpcId: vpc.id, tags: { Name: "default-unused" } }, here);

    const subnets = mapRoles(this.plan, (cidrBlock, role, zone) => {
      const subnetName = `${name}-${role}-${zoneName(zone)}`;
      return new aws.ec2.Subnet(
        subnetName,
        {
          vpcId: vpc.id,
          cidrBlock,
          availabilityZoneId: zones[zone],
          mapPublicIpOnLaunch: false,
          ...(ipv6
            ? {
                // A VPC gets a /56, a subnet a /64 of it.
                ipv6CidrBlock: vpc.ipv6CidrBlock.apply(range => partOf(range, 8, ipv6Slot(role, zone))),
                assignIpv6AddressOnCreation: role === "outbound",
              }
            : {}),
          tags: { Name: subnetName, "subnet-role": role },
        },
        { ...here, dependsOn: role === "outbound" ? [taskAddresses] : [] },
      );
    });
    const routeTable = (tableName: string, members: Readonly<Record<string, aws.ec2.Subnet>>) => {
      const table = new aws.ec2.RouteTable(tableName, { vpcId: vpc.id, tags: { Name: tableName } }, here);
      for (const [member, subnet] of Object.entries(members))
        new aws.ec2.RouteTableAssociation(member, { routeTableId: table.id, subnetId: subnet.id }, here);
      return table;
    };
    const named = (role: SubnetRole) =>
      subnets[role].map((subnet, zone) => [`${name}-${role}-${zoneName(zone)}`, subnet] as const);
    const shared = (role: SubnetRole) => routeTable(`${name}-${role}`, Object.fromEntries(named(role)));
    const ingress = shared("ingress");
    const inside = shared("private");
    // A table a zone, for each zone may have a way out of its own.
    const outbound = named("outbound").map(([subnetName, subnet]) =>
      routeTable(subnetName, { [subnetName]: subnet }),
    );
    const route = (
      routeName: string,
      to: Omit<aws.ec2.RouteArgs, "routeTableId">,
      table: aws.ec2.RouteTable,
    ) => new aws.ec2.Route(routeName, { routeTableId: table.id, ...to }, here);

    const internet = new aws.ec2.InternetGateway(name, { vpcId: vpc.id, tags: { Name: name } }, here);
    route(`${name}-internet`, { destinationCidrBlock: "0.0.0.0/0", gatewayId: internet.id }, ingress);
    const nats = placed(subnets.ingress, args.nat).map((subnet, zone) => {
      const natName = `${name}-nat-${zoneName(zone)}`;
      const address = new aws.ec2.Eip(natName, { domain: "vpc", tags: { Name: natName } }, here);
      return new aws.ec2.NatGateway(
        natName,
        { allocationId: address.id, subnetId: subnet.id, tags: { Name: natName } },
        { ...here, dependsOn: [internet] },
      );
    });
    const privateNats = placed(subnets.private, args.privateNat).map((subnet, zone) => {
      const natName = `${name}-private-nat-${zoneName(zone)}`;
      return new aws.ec2.NatGateway(
        natName,
        { connectivityType: "private", subnetId: subnet.id, tags: { Name: natName } },
        here,
      );
    });
    outbound.forEach((table, zone) => {
      const tableName = `${name}-outbound-${zoneName(zone)}`;
      const nat = nats[zone] ?? nats[0];
      if (nat !== undefined)
        route(tableName, { destinationCidrBlock: "0.0.0.0/0", natGatewayId: nat.id }, table);
      const toCompany = privateNats[zone] ?? privateNats[0];
      if (toCompany === undefined) return;
      for (const destinationCidrBlock of args.companyRanges)
        route(
          `${tableName}-${destinationCidrBlock.replace("/", "-")}`,
          { destinationCidrBlock, natGatewayId: toCompany.id },
          table,
        );
    });
    if (ipv6) {
      const everywhere = "::/0";
      const out = new aws.ec2.EgressOnlyInternetGateway(name, { vpcId: vpc.id, tags: { Name: name } }, here);
      route(
        `${name}-internet-ipv6`,
        { destinationIpv6CidrBlock: everywhere, gatewayId: internet.id },
        ingress,
      );
      outbound.forEach((table, zone) => {
        route(
          `${name}-outbound-ipv6-${zoneName(zone)}`,
          { destinationIpv6CidrBlock: everywhere, egressOnlyGatewayId: out.id },
          table,
        );
      });
    }
    new GatewayEndpoints(
      name,
      {
        at: args.at,
        vpcId: vpc.id,
        routeTableIds: outbound.map(table => table.id),
        organizationId: args.organizationId,
      },
      here,
    );
    new FlowLogs(name, { vpcId: vpc.id, at: args.at, ...args.flowLogs }, here);

    this.subnetIds = mapRoles(subnets, subnet => subnet.id);
    new NetworkAcls(
      name,
      {
        vpcId: vpc.id,
        ranges: [args.addresses, outboundRange],
        subnetIds: { ingress: this.subnetIds.ingress, data: this.subnetIds.data },
      },
      here,
    );
    this.routeTableIds = {
      ingress: [ingress.id],
      private: [inside.id],
      outbound: outbound.map(table => table.id),
      data: [shared("data").id],
      transit: [shared("transit").id],
    };
    this.registerOutputs({ id: this.id, subnetIds: this.subnetIds });
  }
}

/** The subnets that get a gateway. */
const placed = (subnets: readonly aws.ec2.Subnet[], placement: NatPlacement): readonly aws.ec2.Subnet[] =>
  ({ "per-zone": subnets, single: subnets.slice(0, 1), none: [] })[placement];

function mapRoles<A, B>(
  roles: Readonly<Record<SubnetRole, readonly A[]>>,
  change: (value: A, role: SubnetRole, zone: number) => B,
): Record<SubnetRole, B[]> {
  const mapped = (role: SubnetRole) => roles[role].map((value, zone) => change(value, role, zone));
  return {
    ingress: mapped("ingress"),
    private: mapped("private"),
    outbound: mapped("outbound"),
    data: mapped("data"),
    transit: mapped("transit"),
  };
}
