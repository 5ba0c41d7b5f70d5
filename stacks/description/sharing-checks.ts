/** Whose data a product's workloads use, and whether they may. */
import { type Fault, missing } from "./faults";
import { ownerOf, shortNameOf } from "./kept";
import { apartIn } from "./product-places";
import { type Link, type Resource, resourceWord } from "./resources";
import type { LandingZone, Product } from "./types";
import type { Using } from "./workloads";

/** What `shares` names: data that there is, and other products that there are. */
export function sharedFaults(zone: LandingZone, product: Product): Fault[] {
  const at = `products.${product.name}.shares`;
  const others = zone.products.map(({ name }) => name).filter(name => name !== product.name);
  return Object.entries(product.shares ?? {}).flatMap(([name, products]) => [
    ...missing(`${at}.${name}`, name, `resource of ${product.name}`, Object.keys(product.data ?? {})),
    ...products.flatMap((other, index) => missing(`${at}.${name}[${index}]`, other, "other product", others)),
  ]);
}

/** A workload's links: to what its product keeps, or another one shares. */
export function linkFaults(zone: LandingZone, product: Product, at: string, { uses = [] }: Using): Fault[] {
  return uses.flatMap(({ resource }: Link, index) => {
    const path = `${at}.uses[${index}]`;
    const owner = ownerOf(zone, resource);
    if (owner === product) return [];
    if (owner === undefined) return foreign(zone, product, path, resource);
    const name = shortNameOf(owner, resource) ?? "";
    const value = `${owner.name}.data.${name}`;
    if (!(owner.shares?.[name] ?? []).includes(product.name))
      return [
        {
          path,
          value,
          problem: `is a ${resourceWord(resource)} of the product ${owner.name}, which does not share it; say so there: shares: { ${name}: ["${product.name}"] }`,
        },
      ];
    const apart = apartIn(product, owner);
    return apart === undefined
      ? []
      : [
          {
            path,
            value,
            problem: `is not in the account that ${product.name} lives in in ${apart}; only products of one account share data, so call ${owner.name}'s services instead`,
          },
        ];
  });
}

/** Where a product's own is asked for: a resource that is another product's, or that no product keeps. */
export function foreign(zone: LandingZone, product: Product, path: string, resource: Resource): Fault[] {
  const owner = ownerOf(zone, resource);
  if (owner === product) return [];
  return [
    owner === undefined
      ? {
          path,
          value: resource.kind,
          problem: `is a ${resourceWord(resource)} that no product keeps; name it in products.${product.name}.data`,
        }
      : {
          path,
          value: `${owner.name}.data.${shortNameOf(owner, resource)}`,
          problem: `is a ${resourceWord(resource)} of the product ${owner.name}; here only the product's own will do`,
        },
  ];
}
