/** The rules as the catalogue shows them: each with the first of its good and of its bad examples. */
import { controlsOf, partsOf, type StandardName, standards } from "../../policies/controls";
import { cases } from "../../policies/examples";
import type { Case, Given } from "../../policies/examples/example";
import { type Rule, themes } from "../../policies/rule";
import { rules } from "../../policies/rules";
import { holdsUnknown } from "../../policies/value";
import { UsageError } from "../failures";

export interface CatalogueEntry {
  readonly rule: string;
  readonly theme: string;
  readonly level: string;
  readonly severity: string;
  readonly about: "resource" | "stack";
  readonly types: readonly string[];
  readonly demands: string;
  readonly why: string;
  readonly fix: string;
  /** Those that the rule quotes, and those of NIST and PCI DSS that these are related to. */
  readonly controls: readonly string[];
  /** May be set to repair what it refuses. */
  readonly remediates: boolean;
  /** Advice only in environments whose `policies` are "advisory". */
  readonly lenient: boolean;
  readonly exceptions: "allowed" | "never";
  readonly good: readonly Example[];
  readonly bad: readonly Example[];
}

/** A resource of an example; `[unknown]` stands for a value that is not known before a deployment. */
export interface Example {
  readonly type: string;
  readonly name?: string;
  readonly props: unknown;
  readonly protect?: true;
  readonly stack?: string;
  readonly provider?: unknown;
  readonly madeFrom?: Given["madeFrom"];
}

export interface CatalogueFilter {
  readonly theme?: string;
  readonly service?: string;
  readonly framework?: string;
}

/** @throws {UsageError} naming what there is instead. */
export function catalogue(filter: CatalogueFilter = {}): CatalogueEntry[] {
  const { theme, service, framework } = filter;
  if (theme !== undefined && !(themes as readonly string[]).includes(theme))
    throw new UsageError(`there is no theme "${theme}"; there are ${themes.join(", ")}`);
  const services = [...new Set(rules.map(serviceOf))].sort();
  if (service !== undefined && !services.includes(service))
    throw new UsageError(`no rule is about "${service}"; there are ${services.join(", ")}`);
  const standard = framework === undefined ? undefined : standardIn(framework);
  return rules
    .filter(rule => theme === undefined || rule.theme === theme)
    .filter(rule => service === undefined || serviceOf(rule) === service)
    .filter(rule => standard === undefined || controlsOf(rule).some(standard))
    .map(entryOf)
    .sort((a, b) => order(a.theme) - order(b.theme));
}

/** @throws {UsageError} naming rules that are called nearly so. */
export function ruleNamed(name: string): CatalogueEntry {
  const rule = rules.find(one => one.name === name);
  if (rule) return entryOf(rule);
  const near = rules.map(one => one.name).filter(one => one.includes(name) || isNear(one, name));
  throw new UsageError(
    `there is no rule "${name}"; ${near.length > 0 ? `there are ${near.slice(0, 12).join(", ")}` : "`lz policies` lists them"}`,
  );
}

const serviceOf = ({ name }: Rule): string => name.split("-")[0] ?? "";

const order = (theme: string): number => (themes as readonly string[]).indexOf(theme);

/** Most of its words are the same. */
function isNear(name: string, asked: string): boolean {
  const words = new Set(asked.split("-"));
  return name.split("-").filter(word => words.has(word)).length >= Math.max(2, words.size - 1);
}

/** A standard, `CIS 5.0`, its first word, `CIS`, or one control, `FSBP S3.5`. */
function standardIn(text: string): (id: string) => boolean {
  const said = text.toLowerCase();
  const names = Object.keys(standards) as StandardName[];
  const meant = names.filter(
    name => name.toLowerCase() === said || name.toLowerCase().split(" ")[0] === said,
  );
  if (meant.length > 0) return id => meant.includes(partsOf(id as Parameters<typeof partsOf>[0]).standard);
  const isControl = names.some(name =>
    standards[name].controls.some(control => `${name} ${control}`.toLowerCase() === said),
  );
  if (!isControl)
    throw new UsageError(`"${text}" is no framework and no control; there are ${names.join(", ")}`);
  return id => id.toLowerCase() === said;
}

function entryOf(rule: Rule): CatalogueEntry {
  const { name, theme, level, severity, scope, types, title, why, fix } = rule;
  const examples = cases.find(one => one.rule === name);
  return {
    rule: name,
    theme,
    level,
    severity,
    about: scope ?? "resource",
    types,
    demands: title,
    why,
    fix,
    controls: controlsOf(rule),
    remediates: rule.scope !== "stack" && rule.remediate !== undefined,
    lenient: rule.leniency !== undefined,
    exceptions: rule.neverExcepted ? "never" : "allowed",
    good: exampleOf(rule, examples?.accepts[0]),
    bad: exampleOf(rule, examples?.refuses[0]),
  };
}

function exampleOf({ types }: Rule, given: Case | undefined): Example[] {
  const all: readonly Given[] = given === undefined ? [] : "length" in given ? given : [given];
  return all.map(({ type = types[0] ?? "", name, props = {}, protect, stack, provider, madeFrom }) => ({
    type,
    ...(name !== undefined && { name }),
    props: readable(props),
    ...(protect && { protect: true as const }),
    ...(stack !== undefined && { stack }),
    ...(provider && { provider: readable(provider) }),
    ...(madeFrom && { madeFrom }),
  }));
}

/** JSON in texts is shown as what it says; the engine's marks of what it does not know yet, as that. */
function readable(value: unknown): unknown {
  if (typeof value === "string") {
    if (/^\s*[[{]/.test(value)) {
      try {
        return readable(JSON.parse(value));
      } catch {
        return value;
      }
    }
    return holdsUnknown(value) ? "[unknown]" : value;
  }
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, readable(inner)]));
}

/** An example as it is printed: a resource after the other, in the notation of a program. */
export const exampleText = (examples: readonly Example[]): string =>
  examples.length === 0
    ? "nothing"
    : examples
        .map(({ type, name, props, ...further }) =>
          [
            `${type}${name === undefined ? "" : ` ${name}`} ${notation(props)}`,
            ...Object.entries(further).map(([key, value]) => `  ${key}: ${notation(value)}`),
          ].join("\n"),
        )
        .join("\n");

const lineWidth = 90;

function notation(value: unknown, indent = ""): string {
  const flat = flatNotation(value);
  if (flat.length + indent.length <= lineWidth || typeof value !== "object" || value === null) return flat;
  const inner = `${indent}  `;
  if (Array.isArray(value))
    return `[\n${value.map(one => `${inner}${notation(one, inner)},\n`).join("")}${indent}]`;
  return `{\n${Object.entries(value)
    .map(([key, one]) => `${inner}${keyText(key)}: ${notation(one, inner)},\n`)
    .join("")}${indent}}`;
}

function flatNotation(value: unknown): string {
  if (value === "[unknown]") return value;
  if (Array.isArray(value)) return `[${value.map(flatNotation).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined";
  const entries = Object.entries(value).map(([key, one]) => `${keyText(key)}: ${flatNotation(one)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

const keyText = (key: string): string => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key));
