/** Where products live: in which environments, and in which account of each. */
import type { AccountState } from "./account-states";
import { type EnvironmentName, environmentNames, type LandingZone, type Product } from "./types";

export const environmentsOf = (product: Pick<Product, "environments">): readonly EnvironmentName[] =>
  product.environments ?? environmentNames;

export const livesIn = (product: Pick<Product, "environments">, environment: EnvironmentName): boolean =>
  environmentsOf(product).includes(environment);

/** In an account of its own, or in the environment's. */
export const accountOf = (
  zone: LandingZone,
  product: Pick<Product, "accounts">,
  environment: EnvironmentName,
): string => product.accounts?.[environment] ?? zone.environments[environment].account;

/** The other account of a product that moves within an environment, whichever of the two it lives in. */
export function movesBetween(
  zone: LandingZone,
  product: Pick<Product, "accounts" | "moving">,
  environment: EnvironmentName,
): { readonly from: string; readonly to: string; readonly hasMoved: boolean } | undefined {
  const move = product.moving?.[environment];
  return move && { ...move, hasMoved: accountOf(zone, product, environment) === move.to };
}

/** An account that the description does not name is as good as closed. */
export const stateOf = ({ organization }: LandingZone, account: string): AccountState =>
  organization.accounts[account]?.state ?? "closed";

/** The first environment of a product in which another one is not in its account, if there is any. */
export const apartIn = (product: Product, other: Product): EnvironmentName | undefined =>
  environmentsOf(product).find(
    environment =>
      !livesIn(other, environment) || other.accounts?.[environment] !== product.accounts?.[environment],
  );
