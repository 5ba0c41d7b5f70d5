import { Table } from "../../components/data/table";
import { tableAccess } from "../../components/data/table-access";
import { type Table as Described, inEnvironment } from "../description";
import { keyElsewhere } from "./key-elsewhere";
import type { Kind } from "./kind";

export const table: Kind<Described> = {
  make: its => {
    const { name, resource, resourceName, keeping, environment, opts } = its;
    const { capacity = "on-demand", recoveryDays = 35, replicas = [], ...args } = resource.args;
    const here = inEnvironment(capacity, environment.name);
    return {
      component: new Table(
        name,
        {
          ...args,
          ...keeping,
          tableName: resourceName,
          ...(here === "on-demand" ? {} : { capacity: here }),
          recoveryDays: inEnvironment(recoveryDays, environment.name),
          replicas: inEnvironment(replicas, environment.name).map(region => ({
            region,
            keyArn: keyElsewhere(its, region).arn,
          })),
          contributorInsights: environment.name === "prod",
        },
        opts,
      ),
    };
  },
  access: (at, name, access) => tableAccess(at, name, access as Described["offers"][number]),
};
