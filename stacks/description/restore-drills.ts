/** What a product's restore drill is about: where it is, whence the backups come, and what is restored. */
import type { EnvironmentName } from "./by-environment";
import { environmentsOf, livesIn } from "./product-places";
import type { Link, Resource } from "./resources";
import type { RestoreDrill } from "./restore-drill-types";
import type { LandingZone, Product } from "./types";

export interface Drill {
  readonly words: RestoreDrill;
  readonly to: EnvironmentName;
  readonly from: EnvironmentName;
  /** What is restored, by its short names. */
  readonly things: readonly (readonly [name: string, resource: Resource])[];
}

/** What AWS Backup restores; see stacks/restoring.ts, which says how. */
const restorable: ReadonlySet<Resource["kind"]> = new Set([
  "table",
  "bucket",
  "aurora",
  "database",
  "fileSystem",
]);

export const canBeRestored = ({ kind }: Resource): boolean => restorable.has(kind);

/** The environments that a product could have its drill in. */
export const drillPlaces = (zone: LandingZone, product: Product): readonly EnvironmentName[] =>
  environmentsOf(product).filter(to => {
    const from = zone.environments[to].restoresFrom;
    return from !== undefined && livesIn(product, from);
  });

/** Of a description without faults; absent for a product without a drill. */
export function drillOf(zone: LandingZone, product: Product): Drill | undefined {
  const { restoreDrill: words, data = {} } = product;
  const to = words?.in ?? drillPlaces(zone, product)[0];
  const from = to && zone.environments[to].restoresFrom;
  if (words === undefined || to === undefined || from === undefined) return undefined;
  return {
    words,
    to,
    from,
    things: Object.entries(data).filter(
      ([name, resource]) => canBeRestored(resource) && (words.only?.includes(name) ?? true),
    ),
  };
}

/** Whether a link changes what it leads to. */
export const writes = ({ access }: Link): boolean => access === "readWrite" || access === "connect";

/** A job that only a drill runs: the same as the one it is made of, but that it knows what was restored, and nothing else. */
export const drillJob = (job: string): string => `${job}-drill`;

/** The jobs that a product's drill runs. */
export const drillJobs = ({ mask, test }: RestoreDrill): readonly string[] => [
  ...(mask === undefined ? [] : [mask]),
  test,
];
