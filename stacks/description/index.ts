/** The language a company describes its landing zone in. */
import type { $ZodIssue, $ZodRawIssue } from "zod/v4/core";
import { crossChecks } from "./cross-checks";
import { DescriptionError, type Fault } from "./faults";
import type { Network } from "./network-types";
import type { Organization } from "./organization-types";
import { landingZoneSchema } from "./schema";
import type { Environments, LandingZone, Product } from "./types";

export { type AccountState, accountStates, hasStacks } from "./account-states";
export type * from "./alert-types";
export { DescriptionError, type Fault } from "./faults";
export { defaults, type InForce, inForce, type WordsInForce, type WorkloadGroup } from "./in-force";
export * from "./network-types";
export * from "./organization-types";
export { breakGlass, standardPermissionSets } from "./permission-sets";
export {
  type CodePipelines,
  codePipeline,
  codePipelines,
  github,
  gitlab,
  type Pipelines,
  runnerPipelines,
  tokenPlatforms,
} from "./pipelines";
export { type Region, zonesOf } from "./regions";
export * from "./resources";
export { type GitlabRunner, gitlabRunner, runnerDefaults } from "./runner-types";
export { type PulumiCloudState, pulumiCloud, type S3State, type State, s3State } from "./state";
export * from "./types";
export * from "./ways-types";

/** Keeps the names of the accounts, so that environments and products can be held to them. */
export const organization = <const A extends string>(value: Organization<A>): Organization<A> => value;

/** How the accounts' networks are joined. */
export const network = (value: Network): Network => value;

/** An account that one product has to itself, by environment, is named in `accounts`. */
export const product = <const A extends string = never>(value: Product<A>): Product<A> => value;

/**
 * Puts a landing zone together and checks it.
 *
 * @throws {DescriptionError} with every fault there is: its path, its value, what would be right.
 */
export function landingZone<const A extends string>(zone: {
  readonly organization: Organization<A>;
  readonly environments: Environments<NoInfer<A>>;
  readonly network: Network;
  readonly products: readonly Product<NoInfer<A>>[];
}): LandingZone {
  return checked(zone);
}

/** The same for a value whose type says nothing. */
export function checked(value: unknown): LandingZone {
  const shape = landingZoneSchema.safeParse(value, { error: plainly });
  const shapeFaults = shape.success ? [] : shape.error.issues.flatMap(issue => faultsOf(value, issue));
  const zone = value as LandingZone;
  const faults = [
    ...shapeFaults,
    ...crossChecks(zone, shape.success).filter(({ path }) => !shapeFaults.some(fault => fault.path === path)),
  ];
  if (faults.length > 0) throw new DescriptionError(faults);
  return zone;
}

/** What a value of the wrong type should have been, where the schema has no words of its own for it. */
function plainly(issue: $ZodRawIssue): string | undefined {
  if (issue.code !== "invalid_type") return undefined;
  const expected = { object: "an object", record: "an object", array: "a list", string: "text" }[
    issue.expected as string
  ];
  return `must be ${expected ?? `a ${issue.expected}`}`;
}

function faultsOf(root: unknown, issue: $ZodIssue): Fault[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map(key => ({
      path: pathText(root, [...issue.path, key]),
      value: valueAt(root, [...issue.path, key]),
      problem: "is no word of the description here; is it misspelt?",
    }));
  if (issue.code === "invalid_key")
    return [
      {
        path: pathText(root, issue.path),
        value: issue.path.at(-1),
        problem: `as a name ${issue.issues[0]?.message ?? issue.message}`,
      },
    ];
  return [{ path: pathText(root, issue.path), value: valueAt(root, issue.path), problem: issue.message }];
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => {
    if (value === null || typeof value !== "object") return undefined;
    const holder = value as Record<PropertyKey, unknown>;
    // A resource's words are those of its arguments.
    return key in holder ? holder[key] : (holder["args"] as Record<PropertyKey, unknown> | undefined)?.[key];
  }, root);
}

/** `products[0]` reads `products.orders` where the product has a name. */
function pathText(root: unknown, path: readonly PropertyKey[]): string {
  const words = path.map((key, index) => {
    if (typeof key !== "number") return `.${String(key)}`;
    const named =
      index === 1 && path[0] === "products" && path.length > 2
        ? valueAt(root, ["products", key, "name"])
        : null;
    return typeof named === "string" ? `.${named}` : `[${key}]`;
  });
  return words.join("").replace(/^\./, "") || "the description";
}
