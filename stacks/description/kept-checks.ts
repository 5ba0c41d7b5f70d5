/** What tables, buckets and queues say that only the rest of the description shows to be wrong. */
import { type EnvironmentName, inEnvironment } from "./by-environment";
import type { Fault } from "./faults";
import { environmentsOf } from "./product-places";
import type { LandingZone, Product } from "./types";
import type { Using } from "./workloads";

/** What is wrong in every environment is said once. */
export const keptFaults = (zone: LandingZone, product: Product): Fault[] =>
  allFaults(zone, product).filter(
    ({ path, problem }, index, all) =>
      all.findIndex(earlier => earlier.path === path && earlier.problem === problem) === index,
  );

const allFaults = (zone: LandingZone, product: Product): Fault[] =>
  Object.entries(product.data ?? {}).flatMap(([name, resource]) => {
    const at = `products.${product.name}.data.${name}`;
    switch (resource.kind) {
      case "table": {
        const { replicas = [], capacity = "on-demand" } = resource.args;
        return environmentsOf(product).flatMap(environment => {
          const regions = inEnvironment(replicas, environment);
          return [
            ...regions.flatMap(region => elsewhere(zone, environment, `${at}.replicas`, region)),
            ...regions.flatMap((region, index) =>
              regions.indexOf(region) < index
                ? [{ path: `${at}.replicas`, value: region, problem: "is named twice" }]
                : [],
            ),
            ...(regions.length > 0 && inEnvironment(capacity, environment) !== "on-demand"
              ? [
                  {
                    path: `${at}.capacity`,
                    value: inEnvironment(capacity, environment),
                    problem: `can not be given in ${environment}, where there are replicas; a table with replicas is paid by request`,
                  },
                ]
              : []),
          ];
        });
      }
      case "bucket":
        return environmentsOf(product).flatMap(environment => {
          const region = inEnvironment(resource.args.replicateTo ?? "none", environment);
          return region === "none" ? [] : elsewhere(zone, environment, `${at}.replicateTo`, region);
        });
      case "eventBus":
        return Object.entries(resource.args.deliversTo ?? {}).flatMap(([rule, { queue }]) =>
          queue.args.fifo === true
            ? [
                {
                  path: `${at}.deliversTo.${rule}.queue`,
                  value: "fifo: true",
                  problem: "keeps order, and events say no group to keep it in; deliver to a standard queue",
                },
              ]
            : [],
        );
      default:
        return [];
    }
  });

/** The stream of a table that has none. */
export const streamFaults = (at: string, { uses = [] }: Using): Fault[] =>
  uses.flatMap(({ resource, access }, index) =>
    resource.kind === "table" && access === "consume" && resource.args.stream !== true
      ? [
          {
            path: `${at}.uses[${index}]`,
            value: access,
            problem: "is of a table that has no stream; say stream: true there",
          },
        ]
      : [],
  );

function elsewhere(zone: LandingZone, environment: EnvironmentName, path: string, region: string): Fault[] {
  const { regions } = zone.organization;
  if (region === zone.environments[environment].region)
    return [{ path, value: region, problem: `is where ${environment} is; name another region` }];
  return (regions as readonly string[]).includes(region)
    ? []
    : [
        {
          path,
          value: region,
          problem: `is not among organization.regions, ${regions.join(", ")}, so guardrails refuse it`,
        },
      ];
}
