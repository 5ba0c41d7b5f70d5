/** Which controls of a standard are looked after, and by what: a rule before a guardrail before a detective service. */
import type { Rule } from "../rule";
import { controlsOf, related, type StandardName, standards } from "./index";
import { type Uncovered, uncovered } from "./uncovered";

export interface Covered {
  readonly control: string;
  readonly title?: string;
  readonly by: "rule" | Uncovered["by"];
  /** Rules, or what else looks after it. */
  readonly names: readonly string[];
  /** Why no rule does; absent where one does. */
  readonly why?: string;
}

export const coveredStandards = ["FSBP", "CIS 3.0", "CIS 5.0", "CIS 7.0", "NIST 800-53", "PCI DSS"] as const;

const serviceOf = (control: string): string => control.split(".")[0] ?? "";

/** The services of FSBP that rules are about. Controls of others are not asked for. */
export function servicesOf(rules: readonly Rule[]): ReadonlySet<string> {
  const quoted = rules.flatMap(({ controls }) => controls);
  return new Set(quoted.flatMap(id => (id.startsWith("FSBP ") ? serviceOf(id.slice("FSBP ".length)) : [])));
}

/**
 * The controls of a standard that are about our services: of FSBP those of the services that rules are about, of NIST
 * and PCI DSS what these are related to, of CIS all.
 *
 * @returns with `by` undefined where nobody has said yet why no rule stands for it.
 */
export function coverage(
  standard: StandardName,
  rules: readonly Rule[],
): (Omit<Covered, "by"> & { readonly by: Covered["by"] | undefined })[] {
  const byControl = new Map<string, string[]>();
  for (const rule of rules)
    for (const id of controlsOf(rule)) byControl.set(id, [...(byControl.get(id) ?? []), rule.name]);
  const services = servicesOf(rules);
  const ours = standards.FSBP.controls.filter(control => services.has(serviceOf(control)));
  const titles: ReadonlyMap<string, string> = standards[standard].titles;
  return controlsFor(standard, ours).map(control => {
    const id = `${standard} ${control}`;
    const title = titles.get(control);
    const own = { control, ...(title !== undefined && { title }) };
    const names = byControl.get(id);
    if (names) return { ...own, by: "rule", names };
    const reason = reasonFor(standard, id, ours);
    if (!reason) return { ...own, by: undefined, names: [] };
    return { ...own, by: reason.by, names: reason.name === undefined ? [] : [reason.name], why: reason.why };
  });
}

function controlsFor(standard: StandardName, ours: readonly string[]): readonly string[] {
  if (standard === "FSBP") return ours;
  if (standard !== "NIST 800-53" && standard !== "PCI DSS") return standards[standard].controls;
  const asked = new Set(ours.flatMap(control => related([`FSBP ${control}`])).map(String));
  return standards[standard].controls.filter(control => asked.has(`${standard} ${control}`));
}

/** What no rule stands for in NIST or PCI DSS is looked after as well as the controls of FSBP that it is related to. */
function reasonFor(standard: StandardName, id: string, ours: readonly string[]): Uncovered | undefined {
  if (standard !== "NIST 800-53" && standard !== "PCI DSS") return uncovered[id as keyof typeof uncovered];
  for (const control of ours) {
    const reason = uncovered[`FSBP ${control}`];
    if (reason && related([`FSBP ${control}`]).some(one => one === id))
      return { ...reason, why: `${control}: ${reason.why}` };
  }
  return undefined;
}
