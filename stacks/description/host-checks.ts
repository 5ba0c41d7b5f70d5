/** Names of services' own, and how many rules a load balancer takes. */
import { ruleLimits } from "../../routing/limits";
import { linkName } from "./calls";
import type { Fault } from "./faults";
import { inForce } from "./in-force";
import { internalListener, publicListener, type RuleOfService } from "./listeners";
import { environmentsOf } from "./product-places";
import type { EnvironmentName, LandingZone } from "./types";

/** What a host would take from others that stand below the product's name. */
export function hostFaults(zone: LandingZone): Fault[] {
  return zone.products.flatMap(product => {
    const taken = new Map([
      ...(product.api === undefined ? [] : [["api", "the product's HTTP API"] as const]),
      ...(product.graphql === undefined ? [] : [["graphql", "the GraphQL API"] as const]),
      ...Object.entries(product.services ?? {}).flatMap(([name, { network }]) =>
        network === undefined ? [] : [[name, `the Network Load Balancer of ${name}`] as const],
      ),
    ]);
    const [offered] = product.offersTo ?? [];
    return Object.entries(product.services ?? {}).flatMap(([name, { host, path }]) => {
      if (host === undefined || path === undefined) return [];
      const fault = (problem: string) => ({
        path: `products.${product.name}.services.${name}.host`,
        value: host,
        problem,
      });
      const other = taken.get(host);
      return [
        ...(other === undefined ? [] : [fault(`is the name of ${other}; choose another`)]),
        ...(offered === undefined
          ? []
          : [
              fault(
                `lets the load balancer answer by names, and ${offered} calls it by ${linkName(product, { name: offered })}, which is none of them; leave out the host, or \`offersTo\``,
              ),
            ]),
      ];
    });
  });
}

/** All listeners of a load balancer share its rules, and what shifts requests has one more, for tests. */
export function quotaFaults(zone: LandingZone): Fault[] {
  return zone.products.flatMap(product =>
    [...(product.loadBalancerOf === undefined ? [internalListener] : []), publicListener].flatMap(listener =>
      environmentsOf(product)
        .flatMap(environment => {
          const rules = listener(zone, product, environment);
          if (2 * rules.length <= ruleLimits.rules) return [];
          const tested = rules.filter(rule => isShifted(zone, rule, environment)).length;
          // More rules than that by themselves are said to be too many where they are.
          return tested === 0 || rules.length > ruleLimits.rules || rules.length + tested <= ruleLimits.rules
            ? []
            : [
                {
                  path: `products.${product.name}.services`,
                  value: rules.length + tested,
                  problem: `rules are on one load balancer in ${environment}, ${tested} of them to test releases; AWS allows ${ruleLimits.rules}: let some of them roll, or give products load balancers of their own`,
                },
              ];
        })
        .slice(0, 1),
    ),
  );
}

const isShifted = (
  zone: LandingZone,
  { product, service }: RuleOfService,
  environment: EnvironmentName,
): boolean =>
  inForce(zone, product, "services", service, environment).words.deployment.strategy !== "rolling";
