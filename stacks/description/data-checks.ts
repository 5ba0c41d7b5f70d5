/** What a product keeps, held to where it is to live and to what it is called there. */
import { type ByEnvironment, type EnvironmentName, inEnvironment, places } from "./by-environment";
import { type DatabaseKind, databaseClassFault } from "./database-classes";
import type { Fault } from "./faults";
import { environmentsOf } from "./product-places";
import { type Aurora, type Database, type Link, type Resource, resourceWord, type Search } from "./resources";
import type { Environment, LandingZone, Product } from "./types";
import { type Using, workloadsOf } from "./workloads";

export function dataFaults(zone: LandingZone, product: Product): Fault[] {
  const faults = Object.entries(product.data ?? {}).flatMap(([name, resource]) => {
    const path = `products.${product.name}.data.${name}`;
    return [
      ...nameFaults(product, name, resource, path),
      ...environmentsOf(product).flatMap(environment =>
        environmentFaults(zone, environment, resource).map(({ path: below, ...fault }) => ({
          path: `${path}.${below}`,
          ...fault,
        })),
      ),
    ];
  });
  // What is said once for all environments is wrong once.
  const first = new Map(faults.map(fault => [`${fault.path} ${fault.problem}`, fault]));
  return [...first.values(), ...workloadsOf(product).flatMap(({ at, words }) => usesFaults(at, words))];
}

/**
 * What names may have at most, the product's own and the hyphen between included.
 * Sources: Amazon RDS user guide, "Quotas and constraints": users of MySQL and MariaDB have names of 32 characters, of
 * which the one that only reads takes four for itself; Amazon ElastiCache API reference, "CreateUser": of 40, eight go
 * to the user that nobody is; Amazon OpenSearch Service API reference, "CreateDomain".
 */
function longestName(resource: Resource): { readonly most: number; readonly of: string } | undefined {
  switch (resource.kind) {
    case "aurora":
    case "database":
      return resource.args.engine === "postgresql"
        ? { most: 55, of: "a database's" }
        : { most: 28, of: `the name of a user of ${resource.args.engine}` };
    case "cache":
      return { most: 32, of: "a cache's" };
    case "search":
      return { most: 28, of: "a search domain's" };
    default:
      return undefined;
  }
}

function nameFaults(product: Product, name: string, resource: Resource, path: string): Fault[] {
  const longest = longestName(resource);
  const value = `${product.name}-${name}`;
  if (longest === undefined || value.length <= longest.most) return [];
  const rest = longest.most - product.name.length - 1;
  return [
    {
      path,
      value,
      problem: `has ${value.length} characters, and ${longest.of} has at most ${longest.most}; use at most ${rest} for its own part`,
    },
  ];
}

/** What is wrong with it in one environment; paths begin at the resource. */
function environmentFaults(zone: LandingZone, name: EnvironmentName, resource: Resource): Fault[] {
  const place = { name, ...zone.environments[name] };
  switch (resource.kind) {
    case "aurora":
      return clusterFaults(place, resource);
    case "database":
      return instanceFaults(place, resource);
    case "search":
      return searchFaults(place, resource);
    default:
      return [];
  }
}

type Place = Environment & { readonly name: EnvironmentName };

/** A word in an environment: its value there, and where that is written. */
const wordIn = <T>({ name }: Place, word: string, value: ByEnvironment<T>) => ({
  value: inEnvironment(value, name),
  at: places(value).some(({ environment }) => environment === name) ? `${word}.${name}` : word,
});

function classFaults({ region }: Place, kind: DatabaseKind, path: string, value: string): Fault[] {
  const problem = databaseClassFault(region, kind, value);
  return problem === undefined ? [] : [{ path, value, problem: `is not to be had in ${region}: ${problem}` }];
}

function clusterFaults(place: Place, { args }: Aurora): Fault[] {
  const { value: capacity, at } = wordIn(place, "capacity", args.capacity);
  if (!("serverless" in capacity))
    return classFaults(place, "aurora", `${at}.instanceClass`, capacity.instanceClass);
  const { min } = capacity.serverless;
  if (min !== 0) return [];
  const reasons = [
    ...(place.multiZone
      ? [`in ${place.name}, which is multiZone: what is in several zones must not pause`]
      : []),
    ...(inEnvironment(args.proxy ?? false, place.name)
      ? ["behind a proxy, which would keep it from ever pausing"]
      : []),
  ];
  return reasons.map(why => ({
    path: `${at}.serverless.min`,
    value: min,
    problem: `must be 0.5 or more ${why}`,
  }));
}

function instanceFaults(place: Place, { args }: Database): Fault[] {
  const { engine } = args;
  const { value: instanceClass, at } = wordIn(place, "instanceClass", args.instanceClass);
  const proxy = wordIn(place, "proxy", args.proxy ?? false);
  const insights = wordIn(place, "insights", args.insights ?? "standard");
  const faults = classFaults(place, "instance", at, instanceClass);
  if (proxy.value && engine === "mariadb")
    faults.push({
      path: proxy.at,
      value: true,
      problem: "is for PostgreSQL and MySQL; leave it out, or choose another engine",
    });
  if (insights.value === "advanced" && withoutInsights(engine, instanceClass))
    faults.push({
      path: insights.at,
      value: insights.value,
      problem: `is not to be had of ${engine} on ${instanceClass}; db.t4g.medium or larger`,
    });
  return faults;
}

/** Source: Amazon RDS user guide, "Amazon RDS DB engine, Region, and instance class support for Database Insights". */
const withoutInsights = (engine: string, instanceClass: string): boolean =>
  engine !== "postgresql" && /^db\.t\w+\.(micro|small)$/.test(instanceClass);

function searchFaults(place: Place, { args }: Search): Fault[] {
  if (!place.multiZone) return [];
  const { value: capacity, at } = wordIn(place, "capacity", args.capacity);
  const subnets = zoneCount(place);
  const { instances } = capacity;
  const zones = Math.min(subnets, searchZones);
  if (subnets < 2)
    return [
      {
        path: at,
        value: capacity,
        problem: `needs two zones at least in ${place.name}, which is multiZone; it has ${subnets}`,
      },
    ];
  return instances === undefined || instances % zones === 0
    ? []
    : [
        {
          path: `${at}.instances`,
          value: instances,
          problem: `must be a multiple of ${zones}, the zones that it is spread over in ${place.name}`,
        },
      ];
}

/** Source: Amazon OpenSearch Service developer guide, "Configuring a multi-AZ domain". */
const searchZones = 3;

const zoneCount = ({ zones = 3 }: Environment): number => (typeof zones === "number" ? zones : zones.length);

/** Links of one workload that get in each other's way. */
function usesFaults(path: string, { uses = [] }: Using): Fault[] {
  return uses.flatMap(({ resource, access, client }: Link, index) => {
    const earlier = uses.slice(0, index);
    const at = { path: `${path}.uses[${index}]`, value: access };
    const otherClient = earlier.findIndex(
      link => client !== undefined && link.resource === resource && (link.client ?? client) !== client,
    );
    if (otherClient >= 0)
      return [
        {
          ...at,
          value: client,
          problem: `is a second client beside that of ${path}.uses[${otherClient}], and one setting can not tell two; use one of them here`,
        },
      ];
    const same = earlier.findIndex(link => link.resource === resource && link.access !== access);
    if (same >= 0 && exclusive.has(resource.kind))
      return [
        {
          ...at,
          problem: `is a second way to the ${resourceWord(resource)} of ${path}.uses[${same}], and a workload has one of them; ${exclusive.get(resource.kind)} is enough for both`,
        },
      ];
    if (resource.kind !== "fileSystem") return [];
    const { mountPath } = resource.args;
    const other = earlier.findIndex(
      link => link.resource.kind === "fileSystem" && link.resource.args.mountPath === mountPath,
    );
    return other < 0 || same >= 0
      ? []
      : [
          {
            ...at,
            value: mountPath,
            problem: `is where ${path}.uses[${other}] is mounted too; give one of them another mountPath`,
          },
        ];
  });
}

/** What is used by settings or at a place that there is one of, and the access that has all of the other. */
const exclusive: ReadonlyMap<Resource["kind"], string> = new Map([
  ["aurora", "connect"],
  ["database", "connect"],
  ["fileSystem", "readWrite"],
]);
