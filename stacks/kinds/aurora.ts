import { AuroraCluster } from "../../components/data/aurora-cluster";
import { databaseAccess } from "../../components/data/database-access";
import { databaseLogGroups } from "../../components/data/database-engines";
import { type Aurora as Described, inEnvironment } from "../description";
import { databaseArgs } from "./databases";
import type { Kind } from "./kind";

const engineOf = ({ args: { engine } }: Described) => `aurora-${engine}` as const;

export const aurora: Kind<Described> = {
  make: ({ name, resource, resourceName, opts, ...its }) => {
    const { version, capacity, storage = "standard" } = resource.args;
    const here = its.environment.name;
    const component = new AuroraCluster(
      name,
      {
        ...databaseArgs(its, resource, resource.args),
        clusterName: resourceName,
        engine: engineOf(resource),
        engineVersion: inEnvironment(version, here),
        capacity: inEnvironment(capacity, here),
        storage: inEnvironment(storage, here),
      },
      opts,
    );
    return { component, securityGroupId: component.securityGroupId };
  },
  access: (at, name, access, resource) =>
    databaseAccess(engineOf(resource))(at, name, access as Described["offers"][number]),
  logGroups: databaseLogGroups,
};
