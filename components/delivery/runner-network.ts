import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { parseCidr } from "cidr-tools";
import type { Location } from "../location";
import { ForwardingRuleAssociations } from "../names/forwarding-rule-associations";
import { partOf, zoneName } from "../network/address-plan";
import type { EndpointService } from "../network/endpoint-policies";
import { GatewayEndpoints, InterfaceEndpoints } from "../network/endpoints";
import { FlowLogs, type FlowLogsArgs } from "../network/flow-logs";
import { requireRange } from "../network/route-domains";
import { TransitAttachment, type TransitAttachmentArgs } from "../network/transit-attachment";

/** The runner's subnets, a range a zone. */
export interface RunnerAddresses {
  /** The manager and its workers. */
  readonly jobs: readonly string[];
  /** The attachment to the hub, /28. */
  readonly transit: readonly string[];
}

/**
 * Shares out a runner's range: an eighth for the jobs of each zone, six at most, and the last eighth for the ways to the
 * hub. A zone that is added moves no other.
 *
 * @throws {Error} for a range that is not /16 to /22, in which an eighth has room for six /28, and for zones out of one
 *   to six.
 */
export function runnerAddresses(addresses: string, zones: number): RunnerAddresses {
  requireRange("addresses", addresses);
  const { version, prefix } = parseCidr(addresses);
  const length = Number(prefix);
  if (version !== 4 || length < 16 || length > 22)
    throw new Error(`addresses is ${addresses}; it must be an IPv4 range of /16 to /22`);
  if (!Number.isInteger(zones) || zones < 1 || zones > 6)
    throw new Error(`${zones} zones; a runner has 1 to 6`);
  const each = (range: (zone: number) => string) => Array.from({ length: zones }, (_, zone) => range(zone));
  const last = partOf(addresses, 3, 7);
  return {
    jobs: each(zone => partOf(addresses, 3, zone)),
    transit: each(zone => partOf(last, 28 - length - 3, zone)),
  };
}

export interface RunnerNetworkArgs {
  readonly at: Location;
  /** /16 to /22, nobody else's. */
  readonly addresses: string;
  /** Availability zones by identifier, one to six; new ones at the end. */
  readonly zones: readonly string[];
  /** `o-` and 10 to 32 letters or digits: whom gateway and interface endpoints let through. */
  readonly organizationId: string;
  readonly flowLogs: Pick<FlowLogsArgs, "archiveBucketArn" | "cloudWatch">;
  /** The hub, and the route domain there. */
  readonly transit: Pick<
    TransitAttachmentArgs,
    "transitGatewayId" | "domainRouteTableId" | "propagatesTo" | "hub"
  >;
  /** Services with an interface endpoint here; what has none is called through the hub. */
  readonly endpoints: readonly EndpointService[];
  /** The hub's rules for names that the company's own servers answer, by domain. */
  readonly forwardingRuleIds?: Readonly<Record<string, pulumi.Input<string>>>;
}

/**
 * A VPC for a runner and nothing else. There is no way in: no internet gateway, no public address, no load balancer. All
 * that is not in it goes to the hub, which knows the way out, and S3 and DynamoDB have gateway endpoints.
 *
 * Refused: a range that is not /16 to /22, and more than six zones.
 *
 * Sources: Amazon VPC Transit Gateways guide, "Centralized outbound routing to the internet"; FSBP controls EC2.2, EC2.6.
 */
export class RunnerNetwork extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  /** Where the manager and its workers are, one a zone. */
  readonly subnetIds: readonly pulumi.Output<string>[];
  /** The way out is there. */
  readonly way: pulumi.Resource;

  constructor(name: string, args: RunnerNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:delivery:RunnerNetwork", name, {}, opts);
    const here = { parent: this };
    const { at, addresses, zones, organizationId } = args;
    const plan = runnerAddresses(addresses, zones.length);
    const vpc = new aws.ec2.Vpc(
      name,
      { cidrBlock: addresses, enableDnsSupport: true, enableDnsHostnames: true, tags: { Name: name } },
      here,
    );
    new aws.ec2.DefaultSecurityGroup(name, { vpcId: vpc.id, tags: { Name: "default-unused" } }, here);
    const subnets = (role: keyof RunnerAddresses) => {
      const table = new aws.ec2.RouteTable(
        `${name}-${role}`,
        { vpcId: vpc.id, tags: { Name: `${name}-${role}` } },
        here,
      );
      const ids = plan[role].map((cidrBlock, zone) => {
        const subnetName = `${name}-${role}-${zoneName(zone)}`;
        const subnet = new aws.ec2.Subnet(
          subnetName,
          {
            vpcId: vpc.id,
            cidrBlock,
            availabilityZoneId: zones[zone],
            mapPublicIpOnLaunch: false,
            tags: { Name: subnetName, "subnet-role": role === "jobs" ? "runner" : role },
          },
          here,
        );
        new aws.ec2.RouteTableAssociation(subnetName, { routeTableId: table.id, subnetId: subnet.id }, here);
        return subnet.id;
      });
      return { table, ids };
    };
    const jobs = subnets("jobs");
    const { ids: transitIds } = subnets("transit");
    this.way = new TransitAttachment(
      name,
      {
        ...args.transit,
        vpcId: vpc.id,
        subnetIds: transitIds,
        routes: { out: { routeTableIds: [jobs.table.id], destination: "0.0.0.0/0" } },
      },
      here,
    );
    new GatewayEndpoints(name, { at, vpcId: vpc.id, routeTableIds: [jobs.table.id], organizationId }, here);
    if (args.endpoints.length > 0)
      new InterfaceEndpoints(
        name,
        {
          at,
          vpcId: vpc.id,
          subnetIds: jobs.ids,
          fromRanges: [addresses],
          services: args.endpoints,
          organizationId,
        },
        here,
      );
    if (args.forwardingRuleIds !== undefined && Object.keys(args.forwardingRuleIds).length > 0)
      new ForwardingRuleAssociations(name, { vpcId: vpc.id, ruleIds: args.forwardingRuleIds }, here);
    new FlowLogs(name, { vpcId: vpc.id, at, ...args.flowLogs }, here);
    this.vpcId = vpc.id;
    this.subnetIds = jobs.ids;
    this.registerOutputs({ vpcId: this.vpcId, subnetIds: this.subnetIds });
  }
}
