import { UserPool } from "../../components/data/user-pool";
import { userPoolAccess } from "../../components/data/user-pool-access";
import type { UserPool as Described } from "../description";
import type { Kind } from "./kind";

export const userPool: Kind<Described> = {
  make: ({ name, resource: { args }, resourceName, keeping, opts }) => ({
    component: new UserPool(
      name,
      {
        ...keeping,
        ...args,
        userPoolName: resourceName,
        // Unique in the region, among all of AWS's customers. A domain of the product's own would need a record above it.
        ...(Object.values(args.clients).some(({ callbackUrls }) => callbackUrls !== undefined)
          ? { pages: { prefix: `${resourceName}-${keeping.at.accountId}` } }
          : {}),
      },
      opts,
    ),
  }),
  access: (at, name, access) => userPoolAccess(at, name, access as Described["offers"][number]),
};
