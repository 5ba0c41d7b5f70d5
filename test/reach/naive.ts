/**
 * Small networks at random, and a second opinion on them: every single packet is sent through every single element,
 * breadth first, address by address and port by port. It shares nothing with reach/ and knows only the description
 * that the resources are made of.
 */
import fc from "fast-check";
import { Made, type Rule } from "./made";

export interface Small {
  readonly vpcs: readonly SmallVpc[];
  /** What is written into the two tables of the transit gateway. */
  readonly hubRoutes: readonly { readonly table: number; readonly to: string; readonly range: string }[];
  readonly peered: boolean;
}

interface SmallVpc {
  readonly internet: boolean;
  readonly subnets: readonly SmallSubnet[];
  readonly attached: boolean;
  /** The table it is associated with; 2 is none. */
  readonly domain: number;
  readonly propagatedTo: readonly number[];
}

interface SmallSubnet {
  readonly isPublic: boolean;
  readonly nat: "none" | "public" | "private";
  readonly routes: readonly (readonly [range: string, target: string])[];
  readonly list: readonly SmallRule[] | undefined;
  readonly group: readonly SmallRule[];
}

interface SmallRule {
  readonly inward: boolean;
  readonly allows: boolean;
  readonly range: string;
  readonly ports: readonly [from: number, to: number] | "all";
}

/** The first and the last overlap: addresses that are in two VPCs. */
const vpcRanges = ["10.0.0.0/28", "10.0.1.0/28", "10.0.0.0/28"];
const ranges = [
  "0.0.0.0/0",
  "10.0.0.0/8",
  "10.0.0.0/28",
  "10.0.0.0/29",
  "10.0.0.4/30",
  "10.0.1.0/28",
  "10.0.1.0/30",
  "10.0.1.6/31",
  "192.0.2.0/24",
];
const rangeOf = (vpc: number, subnet: number) => `${vpcRanges[vpc]?.replace("0/28", "")}${subnet * 4}/30`;

const rule = fc.record({
  inward: fc.boolean(),
  allows: fc.boolean(),
  range: fc.constantFrom("0.0.0.0/0", ...ranges),
  ports: fc.constantFrom(
    "all" as const,
    [443, 443] as const,
    [1024, 65_535] as const,
    [5_000, 6_000] as const,
  ),
});

const everything: readonly SmallRule[] = [true, false].map(inward => ({
  inward,
  allows: true,
  range: "0.0.0.0/0",
  ports: "all",
}));

const subnet = fc.record({
  isPublic: fc.boolean(),
  nat: fc.constantFrom("none" as const, "none" as const, "public" as const, "private" as const),
  routes: fc.uniqueArray(
    fc.tuple(fc.constantFrom(...ranges), fc.constantFrom("igw", "igw", "hub", "hub", "pcx", "nat0", "nat1")),
    { maxLength: 3, selector: ([range]) => range },
  ),
  list: fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    {
      weight: 2,
      arbitrary: fc.array(rule, { minLength: 1, maxLength: 5 }).map(rules => [...rules, ...everything]),
    },
    { weight: 1, arbitrary: fc.array(rule, { minLength: 1, maxLength: 5 }) },
  ),
  group: fc.oneof(
    { weight: 2, arbitrary: fc.constant(everything) },
    { weight: 3, arbitrary: fc.array(rule, { maxLength: 3 }) },
  ),
});

export const smallNetworks: fc.Arbitrary<Small> = fc.record({
  vpcs: fc.array(
    fc.record({
      internet: fc.boolean(),
      subnets: fc.array(subnet, { minLength: 2, maxLength: 2 }),
      attached: fc.boolean(),
      domain: fc.constantFrom(0, 0, 1, 2),
      propagatedTo: fc.subarray([0, 1]),
    }),
    { minLength: 3, maxLength: 3 },
  ),
  hubRoutes: fc.array(
    fc.record({
      table: fc.constantFrom(0, 1),
      to: fc.constantFrom("at0", "at1", "at2", "blackhole"),
      range: fc.constantFrom(...ranges),
    }),
    { maxLength: 2 },
  ),
  peered: fc.boolean(),
});

const nameOf = (vpc: number, index: number) => `s${vpc}${index}`;

/** Who is asked about: each subnet has a service of its own in it. */
export const names = [
  "internet",
  ...[0, 1, 2].flatMap(vpc => [0, 1].flatMap(i => [nameOf(vpc, i), `x${vpc}${i}`])),
];

export function resourcesOf({ vpcs, hubRoutes, peered }: Small): Made {
  const made = new Made().hub("hub").hubTable("t0", "hub").hubTable("t1", "hub");
  if (peered)
    made.add("ec2/vpcPeeringConnection:VpcPeeringConnection", "pcx", { vpcId: "v0", peerVpcId: "v1" });
  for (const [v, vpc] of vpcs.entries()) {
    made.vpc(`v${v}`, vpcRanges[v] ?? "", { internet: vpc.internet });
    for (const [i, { isPublic, nat, routes, list, group }] of vpc.subnets.entries()) {
      const name = nameOf(v, i);
      made.subnet(name, `v${v}`, rangeOf(v, i), {}, { isPublic });
      if (nat !== "none") made.nat(`nat-${name}`, name, nat === "private" ? "private" : undefined);
      for (const [range, target] of routes) {
        const written = targetOf({ vpcs, peered, hubRoutes }, v, target);
        if (written !== undefined) made.route(`${name}-table`, range, written);
      }
      if (list !== undefined)
        made.accessList(
          `list-${name}`,
          [name],
          list.map(its => `${its.allows ? "allow" : "deny"} ${textOf(its)}` as const),
        );
      made.group(`g${v}${i}`, `v${v}`, group.map(textOf));
      made.service(`x${v}${i}`, [name], [`g${v}${i}`], isPublic);
    }
    if (vpc.attached)
      made.attach(`at${v}`, "hub", `v${v}`, [nameOf(v, 0)], {
        ...(vpc.domain < 2 ? { table: `t${vpc.domain}` } : {}),
        into: vpc.propagatedTo.map(table => `t${table}`),
      });
  }
  for (const { table, to, range } of hubRoutes)
    if (to === "blackhole" || vpcs[Number(to.slice(2))]?.attached) made.hubRoute(`t${table}`, range, to);
  return made;
}

const textOf = ({ inward, range, ports }: SmallRule): Rule =>
  `${ports === "all" ? "all" : `tcp ${ports[0]}-${ports[1]}`} ${inward ? "from" : "to"} ${range}`;

function targetOf({ vpcs, peered }: Small, vpc: number, target: string) {
  if (target === "igw") return vpcs[vpc]?.internet ? { gatewayId: `igw-v${vpc}` } : undefined;
  if (target === "hub") return { transitGatewayId: "hub" };
  if (target === "pcx") return peered && vpc < 2 ? { vpcPeeringConnectionId: "pcx" } : undefined;
  const at = Number(target.at(-1));
  return vpcs[vpc]?.subnets[at]?.nat === "none" ? undefined : { natGatewayId: `nat-${nameOf(vpc, at)}` };
}

// What follows decides.

const number = (address: string): number =>
  address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);

function within(range: string, address: number): boolean {
  const [base = "", bits = "32"] = range.split("/");
  const shift = 2 ** (32 - Number(bits));
  return Math.floor(number(base) / shift) === Math.floor(address / shift);
}

const bitsOf = (range: string) => Number(range.split("/")[1]);

const addressesOf = (vpc: number, index: number): number[] => {
  const first = number(rangeOf(vpc, index).split("/")[0] ?? "");
  return [0, 1, 2, 3].map(offset => first + offset);
};

const outsideAddresses = ["8.8.8.8", "192.0.2.7", "203.0.113.1"].map(number);
const ports = [22, 443, 1024, 2_000, 5_500, 65_535];
const isPrivate = (address: number) => within("10.0.0.0/8", address);

interface Sent {
  readonly source: number;
  readonly target: number;
  readonly port: number;
}

/** Where a packet is. */
type Place =
  | {
      readonly in: "subnet";
      readonly vpc: number;
      readonly index: number;
      readonly from: "interface" | "gateway";
    }
  | { readonly in: "hub"; readonly vpc: number }
  | { readonly in: "internet" };

interface Flying {
  readonly place: Place;
  readonly sent: Sent;
  readonly public: boolean;
  readonly answering: boolean;
  /** Whoever is to get the answer, the last one first. */
  readonly senders: readonly Sender[];
}

interface Sender {
  readonly at: { readonly vpc: number; readonly index: number } | "internet";
  readonly address: number;
  readonly public: boolean;
}

/** All that comes of sending a packet: how it arrives at the one it is meant for. */
export class Naive {
  constructor(readonly small: Small) {}

  reaches(from: string, to: string): boolean {
    for (const source of this.#senders(from))
      for (const target of this.#senders(to))
        for (const port of ports) if (this.#called(from, source, to, target, port)) return true;
    return false;
  }

  #senders(name: string): readonly Sender[] {
    if (name === "internet")
      return outsideAddresses.map(address => ({ at: "internet", address, public: true }));
    const [vpc, index] = [Number(name[1]), Number(name[2])];
    const isPublic = this.#subnet(vpc, index).isPublic;
    return addressesOf(vpc, index).map(address => ({ at: { vpc, index }, address, public: isPublic }));
  }

  #subnet(vpc: number, index: number): SmallSubnet {
    const found = this.small.vpcs[vpc]?.subnets[index];
    if (found === undefined) throw new Error(`no subnet ${vpc} ${index}`);
    return found;
  }

  #called(from: string, source: Sender, to: string, target: Sender, port: number): boolean {
    if (source.at === "internet" && target.at === "internet") return false;
    if (from === to) return false;
    if (!this.#admitted(from, false, target.address, port)) return false;
    const sent = { source: source.address, target: target.address, port };
    return this.#fly(source, sent, target, false).some(
      ({ sent: { source: seen }, senders }) =>
        this.#admitted(to, true, seen, port) && this.#answered(target, senders),
    );
  }

  /** By the security group of a service; others have none. */
  #admitted(name: string, inward: boolean, other: number, port: number): boolean {
    if (!name.startsWith("x")) return true;
    return this.#subnet(Number(name[1]), Number(name[2])).group.some(
      its => its.inward === inward && within(its.range, other) && fitsPort(its, port),
    );
  }

  /** Hand over hand: from the one who was called to each who has sent the packet on, to the first. */
  #answered(called: Sender, senders: readonly Sender[]): boolean {
    let holder = called;
    for (const next of senders) {
      const comes = ports
        .filter(port => port >= 1024)
        .some(port => {
          const sent = { source: called.address, target: next.address, port };
          return this.#fly(holder, sent, next, true).length > 0;
        });
      if (!comes) return false;
      holder = next;
    }
    return true;
  }

  #fly(sender: Sender, sent: Sent, goal: Sender, answering: boolean): readonly Flying[] {
    const arrived: Flying[] = [];
    const seen = new Set<string>();
    const place: Place =
      sender.at === "internet" ? { in: "internet" } : { in: "subnet", ...sender.at, from: "interface" };
    const queue: Flying[] = [{ place, sent, public: sender.public, answering, senders: [sender] }];
    for (let flying = queue.shift(); flying !== undefined; flying = queue.shift()) {
      const key = JSON.stringify([flying.place, flying.sent, flying.public]);
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push(...this.#step(flying, goal, arrived));
    }
    return arrived;
  }

  #step(flying: Flying, { at: goal, public: isPublic }: Sender, arrived: Flying[]): readonly Flying[] {
    const { place, sent } = flying;
    switch (place.in) {
      case "internet": {
        if (goal === "internet") return [];
        // Only the one who has a public address and a gateway can be meant.
        const able = isPublic && this.small.vpcs[goal.vpc]?.internet === true;
        if (able && this.#passes(goal.vpc, goal.index, true, sent)) arrived.push(flying);
        return [];
      }
      case "hub":
        return this.#fromHub(place.vpc, flying);
      case "subnet":
        return this.#fromSubnet(place, flying, goal, arrived);
    }
  }

  #fromSubnet(
    place: Extract<Place, { in: "subnet" }>,
    flying: Flying,
    goal: Sender["at"],
    arrived: Flying[],
  ): readonly Flying[] {
    const { vpc, index, from } = place;
    const { sent } = flying;
    const out = () => this.#passes(vpc, index, false, sent);
    const deliver = () => {
      if (goal === "internet" || goal.vpc !== vpc || !within(rangeOf(vpc, goal.index), sent.target)) return;
      const same = goal.index === index;
      const leaves = same || out();
      const enters = same && from === "interface" ? true : this.#passes(vpc, goal.index, true, sent);
      if (leaves && enters) arrived.push(flying);
    };
    if (within(rangeOf(vpc, index), sent.target)) {
      deliver();
      return [];
    }
    const target = this.#routed(vpc, index, sent.target);
    if (target === "local") {
      deliver();
      return [];
    }
    if (target === "igw") {
      if (out() && flying.public && !isPrivate(sent.target) && goal === "internet") arrived.push(flying);
      return [];
    }
    if (target === "hub") {
      const { attached } = this.small.vpcs[vpc] ?? { attached: false };
      if (!attached || !out()) return [];
      if (index !== 0 && !this.#passes(vpc, 0, true, sent)) return [];
      return [{ ...flying, place: { in: "hub", vpc } }];
    }
    if (target === "pcx") {
      const other = 1 - vpc;
      if (goal === "internet" || goal.vpc !== other || !within(rangeOf(other, goal.index), sent.target))
        return [];
      if (out() && this.#passes(other, goal.index, true, sent)) arrived.push(flying);
      return [];
    }
    return target === undefined ? [] : this.#throughNat(place, flying, Number(target.at(-1)));
  }

  #throughNat(
    { vpc, index, from }: Extract<Place, { in: "subnet" }>,
    flying: Flying,
    at: number,
  ): readonly Flying[] {
    const { sent, senders, answering } = flying;
    if (answering) return [];
    const leaves = at === index || this.#passes(vpc, index, false, sent);
    const enters = at === index && from === "interface" ? true : this.#passes(vpc, at, true, sent);
    if (!leaves || !enters || senders.length > 3) return [];
    const isPublic = this.#subnet(vpc, at).nat === "public";
    return addressesOf(vpc, at).map(address => ({
      place: { in: "subnet", vpc, index: at, from: "interface" },
      sent: { ...sent, source: address },
      public: isPublic,
      answering,
      senders: [{ at: { vpc, index: at }, address, public: isPublic }, ...senders],
    }));
  }

  /** What the table of a subnet says, its own VPC's range among it. */
  #routed(vpc: number, index: number, address: number): string | undefined {
    const own: readonly (readonly [string, string])[] = [[vpcRanges[vpc] ?? "", "local"]];
    const written = this.#subnet(vpc, index).routes.filter(
      ([, target]) => targetOf(this.small, vpc, target) !== undefined,
    );
    const replaced = written.some(([range]) => range === vpcRanges[vpc]);
    const fitting = [...(replaced ? [] : own), ...written].filter(([range]) => within(range, address));
    return fitting.sort(([a], [b]) => bitsOf(b) - bitsOf(a))[0]?.[1];
  }

  #fromHub(vpc: number, flying: Flying): readonly Flying[] {
    const domain = this.small.vpcs[vpc]?.domain ?? 2;
    if (domain === 2) return [];
    const { target } = flying.sent;
    const written = this.small.hubRoutes
      .filter(
        ({ table, to }) =>
          table === domain && (to === "blackhole" || this.small.vpcs[Number(to[2])]?.attached),
      )
      .map(({ to, range }) => ({ to, range, learned: 0 }));
    const learned = this.small.vpcs.flatMap((its, v) =>
      its.attached && its.propagatedTo.includes(domain)
        ? [{ to: `at${v}`, range: vpcRanges[v] ?? "", learned: 1 }]
        : [],
    );
    const fitting = [...written, ...learned].filter(({ range }) => within(range, target));
    const order = (its: (typeof fitting)[number]) => -bitsOf(its.range) * 2 + its.learned;
    const best = Math.min(...fitting.map(order));
    // Where two are as good as each other, it may be either.
    return fitting
      .filter(its => order(its) === best && its.to !== "blackhole")
      .map(({ to }) => ({
        ...flying,
        place: { in: "subnet", vpc: Number(to[2]), index: 0, from: "gateway" },
      }));
  }

  /** The access list of a subnet. */
  #passes(vpc: number, index: number, inward: boolean, { source, target, port }: Sent): boolean {
    const { list } = this.#subnet(vpc, index);
    if (list === undefined) return true;
    const other = inward ? source : target;
    return (
      list.find(its => its.inward === inward && within(its.range, other) && fitsPort(its, port))?.allows ??
      false
    );
  }
}

const fitsPort = ({ ports: its }: SmallRule, port: number): boolean =>
  its === "all" || (its[0] <= port && port <= its[1]);
