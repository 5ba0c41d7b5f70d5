/** A part of a pattern; in a literal one `*` and `?` stand for themselves. */
export interface Piece {
  readonly text: string;
  readonly literal: boolean;
}

const anyText = Symbol("any text");
const anyCharacter = Symbol("any character");
type Unit = string | typeof anyText | typeof anyCharacter;

/** Whether a text matches a pattern of a policy document: `*` is any text, `?` any one character. */
export function matches(pattern: string | readonly Piece[], text: string): boolean {
  const units = unitsOf(pattern);
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    if (units[p] === anyText) {
      star = p++;
      resume = t;
    } else if (units[p] === anyCharacter || units[p] === text[t]) {
      p++;
      t++;
    } else if (star >= 0) {
      // Let the last star take one character more and try again from there: never exponential.
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (units[p] === anyText) p++;
  return p === units.length;
}

function unitsOf(pattern: string | readonly Piece[]): readonly Unit[] {
  if (typeof pattern === "string") return unitsOfText(pattern);
  const [only] = pattern;
  if (pattern.length === 1 && only?.literal === false) return unitsOfText(only.text);
  return pattern.flatMap(({ text, literal }) => (literal ? text.split("") : unitsOfText(text)));
}

/** Kept: the same patterns are asked about again and again, for every account, role and action. */
const known = new Map<string, readonly Unit[]>();

function unitsOfText(text: string): readonly Unit[] {
  const units = known.get(text) ?? text.split("").map(unitOf);
  known.set(text, units);
  return units;
}

function unitOf(character: string): Unit {
  if (character === "*") return anyText;
  return character === "?" ? anyCharacter : character;
}

export function hasWildcard(text: string): boolean {
  return /[*?]/.test(text);
}
