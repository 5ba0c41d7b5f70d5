import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Vpc } from "./vpc";

export interface TransitAttachmentArgs {
  readonly vpc: Vpc;
  readonly transitGatewayId: pulumi.Input<string>;
  /** The route table of the VPC's environment. */
  readonly domainRouteTableId: pulumi.Input<string>;
  /** The environment's range: what is reached through the hub. */
  readonly reaches: string;
  /** The hub's account, which accepts the attachment and says where it may go. */
  readonly hub: aws.Provider;
}

/**
 * Joins a VPC to its environment's route domain. Load balancers, in the private subnets, are reached by the other
 * accounts of the environment and answer them; tasks and data have no way to the hub.
 */
export class TransitAttachment extends pulumi.ComponentResource {
  constructor(name: string, args: TransitAttachmentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:network:TransitAttachment", name, {}, opts);
    const here = { parent: this };
    const inHub = { parent: this, provider: args.hub };
    const attachment = new aws.ec2transitgateway.VpcAttachment(
      name,
      {
        transitGatewayId: args.transitGatewayId,
        vpcId: args.vpc.id,
        subnetIds: args.vpc.subnetIds.transit,
        tags: { Name: name },
      },
      // The hub decides on association and propagation; seen from here they would look like drift.
      {
        ...here,
        ignoreChanges: [
          "transitGatewayDefaultRouteTableAssociation",
          "transitGatewayDefaultRouteTablePropagation",
        ],
      },
    );
    const accepted = new aws.ec2transitgateway.VpcAttachmentAccepter(
      name,
      {
        transitGatewayAttachmentId: attachment.id,
        transitGatewayDefaultRouteTableAssociation: false,
        transitGatewayDefaultRouteTablePropagation: false,
        tags: { Name: name },
      },
      inHub,
    );
    const membership = {
      transitGatewayAttachmentId: accepted.id,
      transitGatewayRouteTableId: args.domainRouteTableId,
    };
    new aws.ec2transitgateway.RouteTableAssociation(name, membership, inHub);
    new aws.ec2transitgateway.RouteTablePropagation(name, membership, inHub);
    args.vpc.routeTableIds.private.forEach(routeTableId => {
      new aws.ec2.Route(
        `${name}-environment`,
        { routeTableId, destinationCidrBlock: args.reaches, transitGatewayId: args.transitGatewayId },
        { ...here, dependsOn: [accepted] },
      );
    });
    this.registerOutputs({});
  }
}
