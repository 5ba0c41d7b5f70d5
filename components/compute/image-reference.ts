/** How images in an account's own registry are named. */
import type { Location } from "../location";

const registryOf = ({ accountId, region }: Location): string =>
  `${accountId}.dkr.ecr.${region}.amazonaws.com`;

const repository = /^[a-z0-9]+([._/-][a-z0-9]+)*$/;
const tag = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const digest = /^sha256:[0-9a-f]{64}$/;

/**
 * The whole name of an image in the registry of an account and region: `repository:tag`, or `repository@sha256:...`.
 *
 * @param release a tag, or a digest.
 * @throws for `latest`, which is another image tomorrow, and for what is neither tag nor digest.
 * Source: Amazon ECR user guide, "Pulling an image to your local environment from an Amazon ECR private repository".
 */
export function imageReference(at: Location, repositoryName: string, release: string): string {
  if (!repository.test(repositoryName))
    throw new Error(`repositoryName is ${repositoryName}; it must be as ECR has it, for example orders/api`);
  const image = `${registryOf(at)}/${repositoryName}`;
  if (digest.test(release)) return `${image}@${release}`;
  if (release === "latest")
    throw new Error(
      `release of ${repositoryName} is latest, which is another image tomorrow; name a tag that stays, for example 1.4.2, or a digest`,
    );
  if (!tag.test(release))
    throw new Error(
      `release of ${repositoryName} is ${release}; it must be a tag of at most 128 letters, digits, dots, hyphens and underscores, or sha256: and 64 hexadecimal digits`,
    );
  return `${image}:${release}`;
}

/**
 * The repository of an image in the registry of an account and region.
 * @throws for an image that is elsewhere: nothing is pulled from where the account does not scan, keep and pin it.
 */
export function repositoryOf(at: Location, image: string): string {
  const registry = `${registryOf(at)}/`;
  const found = /^([^:@]+)(:[^:@]+|@sha256:[0-9a-f]{64})$/.exec(image.slice(registry.length));
  if (!image.startsWith(registry) || found?.[1] === undefined || found[2] === ":latest")
    throw new Error(`image is ${image}; it must be ${registry} with a repository and a tag or digest`);
  return found[1];
}
