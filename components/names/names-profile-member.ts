import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { resolverName } from "./domain-names";

export interface NamesProfileMemberArgs {
  /** A `NamesProfile` of the VPC's region that is shared with its account. */
  readonly profileId: pulumi.Input<string>;
  readonly vpcId: pulumi.Input<string>;
}

/**
 * Lets a VPC resolve by the hub's profile; a VPC can have one. Where a zone of its own has the same name, its own is
 * asked.
 *
 * Source: Route 53 developer guide, "Associate a Route 53 Profile to VPCs" and "How Route 53 Profile settings are
 * prioritized".
 */
export class NamesProfileMember extends pulumi.ComponentResource {
  constructor(name: string, args: NamesProfileMemberArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:names:NamesProfileMember", name, {}, opts);
    new aws.route53.ProfilesAssociation(
      name,
      { name: resolverName(name), profileId: args.profileId, resourceId: args.vpcId },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
