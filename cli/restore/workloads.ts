/** What is stopped before a restore and started after it: all that could write meanwhile. */
import type { Product } from "../../stacks/description";
import { clusterName } from "../../stacks/product-names";
import { startedFunctions, stoppedFunctions } from "./functions";
import type { RestoreRequest } from "./request";
import { endedRuns, machineArn } from "./runs";
import { startedServices, stoppedServices } from "./services";
import type { Step } from "./step";
import { startedTriggers, stoppedTriggers } from "./triggers";

/** What begins others first; jobs may end with the services they call. */
export const stopping = (request: RestoreRequest): Step[] => [
  ...stoppedTriggers(request.product),
  ...endedRuns(request),
  ...stoppedServices(request.product),
  ...stoppedFunctions(request.product),
  ...stoppedTasks(request),
];

/** What is called first, and what begins others last. */
export const starting = ({ product }: RestoreRequest): Step[] => [
  ...startedFunctions(product),
  ...startedServices(product),
  ...startedTriggers(product),
];

/** Of jobs and services: Fargate's and those on instances. */
const clustersOf = (product: Product): string[] => [
  ...new Set(
    [...Object.keys(product.services ?? {}), ...Object.keys(product.jobs ?? {})].map(name =>
      clusterName(product, name),
    ),
  ),
];

/** A run of a job that began late is waited for here: AWS lists runs some seconds after they begin. */
function stoppedTasks(request: RestoreRequest): Step[] {
  const clusters = clustersOf(request.product);
  if (clusters.length === 0) return [];
  const jobs = Object.keys(request.product.jobs ?? {}).map(job => `end_runs ${machineArn(request, job)}\n`);
  return [
    {
      name: "stop_running",
      title: "Stop tasks that still run",
      body: `local task cluster status
${jobs.join("")}for cluster in ${clusters.join(" ")}; do
  status="$(to ecs describe-clusters --clusters "$cluster" --query 'clusters[0].status' | text)"
  if [[ "$status" != ACTIVE ]]; then continue; fi
  for task in $(to ecs list-tasks --cluster "$cluster" --desired-status RUNNING --query taskArns | tr -d '[]",\\n'); do
    to ecs stop-task --cluster "$cluster" --task "$task" --reason 'a restore is about to begin' >/dev/null
    to ecs wait tasks-stopped --cluster "$cluster" --tasks "$task"
  done
done`,
    },
  ];
}
