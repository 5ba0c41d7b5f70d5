/** Which product keeps a resource, and what it is called there. */
import type { Resource } from "./resources";
import type { LandingZone, Product } from "./types";

/** The short name that the product keeps a resource under, if it does. */
export const shortNameOf = (product: Product, resource: Resource): string | undefined =>
  Object.entries(product.data ?? {}).find(([, kept]) => kept === resource)?.[0];

export const ownerOf = (zone: LandingZone, resource: Resource): Product | undefined =>
  zone.products.find(candidate => shortNameOf(candidate, resource) !== undefined);
