/** What follows from an environment's hours. */
import { type EnvironmentName, inEnvironment } from "./by-environment";
import { minutesOf } from "./open-hours";
import { livesIn } from "./product-places";
import type { Aurora, Resource } from "./resources";
import type { Hours, LandingZone, Product } from "./types";
import type { Asleep } from "./workload-types";
import { workloadsOf } from "./workloads";

/** How the night of services is said. */
export const asleepOutside = ({ start, stop, days, timezone }: Hours): Asleep => ({
  from: stop,
  until: start,
  ...(timezone === undefined ? {} : { timezone }),
  ...(days === undefined ? {} : { weekends: days === "MON-FRI" }),
});

/** The longest time for which nothing runs, in hours: a weekend, or a night. */
export const longestNight = ({ start, stop, days = "MON-FRI" }: Hours): number =>
  (minutesOf(start) - minutesOf(stop)) / 60 + (days === "MON-FRI" ? 72 : 24);

/**
 * Whether a database of a product is stopped outside the environment's hours: not where something uses it that is always
 * on, and no Aurora that pauses by itself, and so has no capacity to pay for already when nobody is connected.
 */
export const isStopped = (
  zone: LandingZone,
  product: Product,
  resource: Resource,
  environment: EnvironmentName,
): boolean =>
  (resource.kind === "database" || (resource.kind === "aurora" && !pauses(resource, environment))) &&
  zone.environments[environment].hours !== undefined &&
  product.alwaysOn === undefined &&
  !zone.products.some(its => livesIn(its, environment) && usesAlways(its, resource));

function pauses({ args }: Aurora, environment: EnvironmentName): boolean {
  const capacity = inEnvironment(args.capacity, environment);
  return "serverless" in capacity && capacity.serverless.min === 0;
}

const usesAlways = (product: Product, resource: Resource): boolean =>
  workloadsOf(product).some(
    ({ group, words }) =>
      (product.alwaysOn ?? (group === "services" ? words.alwaysOn : undefined)) !== undefined &&
      (words.uses ?? []).some(link => link.resource === resource),
  );

/**
 * Hours for which messages of a queue may have to wait because who empties it sleeps; 0: nobody does by the environment's
 * hours.
 */
export function hoursUnread(zone: LandingZone, queue: Resource, environment: EnvironmentName): number {
  const { hours } = zone.environments[environment];
  const asleep = zone.products.some(
    product =>
      livesIn(product, environment) &&
      product.alwaysOn === undefined &&
      Object.values(product.services ?? {}).some(
        ({ alwaysOn, uses = [] }) =>
          alwaysOn === undefined &&
          uses.some(({ resource, access }) => resource === queue && access === "consume"),
      ),
  );
  return hours === undefined || !asleep ? 0 : longestNight(hours);
}
