import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Location } from "../location";
import { type AddressPlan, addressPlan, outboundRange, type SubnetRole } from "./address-plan";
import { FlowLogs } from "./flow-logs";

export interface VpcArgs {
  readonly at: Location;
  /** The routable range, /16 to /20. */
  readonly addresses: string;
  /** Three availability zones, by identifier. */
  readonly zones: readonly [string, string, string];
  /** The way out of the outbound subnets: a NAT gateway in each zone, one for all, or none. */
  readonly nat: "per-zone" | "single" | "none";
  /** The key of the flow logs. It must admit CloudWatch Logs for log groups below `/landing-zone/`. */
  readonly logKeyArn: pulumi.Input<string>;
  readonly logRetentionDays: number;
}

/**
 * A VPC over three zones with five roles of subnets:
 *
 * - `ingress`: routable; has the internet gateway; for NAT gateways and what the public may call, nothing else
 * - `private`: routable; for load balancers and endpoints; no way to the internet
 * - `outbound`: 100.64.0.0/16; for tasks; its way out is NAT, nothing outside the VPC can call in
 * - `data`: routable; no way out at all
 * - `transit`: routable, /28; for attachments to the transit gateway
 *
 * No subnet gives out public addresses, the default security group is empty, S3 and DynamoDB are reached through
 * gateway endpoints, and all traffic is logged to an encrypted log group.
 *
 * Sources: Amazon VPC user guide, "VPC CIDR blocks" (which secondary ranges go with which first one); FSBP controls
 * EC2.2, EC2.6, EC2.15.
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
    this.plan = addressPlan(args.addresses);

    const vpc = new aws.ec2.Vpc(
      name,
      { cidrBlock: args.addresses, enableDnsSupport: true, enableDnsHostnames: true, tags: { Name: name } },
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
          availabilityZoneId: args.zones[zone],
          mapPublicIpOnLaunch: false,
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
    // A table a zone, for each zone may have a way out of its own.
    const outbound = named("outbound").map(([subnetName, subnet]) =>
      routeTable(subnetName, { [subnetName]: subnet }),
    );

    const internet = new aws.ec2.InternetGateway(name, { vpcId: vpc.id, tags: { Name: name } }, here);
    new aws.ec2.Route(
      `${name}-internet`,
      { routeTableId: ingress.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: internet.id },
      here,
    );
    const natSubnets = { "per-zone": subnets.ingress, single: subnets.ingress.slice(0, 1), none: [] }[
      args.nat
    ];
    const nats = natSubnets.map((subnet, zone) => {
      const natName = `${name}-nat-${zoneName(zone)}`;
      const address = new aws.ec2.Eip(natName, { domain: "vpc", tags: { Name: natName } }, here);
      return new aws.ec2.NatGateway(
        natName,
        { allocationId: address.id, subnetId: subnet.id, tags: { Name: natName } },
        { ...here, dependsOn: [internet] },
      );
    });
    outbound.forEach((table, zone) => {
      const nat = nats[zone] ?? nats[0];
      if (nat === undefined) return;
      new aws.ec2.Route(
        `${name}-outbound-${zoneName(zone)}`,
        { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: nat.id },
        here,
      );
    });
    for (const service of ["s3", "dynamodb"])
      new aws.ec2.VpcEndpoint(
        `${name}-${service}`,
        {
          vpcId: vpc.id,
          serviceName: `com.amazonaws.${args.at.region}.${service}`,
          vpcEndpointType: "Gateway",
          routeTableIds: outbound.map(table => table.id),
          tags: { Name: `${name}-${service}` },
        },
        here,
      );
    new FlowLogs(
      name,
      {
        vpcId: vpc.id,
        at: args.at,
        keyArn: args.logKeyArn,
        retentionDays: args.logRetentionDays,
      },
      here,
    );

    this.subnetIds = mapRoles(subnets, subnet => subnet.id);
    this.routeTableIds = {
      ingress: [ingress.id],
      private: [shared("private").id],
      outbound: outbound.map(table => table.id),
      data: [shared("data").id],
      transit: [shared("transit").id],
    };
    this.registerOutputs({ id: this.id, subnetIds: this.subnetIds });
  }
}

/** Zones are called a, b and c in names; which places they are is said by their identifiers. */
const zoneName = (index: number): string => "abc".charAt(index);

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
