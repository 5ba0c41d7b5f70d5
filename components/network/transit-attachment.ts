import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { requireRange } from "./route-domains";

export interface TransitRoute {
  /**
   * One after the other: a table that is added goes to the end, for their places are in the routes' names.
   * Tables that may come and go, as those of zones do, are better given routes of their own.
   */
  readonly routeTableIds: readonly pulumi.Input<string>[];
  /** The range that is reached through the hub, for example `10.16.0.0/12`. */
  readonly destination: string;
}

export interface TransitAttachmentArgs {
  readonly vpcId: pulumi.Input<string>;
  /** The transit subnets, one a zone; they may come and go, the attachment stays. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly transitGatewayId: pulumi.Input<string>;
  /** The route table of the VPC's domain: where it may go. */
  readonly domainRouteTableId: pulumi.Input<string>;
  /** The route tables of the domains that may reach the VPC, by domain; see `domainPropagations`. */
  readonly propagatesTo: Readonly<Record<string, pulumi.Input<string>>>;
  /** What the VPC sends to the hub, by a name of the route. */
  readonly routes: Readonly<Record<string, TransitRoute>>;
  /** Keeps a connection in one zone, there and back: for a VPC that looks at what passes; default: false. */
  readonly applianceModeSupport?: boolean;
  /** The hub's account, which accepts the attachment and says where it may go. */
  readonly hub: aws.Provider;
}

/**
 * Joins a VPC to its route domain, and makes it known in the domains that may reach it. What the VPC itself
 * sends to the hub is said by `routes`: with one from the private subnets to the environment, its load
 * balancers are reached by the other accounts of the environment and answer them, while tasks and data have
 * no way to the hub.
 *
 * A subnet or zone more or less changes the attachment in place. Refused: a destination that is no range.
 *
 * Sources: Amazon VPC Transit Gateways guide, "Amazon VPC attachments in AWS Transit Gateway"; EC2 API
 * reference, "ModifyTransitGatewayVpcAttachment", which adds and removes subnets.
 */
export class TransitAttachment extends pulumi.ComponentResource {
  /** Known when the hub has accepted. */
  readonly attachmentId: pulumi.Output<string>;

  constructor(name: string, args: TransitAttachmentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:network:TransitAttachment", name, {}, opts);
    for (const [route, { destination }] of Object.entries(args.routes))
      requireRange(`routes.${route}.destination`, destination);
    const here = { parent: this };
    const inHub = { parent: this, provider: args.hub };
    const attachment = new aws.ec2transitgateway.VpcAttachment(
      name,
      {
        transitGatewayId: args.transitGatewayId,
        vpcId: args.vpcId,
        subnetIds: args.subnetIds,
        applianceModeSupport: args.applianceModeSupport === true ? "enable" : "disable",
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
    const transitGatewayAttachmentId = accepted.id;
    new aws.ec2transitgateway.RouteTableAssociation(
      name,
      { transitGatewayAttachmentId, transitGatewayRouteTableId: args.domainRouteTableId },
      inHub,
    );
    for (const [domain, transitGatewayRouteTableId] of Object.entries(args.propagatesTo))
      new aws.ec2transitgateway.RouteTablePropagation(
        `${name}-${domain}`,
        { transitGatewayAttachmentId, transitGatewayRouteTableId },
        inHub,
      );
    for (const [route, { routeTableIds, destination }] of Object.entries(args.routes))
      routeTableIds.forEach((routeTableId, index) => {
        new aws.ec2.Route(
          index === 0 ? `${name}-${route}` : `${name}-${route}-${index + 1}`,
          { routeTableId, destinationCidrBlock: destination, transitGatewayId: args.transitGatewayId },
          { ...here, dependsOn: [accepted] },
        );
      });
    this.attachmentId = accepted.id;
    this.registerOutputs({ attachmentId: this.attachmentId });
  }
}
