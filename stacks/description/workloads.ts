/** All that a product runs, whatever it is. */
import type { WorkloadGroup } from "./in-force-types";
import type { Product } from "./types";
import type { Container, Job, LambdaFunction, Service } from "./workload-types";

export const workloadGroups = ["services", "jobs", "functions"] as const satisfies readonly WorkloadGroup[];

interface Named<G extends WorkloadGroup, Words> {
  readonly group: G;
  readonly name: string;
  /** Where it is in the description. */
  readonly at: string;
  readonly words: Words;
}

export type Workload = Named<"services", Service> | Named<"jobs", Job> | Named<"functions", LambdaFunction>;

/** What has links to what the product keeps. */
export type Using = Pick<Container, "uses">;

export const workloadsOf = (product: Product): Workload[] =>
  workloadGroups.flatMap(group =>
    Object.entries(product[group] ?? {}).map(
      ([name, words]) =>
        ({ group, name, at: `products.${product.name}.${group}.${name}`, words }) as Workload,
    ),
  );

/** A setting that would hold a secret; the same names are refused of what is planned. */
const secretName = /PASSWORD|PASSWD|SECRET|TOKEN|_KEY$|_KEY_/;
/** Where a secret is kept, or how long it lives, is none. */
const tellsOfSecret = /_(ARN|NAME|URL|TTL|SECONDS)$/;

export const namesSecret = (setting: string): boolean =>
  secretName.test(setting) && !tellsOfSecret.test(setting);
