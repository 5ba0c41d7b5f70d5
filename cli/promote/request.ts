/** What `lz promote` is asked, held against the description: what goes where, or why it may not. */
import {
  type Build,
  type EnvironmentName,
  environmentNames,
  inEnvironment,
  type LandingZone,
  type Product,
} from "../../stacks/description";
import { environmentsOf } from "../../stacks/description/product-places";
import type { Workload } from "../../stacks/description/workloads";
import { describedWorkload, environmentIn } from "../explain/described-workload";
import { UsageError } from "../failures";

export interface PromoteOptions {
  readonly from: string;
  readonly to: string;
  /** What a build has been pushed as. */
  readonly release?: string;
  /** Past an environment between the two. */
  readonly skip?: boolean;
}

/** What becomes another release, and where. */
export interface Release {
  readonly product: Product;
  readonly workload: Workload;
  readonly to: EnvironmentName;
  /** Tags or digests: what the target has, and what it gets. */
  readonly before: string;
  readonly after: string;
}

export interface Promotion extends Release {
  readonly from: EnvironmentName;
}

const singular = { services: "service", jobs: "job", functions: "function" } as const;

export const nameOf = ({ product, workload }: Pick<Promotion, "product" | "workload">): string =>
  `${product.name} ${workload.name}`;

/**
 * @returns the promotion, or why there is nothing to promote.
 * @throws {UsageError} for what is not there, what goes back or past an environment, and what has no release.
 */
export function promotion(
  zone: LandingZone,
  productName: string,
  workloadName: string,
  options: PromoteOptions,
): Promotion | string {
  const { product, workload } = describedWorkload(zone, productName, workloadName);
  const from = environmentIn(product, "--from", options.from);
  const to = environmentIn(product, "--to", options.to);
  requireOnward(product, from, to, options.skip === true);
  const described = workload.words.release;
  const name = `${singular[workload.group]} ${workload.name}`;
  if (described === undefined)
    throw new UsageError(
      `the ${name} of ${product.name} has no release: it is made from the folder that its \`code\` names, the same in every environment; ${workload.at}`,
    );
  const released = inEnvironment(described, from);
  const after = taken(released, from, options.release);
  const before = inEnvironment(described, to);
  if (typeof described === "string")
    return `nothing to promote: ${workload.at}.release is "${described}" in every environment; say { dev, int, prod } to release them one after the other`;
  if (typeof before !== "string")
    throw new UsageError(
      `${workload.at}.release.${to} is built from ${before.build}; only what is built already is promoted, and ${to} is where it is built`,
    );
  if (before === after)
    return `nothing to promote: ${nameOf({ product, workload })} is ${after} in ${to}, too`;
  return { product, workload, from, to, before, after };
}

function requireOnward(product: Product, from: EnvironmentName, to: EnvironmentName, skip: boolean): void {
  const way = environmentsOf(product);
  const order = environmentNames.filter(name => way.includes(name));
  if (from === to)
    throw new UsageError(`--from and --to are both ${from}; a release goes ${order.join(", ")}`);
  const [first, last] = [order.indexOf(from), order.indexOf(to)];
  if (last < first)
    throw new UsageError(
      `--from ${from} --to ${to} goes back: a release goes ${order.join(", ")}. To take one back in ${to}, roll back: set its release there to the one before, by hand or by git revert`,
    );
  const past = order.slice(first + 1, last);
  if (past.length > 0 && !skip)
    throw new UsageError(
      `--from ${from} --to ${to} goes past ${past.join(", ")}, where nobody would have tried it; promote it to ${past[0]} first, or say --skip`,
    );
}

function taken(released: string | Build, from: EnvironmentName, given: string | undefined): string {
  if (typeof released === "string") {
    if (given !== undefined && given !== released)
      throw new UsageError(
        `--release ${given}: ${from} has "${released}", and that is what is promoted; --release is for what ${from} builds`,
      );
    return released;
  }
  if (given === undefined)
    throw new UsageError(
      `${from} builds it from ${released.build}, so that the description does not know what it was pushed as; say --release with the tag or digest (sha256:...) of the image that was tested in ${from}`,
    );
  if (!/^[\w.:-]+$/.test(given))
    throw new UsageError(
      `--release ${given}: must be an image's tag (letters, digits, \`_\`, \`.\` and \`-\`) or its digest: sha256: and 64 digits from 0 to f`,
    );
  return given;
}
