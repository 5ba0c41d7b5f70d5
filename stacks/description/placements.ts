/** Where a description puts workloads. */
import { type EnvironmentName, environmentNames, type LandingZone } from "./types";

export interface Placement {
  /** What says so. */
  readonly path: string;
  readonly account: string;
  readonly environment: EnvironmentName;
}

/** Every place where an account becomes an environment's. */
export function placements(zone: LandingZone): Placement[] {
  return environmentNames.flatMap(environment => [
    {
      path: `environments.${environment}.account`,
      account: zone.environments[environment].account,
      environment,
    },
    ...zone.products.flatMap(product => {
      const account = product.accounts?.[environment];
      return account === undefined
        ? []
        : [{ path: `products.${product.name}.accounts.${environment}`, account, environment }];
    }),
  ]);
}
