import { parseCidr } from "cidr-tools";
import { stringifyIp } from "ip-bigint";

/**
 * The part of every VPC that tasks live in. It is the same in all accounts, because it is never routed between
 * them; it lies in the range that RFC 6598 keeps for such use.
 */
export const outboundRange = "100.64.0.0/16";

/** What the subnets of a VPC are for; see vpc.ts. */
export type SubnetRole = "ingress" | "private" | "outbound" | "data" | "transit";

/** Three ranges, one a zone, for each role. */
export type AddressPlan = Readonly<Record<SubnetRole, readonly [string, string, string]>>;

/**
 * Shares out a VPC's ranges. The routable range is cut into four equal blocks by role, and a block into four by
 * zone, of which three are used:
 *
 * | block | role      | of a /16 |
 * |-------|-----------|----------|
 * | 0     | ingress   | three /20, one /20 left for a fourth zone |
 * | 1     | private   | three /20, one /20 left |
 * | 2     | data      | three /20, one /20 left |
 * | 3     | transit   | three /28 at its beginning; the rest is reserve |
 *
 * The outbound range is cut into four by zone. Nothing here depends on how many zones or roles are in use, so that
 * adding one never moves another.
 *
 * @param routable the VPC's range, /16 to /20.
 */
export function addressPlan(routable: string): AddressPlan {
  const block = (role: number) => part(routable, 2, role);
  return {
    ingress: perZone(zone => part(block(0), 2, zone)),
    private: perZone(zone => part(block(1), 2, zone)),
    outbound: perZone(zone => part(outboundRange, 2, zone)),
    data: perZone(zone => part(block(2), 2, zone)),
    transit: perZone(zone => part(block(3), 28 - prefixOf(block(3)), zone)),
  };
}

const perZone = (range: (zone: number) => string): [string, string, string] => [range(0), range(1), range(2)];

const prefixOf = (range: string): number => Number(parseCidr(range).prefix);

/** The `index`-th of the 2^bits equal parts of a range. */
function part(range: string, bits: number, index: number): string {
  const { start, prefix, version } = parseCidr(range);
  const inner = Number(prefix) + bits;
  const width = version === 4 ? 32 : 128;
  return `${stringifyIp({ number: start + (BigInt(index) << BigInt(width - inner)), version })}/${inner}`;
}
