/** Patterns as load balancers know them: `*` stands for any characters or none, `?` for exactly one. */

/** `*?` and `?*` are the same; the second is what is kept, and `**` is `*`. */
export const normalPattern = (pattern: string): string =>
  pattern.replace(/[*?]+/g, run => "?".repeat(run.split("?").length - 1) + (run.includes("*") ? "*" : ""));

/** Stands for all the characters that no pattern names: there are always some. */
const other = "\u0000";

/**
 * Whether what one of the inner patterns takes is always taken by an outer one. It is decided, not guessed: all ways
 * through the inner pattern are gone, with the places in the outer ones that the same text can have led to.
 */
export function includes(outer: readonly string[], inner: readonly string[]): boolean {
  const characters = [...new Set([...outer, ...inner].join("").replace(/[*?]/g, "")), other];
  return inner.every(pattern => includesOne(outer, pattern, characters));
}

function includesOne(outer: readonly string[], inner: string, characters: readonly string[]): boolean {
  const begin = outer.map(pattern => reached(pattern, [0]));
  const waiting: (readonly [number, readonly (readonly number[])[]])[] = [[0, begin]];
  const seen = new Set<string>();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [at, places] = next;
    const key = `${at}:${places.map(each => each.join()).join(";")}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const symbol = inner[at];
    if (symbol === undefined) {
      if (!outer.some((pattern, index) => places[index]?.includes(pattern.length))) return false;
      continue;
    }
    if (symbol === "*") waiting.push([at + 1, places]);
    const possible = symbol === "*" || symbol === "?" ? characters : [symbol];
    for (const character of possible)
      waiting.push([
        symbol === "*" ? at : at + 1,
        outer.map((pattern, index) => after(pattern, places[index] ?? [], character)),
      ]);
  }
  return true;
}

/** The places of a pattern that are reached without another character. */
function reached(pattern: string, places: readonly number[]): number[] {
  const all = new Set<number>();
  for (let place of places) {
    all.add(place);
    while (pattern[place] === "*") all.add(++place);
  }
  return [...all].sort((a, b) => a - b);
}

function after(pattern: string, places: readonly number[], character: string): number[] {
  const next = places.flatMap(place => {
    const symbol = pattern[place];
    if (symbol === "*") return [place];
    return symbol === "?" || (symbol !== undefined && symbol === character) ? [place + 1] : [];
  });
  return reached(pattern, next);
}
