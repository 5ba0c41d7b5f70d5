/** Which ranges the description gives out, from environments down to subnets, and how full each is. */
import { containsCidr, parseCidr } from "cidr-tools";
import { runnerAddresses } from "../components/delivery/runner-network";
import {
  addressPlan,
  partOf,
  type SubnetRole,
  subnetRoles,
  usable,
  zoneName,
} from "../components/network/address-plan";
import {
  type Environment,
  type EnvironmentName,
  environmentNames,
  type LandingZone,
  zonesOf,
} from "./description";

export interface AddressRange {
  readonly range: string;
  /** For example `dev` for an environment, or `dev private a` for a subnet. */
  readonly what: string;
  /** A participant is an account that lives in the subnets of the one it is a part of. */
  readonly kind: "environment" | "hub" | "account" | "participant" | "runner" | "subnet" | "on-premises";
  /** Addresses in it; of a subnet those that can be had; of a participant none, for none are its own. */
  readonly addresses: number;
  /** The part of it that is given out below, from 0 to 1; undefined for a subnet, which is given out as a whole. */
  readonly givenOut?: number;
  readonly parts: readonly AddressRange[];
}

/** The identifiers of an environment's zones; the description has been checked to ask for no more than there are. */
export const zonesFor = ({ region, zones = 3 }: Pick<Environment, "region" | "zones">): readonly string[] =>
  typeof zones === "number" ? (zonesOf(region) ?? []).slice(0, zones) : zones;

/** The hub's ranges: a quarter each for shared services, central egress and inspection; the last is reserve. */
export const hubRanges = (addresses: string) => ({
  shared: partOf(addresses, 2, 0),
  egress: partOf(addresses, 2, 1),
  inspection: partOf(addresses, 2, 2),
});

/** Every range, the environments' first. */
export function addressRanges(zone: LandingZone): AddressRange[] {
  const { organization, environments, network } = zone;
  return [
    ...environmentNames.map((name): AddressRange => {
      const environment = environments[name];
      const accounts = Object.entries(organization.accounts).flatMap(([account, { addresses, state }]) =>
        addresses !== undefined && state !== "closed" && containsCidr(environment.addresses, addresses)
          ? [
              holder("account", account, addresses, [
                ...participants(zone, account, addresses),
                ...subnets(account, addresses, zonesFor(environment).length),
              ]),
            ]
          : [],
      );
      return holder("environment", name, environment.addresses, [...accounts, ...runner(zone, name)]);
    }),
    holder(
      "hub",
      "hub",
      network.addresses,
      Object.entries(hubRanges(network.addresses)).map(([what, range]) =>
        holder("hub", `hub ${what}`, range, []),
      ),
    ),
    ...(network.onPremises?.ranges ?? []).map(range => holder("on-premises", "on-premises", range, [])),
  ];
}

const participants = ({ organization }: LandingZone, owner: string, range: string): AddressRange[] =>
  Object.entries(organization.accounts).flatMap(([account, { subnetsOf, state }]) =>
    subnetsOf === owner && state !== "closed"
      ? [{ range, what: account, kind: "participant", addresses: 0, parts: [] }]
      : [],
  );

/** The network of an environment's runner, which is beside its accounts'. */
function runner({ environments }: LandingZone, name: EnvironmentName): AddressRange[] {
  const { runner: its, ...environment } = environments[name];
  if (its === undefined) return [];
  const plan = runnerAddresses(its.addresses, zonesFor(environment).length);
  const what = `runner-${name}`;
  return [
    holder(
      "runner",
      what,
      its.addresses,
      (["jobs", "transit"] as const).flatMap(role =>
        plan[role].map((range, zone) => ({
          range,
          what: `${what} ${role} ${zoneName(zone)}`,
          kind: "subnet" as const,
          addresses: usable(range),
          parts: [],
        })),
      ),
    ),
  ];
}

function subnets(account: string, addresses: string, zones: number): AddressRange[] {
  const plan = addressPlan(addresses, zones);
  return subnetRoles.flatMap((role: SubnetRole) =>
    plan[role].map((range, zone) => ({
      range,
      what: `${account} ${role} ${zoneName(zone)}`,
      kind: "subnet",
      addresses: usable(range),
      parts: [],
    })),
  );
}

function holder(
  kind: AddressRange["kind"],
  what: string,
  range: string,
  parts: readonly AddressRange[],
): AddressRange {
  const addresses = sizeOf(range);
  // Outbound subnets lie in a range beside the account's own, and a participant takes none of it.
  const given = parts.filter(part => part.kind !== "participant" && containsCidr(range, part.range));
  return {
    range,
    what,
    kind,
    addresses,
    givenOut: given.reduce((sum, part) => sum + sizeOf(part.range), 0) / addresses,
    parts,
  };
}

const sizeOf = (range: string): number => 2 ** (32 - Number(parseCidr(range).prefix));
