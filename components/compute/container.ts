/** Containers of a task definition, as ECS reads them. All of a task are made here, so that all are held alike. */

/** Who the process in a container is: not root, and nobody the image knows. */
const user = "65532:65532";

export interface ContainerArgs {
  readonly name: string;
  /** With registry and tag or digest. */
  readonly image: string;
  /** The task ends when it ends. */
  readonly essential: boolean;
  /** Replaces the image's. */
  readonly entryPoint?: readonly string[];
  readonly command?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Settings that ECS reads when a task starts: what `valueFrom` takes. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Where it listens for others than the containers beside it. */
  readonly port?: number;
  readonly tmp: Tmp;
  readonly mounts?: readonly MountPoint[];
  readonly logs: LogConfiguration;
  /** Seconds from being told to stop to being stopped. */
  readonly stopTimeout: number;
  /** ECS starts it again when it ends, however it ends. */
  readonly restart: boolean;
  /** Containers that must have started before this one does. It is told to stop before they are. */
  readonly after?: readonly string[];
  /** Of the task's CPU units and MiB; default: what is left. */
  readonly cpu?: number;
  readonly memory?: number;
  /** It takes the logs of the others. */
  readonly routesLogs?: boolean;
}

/**
 * `/tmp`: in the task's memory, at most so many MiB; or on a volume of the task. A new volume belongs to root, and
 * whoever is not root can write to it only where the image says `VOLUME /tmp`; memory can be written to by all.
 * Sources: ECS developer guide, "Use bind mounts with Amazon ECS"; ECS API reference, "Tmpfs".
 */
export type Tmp = { readonly memoryMib: number; readonly programs: boolean } | { readonly volume: string };

export interface MountPoint {
  readonly volume: string;
  readonly path: string;
  readonly readOnly: boolean;
}

export interface LogConfiguration {
  readonly logDriver: "awslogs" | "awsfirelens";
  readonly options: Readonly<Record<string, string>>;
  /** Options whose values are kept in parameters: their ARNs. */
  readonly secrets?: Readonly<Record<string, string>>;
}

/** Seconds that a container must have run to be started again; ECS takes 60 at least. What ends sooner never will run. */
const restartAttemptPeriod = 60;

/**
 * A container that runs as a user that is not root, without Linux capabilities and without a way to more, on a root
 * file system that it can not write to.
 *
 * With a tag, all tasks of a deployment run the digest that it stood for when the deployment began: `versionConsistency`
 * is `enabled` where it is not said.
 *
 * Sources: FSBP controls ECS.4, ECS.5, ECS.8, ECS.9, ECS.20; ECS API reference, "ContainerDefinition"; ECS developer
 * guide, "Restart individual containers in Amazon ECS tasks with container restart policies".
 */
export const container = (args: ContainerArgs): object => ({
  name: args.name,
  image: args.image,
  essential: args.essential,
  user,
  privileged: false,
  readonlyRootFilesystem: true,
  linuxParameters: {
    initProcessEnabled: true,
    capabilities: { drop: ["ALL"] },
    ...("memoryMib" in args.tmp ? { tmpfs: [inMemory(args.tmp)] } : {}),
  },
  mountPoints: [
    ...("volume" in args.tmp ? [{ volume: args.tmp.volume, path: "/tmp", readOnly: false }] : []),
    ...(args.mounts ?? []),
  ].map(({ volume, path, readOnly }) => ({ sourceVolume: volume, containerPath: path, readOnly })),
  ...(args.port === undefined ? {} : { portMappings: [{ containerPort: args.port, protocol: "tcp" }] }),
  ...(args.entryPoint === undefined ? {} : { entryPoint: args.entryPoint }),
  ...(args.command === undefined ? {} : { command: args.command }),
  ...(args.cpu === undefined ? {} : { cpu: args.cpu }),
  ...(args.memory === undefined ? {} : { memory: args.memory }),
  environment: named(args.environment, "value"),
  ...unlessEmpty("secrets", named(args.secrets ?? {}, "valueFrom")),
  ...unlessEmpty(
    "dependsOn",
    (args.after ?? []).map(containerName => ({ containerName, condition: "START" })),
  ),
  stopTimeout: args.stopTimeout,
  ...(args.restart ? { restartPolicy: { enabled: true, restartAttemptPeriod } } : {}),
  ...(args.routesLogs
    ? { firelensConfiguration: { type: "fluentbit", options: { "enable-ecs-log-metadata": "true" } } }
    : {}),
  logConfiguration: {
    logDriver: args.logs.logDriver,
    options: args.logs.options,
    ...unlessEmpty("secretOptions", named(args.logs.secrets ?? {}, "valueFrom")),
  },
});

const inMemory = ({ memoryMib, programs }: Extract<Tmp, { memoryMib: number }>) => ({
  containerPath: "/tmp",
  size: memoryMib,
  mountOptions: [programs ? "exec" : "noexec", "nosuid", "nodev"],
});

const named = (by: Readonly<Record<string, string>>, what: "value" | "valueFrom") =>
  Object.entries(by).map(([name, value]) => ({ name, [what]: value }));

const unlessEmpty = (key: string, list: readonly object[]) => (list.length === 0 ? {} : { [key]: list });

/** To a group of CloudWatch Logs, in streams `task/<container>/<task>`. */
export const toGroup = (region: string, logGroupName: string): LogConfiguration => ({
  logDriver: "awslogs",
  options: {
    "awslogs-group": logGroupName,
    "awslogs-region": region,
    "awslogs-stream-prefix": "task",
  },
});
