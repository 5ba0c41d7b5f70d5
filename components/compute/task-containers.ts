/** The containers of a task: the main one, and those beside it. */
import type { Statement } from "../identity/policy-document";
import { type ContainerArgs, toGroup } from "./container";
import { cachedImage, sidecarImages } from "./sidecars/images";
import { logRouter, logRouterName } from "./sidecars/log-router";
import { ownSidecar } from "./sidecars/own";
import type { Beside, SidecarParts } from "./sidecars/sidecar";
import { telemetryCollector, telemetryName } from "./sidecars/telemetry-collector";
import { tlsProxy, tlsProxyName } from "./sidecars/tls-proxy";
import type { TaskDefinitionArgs } from "./task-definition";
import type { TaskVolumes } from "./task-volumes";

export interface TaskContainers {
  /** The main one first; its image is added when it is known. */
  readonly main: Omit<ContainerArgs, "image">;
  readonly beside: readonly ContainerArgs[];
  /** The one that is called from outside the task. */
  readonly trafficContainerName: string;
  /** Parameters that ECS reads for those beside the main one. */
  readonly parameters: readonly string[];
  /** What they need of the task's role. */
  readonly statements: readonly Statement[];
}

/** What comes with words of TaskDefinition's, and is called so. */
const reserved = [tlsProxyName, logRouterName, telemetryName];

export const usualStopTimeout = 30;

/** @throws for names and ports that are there twice. */
export function taskContainers(args: TaskDefinitionArgs, { mounts, tmp }: TaskVolumes): TaskContainers {
  const { at, product, workload, port, stopTimeout = usualStopTimeout, restart = false } = args;
  const logs = toGroup(at.region, args.logGroup.name);
  const task: Beside = {
    at,
    product,
    workload,
    mainContainer: workload,
    logs,
    logGroupName: args.logGroup.name,
    stopTimeout,
    restart,
  };
  requireNames(workload, Object.keys(args.sidecars ?? {}));
  const images = { ...sidecarImages, ...args.sidecarImages };
  const of = (image: keyof typeof images) => cachedImage(at, images[image]);
  const parts: SidecarParts[] = [
    ...(args.tlsProxy === undefined ? [] : [tlsProxy(task, of("tlsProxy"), args.tlsProxy)]),
    ...(args.logs === undefined ? [] : [logRouter(task, of("logRouter"), args.logs)]),
    ...(args.telemetry === undefined ? [] : [telemetryCollector(task, of("telemetry"), args.telemetry)]),
    ...Object.entries(args.sidecars ?? {}).map(([name, sidecar]) => ownSidecar(task, name, sidecar)),
  ];
  if (args.tlsProxy !== undefined && port !== undefined && port !== args.tlsProxy.listensOn)
    throw new Error(
      `port is ${port} and tlsProxy.listensOn ${args.tlsProxy.listensOn}; who calls the task calls the proxy, so they are the same`,
    );
  const ownPort = args.tlsProxy === undefined ? port : undefined;
  requirePorts([...(ownPort === undefined ? [] : [ownPort]), ...parts.flatMap(({ ports = [] }) => ports)]);
  return {
    main: {
      name: workload,
      essential: true,
      command: args.command,
      environment: Object.assign({}, ...parts.map(its => its.environment ?? {}), args.environment),
      secrets: { ...args.fromParameters, ...args.fromSecrets },
      ...(ownPort === undefined ? {} : { port: ownPort }),
      tmp,
      mounts,
      logs: parts.find(({ mainLogs }) => mainLogs)?.mainLogs ?? logs,
      stopTimeout,
      restart,
    },
    beside: parts.map(its => its.container),
    parameters: parts.flatMap(its => [
      ...Object.values(its.mainLogs?.secrets ?? {}),
      ...Object.values(its.container.secrets ?? {}),
    ]),
    trafficContainerName: args.tlsProxy === undefined ? workload : tlsProxyName,
    statements: parts.flatMap(({ statements = [] }) => statements),
  };
}

function requireNames(main: string, sidecars: readonly string[]): void {
  if (reserved.includes(main))
    throw new Error(`workload is ${main}; containers that come beside one are called ${reserved.join(", ")}`);
  for (const name of sidecars) {
    if (name === main)
      throw new Error(`the sidecar ${name} is called as the main container beside it is; call it otherwise`);
    if (reserved.includes(name))
      throw new Error(
        `the sidecar ${name} is called as one that comes with a task; call it none of ${reserved.join(", ")}`,
      );
    if (!/^[A-Za-z0-9_-]{1,255}$/.test(name))
      throw new Error(
        `the sidecar ${name} must be called by at most 255 letters, digits, hyphens and underscores`,
      );
  }
}

/** All containers of a task share its ports. */
function requirePorts(ports: readonly number[]): void {
  const twice = ports.find((port, index) => ports.indexOf(port) !== index);
  if (twice !== undefined)
    throw new Error(
      `two containers of the task listen on port ${twice}; containers of a task share their ports: choose another`,
    );
}
