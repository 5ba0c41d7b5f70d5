import type { Severity } from "./severity";

/** How fast a service may use up the failures that its objective allows it, before somebody is told. */
export interface Burning {
  /** Times the speed at which 28 days would use them up exactly. */
  readonly factor: number;
  readonly long: Window;
  /** A twelfth of the long one: it says whether it still goes on. */
  readonly short: Window;
}

export const windowSeconds = {
  "5m": 300,
  "30m": 1_800,
  "1h": 3_600,
  "6h": 21_600,
  "3d": 259_200,
} as const;

export type Window = keyof typeof windowSeconds;

/**
 * The speeds, windows and factors that the Site Reliability Workbook recommends (chapter "Alerting on SLOs", table of
 * recommended parameters): within the long window about 2, 5 and 10 per cent of what the whole time allows are used up.
 */
export const burnRates = {
  "burning-fast": {
    severity: "critical",
    rates: [
      { factor: 14.4, long: "1h", short: "5m" },
      { factor: 6, long: "6h", short: "30m" },
    ],
    means: "At this speed, what it may fail in 28 days is used up within five days, or two: act now",
  },
  "burning-slowly": {
    severity: "warning",
    rates: [{ factor: 1, long: "3d", short: "6h" }],
    means:
      "At this speed it will just miss that: there are days left to find out why, so do in working hours",
  },
} as const satisfies Readonly<
  Record<string, { severity: Severity; rates: readonly Burning[]; means: string }>
>;

/**
 * In per cent of requests: where 14.4 times what is allowed were more than all requests, a total failure would go
 * unnoticed. When half of them fail it is told, whatever is allowed.
 */
export const highestThreshold = 50;
