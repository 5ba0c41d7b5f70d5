/** What the locks of vaults are, of accounts' own and of the one for copies, from what environments say of backups. */
import { type CopySources, keyForCopies, type LockedVaultArgs } from "../components/data/backup-vault";
import type { Statement } from "../components/identity/policy-document";
import type { Location } from "../components/location";
import {
  type Environment,
  type EnvironmentName,
  environmentNames,
  type LandingZone,
  type Product,
} from "./description";
import { accountOf, livesIn, movesBetween } from "./description/product-places";
import { backupRole } from "./platform-names";
import { accountIdOf } from "./providers";
import { keepsItsOwnKey } from "./restoring";

type Backup = NonNullable<Environment["backup"]>;

/** The lock of an environment's vaults. */
export function vaultLock({
  keepDays,
  minKeepDays = keepDays,
  maxKeepDays,
  lock = "governance",
  changeableForDays,
}: Backup): Pick<LockedVaultArgs, "keepDays" | "maxKeepDays" | "lock"> {
  if (lock === "compliance" && changeableForDays === undefined)
    throw new Error("a vault that is to be locked for good does not say for how long it can be changed");
  return {
    keepDays: minKeepDays,
    ...(maxKeepDays === undefined ? {} : { maxKeepDays }),
    lock:
      lock === "compliance" && changeableForDays !== undefined
        ? { mode: lock, changeableForDays }
        : { mode: "governance" },
  };
}

/**
 * The regions that need a vault for copies, and what its lock asks for: the least of those that copy there. A copy
 * stays in its environment's region, because AWS Backup does not take all kinds to another account and region at once.
 */
export function copyVaults({ environments }: LandingZone): { region: string; keepDays: number }[] {
  const least = new Map<string, number>();
  for (const name of environmentNames) {
    const { region, backup } = environments[name];
    if (backup?.copies === true)
      least.set(region, Math.min(vaultLock(backup).keepDays, least.get(region) ?? Number.POSITIVE_INFINITY));
  }
  return [...least].map(([region, keepDays]) => ({ region, keepDays }));
}

/** How long a copy is kept that is there to be restored from, where the environment keeps no backups of its own. */
const restoreLock = { keepDays: 1, maxKeepDays: 7, lock: { mode: "governance" } } as const;

type VaultWords = Pick<LockedVaultArgs, "keepDays" | "maxKeepDays" | "lock" | "copiesFrom">;

/** The vault of an account in an environment; absent where nothing is backed up and nothing restored. */
export function accountVault(
  zone: LandingZone,
  environment: EnvironmentName,
  account: string,
): VaultWords | undefined {
  const { backup } = zone.environments[environment];
  const sources = restoreSources(zone, environment, account);
  if (backup === undefined && sources === undefined) return undefined;
  return {
    ...(backup === undefined ? restoreLock : vaultLock(backup)),
    ...(sources === undefined ? {} : { copiesFrom: sources }),
  };
}

/** Days that a copy is kept which `lz restore` makes: no longer than the vault's lock wants. */
export const restoreCopyDays = ({ backup }: Environment): number =>
  (backup === undefined ? restoreLock : vaultLock(backup)).keepDays;

/** Whether any environment takes another's backups. */
export const restoresAnywhere = ({ environments, products }: LandingZone): boolean =>
  environmentNames.some(
    name =>
      environments[name].restoresFrom !== undefined ||
      products.some(({ moving }) => moving?.[name] !== undefined),
  );

const copySources = (zone: LandingZone, accounts: readonly string[]): CopySources => ({
  organizationId: zone.organization.ids.organization,
  accountIds: [...new Set(accounts)].map(account => accountIdOf(zone, account)),
  roleName: backupRole,
});

/** The accounts whose products also live in this one, and which therefore may copy into its vault. */
function restoreSources(
  zone: LandingZone,
  environment: EnvironmentName,
  account: string,
): CopySources | undefined {
  const { restoresFrom: from } = zone.environments[environment];
  const there = zone.products.filter(product => livesIn(product, environment));
  const restored =
    from === undefined
      ? []
      : there
          .filter(product => livesIn(product, from) && accountOf(zone, product, environment) === account)
          .map(product => accountOf(zone, product, from));
  const moved = there.flatMap(product => {
    const move = movesBetween(zone, product, environment);
    return move?.to === account ? [move.from] : [];
  });
  const sources = [...restored, ...moved].filter(hasNumber(zone));
  return sources.length === 0 ? undefined : copySources(zone, sources);
}

const hasNumber = (zone: LandingZone) => (account: string) =>
  zone.organization.ids.accounts[account] !== undefined;

/**
 * What the policy of a product's key for data must say where it keeps databases that another environment restores:
 * their snapshots stay encrypted with this key until the other account has copied them.
 * Source: AWS Backup developer guide, "Encryption for a backup copy to a different account or AWS Region".
 */
export function restoreKeyStatements(
  zone: LandingZone,
  product: Product,
  environment: EnvironmentName,
  at: Location,
): Statement[] {
  if (!Object.values(product.data ?? {}).some(({ kind }) => keepsItsOwnKey(kind))) return [];
  const restoring = environmentNames
    .filter(to => zone.environments[to].restoresFrom === environment && livesIn(product, to))
    .map(to => accountOf(zone, product, to));
  const move = movesBetween(zone, product, environment);
  const accounts = [...restoring, ...(move === undefined || move.hasMoved ? [] : [move.to])].filter(
    hasNumber(zone),
  );
  return accounts.length === 0 ? [] : keyForCopies(copySources(zone, accounts), at);
}
