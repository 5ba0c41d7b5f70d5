/** Where runs of jobs and calls of functions wait that were asked for and could not begin: with the product, for 13 days. */
import type * as pulumi from "@pulumi/pulumi";
import { objectRuleArn } from "../components/compute/job-object-rule";
import type { Keeping } from "../components/data/keeping";
import { Queue } from "../components/data/queue";
import type { Product } from "./description";
import { workloadsOf } from "./description/workloads";
import { workloadName } from "./product-names";

/** No resource that a product keeps may be called so. */
export const missedRuns = "missed-runs";

export const missedRunsQueue = ({ name }: Product): string => `${name}-${missedRuns}`;

const begunByOthers = (product: Product) =>
  workloadsOf(product).filter(
    ({ group, words }) =>
      group === "functions" || (group === "jobs" && (words.schedule !== undefined || words.on !== undefined)),
  );

/** Whether rules of EventBridge put anything there. */
export const missesObjects = (product: Product): boolean => waitingForObjects(product).length > 0;

const waitingForObjects = (product: Product) =>
  begunByOthers(product).filter(({ words }) => "on" in words && words.on !== undefined);

export function missedRunsIn(
  product: Product,
  keeping: Keeping,
  opts: pulumi.ComponentResourceOptions,
): Queue | undefined {
  if (begunByOthers(product).length === 0) return undefined;
  return new Queue(
    missedRunsQueue(product),
    {
      ...keeping,
      queueName: missedRunsQueue(product),
      visibilityTimeout: 60,
      maxReceives: 5,
      topics: [],
      rules: waitingForObjects(product).map(({ name }) =>
        objectRuleArn(keeping.at, workloadName(product, name)),
      ),
      retentionHours: 312,
    },
    opts,
  );
}
