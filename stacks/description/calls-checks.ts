/** Services that are called directly, and products that are offered to others. */
import { directCalls, linkName, offersIn, taskNames, urlSetting } from "./calls";
import { type Fault, missing, twice } from "./faults";
import { accountOf, environmentsOf } from "./product-places";
import { rulesOf } from "./routes";
import { type EnvironmentName, environmentNames, type LandingZone, type Product } from "./types";
import { workloadsOf } from "./workloads";

export const callsChecks = [directCallFaults, metricsFaults, offerFaults, linkNameFaults, urlFaults];

const at = (product: Product): string => `products.${product.name}`;

/** Where a product lives in another account's subnets. */
const guestIn = (zone: LandingZone, product: Product) =>
  environmentsOf(product).flatMap(environment => {
    const account = accountOf(zone, product, environment);
    const owner = zone.organization.accounts[account]?.subnetsOf;
    return owner === undefined ? [] : [{ environment, account, owner }];
  });

function directCallFaults(zone: LandingZone): Fault[] {
  return zone.products.flatMap(product => {
    const services = Object.entries(product.services ?? {});
    const workloads = [...services.map(([name]) => name), ...Object.keys(product.jobs ?? {})];
    const [guest] = guestIn(zone, product);
    return services.flatMap(([name, { calledBy, port, path, network }]) => {
      if (calledBy === undefined) return [];
      const service = `${at(product)}.services.${name}`;
      const faults: Fault[] = [];
      const fault = (value: unknown, problem: string) =>
        faults.push({ path: `${service}.calledBy`, value, problem });
      if (port === undefined && path === undefined && network === undefined)
        faults.push({
          path: `${service}.port`,
          value: port,
          problem: "is needed with `calledBy`: the port the service listens on",
        });
      if (guest !== undefined)
        fault(
          calledBy,
          `needs names in the VPC, and ${guest.account} lives in the subnets of ${guest.owner} in ${guest.environment}, which alone may add any; give the service a \`path\`, and call it through the load balancer`,
        );
      if (zone.products.some(other => other.name === taskNames))
        fault(
          calledBy,
          `needs names below ${taskNames}.<domain>, which is what the product ${taskNames} is called; rename that product`,
        );
      const callers = calledBy.map((caller, index) => [`${service}.calledBy[${index}]`, caller] as const);
      return [
        ...faults,
        ...twice(callers),
        ...callers.flatMap(([path, caller]) =>
          caller === name
            ? [{ path, value: caller, problem: "is the service itself; name who else calls it" }]
            : missing(
                path,
                caller,
                `service or job of ${product.name}`,
                workloads.filter(other => other !== name),
              ),
        ),
      ];
    });
  });
}

/** Metrics go to a service of the product's by a call like any other, which that service says that it takes. */
function metricsFaults(zone: LandingZone): Fault[] {
  return zone.products.flatMap(product =>
    workloadsOf(product).flatMap(({ at: path, name, group, words }) => {
      const metrics = group === "functions" ? undefined : words.telemetry?.metrics;
      if (typeof metrics !== "string") return [];
      const where = `${path}.telemetry.metrics`;
      if (metrics === name)
        return [
          { path: where, value: metrics, problem: "is the service itself; name another that takes metrics" },
        ];
      const called = product.services?.[metrics];
      if (called === undefined)
        return missing(where, metrics, `service of ${product.name}`, Object.keys(product.services ?? {}));
      if (called.calledBy?.includes(name)) return [];
      const callers = [...(called.calledBy ?? []), name].map(caller => `"${caller}"`).join(", ");
      return [
        {
          path: where,
          value: metrics,
          problem: `is a service that ${name} may not call; say services.${metrics}.calledBy: [${callers}]`,
        },
      ];
    }),
  );
}

function offerFaults(zone: LandingZone): Fault[] {
  return zone.products.flatMap(product => {
    const { offersTo } = product;
    if (offersTo === undefined) return [];
    const path = `${at(product)}.offersTo`;
    const faults: Fault[] = [];
    const fault = (problem: string) => faults.push({ path, value: offersTo, problem });
    const sharer = zone.products.find(({ loadBalancerOf }) => loadBalancerOf === product.name);
    if (product.loadBalancerOf !== undefined)
      fault(
        `would offer the load balancer of ${product.loadBalancerOf}, which others are behind too; leave out \`loadBalancerOf\``,
      );
    else if (rulesOf(product).length === 0) fault("has nothing to offer; give a service a `path`");
    if (sharer !== undefined)
      fault(`would offer ${sharer.name} too, which uses its load balancer; give that one its own`);
    const consumers = offersTo.map((name, index) => [`${path}[${index}]`, name] as const);
    const names = zone.products.map(({ name }) => name).filter(name => name !== product.name);
    return [
      ...faults,
      ...twice(consumers),
      ...consumers.flatMap(([where, name]) => {
        const consumer = zone.products.find(other => other.name === name);
        return consumer === undefined || consumer === product
          ? missing(where, name, "other product", names)
          : consumerFaults(zone, product, consumer, where);
      }),
    ];
  });
}

function consumerFaults(zone: LandingZone, product: Product, consumer: Product, path: string): Fault[] {
  const fault = (problem: string) => [{ path, value: consumer.name, problem }];
  const offers = environmentNames.flatMap((environment: EnvironmentName) =>
    offersIn(zone, environment)
      .filter(offer => offer.provider === product && offer.consumer === consumer)
      .map(offer => ({ ...offer, environment })),
  );
  if (offers.length === 0) return fault(`lives in no environment that ${product.name} lives in`);
  const apart = offers.filter(({ providerAccount, consumerAccount }) => providerAccount !== consumerAccount);
  if (apart.length === 0)
    return fault(`is in the same account; it can call ${product.name} directly, so leave it out`);
  return guestIn(zone, consumer)
    .filter(({ environment }) => apart.some(offer => offer.environment === environment))
    .slice(0, 1)
    .flatMap(({ environment, account, owner }) =>
      fault(
        `lives in ${account} in ${environment}, in the subnets of ${owner}, where that account alone may make endpoints; give organization.accounts.${account} \`addresses\` of its own`,
      ),
    );
}

/** Names of links are told from products' names, which stand in the same zone, and from one another. */
function linkNameFaults(zone: LandingZone): Fault[] {
  const taken = new Map(zone.products.map(product => [product.name, `${at(product)}.name`]));
  return zone.products.flatMap(product =>
    (product.offersTo ?? []).flatMap((name, index) => {
      const path = `${at(product)}.offersTo[${index}]`;
      const link = linkName(product, { name });
      const earlier = taken.get(link);
      if (!taken.has(link)) taken.set(link, path);
      return earlier === undefined || product.offersTo?.indexOf(name) !== index
        ? []
        : [
            {
              path,
              value: name,
              problem: `makes the name ${link}, which is that of ${earlier} too; rename one of the products`,
            },
          ];
    }),
  );
}

/** One setting can not tell two places. */
function urlFaults(zone: LandingZone): Fault[] {
  return zone.products.flatMap(product => {
    const offered = zone.products.filter(
      other => other !== product && other.offersTo?.includes(product.name),
    );
    return directCalls(product).flatMap(({ called, caller }) => {
      const other = offered.find(({ name }) => urlSetting(name) === urlSetting(called));
      return other === undefined
        ? []
        : [
            {
              path: `${at(product)}.services.${called}.calledBy`,
              value: caller,
              problem: `would be told by ${urlSetting(called)} where ${called} is, and by the same where the product ${other.name} is; rename the service`,
            },
          ];
    });
  });
}
