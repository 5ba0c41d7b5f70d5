/** Who calls whom without a load balancer between them, or without a route between their networks. */
import { hasStacks } from "./account-states";
import { accountOf, livesIn, stateOf } from "./product-places";
import type { EnvironmentName, LandingZone, Product } from "./types";

/** A service of a product that a service or job of the same product calls directly. */
export interface DirectCall {
  readonly caller: string;
  readonly called: string;
  readonly port: number;
}

export const directCalls = ({ services = {} }: Product): DirectCall[] =>
  Object.entries(services).flatMap(([called, { calledBy = [], port }]) =>
    port === undefined ? [] : calledBy.map(caller => ({ caller, called, port })),
  );

/** A product that another one, of another account of the environment, calls by PrivateLink. */
export interface ProductLink {
  readonly provider: Product;
  readonly providerAccount: string;
  readonly consumer: Product;
  readonly consumerAccount: string;
}

/** One account calls another's, once both have products; within one there is nothing to link. */
export const linksIn = (zone: LandingZone, environment: EnvironmentName): ProductLink[] =>
  offersIn(zone, environment).filter(
    ({ providerAccount, consumerAccount }) =>
      providerAccount !== consumerAccount &&
      [providerAccount, consumerAccount].every(account => hasStacks(stateOf(zone, account), "product")),
  );

/**
 * What products are offered to others that live in the same environment, wherever there; providers and the consumers of
 * each in the order of the description's products, so that the order within `offersTo` says nothing.
 */
export const offersIn = (zone: LandingZone, environment: EnvironmentName): ProductLink[] => {
  const here = zone.products.filter(product => livesIn(product, environment));
  const position = new Map(here.map(({ name }, index) => [name, index]));
  return here.flatMap(provider =>
    [...new Set(provider.offersTo)]
      .flatMap(name => (name === provider.name ? [] : (position.get(name) ?? [])))
      .sort((a, b) => a - b)
      .flatMap(index => here[index] ?? [])
      .map(consumer => ({
        provider,
        providerAccount: accountOf(zone, provider, environment),
        consumer,
        consumerAccount: accountOf(zone, consumer, environment),
      })),
  );
};

/**
 * What a consumer calls a product by, without the domain: `payments-for-shop`, below `serviceDomain`.
 *
 * A name of its own for each consumer, in the zone of services' names: the environment's accounts resolve that zone
 * already, products may give names in it already, and the product's certificate, `*.<serviceDomain>`, is for it already.
 * The product's usual name would have to be an endpoint service's private name: that takes proof in a public zone of the
 * network account, and it turns the name for the whole VPC, for products that were offered nothing too, and two
 * endpoints of one VPC can not both have it. This one leads to an endpoint that nobody but the consumer's tasks may call.
 */
export const linkName = (provider: Pick<Product, "name">, consumer: Pick<Product, "name">): string =>
  `${provider.name}-for-${consumer.name}`;

/** The setting that tells a container where it finds what it calls: `PAYMENTS_URL`. */
export const urlSetting = (called: string): string => `${called.toUpperCase().replace(/-/g, "_")}_URL`;

/** Between a product's name and its account's domain: below it, services are found by those that may call them. */
export const taskNames = "tasks";
