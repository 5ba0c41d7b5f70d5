import { databaseAccess } from "../../components/data/database-access";
import { databaseLogGroups } from "../../components/data/database-engines";
import { DatabaseInstance } from "../../components/data/database-instance";
import { type Database as Described, inEnvironment } from "../description";
import { databaseArgs } from "./databases";
import type { Kind } from "./kind";

const engines = { postgresql: "postgres", mysql: "mysql", mariadb: "mariadb" } as const;
const engineOf = ({ args: { engine } }: Described) => engines[engine];

export const database: Kind<Described> = {
  make: ({ name, resource, resourceName, opts, ...its }) => {
    const { version, instanceClass, storage } = resource.args;
    const here = its.environment.name;
    const component = new DatabaseInstance(
      name,
      {
        ...databaseArgs(its, resource, resource.args),
        instanceName: resourceName,
        engine: engineOf(resource),
        engineVersion: inEnvironment(version, here),
        instanceClass: inEnvironment(instanceClass, here),
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
