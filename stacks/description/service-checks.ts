/** What services say of how they are called, scaled and replaced, held to the rest of the description. */
import { environmentNames } from "./by-environment";
import { type Fault, missing } from "./faults";
import { once, type Standing, standings } from "./in-force-places";
import { instanceFaults } from "./instance-checks";
import { deploymentFaults, scalingFaults, type Unfit } from "./scaling-schema";
import type { LandingZone, Product } from "./types";
import type { Service } from "./workload-types";
import { workloadsOf } from "./workloads";

export const serviceChecks = [callFaults, tlsFaults, inForceFaults, instanceFaults];

const servicesOf = (product: Product) =>
  Object.entries(product.services ?? {}).map(
    ([name, service]) => ({ name, service, at: `products.${product.name}.services.${name}` }) as const,
  );

/** Words that need a way in which the service does not have. */
function callFaults(_zone: LandingZone, product: Product): Fault[] {
  return servicesOf(product).flatMap(({ at, service }): Fault[] => {
    const { path, port, network, calledBy } = service;
    if (path !== undefined)
      return port === undefined
        ? [
            {
              path: `${at}.port`,
              value: port,
              problem: "is needed with a `path`: the port the service listens on",
            },
          ]
        : [];
    const { protocol, health, methods, headers, priority, host, sticky, objective } = service;
    const ofPaths = { protocol, methods, headers, priority, host, sticky, objective, public: service.public };
    const ofWorkers = { ...(calledBy === undefined ? { port } : {}), health, ...ofPaths };
    const overridden = environmentNames.flatMap(environment => {
      const value = service.overrides?.[environment]?.objective;
      return value === undefined ? [] : [[`overrides.${environment}.objective`, value] as const];
    });
    return [...Object.entries(network === undefined ? ofWorkers : ofPaths), ...overridden].flatMap(
      ([key, value]) =>
        value === undefined
          ? []
          : [
              {
                path: `${at}.${key}`,
                value,
                problem: `has no effect on ${network === undefined ? "a worker" : "a Network Load Balancer"}; give the service a \`path\`, or leave it out`,
              },
            ],
    );
  });
}

/** The proxy listens on one port, and hands on to another. */
function tlsFaults(_zone: LandingZone, product: Product): Fault[] {
  return servicesOf(product).flatMap(({ at, service: { tls, port } }) => {
    if (tls === undefined) return [];
    const fault = (problem: string) => [{ path: `${at}.tls.proxyTo`, value: tls.proxyTo, problem }];
    if (port === undefined)
      return fault(
        "has nobody to speak TLS to; say the `port` that the service is called on, or leave it out",
      );
    return tls.proxyTo === port
      ? fault("is the port that the proxy listens on itself; let the service listen on another, such as 8080")
      : [];
  });
}

/** What holds in an environment, after what is otherwise there. */
function inForceFaults(zone: LandingZone, product: Product): Fault[] {
  return once(
    workloadsOf(product).flatMap(workload =>
      workload.group !== "services"
        ? []
        : standings(zone, product, workload).flatMap(standing => [
            ...unfit(standing, "scaling", scalingFaults(standing.words.scaling)),
            ...measureFaults(zone, workload.words, standing),
            ...replacementFaults(product, workload.words, standing),
          ]),
    ),
  );
}

const unfit = (
  { fault, says }: Standing<"services">,
  word: "scaling" | "deployment",
  faults: readonly Unfit[],
): Fault[] =>
  faults.flatMap(({ path, beside = [], problem }) => {
    const [leaf, ...others] = [path, ...beside].map(its => [word, ...its].join("."));
    const paths = [leaf as string, ...others] as const;
    return says(paths) ? [fault(paths, problem)] : [];
  });

/** What the number of tasks follows. */
function measureFaults(
  { environments }: LandingZone,
  { path, uses = [] }: Service,
  { environment, words: { scaling, objective, deployment }, fault, says }: Standing<"services">,
): Fault[] {
  const { steps, targets, backlog, asleep } = scaling;
  const faults: Fault[] = [];
  if (steps !== undefined && targets?.cpu !== undefined)
    faults.push(
      fault(["scaling.targets.cpu", "scaling.steps"], "follows CPU as `steps` do, against them; say one"),
    );
  if (targets?.requests !== undefined && path === undefined)
    faults.push(
      fault(["scaling.targets.requests"], "are counted by the load balancer; give the service a `path`"),
    );
  else if (targets?.requests !== undefined && deployment.strategy !== "rolling")
    faults.push(
      fault(
        ["scaling.targets.requests", "deployment.strategy"],
        `are counted for one group of tasks, and ${deployment.strategy} goes from one to another; use targets.cpu, or roll`,
      ),
    );
  const empties = uses.some(({ resource, access }) => resource === backlog?.queue && access === "consume");
  if (backlog !== undefined && !empties)
    faults.push({
      ...fault(
        ["scaling.backlog.queue"],
        "is a queue that the service does not empty; add its `consume` to `uses`",
      ),
      value: backlog.queue.kind,
    });
  // Outside its environment's hours nobody expects anything of it.
  const byHours = environments[environment].hours !== undefined && !says(["scaling.asleep"]);
  if (asleep !== undefined && objective !== undefined && !byHours)
    faults.push(
      fault(
        ["scaling.asleep", "objective"],
        "lets nobody answer at night, and `objective` is what callers may expect at all times; leave one out",
      ),
    );
  return faults;
}

/** How one release takes over from another. */
function replacementFaults(product: Product, { path }: Service, standing: Standing<"services">): Fault[] {
  const { words, fault } = standing;
  const { deployment } = words;
  const faults = unfit(standing, "deployment", deploymentFaults(deployment));
  if (deployment.strategy === "rolling") return faults;
  if (path === undefined)
    faults.push(
      fault(
        ["deployment.strategy"],
        "shifts requests at an Application Load Balancer, which does not call the service; give it a `path`, or leave this out",
      ),
    );
  const functions = Object.keys(product.functions ?? {});
  return [
    ...faults,
    ...Object.entries(deployment.hooks).flatMap(([stage, name = ""]) => {
      const leaf = fault([`deployment.hooks.${stage}`], "");
      return missing(leaf.path, name, `function of ${product.name}`, functions);
    }),
  ];
}
