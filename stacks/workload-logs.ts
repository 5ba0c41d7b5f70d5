/**
 * Where what a product runs writes its logs. They are kept with the product and not with its services: neither a release
 * nor a service stack that is destroyed loses any.
 */
import type * as pulumi from "@pulumi/pulumi";
import type { Location } from "../components/location";
import { LogGroup } from "../components/observability/log-group";
import type { Product } from "./description";
import { workloadsOf } from "./description/workloads";
import { logGroupName, workloadName } from "./product-names";

/**
 * What a job's state machine says of its runs. Source: Step Functions developer guide, "Using CloudWatch Logs to log
 * execution history in Step Functions": groups below this name need no room in the account's policy for logs.
 */
export const runLogGroupName = (product: Product, job: string): string =>
  `/aws/vendedlogs/states/${workloadName(product, job)}`;

/** What people did in running containers. No workload has a slash in its name. */
export const shellLogGroupName = (product: Product): string => `${logGroupName(product, "shell")}/sessions`;

/** Of all, with names or patterns, for the key that encrypts them. */
export const workloadLogPatterns = (product: Product): string[] => [
  `/landing-zone/${product.name}/*`,
  ...Object.keys(product.jobs ?? {}).map(job => runLogGroupName(product, job)),
];

export interface WorkloadLogsArgs {
  readonly product: Product;
  readonly at: Location;
  readonly keyArn: pulumi.Input<string>;
  readonly retentionDays: number;
}

export function workloadLogs(
  { product, ...kept }: WorkloadLogsArgs,
  opts: pulumi.ComponentResourceOptions,
): void {
  const workloads = workloadsOf(product);
  const groups: Record<string, string> = {
    ...Object.fromEntries(workloads.map(({ name }) => [name, logGroupName(product, name)])),
    ...Object.fromEntries(
      Object.keys(product.jobs ?? {}).map(job => [`${job}-runs`, runLogGroupName(product, job)]),
    ),
    ...(workloads.some(({ group }) => group !== "functions")
      ? { "shell-sessions": shellLogGroupName(product) }
      : {}),
  };
  for (const [name, group] of Object.entries(groups))
    new LogGroup(`${product.name}-${name}`, { ...kept, name: group }, opts);
}
