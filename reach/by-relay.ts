/**
 * Ways by what hands on a call: Network Load Balancers, PrivateLink, API Gateway's links.
 *
 * Sources: Elastic Load Balancing, Network Load Balancers guide, "Edit target group attributes" (client IP
 * preservation) and "Update the security groups"; AWS PrivateLink guide, "Create a service powered by AWS
 * PrivateLink"; API Gateway developer guide, "Create private integrations for HTTP APIs".
 */
import { calls } from "./call";
import { type Attempt, type Flow, type Question, stopped } from "./decision";
import { admission, type End, endsOf, peerOf } from "./ends";
import { type Admission, admits } from "./filter";
import { Findings } from "./findings";
import { flowText } from "./flows";
import type { Network, Place, Relay } from "./model";
import { interfacesOf } from "./parties";

/** @param passed relays on the way already: who comes back to one goes round in circles. */
export function* byRelays(
  network: Network,
  start: End,
  place: Place,
  question: Question,
  visited: Set<string>,
  passed: readonly Relay[] = [],
): Generator<Attempt> {
  for (const relay of network.relays) {
    if (relay.to !== place || passed.includes(relay)) continue;
    if ((question.protocol ?? relay.protocol) !== relay.protocol) continue;
    if ((question.port ?? relay.port) !== relay.port) continue;
    if (start.kind === "interface" && isOf(start, relay.caller)) continue;
    const first = toRelay(network, start, relay, visited, [...passed, relay]);
    if (first === undefined) continue;
    yield first.reaches === false ? first : joined(first, onwards(network, start, relay, visited), relay);
  }
}

const isOf = (end: End, place: Place | undefined): boolean => place !== undefined && end.name === place.name;

/** From the one who calls to the relay. */
function toRelay(
  network: Network,
  start: End,
  { called, by, name }: Relay,
  visited: Set<string>,
  passed: readonly Relay[],
): Attempt | undefined {
  if (called === undefined) {
    if (start.kind !== "internet") return undefined;
    const path = [{ at: "internet", by: `a request to ${by} ${name}` }];
    return { reaches: true, path, flow: { protocol: "tcp", from: 443, to: 443 } };
  }
  const { place, protocol, port } = called;
  const question = { protocol, port };
  const findings = new Findings();
  for (const end of endsOfPlace(network, place))
    findings.hearAll(calls(network, start, end, question, visited));
  return findings.hearAll(byRelays(network, start, place, question, visited, passed)).best;
}

const endsOfPlace = (network: Network, place: Place): readonly End[] =>
  endsOf(network, { name: place.name, kind: "inside", interfaces: interfacesOf(place), places: [place] });

/** From the relay to what it hands calls on to. */
function onwards(network: Network, start: End, relay: Relay, visited: Set<string>): Attempt {
  const { caller, to, protocol, port, filtered } = relay;
  const flow: Flow = { protocol, from: port, to: port };
  const arrived = [{ at: to.name, by: flowText(flow) }];
  const ends = endsOfPlace(network, to);
  if (caller === undefined) {
    if (!filtered) return { reaches: true, path: arrived, flow };
    return ofAdmission(
      ends.map(end => admittedAsItself(start, end, relay)),
      relay,
      arrived,
      flow,
    );
  }
  const findings = new Findings();
  for (const from of endsOfPlace(network, caller))
    for (const end of ends) findings.hearAll(calls(network, from, end, { protocol, port }, visited));
  const best = findings.best ?? stopped(to.name, "it stands nowhere", []);
  if (best.reaches !== false || best.near !== true || !relay.keepsSender) return best;
  return ofAdmission(
    ends.map(end => admittedAsItself(start, end, relay)),
    relay,
    arrived,
    flow,
  );
}

/** Whether an address of whoever called first is let in. */
function admittedAsItself(start: End, end: End, { protocol, port, called }: Relay): Admission {
  if (end.kind === "interface" && called === undefined)
    return (
      admits(end.interface.groups, "inward", { source: -1, destination: -1, protocol, port }, aws) || aNobody
    );
  const [destination = 0] = end.addresses;
  let doubt: Admission = false;
  for (const source of start.addresses) {
    const peer = peerOf(start, source, false);
    const its = admission(end, "inward", { source, destination, protocol, port }, peer);
    if (its === true) return true;
    if (its !== false) doubt = its;
  }
  return doubt;
}

const aws = { address: -1, groups: [] };
const aNobody: Admission = { doubt: "the addresses that AWS calls from are not known" };

function ofAdmission(
  admissions: readonly Admission[],
  { to, name }: Relay,
  path: Attempt["path"],
  flow: Flow,
): Attempt {
  if (admissions.includes(true)) return { reaches: true, path, flow };
  const doubt = admissions.find(its => typeof its === "object");
  if (typeof doubt === "object") return { reaches: "undecided", because: [doubt.doubt], path };
  const because = `its security groups admit no ${flowText(flow)} from who comes by ${name}`;
  return stopped(to.name, because, [], { near: true });
}

function joined(first: Attempt, second: Attempt, { by, name }: Relay): Attempt {
  const path = [...first.path, { at: name, by: `hands it on (${by})` }, ...second.path];
  const because = [first, second].flatMap(its => (its.reaches === "undecided" ? its.because : []));
  if (second.reaches === false) return { ...second, path };
  return because.length === 0 && second.reaches === true
    ? { reaches: true, by, path, flow: second.flow }
    : { reaches: "undecided", because, path };
}
