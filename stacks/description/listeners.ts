/** What is on products' load balancers: the same for the checks on load and for what is then made. */
import type { ListenerRuleConditions } from "../../routing/conditions";
import { accountOf, livesIn } from "./product-places";
import { hostsOf, rulesOf } from "./routes";
import type { EnvironmentName, LandingZone, Product } from "./types";

export interface RuleOfService {
  readonly product: Product;
  readonly service: string;
  readonly conditions: ListenerRuleConditions;
}

/** The product whose internal load balancer serves a product: itself, or the one that it names. */
export const lenderOf = (zone: LandingZone, product: Product): Product =>
  product.loadBalancerOf === undefined
    ? product
    : (zone.products.find(({ name }) => name === product.loadBalancerOf) ?? product);

/** What a listener's rules are, in one environment, if the product lends or has its internal load balancer. */
export function internalListener(
  zone: LandingZone,
  lender: Product,
  environment: EnvironmentName,
): RuleOfService[] {
  const sharers = zone.products.filter(other => lenderOf(zone, other) === lender);
  const named = sharers.length > 1 || hostsOf(lender).length > 0;
  return sharers
    .filter(product => livesIn(product, environment))
    .flatMap(product =>
      rulesOf(product, named ? host => namesOf(zone, product, environment, host) : undefined).map(rule => ({
        product,
        ...rule,
      })),
    );
}

/** The same of a product's public load balancer, which it has to itself. */
export function publicListener(
  zone: LandingZone,
  product: Product,
  environment: EnvironmentName,
): RuleOfService[] {
  const isPublic = (service: string) => product.services?.[service]?.public === true;
  const named = Object.entries(product.services ?? {}).some(
    ([service, { host }]) => isPublic(service) && host !== undefined,
  );
  return rulesOf(product, named ? host => namesOf(zone, product, environment, host).slice(0, 1) : undefined)
    .filter(({ service }) => isPublic(service))
    .map(rule => ({ product, ...rule }));
}

/** The names that a product is called by through its load balancers: of these, the public one has the first alone. */
export function namesOf(
  zone: LandingZone,
  product: Product,
  environment: EnvironmentName,
  host?: string,
): readonly string[] {
  const { accounts, domain: company } = zone.organization;
  // An account without a domain is refused for that; until then the company's lets the rest be checked.
  const domain = accounts[accountOf(zone, product, environment)]?.domain ?? company;
  // The certificate of the names that are the same everywhere holds one label more than their domain, and not two.
  return host === undefined
    ? [`${product.name}.${domain}`, `${product.name}.${zone.network.serviceDomain}`]
    : [`${host}.${product.name}.${domain}`];
}
