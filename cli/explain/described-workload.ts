/** What commands are asked about, held against the description: a product, something it runs, an environment. */
import {
  type EnvironmentName,
  environmentNames,
  type LandingZone,
  type Product,
} from "../../stacks/description";
import { environmentsOf, livesIn } from "../../stacks/description/product-places";
import { type Workload, workloadsOf } from "../../stacks/description/workloads";
import { describedProduct } from "../described-product";
import { UsageError } from "../failures";

export interface DescribedWorkload {
  readonly product: Product;
  readonly workload: Workload;
}

/** @throws {UsageError} which lists what there is. */
export function describedWorkload(zone: LandingZone, productName: string, name: string): DescribedWorkload {
  const product = describedProduct(zone, productName);
  const workloads = workloadsOf(product);
  const workload = workloads.find(candidate => candidate.name === name);
  if (workload === undefined)
    throw new UsageError(
      `${productName} has no service, job or function "${name}"; ${
        workloads.length === 0
          ? "it runs nothing"
          : `there are: ${workloads.map(({ name: its }) => its).join(", ")}`
      }`,
    );
  return { product, workload };
}

/** @throws {UsageError} for an environment that there is not, or that the product does not live in. */
export function environmentIn(product: Product, option: string, text: string): EnvironmentName {
  const environment = environmentNames.find(name => name === text);
  if (environment === undefined)
    throw new UsageError(
      `${option} ${text}: there is no environment "${text}"; there are: ${environmentNames.join(", ")}`,
    );
  if (!livesIn(product, environment))
    throw new UsageError(
      `${option} ${text}: ${product.name} does not live in ${environment}; it lives in ${environmentsOf(product).join(", ")}`,
    );
  return environment;
}
