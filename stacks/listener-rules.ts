/** Which rules are on a product's load balancers, and which priority each has; known from the description alone. */
import type { ListenerRuleConditions } from "../routing/conditions";
import { listenerPriorities } from "../routing/priorities";
import type { LandingZone, Product } from "./description";
import { rulesOf } from "./description/routes";
import type { Where } from "./kinds";

/** The product whose internal load balancer serves a product: itself, or the one that it names. */
export const lenderOf = (zone: LandingZone, product: Product): Product =>
  product.loadBalancerOf === undefined
    ? product
    : (zone.products.find(({ name }) => name === product.loadBalancerOf) ?? product);

/** The names that a product is called by through its internal load balancer. */
export const namesOf = (
  zone: LandingZone,
  product: Product,
  { domain }: Where,
): readonly [string, ...string[]] => [
  `${product.name}.${domain}`,
  `${product.name}.${zone.network.serviceDomain}`,
];

export interface PlacedRule extends ListenerRuleConditions {
  readonly priority: number;
}

/** By service: the rules of a product on the listener that it shares with others or has to itself. */
export function internalRules(zone: LandingZone, product: Product, where: Where): Record<string, PlacedRule> {
  const lender = lenderOf(zone, product);
  const borrowers = zone.products.filter(other => lenderOf(zone, other) === lender);
  return placed(
    product,
    borrowers.flatMap(other =>
      rulesOf(other, borrowers.length > 1 ? namesOf(zone, other, where) : undefined).map(
        ({ service, conditions }) => [other, service, conditions] as const,
      ),
    ),
  );
}

/** The same on the product's public load balancer. */
export const publicRules = (product: Product): Record<string, PlacedRule> =>
  placed(
    product,
    rulesOf(product)
      .filter(({ service }) => product.services?.[service]?.public === true)
      .map(({ service, conditions }) => [product, service, conditions] as const),
  );

function placed(
  product: Product,
  rules: readonly (readonly [owner: Product, service: string, conditions: ListenerRuleConditions])[],
): Record<string, PlacedRule> {
  const key = (owner: Product, service: string) => `${owner.name}/${service}`;
  const priorities = listenerPriorities(
    Object.fromEntries(rules.map(([owner, service, conditions]) => [key(owner, service), conditions])),
  );
  return Object.fromEntries(
    rules.flatMap(([owner, service, conditions]) =>
      owner === product
        ? [[service, { ...conditions, priority: priorities[key(owner, service)] as number }]]
        : [],
    ),
  );
}
