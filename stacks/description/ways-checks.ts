/** The ways into products, and which service answers what on each load balancer. */
import { listenerRuleFaults } from "../../routing/priorities";
import { type Fault, missing } from "./faults";
import { hostFaults, quotaFaults } from "./host-checks";
import { internalListener, publicListener, type RuleOfService } from "./listeners";
import { accountOf, apartIn, environmentsOf } from "./product-places";
import { type Resource, resourceWord } from "./resources";
import { rulesOf } from "./routes";
import type { LandingZone, Product, Service } from "./types";

export const waysChecks = [lendingFaults, listenerFaults, quotaFaults, hostFaults, wayFaults];

const at = (product: Product): string => `products.${product.name}`;

/** Whose load balancer a product uses. */
function lendingFaults(zone: LandingZone): Fault[] {
  return zone.products.flatMap(product => {
    const { loadBalancerOf: name } = product;
    if (name === undefined) return [];
    const path = `${at(product)}.loadBalancerOf`;
    const others = zone.products.map(other => other.name).filter(other => other !== product.name);
    const lender = zone.products.find(other => other.name === name);
    if (lender === undefined || lender === product) return missing(path, name, "other product", others);
    const faults: Fault[] = [];
    const fault = (problem: string) => faults.push({ path, value: name, problem });
    if (lender.loadBalancerOf !== undefined)
      fault(`has no load balancer itself; it uses that of ${lender.loadBalancerOf}, so name this one`);
    else if (rulesOf(lender).length === 0)
      fault("has no load balancer, for none of its services has a `path`");
    const apart = apartIn(product, lender);
    if (apart !== undefined) fault(`is not in the account that ${product.name} lives in in ${apart}`);
    if (rulesOf(product).length === 0)
      fault("is of no use to a product none of whose services has a `path`; leave it out");
    for (const way of ["cdn", "api"] as const)
      if (product[way] !== undefined)
        faults.push({
          path: `${at(product)}.${way}`,
          value: way,
          problem: `must stand before a load balancer of the product's own; leave out \`loadBalancerOf\``,
        });
    return faults;
  });
}

/**
 * Two services on one place, and all else that a load balancer would refuse. Where a service is wrong on several load
 * balancers, of environments or of the internet, it is said of the first.
 */
function listenerFaults(zone: LandingZone): Fault[] {
  const said = new Set<string>();
  const key = ({ path, value }: Fault) => JSON.stringify([path, value]);
  return zone.products
    .flatMap(product => [
      ...(product.loadBalancerOf === undefined ? faultsIn(zone, product, internalListener) : []),
      ...faultsIn(zone, product, publicListener),
    ])
    .flatMap(faults => {
      const fresh = faults.filter(fault => !said.has(key(fault)));
      for (const fault of fresh) said.add(key(fault));
      return fresh;
    });
}

/** By environment: the names that products on one load balancer are told apart by are others in each. */
function faultsIn(
  zone: LandingZone,
  lender: Product,
  listener: typeof internalListener | typeof publicListener,
): Fault[][] {
  const listeners = environmentsOf(lender).map(environment => ({
    environment,
    rules: listener(zone, lender, environment),
  }));
  return listeners.map(({ environment, rules }) =>
    faultsOn(
      rules,
      product => [
        `organization.accounts.${accountOf(zone, product, environment)}.domain`,
        "network.serviceDomain",
      ],
      listeners.flatMap(other => (other.rules === rules ? [] : other.rules)),
    ),
  );
}

/**
 * @param namedBy what says each of the names of a product.
 * @param elsewhere on load balancers that the same pins are for.
 */
function faultsOn(
  rules: readonly RuleOfService[],
  namedBy: (product: Product) => readonly string[],
  elsewhere: readonly RuleOfService[],
): Fault[] {
  const its = new Map(rules.map(rule => [`${at(rule.product)}.services.${rule.service}`, rule]));
  const faults = listenerRuleFaults(
    Object.fromEntries([...its].map(([path, { conditions }]) => [path, conditions])),
    { elsewhere: elsewhere.map(({ conditions }) => conditions) },
  ).map(({ rule, path, value, problem }): Fault => {
    const { product } = its.get(rule) ?? {};
    const name = /^hosts\[(\d+)\]$/.exec(path)?.[1];
    const named = product && name !== undefined ? namedBy(product)[Number(name)] : undefined;
    return { path: named ?? (path === "" ? rule : `${rule}.${path}`), value, problem };
  });
  // Each service of a product has the same names.
  return faults.filter(
    ({ path, value, problem }, index) =>
      faults.findIndex(one => one.path === path && one.value === value && one.problem === problem) === index,
  );
}

function wayFaults(zone: LandingZone): Fault[] {
  return zone.products.flatMap(product => {
    const services = Object.entries(product.services ?? {});
    const routed = services.some(([, { path }]) => path !== undefined);
    const faults: Fault[] = [];
    const fault = (path: string, value: unknown, problem: string) =>
      faults.push({ path: `${at(product)}.${path}`, value, problem });
    const nothing = "has nothing to stand before; give a service a `path`";

    if (product.cdn !== undefined && !routed && product.cdn.files?.path !== undefined)
      fault("cdn.files.path", product.cdn.files.path, "leaves the rest unanswered; leave the path out");
    else if (product.cdn !== undefined && !routed && product.cdn.files === undefined)
      fault("cdn", product.cdn, nothing);
    if (product.cdn?.files !== undefined && routed && product.cdn.files.path === undefined)
      fault("cdn.files.path", undefined, "is needed, for services answer too; for example /static/*");
    if (product.api !== undefined && !routed) fault("api", product.api, nothing);
    if (product.publicLoadBalancer !== undefined) {
      if (product.cdn !== undefined)
        fault(
          "publicLoadBalancer",
          product.publicLoadBalancer,
          "would have the name that the content delivery network has; CloudFront reaches the internal load balancer, so leave this out",
        );
      if (!services.some(([, service]) => service.public === true))
        fault(
          "publicLoadBalancer",
          product.publicLoadBalancer,
          "has nothing to stand before; say `public: true` in a service",
        );
    }
    for (const [name, service] of services) {
      if (service.public === true && product.publicLoadBalancer === undefined)
        fault(
          `services.${name}.public`,
          true,
          'needs a load balancer on the internet; say publicLoadBalancer: { allowPublic: "why" } in the product',
        );
      faults.push(...networkFaults(`${at(product)}.services.${name}`, service));
    }
    const networked = services.filter(([, { network }]) => network !== undefined).map(([name]) => name);
    for (const name of networked.slice(1))
      fault(
        `services.${name}.network`,
        product.services?.[name]?.network,
        `has no load balancer, for the product's calls ${networked[0]}; make it a product of its own`,
      );
    const own = (path: string, resource: Resource | undefined) => {
      if (resource !== undefined && !Object.values(product.data ?? {}).includes(resource))
        fault(
          path,
          resource.kind,
          `is no ${resourceWord(resource)} that the product keeps; name it in its data`,
        );
    };
    own("cdn.files.bucket", product.cdn?.files?.bucket);
    own("api.users", product.api?.users);
    own("graphql.users", product.graphql?.users);
    for (const [name, { table }] of Object.entries(product.graphql?.sources ?? {}))
      own(`graphql.sources.${name}.table`, table);
    for (const [field, { source }] of Object.entries(product.graphql?.resolvers ?? {}))
      faults.push(
        ...missing(
          `${at(product)}.graphql.resolvers.${field}.source`,
          source,
          "source of the API",
          Object.keys(product.graphql?.sources ?? {}),
        ),
      );
    return faults;
  });
}

function networkFaults(path: string, { network, port, path: route }: Service): Fault[] {
  if (network === undefined) return [];
  if (route !== undefined)
    return [
      {
        path: `${path}.network`,
        value: network,
        problem: "is another way than `path`; a service has one of them",
      },
    ];
  return port === undefined
    ? [
        {
          path: `${path}.port`,
          value: port,
          problem: "is needed with `network`: the port the service listens on",
        },
      ]
    : [];
}
