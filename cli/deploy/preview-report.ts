/** What a preview has found, for other programs and for merge requests. */
import { stripVTControlCharacters } from "node:util";
import { toJson } from "../planner/json";
import { changeSections, providerSection } from "./change-lines";
import type { StackRun } from "./runs";
import { changeKinds, countOf, failed, resultText, summaryText } from "./summary";
import type { ChangeKind } from "./tally";

/** How many characters of changes a comment shows: code hosts refuse long ones. */
const room = 50_000;

export interface PreviewReportOptions {
  /** Providers take another role than in a deployment, so that what changes of them says nothing. */
  readonly readOnly: boolean;
}

const sections = (runs: readonly StackRun[], { readOnly }: PreviewReportOptions): string[] => [
  ...changeSections(runs),
  ...(readOnly ? [] : providerSection(runs)),
];

export const previewText = (
  runs: readonly StackRun[],
  options: PreviewReportOptions,
  debug: boolean,
): string =>
  summaryText(runs, {
    command: "lz preview",
    well: "previewed",
    debug,
    sections: sections(runs, options),
  });

export const isRefused = (runs: readonly StackRun[]): boolean =>
  runs.some(({ tally }) => tally.findings.some(({ isMandatory }) => isMandatory));

const total = (runs: readonly StackRun[], kind: ChangeKind): number =>
  runs.reduce((sum, run) => sum + countOf(run, kind), 0);

/** For example `2 created, 1 replaced in 2 of 14 stacks`. */
function verdict(runs: readonly StackRun[]): string {
  const changed = runs.filter(run => changeKinds.some(kind => kind !== "same" && countOf(run, kind) > 0));
  const all = changeKinds.flatMap(kind =>
    kind === "same" || total(runs, kind) === 0 ? [] : [`${total(runs, kind)} ${kind}`],
  );
  const stacks = `${runs.length} ${runs.length === 1 ? "stack" : "stacks"}`;
  return all.length === 0
    ? `Nothing would change in ${stacks}.`
    : `${all.join(", ")} in ${changed.length} of ${stacks}.`;
}

export function previewMarkdown(runs: readonly StackRun[], options: PreviewReportOptions): string {
  const doomed = runs.flatMap(({ tally }) => tally.changes.filter(isDoomed));
  const warnings = [
    ...(isRefused(runs) ? ["**The policies refuse it.**"] : []),
    ...(failed(runs) ? ["**Not every stack could be previewed.**"] : []),
    ...(doomed.length > 0
      ? [`**${doomed.length} of what would end is protected: the engine will refuse.**`]
      : []),
  ];
  return [
    "### Preview of the landing zone",
    [verdict(runs), ...warnings].join(" "),
    fenced(previewText(runs, options, false)),
    "",
  ].join("\n\n");
}

const isDoomed = ({ kind, isProtected }: { kind: ChangeKind; isProtected: boolean }): boolean =>
  isProtected && (kind === "deleted" || kind === "replaced");

export function fenced(text: string): string {
  const bare = stripVTControlCharacters(text);
  const shown = bare.length > room ? `${bare.slice(0, room)}\n... and more, see the job` : bare;
  return `\`\`\`text\n${shown}\n\`\`\``;
}

export const previewJson = (runs: readonly StackRun[], { readOnly }: PreviewReportOptions): string =>
  toJson({
    changes: Object.fromEntries(changeKinds.map(kind => [kind, total(runs, kind)])),
    stacks: runs.map(run => {
      const { stack, tally, skipped, explained, link, ms } = run;
      const { name, account, region, environment = null, product = null } = stack;
      return {
        name,
        account,
        region,
        environment,
        product,
        result: resultText(run, "previewed"),
        isDeployed: skipped === undefined,
        changes: Object.fromEntries(changeKinds.map(kind => [kind, countOf(run, kind)])),
        resources: tally.changes.filter(({ kind }) => kind !== "same"),
        ...(!readOnly && { providers: tally.providers }),
        policies: tally.findings,
        failures: tally.failures,
        ...(explained && { error: explained }),
        ...(link !== undefined && { link }),
        ms,
      };
    }),
  });
