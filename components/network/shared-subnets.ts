import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { requireAccounts } from "../logs/bucket-statements";

export interface SharedSubnetsArgs {
  /** The subnets' ARNs, by a name that stays, for example their role and zone. */
  readonly subnetArns: Readonly<Record<string, pulumi.Input<string>>>;
  /** Twelve digits each: accounts of the organization that may use the subnets. */
  readonly accountIds: readonly string[];
}

/**
 * Lets small accounts live in another account's subnets instead of a VPC of their own: they make their
 * resources there and see their own only; the network stays the owner's. The participants share its route
 * tables, and with these its route domain, so share with accounts of one environment only.
 *
 * Refused: no subnet, no account, one that is named twice, and what is no account's number. The organization
 * must allow sharing, once: `aws ram enable-sharing-with-aws-organization`.
 *
 * Source: Amazon VPC user guide, "Share your VPC subnets with other accounts".
 */
export class SharedSubnets extends pulumi.ComponentResource {
  readonly shareArn: pulumi.Output<string>;

  constructor(name: string, args: SharedSubnetsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:network:SharedSubnets", name, {}, opts);
    const { subnetArns, accountIds } = args;
    if (Object.keys(subnetArns).length === 0) throw new Error("subnetArns is empty; name what is shared");
    if (accountIds.length === 0) throw new Error("accountIds is empty; name whom it is shared with");
    requireAccounts("accountIds", accountIds);
    const twice = accountIds.find((id, index) => accountIds.indexOf(id) !== index);
    if (twice !== undefined) throw new Error(`accountIds holds ${twice} twice`);
    const here = { parent: this };
    const share = new aws.ram.ResourceShare(name, { name, allowExternalPrincipals: false }, here);
    for (const [subnet, resourceArn] of Object.entries(subnetArns))
      new aws.ram.ResourceAssociation(
        `${name}-${subnet}`,
        { resourceArn, resourceShareArn: share.arn },
        here,
      );
    for (const principal of accountIds)
      new aws.ram.PrincipalAssociation(
        `${name}-${principal}`,
        { principal, resourceShareArn: share.arn },
        here,
      );
    this.shareArn = share.arn;
    this.registerOutputs({ shareArn: this.shareArn });
  }
}
