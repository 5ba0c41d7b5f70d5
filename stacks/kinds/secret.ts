import { Secret } from "../../components/data/secret";
import { secretAccess } from "../../components/data/secret-access";
import type { Secret as Described } from "../description";
import type { Kind } from "./kind";

export const secret: Kind<Described> = {
  // With a hyphen before it, a name of six letters would be taken for the end of an ARN.
  nameIn: (product, name) => `${product.name}/${name}`,
  make: ({ name, resource: { args }, resourceName, keeping, opts }) => ({
    component: new Secret(name, { ...keeping, ...args, secretName: resourceName }, opts),
  }),
  access: (at, name, access) => secretAccess(at, name, access as Described["offers"][number]),
};
