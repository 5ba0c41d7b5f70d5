/**
 * Follows one packet through route tables, gateways and access lists until it arrives or something stops it.
 *
 * Sources: Amazon VPC user guide, "Route priority" (the most specific route, and written before learned ones), "NAT
 * gateways", "Internet gateways" and "Network ACLs"; Amazon VPC Peering guide, "Unsupported configurations" (a
 * peering leads no further); Amazon VPC Transit Gateways guide, "How transit gateways work", "Transit gateway route
 * tables", "How network ACLs work with transit gateways".
 */
import { type Packet, refusal } from "./filter";
import type { Attachment, Network, Route, Subnet, Target, TransitGateway, TransitRoute } from "./model";
import { addressText, contains, isPublic, rangeText, sizeOf } from "./ranges";

export type Goal =
  | { readonly kind: "interface"; readonly subnet: Subnet }
  | { readonly kind: "internet" }
  | { readonly kind: "on-premises" };

/** One thing on the way, and what sends the packet on from there. */
export interface Hop {
  readonly at: string;
  readonly by: string;
}

export type Start =
  | { readonly kind: "interface"; readonly subnet: Subnet; readonly public: boolean }
  | { readonly kind: "internet" }
  | { readonly kind: "on-premises" };

/** A part of the way on which the packet's addresses stay as they are; NAT begins another. */
export interface Leg {
  readonly start: Start;
  readonly packet: Packet;
}

export interface Way {
  readonly hops: readonly Hop[];
  /** The last one is of the packet as it arrives. */
  readonly legs: readonly Leg[];
  /** What it hangs on that is not known. */
  readonly doubts: readonly string[];
  /** Groups can be named from end to end: it stays in a VPC, or goes where AWS passes their names on. */
  readonly namesGroups: boolean;
}

export type Outcome =
  | { readonly end: "arrives"; readonly way: Way }
  | { readonly end: "wall"; readonly at: string; readonly because: string; readonly way: Way }
  | { readonly end: "undecided"; readonly because: string; readonly way: Way };

interface State extends Way {
  /** What it has now as its sender has a public address, too. */
  readonly public: boolean;
  /** It was put into the subnet by a gateway there, and has not left an interface of it. */
  readonly entered: boolean;
}

/** Longer ways exist nowhere, but in circles. */
const longestWay = 24;

export interface WalkOptions {
  /** It is an answer to a packet that has come the other way. */
  readonly answering: boolean;
  /** By routes alone, as if no access list denied anything: for what they stop, ports and senders do not matter. */
  readonly unfiltered?: boolean;
  /** Gathers the VPCs and transit gateways that it comes by. */
  readonly visited: Set<string>;
}

/** All ways that the packet may take: there is more than one where AWS chooses. */
export function walk(
  network: Network,
  start: Start,
  packet: Packet,
  goal: Goal,
  options: WalkOptions,
): readonly Outcome[] {
  const walker = new Walker(network, goal, options);
  const state: State = {
    hops: [],
    legs: [{ start, packet }],
    doubts: [],
    namesGroups: true,
    public: start.kind === "interface" ? start.public : true,
    entered: false,
  };
  switch (start.kind) {
    case "interface":
      return walker.leave(start.subnet, packet, state);
    case "internet":
      return walker.fromInternet(packet, state);
    case "on-premises":
      return walker.fromPremises(packet, state);
  }
}

class Walker {
  constructor(
    readonly network: Network,
    readonly goal: Goal,
    readonly options: WalkOptions,
  ) {}

  /** From an interface in the subnet, or from a gateway that has put it there, by the subnet's route table. */
  leave(subnet: Subnet, packet: Packet, state: State): readonly Outcome[] {
    const { vpc, table } = subnet;
    this.options.visited.add(vpc.id);
    const at = `subnet ${subnet.name}`;
    if (state.hops.length > longestWay) return [wall(at, "it goes round in circles", state)];
    // Neighbours in a subnet need no route.
    if (contains(subnet.range, packet.destination))
      return this.#deliver(subnet, packet, state, "its own subnet");
    const chosen = choose(table.routes, packet.destination);
    if (chosen.length === 0)
      return [
        wall(at, `the route table ${table.name} has no route to ${addressText(packet.destination)}`, state),
      ];
    return chosen.flatMap(route =>
      this.#take(subnet, route, packet, {
        ...hop(
          state,
          at,
          `${table.name}: ${route.destination ? rangeText(route.destination) : "a range not known"} → ${targetText(route.target)}`,
        ),
        ...(route.destination === undefined
          ? {
              doubts: [
                ...state.doubts,
                `what ${table.name} sends to ${targetText(route.target)} is not known beforehand`,
              ],
            }
          : {}),
      }),
    );
  }

  #take(subnet: Subnet, { target }: Route, packet: Packet, state: State): readonly Outcome[] {
    const at = `subnet ${subnet.name}`;
    switch (target.kind) {
      case "local":
        return this.#deliver(subnet, packet, state, "the VPC itself");
      case "internet-gateway":
        return this.#toInternet(subnet, target, packet, state);
      case "nat":
        return this.#throughNat(subnet, target, packet, state);
      case "transit":
        return this.#toTransit(subnet, target.gateway, packet, state);
      case "peering":
        return this.#throughPeering(subnet, target, packet, state);
      case "vpn-gateway": {
        const refused = this.#leaving(subnet, packet);
        if (refused) return [wall(refused.at, refused.because, state)];
        if (!target.gateway.connected)
          return [wall(at, `${target.gateway.name} is connected to nothing`, state)];
        return this.goal.kind === "on-premises"
          ? [arrives(state)]
          : [wall(`VPN gateway ${target.gateway.name}`, "it leads on-premises", state)];
      }
      case "firewall": {
        if (target.subnet === undefined)
          return [undecided(`where the firewall ${target.name} sends it is not in the plan`, state)];
        const refused = this.#crossing(subnet, target.subnet, packet, state.entered);
        if (refused) return [wall(refused.at, refused.because, state)];
        return this.leave(target.subnet, packet, {
          ...hop(state, `firewall ${target.name}`, "its rules are not looked at"),
          doubts: [...state.doubts, `the rules of the firewall ${target.name} decide`],
          entered: false,
          namesGroups: false,
        });
      }
      case "service-endpoint":
        return [wall(at, "the route is for an AWS service alone", state)];
      case "not-understood":
        return [undecided(`${at} sends it to ${target.what}, which is not understood`, state)];
    }
  }

  /** Within the VPC. */
  #deliver(from: Subnet, packet: Packet, state: State, what: string): readonly Outcome[] {
    const { goal } = this;
    if (
      goal.kind !== "interface" ||
      goal.subnet.vpc !== from.vpc ||
      !contains(goal.subnet.range, packet.destination)
    )
      return [
        wall(
          `subnet ${from.name}`,
          `${addressText(packet.destination)} is in ${what} there, and what is sent to it stays in ${from.vpc.name}`,
          state,
        ),
      ];
    const refused = this.#crossing(from, goal.subnet, packet, state.entered);
    return [refused ? wall(refused.at, refused.because, state) : arrives(state)];
  }

  #toInternet(
    subnet: Subnet,
    { name, vpc }: Extract<Target, { kind: "internet-gateway" }>,
    packet: Packet,
    state: State,
  ): readonly Outcome[] {
    const at = `internet gateway ${name}`;
    const refused = this.#leaving(subnet, packet);
    if (refused) return [wall(refused.at, refused.because, state)];
    if (vpc !== subnet.vpc.id) return [wall(at, `it is not attached to ${subnet.vpc.name}`, state)];
    if (!state.public) return [wall(at, "the sender has no public address", state)];
    if (!this.options.answering && !mayCallOut(subnet, state))
      return [wall(at, `VPC Block Public Access lets nothing of ${subnet.name} out`, state)];
    if (!isPublic(packet.destination))
      return [
        wall(
          at,
          `${addressText(packet.destination)} is private, and is routed nowhere on the internet`,
          state,
        ),
      ];
    return this.goal.kind === "internet" ? [arrives(state)] : [wall(at, "it leads to the internet", state)];
  }

  #throughNat(
    subnet: Subnet,
    { gateway }: Extract<Target, { kind: "nat" }>,
    packet: Packet,
    state: State,
  ): readonly Outcome[] {
    const at = `NAT gateway ${gateway.name}`;
    const inside = gateway.subnet;
    if (inside === undefined) return [undecided(`the subnet of ${at} is not known`, state)];
    if (this.options.answering)
      return [
        wall(at, "the answer would come from the NAT gateway, which whoever asked did not call", state),
      ];
    if (inside.vpc !== subnet.vpc) return [wall(at, `it is not in ${subnet.vpc.name}`, state)];
    const refused = this.#crossing(subnet, inside, packet, state.entered);
    if (refused) return [wall(refused.at, refused.because, state)];
    const sender: Start = { kind: "interface", subnet: inside, public: gateway.public };
    const samples = this.network.boundaries.samples(inside.range);
    return (this.options.unfiltered ? samples.slice(0, 1) : samples).flatMap(source => {
      const sent = { ...packet, source };
      return this.leave(inside, sent, {
        ...hop(state, at, `sends it on as its own, from ${inside.name}`),
        legs: [...state.legs, { start: sender, packet: sent }],
        public: gateway.public,
        entered: false,
        namesGroups: false,
      });
    });
  }

  #toTransit(subnet: Subnet, gateway: TransitGateway, packet: Packet, state: State): readonly Outcome[] {
    const at = `transit gateway ${gateway.name}`;
    this.options.visited.add(gateway.id);
    const attached = this.network.attachments.filter(
      ({ gateway: its, end }) => its === gateway && end.kind === "vpc" && end.vpc === subnet.vpc,
    );
    if (attached.length === 0) return [wall(at, `${subnet.vpc.name} is not attached to it`, state)];
    return attached.flatMap(attachment => {
      const inZone = subnetsOf(attachment).filter(
        ({ zone }) => zone === null || subnet.zone === null || zone === subnet.zone,
      );
      if (inZone.length === 0)
        return [
          wall(
            at,
            `the attachment ${attachment.name} has no subnet in ${subnet.zone}, so nothing there reaches it`,
            state,
          ),
        ];
      return distinct(inZone).flatMap(door => {
        const refused =
          door === subnet
            ? this.#leaving(subnet, packet)
            : this.#crossing(subnet, door, packet, state.entered);
        return refused
          ? [wall(refused.at, refused.because, state)]
          : this.#transit(attachment, packet, { ...state, entered: false });
      });
    });
  }

  /** At the transit gateway, by the table of the attachment it came from. */
  #transit(from: Attachment, packet: Packet, state: State): readonly Outcome[] {
    const { gateway, table } = from;
    this.options.visited.add(gateway.id);
    const at = `transit gateway ${gateway.name}`;
    if (state.hops.length > longestWay) return [wall(at, "it goes round in circles", state)];
    if (table === undefined)
      return [wall(at, `the attachment ${from.name} is associated with no route table`, state)];
    const chosen = choose(table.routes, packet.destination);
    if (chosen.length === 0)
      return [
        wall(at, `its route table ${table.name} has no route to ${addressText(packet.destination)}`, state),
      ];
    return chosen.flatMap(route => this.#takeTransit(from, route, packet, state));
  }

  #takeTransit(from: Attachment, route: TransitRoute, packet: Packet, state: State): readonly Outcome[] {
    const { gateway, table } = from;
    const at = `transit gateway ${gateway.name}`;
    const range = route.destination === undefined ? "a range not known" : rangeText(route.destination);
    if (route.to === undefined)
      return [wall(at, `its route table ${table?.name} has a black hole for ${range}`, state)];
    const { to } = route;
    const next: State = {
      ...hop(state, at, `${table?.name}: ${range} → attachment ${to.name}`),
      doubts:
        route.destination === undefined
          ? [...state.doubts, `what ${to.name} announces is not known beforehand`]
          : state.doubts,
      namesGroups: state.namesGroups && gateway.namesGroups && passesNames(from) && passesNames(to),
    };
    switch (to.end.kind) {
      case "vpc":
        return distinct(to.end.subnets).flatMap(door => this.leave(door, packet, { ...next, entered: true }));
      case "on-premises":
        return this.goal.kind === "on-premises"
          ? [arrives(next)]
          : [wall(`attachment ${to.name}`, "it leads on-premises", next)];
      case "firewall":
        return this.#transit(to, packet, {
          ...hop(next, `firewall ${to.end.name}`, "its rules are not looked at"),
          doubts: [...next.doubts, `the rules of the firewall ${to.end.name} decide`],
        });
      case "not-understood":
        return [undecided(`it is sent to ${to.end.what}, which is not understood`, next)];
    }
  }

  #throughPeering(
    subnet: Subnet,
    { peering }: Extract<Target, { kind: "peering" }>,
    packet: Packet,
    state: State,
  ): readonly Outcome[] {
    const at = `peering ${peering.name}`;
    if (!peering.ends.includes(subnet.vpc)) return [wall(at, `it is not one of ${subnet.vpc.name}`, state)];
    const others = peering.ends.filter(end => end !== subnet.vpc);
    const [other] = others;
    if (other === undefined) return [undecided(`the other end of ${at} is not in the plan`, state)];
    this.options.visited.add(other.id);
    const { goal } = this;
    if (
      goal.kind !== "interface" ||
      goal.subnet.vpc !== other ||
      !contains(goal.subnet.range, packet.destination)
    )
      return [wall(at, `it leads to ${other.name} and no further`, state)];
    const refused = this.#leaving(subnet, packet) ?? this.#entering(goal.subnet, packet);
    return [refused ? wall(refused.at, refused.because, state) : arrives(hop(state, at, `to ${other.name}`))];
  }

  /** To a public address, which its VPC's internet gateway exchanges for the private one. */
  fromInternet(packet: Packet, state: State): readonly Outcome[] {
    const { goal } = this;
    if (goal.kind !== "interface") return [wall("internet", "it leads nowhere else", state)];
    const { vpc } = goal.subnet;
    this.options.visited.add(vpc.id);
    if (vpc.internetGateway === undefined)
      return [wall(`VPC ${vpc.name}`, "it has no internet gateway", state)];
    if (!this.options.answering && goal.subnet.publicAccess !== "open")
      return [
        wall(
          `internet gateway ${vpc.internetGateway}`,
          `VPC Block Public Access lets no one call ${goal.subnet.name}`,
          state,
        ),
      ];
    const inside = hop(state, `internet gateway ${vpc.internetGateway}`, `to ${vpc.name}`);
    if (vpc.edgeTable === undefined) return this.#arriveFromOutside(packet, inside);
    const { table, edge } = { table: vpc.edgeTable, edge: `edge table ${vpc.edgeTable.name}` };
    const chosen = choose(table.routes, packet.destination);
    if (chosen.length === 0)
      return [wall(edge, `it has no route to ${addressText(packet.destination)}`, inside)];
    return chosen.flatMap(({ target }) => {
      if (target.kind === "local") return this.#arriveFromOutside(packet, inside);
      if (target.kind !== "firewall" || target.subnet === undefined)
        return [undecided(`${edge} sends it to ${targetText(target)}`, inside)];
      const refused = this.#entering(target.subnet, packet);
      if (refused) return [wall(refused.at, refused.because, inside)];
      return this.leave(target.subnet, packet, {
        ...hop(inside, `firewall ${target.name}`, "its rules are not looked at"),
        doubts: [...inside.doubts, `the rules of the firewall ${target.name} decide`],
      });
    });
  }

  #arriveFromOutside(packet: Packet, state: State): readonly Outcome[] {
    const { goal } = this;
    if (goal.kind !== "interface") return [];
    const refused = this.#entering(goal.subnet, packet);
    return [refused ? wall(refused.at, refused.because, state) : arrives(state)];
  }

  fromPremises(packet: Packet, state: State): readonly Outcome[] {
    const outside = this.network.attachments.filter(({ end }) => end.kind === "on-premises");
    const ways = outside.flatMap(attachment =>
      this.#transit(
        attachment,
        packet,
        hop(state, `attachment ${attachment.name}`, `into ${attachment.gateway.name}`),
      ),
    );
    const { goal } = this;
    const vpn = goal.kind === "interface" ? goal.subnet.vpc.vpnGateway : undefined;
    if (vpn?.connected)
      ways.push(...this.#arriveFromOutside(packet, hop(state, `VPN gateway ${vpn.name}`, "inside")));
    return ways.length > 0 ? ways : [wall("on-premises", "nothing is connected to it", state)];
  }

  #leaving(subnet: Subnet, packet: Packet): Refused | undefined {
    return this.options.unfiltered ? undefined : refusedBy(subnet, "outward", packet);
  }

  #entering(subnet: Subnet, packet: Packet): Refused | undefined {
    return this.options.unfiltered ? undefined : refusedBy(subnet, "inward", packet);
  }

  /** What is put into a subnet by a gateway in it, and stays there, passes inwards alone. */
  #crossing(from: Subnet, to: Subnet, packet: Packet, entered: boolean): Refused | undefined {
    if (from === to) return entered ? this.#entering(to, packet) : undefined;
    return this.#leaving(from, packet) ?? this.#entering(to, packet);
  }
}

/** What a NAT gateway sends on as its own has begun a leg in the subnet. */
function mayCallOut(subnet: Subnet, { legs }: State): boolean {
  const start = legs.at(-1)?.start;
  const byNat = legs.length > 1 && start?.kind === "interface" && start.subnet === subnet;
  const { publicAccess } = subnet;
  return publicAccess === "open" || publicAccess === "outward" || (publicAccess === "by-nat" && byNat);
}

interface Refused {
  readonly at: string;
  readonly because: string;
}

function refusedBy(subnet: Subnet, direction: "inward" | "outward", packet: Packet): Refused | undefined {
  const rule = refusal(subnet.accessList, direction, packet);
  if (rule === undefined) return undefined;
  const { source, destination, protocol, port } = packet;
  const what = `${protocol} ${port} ${direction === "inward" ? `from ${addressText(source)} in` : `to ${addressText(destination)} out`}`;
  return {
    at: `access list ${subnet.accessList?.name} of subnet ${subnet.name}`,
    because: rule === "none" ? `no rule of it lets ${what}` : `its rule ${rule.number} denies ${what}`,
  };
}

interface AnyRoute {
  readonly destination: Route["destination"];
  readonly learned: boolean;
}

/** The most specific ones, written before learned; and, besides, those whose range is not known. */
function choose<R extends AnyRoute>(routes: readonly R[], address: number): readonly R[] {
  let best: R[] = [];
  const notKnown: R[] = [];
  for (const route of routes) {
    const { destination } = route;
    if (destination === undefined) notKnown.push(route);
    else if (contains(destination, address)) {
      const [first] = best;
      const order = first === undefined ? -1 : precedence(route, first);
      if (order < 0) best = [route];
      else if (order === 0) best.push(route);
    }
  }
  return [...best, ...notKnown];
}

const precedence = (a: AnyRoute, b: AnyRoute): number =>
  (a.destination ? sizeOf(a.destination) : 0) - (b.destination ? sizeOf(b.destination) : 0) ||
  Number(a.learned) - Number(b.learned);

const subnetsOf = ({ end }: Attachment): readonly Subnet[] => (end.kind === "vpc" ? end.subnets : []);

const passesNames = ({ end }: Attachment): boolean => end.kind === "vpc" && end.namesGroups;

/** Doors that route and filter alike need not be tried twice. */
function distinct(subnets: readonly Subnet[]): readonly Subnet[] {
  const kept: Subnet[] = [];
  for (const subnet of subnets)
    if (!kept.some(({ table, accessList }) => table === subnet.table && accessList === subnet.accessList))
      kept.push(subnet);
  return kept;
}

const hop = (state: State, at: string, by: string): State => ({
  ...state,
  hops: [...state.hops, { at, by }],
});

const arrives = (way: State): Outcome => ({ end: "arrives", way });
const wall = (at: string, because: string, way: State): Outcome => ({ end: "wall", at, because, way });
const undecided = (because: string, way: State): Outcome => ({ end: "undecided", because, way });

function targetText(target: Target): string {
  switch (target.kind) {
    case "local":
      return "the VPC itself";
    case "internet-gateway":
      return `internet gateway ${target.name}`;
    case "nat":
      return `NAT gateway ${target.gateway.name}`;
    case "transit":
      return `transit gateway ${target.gateway.name}`;
    case "peering":
      return `peering ${target.peering.name}`;
    case "vpn-gateway":
      return `VPN gateway ${target.gateway.name}`;
    case "firewall":
      return `firewall ${target.name}`;
    case "service-endpoint":
      return "a service endpoint";
    case "not-understood":
      return target.what;
  }
}
