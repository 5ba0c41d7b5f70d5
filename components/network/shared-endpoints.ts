import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Location } from "../location";
import { callersName, type EndpointService } from "./endpoint-policies";
import { InterfaceEndpoints } from "./endpoints";

export interface SharedEndpointsArgs {
  readonly at: Location;
  /** The hub's VPC, with DNS support and DNS hostnames. */
  readonly vpcId: pulumi.Input<string>;
  /** One a zone, in private subnets that the members' VPCs have a route to and from. */
  readonly subnetIds: readonly pulumi.Input<string>[];
  /** IPv4 ranges of all VPCs that may call, the hub's own among them. */
  readonly fromRanges: readonly string[];
  readonly services: readonly EndpointService[];
  /** `o-` and 10 to 32 letters or digits. */
  readonly organizationId: string;
}

/**
 * Interface endpoints once, in a hub's VPC, for the VPCs of all accounts in the Region, which is cheaper than
 * endpoints in each of them from a few VPCs on. The endpoints make no names by themselves; each service has a private
 * zone, called like its public name, with an alias to the endpoint. Members find it by `SharedEndpointNames`, or by a
 * `NamesProfile` that holds the zones.
 *
 * A VPC has either these names or `InterfaceEndpoints` with private DNS of its own for a service: AWS refuses both.
 *
 * Refused with an error: what `InterfaceEndpoints` refuses, and services that have to be in the callers' VPC.
 *
 * Sources: AWS whitepaper "Building a Scalable and Secure Multi-VPC AWS Network Infrastructure", "Centralized access
 * to VPC private endpoints".
 */
export class SharedEndpoints extends pulumi.ComponentResource {
  readonly zoneIds: Readonly<Partial<Record<EndpointService, pulumi.Output<string>>>>;
  /** For a `NamesProfile`. */
  readonly zoneArns: Readonly<Partial<Record<EndpointService, pulumi.Output<string>>>>;

  constructor(name: string, args: SharedEndpointsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:network:SharedEndpoints", name, {}, opts);
    const here = { parent: this };
    const names = args.services.map(service => ({ service, ...callersName(service, args.at.region) }));
    const endpoints = new InterfaceEndpoints(name, { ...args, privateDns: false }, here);
    const zones = names.map(({ service, zone: zoneName, record }) => {
      const zone = new aws.route53.Zone(
        `${name}-${service}`,
        {
          name: zoneName,
          comment: `The endpoint of ${service} for all VPCs`,
          forceDestroy: false,
          vpcs: [{ vpcId: args.vpcId, vpcRegion: args.at.region }],
        },
        // Members add their VPCs; seen from here they would look like drift, and be taken away.
        { ...here, ignoreChanges: ["vpcs"] },
      );
      const address = endpoints.addresses[service];
      if (address === undefined) throw new Error(`${service} has no endpoint`);
      new aws.route53.Record(
        `${name}-${service}`,
        {
          zoneId: zone.zoneId,
          name: record,
          type: "A",
          aliases: [{ name: address.dnsName, zoneId: address.zoneId, evaluateTargetHealth: false }],
        },
        here,
      );
      return [service, zone] as const;
    });
    this.zoneIds = Object.fromEntries(zones.map(([service, { zoneId }]) => [service, zoneId]));
    this.zoneArns = Object.fromEntries(zones.map(([service, { arn }]) => [service, arn]));
    this.registerOutputs({ zoneIds: this.zoneIds, zoneArns: this.zoneArns });
  }
}

export interface SharedEndpointNamesArgs {
  /** The member's account and Region, which is the hub's Region. */
  readonly at: Location;
  /** The member's VPC, with DNS support and DNS hostnames. */
  readonly vpcId: pulumi.Input<string>;
  /** The hub's zones, by service. */
  readonly zoneIds: Readonly<Partial<Record<EndpointService, pulumi.Input<string>>>>;
  /** Acts in the hub's account, which has to agree. */
  readonly hub: aws.Provider;
}

/**
 * Lets a member's VPC find the hub's endpoints by the services' public names: each zone is associated with the VPC once
 * the hub has agreed.
 *
 * Refused with an error: no zone at all.
 *
 * Source: Route 53 developer guide, "Associating an Amazon VPC and a private hosted zone that you created with
 * different AWS accounts".
 */
export class SharedEndpointNames extends pulumi.ComponentResource {
  constructor(name: string, args: SharedEndpointNamesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:network:SharedEndpointNames", name, {}, opts);
    const here = { parent: this };
    const { at, vpcId, hub } = args;
    const zones = Object.entries(args.zoneIds);
    if (zones.length === 0) throw new Error("zoneIds is empty; it must hold one zone or more");
    for (const [service, zoneId] of zones) {
      const agreed = new aws.route53.VpcAssociationAuthorization(
        `${name}-${service}`,
        { zoneId, vpcId, vpcRegion: at.region },
        { parent: this, provider: hub },
      );
      new aws.route53.ZoneAssociation(
        `${name}-${service}`,
        { zoneId: agreed.zoneId, vpcId: agreed.vpcId, vpcRegion: at.region },
        here,
      );
    }
    this.registerOutputs({});
  }
}
