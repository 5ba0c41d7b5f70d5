/** The generated part of docs/policies.md, and docs/policies-coverage.md. */

import { standards } from "../../policies/controls";
import { type Covered, coverage, coveredStandards } from "../../policies/controls/coverage";
import { themes } from "../../policies/rule";
import { rules } from "../../policies/rules";
import { type CatalogueEntry, catalogue } from "./catalogue";

const cell = (text: string): string => text.replaceAll("|", "\\|");

/** A table of the themes, and by theme every rule with what it demands, why, how to mend it, and its controls. */
export function cataloguePage(): string {
  const entries = catalogue();
  const ofTheme = (theme: string) => entries.filter(entry => entry.theme === theme);
  return [
    "| theme | rules | mandatory | stack rules |",
    "|---|---|---|---|",
    ...themes.map(theme => {
      const own = ofTheme(theme);
      const mandatory = own.filter(({ level }) => level === "mandatory").length;
      return `| [${theme}](#${theme}) | ${own.length} | ${mandatory} | ${own.filter(({ about }) => about === "stack").length} |`;
    }),
    `| all | ${entries.length} | ${entries.filter(({ level }) => level === "mandatory").length} | ${entries.filter(({ about }) => about === "stack").length} |`,
    "",
    ...themes.flatMap(theme => [
      `### ${theme}`,
      "",
      "| rule | demands | why | fix | controls |",
      "|---|---|---|---|---|",
      ...ofTheme(theme).map(row),
      "",
    ]),
  ].join("\n");
}

function row({
  rule,
  level,
  severity,
  demands,
  why,
  fix,
  controls,
  about,
  exceptions,
  lenient,
}: CatalogueEntry): string {
  const marks = [
    level,
    severity,
    ...(about === "stack" ? ["stack"] : []),
    ...(exceptions === "never" ? ["never excepted"] : []),
    ...(lenient ? ["lenient"] : []),
  ];
  // What follows by the crosswalk is hundreds of numbers; `lz policies` shows it.
  const quoted = controls.filter(id => !/^(NIST|PCI)/.test(id));
  return `| **${rule}**<br>${marks.join(", ")} | ${cell(demands)} | ${cell(why)} | ${cell(fix)} | ${quoted.join(", ")} |`;
}

const states = ["rule", "guardrail", "detective", "none"] as const;

export function coveragePage(): string {
  const all = coveredStandards.map(standard => ({ standard, controls: coverage(standard, rules) }));
  const count = (controls: readonly { by: Covered["by"] | undefined }[], state: Covered["by"]) =>
    controls.filter(({ by }) => by === state).length;
  return [
    "# Coverage by framework",
    "",
    "Which controls are looked after, and by what: a rule of the policies, which refuses it before it is there; else a",
    "guardrail of the organization, which makes it impossible; else a detective service, which finds it; or nothing, and",
    "why. Each control is counted once. Of FSBP the controls of the services that rules are about are asked for; of NIST",
    "and PCI DSS, what these are related to. Generated from the rules, the lists in `policies/controls/` and the reasons",
    "in [uncovered.ts](../policies/controls/uncovered.ts).",
    "",
    "| framework | controls | by a rule | by a guardrail | by a detective service | not at all |",
    "|---|---|---|---|---|---|",
    ...all.map(
      ({ standard, controls }) =>
        `| ${standards[standard].title} ${standards[standard].version} | ${controls.length} | ${states.map(state => count(controls, state)).join(" | ")} |`,
    ),
    "",
    ...all.flatMap(({ standard, controls }) => [
      `## ${standard}`,
      "",
      "| control | by | |",
      "|---|---|---|",
      ...controls.map(
        ({ control, title, by, names, why }) =>
          `| ${control}${title === undefined ? "" : ` ${cell(title)}`} | ${by === "rule" ? rulesText(names) : `${by === "none" ? "nothing" : by}${names.length > 0 ? `: ${names.join(", ")}` : ""}`} | ${why ?? ""} |`,
      ),
      "",
    ]),
  ].join("\n");
}

const mostNamed = 6;

/** Controls of NIST are as wide as dozens of rules. */
function rulesText(names: readonly string[]): string {
  const further = names.length - mostNamed;
  return `${names.slice(0, mostNamed).join(", ")}${further > 0 ? ` and ${further} more` : ""}`;
}
