/**
 * One end calls the other: a packet for every address and port that is treated alike goes there, is let in, and its
 * answer comes back. Security groups let an answer pass without being asked; route tables and access lists do not.
 */
import { type Attempt, type Flow, type Question, stopped } from "./decision";
import { admission, type End, goalOf, goalOfStart, peerOf, startOf } from "./ends";
import type { Packet } from "./filter";
import { anything, callersPorts, flowsOf, flowText } from "./flows";
import type { Network } from "./model";
import { addressText } from "./ranges";
import { type Hop, type Leg, type Outcome, type Start, type Way, walk } from "./walk";

export function* calls(
  network: Network,
  start: End,
  end: End,
  question: Question,
  visited: Set<string>,
): Generator<Attempt> {
  if (start.kind === "interface" && end.kind === "interface" && start.interface === end.interface) return;
  if (end.kind === "interface" && start.kind === "internet" && !end.interface.public) {
    yield stopped(end.name, "it has no public address", [{ at: start.name, by: "a packet from anywhere" }]);
    return;
  }
  let flows: readonly Flow[] | undefined;
  const known = routedBetween(network, start, end);
  const sources = start.addresses;
  for (const destination of end.addresses) {
    const outcomes = byRoutes(network, known, start, end, destination, visited);
    const open = outcomes.filter(outcome => outcome.end !== "wall");
    if (open.length === 0) {
      const [source] = sources;
      for (const outcome of outcomes)
        if (outcome.end === "wall")
          yield stopped(outcome.at, outcome.because, [
            begins(start, { source: source ?? 0, destination }, anything),
            ...outcome.way.hops,
          ]);
      continue;
    }
    flows ??= flowsTo(network, start, end, question);
    if (flows.length === 0) {
      const ports = end.kind === "interface" ? end.interface.listens?.join(", ") : "";
      yield stopped(end.name, `it answers at tcp ${ports} alone`, outcomes[0]?.way.hops ?? [], {
        near: true,
      });
      return;
    }
    const asItself = open.every(({ way }) => way.legs.length === 1);
    for (const source of sources)
      for (const flow of flows) {
        const packet: Packet = { source, destination, protocol: flow.protocol, port: flow.from };
        yield* call(
          network,
          start,
          end,
          packet,
          flow,
          { asItself, oneWay: question.oneWay === true },
          visited,
        );
      }
  }
}

/** What is worth sending: where it is known at which ports the end answers, to these alone. */
function flowsTo(network: Network, start: End, end: End, question: Question): readonly Flow[] {
  const listens = end.kind === "interface" ? end.interface.listens : undefined;
  if (listens === undefined) return flowsOf(network.accessLists, [start, end], question);
  const { protocol = "tcp", port } = question;
  return listens
    .filter(its => protocol === "tcp" && (port ?? its) === its)
    .map(its => ({ protocol, from: its, to: its }));
}

const begins = (start: End, packet: Pick<Packet, "source" | "destination">, flow: Flow): Hop => ({
  at: start.name,
  by: `a packet from ${addressText(packet.source)} to ${addressText(packet.destination)}, ${flowText(flow)}`,
});

/** By routes alone, whatever is sent: the same for all that is asked of a network. */
function byRoutes(
  network: Network,
  known: RoutedTo,
  start: End,
  end: End,
  destination: number,
  visited: Set<string>,
): readonly Outcome[] {
  let its = known.get(destination);
  if (its === undefined) {
    const seen = new Set<string>();
    const packet: Packet = { source: 0, destination, protocol: "all", port: 0 };
    const options = { answering: false, unfiltered: true, visited: seen };
    its = { outcomes: walk(network, startOf(start), packet, goalOf(end), options), visited: seen };
    known.set(destination, its);
  }
  for (const id of its.visited) visited.add(id);
  return its.outcomes;
}

interface Routed {
  readonly outcomes: readonly Outcome[];
  readonly visited: ReadonlySet<string>;
}

/** By destination. */
type RoutedTo = Map<number, Routed>;
const routed = new WeakMap<Network, Map<string, RoutedTo>>();

function routedBetween(network: Network, start: End, end: End): RoutedTo {
  const known = routed.get(network) ?? new Map<string, RoutedTo>();
  routed.set(network, known);
  const key = `${endKey(start)} ${endKey(end)}`;
  const its = known.get(key) ?? new Map<number, Routed>();
  known.set(key, its);
  return its;
}

const endKey = (end: End): string =>
  end.kind === "interface" ? `${end.interface.subnet.id}${end.interface.public ? "+" : ""}` : end.kind;

function* call(
  network: Network,
  start: End,
  end: End,
  packet: Packet,
  flow: Flow,
  { asItself, oneWay }: { readonly asItself: boolean; readonly oneWay: boolean },
  visited: Set<string>,
): Generator<Attempt> {
  const begin = [begins(start, packet, flow)];
  const out = admission(start, "outward", packet, peerOf(end, packet.destination, true));
  if (out === false)
    return yield stopped(
      start.name,
      `its security groups let no ${flowText(flow)} out to ${end.name}`,
      begin,
    );
  // Where nothing on the way changes its sender, it need not be followed to hear that it is not let in.
  if (asItself && admission(end, "inward", packet, peerOf(start, packet.source, true)) === false)
    return yield stopped(
      end.name,
      `its security groups admit no ${flowText(flow)} from ${start.name}`,
      begin,
      { near: true },
    );
  for (const outcome of walk(network, startOf(start), packet, goalOf(end), { answering: false, visited })) {
    const path = [...begin, ...outcome.way.hops];
    if (outcome.end !== "arrives") {
      yield ofOutcome(outcome, path);
      continue;
    }
    const { way } = outcome;
    const arrived = way.legs.at(-1)?.packet ?? packet;
    const sameSender = way.legs.length === 1;
    const named = way.namesGroups;
    const letOut = admission(start, "outward", packet, peerOf(end, packet.destination, named));
    const letIn = admission(
      end,
      "inward",
      arrived,
      sameSender ? peerOf(start, arrived.source, named) : { address: arrived.source, groups: [] },
    );
    if (letOut === false) {
      yield stopped(start.name, `its security groups let no ${flowText(flow)} out to ${end.name}`, path);
      continue;
    }
    if (letIn === false) {
      const who = sameSender ? start.name : addressText(arrived.source);
      yield stopped(end.name, `its security groups admit no ${flowText(flow)} from ${who}`, path, {
        near: true,
      });
      continue;
    }
    const doubts = [
      ...way.doubts,
      ...[letOut, letIn].flatMap(its => (typeof its === "object" ? [its.doubt] : [])),
    ];
    const back = oneWay ? [] : answer(network, way, end, arrived, visited);
    const decision = ofAnswer(back, [...path, { at: end.name, by: arrivalText(flow, oneWay) }], flow, doubts);
    yield decision.reaches === true && start.name === "CloudFront"
      ? { ...decision, by: "CloudFront" }
      : decision;
  }
}

const arrivalText = (flow: Flow, oneWay: boolean): string =>
  oneWay ? flowText(flow) : `${flowText(flow)}, and the answer comes back`;

/** What becomes of an answer, along each leg of the way that the packet has come, the last one first. */
function answer(
  network: Network,
  { legs }: Way,
  end: End,
  arrived: Packet,
  visited: Set<string>,
): readonly Outcome[] {
  const senders = [startOf(end), ...legs.map(({ start }) => start).reverse()];
  return [...legs]
    .reverse()
    .map((leg, index) => answerOnce(network, senders[index] as Start, leg, arrived.destination, visited));
}

function ofAnswer(
  back: readonly Outcome[],
  path: readonly Hop[],
  flow: Flow,
  doubts: readonly string[],
): Attempt {
  const open = [...doubts];
  for (const outcome of back) {
    if (outcome.end === "wall")
      return stopped(outcome.at, `the answer does not come back: ${outcome.because}`, path.slice(0, -1), {
        near: true,
      });
    open.push(...(outcome.end === "undecided" ? [outcome.because] : []), ...outcome.way.doubts);
  }
  return open.length === 0
    ? { reaches: true, path, flow }
    : { reaches: "undecided", because: [...new Set(open)], path };
}

/** The best that can become of an answer to whoever has called from one of the ports that callers call from. */
function answerOnce(
  network: Network,
  from: Start,
  { start, packet }: Leg,
  source: number,
  visited: Set<string>,
): Outcome {
  let worse: Outcome | undefined;
  for (const port of callersPorts(network.accessLists, packet.protocol)) {
    const back: Packet = { source, destination: packet.source, protocol: packet.protocol, port };
    for (const outcome of walk(network, from, back, goalOfStart(start), { answering: true, visited })) {
      if (outcome.end === "arrives" && outcome.way.doubts.length === 0) return outcome;
      if (worse === undefined || rank(outcome) > rank(worse)) worse = outcome;
    }
  }
  if (worse === undefined) throw new Error("an answer has neither arrived nor been stopped");
  return worse;
}

const rank = ({ end }: Outcome): number => ["wall", "undecided", "arrives"].indexOf(end);

function ofOutcome(outcome: Exclude<Outcome, { end: "arrives" }>, path: readonly Hop[]): Attempt {
  return outcome.end === "wall"
    ? stopped(outcome.at, outcome.because, path)
    : { reaches: "undecided", because: [outcome.because, ...outcome.way.doubts], path };
}
