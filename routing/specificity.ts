/** How specific a rule is: as a relation, which is exact, and as a number, which never contradicts it. */
import { type ListenerRuleConditions, pathPatterns } from "./conditions";
import { includes, normalPattern } from "./wildcards";

/** A rule in the one form that all rules with the same requests have. */
interface Normal {
  readonly path: string;
  /** Whether what is below the path is meant too. */
  readonly below: boolean;
  /** Values that one of must hold, by what they are of: `hosts`, `methods`, `header:x-tenant`. */
  readonly oneOf: Readonly<Record<string, readonly string[]>>;
}

function normal({ path, hosts, methods, headers = {} }: ListenerRuleConditions): Normal {
  const [first = path, ...others] = pathPatterns(path).map(normalPattern);
  const sorted = (values: readonly string[]) => [...new Set(values)].sort();
  const folded = (values: readonly string[]) => sorted(values.map(value => value.toLowerCase()));
  const oneOf = [
    ...(hosts === undefined ? [] : [["hosts", folded(hosts)] as const]),
    ...(methods === undefined ? [] : [["methods", sorted(methods)] as const]),
    ...Object.entries(headers).map(
      ([name, values]) => [`header:${name.toLowerCase()}`, folded(values)] as const,
    ),
  ].sort(([a], [b]) => (a < b ? -1 : 1));
  // What ends with * has already all that is below it.
  return {
    path: first,
    below: others.length > 0 && !first.endsWith("*"),
    oneOf: Object.fromEntries(oneOf),
  };
}

/** One text for all rules that take the same requests. */
export const requestsOf = (rule: ListenerRuleConditions): string => JSON.stringify(normal(rule));

/** Whether two rules take the same requests, so that the later of them would never be asked. */
export const takesTheSame = (a: ListenerRuleConditions, b: ListenerRuleConditions): boolean =>
  requestsOf(a) === requestsOf(b);

/** Whether all that `a` takes is taken by `b`, and `b` takes more: a strict subset. */
export const isMoreSpecific = (a: ListenerRuleConditions, b: ListenerRuleConditions): boolean =>
  isWithin(a, b) && !isWithin(b, a);

function isWithin(inner: ListenerRuleConditions, outer: ListenerRuleConditions): boolean {
  const narrow = normal(inner).oneOf;
  return (
    Object.entries(normal(outer).oneOf).every(
      ([of, values]) => narrow[of]?.every(value => values.includes(value)) ?? false,
    ) && includes(pathPatterns(outer.path), pathPatterns(inner.path))
  );
}

/** By how many values it has: fewer are more specific, and each weighs at most as much as one more `/a` of a path. */
const conditionPoints = [0, 8, 4, 2, 1];

/**
 * How specific a rule is, from 1 on; more is more specific. A path has 4 points for a character, 1 for a `?`, -2 for a
 * `*`, and -1 where it means what is below it too; a condition on hosts, methods or a header has 8, 4, 2 or 1 for one,
 * two, three or four values.
 *
 * If `a` is more specific than `b`, it has more points. Let a pattern p be within a pattern q, and put into p, for each
 * `?` and `*`, what q does not name: q takes that, so p has d characters more than q, d >= 0; with nothing for each `*`
 * it shows that p has at most d fewer `?`; with something long for each, that p's stars are all where q has one, of
 * which each can stand for one more than the characters of p that it swallows: p has at most d stars more. So p has
 * 4d - d - 2d points more, at least, and with d = 0 none more only if p is q. `/x` with all below it has one point less
 * than `/x` alone and one more than `/x*`, for any other pattern that holds both ends with a `*`, and lacks two points
 * of those of `/x`. A condition less, or one with more values, has fewer points; and a rule is within another only if
 * its path and each condition are.
 */
export function pointsOf(rule: ListenerRuleConditions): number {
  const { path, below, oneOf } = normal(rule);
  const count = (sign: string) => path.split(sign).length - 1;
  const characters = path.length - count("*") - count("?");
  return Object.values(oneOf).reduce(
    (points, { length }) => points + (conditionPoints[length] ?? 0),
    4 * characters + count("?") - 2 * count("*") - (below ? 1 : 0),
  );
}
