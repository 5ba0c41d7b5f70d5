/** What is not as it was deployed. */
import { fenced } from "./preview-report";
import type { StackRun } from "./runs";
import { failed, section, summaryText } from "./summary";
import type { ResourceChange } from "./tally";

export interface Drift {
  readonly stack: string;
  readonly change: ResourceChange;
}

export const driftOf = (runs: readonly StackRun[]): Drift[] =>
  runs.flatMap(({ stack, tally }) =>
    tally.changes.filter(({ kind }) => kind !== "same").map(change => ({ stack: stack.name, change })),
  );

const driftLine = ({ stack, change: { type, name, kind, properties } }: Drift): string =>
  `${stack}  ${type} ${name}: ${kind === "deleted" ? "is gone" : properties.join(", ") || "differs"}`;

export const driftSection = (runs: readonly StackRun[]): string[] =>
  section("Drifted: not as it was deployed", driftOf(runs).map(driftLine));

export function driftMarkdown(runs: readonly StackRun[]): string {
  const drift = driftOf(runs);
  const stacks = new Set(drift.map(({ stack }) => stack)).size;
  const verdict =
    drift.length === 0
      ? "Nothing has drifted."
      : `**${drift.length} ${drift.length === 1 ? "resource has" : "resources have"} drifted, in ${stacks} of ${runs.length} stacks.** \`lz up\` brings back what is described, after \`lz refresh\`.`;
  const warning = failed(runs) ? " **Not every stack could be checked.**" : "";
  const text = summaryText(runs, {
    command: "lz refresh --check",
    well: "checked",
    debug: false,
    sections: driftSection(runs),
  });
  return ["### Drift of the landing zone", `${verdict}${warning}`, fenced(text), ""].join("\n\n");
}
