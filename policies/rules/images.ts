/** References of images, as `registry/repository:tag@digest`. */

const ownRegistry =
  /^\d{12}\.dkr[.-]ecr(-fips)?\.[a-z0-9-]+\.(amazonaws\.(com|com\.cn|eu)|on\.(aws|amazonwebservices\.com\.cn))\//;

/** In a private registry of ECR. */
export const isInPrivateRegistry = (image: string): boolean => ownRegistry.test(image);

/** Why it may be another image tomorrow, in words. */
export function whyMoving(image: string): string | undefined {
  if (/@sha256:[0-9a-f]{64}$/.test(image)) return undefined;
  const [, tag] = /:([^:/@]+)$/.exec(image) ?? [];
  if (tag === undefined) return `${image} has no tag, which is latest`;
  return tag === "latest" ? `${image} is latest` : undefined;
}
