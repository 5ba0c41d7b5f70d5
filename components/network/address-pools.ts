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
  /** The company's ranges, which hold those of the environments, for example `10.0.0.0/8`. */
  readonly addresses: readonly string[];
  readonly environments: Readonly<Record<string, EnvironmentPool>>;
  /** The largest and smallest VPC, as lengths of their ranges; default: 16 and 20. */
  readonly vpcs?: { readonly largest: number; readonly smallest: number };
}

/**
 * Amazon VPC IP Address Manager with the same numbers as the description: a pool for all, and one an
 * environment, shared with the environment's accounts. VPCs that have their ranges from the description are
 * found in the pools by themselves, and what else an account makes takes what is free.
 *
 * It costs by address in use, in the tier that shares pools. To see other accounts' VPCs, its account must be the
 * organization's administrator of IPAM (`AddressAdministrator`). It looks where the pools are: at home and in the
 * environments' regions. All is protected: a pool that is gone forgets who has what.
 *
 * Refused: no range or one that overlaps another, an environment's range that is not within one of the company's, and
 * what is no account.
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
      ranges: readonly string[],
      more: Partial<aws.ec2.VpcIpamPoolArgs>,
      after: pulumi.Resource[] = [],
    ) => {
      const made = new aws.ec2.VpcIpamPool(
        poolName,
        {
          addressFamily: "ipv4",
          ipamScopeId: ipam.privateDefaultScopeId,
          tags: { Name: poolName },
          ...more,
        },
        { ...kept, dependsOn: after },
      );
      const filled = ranges.map(
        (cidr, index) =>
          new aws.ec2.VpcIpamPoolCidr(
            index === 0 ? poolName : `${poolName}-${cidr.replace("/", "-")}`,
            { ipamPoolId: made.id, cidr },
            kept,
          ),
      );
      return { made, filled };
    };
    const company = pool(name, args.addresses, { description: "The company" });
    const pools = Object.entries(environments).map(([environment, { addresses, region, accountIds }]) => {
      const poolName = `${name}-${environment}`;
      // A pool can be given a part of another one only when that has been filled.
      const { made, filled } = pool(
        poolName,
        [addresses],
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
        { ...here, dependsOn: filled },
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
  if (addresses.length === 0) throw new Error("addresses is empty; it must hold the company's ranges");
  addresses.forEach((range, index) => {
    requireRange(`addresses[${index}]`, range);
    const other = addresses.slice(0, index).find(earlier => overlapCidr(earlier, range));
    if (other !== undefined) throw new Error(`addresses[${index}] is ${range}, which overlaps ${other}`);
  });
  const all = Object.entries(environments);
  all.forEach(([environment, { addresses: its, accountIds }], index) => {
    const where = `environments.${environment}`;
    requireRange(`${where}.addresses`, its);
    // Within one of them: a pool's part comes from one of its ranges and not from two that touch.
    if (!addresses.some(range => containsCidr(range, its)))
      throw new Error(
        `${where}.addresses is ${its}; it must be within the company's ${addresses.join(", ")}`,
      );
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
