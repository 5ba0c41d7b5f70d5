/**
 * An account's life. Each state says where the account is in the organization, and which stacks it has:
 *
 * ```
 * vended ──► quarantined ──► baselined ──► live ──► suspended ──► closed
 * ```
 *
 * - `vended`: the organization stack asks AWS for it. It has no number yet, hence no stack.
 * - `quarantined`: its number is known; its baseline is put up while nobody but the platform can do anything in it.
 * - `baselined`: it leaves the quarantine for its unit; people and pipelines may come in.
 * - `live`: products are put into it.
 * - `suspended`: back to the quarantine. Its stacks stay as they are and are not run.
 * - `closed`: AWS has closed it (`aws organizations close-account`). It is left out everywhere.
 */
export const accountStates = {
  vended: { quarantined: true, numbered: false, stacks: [] },
  quarantined: { quarantined: true, numbered: true, stacks: ["baseline"] },
  baselined: { quarantined: false, numbered: true, stacks: ["baseline", "delivery"] },
  live: { quarantined: false, numbered: true, stacks: ["baseline", "delivery", "product"] },
  suspended: { quarantined: true, numbered: true, stacks: [] },
  closed: { quarantined: true, numbered: false, stacks: [] },
} as const satisfies Record<
  string,
  {
    /** It sits in the organization's quarantine unit and not in its own. */
    readonly quarantined: boolean;
    /** Its number must be known. */
    readonly numbered: boolean;
    readonly stacks: readonly ("baseline" | "delivery" | "product")[];
  }
>;

export type AccountState = keyof typeof accountStates;

export const accountStateNames = Object.keys(accountStates) as [AccountState, ...AccountState[]];

/** Whether an account in that state has stacks of that kind. */
export const hasStacks = (state: AccountState, kind: "baseline" | "delivery" | "product"): boolean =>
  (accountStates[state].stacks as readonly string[]).includes(kind);
