import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { containsCidr, overlapCidr } from "cidr-tools";
import type { Location } from "../location";
import { requireAccounts } from "../logs/bucket-statements";
import { requireRange } from "./route-domains";

export interface EnvironmentPool {
  /** The environment's range, as the description has it, for example `10.16.0.0/12`. */
  readonly addresses: string;
  readonly region: string;
  /** The accounts that may take addresses from it, by number. */
  readonly accountIds: readonly string[];
}

export interface AddressPoolsArgs {
  readonly at: Location;
  /** The company's range, which holds those of the environments. */
  readonly addresses: string;
  readonly environments: Readonly<Record<string, EnvironmentPool>>;
  /** The largest and smallest VPC, as lengths of their ranges; default: 16 and 20. */
  readonly vpcs?: { readonly largest: number; readonly smallest: number };
}

/**
 * Amazon VPC IP Address Manager with the same numbers as the description: a pool for all, and one an
 * environment, shared with the environment's accounts. VPCs that have their ranges from the description are
 * found in the pools by themselves, and what else an account makes takes what is free.
 *
 * It costs by address in use, in the tier that shares pools. To see other accounts' VPCs, the hub's account
 * must be the organization's delegated administrator of IPAM, which the management account makes it. All is
 * protected: a pool that is gone forgets who has what.
 *
 * Refused: an environment's range that is not within the company's or overlaps another one, and what is no
 * account.
 *
 * Sources: Amazon VPC IPAM user guide, "Plan for IP address provisioning", "Share an IPAM pool using AWS
 * RAM", "Integrate IPAM with accounts in an AWS Organization".
 */
export class AddressPools extends pulumi.ComponentResource {
  readonly ipamId: pulumi.Output<string>;
  /** By environment. */
  readonly poolIds: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: AddressPoolsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:network:AddressPools", name, {}, opts);
    const { at, environments, vpcs = { largest: 16, smallest: 20 } } = args;
    requirePools(args);
    const here = { parent: this };
    const kept = { parent: this, protect: true };
    const regions = new Set([at.region, ...Object.values(environments).map(({ region }) => region)]);
    const ipam = new aws.ec2.VpcIpam(
      name,
      {
        description: "Who has which addresses",
        tier: "advanced",
        operatingRegions: [...regions].sort().map(regionName => ({ regionName })),
        tags: { Name: name },
      },
      kept,
    );
    const pool = (
      poolName: string,
      range: string,
      more: Partial<aws.ec2.VpcIpamPoolArgs>,
      from?: pulumi.Resource,
    ) => {
      const made = new aws.ec2.VpcIpamPool(
        poolName,
        {
          addressFamily: "ipv4",
          ipamScopeId: ipam.privateDefaultScopeId,
          tags: { Name: poolName },
          ...more,
        },
        { ...kept, dependsOn: from === undefined ? [] : [from] },
      );
      const filled = new aws.ec2.VpcIpamPoolCidr(poolName, { ipamPoolId: made.id, cidr: range }, kept);
      return { made, filled };
    };
    const company = pool(name, args.addresses, { description: "The company" });
    const pools = Object.entries(environments).map(([environment, { addresses, region, accountIds }]) => {
      const poolName = `${name}-${environment}`;
      // A pool can be given a part of another one only when that has been filled.
      const { made, filled } = pool(
        poolName,
        addresses,
        {
          description: `The environment ${environment}`,
          sourceIpamPoolId: company.made.id,
          locale: region,
          autoImport: true,
          allocationMinNetmaskLength: vpcs.largest,
          allocationMaxNetmaskLength: vpcs.smallest,
          allocationDefaultNetmaskLength: vpcs.smallest,
        },
        company.filled,
      );
      const share = new aws.ram.ResourceShare(
        poolName,
        { name: poolName, allowExternalPrincipals: false },
        here,
      );
      new aws.ram.ResourceAssociation(
        poolName,
        { resourceArn: made.arn, resourceShareArn: share.arn },
        { ...here, dependsOn: [filled] },
      );
      for (const principal of accountIds)
        new aws.ram.PrincipalAssociation(
          `${poolName}-${principal}`,
          { principal, resourceShareArn: share.arn },
          here,
        );
      return [environment, made.id] as const;
    });
    this.ipamId = ipam.id;
    this.poolIds = Object.fromEntries(pools);
    this.registerOutputs({ ipamId: this.ipamId, poolIds: this.poolIds });
  }
}

function requirePools({ addresses, environments, vpcs }: AddressPoolsArgs): void {
  requireRange("addresses", addresses);
  const all = Object.entries(environments);
  all.forEach(([environment, { addresses: its, accountIds }], index) => {
    const where = `environments.${environment}`;
    requireRange(`${where}.addresses`, its);
    if (!containsCidr(addresses, its))
      throw new Error(`${where}.addresses is ${its}; it must be within the company's ${addresses}`);
    const other = all.slice(0, index).find(([, earlier]) => overlapCidr(earlier.addresses, its));
    if (other !== undefined)
      throw new Error(`${where}.addresses is ${its}, which overlaps ${other[1].addresses} of ${other[0]}`);
    requireAccounts(`${where}.accountIds`, accountIds);
  });
  if (vpcs !== undefined && !(vpcs.largest >= 8 && vpcs.largest <= vpcs.smallest && vpcs.smallest <= 28))
    throw new Error(
      `vpcs is /${vpcs.largest} to /${vpcs.smallest}; it must be within /8 to /28, the largest first`,
    );
}
