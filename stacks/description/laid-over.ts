/** Words laid over one another, and where each that shows comes from. */

export interface Layer {
  readonly value: unknown;
  /** The path of `value` in the description; absent: it is said nowhere, it is the language's default. */
  readonly from?: string;
}

export interface LaidOver {
  readonly value: unknown;
  /** By path below `value`; of a value without words of its own by the empty one. */
  readonly sources: Readonly<Record<string, string>>;
}

export const isDefault = (source: string | undefined): boolean => source === "default";

/**
 * Objects are laid over word by word; lists, resources and all else replace what is below, and so does an object of
 * another `strategy`. What is undefined says nothing.
 *
 * @param layers the last is on top.
 */
export function laidOver(layers: readonly Layer[]): LaidOver | undefined {
  const said = layers.filter(({ value }) => value !== undefined);
  const top = said.at(-1);
  if (top === undefined) return undefined;
  if (!isPlain(top.value)) return leaf(top);
  const objects = above(said);
  const keys = [...new Set(objects.flatMap(({ value }) => Object.keys(value)))];
  const words = keys.flatMap(key => {
    const word = laidOver(
      objects.map(({ value, from }) => ({
        value: value[key],
        ...(from === undefined ? {} : { from: `${from}.${key}` }),
      })),
    );
    return word === undefined ? [] : [[key, word] as const];
  });
  if (words.length === 0) return leaf(top);
  return {
    value: Object.fromEntries(words.map(([key, { value }]) => [key, value])),
    sources: Object.fromEntries(
      words.flatMap(([key, { sources }]) =>
        Object.entries(sources).map(([path, source]) => [path === "" ? key : `${key}.${path}`, source]),
      ),
    ),
  };
}

const leaf = ({ value, from }: Layer): LaidOver => ({ value, sources: { "": from ?? "default" } });

interface Words {
  readonly value: Readonly<Record<string, unknown>>;
  readonly from?: string;
}

/** The objects that show: what comes upon something else, or upon an object of another strategy, hides that. */
function above(said: readonly Layer[]): Words[] {
  let objects: Words[] = [];
  let strategy: unknown;
  for (const { value, ...layer } of said) {
    const its = isPlain(value) ? value["strategy"] : undefined;
    if (!isPlain(value) || (strategy !== undefined && its !== undefined && its !== strategy)) {
      objects = [];
      strategy = undefined;
    }
    strategy = its ?? strategy;
    if (isPlain(value)) objects.push({ value, ...layer });
  }
  return objects;
}

/** Resources are instances of classes, and stay what they are. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (value === null || typeof value !== "object") return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
