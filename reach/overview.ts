/** Who reaches what, of a network as a whole. */
import { decide } from "./decide";
import type { Decision, Party } from "./decision";
import type { Network, NotUnderstood } from "./model";
import { groupsOfPlaces, outsiders, partiesOf, sharedName } from "./parties";

export interface Cell {
  readonly from: string;
  readonly to: string;
  readonly decision: Decision;
}

export interface Overview {
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** For each of `to`, in order, one of each of `from`. */
  readonly cells: readonly Cell[];
  /** Subnets and places that the internet reaches, or may reach. */
  readonly internetReaches: readonly Cell[];
  readonly notUnderstood: readonly NotUnderstood[];
}

const roles = ["ingress", "private", "outbound", "data", "transit"];

export function overviewOf(network: Network): Overview {
  const parties = partiesOf(network);
  const environments = [...new Set(network.vpcs.flatMap(({ owner }) => owner.environment ?? []))];
  const wholes = [...environments, sharedName].filter(name => parties.has(name));
  const otherRoles = new Set(
    network.subnets.flatMap(({ role }) => role ?? []).filter(role => !roles.includes(role)),
  );
  const parts = [...roles, ...otherRoles, ...Object.keys(groupsOfPlaces)];
  const from = [...outsiders, ...wholes];
  const to = [
    ...outsiders,
    ...wholes.flatMap(whole => [whole, ...parts.map(part => `${whole}/${part}`)]),
  ].filter(name => parties.has(name));
  const party = (name: string): Party => {
    const found = parties.get(name);
    if (found === undefined) throw new Error(`there is no ${name}`);
    return found;
  };
  const cell = (a: string, b: string): Cell => ({
    from: a,
    to: b,
    decision: decide(network, party(a), party(b)),
  });
  const ends = new Set([...network.places, ...network.subnets].map(({ name }) => name));
  return {
    from,
    to,
    cells: to.flatMap(target => from.map(source => cell(source, target))),
    internetReaches: [...ends]
      .map(name => cell("internet", name))
      .filter(({ decision }) => decision.reaches !== false),
    notUnderstood: network.notUnderstood,
  };
}
