/** The settings in force of what a product runs, one by one, and where each is said. */
import { type EnvironmentName, inForce, type LandingZone } from "../../stacks/description";
import type { Followed, WrittenDescription } from "../promote/written";
import type { DescribedWorkload } from "./described-workload";
import { plainValue } from "./shown";

export interface Setting {
  readonly setting: string;
  readonly value: unknown;
  /** A path of the description, or `default`. */
  readonly source: string;
  /** For example `stacks/landing-zone/products/orders.ts:32`; null where no line says it plainly. */
  readonly place: string | null;
}

export function settingsOf(
  zone: LandingZone,
  { product, workload: { group, name } }: DescribedWorkload,
  environment: EnvironmentName,
  written: WrittenDescription,
): Setting[] {
  const { words, sources } = inForce(zone, product, group, name, environment);
  return Object.entries(sources)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([setting, source]) => ({
      setting,
      value: plainValue(zone, product, valueAt(words, setting)),
      source,
      place: placeOf(written, source, product.name),
    }));
}

/** Names among the words may have dots themselves. */
function valueAt(value: unknown, path: string): unknown {
  if (path === "" || typeof value !== "object" || value === null) return value;
  const key = Object.keys(value).find(its => path === its || path.startsWith(`${its}.`));
  return key === undefined
    ? undefined
    : valueAt((value as Readonly<Record<string, unknown>>)[key], path.slice(key.length + 1));
}

/** Only where every word of the source is written in one place: a name or a spread would lead to another. */
function placeOf(written: WrittenDescription, source: string, product: string): string | null {
  const [root, name, ...words] = source.split(".");
  const found: Followed | undefined =
    root === "products" && name === product
      ? written.inProduct(product, words)
      : root === "environments" && name !== undefined
        ? written.inEnvironments([name, ...words])
        : undefined;
  const wanted = root === "products" ? words.length : words.length + 1;
  return found?.words === wanted ? found.place : null;
}
