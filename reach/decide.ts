/**
 * Whether something can be called. Addresses and ports are looked at one by one, each for all that are treated alike,
 * so that "no" means that no packet at all gets through, and "yes" comes with one that does.
 */

import { byRelays } from "./by-relay";
import { byCloudFront, byEndpoint } from "./by-service";
import { calls } from "./call";
import type { Attempt, Decision, Party, Question } from "./decision";
import { type End, endsOf } from "./ends";
import { Findings } from "./findings";
import type { Interface, Network, NotUnderstood, Subnet } from "./model";

/** Whether `from` can call `to`. */
export function decide(network: Network, from: Party, to: Party, question: Question = {}): Decision {
  if (from.kind !== "inside" && to.kind !== "inside")
    return {
      reaches: false,
      wall: { at: from.name, because: `${from.name} and ${to.name} are both outside` },
      path: [],
    };
  const all = new Findings();
  for (const { subnet } of [...from.interfaces, ...to.interfaces]) all.visited.add(subnet.vpc.id);
  const starts = endsOf(network, from);
  for (const [start, end] of pairs(starts, endsOf(network, to), from, to)) {
    all.add(findingsOf(network, start, end, question));
    if (all.reaches !== undefined) return all.reaches;
  }
  all.hearAll(byServices(starts, from, to, question));
  for (const start of all.reaches === undefined ? starts : [])
    for (const place of to.places) all.hearAll(byRelays(network, start, place, question, all.visited));
  const doubts = [...doubtsAbout(network.notUnderstood, all.visited), ...nowhere(from), ...nowhere(to)];
  return all.reaches ?? all.other(doubts, from, to);
}

/** What calls between two ends come to. Of whatever is sent, it is found once: an overview asks again and again. */
function findingsOf(network: Network, start: End, end: End, question: Question): Findings {
  const general = Object.keys(question).length === 0;
  const ofStart = found.get(start) ?? new Map<End, Findings>();
  found.set(start, ofStart);
  const before = general ? ofStart.get(end) : undefined;
  if (before !== undefined) return before;
  const findings = new Findings();
  findings.hearAll(calls(network, start, end, question, findings.visited));
  if (general) ofStart.set(end, findings);
  return findings;
}

const found = new WeakMap<End, Map<End, Findings>>();

/** Every two ends between which a call makes a difference. */
function* pairs(
  starts: readonly End[],
  ends: readonly End[],
  from: Party,
  to: Party,
): Generator<readonly [start: End, end: End]> {
  const covered = { start: strangersIn(from), end: strangersIn(to) };
  for (const start of starts) for (const end of ends) if (!isCovered(start, end, covered)) yield [start, end];
}

/** Ways that AWS makes beside routes. */
function* byServices(
  starts: readonly End[],
  from: Party,
  { places }: Party,
  question: Question,
): Generator<Attempt> {
  if (from.kind === "internet") for (const place of places) yield* byCloudFront(place, question);
  else
    for (const place of places)
      for (const start of starts)
        if (place.kind === "gateway-endpoint" && start.kind === "interface")
          yield byEndpoint(start, place, question);
}

const isStranger = ({ groups }: Interface): boolean => groups === undefined;

const strangersIn = ({ interfaces }: Party): ReadonlySet<Subnet> =>
  new Set(interfaces.filter(isStranger).map(({ subnet }) => subnet));

/**
 * A stranger in a subnet sends what anything there could send, and takes what anything there could take. Only rules
 * that name a group, and public addresses, make a difference.
 */
function isCovered(
  start: End,
  end: End,
  covered: { readonly start: ReadonlySet<Subnet>; readonly end: ReadonlySet<Subnet> },
): boolean {
  if (start.kind !== "interface" || end.kind !== "interface") return false;
  if (!isStranger(end.interface)) return covered.end.has(end.interface.subnet);
  return !isStranger(start.interface) && covered.start.has(start.interface.subnet);
}

/** What is not understood, where it could open a way that a decision says is closed. */
function doubtsAbout(
  notUnderstood: readonly NotUnderstood[],
  visited: ReadonlySet<string>,
): readonly string[] {
  return notUnderstood
    .filter(({ touches }) => touches === undefined || touches.some(id => visited.has(id)))
    .map(({ type, name, because }) => `${type.split(":").at(-1)} ${name}: ${because}`);
}

/** Places that stand in no subnet that is known: nothing was tried from them or to them. */
const nowhere = ({ places }: Party): readonly string[] =>
  places
    .filter(({ kind, interfaces }) => kind !== "gateway-endpoint" && interfaces.length === 0)
    .map(({ name }) => `in which subnets ${name} is, the plan does not say`);
