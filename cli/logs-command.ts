import { shortNameOf } from "../stacks/description/kept";
import { workloadGroups, workloadsOf } from "../stacks/description/workloads";
import { logGroupName } from "../stacks/product-names";
import { AwsCli, option } from "./aws-cli";
import { UsageError } from "./failures";
import { enter, type OperateOptions, operatedPlace, requireWorkload } from "./operated-place";
import { loadDescription } from "./project";

export interface LogsOptions extends OperateOptions {
  readonly follow?: boolean;
  readonly since?: string;
  readonly filter?: string;
}

/** Source: AWS CLI command reference, `aws logs tail`. */
const sinces = /^(\d{1,6}[smhdw]|\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?)$/;

/**
 * The logs of one workload, or of all of a product: one after the other, or, to follow them, at once. Each line then
 * says whose it is.
 */
export async function logsCommand(
  product: string,
  name: string | undefined,
  options: LogsOptions,
): Promise<void> {
  const { since = "10m", filter } = options;
  const place = operatedPlace(loadDescription("unasked"), product, options.env);
  if (name !== undefined) requireWorkload(place.product, name, workloadGroups);
  const names = name === undefined ? workloadsOf(place.product).map(its => its.name) : [name];
  if (names.length === 0)
    throw new UsageError(`${place.product.name} runs nothing, so that nothing is logged`);
  if (!sinces.test(since))
    throw new UsageError(
      `--since ${since}: say a number and s, m, h, d or w, such as 90m, or a time such as 2030-01-31T08:00:00Z`,
    );
  const aws = new AwsCli(place.region, options);
  enter(place, aws);
  for (const { name, words } of workloadsOf(place.product))
    if (names.includes(name) && "logs" in words && typeof words.logs === "object")
      aws.say(
        `${name} writes to ${shortNameOf(place.product, words.logs.to)} (${words.logs.to.kind}); its group has what its log router says`,
      );
  const width = Math.max(...names.map(({ length }) => length));
  const tail = (workload: string) =>
    aws.hand(
      [
        ...["logs", "tail", logGroupName(place.product, workload), "--since", since, "--format", "short"],
        ...(options.follow === true ? ["--follow"] : []),
        ...(filter === undefined ? [] : option("--filter-pattern", filter)),
      ],
      names.length === 1 ? undefined : `${workload.padEnd(width)}  `,
    );
  const tails: PromiseSettledResult<void>[] = [];
  if (options.follow === true) tails.push(...(await Promise.allSettled(names.map(tail))));
  else for (const workload of names) tails.push(...(await Promise.allSettled([tail(workload)])));
  // One that can not be read does not keep the others from being read.
  for (const each of tails) if (each.status === "rejected") throw each.reason;
}
