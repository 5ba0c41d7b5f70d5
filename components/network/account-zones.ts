import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface AccountZonesArgs {
  /** For example `dev.example.com`. */
  readonly domainName: string;
  readonly vpcId: pulumi.Input<string>;
}

/**
 * The account's domain twice: a public zone, where certificates are validated and public names live, and a private
 * one for the VPC, where internal names are resolved. Source: Route 53 developer guide, "Split-view DNS".
 */
export class AccountZones extends pulumi.ComponentResource {
  readonly publicZoneId: pulumi.Output<string>;
  readonly privateZoneId: pulumi.Output<string>;
  /** What the parent domain must delegate to before a certificate can be issued. */
  readonly nameServers: pulumi.Output<string[]>;

  constructor(name: string, args: AccountZonesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:network:AccountZones", name, {}, opts);
    const comment = `Names of ${args.domainName}`;
    const open = new aws.route53.Zone(
      `${name}-public`,
      { name: args.domainName, comment, forceDestroy: false },
      { parent: this, protect: opts?.protect },
    );
    const inside = new aws.route53.Zone(
      `${name}-private`,
      {
        name: args.domainName,
        comment: `${comment}, inside`,
        forceDestroy: false,
        vpcs: [{ vpcId: args.vpcId }],
      },
      { parent: this, protect: opts?.protect },
    );
    this.publicZoneId = open.zoneId;
    this.privateZoneId = inside.zoneId;
    this.nameServers = open.nameServers;
    this.registerOutputs({ publicZoneId: this.publicZoneId, privateZoneId: this.privateZoneId });
  }
}
