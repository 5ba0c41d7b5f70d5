import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { requireAccounts } from "../logs/bucket-statements";

export interface AddressAdministratorArgs {
  /** The account with `AddressPools`, twelve digits; not the management account, which IPAM refuses. */
  readonly accountId: pulumi.Input<string>;
  /** What there must be first: the organization, which trusts `ipam.amazonaws.com`. */
  readonly after?: readonly pulumi.Resource[];
}

/**
 * Lets one account see, by Amazon VPC IPAM, which addresses all accounts of the organization use. It belongs to the
 * management account, which alone may, and is made before the pools, which would otherwise find their own account's
 * VPCs only. It holds for all regions at once, and is protected: without it the pools forget what others have taken.
 *
 * Refused with an error: what is known to be no account.
 *
 * Source: Amazon VPC IPAM user guide, "Integrate IPAM with accounts in an AWS Organization".
 */
export class AddressAdministrator extends pulumi.ComponentResource {
  constructor(name: string, args: AddressAdministratorArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:network:AddressAdministrator", name, {}, opts);
    const { accountId, after = [] } = args;
    if (typeof accountId === "string") requireAccounts("accountId", [accountId]);
    new aws.ec2.VpcIpamOrganizationAdminAccount(
      name,
      { delegatedAdminAccountId: accountId },
      { parent: this, protect: true, dependsOn: [...after] },
    );
    this.registerOutputs({});
  }
}
