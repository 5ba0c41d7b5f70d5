import pc from "picocolors";
import { resourceText } from "../policies/exception-register";
import { exceptions } from "../policies/exceptions";
import { themes } from "../policies/rule";
import { toJson } from "./planner/json";
import {
  type CatalogueEntry,
  type CatalogueFilter,
  catalogue,
  exampleText,
  ruleNamed,
} from "./policies/catalogue";
import { loadDescription } from "./project";
import { plainTable } from "./table";
import { writeWhole } from "./write-whole";

/** The catalogue of the rules, and what is excepted from them. */
export function policiesCommand(
  name: string | undefined,
  options: CatalogueFilter & { readonly json?: boolean; readonly config?: string | true },
): void {
  if (options.config !== undefined) {
    writeConfig(options.config);
    return;
  }
  if (name !== undefined) {
    const entry = ruleNamed(name);
    const own = exceptions.filter(({ rule }) => rule === name);
    console.log(
      options.json === true ? toJson({ ...entry, excepted: own }).trimEnd() : entryText(entry, own),
    );
    return;
  }
  const entries = catalogue(options);
  const shown = new Set(entries.map(({ rule }) => rule));
  const excepted = exceptions.filter(({ rule }) => shown.has(rule));
  console.log(
    options.json === true
      ? toJson({ rules: entries, exceptions: excepted }).trimEnd()
      : listText(entries, excepted),
  );
}

/** @param file `true`: the one in the project; `-`: none, it is shown. */
function writeConfig(file: string | true): void {
  const { configText, policyConfigFile } =
    require("./policies/configuration") as typeof import("./policies/configuration");
  const zone = loadDescription("unasked");
  const to = file === true ? policyConfigFile : file;
  if (file === "-") process.stdout.write(configText(zone));
  else writeWhole(to, configText(zone, to));
}

function listText(entries: readonly CatalogueEntry[], excepted: typeof exceptions): string {
  const sections = themes.flatMap(theme => {
    const own = entries.filter(entry => entry.theme === theme);
    if (own.length === 0) return [];
    const table = plainTable(
      [],
      own.map(({ rule, level, severity, demands }) => [`  ${rule}`, level, severity, demands]),
    );
    return [`${pc.bold(theme)}  ${own.length}\n${table}`];
  });
  const mandatory = entries.filter(({ level }) => level === "mandatory").length;
  return [
    ...(sections.length > 0 ? sections : ["No rule is so."]),
    exceptionsText(excepted),
    `${entries.length} rules, ${mandatory} of them mandatory. \`lz policies <rule>\` says why, how to mend it, and shows a good and a bad example.`,
  ].join("\n\n");
}

function exceptionsText(excepted: typeof exceptions): string {
  if (excepted.length === 0) return "No exceptions in policies/exceptions.ts.";
  return [
    pc.bold("Exceptions"),
    ...excepted.flatMap(one => [
      `  ${pc.bold(one.rule)}  ${resourceText(one)}  until ${one.expires}`,
      `      ${one.reason} (${one.owner}, ${one.ticket})`,
    ]),
  ].join("\n");
}

function entryText(entry: CatalogueEntry, excepted: typeof exceptions): string {
  const { rule, demands, why, fix, theme, level, severity, about, types, controls } = entry;
  const indented = (text: string) => text.replace(/^/gm, "  ");
  return [
    `${pc.bold(rule)}  ${demands}`,
    plainTable(
      [],
      [
        ["Why", why],
        ["Fix", fix],
        ["Theme", theme],
        [
          "Level",
          `${level}${entry.lenient ? `, advice where an environment's policies are "advisory"` : ""}, severity ${severity}${entry.remediates ? "; may be set to remediate" : ""}`,
        ],
        ["Judges", about === "stack" ? "a stack as a whole" : "each resource by itself"],
        ["About", types.join(", ")],
        ["Controls", controls.length > 0 ? controls.join(", ") : "none: it is the landing zone's own demand"],
        ["Exceptions", entry.exceptions === "never" ? "never" : `${excepted.length} of them`],
      ],
    ),
    `${pc.green("Good")}\n${indented(exampleText(entry.good))}`,
    `${pc.red("Bad")}\n${indented(exampleText(entry.bad))}`,
    ...(excepted.length > 0 ? [exceptionsText(excepted)] : []),
  ].join("\n\n");
}
