import type { Given } from "../judge";
import accounts from "./accounts";
import encryption from "./encryption";
import exposure from "./exposure";
import leastPrivilege from "./least-privilege";
import logging from "./logging";
import reachability from "./reachability";
import resilience from "./resilience";
import tags from "./tags";

/** One resource, or for a stack rule several. */
export type Case = Given | readonly Given[];

export interface Cases {
  readonly rule: string;
  readonly accepts: readonly Case[];
  readonly refuses: readonly Case[];
  /** Neither accepted nor refused before the value is known. */
  readonly unknown?: readonly Case[];
}

export const cases: readonly Cases[] = [
  ...accounts,
  ...encryption,
  ...exposure,
  ...leastPrivilege,
  ...logging,
  ...reachability,
  ...resilience,
  ...tags,
];
