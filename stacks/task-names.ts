/** Services that tasks of the same product call directly: where they are found, and who is told of them. */
import type * as pulumi from "@pulumi/pulumi";
import { TaskCall } from "../components/compute/task-call";
import { ServiceDiscovery } from "../components/names/service-discovery";
import type { Product } from "./description";
import { directCalls, taskNames, urlSetting } from "./description/calls";
import type { Where } from "./kinds";

/**
 * Below the account's own domain, and so nobody else's name in the world: a service that wants a certificate for its
 * name can have one. Not a short name, for `compute.internal` and the like are AWS's.
 */
const namespaceOf = (product: Product, { domain }: Where): string => `${product.name}.${taskNames}.${domain}`;

export function taskNamespace(
  product: Product,
  where: Where,
  vpcId: pulumi.Input<string>,
  opts: pulumi.ComponentResourceOptions,
): ServiceDiscovery | undefined {
  if (directCalls(product).length === 0) return undefined;
  return new ServiceDiscovery(product.name, { namespace: namespaceOf(product, where), vpcId }, opts);
}

/** What a service or task is told of the services that it calls. */
export const directSettings = (product: Product, workload: string, where: Where): Record<string, string> =>
  Object.fromEntries(
    directCalls(product)
      .filter(({ caller }) => caller === workload)
      .map(({ called, port }) => [
        urlSetting(called),
        `https://${called}.${namespaceOf(product, where)}:${port}`,
      ]),
  );

/** @param groups the tasks' security groups, by service or task. */
export function letTasksCall(
  product: Product,
  groups: Readonly<Record<string, pulumi.Output<string>>>,
  opts: pulumi.ComponentResourceOptions,
): void {
  const end = (workload: string) => ({
    what: `the tasks of ${product.name}-${workload}`,
    securityGroupId: groups[workload] as pulumi.Output<string>,
  });
  for (const { caller, called, port } of directCalls(product))
    new TaskCall(`${caller}-to-${called}`, { from: end(caller), to: end(called), port }, opts);
}
