import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { PublicQueryLog } from "../names/public-query-log";
import { ZoneSigning } from "../names/zone-signing";
import type { AlarmTopics } from "../observability/severity";

export interface AccountZonesArgs {
  /** For example `dev.example.com`. */
  readonly domainName: string;
  readonly vpcId: pulumi.Input<string>;
  /** Acts in the VPC's account, where that is another: the private zone is made there. */
  readonly vpcOwner?: aws.Provider;
  /** Twelve digits. Signing and logging need it, for their policies. */
  readonly accountId?: string;
  /** Sign the public zone; see `ZoneSigning`. Default: true where `accountId` is given. */
  readonly dnssec?: boolean;
  /** Topics of us-east-1 that hear when the public zone can not be signed; see `SigningAlarms`. */
  readonly alarmTopics?: AlarmTopics;
  /** Log the queries of the public zone; see `PublicQueryLog`. */
  readonly queryLogs?: { readonly keyArn: pulumi.Input<string>; readonly retentionDays: number };
}

/**
 * The account's domain twice: a public zone, where certificates are validated and public names live, and a private
 * one for the VPC, where internal names are resolved. Only the public one can be signed and logged here.
 *
 * A private zone begins with a VPC of its own account, and only the VPC's account can join it to a zone: for an account
 * that lives in another one's subnets it is therefore made in that account. See `NamesRole` for who may write there.
 *
 * Sources: Route 53 developer guide, "Split-view DNS", "Creating a private hosted zone" and "Configuring DNSSEC
 * signing in Amazon Route 53".
 *
 * @throws {Error} if it is to be signed or logged without an account's number.
 */
export class AccountZones extends pulumi.ComponentResource {
  readonly publicZoneId: pulumi.Output<string>;
  readonly privateZoneId: pulumi.Output<string>;
  /** What the parent domain must delegate to before a certificate can be issued. */
  readonly nameServers: pulumi.Output<string[]>;
  /** What the parent domain must publish for signatures to count; absent where the zone is not signed. */
  readonly dsRecord: pulumi.Output<string> | undefined;

  constructor(name: string, args: AccountZonesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:network:AccountZones", name, {}, opts);
    const { domainName, accountId, alarmTopics } = args;
    const comment = `Names of ${domainName}`;
    const here = { parent: this };
    const open = new aws.route53.Zone(
      `${name}-public`,
      { name: domainName, comment, forceDestroy: false },
      { parent: this, protect: opts?.protect },
    );
    const inside = new aws.route53.Zone(
      `${name}-private`,
      {
        name: domainName,
        comment: `${comment}, inside`,
        forceDestroy: false,
        vpcs: [{ vpcId: args.vpcId }],
      },
      {
        parent: this,
        protect: opts?.protect,
        ...(args.vpcOwner === undefined ? {} : { provider: args.vpcOwner }),
      },
    );
    if (accountId !== undefined) {
      const zone = { zoneId: open.zoneId, domainName, accountId };
      if (args.dnssec ?? true) this.dsRecord = new ZoneSigning(name, { ...zone, alarmTopics }, here).dsRecord;
      if (args.queryLogs !== undefined) new PublicQueryLog(name, { ...zone, ...args.queryLogs }, here);
    } else if (args.dnssec === true || args.queryLogs !== undefined)
      throw new Error(`to sign or log ${domainName}, the account's number must be known`);
    this.publicZoneId = open.zoneId;
    this.privateZoneId = inside.zoneId;
    this.nameServers = open.nameServers;
    this.registerOutputs({
      publicZoneId: this.publicZoneId,
      privateZoneId: this.privateZoneId,
      dsRecord: this.dsRecord,
    });
  }
}
