import { Parameter } from "../../components/data/parameter";
import { parameterAccess } from "../../components/data/parameter-access";
import { type Parameter as Described, inEnvironment } from "../description";
import type { Kind } from "./kind";

export const parameter: Kind<Described> = {
  nameIn: (product, name) => `/${product.name}/${name}`,
  make: ({ name, resource: { args }, resourceName, keeping, environment, opts }) => ({
    component: new Parameter(
      name,
      {
        ...keeping,
        description: args.description,
        value: inEnvironment(args.value, environment.name),
        parameterName: resourceName,
      },
      opts,
    ),
  }),
  access: (at, name) => parameterAccess(at, name, "read"),
};
