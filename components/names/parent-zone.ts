import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { AlarmTopics } from "../observability/severity";
import { checkDomain } from "./domain-names";
import { PublicQueryLog } from "./public-query-log";
import { ZoneSigning } from "./zone-signing";

export interface ParentZoneArgs {
  /** The organization's domain, for example `example.com`. */
  readonly domainName: string;
  /** The zone's account, twelve digits. */
  readonly accountId: string;
  /** A topic of us-east-1 that hears when the zone can not be signed; see `SigningAlarms`. */
  readonly alarmTopics?: AlarmTopics;
  /** Log its queries; see `PublicQueryLog`. */
  readonly queryLogs?: { readonly keyArn: pulumi.Input<string>; readonly retentionDays: number };
}

/**
 * The public zone of the organization's domain, signed, from which accounts' domains are delegated (see
 * `Delegation`). It is protected: whoever registers its name servers anew can answer for the whole company.
 *
 * The registrar must be told of the name servers, and when these answer, of the DS record.
 *
 * Source: Route 53 developer guide, "Enabling DNSSEC signing and establishing a chain of trust".
 *
 * @throws {Error} if the domain is none.
 */
export class ParentZone extends pulumi.ComponentResource {
  readonly zoneId: pulumi.Output<string>;
  readonly domainName: string;
  readonly nameServers: pulumi.Output<string[]>;
  /** For the registrar. Known when the zone is signed. */
  readonly dsRecord: pulumi.Output<string>;

  constructor(name: string, args: ParentZoneArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:names:ParentZone", name, {}, opts);
    const { domainName, accountId, alarmTopics } = args;
    checkDomain(domainName);
    const here = { parent: this };
    const zone = new aws.route53.Zone(
      name,
      { name: domainName, comment: `Names of ${domainName}`, forceDestroy: false },
      { ...here, protect: true },
    );
    const { zoneId } = zone;
    const signing = new ZoneSigning(name, { zoneId, domainName, accountId, alarmTopics }, here);
    if (args.queryLogs !== undefined)
      new PublicQueryLog(name, { zoneId, domainName, accountId, ...args.queryLogs }, here);
    this.zoneId = zoneId;
    this.domainName = domainName;
    this.nameServers = zone.nameServers;
    this.dsRecord = signing.dsRecord;
    this.registerOutputs({ zoneId, nameServers: this.nameServers, dsRecord: this.dsRecord });
  }
}
