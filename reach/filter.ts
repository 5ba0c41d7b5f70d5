/** What filters let through: the lists of subnets, and security groups. */
import type { AccessList, AccessRule, GroupRule, SecurityGroup, Traffic } from "./model";
import { contains } from "./ranges";

export interface Packet {
  readonly source: number;
  readonly destination: number;
  /** `tcp`, `udp`, `icmp`, a number, or `other` for one that no rule names. */
  readonly protocol: string;
  /** The one it is sent to; of ICMP its type. */
  readonly port: number;
}

const fits = ({ protocol, from, to }: Traffic, packet: Packet): boolean =>
  protocol === "all" || (protocol === packet.protocol && from <= packet.port && packet.port <= to);

/** @returns the rule that denies it, `none` where no rule lets it through; undefined where it passes. */
export function refusal(
  list: AccessList | undefined,
  direction: "inward" | "outward",
  packet: Packet,
): AccessRule | "none" | undefined {
  if (list === undefined) return undefined;
  const other = direction === "inward" ? packet.source : packet.destination;
  // A range that is not known may be the packet's: a rule that allows it does, one that denies it does not.
  const decides = (rule: AccessRule) =>
    fits(rule, packet) && (rule.range === undefined ? rule.allows : contains(rule.range, other));
  const rule = list[direction].find(decides);
  return rule === undefined ? "none" : rule.allows ? undefined : rule;
}

/** The other end of a packet, as security groups see it. */
export interface Peer {
  readonly address: number;
  /** Its groups, as far as rules may name them from there. */
  readonly groups: readonly SecurityGroup[];
  /** It is CloudFront. */
  readonly cloudFront?: boolean;
  /** It is an AWS service, reached by a gateway endpoint with this list. */
  readonly service?: string | undefined;
}

/** @returns what it hangs on where that is not known. */
export type Admission = boolean | { readonly doubt: string };

/** Groups add up: one rule of one of them is enough. */
export function admits(
  groups: readonly SecurityGroup[] | undefined,
  direction: "inward" | "outward",
  packet: Packet,
  peer: Peer,
): Admission {
  if (groups === undefined) return true;
  let doubt: string | undefined;
  for (const group of groups)
    for (const rule of group[direction]) {
      if (!fits(rule, packet)) continue;
      if (rule.peer.kind === "not-known")
        doubt = `${group.name} admits ${rule.peer.what}, which is not in the plan`;
      else if (means(rule.peer, peer)) return true;
    }
  return doubt === undefined ? false : { doubt };
}

function means(rule: GroupRule["peer"], peer: Peer): boolean {
  switch (rule.kind) {
    case "range":
      return contains(rule.range, peer.address);
    case "group":
      return peer.groups.some(({ id }) => id === rule.id);
    case "cloudfront":
      return peer.cloudFront === true;
    case "service":
      return peer.service === rule.list;
    case "not-known":
      return false;
  }
}
