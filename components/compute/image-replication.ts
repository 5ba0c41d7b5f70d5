import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Location } from "../location";
import { requirePrefix } from "./registry-settings";

export interface ImageDestination {
  /** Twelve digits and a region. */
  readonly to: Location;
  /** What the names of the repositories begin with, for example `orders` for `orders/api`. */
  readonly prefixes: readonly string[];
}

export interface ImageReplicationArgs {
  readonly at: Location;
  readonly destinations: readonly ImageDestination[];
}

/** Source: ECR user guide, "Private image replication in Amazon ECR", considerations; "Amazon ECR service quotas". */
const most = { rules: 10, destinations: 25, prefixes: 100 };

/**
 * Carries each image that is pushed to this registry on to others: what is built once is what runs everywhere. Only what
 * is pushed from then on, and only into repositories that are there and whose registry lets this account in; see
 * RegistrySettings.
 *
 * Refused: no destination, this registry itself, one destination twice, a prefix that is none, and more than ECR takes:
 * 10 different sets of destinations, 25 destinations, 100 prefixes with the same destinations.
 */
export class ImageReplication extends pulumi.ComponentResource {
  constructor(name: string, args: ImageReplicationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:compute:ImageReplication", name, {}, opts);
    requireSound(args);
    const rules = rulesOf(args.destinations);
    requireAtMost("sets of destinations", rules.length, most.rules);
    for (const { prefixes } of rules)
      requireAtMost("prefixes of one set of destinations", prefixes.length, most.prefixes);
    new aws.ecr.ReplicationConfiguration(
      name,
      {
        region: args.at.region,
        replicationConfiguration: {
          rules: rules.map(({ prefixes, to }) => ({
            destinations: to.map(({ region, accountId }) => ({ region, registryId: accountId })),
            // `orders` would be the beginning of `orders-archive/api`, too.
            repositoryFilters: prefixes.map(prefix => ({ filter: `${prefix}/`, filterType: "PREFIX_MATCH" })),
          })),
        },
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

interface Rule {
  readonly to: readonly Location[];
  readonly prefixes: string[];
}

/** A rule for each set of destinations: ECR has few rules, and many prefixes in each. */
function rulesOf(destinations: readonly ImageDestination[]): Rule[] {
  const rules = new Map<string, Rule>();
  for (const prefix of new Set(destinations.flatMap(({ prefixes }) => prefixes))) {
    const to = destinations.filter(({ prefixes }) => prefixes.includes(prefix)).map(its => its.to);
    const key = JSON.stringify(to);
    const rule = rules.get(key) ?? { to, prefixes: [] };
    rule.prefixes.push(prefix);
    rules.set(key, rule);
  }
  return [...rules.values()];
}

function requireSound({ at, destinations }: ImageReplicationArgs): void {
  if (destinations.length === 0) throw new Error("destinations are none; leave the replication out");
  requireAtMost("destinations", destinations.length, most.destinations);
  const seen = new Set([`${at.accountId} ${at.region}`]);
  for (const { to, prefixes } of destinations) {
    const place = `${to.accountId} ${to.region}`;
    if (!/^\d{12}$/.test(to.accountId))
      throw new Error(`destinations has ${to.accountId}; an account has a number of 12 digits`);
    if (seen.has(place)) throw new Error(`destinations has ${place} twice, or it is this registry itself`);
    seen.add(place);
    if (prefixes.length === 0) throw new Error(`the destination ${place} names no prefix`);
    for (const prefix of prefixes) requirePrefix(`the destination ${place}`, prefix);
  }
}

function requireAtMost(what: string, count: number, limit: number): void {
  if (count > limit) throw new Error(`${what} are ${count}; ECR takes ${limit}`);
}
