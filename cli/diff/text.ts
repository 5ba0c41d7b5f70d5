/** Differences of plans as a person reads them. */
import { inspect, stripVTControlCharacters } from "node:util";
import pc from "picocolors";
import type { PlannedResource, Violation } from "../planner";
import type { ChangedResource, StackChange } from "./changes";
import type { Difference } from "./differences";

export interface DiffTextOptions {
  /** Show every input of every resource. */
  readonly full: boolean;
  /** How many stacks there are. */
  readonly stacks: number;
}

/** What grows out of hand is shortened, visibly. */
const most = { inputs: 8, resources: 12, characters: 100 };

const signs = { new: pc.green("+"), changed: pc.yellow("~"), gone: pc.red("-") };

export function diffText(changes: readonly StackChange[], options: DiffTextOptions): string {
  return [...changes.map(change => stackText(change, options)), summary(changes, options)].join("\n\n");
}

/** What a merge request is answered with. */
export function diffMarkdown(
  changes: readonly StackChange[],
  base: string,
  options: DiffTextOptions,
): string {
  const text = (change: StackChange) => stripVTControlCharacters(stackText(change, options));
  const details = changes.map(
    change =>
      `<details><summary>${change.name}: ${counts(change.changed)}</summary>\n\n\`\`\`text\n${text(change)}\n\`\`\`\n\n</details>\n`,
  );
  const whole = stripVTControlCharacters(summary(changes, options));
  return `### What differs from ${base}\n\n${whole}\n\n${details.join("\n")}`;
}

function stackText({ name, how, changed, violated, mended }: StackChange, { full }: DiffTextOptions): string {
  const cloud = changed.filter(({ resource }) => isShown(resource));
  // Of what is new or gone as a whole the number says enough.
  const listed = how === "changed" || full ? cloud : [];
  const shown = full ? listed : listed.slice(0, most.resources);
  const left = listed.length - shown.length;
  return [
    `${pc.bold(name)}  ${headline[how]}${counts(cloud)}`,
    ...shown.flatMap(change => resourceText(change, full)),
    ...(left > 0 ? [pc.dim(`  and ${left} more; --full shows them`)] : []),
    ...violated.map(violation => `  ${pc.red("!")} ${violationText(violation)}`),
    ...mended.map(violation => `  ${pc.green("ok")} no more ${violationText(violation)}`),
  ].join("\n");
}

const headline = { new: "new stack: ", changed: "", gone: "no stack any more: " };

/** Neither components, which only group, nor the stack itself. */
const isShown = ({ custom, type }: PlannedResource): boolean =>
  custom && type !== "pulumi:pulumi:StackReference";

function counts(changed: readonly ChangedResource[]): string {
  const cloud = changed.filter(({ resource }) => isShown(resource));
  const many = (kind: ChangedResource["how"]) => cloud.filter(({ how }) => how === kind).length;
  const said = (["new", "changed", "gone"] as const).filter(kind => many(kind) > 0);
  return said.length === 0 ? "no resource differs" : said.map(kind => `${many(kind)} ${kind}`).join(", ");
}

function resourceText(
  { resource: { type, name, protect }, how, inputs }: ChangedResource,
  full: boolean,
): string[] {
  const kept = how === "gone" && protect ? pc.red("  protected: Pulumi refuses to delete it") : "";
  const shown = full ? inputs : inputs.slice(0, most.inputs);
  const left = inputs.length - shown.length;
  return [
    `  ${signs[how]} ${type}  ${name}${kept}`,
    ...shown.map(difference => `      ${differenceText(difference, full)}`),
    ...(left > 0 ? [pc.dim(`      and ${left} more inputs`)] : []),
  ];
}

function differenceText({ path, before, after }: Difference, full: boolean): string {
  // A member of a list is called by itself.
  const member = [before, after].find(side => typeof side === "string" && path.endsWith(`.${side}`));
  if (member !== undefined && (before === undefined || after === undefined))
    return `${path.slice(0, -`${member}`.length - 1)}: ${before === undefined ? "+" : "-"} ${member}`;
  return `${path}: ${turn(value(before), value(after), full)}`;
}

function value(what: unknown): string {
  if (what === undefined) return "none";
  if (typeof what === "string" && !/\s/.test(what)) return what;
  return inspect(what, { breakLength: Number.POSITIVE_INFINITY, depth: null });
}

/** Where long values begin alike, only from shortly before they part. */
function turn(before: string, after: string, full: boolean): string {
  let alike = 0;
  while (alike < before.length && before[alike] === after[alike]) alike++;
  const from = Math.max(0, alike - most.characters / 5);
  const cut = (text: string) => {
    const rest = full || from < most.characters / 5 ? text : `…${text.slice(from)}`;
    return full || rest.length <= most.characters ? rest : `${rest.slice(0, most.characters)}…`;
  };
  return `${cut(before)} → ${cut(after)}`;
}

const violationText = ({ policy, urn, message }: Violation): string => {
  const [, , types = "", name = ""] = urn.split("::");
  return [policy, types.split("$").at(-1), name, message.split("\n")[0]].filter(Boolean).join("  ");
};

function summary(changes: readonly StackChange[], { stacks }: DiffTextOptions): string {
  const all = changes.flatMap(({ changed }) => changed);
  const violations = changes.flatMap(({ violated }) => violated).length;
  if (changes.length === 0) return `no difference in ${stacks} ${stacks === 1 ? "stack" : "stacks"}`;
  return [
    `${changes.length} of ${stacks} stacks differ: ${counts(all)}`,
    ...(violations > 0 ? [pc.red(`${violations} new violations refuse it`)] : []),
  ].join("; ");
}
