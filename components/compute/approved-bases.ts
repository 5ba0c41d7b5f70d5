/**
 * Which images builds may begin with. One is named by its registry and path, `public.ecr.aws/nginx/nginx`, or all below
 * a path, `public.ecr.aws/docker/library/*`.
 */
import type { Statement } from "../identity/policy-document";
import { arn, type Location } from "../location";

/** What the names of all cached repositories begin with; no product may be called so. */
export const basesPrefix = "bases";

/** What ECR asks no credentials for, and how it is called here. Source: ECR user guide, "Sync an upstream registry". */
const registries = {
  "public.ecr.aws": "ecr-public",
  "registry.k8s.io": "kubernetes",
  "quay.io": "quay",
} as const;

export const openRegistries = Object.keys(registries) as (keyof typeof registries)[];

const path = /^[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*(\/\*)?$/;

/** Where an approved image is cached. @throws for one that can not be. */
export function cachedAs(image: string): { registry: string; prefix: string; repository: string } {
  const [registry = "", ...rest] = image.split("/");
  const known = openRegistries.find(name => name === registry);
  if (known === undefined)
    throw new Error(
      `approved has ${image}; it must be in ${openRegistries.join(", ")}, which need no credentials`,
    );
  if (!path.test(rest.join("/")))
    throw new Error(
      `approved has ${image}; it must go on with the path of an image, or of several and /*, for example public.ecr.aws/docker/library/*`,
    );
  const prefix = `${basesPrefix}/${registries[known]}`;
  return { registry, prefix, repository: `${prefix}/${rest.join("/")}` };
}

export function requireApproved(approved: readonly string[]): void {
  if (approved.length === 0) throw new Error("approved is empty; leave the cache out");
  for (const image of approved) cachedAs(image);
}

/**
 * What whoever builds images needs to pull approved bases, and to bring them in when they are not cached yet. It needs
 * ecr:GetAuthorizationToken too, which is on no resource.
 * Source: ECR user guide, "IAM permissions required to sync an upstream registry with an Amazon ECR private registry".
 */
export const baseImages = (at: Location, approved: readonly string[]): Statement => ({
  Sid: "BaseImages",
  Effect: "Allow",
  Action: [
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:BatchImportUpstreamImage",
    "ecr:CreateRepository",
    "ecr:GetDownloadUrlForLayer",
  ],
  Resource: approved.map(image => arn("ecr", at, `repository/${cachedAs(image).repository}`)),
});
