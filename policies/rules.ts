import { accounts } from "./accounts";
import { encryption } from "./encryption";
import { exposure } from "./exposure";
import { leastPrivilege } from "./least-privilege";
import { logging } from "./logging";
import { reachability } from "./reachability";
import { resilience } from "./resilience";
import type { Rule } from "./rule";
import { policyOf } from "./sdk-policy";
import { tags } from "./tags";

/** Every rule, by theme. */
export const themes: Readonly<Record<string, readonly Rule[]>> = {
  accounts,
  tags,
  encryption,
  "least-privilege": leastPrivilege,
  exposure,
  reachability,
  logging,
  resilience,
};

export const rules: readonly Rule[] = Object.values(themes).flat();

/** The rules as the SDK runs them. */
export const policies = Object.entries(themes).flatMap(([theme, ofTheme]) =>
  ofTheme.map(rule => policyOf(rule, theme)),
);
