import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface TransitHubArgs {
  /** Route domains, for example `dev`, `shared`, `on-premises`: a route table each. See `RouteDomains`. */
  readonly domains: readonly string[];
  /** The organization whose accounts may attach. */
  readonly organizationArn: pulumi.Input<string>;
  /**
   * Amazon's number in BGP: 64512 to 65534 or 4200000000 to 4294967294, other than the one of a network or a
   * Direct Connect gateway that is joined to the hub; default: 64512.
   */
  readonly amazonSideAsn?: number;
  /** The bucket, or `<bucket's ARN>/<folder>/`, for a record of all that passes; default: no record. */
  readonly flowLogBucketArn?: pulumi.Input<string>;
}

/**
 * A Transit Gateway with a route table a domain. Nothing is associated or propagated by default: an
 * attachment reaches what it is put together with and nothing else, so that environments never meet. A table
 * has the tag `route-domain`, by which `HubRole` knows it.
 *
 * Refused: a domain that is named twice, and a number that is not for private use.
 *
 * Sources: Amazon VPC Transit Gateways guide, "Isolated VPCs" and "Create and manage AWS Transit Gateway Flow
 * Logs using APIs or the CLI"; FSBP control EC2.23 asks that foreign attachments are not accepted by
 * themselves; the share admits accounts of the organization only.
 */
export class TransitHub extends pulumi.ComponentResource {
  readonly transitGatewayId: pulumi.Output<string>;
  readonly transitGatewayArn: pulumi.Output<string>;
  /** By domain. */
  readonly routeTableIds: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: TransitHubArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:network:TransitHub", name, {}, opts);
    const { domains, amazonSideAsn = 64512 } = args;
    const twice = domains.find((domain, index) => domains.indexOf(domain) !== index);
    if (twice !== undefined) throw new Error(`domains holds ${twice} twice; a domain has one route table`);
    requirePrivateAsn(amazonSideAsn);
    const here = { parent: this };
    const gateway = new aws.ec2transitgateway.TransitGateway(
      name,
      {
        description: "Routes between accounts, as their route domains allow",
        amazonSideAsn,
        autoAcceptSharedAttachments: "disable",
        defaultRouteTableAssociation: "disable",
        defaultRouteTablePropagation: "disable",
        dnsSupport: "enable",
        vpnEcmpSupport: "enable",
        tags: { Name: name },
      },
      here,
    );
    const tables = domains.map(domain => {
      const table = new aws.ec2transitgateway.RouteTable(
        `${name}-${domain}`,
        { transitGatewayId: gateway.id, tags: { Name: domain, "route-domain": domain } },
        here,
      );
      return [domain, table.id] as const;
    });
    const share = new aws.ram.ResourceShare(name, { name, allowExternalPrincipals: false }, here);
    new aws.ram.ResourceAssociation(name, { resourceArn: gateway.arn, resourceShareArn: share.arn }, here);
    new aws.ram.PrincipalAssociation(
      name,
      { principal: args.organizationArn, resourceShareArn: share.arn },
      here,
    );
    if (args.flowLogBucketArn !== undefined)
      new aws.ec2.FlowLog(
        name,
        {
          transitGatewayId: gateway.id,
          logDestinationType: "s3",
          logDestination: args.flowLogBucketArn,
          // The only interval that AWS takes for a transit gateway; the kind of traffic must not be said at
          // all.
          maxAggregationInterval: 60,
          destinationOptions: {
            fileFormat: "parquet",
            hiveCompatiblePartitions: true,
            perHourPartition: true,
          },
          tags: { Name: name },
        },
        here,
      );
    this.transitGatewayId = gateway.id;
    this.transitGatewayArn = gateway.arn;
    this.routeTableIds = Object.fromEntries(tables);
    this.registerOutputs({
      transitGatewayId: this.transitGatewayId,
      transitGatewayArn: this.transitGatewayArn,
      routeTableIds: this.routeTableIds,
    });
  }
}

function requirePrivateAsn(asn: number): void {
  const within = (from: number, to: number) => Number.isInteger(asn) && asn >= from && asn <= to;
  if (!within(64512, 65534) && !within(4_200_000_000, 4_294_967_294))
    throw new Error(
      `amazonSideAsn is ${asn}; it must be from 64512 to 65534 or from 4200000000 to 4294967294`,
    );
}
