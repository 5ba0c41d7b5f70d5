/**
 * Vulnerabilities in images that `lz scan` lets pass, for a time. Each is shown wherever it lets something pass; past its
 * day it lets nothing pass.
 *
 * ```ts
 * {
 *   id: "CVE-2026-0001",
 *   products: ["orders"],
 *   reason: "The parser that it is in is never called with what comes from outside",
 *   owner: "team-orders",
 *   expires: "2027-03-31",
 * }
 * ```
 */
export interface AcceptedVulnerability {
  /** As Inspector names it, for example `CVE-2026-0001`. */
  readonly id: string;
  /** In whose images. */
  readonly products: readonly string[];
  /** At least 20 characters. */
  readonly reason: string;
  readonly owner: string;
  /** The last day, of UTC: `2027-03-31`. */
  readonly expires: string;
}

export const vulnerabilities: readonly AcceptedVulnerability[] = [];
