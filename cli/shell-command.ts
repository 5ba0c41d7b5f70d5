import { AwsCli, option, requireSessionPlugin } from "./aws-cli";
import { UsageError } from "./failures";
import { enter, type OperateOptions, operatedPlace, requireWorkload } from "./operated-place";
import { loadDescription } from "./project";
import { runningTask } from "./running-task";
import { type BreakGlassOptions, requirePermission, sayBrokenGlass } from "./shell-permission";

export interface ShellOptions extends OperateOptions, BreakGlassOptions {
  readonly container?: string;
  readonly task?: string;
  readonly command?: string;
}

/**
 * A shell in a running task, by ECS Exec: no port is open for it, no key is handed out, and it is recorded.
 *
 * @throws {UsageError} before any call where the description does not let people in.
 */
export async function shellCommand(product: string, service: string, options: ShellOptions): Promise<void> {
  const place = operatedPlace(loadDescription("unasked"), product, options.env);
  requireWorkload(place.product, service, ["services"]);
  if (options.container !== undefined && !/^[\w-]{1,255}$/.test(options.container))
    throw new UsageError(`--container ${options.container}: letters, digits, hyphens and underscores`);
  requirePermission(place, "a shell", options);
  const aws = new AwsCli(place.region, options);
  requireSessionPlugin(aws);
  const caller = enter(place, aws);
  sayBrokenGlass(place, aws, "what is typed and shown is kept in CloudWatch Logs", caller);
  const { cluster, id, container } = runningTask(place, service, aws, options);
  await aws.hand([
    ...["ecs", "execute-command", "--cluster", cluster, "--task", id, "--container", container],
    ...["--interactive", ...option("--command", options.command ?? "/bin/sh")],
  ]);
}
