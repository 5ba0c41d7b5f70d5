import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { parseCidr } from "cidr-tools";
import type { Location } from "../location";
import { partOf } from "./address-plan";
import { FlowLogs, type FlowLogsArgs } from "./flow-logs";
import { inName, requireApart, requireRange } from "./route-domains";

/** A VPC of the hub's own account, joined to the hub. */
export interface HubVpcArgs {
  readonly at: Location;
  /** /16 to /23, for example a /22: each zone has an eighth of it, and half of that is reserve. */
  readonly addresses: string;
  /**
   * Availability zones by identifier, for example `euc1-az1`; one that is added or left out moves no other.
   */
  readonly zones: readonly string[];
  readonly transitGatewayId: pulumi.Input<string>;
  /** The route table of the VPC's own domain in the hub. */
  readonly routeTableId: pulumi.Input<string>;
  /** Where all traffic is written down. */
  readonly flowLogs: Pick<FlowLogsArgs, "archiveBucketArn" | "cloudWatch">;
}

interface HubVpc<Role extends string> {
  readonly id: pulumi.Output<string>;
  readonly attachment: aws.ec2transitgateway.VpcAttachment;
  /** By role and zone. */
  readonly subnets: Readonly<Record<Role | "transit", Readonly<Record<string, aws.ec2.Subnet>>>>;
  readonly table: (name: string, subnets: Readonly<Record<string, aws.ec2.Subnet>>) => aws.ec2.RouteTable;
}

/**
 * The range of a role's subnet. It depends on the number in the zone's identifier and on nothing else.
 * @param role 0 for transit, 1 for what the VPC is there for, 2 and 3 for later.
 */
export const zoneRange = (addresses: string, zone: string, role: number): string =>
  partOf(addresses, 5, (Number(zone.slice(-1)) - 1) * 4 + role);

/**
 * A VPC with two subnets a zone, logged, joined to the hub and propagated nowhere: routes to it are written
 * down.
 */
export function hubVpc<Role extends string>(
  name: string,
  args: HubVpcArgs & { readonly role: Role; readonly applianceMode: boolean },
  parent: pulumi.Resource,
): HubVpc<Role> {
  requireAddresses(args.addresses);
  requireZones(args.zones);
  const here = { parent };
  const vpc = new aws.ec2.Vpc(
    name,
    { cidrBlock: args.addresses, enableDnsSupport: true, enableDnsHostnames: true, tags: { Name: name } },
    here,
  );
  new aws.ec2.DefaultSecurityGroup(name, { vpcId: vpc.id, tags: { Name: "default-unused" } }, here);
  new FlowLogs(name, { vpcId: vpc.id, at: args.at, ...args.flowLogs }, here);
  const subnetsOf = (role: string, index: number) =>
    Object.fromEntries(
      args.zones.map(zone => {
        const subnetName = `${name}-${role}-${zone}`;
        const subnet = new aws.ec2.Subnet(
          subnetName,
          {
            vpcId: vpc.id,
            cidrBlock: zoneRange(args.addresses, zone, index),
            availabilityZoneId: zone,
            mapPublicIpOnLaunch: false,
            tags: { Name: subnetName, "subnet-role": role },
          },
          here,
        );
        return [zone, subnet] as const;
      }),
    );
  const transit = subnetsOf("transit", 0);
  const attachment = new aws.ec2transitgateway.VpcAttachment(
    name,
    {
      transitGatewayId: args.transitGatewayId,
      vpcId: vpc.id,
      subnetIds: Object.values(transit).map(subnet => subnet.id),
      applianceModeSupport: args.applianceMode ? "enable" : "disable",
      transitGatewayDefaultRouteTableAssociation: false,
      transitGatewayDefaultRouteTablePropagation: false,
      tags: { Name: name },
    },
    here,
  );
  new aws.ec2transitgateway.RouteTableAssociation(
    name,
    { transitGatewayAttachmentId: attachment.id, transitGatewayRouteTableId: args.routeTableId },
    here,
  );
  return {
    id: vpc.id,
    attachment,
    subnets: { transit, [args.role]: subnetsOf(args.role, 1) } as HubVpc<Role>["subnets"],
    table: (tableName, members) => {
      const table = new aws.ec2.RouteTable(tableName, { vpcId: vpc.id, tags: { Name: tableName } }, here);
      for (const [zone, subnet] of Object.entries(members))
        new aws.ec2.RouteTableAssociation(
          tableName.endsWith(zone) ? tableName : `${tableName}-${zone}`,
          { routeTableId: table.id, subnetId: subnet.id },
          here,
        );
      return table;
    },
  };
}

function requireAddresses(addresses: string): void {
  requireRange("addresses", addresses);
  const { version, prefix } = parseCidr(addresses);
  if (version !== 4 || Number(prefix) < 16 || Number(prefix) > 23)
    throw new Error(`addresses is ${addresses}; it must be an IPv4 range of /16 to /23`);
}

function requireZones(zones: readonly string[]): void {
  if (zones.length === 0) throw new Error("zones is empty; name an availability zone or more");
  zones.forEach((zone, index) => {
    if (!/^[a-z]+\d+-az[1-8]$/.test(zone))
      throw new Error(`zones holds ${zone}, which is no identifier of a zone such as euc1-az1`);
    if (zones.indexOf(zone) !== index) throw new Error(`zones holds ${zone} twice`);
  });
}

/** What has no place on the internet. Source: RFC 1918, RFC 6598. */
export const privateRanges: readonly string[] = [
  "10.0.0.0/8",
  "100.64.0.0/10",
  "172.16.0.0/12",
  "192.168.0.0/16",
];

export interface EgressVpcArgs extends HubVpcArgs {
  /**
   * Who leaves by this way, by domain: its route table in the hub, and its ranges, where answers go back to.
   */
  readonly serves: Readonly<
    Record<string, { readonly routeTableId: pulumi.Input<string>; readonly ranges: readonly string[] }>
  >;
  /** The firewall that all passes on its way out and back, see `Inspection`; default: none. */
  readonly inspection?: {
    readonly attachmentId: pulumi.Input<string>;
    readonly routeTableId: pulumi.Input<string>;
  };
  /**
   * What the tables of those who leave by this way drop, unless they know it better; default:
   * `privateRanges`. Leave out one that on-premises announces just so, for a route that is written down goes
   * before one that is learned, and one that `RouteDomains` has these tables drop already.
   */
  readonly neverOut?: readonly string[];
}

/**
 * The one way out of the accounts that have none of their own: NAT gateways in a VPC of the hub, one a zone,
 * and a default route to them in the domains' tables.
 *
 * Answers come back because the hub knows the way: without `inspection`, by what those who are served
 * propagate into the table of the egress domain, so let them reach `egress`; with it, by routes to the
 * firewall that are written here, so let them reach `inspection` instead. A VPC that leaves by here has a
 * default route to the hub, and its addresses are unique: 100.64.0.0/16, which all VPCs have, must go through
 * a private NAT gateway first.
 *
 * The tables drop private addresses that they do not know, or one domain would reach another through the NAT
 * gateways. The NAT gateways' addresses are protected, because partners have them in their firewalls.
 *
 * Refused: what is no range, zones that are none, and ranges of environments that overlap.
 *
 * Sources: Amazon VPC Transit Gateways guide, "Centralized outbound routing to the internet"; AWS whitepaper
 * "Building a Scalable and Secure Multi-VPC AWS Network Infrastructure", "Centralized egress to internet".
 */
export class EgressVpc extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  readonly attachmentId: pulumi.Output<string>;
  /** What partners see, by zone. */
  readonly publicAddresses: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: EgressVpcArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:network:EgressVpc", name, {}, opts);
    const { serves, inspection, transitGatewayId, neverOut = privateRanges } = args;
    requireApart(
      Object.fromEntries(Object.entries(serves).map(([domain, { ranges }]) => [domain, ranges] as const)),
    );
    for (const range of neverOut) requireRange("neverOut", range);
    const here = { parent: this };
    const net = hubVpc(name, { ...args, role: "ingress", applianceMode: false }, this);
    const served = Object.values(serves).flatMap(({ ranges }) => ranges);

    const internet = new aws.ec2.InternetGateway(name, { vpcId: net.id, tags: { Name: name } }, here);
    const ingress = net.table(`${name}-ingress`, net.subnets.ingress);
    new aws.ec2.Route(
      `${name}-internet`,
      { routeTableId: ingress.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: internet.id },
      here,
    );
    for (const range of served)
      new aws.ec2.Route(
        `${name}-back-${inName(range)}`,
        { routeTableId: ingress.id, destinationCidrBlock: range, transitGatewayId },
        { ...here, dependsOn: [net.attachment] },
      );
    const addresses = Object.entries(net.subnets.ingress).map(([zone, subnet]) => {
      const natName = `${name}-nat-${zone}`;
      const address = new aws.ec2.Eip(
        natName,
        { domain: "vpc", tags: { Name: natName } },
        { ...here, protect: true },
      );
      const nat = new aws.ec2.NatGateway(
        natName,
        { allocationId: address.id, subnetId: subnet.id, tags: { Name: natName } },
        { ...here, dependsOn: [internet] },
      );
      // A table a zone, so that nothing crosses zones on its way out and a zone's failure stays its own.
      const transitName = `${name}-transit-${zone}`;
      const transit = net.subnets.transit[zone];
      const table = net.table(transitName, transit === undefined ? {} : { [zone]: transit });
      new aws.ec2.Route(
        transitName,
        { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: nat.id },
        here,
      );
      return [zone, address.publicIp] as const;
    });

    const inHub = (
      routeName: string,
      transitGatewayRouteTableId: pulumi.Input<string>,
      destinationCidrBlock: string,
      way: { readonly transitGatewayAttachmentId: pulumi.Input<string> } | { readonly blackhole: true },
    ) =>
      new aws.ec2transitgateway.Route(
        routeName,
        { transitGatewayRouteTableId, destinationCidrBlock, ...way },
        here,
      );
    const out = { transitGatewayAttachmentId: inspection?.attachmentId ?? net.attachment.id };
    for (const [domain, { routeTableId }] of Object.entries(serves)) {
      inHub(`${name}-of-${domain}`, routeTableId, "0.0.0.0/0", out);
      for (const range of neverOut)
        inHub(`${name}-of-${domain}-not-${inName(range)}`, routeTableId, range, { blackhole: true });
    }
    if (inspection !== undefined) {
      inHub(`${name}-inspected`, inspection.routeTableId, "0.0.0.0/0", {
        transitGatewayAttachmentId: net.attachment.id,
      });
      for (const range of served)
        inHub(`${name}-inspected-back-${inName(range)}`, args.routeTableId, range, {
          transitGatewayAttachmentId: inspection.attachmentId,
        });
    }
    this.vpcId = net.id;
    this.attachmentId = net.attachment.id;
    this.publicAddresses = Object.fromEntries(addresses);
    this.registerOutputs({
      vpcId: this.vpcId,
      attachmentId: this.attachmentId,
      publicAddresses: this.publicAddresses,
    });
  }
}
