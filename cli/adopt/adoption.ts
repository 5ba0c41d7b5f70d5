/** How what was found is called in the description, and which part it plays there. */
import type { FoundAccount, FoundOrganization, FoundUnit } from "./found";

export interface Adoption {
  readonly found: FoundOrganization;
  /** As they are found, and the quarantine at the end where there is none. */
  readonly units: readonly AdoptedUnit[];
  readonly quarantine: AdoptedUnit;
  /** Those that AWS has not closed and is not about to. */
  readonly accounts: readonly AdoptedAccount[];
  /** Those left out. */
  readonly leftOut: readonly FoundAccount[];
  readonly roles: Readonly<Record<RoleName, AdoptedAccount | undefined>>;
  readonly accessRole: string;
  readonly controlTower?: { readonly reservedPolicies: number };
}

export type RoleName = "management" | "logArchive" | "audit" | "network";

export interface AdoptedUnit {
  readonly path: string;
  /** Absent for a unit that the stack will make. */
  readonly found?: FoundUnit;
}

export interface AdoptedAccount {
  readonly name: string;
  readonly found: FoundAccount;
  readonly state: "live" | "suspended";
  /** Empty where nobody can know: directly below the root, or in the quarantine. */
  readonly unit: string;
  readonly place: "unit" | "root" | "quarantine";
}

export function adoptionOf(found: FoundOrganization): Adoption {
  const units = unitsOf(found);
  const existing = units.find(({ found: { name } }) => /^(suspended|quarantined?)$/i.test(name.trim()));
  const quarantine = existing ?? { path: "Suspended" };
  const accounts = accountsOf(found, units, quarantine.path);
  const controlTower = controlTowerOf(found);
  return {
    found,
    units: existing === undefined ? [...units, quarantine] : units,
    quarantine,
    accounts,
    leftOut: found.accounts.filter(account => !isOpen(account)),
    roles: rolesOf(found, accounts),
    // Control Tower gives the role to every account it makes or enrolls, and those it makes have no other.
    accessRole: controlTower === undefined ? "OrganizationAccountAccessRole" : "AWSControlTowerExecution",
    ...(controlTower === undefined ? {} : { controlTower }),
  };
}

const isOpen = ({ state }: FoundAccount): boolean => state === "ACTIVE";

function unitsOf({ rootId, units }: FoundOrganization): Required<AdoptedUnit>[] {
  const paths = new Map([[rootId, ""]]);
  const siblings = (unit: FoundUnit) =>
    units.filter(
      ({ parentId, name }) => parentId === unit.parentId && unitName(name) === unitName(unit.name),
    );
  return units.map(unit => {
    const name = unitName(unit.name) + (siblings(unit).length > 1 ? `-${unit.id.slice(-4)}` : "");
    const path = [paths.get(unit.parentId), name].filter(Boolean).join("/");
    paths.set(unit.id, path);
    return { path, found: unit };
  });
}

/** A path has its slashes between units. */
const unitName = (name: string): string => name.trim().replaceAll("/", "-") || "unnamed";

function accountsOf(
  { accounts, rootId, managementAccountId }: FoundOrganization,
  units: readonly Required<AdoptedUnit>[],
  quarantine: string,
): AdoptedAccount[] {
  const open = accounts.filter(isOpen);
  const names = namesOf(open);
  const unitById = new Map(units.map(({ path, found }) => [found.id, path]));
  return open.map(found => {
    const path = unitById.get(found.parentId) ?? "";
    const place =
      found.parentId === rootId
        ? "root"
        : path === quarantine || path.startsWith(`${quarantine}/`)
          ? "quarantine"
          : "unit";
    return {
      name: names.get(found.id) ?? "",
      found,
      // The management account is live wherever it is.
      state: place === "quarantine" && found.id !== managementAccountId ? "suspended" : "live",
      unit: place === "unit" ? path : "",
      place,
    };
  });
}

/** Names, by number. The numbers' ends tell apart those that become one, and the whole numbers what is left of these. */
function namesOf(accounts: readonly FoundAccount[]): Map<string, string> {
  const names = new Map(accounts.map(account => [account.id, accountName(account)]));
  const longer = [
    (name: string, id: string) => `${name.slice(0, longestName - 5).replace(/-$/, "")}-${id.slice(-4)}`,
    (_: string, id: string) => `account-${id}`,
  ];
  for (const lengthen of longer) {
    const all = [...names.values()];
    for (const [id, name] of [...names])
      if (all.filter(other => other === name).length > 1) names.set(id, lengthen(name, id));
  }
  return names;
}

const longestName = 40;

/** The name that the description allows which is nearest: `Log Archive` and `LogArchive` are `log-archive`. */
export function accountName({ name, id }: Pick<FoundAccount, "name" | "id">): string {
  const words = name
    .replace(/[äöüÄÖÜ]/g, umlaut => `${umlaut.normalize("NFD").charAt(0)}e`)
    .replaceAll("ß", "ss")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  const begun = /^[a-z]/.test(words) ? words : `account-${words === "" ? id : words}`;
  return begun.slice(0, longestName).replace(/-$/, "");
}

/** What accounts with a role are called, hyphens aside; the likeliest first. */
const roleNames = {
  logArchive: ["logarchive", "logging", "logs"],
  audit: ["audit", "security", "securitytooling"],
  network: ["network", "networking"],
} as const;

function rolesOf(
  { managementAccountId }: FoundOrganization,
  accounts: readonly AdoptedAccount[],
): Adoption["roles"] {
  const guessed = (role: keyof typeof roleNames): AdoptedAccount | undefined => {
    for (const likely of roleNames[role]) {
      const called = accounts.filter(
        ({ found, state }) =>
          state === "live" &&
          found.id !== managementAccountId &&
          accountName(found).replaceAll("-", "") === likely,
      );
      // Of two with the same name, only the company knows which it is.
      if (called.length > 0) return called.length === 1 ? called[0] : undefined;
    }
    return undefined;
  };
  return {
    management: accounts.find(({ found }) => found.id === managementAccountId),
    logArchive: guessed("logArchive"),
    audit: guessed("audit"),
    network: guessed("network"),
  };
}

const isControlTowers = ({ name, type }: { name: string; type: string }): boolean =>
  type === "SERVICE_CONTROL_POLICY" && /^aws-guardrails-/.test(name);

/** Control Tower attaches its policies to units, never to the root; the most at one unit are what it needs room for. */
function controlTowerOf({
  policies,
  trustedServices,
  units,
}: FoundOrganization): Adoption["controlTower"] | undefined {
  const its = policies.filter(isControlTowers);
  const trusted = trustedServices.some(service => /^controltower\./.test(service));
  const named = policies.some(({ name }) => /^AWSControlTower/.test(name));
  if (its.length === 0 && !trusted && !named) return undefined;
  const at = units.map(({ id }) => its.filter(({ targets }) => targets.includes(id)).length);
  return { reservedPolicies: Math.max(0, ...at) };
}
