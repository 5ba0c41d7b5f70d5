/** Runs of jobs: each has a state machine, which tries again what failed. */
import { arn } from "../../components/location";
import { shortName } from "../../components/short-name";
import { workloadName } from "../../stacks/product-names";
import type { RestoreRequest } from "./request";
import type { Step } from "./step";
import { stepName } from "./step";

const machineName = ({ product }: RestoreRequest, job: string): string =>
  shortName(workloadName(product, job), 80);

/** Of the target. */
export const machineArn = (request: RestoreRequest, job: string): string =>
  arn("states", request.to.where.at, `stateMachine:${machineName(request, job)}`);

/** Waits: whose tasks are stopped, that starts others. */
export const endedRuns = (request: RestoreRequest): Step[] =>
  Object.keys(request.product.jobs ?? {}).map(job => ({
    name: stepName("end_runs", job),
    title: `Wait until no run of the job ${job} goes on`,
    body: `end_runs ${machineArn(request, job)}`,
  }));

/**
 * As whoever says `lz run`: tried again when it fails, as the job says. A run has the name of the attempt, so that one
 * whose answer was lost is found, and not begun twice.
 *
 * Sources: Step Functions API reference, "StartExecution" (idempotence), "DescribeExecution"; components/compute/
 * job-definition.ts for the output.
 */
export function masking(request: RestoreRequest, job: string): Step {
  const runs = arn("states", request.to.where.at, `execution:${machineName(request, job)}`);
  return {
    name: stepName("mask", job),
    title: `Mask what was restored, by the job ${job}, before any service sees it`,
    body: `local run ended=0
run="${runs}:$(token mask)"
if ! exists to stepfunctions describe-execution --execution-arn "$run"; then
  to stepfunctions start-execution --state-machine-arn ${machineArn(request, job)} --name "$(token mask)" --input '{}' >/dev/null
fi
await SUCCEEDED 'FAILED|TIMED_OUT|ABORTED' to stepfunctions describe-execution --execution-arn "$run" --query status || ended=$?
if [[ "$ended" == 1 ]]; then
  to stepfunctions describe-execution --execution-arn "$run" --query '[error, cause]' >&2 || true
  try_again mask
  fail "the job ${job} did not end well; services stay stopped. Its log group is /landing-zone/${request.product.name}/${job}; run this script again to mask again"
fi
if [[ "$ended" != 0 ]]; then fail "AWS does not say how the job ${job} goes; run this script again"; fi
if [[ "$(to stepfunctions describe-execution --execution-arn "$run" --query output | text)" == *true* ]]; then
  try_again mask
  fail "the job ${job} was left out, because another run of it went on; services stay stopped; run this script again to mask again"
fi`,
  };
}
