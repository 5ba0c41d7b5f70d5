import { isIP } from "node:net";
import { containsCidr } from "cidr-tools";
import type { Condition } from "./document";
import type { ContextKeys } from "./request";
import { every, type Finding, known, no, not, some, unknown, yes } from "./three-valued";
import { withVariables } from "./variables";
import { matches, type Piece } from "./wildcard";

/** Whether one value of the request is as a policy wants it; undefined where the two cannot be compared. */
type Comparison = (wanted: readonly Piece[], given: string) => boolean | undefined;

interface Operator {
  readonly compare: Comparison;
  /** It holds where none of the policy's values does. */
  readonly negated: boolean;
  readonly takesVariables: boolean;
}

const textOf = (pieces: readonly Piece[]) => pieces.map(({ text }) => text).join("");

const compareText =
  (same: (wanted: string, given: string) => boolean | undefined): Comparison =>
  (wanted, given) =>
    same(textOf(wanted), given);

const compareOrdered = (
  read: (text: string) => number | undefined,
  compare: (given: number, wanted: number) => boolean,
): Comparison =>
  compareText((wantedText, givenText) => {
    const wanted = read(wantedText);
    const given = read(givenText);
    return wanted === undefined || given === undefined ? undefined : compare(given, wanted);
  });

function numberIn(text: string): number | undefined {
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

const isoDate = /^\d{4}-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d))?)?$/;

/** Milliseconds, of a W3C date or of a count of seconds; four digits might be either and are neither. */
function instantIn(text: string): number | undefined {
  if (/^\d+$/.test(text)) return text.length === 4 ? undefined : Number(text) * 1000;
  const instant = isoDate.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(instant) ? undefined : instant;
}

const sameFlag = compareText((wanted, given) => {
  const flags = [wanted.toLowerCase(), given.toLowerCase()];
  return flags.every(flag => flag === "true" || flag === "false") ? flags[0] === flags[1] : undefined;
});

const sameBytes = compareText((wanted, given) =>
  Buffer.from(wanted, "base64").equals(Buffer.from(given, "base64")),
);

const inRange = compareText((wanted, given) =>
  isRange(wanted) && isIP(given) !== 0 ? containsCidr(wanted, given) : undefined,
);

function isRange(text: string): boolean {
  const [address = "", prefix, ...more] = text.split("/");
  const version = isIP(address);
  const bits = prefix === undefined ? 0 : numberIn(prefix);
  if (version === 0 || more.length > 0 || bits === undefined) return false;
  return Number.isInteger(bits) && bits >= 0 && bits <= (version === 4 ? 32 : 128);
}

/** ARNs match where each of their six parts does: no wildcard of the first five reaches over a colon. */
const arnLike: Comparison = (wanted, given) => {
  const patterns = arnParts(wanted);
  const parts = arnParts([{ text: given, literal: true }]);
  if (patterns.length < 6) return undefined;
  return (
    parts.length === 6 && patterns.every((pattern, index) => matches(pattern, textOf(parts[index] ?? [])))
  );
};

function arnParts(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const parts: Piece[][] = [[]];
  for (const { text, literal } of pieces) {
    for (const character of text) {
      if (character === ":" && parts.length < 6) parts.push([]);
      else parts.at(-1)?.push({ text: character, literal });
    }
  }
  return parts;
}

function pair(
  name: string,
  negatedName: string,
  compare: Comparison,
  takesVariables: boolean,
): readonly [string, Operator][] {
  return [
    [name.toLowerCase(), { compare, negated: false, takesVariables }],
    [negatedName.toLowerCase(), { compare, negated: true, takesVariables }],
  ];
}

function ordered(prefix: string, read: (text: string) => number | undefined): readonly [string, Operator][] {
  const one = (name: string, compare: (given: number, wanted: number) => boolean): [string, Operator] => [
    `${prefix}${name}`.toLowerCase(),
    { compare: compareOrdered(read, compare), negated: false, takesVariables: false },
  ];
  const equal = compareOrdered(read, (given, wanted) => given === wanted);
  return [
    ...pair(`${prefix}Equals`, `${prefix}NotEquals`, equal, false),
    one("LessThan", (given, wanted) => given < wanted),
    one("LessThanEquals", (given, wanted) => given <= wanted),
    one("GreaterThan", (given, wanted) => given > wanted),
    one("GreaterThanEquals", (given, wanted) => given >= wanted),
  ];
}

const sameText = compareText((wanted, given) => wanted === given);
const sameLetters = compareText((wanted, given) => wanted.toLowerCase() === given.toLowerCase());

const operators: ReadonlyMap<string, Operator> = new Map([
  ...pair("StringEquals", "StringNotEquals", sameText, true),
  ...pair("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", sameLetters, true),
  ...pair("StringLike", "StringNotLike", matches, true),
  ...pair("ArnEquals", "ArnNotEquals", arnLike, true),
  ...pair("ArnLike", "ArnNotLike", arnLike, true),
  ...pair("IpAddress", "NotIpAddress", inRange, false),
  ...ordered("Numeric", numberIn),
  ...ordered("Date", instantIn),
  ["bool", { compare: sameFlag, negated: false, takesVariables: false }],
  ["binaryequals", { compare: sameBytes, negated: false, takesVariables: false }],
]);

const operatorName = /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/;

/**
 * Whether a request fulfils a condition. Source: IAM user guide, "IAM JSON policy elements: Condition operators",
 * "Conditions with multiple context keys or values", "Set operators for multivalued context keys".
 */
export function conditionHolds(condition: Condition, keys: ContextKeys, hasVariables: boolean): Finding {
  const [, set, name = "", ifExists] = operatorName.exec(condition.operator.toLowerCase()) ?? [];
  const values = keys(condition.key);
  if (name === "null" && !set && !ifExists) return isNull(condition, values);
  const operator = operators.get(name);
  if (!operator) return unknown(`the operator ${condition.operator}`);
  if (values === "unknown") return unknown(condition.key);
  if (values.length === 0) return ifExists ? yes : withoutKey(set, operator);
  if (set && values.every(value => value === "")) return known(set === "forallvalues");
  return ofValues(
    set,
    values.map(value => valueHolds(operator, condition, value, keys, hasVariables)),
    condition.key,
  );
}

function withoutKey(set: string | undefined, { negated }: Operator): Finding {
  return known(set ? set === "forallvalues" : negated);
}

function ofValues(set: string | undefined, found: readonly Finding[], key: string): Finding {
  if (set === "forallvalues") return every(found);
  if (set === "foranyvalue") return some(found);
  // AWS leaves open what several values mean to an operator made for one.
  const [all, any] = [every(found), some(found)];
  return all.holds === any.holds ? all : unknown(key);
}

function valueHolds(
  { compare, negated, takesVariables }: Operator,
  condition: Condition,
  given: string,
  keys: ContextKeys,
  hasVariables: boolean,
): Finding {
  const equals = (wanted: readonly Piece[]) => {
    const same = compare(wanted, given);
    return same === undefined ? unknown(condition.key) : known(same);
  };
  const found = some(
    condition.values.map(value =>
      takesVariables && hasVariables
        ? withVariables(value, keys, equals)
        : equals([{ text: value, literal: false }]),
    ),
  );
  return negated ? not(found) : found;
}

function isNull({ key, values: wanted }: Condition, values: readonly string[] | "unknown"): Finding {
  // A key that is there but empty is null to some of AWS's pages only.
  if (values === "unknown" || (values.length > 0 && values.every(value => value === ""))) return unknown(key);
  const flags = wanted.map(value => value.toLowerCase());
  if (flags.includes(String(values.length === 0))) return yes;
  return flags.every(flag => flag === "true" || flag === "false") ? no : unknown(key);
}
