import { UserPool } from "../../components/data/user-pool";
import { userPoolAccess, userPoolPages, userPoolSignIn } from "../../components/data/user-pool-access";
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
        // A domain of the product's own would need a record above it.
        ...(Object.values(args.clients).some(({ callbackUrls }) => callbackUrls !== undefined)
          ? { pages: { prefix: userPoolPages(keeping.at, resourceName) } }
          : {}),
      },
      opts,
    ),
  }),
  access: (at, name, access, _resource, _user, client) =>
    access === "signIn"
      ? userPoolSignIn(at, name, client ?? "")
      : userPoolAccess(at, name, access as Exclude<Described["offers"][number], "signIn">),
};
