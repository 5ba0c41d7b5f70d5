import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { normalizeCidr, overlapCidr, parseCidr } from "cidr-tools";

/** Who may talk to whom: what a route domain reaches, by domain. */
export type Reaches = Readonly<Record<string, readonly string[]>>;

/** Ranges such as `10.16.0.0/12`, by route domain. */
export type DomainRanges = Readonly<Record<string, readonly string[]>>;

/** The domains that never reach one another, where nothing else is said. */
export const environmentDomains: readonly string[] = ["dev", "int", "prod"];

/**
 * For every domain, in the order of the alphabet, the domains whose attachments propagate into its route
 * table: itself, those it reaches, and those that reach it, for they wait for an answer. So the same list
 * says whose tables the domain's own attachments propagate into. Nobody is reached through a third.
 *
 * A domain that is only mentioned is one, too. Refused, with an Error that names both: an environment that
 * reaches another one.
 *
 * Source: Amazon VPC Transit Gateways guide, "Isolated VPCs with shared services".
 */
export function domainPropagations(
  reaches: Reaches,
  environments = environmentDomains,
): Record<string, readonly string[]> {
  const tables = new Map<string, Set<string>>();
  const tableOf = (domain: string) => {
    const table = tables.get(domain) ?? new Set([domain]);
    tables.set(domain, table);
    return table;
  };
  for (const [from, to] of declared(reaches)) {
    if (apart(from, to, environments))
      throw new Error(
        `reaches.${from} holds ${to}; ${from} and ${to} are environments, and these never reach one another`,
      );
    tableOf(from).add(to);
    tableOf(to).add(from);
  }
  for (const domain of Object.keys(reaches)) tableOf(domain);
  return Object.fromEntries(
    [...tables.keys()].sort().map(domain => [domain, [...tableOf(domain)].sort()] as const),
  );
}

/** The ways that nobody has declared and that are there, because answers must come back; a sentence each. */
export const impliedReaches = (reaches: Reaches): string[] =>
  declared(reaches)
    .filter(([from, to]) => from !== to && !declared(reaches).some(way => way[0] === to && way[1] === from))
    .map(([from, to]) => `${to} reaches ${from}, because ${from} reaches ${to} and must be answered`);

export interface BlackHole {
  readonly range: string;
  /** The domain that has the range. */
  readonly of: string;
}

/**
 * What a domain's route table drops: the ranges of the other environments, where the domain is one, and of
 * all that it does not reach. Propagated routes alone would not do: where a table has a default route to the
 * internet, what it does not know goes there, and may come back from there into an environment.
 *
 * @param reached what the domain reaches, see `domainPropagations`; environments in it do not count for
 * another one.
 */
export const blackHoles = (
  domain: string,
  ranges: DomainRanges,
  reached: readonly string[],
  environments = environmentDomains,
): BlackHole[] =>
  Object.entries(ranges)
    .filter(([other]) => other !== domain && (apart(domain, other, environments) || !reached.includes(other)))
    .flatMap(([of, itsRanges]) => itsRanges.map(range => ({ range, of })));

const declared = (reaches: Reaches): (readonly [string, string])[] =>
  Object.entries(reaches).flatMap(([from, all]) => all.map(to => [from, to] as const));

const apart = (one: string, other: string, environments: readonly string[]): boolean =>
  one !== other && environments.includes(one) && environments.includes(other);

/** Refuses what is no range, has no length, or begins elsewhere than its length says. */
export function requireRange(what: string, range: string): void {
  let fault = "";
  try {
    if (!parseCidr(range).prefixPresent) fault = "it has no length such as /16";
    else if (normalizeCidr(range) !== range) fault = `the range begins otherwise: ${normalizeCidr(range)}`;
  } catch {
    fault = "it is no range such as 10.16.0.0/12";
  }
  if (fault !== "") throw new Error(`${what} is ${range}; ${fault}`);
}

/**
 * Refuses ranges that environments have in common, and any that two domains have alike: what is dropped for
 * one of them would be dropped for both, for a route that is written down goes before one that is propagated.
 * Source: Amazon VPC Transit Gateways guide, "Route evaluation order".
 */
export function requireApart(ranges: DomainRanges, environments = environmentDomains): void {
  const all = Object.entries(ranges).flatMap(([domain, its]) => its.map(range => ({ domain, range })));
  for (const { domain, range } of all) requireRange(`ranges.${domain}`, range);
  all.forEach((one, index) => {
    const clash = all
      .slice(0, index)
      .find(
        other =>
          other.range === one.range ||
          (apart(one.domain, other.domain, environments) && overlapCidr(other.range, one.range)),
      );
    if (clash !== undefined)
      throw new Error(
        `ranges.${one.domain} holds ${one.range}, which overlaps ${clash.range} of ${clash.domain}`,
      );
  });
}

export interface RouteDomainsArgs {
  /**
   * Who may talk to whom, for example `{ dev: ["shared"], runner: ["shared"] }`. It holds both ways, and a
   * domain always reaches itself: who must not meet is in two domains.
   */
  readonly reaches: Reaches;
  /** The hub's route tables, by domain. */
  readonly routeTableIds: Readonly<Record<string, pulumi.Input<string>>>;
  /**
   * All addresses of a domain, for those that must not be found by others; one that is left out is dropped
   * nowhere.
   */
  readonly ranges: DomainRanges;
  /** The domains that never reach one another; default: dev, int and prod. */
  readonly environments?: readonly string[];
}

/**
 * What the hub's route tables drop, and, for those who attach, whose tables they propagate into.
 *
 * Refused, with an Error: environments that reach one another, or overlap; a domain without a route table;
 * what is no range.
 *
 * Source: Amazon VPC Transit Gateways guide, "Isolated VPCs with shared services", "Blackhole routes".
 */
export class RouteDomains extends pulumi.ComponentResource {
  /**
   * The domains whose attachments propagate into a domain's table, and whose tables its own propagate into.
   */
  readonly propagations: Readonly<Record<string, readonly string[]>>;
  /** What was not declared and holds nevertheless, see `impliedReaches`. */
  readonly implied: readonly string[];
  private readonly tables: Readonly<Record<string, pulumi.Input<string>>>;

  constructor(name: string, args: RouteDomainsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:network:RouteDomains", name, {}, opts);
    const { reaches, routeTableIds, ranges, environments } = args;
    this.tables = routeTableIds;
    // A domain that nobody speaks of reaches itself and drops all others.
    const all = { ...Object.fromEntries(Object.keys(routeTableIds).map(domain => [domain, []])), ...reaches };
    this.propagations = domainPropagations(all, environments);
    this.implied = impliedReaches(reaches);
    for (const [from, to] of declared(reaches)) {
      requireTable(`reaches has ${from}`, from, routeTableIds);
      requireTable(`reaches.${from} holds ${to}`, to, routeTableIds);
    }
    for (const domain of Object.keys(ranges)) requireTable(`ranges has ${domain}`, domain, routeTableIds);
    requireApart(ranges, environments);

    for (const [domain, transitGatewayRouteTableId] of Object.entries(routeTableIds))
      for (const { range } of blackHoles(domain, ranges, this.propagations[domain] ?? [], environments))
        new aws.ec2transitgateway.Route(
          `${name}-${domain}-drops-${inName(range)}`,
          { transitGatewayRouteTableId, destinationCidrBlock: range, blackhole: true },
          { parent: this },
        );
    this.registerOutputs({ propagations: this.propagations, implied: this.implied });
  }

  /**
   * The route tables that a domain's attachments propagate into, by domain: `TransitAttachment` takes them
   * so.
   */
  propagatesTo(domain: string): Record<string, pulumi.Input<string>> {
    requireTable(`${domain} is asked for`, domain, this.tables);
    return Object.fromEntries(
      (this.propagations[domain] ?? []).map(other => [other, this.tables[other] as pulumi.Input<string>]),
    );
  }
}

/** Of a range, what may be part of a resource's name. */
export const inName = (range: string): string => range.replace("/", "-");

function requireTable(where: string, domain: string, tables: Readonly<Record<string, unknown>>): void {
  if (!Object.hasOwn(tables, domain))
    throw new Error(`${where}, which has no route table; there are ${Object.keys(tables).join(", ")}`);
}
