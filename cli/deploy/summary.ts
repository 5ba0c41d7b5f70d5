/** What has come of it: a table, links and outputs, what failed and why, and how to go on. */
import type { OutputMap } from "@pulumi/pulumi/automation";
import pc from "picocolors";
import { plainTable } from "../table";
import type { StackRun } from "./runs";
import { type ChangeKind, type Failure, nameOf, typeOf } from "./tally";

export const changeKinds = ["created", "updated", "replaced", "deleted", "same"] as const;

export interface SummaryOptions {
  /** What is typed to go on, without names: `lz up`. */
  readonly command: string;
  /** For example `done`. */
  readonly well: string;
  /** Show what the CLI has said, too. */
  readonly debug: boolean;
  /** Sections between the table and what failed. */
  readonly sections?: readonly string[];
  /** What to run first where a stack was cancelled. */
  readonly afterCancel?: (stack: string) => string;
}

export const failed = (runs: readonly StackRun[]): boolean =>
  runs.some(({ ending }) => ending.kind !== "done");

export function summaryText(runs: readonly StackRun[], options: SummaryOptions): string {
  return [
    table(runs, options.well),
    ...section("Links", runs.flatMap(linksOf)),
    ...section("Outputs", runs.flatMap(outputsOf)),
    ...(options.sections ?? []),
    ...section("Policies", runs.flatMap(findingsOf)),
    ...runs.flatMap(run => (run.ending.kind === "failed" ? [failureText(run, options)] : [])),
    ...goOn(runs, options),
  ].join("\n\n");
}

export const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [[pc.bold(title), ...lines.map(line => `  ${line}`)].join("\n")];

export function table(runs: readonly StackRun[], well: string): string {
  const row = (title: string, result: string, its: readonly StackRun[], ms: number) => [
    title,
    result,
    ...changeKinds.map(kind => its.reduce((sum, one) => sum + countOf(one, kind), 0)),
    (ms / 1_000).toFixed(1),
  ];
  return plainTable(
    ["Stack", "Result", "Created", "Updated", "Replaced", "Deleted", "Same", "Seconds"],
    [
      ...runs.map(run => row(run.stack.name, resultText(run, well), [run], run.ms)),
      ...(runs.length > 1 ? [row("all", `${wellOf(runs)} of ${runs.length}`, runs, wallTime(runs))] : []),
    ],
  );
}

const wellOf = (runs: readonly StackRun[]): number =>
  runs.filter(({ ending }) => ending.kind === "done").length;

/** From the first that began to the last that ended: many ran at once. */
function wallTime(runs: readonly StackRun[]): number {
  const begun = runs.filter(({ began }) => began > 0);
  if (begun.length === 0) return 0;
  return Math.max(...begun.map(({ began, ms }) => began + ms)) - Math.min(...begun.map(({ began }) => began));
}

/** Of what is not there yet the offline plan knows what would be created. */
export const countOf = ({ tally, skipped }: StackRun, kind: ChangeKind): number =>
  skipped === undefined ? tally.count(kind) : kind === "created" ? (skipped.creates ?? 0) : 0;

export function resultText({ ending, isCancelled, skipped }: StackRun, well: string): string {
  if (skipped !== undefined) return skipped.skipped;
  switch (ending.kind) {
    case "done":
      return well;
    case "failed":
      return isCancelled ? "cancelled" : "failed";
    case "waits":
      return `waits: ${ending.for} failed`;
    case "notStarted":
      return "not begun";
  }
}

const linksOf = ({ stack, link, outputs = {} }: StackRun): string[] => [
  ...(link === undefined ? [] : [`${stack.name}  ${link}`]),
  ...Object.entries(outputs).flatMap(([name, { value, secret }]) =>
    !secret && isAddress(name, value) ? [`${stack.name}  ${addressText(value as string)}`] : [],
  ),
];

const isAddress = (name: string, value: unknown): boolean =>
  typeof value === "string" && value !== "" && /(url|domain|domainName|dnsName|endpoint)$/i.test(name);

const addressText = (value: string): string => (value.includes("://") ? value : `https://${value}`);

const outputLength = 100;

function outputsOf({ stack, outputs = {} }: StackRun): string[] {
  // Every stack says its own name, for those that read it.
  const own = Object.entries(outputs as OutputMap).filter(([name]) => name !== "deployed");
  return own.map(([name, { value, secret }]) => {
    const text = secret ? "[secret]" : typeof value === "string" ? value : JSON.stringify(value);
    return `${stack.name}  ${name}: ${text.length > outputLength ? `${text.slice(0, outputLength)}...` : text}`;
  });
}

const findingsOf = ({ stack, tally }: StackRun): string[] =>
  tally.findings
    .filter(({ isMandatory }) => isMandatory)
    .map(
      ({ policy, urn, message }) =>
        `${pc.red("mandatory")} ${policy}  ${stack.name}${urn === undefined ? "" : `  ${typeOf(urn)} ${nameOf(urn)}`}\n      ${message.split("\n").join("\n      ")}`,
    );

const indent = (text: string, by: number): string =>
  text
    .trim()
    .split("\n")
    .map(line => " ".repeat(by) + line)
    .join("\n");

/** So many resources are named that fail for the same reason. */
const named = 3;

/** What many resources say is said once. */
function failureLines(failures: readonly Failure[]): string[] {
  const byMessage = new Map<string, string[]>();
  for (const { urn, message } of failures)
    byMessage.set(message, [...(byMessage.get(message) ?? []), ...(isOfStack(urn) ? [] : [urn])]);
  return [...byMessage].flatMap(([message, urns]) => [
    ...urns.slice(0, named).map(urn => `  ${pc.bold(typeOf(urn))} ${nameOf(urn)}\n    ${pc.dim(urn)}`),
    ...(urns.length > named ? [`  and ${urns.length - named} more:`] : []),
    indent(message, 4),
  ]);
}

const isOfStack = (urn: string | undefined): urn is undefined =>
  urn === undefined || typeOf(urn) === "pulumi:pulumi:Stack";

function failureText(run: StackRun, { debug }: SummaryOptions): string {
  const { stack, tally, explained, raw = "", isCancelled } = run;
  if (isCancelled)
    return `${pc.bold(stack.name)} was cancelled: what it was at has ended or is noted in the state, the rest is not begun`;
  const { failures } = tally;
  const told = explained !== undefined && failures.length === 0 ? [] : failureLines(failures);
  // Where the engine tells no event, the CLI has said why.
  const bare = told.length === 0 && explained === undefined ? [indent(errorsIn(raw), 4)] : [];
  return [
    `${pc.red(pc.bold(`${stack.name} failed`))}${explained === undefined ? "" : `: ${explained.what}`}`,
    ...told,
    ...bare,
    ...(explained === undefined ? [] : [`  next: ${explained.next}`]),
    ...(debug && raw.trim() !== "" ? [pc.dim(indent(raw, 4))] : []),
  ].join("\n");
}

/** What follows `error:` in what the CLI prints; all of it where nothing does. */
function errorsIn(raw: string): string {
  const at = raw.search(/^error: /m);
  return at < 0 ? raw : raw.slice(at);
}

function goOn(runs: readonly StackRun[], { command, afterCancel }: SummaryOptions): string[] {
  const rest = runs.filter(({ ending }) => ending.kind !== "done").map(({ stack }) => stack.name);
  if (rest.length === 0) return [];
  const broken = runs.some(({ ending, isCancelled }) => ending.kind === "failed" && !isCancelled);
  const cancelled = runs.filter(({ isCancelled }) => isCancelled).map(({ stack }) => stack.name);
  const first =
    afterCancel === undefined || cancelled.length === 0 ? [] : [`  ${afterCancel(cancelled.join(" "))}`];
  return [
    [
      pc.bold(broken ? "To go on, when that is mended:" : "To go on:"),
      ...first,
      `  ${command} ${rest.join(" ")}`,
    ].join("\n"),
  ];
}
