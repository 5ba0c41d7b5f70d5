/** The task of a service that a session goes into. */
import { clusterName, workloadName } from "../stacks/product-names";
import type { AwsCli } from "./aws-cli";
import { UsageError } from "./failures";
import type { OperatedPlace } from "./operated-place";

export interface RunningTask {
  readonly cluster: string;
  readonly id: string;
  readonly container: string;
  /** As Session Manager calls the container. */
  readonly runtimeId: string;
}

interface Container {
  readonly name: string;
  readonly runtimeId?: string;
  readonly managedAgents?: readonly { readonly name: string; readonly lastStatus?: string }[];
}

interface Task {
  readonly taskArn: string;
  readonly lastStatus?: string;
  readonly startedAt?: string | number;
  readonly enableExecuteCommand?: boolean;
  readonly containers: readonly Container[];
}

/** At most so many are described by one call. */
const described = 100;

const idOf = ({ taskArn }: Pick<Task, "taskArn">): string => taskArn.split("/").at(-1) ?? taskArn;

/** The CLI writes times as ISO 8601 does, or as seconds where it is told so. */
const startOf = ({ startedAt = 0 }: Task): number =>
  typeof startedAt === "number" ? startedAt * 1000 : Date.parse(startedAt);

/**
 * Finds a running task: the one that is named, or the newest of the service's, and says so.
 *
 * @throws {UsageError} where none runs, none can be gone into, or it has no such container.
 */
export function runningTask(
  { product, environment }: OperatedPlace,
  service: string,
  aws: AwsCli,
  { task: asked, container = service }: { readonly task?: string; readonly container?: string } = {},
): RunningTask {
  if (asked !== undefined && !/^[0-9a-f]{32}$/.test(asked))
    throw new UsageError(`--task ${asked}: a task's identifier has 32 digits from 0 to f`);
  const cluster = clusterName(product, service);
  const name = workloadName(product, service);
  const of = ["--cluster", cluster];
  const arns =
    asked === undefined
      ? aws.ask<{ taskArns: string[] }>(
          ["ecs", "list-tasks", ...of, "--service-name", name, "--desired-status", "RUNNING"],
          { taskArns: ["TASK"] },
        ).taskArns
      : [asked];
  if (arns.length === 0)
    throw new UsageError(
      `no task of ${name} runs in ${environment}; \`${aws.call(["ecs", "describe-services", ...of, "--services", name, "--query", "services[].events[:5].message"])}\` may say why`,
    );
  const { tasks } = aws.ask<{ tasks: Task[] }>(
    ["ecs", "describe-tasks", ...of, "--tasks", ...arns.slice(0, described)],
    {
      tasks: [
        {
          taskArn: asked ?? "TASK",
          lastStatus: "RUNNING",
          enableExecuteCommand: true,
          containers: [{ name: container, runtimeId: "CONTAINER_ID" }],
        },
      ],
    },
  );
  const running = tasks.filter(({ lastStatus }) => lastStatus === "RUNNING");
  if (running.length === 0)
    throw new UsageError(
      asked === undefined
        ? `no task of ${name} runs in ${environment} yet; ${arns.length} ${arns.length === 1 ? "is" : "are"} starting or stopping`
        : `the task ${asked} does not run in the cluster ${cluster}; without --task the newest of ${name} is taken`,
    );
  const open = running.filter(({ enableExecuteCommand }) => enableExecuteCommand === true);
  const [chosen] = open.sort((a, b) => startOf(b) - startOf(a) || idOf(a).localeCompare(idOf(b)));
  if (chosen === undefined)
    throw new UsageError(
      `${name} lets nobody in: its tasks were started without ECS Exec; deploy the service again to start others`,
    );
  const its = chosen.containers.find(one => one.name === container);
  if (its === undefined)
    throw new UsageError(
      `the task ${idOf(chosen)} has no container "${container}"; it has ${chosen.containers.map(one => one.name).join(", ")}`,
    );
  const agent = its.managedAgents?.find(one => one.name === "ExecuteCommandAgent");
  if (its.runtimeId === undefined || (agent !== undefined && agent.lastStatus !== "RUNNING"))
    throw new UsageError(
      `the container ${container} of the task ${idOf(chosen)} is not ready for sessions yet (its agent is ${agent?.lastStatus ?? "absent"}); try again in a minute`,
    );
  const which =
    asked === undefined && running.length > 1
      ? `, the newest of ${running.length} of ${name}`
      : ` of ${name}`;
  aws.say(
    aws.dryRun
      ? asked === undefined
        ? `TASK is the newest that runs of ${name}`
        : `the task ${asked}`
      : `Task ${idOf(chosen)}${which}, container ${container}`,
  );
  return { cluster, id: idOf(chosen), container, runtimeId: its.runtimeId };
}
