import { AwsCli, requireSessionPlugin } from "./aws-cli";
import { UsageError } from "./failures";
import { loginText } from "./forward-login";
import { enter, type OperateOptions, operatedPlace, requireWorkload } from "./operated-place";
import { loadDescription } from "./project";
import { runningTask } from "./running-task";
import { type BreakGlassOptions, requirePermission, sayBrokenGlass } from "./shell-permission";

export interface ForwardOptions extends OperateOptions, BreakGlassOptions {
  readonly port?: string;
  readonly through?: string;
}

/** Ports below are root's; what listens there is forwarded from so much higher. */
const privileged = { below: 1024, raise: 8000 };

/**
 * A tunnel to a database, a cache or a search domain: Session Manager leads it into a task of a service that is linked
 * to the resource, which lets nobody else in, and on to the host.
 *
 * Source: Systems Manager user guide, "Starting a session (port forwarding to remote host)".
 * @throws {UsageError} before any call where the description does not let people in, or there is no way to it.
 */
export async function forwardCommand(product: string, data: string, options: ForwardOptions): Promise<void> {
  const place = operatedPlace(loadDescription("unasked"), product, options.env);
  if (options.through !== undefined) requireWorkload(place.product, options.through, ["services"]);
  requirePermission(place, "a tunnel", options);
  const port = options.port === undefined ? undefined : portOf(options.port);
  // Kinds of resources bring the SDK with them, which takes its time.
  const { forwardTarget } = require("./forward-targets") as typeof import("./forward-targets");
  const target = forwardTarget(place, data, options.through);
  const localPort = port ?? (target.port < privileged.below ? target.port + privileged.raise : target.port);
  const aws = new AwsCli(place.region, options);
  requireSessionPlugin(aws);
  const caller = enter(place, aws);
  sayBrokenGlass(place, aws, "what goes through the tunnel is not", caller);
  const { Parameter: parameter } = aws.ask<{ Parameter: { Value: string } }>(
    ["ssm", "get-parameter", "--name", target.hostParameter],
    { Parameter: { Value: "HOST" } },
  );
  const host = parameter.Value;
  if (aws.dryRun) aws.say("HOST is the value of that");
  const { cluster, id, container, runtimeId } = runningTask(place, target.service, aws);
  if (aws.dryRun) aws.say(`CONTAINER_ID is the runtimeId of its container ${container}`);
  aws.say(
    `${target.name} (${target.kind}) at 127.0.0.1:${localPort}, through ${target.service}, which is linked to it`,
  );
  for (const line of loginText({ target, host, localPort, region: place.region }, aws)) aws.say(line);
  await aws.hand([
    ...["ssm", "start-session", "--target", `ecs:${cluster}_${id}_${runtimeId}`],
    ...["--document-name", "AWS-StartPortForwardingSessionToRemoteHost"],
    "--parameters",
    JSON.stringify({ host: [host], portNumber: [`${target.port}`], localPortNumber: [`${localPort}`] }),
  ]);
}

function portOf(asked: string): number {
  const number = Number(asked);
  if (!/^\d+$/.test(asked) || number < 1 || number > 65_535)
    throw new UsageError(`--port ${asked}: a port of this machine, 1 to 65535`);
  return number;
}
