/** Which load balancers need a listener where releases are tried before callers get to them. */
import type { EnvironmentName, LandingZone, Product } from "./description";
import { inForce } from "./description/in-force";
import { lenderOf } from "./description/listeners";
import { livesIn } from "./description/product-places";

/** Whether any service of a product's internal load balancer has its requests shifted to new releases. */
export const isTested = (zone: LandingZone, lender: Product, environment: EnvironmentName): boolean =>
  zone.products
    .filter(product => lenderOf(zone, product) === lender && livesIn(product, environment))
    .some(product =>
      Object.entries(product.services ?? {}).some(
        ([name, { path }]) =>
          path !== undefined &&
          inForce(zone, product, "services", name, environment).words.deployment.strategy !== "rolling",
      ),
    );
