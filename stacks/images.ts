/**
 * Where images are built and where they go: a product's are pushed to the account of the first environment that it lives
 * in, and are carried from there to its others, so that what was tested is what runs.
 */
import type { ImageDestination } from "../components/compute/image-replication";
import type { RegistrySettingsArgs } from "../components/compute/registry-settings";
import { type EnvironmentName, environmentNames, hasStacks, type LandingZone } from "./description";
import { accountOf, livesIn, stateOf } from "./description/product-places";
import type { StackDefinition } from "./names";
import { accountIdOf, locationOf } from "./providers";

/** A product and the accounts of its environments, in the order a release travels; the first is where it is built. */
interface Journey {
  readonly product: string;
  readonly stops: readonly { readonly account: string; readonly environment: EnvironmentName }[];
}

/** Through the accounts that there are already: the others wait for their numbers. */
const journeys = (zone: LandingZone): Journey[] =>
  zone.products.map(product => ({
    product: product.name,
    stops: environmentNames
      .filter(environment => livesIn(product, environment))
      .map(environment => ({ account: accountOf(zone, product, environment), environment }))
      .filter(({ account }) => hasStacks(stateOf(zone, account), "baseline")),
  }));

/** The products whose images are pushed to an account first. */
export const builtIn = (zone: LandingZone, account: string): string[] =>
  journeys(zone).flatMap(({ product, stops: [first] }) => (first?.account === account ? [product] : []));

/** Whether images of any product are pushed to an account. */
export const buildsImages = (zone: LandingZone, account: string): boolean =>
  builtIn(zone, account).length > 0;

/** Where the images that are pushed to an account go on to. */
export function imagesTo(zone: LandingZone, { account }: StackDefinition): ImageDestination[] {
  const destinations = new Map<string, { to: ImageDestination["to"]; prefixes: string[] }>();
  for (const { product, stops } of journeys(zone)) {
    const [first, ...later] = stops;
    if (first?.account !== account) continue;
    for (const stop of later) {
      const known = destinations.get(stop.account) ?? {
        to: locationOf(zone, stop.account, zone.environments[stop.environment].region),
        prefixes: [],
      };
      known.prefixes.push(product);
      destinations.set(stop.account, known);
    }
  }
  return [...destinations.values()];
}

/** From which accounts images come to one, and of which products. */
export function imagesFrom(
  zone: LandingZone,
  { account }: StackDefinition,
): NonNullable<RegistrySettingsArgs["receives"]> {
  const senders: Record<string, string[]> = {};
  for (const { product, stops } of journeys(zone)) {
    const [first, ...later] = stops;
    if (first === undefined || !later.some(stop => stop.account === account)) continue;
    const sender = accountIdOf(zone, first.account);
    senders[sender] = [...(senders[sender] ?? []), product];
  }
  return senders;
}
