import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { checkBelow } from "./domain-names";

export interface DelegationArgs {
  /** The public zone of the parent domain. */
  readonly parentZoneId: pulumi.Input<string>;
  /** For example `example.com`. */
  readonly parentDomain: string;
  /** For example `dev.example.com`. */
  readonly childDomain: string;
  /** The child zone's. */
  readonly nameServers: pulumi.Input<string[]>;
  /** The child zone's, when it is signed: key tag, algorithm, digest type and digest. */
  readonly dsRecord?: pulumi.Input<string>;
}

/** Seconds that resolvers believe what the parent says of where the child is. */
const ttl = 3_600;
/** A wrong DS record makes the child unresolvable, so it is forgotten soon. */
const signerTtl = 300;

/**
 * Hands a domain below the parent's to the zone of another account. It is made with a provider of the account that
 * holds the parent zone. The DS record comes when the child answers there, and goes before.
 *
 * Source: Route 53 developer guide, "Creating a subdomain without migrating the parent domain" and "Enabling DNSSEC
 * signing and establishing a chain of trust".
 *
 * @throws {Error} if a domain is none, or the child's is not below the parent's.
 */
export class Delegation extends pulumi.ComponentResource {
  readonly childDomain: string;

  constructor(name: string, args: DelegationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:names:Delegation", name, {}, opts);
    const { childDomain } = args;
    checkBelow(childDomain, args.parentDomain);
    const where = { zoneId: args.parentZoneId, name: childDomain };
    const servers = new aws.route53.Record(
      `${name}-ns`,
      { ...where, type: "NS", ttl, records: args.nameServers },
      { parent: this },
    );
    if (args.dsRecord !== undefined)
      new aws.route53.Record(
        `${name}-ds`,
        { ...where, type: "DS", ttl: signerTtl, records: [args.dsRecord] },
        { parent: this, dependsOn: [servers] },
      );
    this.childDomain = childDomain;
    this.registerOutputs({ childDomain });
  }
}
