/**
 * Recommendations of edition 5.0 of the CIS benchmark that stand in edition 7.0 with the same words, under another
 * number; what 7.0 has beyond them rules quote themselves. Sections moved as a whole: storage from 2 to 3, logging from
 * 3 to 4, monitoring from 4 to 5, networking from 5 to 6. Identity lost two and was numbered anew.
 */
const identity = `
1.1 2.2 | 1.2 2.3 | 1.3 2.4 | 1.4 2.5 | 1.5 2.6 | 1.6 2.7 | 1.7 2.8 | 1.8 2.9 | 1.9 2.10 | 1.11 2.11 | 1.13 2.12
1.14 2.13 | 1.15 2.14 | 1.16 2.15 | 1.17 2.16 | 1.18 2.17 | 1.19 2.18 | 1.20 2.19 | 1.21 2.20
`;

const renumbered: ReadonlyMap<string, string> = new Map(
  identity
    .trim()
    .split(/[|\n]/)
    .map(pair => pair.trim().split(" "))
    .map(([before = "", after = ""]) => [before, after]),
);

/** The number in edition 7.0 of a recommendation of edition 5.0; undefined where it was dropped. */
export function inCis7(control: string): string | undefined {
  const [section, ...rest] = control.split(".");
  if (section === "1") return renumbered.get(control);
  return [Number(section) + 1, ...rest].join(".");
}
