/** Whether an image may run, by what Inspector has found in it. */
import type { AcceptedVulnerability } from "../../policies/vulnerabilities";

/** From the least to the worst. What Inspector has not rated yet counts as bad as what is refused by default. */
export const severities = ["informational", "low", "medium", "high", "critical"] as const;
export type Severity = (typeof severities)[number];

export interface Finding {
  readonly id: string;
  readonly severity: Severity | "untriaged";
  readonly title: string;
  /** Whether there is a version without it. */
  readonly fixed: boolean;
}

export interface Verdict {
  readonly refused: readonly Finding[];
  readonly accepted: readonly (readonly [Finding, AcceptedVulnerability])[];
  /** Less severe. */
  readonly others: number;
  /** What would have been accepted, were it not past its day. */
  readonly past: readonly AcceptedVulnerability[];
}

const weight = (severity: Finding["severity"]): number =>
  severities.indexOf(severity === "untriaged" ? "high" : severity);

/** @param today as `2027-03-31`. */
export function verdictOn(
  findings: readonly Finding[],
  product: string,
  from: Severity,
  register: readonly AcceptedVulnerability[],
  today: string,
): Verdict {
  const severe = findings.filter(({ severity }) => weight(severity) >= weight(from));
  const own = register.filter(({ products }) => products.includes(product));
  const inForce = own.filter(({ expires }) => expires >= today);
  const excuse = ({ id }: Finding) => inForce.find(one => one.id === id);
  return {
    refused: severe.filter(finding => excuse(finding) === undefined),
    accepted: severe.flatMap(finding => {
      const one = excuse(finding);
      return one === undefined ? [] : [[finding, one] as const];
    }),
    others: findings.length - severe.length,
    past: own.filter(({ id, expires }) => expires < today && severe.some(finding => finding.id === id)),
  };
}

/** @returns what is wrong with the register; nothing where all is well. */
export const faultsIn = (register: readonly AcceptedVulnerability[], products: readonly string[]): string[] =>
  register.flatMap(({ id, products: its, reason, owner, expires }) => {
    const faults: string[] = [];
    if (reason.trim().length < 20) faults.push("its reason must have at least 20 characters");
    if (owner.trim() === "") faults.push("it has no owner");
    if (!/^\d{4}-\d{2}-\d{2}$/.test(expires) || Number.isNaN(Date.parse(expires)))
      faults.push(`expires is "${expires}", and must be a day such as 2027-03-31`);
    for (const name of its) if (!products.includes(name)) faults.push(`there is no product "${name}"`);
    return faults.map(fault => `${id}: ${fault}`);
  });
