import { Search } from "../../components/data/search";
import { searchAccess } from "../../components/data/search-access";
import { zonesFor } from "../addresses";
import { type Search as Described, inEnvironment } from "../description";
import type { Kind } from "./kind";

export const search: Kind<Described> = {
  make: ({ name, resource: { args }, resourceName, keeping, product, environment, opts }) => {
    const component = new Search(
      name,
      {
        ...keeping,
        ...inEnvironment(args.capacity, environment.name),
        domainName: resourceName,
        engineVersion: inEnvironment(args.version, environment.name),
        zones: zonesFor(environment).length,
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
  access: (at, name, access) => searchAccess(at, name, access as Described["offers"][number]),
};
