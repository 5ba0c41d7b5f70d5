/** Where in the description to look for what is wrong with what is in force. */
import type { EnvironmentName } from "./by-environment";
import type { Fault } from "./faults";
import { inForce } from "./in-force";
import type { InForce, WordsInForce, WorkloadGroup } from "./in-force-types";
import { environmentsOf } from "./product-places";
import type { LandingZone, Product } from "./types";
import type { Workload } from "./workloads";

export interface Standing<G extends WorkloadGroup> {
  readonly environment: EnvironmentName;
  readonly words: WordsInForce[G];
  /** @param paths the words that do not fit one another, below the workload; the most particular of them is told. */
  readonly fault: (paths: Paths, problem: string) => Fault;
  /** Whether the product says one of them: what an environment says by itself is wrong there. */
  readonly says: (paths: Paths) => boolean;
}

type Paths = readonly [string, ...string[]];

export function standings<G extends WorkloadGroup>(
  zone: LandingZone,
  product: Product,
  { group, name, at }: Workload & { readonly group: G },
): Standing<G>[] {
  return environmentsOf(product).map(environment => {
    const { words, sources } = inForce(zone, product, group as G, name, environment);
    return {
      environment,
      words,
      fault: (paths, problem) => ({ ...placeOf({ words, sources }, at, paths), problem }),
      says: paths => paths.some(path => sourceOf(sources, path)?.startsWith(`${at}.`)),
    };
  });
}

function placeOf({ words, sources }: InForce<unknown>, at: string, paths: Paths): Omit<Fault, "problem"> {
  const said = paths.map(path => ({ path, source: sourceOf(sources, path) ?? "default" }));
  const particular =
    said.find(({ source }) => source.startsWith(`${at}.overrides.`)) ??
    said.find(({ source }) => source.startsWith(`${at}.`));
  const { path, source } = particular ?? { path: paths[0], source: `${at}.${paths[0]}` };
  return { path: source, value: valueAt(words, path) };
}

/** Of an object with words of its own: where the first of them is said, without that word. */
function sourceOf(sources: InForce<unknown>["sources"], path: string): string | undefined {
  if (sources[path] !== undefined) return sources[path];
  const below = Object.entries(sources)
    .filter(([word, source]) => word.startsWith(`${path}.`) && source.endsWith(word.slice(path.length)))
    .map(([word, source]) => source.slice(0, source.length - (word.length - path.length)));
  return below.find(source => source.includes(".overrides.")) ?? below[0];
}

const valueAt = (words: unknown, path: string): unknown =>
  path
    .split(".")
    .reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key], words);

/** What is wrong in every environment is said once. */
export const once = (faults: readonly Fault[]): Fault[] => [
  ...new Map(faults.map(fault => [`${fault.path} ${fault.problem}`, fault])).values(),
];
