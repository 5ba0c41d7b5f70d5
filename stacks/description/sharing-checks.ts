/** Whose data a product's workloads use, and whether they may. */
import { type Fault, missing } from "./faults";
import { type Link, type Resource, resourceWord } from "./resources";
import {
  type Container,
  type EnvironmentName,
  environmentNames,
  type LandingZone,
  type Product,
} from "./types";

/** The short name that a product keeps a resource under, if it does. */
const keptAs = (product: Product, resource: Resource): string | undefined =>
  Object.entries(product.data ?? {}).find(([, kept]) => kept === resource)?.[0];

const ownerOf = (zone: LandingZone, resource: Resource): Product | undefined =>
  zone.products.find(candidate => keptAs(candidate, resource) !== undefined);

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
export function linkFaults(zone: LandingZone, product: Product, at: string, container: Container): Fault[] {
  return (container.uses ?? []).flatMap(({ resource }: Link, index) => {
    const path = `${at}.uses[${index}]`;
    const owner = ownerOf(zone, resource);
    if (owner === product) return [];
    if (owner === undefined) return foreign(zone, product, path, resource);
    const name = keptAs(owner, resource) ?? "";
    const value = `${owner.name}.data.${name}`;
    if (!(owner.shares?.[name] ?? []).includes(product.name))
      return [
        {
          path,
          value,
          problem: `is a ${resourceWord(resource)} of the product ${owner.name}, which does not share it; say so there: shares: { ${name}: ["${product.name}"] }`,
        },
      ];
    const apart = environmentsOf(product).find(
      environment =>
        !environmentsOf(owner).includes(environment) ||
        owner.accounts?.[environment] !== product.accounts?.[environment],
    );
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

const environmentsOf = (product: Product): readonly EnvironmentName[] =>
  product.environments ?? environmentNames;

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
          value: `${owner.name}.data.${keptAs(owner, resource)}`,
          problem: `is a ${resourceWord(resource)} of the product ${owner.name}; here only the product's own will do`,
        },
  ];
}
