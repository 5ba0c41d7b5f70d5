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
  /**
   * Puts the names into one Route 53 Profile, which costs by the hour and VPC, and shares it with an organization or
   * a unit, by its ARN; default: none, and members associate each zone with their VPC.
   */
  readonly profile?: { readonly sharedWith: pulumi.Input<string> };
}

/**
 * Interface endpoints once, in a hub's VPC, for the VPCs of all accounts in the Region, which is cheaper than
 * endpoints in each of them from a few VPCs on. The endpoints make no names by themselves; each service has a private
 * zone, called like its public name, with an alias to the endpoint. Members find it by `SharedEndpointNames`.
 *
 * A VPC has either these names or `InterfaceEndpoints` with private DNS of its own for a service: AWS refuses both.
 *
 * Refused with an error: what `InterfaceEndpoints` refuses, and services that have to be in the callers' VPC.
 *
 * Sources: AWS whitepaper "Building a Scalable and Secure Multi-VPC AWS Network Infrastructure", "Centralized access
 * to VPC private endpoints"; Route 53 developer guide, "What are Amazon Route 53 Profiles?".
 */
export class SharedEndpoints extends pulumi.ComponentResource {
  readonly zoneIds: Readonly<Partial<Record<EndpointService, pulumi.Output<string>>>>;
  readonly profileId: pulumi.Output<string> | undefined;

  constructor(name: string, args: SharedEndpointsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:network:SharedEndpoints", name, {}, opts);
    const here = { parent: this };
    const { profile, ...ofEndpoints } = args;
    const names = args.services.map(service => ({ service, ...callersName(service, args.at.region) }));
    const endpoints = new InterfaceEndpoints(name, { ...ofEndpoints, privateDns: false }, here);
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
    this.profileId = profile && this.share(name, profile.sharedWith, zones);
    this.registerOutputs({ zoneIds: this.zoneIds, profileId: this.profileId });
  }

  /** Without a permission of its choice the share lets members associate the profile, and change nothing in it. */
  private share(
    name: string,
    principal: pulumi.Input<string>,
    zones: readonly (readonly [EndpointService, aws.route53.Zone])[],
  ): pulumi.Output<string> {
    const here = { parent: this };
    const profile = new aws.route53.ProfilesProfile(name, { name, tags: { Name: name } }, here);
    for (const [service, zone] of zones)
      new aws.route53.ProfilesResourceAssociation(
        `${name}-${service}`,
        { name: service.replaceAll(".", "-"), profileId: profile.id, resourceArn: zone.arn },
        here,
      );
    const share = new aws.ram.ResourceShare(name, { name, allowExternalPrincipals: false }, here);
    new aws.ram.ResourceAssociation(name, { resourceArn: profile.arn, resourceShareArn: share.arn }, here);
    new aws.ram.PrincipalAssociation(name, { principal, resourceShareArn: share.arn }, here);
    return profile.id;
  }
}

export interface SharedEndpointNamesArgs {
  /** The member's account and Region, which is the hub's Region. */
  readonly at: Location;
  /** The member's VPC, with DNS support and DNS hostnames. */
  readonly vpcId: pulumi.Input<string>;
  /** The hub's zones by service, and the hub's account, which has to agree; or the hub's profile. */
  readonly names:
    | {
        readonly zoneIds: Readonly<Partial<Record<EndpointService, pulumi.Input<string>>>>;
        readonly hub: aws.Provider;
      }
    | { readonly profileId: pulumi.Input<string> };
}

/**
 * Lets a member's VPC find the hub's endpoints by the services' public names: each zone is associated with the VPC once
 * the hub has agreed, or the hub's profile is, which RAM has shared.
 *
 * Refused with an error: no zone at all.
 *
 * Sources: Route 53 developer guide, "Associating an Amazon VPC and a private hosted zone that you created with
 * different AWS accounts" and "Working with shared Route 53 Profiles".
 */
export class SharedEndpointNames extends pulumi.ComponentResource {
  constructor(name: string, args: SharedEndpointNamesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:network:SharedEndpointNames", name, {}, opts);
    const here = { parent: this };
    const { at, vpcId, names } = args;
    if ("profileId" in names)
      new aws.route53.ProfilesAssociation(
        name,
        { name, profileId: names.profileId, resourceId: vpcId, tags: { Name: name } },
        here,
      );
    else {
      const zones = Object.entries(names.zoneIds);
      if (zones.length === 0) throw new Error("names.zoneIds is empty; it must hold one zone or more");
      for (const [service, zoneId] of zones) {
        const agreed = new aws.route53.VpcAssociationAuthorization(
          `${name}-${service}`,
          { zoneId, vpcId, vpcRegion: at.region },
          { parent: this, provider: names.hub },
        );
        new aws.route53.ZoneAssociation(
          `${name}-${service}`,
          { zoneId: agreed.zoneId, vpcId: agreed.vpcId, vpcRegion: at.region },
          here,
        );
      }
    }
    this.registerOutputs({});
  }
}
