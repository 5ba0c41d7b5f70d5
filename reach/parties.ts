/** Who can be asked about, by name. */
import type { NamedInterface, Party } from "./decision";
import type { Network, Place, Subnet } from "./model";

export const outsiders = ["internet", "on-premises"] as const;

/** Kinds of places, as a group of them is called. */
export const groupsOfPlaces = {
  "load-balancers": ["load-balancer"],
  services: ["service"],
  databases: ["database"],
  endpoints: ["endpoint", "gateway-endpoint"],
} as const satisfies Readonly<Record<string, readonly Place["kind"][]>>;

/** What is in no environment. */
export const sharedName = "shared";

/**
 * Every name there is, the widest first: `internet`, environments, accounts, these with a role of subnets or a kind
 * of places behind a slash, places, subnets. Where an environment and an account are called the same, it is the
 * environment, which holds the account.
 */
export function partiesOf(network: Network): ReadonlyMap<string, Party> {
  const parties = new Map<string, Party>();
  const add = (name: string, make: () => Party | undefined) => {
    if (parties.has(name)) return;
    const party = make();
    if (party !== undefined) parties.set(name, party);
  };
  for (const kind of outsiders) add(kind, () => ({ name: kind, kind, interfaces: [], places: [] }));
  for (const [name, isOf] of wholes(network)) {
    const subnets = network.subnets.filter(({ vpc }) => isOf(vpc.owner));
    const places = network.places.filter(({ owner }) => isOf(owner));
    add(name, () => inside(name, subnets, places));
    for (const role of new Set(subnets.flatMap(({ role }) => role ?? [])))
      add(`${name}/${role}`, () =>
        inside(
          `${name}/${role}`,
          subnets.filter(subnet => subnet.role === role),
          [],
        ),
      );
    for (const [group, kinds] of Object.entries(groupsOfPlaces))
      add(`${name}/${group}`, () =>
        inside(
          `${name}/${group}`,
          [],
          places.filter(({ kind }) => (kinds as readonly string[]).includes(kind)),
        ),
      );
  }
  for (const place of network.places) add(place.name, () => inside(place.name, [], [place]));
  for (const { name } of network.subnets)
    add(name, () =>
      inside(
        name,
        network.subnets.filter(subnet => subnet.name === name),
        [],
      ),
    );
  return parties;
}

type Owned = Network["vpcs"][number]["owner"];

/** Environments, what is shared, and accounts. */
function wholes({ vpcs }: Network): readonly (readonly [name: string, isOf: (owner: Owned) => boolean])[] {
  const inUse = vpcs.filter(({ subnets }) => subnets.length > 0).map(({ owner }) => owner);
  const environments = [...new Set(inUse.flatMap(({ environment }) => environment ?? []))];
  const labels = [...new Set(inUse.map(({ label }) => label))];
  return [
    ...environments.map(name => [name, (owner: Owned) => owner.environment === name] as const),
    ...(inUse.some(({ environment }) => environment === null)
      ? [[sharedName, ({ environment }: Owned) => environment === null] as const]
      : []),
    ...labels.map(name => {
      const account = inUse.find(({ label }) => label === name)?.account ?? null;
      // What has a second network in an account, as a runner, is not the account.
      const isAccount = account !== null && inUse.find(its => its.account === account)?.label === name;
      return [
        name,
        (owner: Owned) => owner.label === name || (isAccount && owner.account === account),
      ] as const;
    }),
  ];
}

function inside(name: string, subnets: readonly Subnet[], places: readonly Place[]): Party | undefined {
  if (subnets.length === 0 && places.length === 0) return undefined;
  return {
    name,
    kind: "inside",
    interfaces: [...subnets.map(stranger), ...places.flatMap(interfacesOf)],
    places,
  };
}

/** Parties share what they hold, so that what is decided about it once is known for all of them. */
function once<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const made = new WeakMap<K, V>();
  return key => {
    const its = made.get(key) ?? make(key);
    made.set(key, its);
    return its;
  };
}

/** Anything that may be put into the subnet, with a security group that no rule names and that filters nothing. */
const stranger = once(
  (subnet: Subnet): NamedInterface => ({
    name: `something in ${subnet.name}`,
    subnet,
    groups: undefined,
    public: subnet.givesPublicAddresses,
  }),
);

export const interfacesOf = once(({ name, interfaces }: Place): readonly NamedInterface[] =>
  interfaces.map(its => ({ ...its, name })),
);
