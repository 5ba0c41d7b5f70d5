/** A plan's judgement as evidence for an audit: a line for each rule on each resource that it was asked about. */
import { controlsOf } from "../../policies/controls";
import type { Rule } from "../../policies/rule";
import type { Plan, PolicyPackConfig } from "../planner";
import { verdictsOf } from "./verdicts";

const columns = [
  "date",
  "stack",
  "environment",
  "account",
  "rule",
  "level",
  "controls",
  "resource",
  "verdict",
  "finding",
] as const;

/** As of RFC 4180: what is not a number stands in quotes, and lines end with CR and LF. */
export function evidenceCsv(
  plan: Plan,
  rules: readonly Rule[],
  config: PolicyPackConfig,
  date: string,
): string {
  const controls = new Map(rules.map(rule => [rule.name, controlsOf(rule).join("; ")]));
  const rows = plan.stacks.flatMap(stack =>
    verdictsOf(stack, rules, config).flatMap(({ rule, verdict, findings, passed }) => {
      const line = (resource: string, said: string, finding = "", level: string = rule.level) => [
        date,
        stack.name,
        stack.environment ?? "",
        stack.account ?? "",
        rule.name,
        level,
        controls.get(rule.name) ?? "",
        resource,
        said,
        finding,
      ];
      if (verdict === "not applicable" || verdict === "disabled") return [line("", verdict)];
      return [
        ...findings.map(one => line(one.urn, one.verdict, one.message.split("\n").join(" "), one.level)),
        ...passed.map(urn => line(urn, "passed")),
      ];
    }),
  );
  return [columns, ...rows].map(row => `${row.map(quoted).join(",")}\r\n`).join("");
}

/** A text that a spreadsheet would take for a formula is kept from it. */
const quoted = (text: string): string =>
  `"${(/^[=+\-@\t]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
