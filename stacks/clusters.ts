/** The ECS clusters of a product: one for all that it runs, or one for each service and job. */
import { Cluster } from "../components/compute/cluster";
import { Instances } from "../components/compute/instances";
import type { RunningPlace } from "./containers";
import type { Product } from "./description";
import { inForce } from "./description/in-force";
import { workloadsOf } from "./description/workloads";
import { clusterName } from "./product-names";
import { ofProduct, tagsOf } from "./providers";
import { shellLogGroupName } from "./workload-logs";

export interface RunningCluster {
  readonly cluster: Cluster;
  readonly instances?: Instances;
}

const containersOf = (product: Product) => workloadsOf(product).filter(({ group }) => group !== "functions");

/** The names of all clusters of a product. */
export const clusterNames = (product: Product): string[] => [
  ...new Set(containersOf(product).map(({ name }) => clusterName(product, name))),
];

/** @returns by service or job, the cluster that it runs in. */
export function clustersOf(place: RunningPlace): (workload: string) => RunningCluster {
  const { product } = place;
  const made = new Map(clusterNames(product).map(name => [name, clusterOf(place, name)]));
  return workload => made.get(clusterName(product, workload)) as RunningCluster;
}

function clusterOf(place: RunningPlace, name: string): RunningCluster {
  const { product, where, kept, provider } = place;
  const instances = onInstances(place, name) ? instancesOf(place, name) : undefined;
  const cluster = new Cluster(
    name,
    {
      clusterName: name,
      at: where.at,
      logGroup: { name: shellLogGroupName(product) },
      keyArn: kept.logKeyArn,
      storageKeyArn: kept.dataKeyArn,
      ...(instances === undefined ? {} : { instances }),
    },
    { provider },
  );
  return { cluster, ...(instances === undefined ? {} : { instances }) };
}

const onInstances = ({ zone, product, environment }: RunningPlace, cluster: string): boolean =>
  Object.keys(product.services ?? {}).some(
    name =>
      clusterName(product, name) === cluster &&
      inForce(zone, product, "services", name, environment.name).words.capacity === "instances",
  );

function instancesOf({ product, environment, where, kept, provider }: RunningPlace, name: string): Instances {
  const { instances } = product;
  if (instances === undefined) throw new Error(`the product ${product.name} has no instances`);
  return new Instances(
    name,
    {
      ...instances,
      product: product.name,
      clusterName: name,
      at: where.at,
      vpcId: kept.vpcId,
      subnetIds: kept.taskSubnetIds,
      tags: tagsOf(ofProduct(product, environment.name)),
    },
    { provider },
  );
}
