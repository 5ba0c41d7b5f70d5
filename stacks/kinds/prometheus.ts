import { Prometheus } from "../../components/data/prometheus";
import { prometheusAccess } from "../../components/data/prometheus-access";
import { type Prometheus as Described, inEnvironment } from "../description";
import type { Kind } from "./kind";

export const prometheus: Kind<Described> = {
  make: ({ name, resource: { args }, resourceName, keeping, product, environment, opts }) => ({
    component: new Prometheus(
      name,
      {
        ...keeping,
        workspaceName: resourceName,
        ...(args.retentionDays === undefined
          ? {}
          : { retentionDays: inEnvironment(args.retentionDays, environment.name) }),
        ...(args.grafana === undefined ? {} : { grafana: inEnvironment(args.grafana, environment.name) }),
        logs: {
          keyArn: keeping.keyArn,
          retentionDays: environment.logRetentionDays,
          groupPrefix: `/landing-zone/${product.name}/${name}`,
        },
      },
      opts,
    ),
  }),
  access: (at, name, access) => prometheusAccess(at, name, access as Described["offers"][number]),
};
