import { parseCidr } from "cidr-tools";
import { stringifyIp } from "ip-bigint";

/**
 * The part of every VPC that tasks live in. It is the same in all accounts, because it is never routed between
 * them; it lies in the range that RFC 6598 keeps for such use.
 */
export const outboundRange = "100.64.0.0/16";

/** What the subnets of a VPC are for; see vpc.ts. */
export const subnetRoles = ["ingress", "private", "outbound", "data", "transit"] as const;
export type SubnetRole = (typeof subnetRoles)[number];

/** For each role a range a zone. */
export type AddressPlan = Readonly<Record<SubnetRole, readonly string[]>>;

/** A block has eight places, as a power of two: AWS's largest region has six zones, and two are room. */
const zoneSlots = 3;
/** Source: AWS documentation, "AWS Regions and Availability Zones". */
export const mostZones = 6;

/**
 * Shares out a VPC's ranges. The routable range is cut into four equal blocks by role, and a block into eight by
 * zone, of which at most six are used:
 *
 * | block | role      | of a /16 |
 * |-------|-----------|----------|
 * | 0     | ingress   | a /21 a zone |
 * | 1     | private   | a /21 a zone |
 * | 2     | data      | a /21 a zone |
 * | 3     | transit   | a /28 a zone at its beginning; the rest is reserve for roles to come |
 *
 * The outbound range is cut into eight by zone. Nothing here depends on how many zones or roles are in use, so that
 * adding one never moves another.
 *
 * @param routable the VPC's range, /16 to /20.
 * @param zones how many, 1 to 6.
 * @throws {Error} for another number of zones.
 */
export function addressPlan(routable: string, zones: number): AddressPlan {
  if (!Number.isInteger(zones) || zones < 1 || zones > mostZones)
    throw new Error(`${zones} zones; a VPC has 1 to ${mostZones}`);
  const block = (role: number) => partOf(routable, 2, role);
  const perZone = (range: (zone: number) => string) =>
    Array.from({ length: zones }, (_, zone) => range(zone));
  return {
    ingress: perZone(zone => partOf(block(0), zoneSlots, zone)),
    private: perZone(zone => partOf(block(1), zoneSlots, zone)),
    outbound: perZone(zone => partOf(outboundRange, zoneSlots, zone)),
    data: perZone(zone => partOf(block(2), zoneSlots, zone)),
    transit: perZone(zone => partOf(block(3), 28 - prefixOf(block(3)), zone)),
  };
}

/** Zones are called a, b, c and so on in names; which places they are is said by their identifiers. */
export const zoneName = (index: number): string => "abcdef".charAt(index);

/** The number of a subnet's range among a VPC's /64s: stable, whatever zones and roles there are. */
export const ipv6Slot = (role: SubnetRole, zone: number): number =>
  (subnetRoles.indexOf(role) << zoneSlots) + zone;

/** Addresses of a range that instances and load balancers can have: AWS keeps five of each subnet's. */
export const usable = (range: string): number => 2 ** (32 - prefixOf(range)) - 5;

const prefixOf = (range: string): number => Number(parseCidr(range).prefix);

/** The `index`-th of the 2^bits equal parts of a range. */
export function partOf(range: string, bits: number, index: number): string {
  const { start, prefix, version } = parseCidr(range);
  const inner = Number(prefix) + bits;
  const width = version === 4 ? 32 : 128;
  return `${stringifyIp({ number: start + (BigInt(index) << BigInt(width - inner)), version })}/${inner}`;
}
