/** What `lz release` is asked, held against the description: what goes where, or why it may not. */
import { inEnvironment, type LandingZone } from "../../stacks/description";
import { describedWorkload, environmentIn } from "../explain/described-workload";
import { UsageError } from "../failures";
import { nameOf, type Release } from "../promote/request";
import { formerOf } from "./former";

export interface ReleaseOptions {
  readonly env: string;
  readonly digest?: string;
  /** To what it was before this command changed it here. */
  readonly back?: boolean;
}

/**
 * @returns the release, or why there is nothing to do.
 * @throws {UsageError} for what is not there, what is released everywhere at once or built where it runs, and for what
 *   is no digest: a tag may be anything by now.
 */
export function releaseRequest(
  zone: LandingZone,
  productName: string,
  workloadName: string,
  { env, digest, back }: ReleaseOptions,
): Release | string {
  const { product, workload } = describedWorkload(zone, productName, workloadName);
  const to = environmentIn(product, "--env", env);
  const described = workload.words.release;
  if (described === undefined)
    throw new UsageError(
      `${nameOf({ product, workload })} has no release: it is made from the folder that its \`code\` names; ${workload.at}`,
    );
  if (typeof described === "string")
    throw new UsageError(
      `${workload.at}.release is "${described}" in every environment; write release: { dev: "${described}", int: "${described}", prod: "${described}" }, and it is released in one after the other`,
    );
  const before = inEnvironment(described, to);
  if (typeof before !== "string")
    throw new UsageError(
      `${workload.at}.release.${to} is built from ${before.build} when it is deployed; give it a tag or a digest in place of that`,
    );
  const after = back === true ? formerOf({ product, workload, to, now: before }) : digestOf(digest);
  if (before === after) return `nothing to release: ${nameOf({ product, workload })} is ${after} in ${to}`;
  return { product, workload, to, before, after };
}

function digestOf(digest: string | undefined): string {
  if (digest === undefined)
    throw new UsageError("say which image: --digest sha256:..., or --back for the one before");
  if (!/^sha256:[0-9a-f]{64}$/.test(digest))
    throw new UsageError(
      `--digest ${digest}: must be an image's digest, sha256: and 64 digits from 0 to f; it is what the push of the image has answered`,
    );
  return digest;
}
