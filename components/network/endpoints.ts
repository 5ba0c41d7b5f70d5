import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Location } from "../location";
import { requireOrganization } from "../logs/bucket-statements";
import { dynamodbPolicy, type EndpointService, interfacePolicy, s3Policy } from "./endpoint-policies";
import { requireRanges } from "./private-ranges";

export interface GatewayEndpointsArgs {
  readonly at: Location;
  readonly vpcId: pulumi.Input<string>;
  /** The tables that get the ways to S3 and DynamoDB. */
  readonly routeTableIds: readonly pulumi.Input<string>[];
  /** `o-` and 10 to 32 letters or digits. */
  readonly organizationId: string;
}

/**
 * The ways to S3 and DynamoDB, which cost nothing: for the organization's principals and its own buckets and tables,
 * and for reading what ECR, Systems Manager and Amazon Linux keep in AWS's buckets.
 *
 * Refused with an error: an `organizationId` of another form, and no route table.
 *
 * Source: AWS PrivateLink guide, "Gateway endpoints".
 */
export class GatewayEndpoints extends pulumi.ComponentResource {
  readonly ids: Readonly<Record<"s3" | "dynamodb", pulumi.Output<string>>>;

  constructor(name: string, args: GatewayEndpointsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:network:GatewayEndpoints", name, {}, opts);
    const { at, organizationId } = args;
    requireOrganization(organizationId);
    if (args.routeTableIds.length === 0)
      throw new Error("routeTableIds is empty; a gateway endpoint without a route table serves nobody");
    const endpoint = (service: string, policy: string) =>
      new aws.ec2.VpcEndpoint(
        `${name}-${service}`,
        {
          vpcId: args.vpcId,
          serviceName: `com.amazonaws.${at.region}.${service}`,
          vpcEndpointType: "Gateway",
          routeTableIds: [...args.routeTableIds],
          policy,
          tags: { Name: `${name}-${service}` },
        },
        { parent: this },
      ).id;
    this.ids = {
      s3: endpoint("s3", s3Policy(at.region, organizationId)),
      dynamodb: endpoint("dynamodb", dynamodbPolicy(organizationId)),
    };
    this.registerOutputs({ ids: this.ids });
  }
}

export interface InterfaceEndpointsArgs {
  readonly at: Location;
  readonly vpcId: pulumi.Input<string>;
  /** One a zone, in private subnets: each costs by the hour. */
  readonly subnetIds: readonly pulumi.Input<string>[];
  /** IPv4 ranges that may call: the VPC's own, and of a VPC for all those of its callers. */
  readonly fromRanges: readonly string[];
  readonly services: readonly EndpointService[];
  /** `o-` and 10 to 32 letters or digits. */
  readonly organizationId: string;
  /** Whether the VPC finds the endpoints by the services' public names; default: true. */
  readonly privateDns?: boolean;
}

/** What an alias record needs to point to an endpoint. */
export interface EndpointAddress {
  readonly dnsName: pulumi.Output<string>;
  readonly zoneId: pulumi.Output<string>;
}

/**
 * Interface endpoints: services of AWS with addresses in the VPC, called with TLS from the given ranges and by the
 * organization's principals only, for its own resources; the endpoints themselves call nobody. Private DNS wants the
 * VPC to have DNS support and DNS hostnames.
 *
 * Refused with an error: no service or one twice, no subnet, ranges that are none or wider than /8, and an
 * `organizationId` of another form.
 *
 * Sources: AWS PrivateLink guide, "Access an AWS service using an interface VPC endpoint" and "Control access to VPC
 * endpoints using endpoint policies"; FSBP EC2.10, EC2.55, EC2.56 and EC2.57 ask for endpoints of EC2, ECR and
 * Systems Manager.
 */
export class InterfaceEndpoints extends pulumi.ComponentResource {
  readonly securityGroupId: pulumi.Output<string>;
  readonly ids: Readonly<Partial<Record<EndpointService, pulumi.Output<string>>>>;
  readonly addresses: Readonly<Partial<Record<EndpointService, EndpointAddress>>>;

  constructor(name: string, args: InterfaceEndpointsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:network:InterfaceEndpoints", name, {}, opts);
    const { at, vpcId, organizationId, privateDns = true } = args;
    requireOrganization(organizationId);
    requireRanges("fromRanges", args.fromRanges);
    requireServices(args.services);
    if (args.subnetIds.length === 0)
      throw new Error("subnetIds is empty; an endpoint needs a subnet or more");
    const here = { parent: this };
    const group = new aws.ec2.SecurityGroup(
      name,
      { vpcId, description: "Endpoints of AWS services", tags: { Name: `${name}-endpoints` } },
      here,
    );
    for (const range of args.fromRanges)
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-${range}`,
        {
          securityGroupId: group.id,
          description: `TLS from ${range}`,
          cidrIpv4: range,
          ipProtocol: "tcp",
          fromPort: 443,
          toPort: 443,
        },
        here,
      );
    const endpoints = args.services.map(service => {
      const policy = interfacePolicy(service, at, organizationId);
      const endpoint = new aws.ec2.VpcEndpoint(
        `${name}-${service}`,
        {
          vpcId,
          serviceName: `com.amazonaws.${at.region}.${service}`,
          vpcEndpointType: "Interface",
          privateDnsEnabled: privateDns,
          subnetIds: [...args.subnetIds],
          securityGroupIds: [group.id],
          ...(policy === undefined ? {} : { policy }),
          tags: { Name: `${name}-${service}` },
        },
        here,
      );
      return [service, endpoint] as const;
    });
    this.securityGroupId = group.id;
    this.ids = Object.fromEntries(endpoints.map(([service, { id }]) => [service, id]));
    this.addresses = Object.fromEntries(
      endpoints.map(([service, { dnsEntries }]) => [service, addressOf(dnsEntries)]),
    );
    this.registerOutputs({ securityGroupId: this.securityGroupId, ids: this.ids });
  }
}

/** The first name is that of all zones together; those of single zones follow. An endpoint always has one. */
const addressOf = (entries: aws.ec2.VpcEndpoint["dnsEntries"]): EndpointAddress => ({
  dnsName: entries.apply(all => all?.[0]?.dnsName as string),
  zoneId: entries.apply(all => all?.[0]?.hostedZoneId as string),
});

function requireServices(services: readonly EndpointService[]): void {
  if (services.length === 0) throw new Error("services is empty; it must name one service or more");
  const twice = services.find((service, index) => services.indexOf(service) !== index);
  if (twice !== undefined) throw new Error(`services holds ${twice} twice`);
}
