/**
 * What a product's resources are called. Its service stack and its policies name what its persistent stack makes,
 * without asking it: that is how every permission can be read and judged before anything exists.
 */
import type { ResourceLink } from "../components/identity/links";
import { arn, type Location } from "../components/location";
import type { Bucket, Container, Link, Product, Queue, Resource } from "./description";

/** The alias of the product's key. */
export const keyAlias = (product: Product): string => product.name;

export const repositoryName = (product: Product, image: string): string => `${product.name}/${image}`;

/** The images of a product: one a repository, however many services run it. */
export const images = (product: Product): string[] =>
  [
    ...new Set(
      [...Object.entries(product.services ?? {}), ...Object.entries(product.tasks ?? {})].map(
        ([name, container]) => imageOf(name, container),
      ),
    ),
  ].sort();

export const imageOf = (name: string, container: Container): string => container.image ?? name;

/** A bucket's name is unique in all of AWS, hence the account's number and the region in it. */
export const resourceName = (product: Product, name: string, resource: Resource, at: Location): string =>
  resource.kind === "bucket"
    ? `${product.name}-${name}-${at.accountId}-${at.region}`
    : `${product.name}-${name}`;

/** The short name that the product keeps a resource under. */
export function nameOf(product: Product, resource: Resource): string {
  const name = Object.entries(product.data ?? {}).find(([, kept]) => kept === resource)?.[0];
  if (name === undefined) throw new Error(`the product ${product.name} does not keep the ${resource.kind}`);
  return name;
}

export const resourceLink = (product: Product, link: Link, at: Location): ResourceLink =>
  ({
    kind: link.resource.kind,
    name: resourceName(product, nameOf(product, link.resource), link.resource, at),
    access: link.access,
  }) as ResourceLink;

/**
 * How a container learns what its links lead to: `ORDERS_TABLE`, `PENDING_QUEUE_URL`, `PLACED_TOPIC_ARN`,
 * `PICTURES_BUCKET`.
 */
export const linkSettings = (
  product: Product,
  links: readonly Link[],
  at: Location,
): Record<string, string> =>
  Object.fromEntries(
    links.map(({ resource }) => {
      const short = nameOf(product, resource);
      const word = short.toUpperCase().replace(/-/g, "_");
      return [
        `${word}_${settingOf[resource.kind].suffix}`,
        settingOf[resource.kind].value(resourceName(product, short, resource, at), at),
      ];
    }),
  );

const settingOf: Record<Resource["kind"], { suffix: string; value: (name: string, at: Location) => string }> =
  {
    table: { suffix: "TABLE", value: name => name },
    bucket: { suffix: "BUCKET", value: name => name },
    queue: {
      suffix: "QUEUE_URL",
      value: (name, at) => `https://sqs.${at.region}.amazonaws.com/${at.accountId}/${name}`,
    },
    topic: { suffix: "TOPIC_ARN", value: (name, at) => arn("sns", at, name) },
  };

/** The topics of the product that deliver to a queue. */
export const topicsInto = (product: Product, queue: Queue): string[] =>
  Object.entries(product.data ?? {})
    .filter(([, resource]) => resource.kind === "topic" && (resource.args.deliversTo ?? []).includes(queue))
    .map(([name]) => name);

/** Whether a task of the product waits for the bucket's objects. */
export const sendsEvents = (product: Product, bucket: Bucket): boolean =>
  Object.values(product.tasks ?? {}).some(({ on }) => "objectCreated" in on && on.objectCreated === bucket);
