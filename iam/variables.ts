import type { ContextKeys } from "./request";
import { every, type Finding, no, unknown } from "./three-valued";
import type { Piece } from "./wildcard";

const variable = /\$\{((?:[^{}']|'(?:[^']|'')*')*)\}/g;
const keyAndDefault = /^\s*([^\s,']+)\s*(?:,\s*'((?:[^']|'')*)'\s*)?$/;

/**
 * Compares a value of a policy once its variables have theirs: `${aws:username}`, `${key, 'default'}`, and
 * `${*}`, `${?}`, `${$}` for the characters themselves. A variable without a value equals nothing. Source: IAM
 * user guide, "IAM policy elements: variables and tags".
 */
export function withVariables(
  value: string,
  keys: ContextKeys,
  compare: (pattern: readonly Piece[]) => Finding,
): Finding {
  const parts = partsOf(value, keys);
  const open = parts.filter(isFinding);
  return open.length > 0 ? every(open) : compare(parts.filter(isPiece));
}

/** A finding stands for a variable without a value, or with one that is not known. */
type Part = Piece | Finding;

const isFinding = (part: Part): part is Finding => "holds" in part;
const isPiece = (part: Part): part is Piece => "text" in part;

function partsOf(value: string, keys: ContextKeys): readonly Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const found of value.matchAll(variable)) {
    parts.push({ text: value.slice(end, found.index), literal: false }, replacement(found[1] ?? "", keys));
    end = found.index + found[0].length;
  }
  return [...parts, { text: value.slice(end), literal: false }];
}

function replacement(inside: string, keys: ContextKeys): Part {
  if (/^[*?$]$/.test(inside)) return literal(inside);
  const [, key, otherwise] = keyAndDefault.exec(inside) ?? [];
  if (key === undefined) return unknown(`\${${inside}}`);
  const values = keys(key);
  if (values === "unknown" || values.length > 1 || values[0] === "") return unknown(key);
  const text = values[0] ?? otherwise?.replaceAll("''", "'");
  return text === undefined ? no : literal(text);
}

function literal(text: string): Piece {
  return { text, literal: true };
}
