import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface TransitHubArgs {
  /** Route domains: what is attached to one of them reaches that one only. */
  readonly domains: readonly string[];
  /** The organization whose accounts may attach. */
  readonly organizationArn: pulumi.Input<string>;
}

/**
 * A Transit Gateway with a route table a domain. Nothing is associated or propagated by default: an attachment
 * reaches what it is put together with and nothing else, so that environments never meet.
 *
 * Source: Amazon VPC Transit Gateways guide, "Isolated VPCs"; FSBP control EC2.23 asks that foreign attachments are
 * not accepted by themselves; the share admits accounts of the organization only.
 */
export class TransitHub extends pulumi.ComponentResource {
  readonly transitGatewayId: pulumi.Output<string>;
  readonly routeTableIds: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: TransitHubArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:network:TransitHub", name, {}, opts);
    const here = { parent: this };
    const gateway = new aws.ec2transitgateway.TransitGateway(
      name,
      {
        description: "Routes between the accounts of one environment",
        autoAcceptSharedAttachments: "disable",
        defaultRouteTableAssociation: "disable",
        defaultRouteTablePropagation: "disable",
        dnsSupport: "enable",
        vpnEcmpSupport: "enable",
        tags: { Name: name },
      },
      here,
    );
    const tables = args.domains.map(domain => {
      const table = new aws.ec2transitgateway.RouteTable(
        `${name}-${domain}`,
        { transitGatewayId: gateway.id, tags: { Name: domain } },
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
    this.transitGatewayId = gateway.id;
    this.routeTableIds = Object.fromEntries(tables);
    this.registerOutputs({ transitGatewayId: this.transitGatewayId, routeTableIds: this.routeTableIds });
  }
}
