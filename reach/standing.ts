/** Where places stand: the subnets of their interfaces, and what filters there. */
import type { Interface, Place, SecurityGroup, Subnet } from "./model";
import type { Reading } from "./read";
import { known, list, type Resource, type Value } from "./resource";

/** What a place is before it has a name. */
type Nameless = Omit<Place, "name" | "urn" | "owner">;
export interface Found extends Nameless {
  readonly resource: Resource;
  /** What it is called among those of its owner, as far as it is the only one. */
  readonly called: string;
}

export const plain = { distributions: [], tables: new Set<string>(), list: undefined };

/** Where its interfaces are, and what they filter. */
export interface Wiring {
  readonly subnets: readonly string[];
  /** Without any, there is the VPC's default group. */
  readonly groups: Value | undefined;
  readonly public?: boolean;
  /** What needs no groups, and filters nothing without. */
  readonly unfiltered?: boolean;
  /** The only ports it answers at, by TCP; absent: any. */
  readonly listens?: readonly number[];
}

export function interfacesOf(reading: Reading, resource: Resource, wiring: Wiring): readonly Interface[] {
  const { subnets, doubt } = reading;
  const at = wiring.subnets.flatMap(id => subnets.get(id) ?? []);
  if (at.length < wiring.subnets.length || at.length === 0)
    doubt(resource, "a subnet it is in is not in the plan", at.length === 0 ? [] : [at[0]?.vpc.id ?? ""]);
  return at.map(subnet => ({
    subnet,
    groups: groupsOf(reading, resource, wiring, subnet),
    listens: wiring.listens,
    public: wiring.public === true || (wiring.public === undefined && subnet.givesPublicAddresses),
  }));
}

function groupsOf(
  { filters }: Reading,
  resource: Resource,
  { groups, unfiltered }: Wiring,
  { vpc }: Subnet,
): readonly SecurityGroup[] | undefined {
  const said = list(groups);
  if (said.length === 0 && groups !== undefined && !Array.isArray(groups)) return [notKnown(resource)];
  if (said.length === 0) {
    if (unfiltered === true) return undefined;
    return [filters.defaultGroups.get(vpc.id) ?? defaultGroup(vpc.id, vpc.name)];
  }
  return said.map(id => filters.groups.get(known(id) ?? "") ?? notKnown(resource));
}

const anyTraffic = { protocol: "all", from: 0, to: 65_535 };

/** Source: Amazon VPC user guide, "Default security groups". */
const defaultGroup = (vpc: string, name: string): SecurityGroup => ({
  id: `${vpc}-default-group`,
  name: `the default one of ${name}`,
  inward: [{ ...anyTraffic, peer: { kind: "group", id: `${vpc}-default-group` } }],
  outward: [{ ...anyTraffic, peer: { kind: "range", range: { first: 0, last: 2 ** 32 - 1 } } }],
});

function notKnown({ name }: Resource): SecurityGroup {
  const rule = { ...anyTraffic, peer: { kind: "not-known", what: `a security group of ${name}` } } as const;
  return { id: "", name: `a group of ${name} that is not in the plan`, inward: [rule], outward: [rule] };
}
