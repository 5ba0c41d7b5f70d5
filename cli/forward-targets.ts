/** What of a product's data can be reached through its services, and how each is logged in to. */
import type { Access } from "../components/identity/access";
import type { Product, Resource } from "../stacks/description";
import { ownerOf, shortNameOf } from "../stacks/description/kept";
import { accessTo, resourceName } from "../stacks/kinds";
import { workloadAccount } from "../stacks/places";
import { UsageError } from "./failures";
import type { OperatedPlace } from "./operated-place";

export interface ForwardTarget {
  /** The short name, and before it the product's that shares it. */
  readonly name: string;
  readonly kind: Resource["kind"];
  /** A service that is linked to it. */
  readonly service: string;
  /** The SSM parameter that keeps its host. */
  readonly hostParameter: string;
  readonly port: number;
  /** What the service's containers are told of it. */
  readonly settings: NonNullable<Access["settings"]>;
}

/** What each service is linked to that has a host and a port, in the order of the description. */
export function forwardTargets(place: OperatedPlace): ForwardTarget[] {
  const { zone, product, account } = place;
  const where = { at: place, domain: workloadAccount(zone, account).domain };
  return Object.entries(product.services ?? {}).flatMap(([service, { uses = [] }]) =>
    uses.flatMap(({ resource, access }): ForwardTarget[] => {
      const owner = ownerOf(zone, resource);
      const short = owner && shortNameOf(owner, resource);
      if (owner === undefined || short === undefined) return [];
      const its = accessTo(
        resource,
        resourceName(owner, short, resource, where),
        access,
        place,
        product.name,
      );
      const hostParameter = its.parameters?.["HOST"] ?? its.parameters?.["READER_HOST"];
      if (its.port === undefined || hostParameter === undefined) return [];
      const name = owner === product ? short : `${owner.name}-${short}`;
      return [
        { name, kind: resource.kind, service, hostParameter, port: its.port, settings: its.settings ?? {} },
      ];
    }),
  );
}

/**
 * The way to a resource: through the service that is named, or the first that is linked to it.
 *
 * @throws {UsageError} for what there is not, what is not reached over the network, and what no service, or not the one
 *   that is named, is linked to.
 */
export function forwardTarget(
  place: OperatedPlace,
  data: string,
  through: string | undefined,
): ForwardTarget {
  const { product } = place;
  const targets = forwardTargets(place);
  const ofData = targets.filter(({ name }) => name === data);
  if (ofData.length === 0) throw new UsageError(unreachable(product, data, targets));
  if (through === undefined) return ofData[0] as ForwardTarget;
  const chosen = ofData.find(({ service }) => service === through);
  if (chosen === undefined)
    throw new UsageError(
      `--through ${through}: only services that are linked to ${data} are let in there; these are ${[...new Set(ofData.map(({ service }) => service))].join(", ")}`,
    );
  return chosen;
}

function unreachable(product: Product, data: string, targets: readonly ForwardTarget[]): string {
  const kept = product.data?.[data];
  const there = [...new Map(targets.map(({ name, kind }) => [name, `${name} (${kind})`])).values()];
  const can = there.length === 0 ? "nothing" : there.join(", ");
  if (kept === undefined)
    return `${product.name} has no "${data}" that a service is linked to; forwarded can be ${can}`;
  return ["aurora", "database", "cache", "search"].includes(kept.kind)
    ? `no service of ${product.name} is linked to ${data}, and it lets in only those that are; forwarded can be ${can}`
    : `${data} is a ${kept.kind}, which is no host that one connects to; forwarded can be ${can}`;
}
