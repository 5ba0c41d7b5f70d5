import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, trustService } from "../identity/policy-document";
import { arn, type Location } from "../location";
import { LogGroup } from "../observability/log-group";
import { type AddressPlan, addressPlan, outboundRange, type SubnetRole } from "./address-plan";

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
 * A VPC over three zones with four roles of subnets:
 *
 * - `ingress`: routable; has the internet gateway; for load balancers and NAT gateways only
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
      "outbound",
      { vpcId: vpc.id, cidrBlock: outboundRange },
      here,
    );
    new aws.ec2.DefaultSecurityGroup("default", { vpcId: vpc.id, tags: { Name: "default-unused" } }, here);

    const subnets = (role: SubnetRole, dependsOn: pulumi.Resource[] = []) =>
      this.plan[role].map(
        (cidrBlock, zone) =>
          new aws.ec2.Subnet(
            `${role}-${zoneName(zone)}`,
            {
              vpcId: vpc.id,
              cidrBlock,
              availabilityZoneId: args.zones[zone],
              mapPublicIpOnLaunch: false,
              tags: { Name: `${role}-${zoneName(zone)}`, "subnet-role": role },
            },
            { ...here, dependsOn },
          ),
      );
    const byRole = {
      ingress: subnets("ingress"),
      outbound: subnets("outbound", [taskAddresses]),
      data: subnets("data"),
      transit: subnets("transit"),
    };

    const routeTable = (tableName: string, members: aws.ec2.Subnet[], firstZone = 0) => {
      const table = new aws.ec2.RouteTable(tableName, { vpcId: vpc.id, tags: { Name: tableName } }, here);
      members.forEach((subnet, index) => {
        const suffix = zoneName(firstZone + index);
        const association = tableName.endsWith(`-${suffix}`) ? tableName : `${tableName}-${suffix}`;
        new aws.ec2.RouteTableAssociation(association, { routeTableId: table.id, subnetId: subnet.id }, here);
      });
      return table;
    };
    const tables = {
      ingress: [routeTable("ingress", byRole.ingress)],
      outbound: byRole.outbound.map((subnet, zone) =>
        routeTable(`outbound-${zoneName(zone)}`, [subnet], zone),
      ),
      data: [routeTable("data", byRole.data)],
      transit: [routeTable("transit", byRole.transit)],
    };

    const internet = new aws.ec2.InternetGateway("internet", { vpcId: vpc.id, tags: { Name: name } }, here);
    new aws.ec2.Route(
      "ingress-internet",
      { routeTableId: only(tables.ingress).id, destinationCidrBlock: "0.0.0.0/0", gatewayId: internet.id },
      here,
    );

    const natSubnets = { "per-zone": byRole.ingress, single: byRole.ingress.slice(0, 1), none: [] }[args.nat];
    const nats = natSubnets.map((subnet, zone) => {
      const natName = `nat-${zoneName(zone)}`;
      const address = new aws.ec2.Eip(natName, { domain: "vpc", tags: { Name: natName } }, here);
      return new aws.ec2.NatGateway(
        natName,
        { allocationId: address.id, subnetId: subnet.id, tags: { Name: natName } },
        { ...here, dependsOn: [internet] },
      );
    });
    tables.outbound.forEach((table, zone) => {
      const nat = nats[zone] ?? nats[0];
      if (nat === undefined) return;
      new aws.ec2.Route(
        `outbound-${zoneName(zone)}-nat`,
        { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: nat.id },
        here,
      );
    });

    for (const service of ["s3", "dynamodb"])
      new aws.ec2.VpcEndpoint(
        service,
        {
          vpcId: vpc.id,
          serviceName: `com.amazonaws.${args.at.region}.${service}`,
          vpcEndpointType: "Gateway",
          routeTableIds: tables.outbound.map(table => table.id),
          tags: { Name: service },
        },
        here,
      );

    this.logFlows(name, vpc, args);

    this.subnetIds = mapRoles(byRole, subnet => subnet.id);
    this.routeTableIds = mapRoles(tables, table => table.id);
    this.registerOutputs({ id: this.id, subnetIds: this.subnetIds });
  }

  private logFlows(name: string, vpc: aws.ec2.Vpc, args: VpcArgs): void {
    const here = { parent: this };
    const logs = new LogGroup(
      "flow-logs",
      {
        name: `/landing-zone/flow-logs/${name}`,
        retentionDays: args.logRetentionDays,
        keyArn: args.logKeyArn,
        at: args.at,
      },
      here,
    );
    const role = new aws.iam.Role(
      "flow-logs",
      {
        name: `landing-zone-flow-logs-${name}`,
        assumeRolePolicy: trustService("vpc-flow-logs.amazonaws.com", args.at.accountId),
      },
      here,
    );
    const findGroup = {
      Effect: "Allow",
      Action: "logs:DescribeLogGroups",
      Resource: arn("logs", args.at, "log-group:*"),
    } as const;
    new aws.iam.RolePolicy(
      "flow-logs",
      { role: role.name, policy: policyDocument([logs.write, findGroup]) },
      here,
    );
    new aws.ec2.FlowLog(
      "flow-logs",
      {
        vpcId: vpc.id,
        trafficType: "ALL",
        logDestinationType: "cloud-watch-logs",
        logDestination: logs.arn,
        iamRoleArn: role.arn,
        maxAggregationInterval: 60,
        tags: { Name: name },
      },
      { ...here, dependsOn: [logs] },
    );
  }
}

/** Zones are called a, b and c in names; which places they are is said by their identifiers. */
const zoneName = (index: number): string => "abc".charAt(index);

const mapRoles = <A, B>(
  roles: Record<SubnetRole, A[]>,
  change: (value: A) => B,
): Record<SubnetRole, B[]> => ({
  ingress: roles.ingress.map(change),
  outbound: roles.outbound.map(change),
  data: roles.data.map(change),
  transit: roles.transit.map(change),
});

function only<A>([value]: A[]): A {
  if (value === undefined) throw new Error("a role of subnets without a route table");
  return value;
}
