/** What differs between two values, such as two descriptions or the inputs of a resource in two plans. */

export interface Difference {
  /** For example `products.orders.services.api.release.int`; empty: the values as a whole. */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

type Holder = Readonly<Record<string, unknown>>;

/**
 * Every place that differs, through each way that leads there: what two share is told twice. Members of a list that have
 * a name are called by it.
 */
export function differences(before: unknown, after: unknown): Difference[] {
  const known = new Map<object, { readonly other: object; readonly found: readonly Difference[] }>();
  const compare = (one: unknown, other: unknown): readonly Difference[] => {
    if (typeof one === "function" && typeof other === "function")
      return String(one) === String(other) ? [] : [{ path: "", before: one, after: other }];
    if (!isHolder(one) || !isHolder(other))
      return Object.is(one, other) ? [] : [{ path: "", before: one, after: other }];
    const seen = known.get(one);
    // What was one thing in two places and is now two, or the other way round, is another description.
    if (seen !== undefined)
      return seen.other === other ? seen.found : [{ path: "", before: one, after: other }];
    const found: Difference[] = [];
    // Held while it is filled, for what refers to itself.
    known.set(one, { other, found });
    if (Array.isArray(one) !== Array.isArray(other) || classOf(one) !== classOf(other))
      found.push({ path: "", before: one, after: other });
    else
      for (const key of new Set([...Object.keys(one), ...Object.keys(other)]))
        found.push(
          ...compare(one[key], other[key]).map(({ path, ...values }) => ({
            path: [Array.isArray(one) ? memberName(one[key], other[key], key) : key, path]
              .filter(Boolean)
              .join("."),
            ...values,
          })),
        );
    return found;
  };
  return [...compare(before, after)];
}

const isHolder = (value: unknown): value is Holder => typeof value === "object" && value !== null;

const classOf = (value: object): string =>
  (Object.getPrototypeOf(value) as object | null)?.constructor.name ?? "";

function memberName(one: unknown, other: unknown, key: string): string {
  const name = isHolder(one) ? one["name"] : undefined;
  return typeof name === "string" && isHolder(other) && other["name"] === name ? name : key;
}
