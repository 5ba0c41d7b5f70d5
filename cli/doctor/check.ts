/** What a check finds: a line with the next step where there is one. */
export type Verdict = "ok" | "warn" | "fail" | "unknown";

export interface Check {
  readonly group: string;
  readonly verdict: Verdict;
  /** What was looked at and found, in one line. */
  readonly found: string;
  /** What to do about it; absent: nothing. */
  readonly next?: string;
  /** There is nothing to see: a report for people only counts it. */
  readonly minor?: true;
}

export const minor = (check: Check): Check => ({ ...check, minor: true });

/** The checks of a group. */
export const checksOf = (group: string) => ({
  ok: (found: string): Check => ({ group, verdict: "ok", found }),
  warn: (found: string, next: string): Check => ({ group, verdict: "warn", found, next }),
  fail: (found: string, next: string): Check => ({ group, verdict: "fail", found, next }),
  /** Could not be asked, or was not. */
  unknown: (found: string, next?: string): Check => ({
    group,
    verdict: "unknown",
    found,
    ...(next === undefined ? {} : { next }),
  }),
});
