/** Where accounts are in the organization. */
import { accountStates, type Organization, type UnitPath } from "./description";

/** The unit an account is in: its own, or the quarantine while its state keeps it there. */
export function unitOf(organization: Organization, name: string): UnitPath {
  const account = organization.accounts[name];
  if (account === undefined) throw new Error(`"${name}" is no account of the description`);
  return accountStates[account.state].quarantined ? organization.quarantine : account.unit;
}

/** The accounts that are in use and in a unit or one below it. */
export const accountsIn = (organization: Organization, unit: UnitPath): string[] =>
  accountsInUse(organization).filter(name => {
    const its = organization.accounts[name]?.unit ?? "";
    return its === unit || its.startsWith(`${unit}/`);
  });

/** Neither waiting in the quarantine nor closed. */
export const accountsInUse = ({ accounts }: Organization): string[] =>
  Object.entries(accounts)
    .filter(([, { state }]) => !accountStates[state].quarantined)
    .map(([name]) => name);

/** All that AWS has not closed. */
export const openAccounts = ({ accounts }: Organization): string[] =>
  Object.entries(accounts)
    .filter(([, { state }]) => state !== "closed")
    .map(([name]) => name);
