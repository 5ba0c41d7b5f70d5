import { Cache, type CacheCapacity } from "../../components/data/cache";
import { cacheAccess } from "../../components/data/cache-access";
import { type Cache as Described, inEnvironment } from "../description";
import { isServerless } from "../description/resources/cache";
import { keptDays } from "./databases";
import type { Kind } from "./kind";

/** Enough for 10 MB a second; more is to be asked for, for each has its price. */
const usualEcpu = 10_000;

const capacityOf = (its: Described, environment: Parameters<typeof inEnvironment>[1]): CacheCapacity => {
  const capacity = inEnvironment(its.args.capacity, environment);
  return "serverless" in capacity ? { serverless: { maxEcpu: usualEcpu, ...capacity.serverless } } : capacity;
};

export const cache: Kind<Described> = {
  make: ({ name, resource, resourceName, keeping, product, environment, opts }) => {
    const { version, eviction } = resource.args;
    const component = new Cache(
      name,
      {
        ...keeping,
        cacheName: resourceName,
        engineVersion: inEnvironment(version, environment.name),
        capacity: capacityOf(resource, environment.name),
        snapshots: keptDays(environment),
        ...(eviction === undefined ? {} : { eviction }),
        logs: {
          keyArn: keeping.keyArn,
          retentionDays: environment.logRetentionDays,
          groupPrefix: `/landing-zone/${product.name}/${name}`,
        },
      },
      opts,
    );
    return { component, securityGroupId: component.securityGroupId };
  },
  access: (at, name, _access, resource) =>
    cacheAccess(isServerless(resource) ? "serverless" : "nodes")(at, name, "connect"),
};
