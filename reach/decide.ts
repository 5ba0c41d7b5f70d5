/**
 * Whether something can be called. Addresses and ports are looked at one by one, each for all that are treated alike,
 * so that "no" means that no packet at all gets through, and "yes" comes with one that does.
 */
import { byCloudFront, byEndpoint } from "./by-service";
import { calls } from "./call";
import type { Attempt, Decision, Party, Question } from "./decision";
import { type End, endsOf } from "./ends";
import type { Interface, Network, NotUnderstood, Subnet } from "./model";

/** Whether `from` can call `to`. */
export function decide(network: Network, from: Party, to: Party, question: Question = {}): Decision {
  const visited = new Set<string>();
  const verdict = new Verdict();
  if (from.kind !== "inside" && to.kind !== "inside")
    return {
      reaches: false,
      wall: { at: from.name, because: `${from.name} and ${to.name} are both outside` },
      path: [],
    };
  for (const { subnet } of [...from.interfaces, ...to.interfaces]) visited.add(subnet.vpc.id);
  for (const attempt of attempts(network, from, to, question, visited)) {
    verdict.hear(attempt);
    if (verdict.reaches !== undefined) return verdict.reaches;
  }
  return verdict.other(doubtsAbout(network.notUnderstood, visited), from, to);
}

/** Every way that could be tried, the promising ones first. */
function* attempts(
  network: Network,
  from: Party,
  to: Party,
  question: Question,
  visited: Set<string>,
): Generator<Attempt> {
  const starts = endsOf(network, from);
  const ends = endsOf(network, to);
  const covered = { start: strangersIn(from), end: strangersIn(to) };
  for (const start of starts)
    for (const end of ends)
      if (!isCovered(start, end, covered)) yield* calls(network, start, end, question, visited);
  if (from.kind === "internet") {
    for (const place of to.places) yield* byCloudFront(place, question);
    return;
  }
  for (const place of to.places)
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

/** What all attempts come to. */
class Verdict {
  reaches: Extract<Decision, { reaches: true }> | undefined;
  #undecided: Extract<Decision, { reaches: "undecided" }> | undefined;
  #stopped: Extract<Attempt, { reaches: false }> | undefined;

  hear(attempt: Attempt): void {
    if (attempt.reaches === true) this.reaches = attempt;
    else if (attempt.reaches === "undecided") this.#undecided ??= attempt;
    // The one that got furthest says most.
    else if (this.#stopped === undefined || progress(attempt) > progress(this.#stopped))
      this.#stopped = attempt;
  }

  /** What is left where nothing reaches. */
  other(doubts: readonly string[], from: Party, to: Party): Decision {
    if (this.#undecided !== undefined) return this.#undecided;
    const nothing = { at: to.name, because: `there is nothing in it that ${from.name} could call` };
    const { wall = nothing, path = [] } = this.#stopped ?? {};
    return doubts.length === 0
      ? { reaches: false, wall, path }
      : { reaches: "undecided", because: doubts, path };
  }
}

const progress = ({ near, path }: Attempt): number => (near === true ? 1_000 : 0) + path.length;
