/** The two ends of a call. */
import type { NamedInterface, Party } from "./decision";
import { type Admission, admits, type Packet, type Peer } from "./filter";
import type { Network } from "./model";
import { contains, publicRanges, type Range, range } from "./ranges";
import type { Goal, Start } from "./walk";

/** One end of a call. */
export type End = {
  readonly name: string /** One of all that are treated alike. */;
  readonly addresses: readonly number[];
} & (
  | { readonly kind: "interface"; readonly interface: NamedInterface }
  | { readonly kind: "internet" | "on-premises" }
);

/** The same objects whenever they are asked for. */
export function endsOf(network: Network, { kind, interfaces }: Party): readonly End[] {
  const known = made.get(network) ?? new Map<string | NamedInterface, End>();
  made.set(network, known);
  const end = (key: string | NamedInterface, make: () => End): End => {
    const its = known.get(key) ?? make();
    known.set(key, its);
    return its;
  };
  const sampled = (ranges: readonly Range[]) => ranges.flatMap(its => network.boundaries.samples(its));
  if (kind === "on-premises") return [end(kind, () => ({ kind, name: kind, addresses: premises(network) }))];
  // Whoever makes a distribution has CloudFront call for him.
  if (kind === "internet")
    return [kind, "CloudFront"].map(name =>
      end(name, () => ({ kind, name, addresses: sampled(publicRanges) })),
    );
  return interfaces.map(its =>
    end(its, () => ({
      kind: "interface",
      name: its.name,
      interface: its,
      addresses: network.boundaries.samples(its.subnet.range),
    })),
  );
}

const made = new WeakMap<Network, Map<string | NamedInterface, End>>();

/** Addresses that are of no VPC, or that something says are on-premises. */
function premises({ vpcs, attachments, boundaries }: Network): readonly number[] {
  const ours = vpcs.flatMap(({ ranges }) => ranges);
  const said = attachments.flatMap(({ table }) =>
    (table?.routes ?? []).flatMap(({ to, destination }) =>
      to?.end.kind === "on-premises" && destination !== undefined ? [destination] : [],
    ),
  );
  const samples = [...said, ...privateRanges].flatMap(its => boundaries.samples(its));
  return [...new Set(samples)].filter(address => !ours.some(own => contains(own, address)));
}

/** Source: RFC 1918. */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map(range);

export const startOf = (end: End): Start =>
  end.kind === "interface"
    ? { kind: "interface", subnet: end.interface.subnet, public: end.interface.public }
    : { kind: end.kind };

export const goalOf = (end: End): Goal => goalOfStart(startOf(end));

export const goalOfStart = (start: Start): Goal =>
  start.kind === "interface" ? { kind: "interface", subnet: start.subnet } : { kind: start.kind };

export function admission(end: End, direction: "inward" | "outward", packet: Packet, peer: Peer): Admission {
  return end.kind === "interface" ? admits(end.interface.groups, direction, packet, peer) : true;
}

/** @param named whether the groups of this end can be named at the other one. */
export const peerOf = (end: End, address: number, named: boolean): Peer => ({
  address,
  groups: named && end.kind === "interface" ? (end.interface.groups ?? []) : [],
  cloudFront: end.name === "CloudFront",
});
