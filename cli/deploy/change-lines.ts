/** Changes by name, the dangerous ones first. */
import pc from "picocolors";
import type { StackRun } from "./runs";
import { section } from "./summary";
import type { ChangeKind, ResourceChange } from "./tally";

/** Of what is made anew or changed in place that many are named a stack; of the rest all. */
const named = 20;

const titles = [
  ["deleted", "Deleted", pc.red],
  ["replaced", "Replaced: deleted and made anew", pc.red],
  ["updated", "Updated", pc.yellow],
  ["created", "Created", pc.green],
] as const satisfies readonly (readonly [ChangeKind, string, (text: string) => string])[];

export function changeSections(runs: readonly StackRun[]): string[] {
  return titles.flatMap(([kind, title, paint]) =>
    section(
      paint(title),
      runs.flatMap(({ stack, tally }) => {
        const all = tally.changes.filter(change => change.kind === kind);
        const some = kind === "deleted" || kind === "replaced" ? all : all.slice(0, named);
        const more = all.length - some.length;
        return [
          ...some.map(change => `${stack.name}  ${changeLine(change)}`),
          ...(more === 0 ? [] : [`${stack.name}  and ${more} more`]),
        ];
      }),
    ),
  );
}

export function changeLine({ type, name, kind, isProtected, properties }: ResourceChange): string {
  const ends = kind === "deleted" || kind === "replaced";
  return [
    `${type} ${name}`,
    ...(properties.length === 0 || kind === "created" ? [] : [`(${properties.join(", ")})`]),
    ...(ends && isProtected ? [pc.red("PROTECTED: the engine will refuse")] : []),
  ].join("  ");
}

/** Who may do what through which account has changed: it touches no resource by itself. */
export const providerSection = (runs: readonly StackRun[]): string[] =>
  section(
    "Providers",
    runs.flatMap(({ stack, tally }) =>
      tally.providers.map(
        ({ name, kind, properties }) =>
          `${stack.name}  ${name} ${kind}${properties.length === 0 ? "" : `  (${properties.join(", ")})`}`,
      ),
    ),
  );
