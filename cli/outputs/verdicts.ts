/** What the rules of the pack say of each stack of a plan, rule by rule, those that found nothing too. */
import { covers } from "../../policies/covers";
import type { Rule } from "../../policies/rule";
import { isFailure, isUndecided, type PolicyPackConfig, type StackPlan, type Violation } from "../planner";

export type Verdict = "passed" | "failed" | "excepted" | "undecided" | "not applicable" | "disabled";

export interface RuleVerdict {
  readonly rule: Rule;
  /** Of the rule in the stack: the worst of its findings. */
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  /** URNs of what the rule was asked about and had nothing to say of. */
  readonly passed: readonly string[];
}

export interface Finding extends Violation {
  readonly verdict: "failed" | "excepted" | "undecided" | "passed";
}

export function verdictOf(violation: Violation): Finding["verdict"] {
  // What a broken rule did not judge nobody has.
  if (isUndecided(violation) || isFailure(violation)) return "undecided";
  if (violation.message.startsWith("excepted: ")) return "excepted";
  // The program says why this is right, and the rule takes its word.
  if (violation.message.startsWith("accepted: ")) return "passed";
  return "failed";
}

/** What rules say of a stack, in the order of the rules. */
export function verdictsOf(
  stack: StackPlan,
  rules: readonly Rule[],
  config: PolicyPackConfig = {},
): RuleVerdict[] {
  const stackUrn = stack.resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.urn ?? "";
  const byRule = new Map<string, Violation[]>();
  for (const violation of stack.violations)
    byRule.set(violation.policy, [...(byRule.get(violation.policy) ?? []), violation]);
  return rules.map(rule => {
    const findings = (byRule.get(rule.name) ?? []).map(violation => ({
      ...violation,
      urn: violation.urn || stackUrn,
      verdict: verdictOf(violation),
    }));
    const asked = stack.resources.filter(({ type, read }) => read !== true && covers(rule, type));
    if (asked.length === 0 && findings.length === 0)
      return { rule, verdict: "not applicable", findings, passed: [] };
    if (findings.length === 0 && isDisabled(rule, config, stack.environment))
      return { rule, verdict: "disabled", findings, passed: [] };
    const told = new Set(findings.map(({ urn }) => urn));
    // A stack rule judges how things belong together: that nothing is found is said of the whole.
    const subjects = rule.scope === "stack" ? [stackUrn] : asked.map(({ urn }) => urn);
    const passed =
      rule.scope === "stack" && findings.length > 0 ? [] : subjects.filter(urn => !told.has(urn));
    const worst = (["failed", "undecided", "excepted"] as const).find(one =>
      findings.some(({ verdict }) => verdict === one),
    );
    return { rule, verdict: worst ?? "passed", findings, passed };
  });
}

interface Choice {
  readonly enforcementLevel?: string;
  readonly environments?: Readonly<Record<string, string>>;
}

/** As the pack reads its configuration: see policies/settings.ts. */
export function isDisabled(rule: Rule, config: PolicyPackConfig, environment: string | null): boolean {
  const choiceOf = (name: string): Choice => {
    const said = config[name];
    return typeof said === "string" ? { enforcementLevel: said } : ((said ?? {}) as Choice);
  };
  const own = choiceOf(rule.name);
  const lenient =
    environment === null || environment === "prod"
      ? undefined
      : (own.environments?.[environment] ??
        (rule.leniency && choiceOf("pack-settings").environments?.[environment]));
  return (lenient ?? own.enforcementLevel ?? choiceOf("all").enforcementLevel) === "disabled";
}
