/** A service as a product's stack makes it, planned. */
import type { CustomResourceOptions, ResourceTransformationArgs } from "@pulumi/pulumi";
import type { PlannedResource } from "../../../cli/planner";
import { Cluster } from "../../../components/compute/cluster";
import { Service, type ServiceArgs } from "../../../components/compute/service";
import type { ListenerRoute, NetworkRoute } from "../../../components/compute/service-routes";
import { at, type Planned, planned } from "../planned";
import { alarmTopics } from "../told";

export const internal: ListenerRoute = {
  kind: "listener",
  listenerArn: "arn:listener",
  loadBalancer: "app/orders/0123456789abcdef",
  loadBalancerSecurityGroupId: "sg-balancer",
  priority: 7,
  conditions: { path: "/orders/*" },
  protocol: "http1",
  health: {},
};

/** The same path, from the internet. */
export const fromInternet: ListenerRoute = {
  ...internal,
  listenerArn: "arn:public",
  loadBalancer: "app/orders-public/0123456789abcdef",
  loadBalancerSecurityGroupId: "sg-public",
  requiredHeader: { name: "x-origin", value: "known" },
};

export const network: NetworkRoute = {
  kind: "network",
  targetGroupArn: "arn:network",
  loadBalancerSecurityGroupId: "sg-network",
};

export const image = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/orders/api:1.2.3";

export const serviceArgs = (cluster: Cluster): ServiceArgs => ({
  cluster,
  product: "orders",
  workload: "api",
  at,
  vpcId: "vpc-1",
  subnetIds: ["subnet-a", "subnet-b", "subnet-c"],
  image,
  repositories: ["orders/api"],
  cpu: 256,
  memory: 512,
  environment: { ORDERS_TABLE: "orders-orders" },
  statements: [],
  logGroup: { name: "/landing-zone/orders/api" },
  scaling: { min: 2, max: 6 },
  port: 8443,
  routes: { internal },
  alarmTopics,
});

export const clusterArgs = {
  clusterName: "orders",
  at,
  keyArn: "arn:aws:kms:eu-central-1:111122223333:key/orders",
  logGroup: { name: "/landing-zone/orders/sessions" },
};

export const service = (args: Partial<ServiceArgs> = {}): Promise<Planned> =>
  planned(() => {
    const cluster = new Cluster("orders", clusterArgs);
    new Service("api", { ...serviceArgs(cluster), ...args });
  });

/** The ECS service, which is not the component. */
export const ecs = (stack: Planned): PlannedResource => stack.one("aws:ecs/service:Service");

/** What a plan does not tell of: the options of each resource, by type and name. */
export async function options(args: Partial<ServiceArgs>): Promise<Map<string, CustomResourceOptions>> {
  const seen = new Map<string, CustomResourceOptions>();
  const look = ({ type, name, opts }: ResourceTransformationArgs) => {
    seen.set(`${type.split(":").at(-1)} ${name}`, opts);
    return undefined;
  };
  await planned(() => {
    const cluster = new Cluster("orders", clusterArgs);
    new Service("api", { ...serviceArgs(cluster), ...args }, { transformations: [look] });
  });
  return seen;
}
