/** Where people may have a shell in what runs, and tunnels through it, without an emergency. */
import { type EnvironmentName, environmentNames, type LandingZone } from "./description";
import { accountOf, livesIn } from "./description/product-places";

/** Never in prod, whatever the description says. */
export const letsShellsIn = ({ environments }: LandingZone, environment: EnvironmentName): boolean =>
  environment !== "prod" && environments[environment].shell === "allowed";

export const shellEnvironments = (zone: LandingZone): EnvironmentName[] =>
  environmentNames.filter(environment => letsShellsIn(zone, environment));

/** Numbers of the accounts that products live in there; one without a number has nothing to go into. */
export const shellAccounts = (zone: LandingZone): string[] => {
  const { ids } = zone.organization;
  const names = shellEnvironments(zone).flatMap(environment => [
    zone.environments[environment].account,
    ...zone.products
      .filter(product => livesIn(product, environment))
      .map(product => accountOf(zone, product, environment)),
  ]);
  return [...new Set(names)].sort().flatMap(name => ids.accounts[name] ?? []);
};
