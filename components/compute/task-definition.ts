import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement, trustService } from "../identity/policy-document";
import { productRole, productRoleArn } from "../identity/product-role";
import { requirePort } from "../ingress/callers";
import type { Location } from "../location";
import { writeLogs } from "../observability/log-group";
import { container } from "./container";
import { repositoryOf } from "./image-reference";
import type { SidecarImages } from "./sidecars/images";
import type { LogRouting } from "./sidecars/log-router";
import type { SidecarArgs } from "./sidecars/own";
import type { TelemetryArgs } from "./sidecars/telemetry-collector";
import type { TlsProxyArgs } from "./sidecars/tls-proxy";
import { taskContainers } from "./task-containers";
import { parameterStatements, pullStatements, type ShellLogs, shellStatements } from "./task-permissions";
import { type Mount, taskVolumes } from "./task-volumes";

export interface TaskDefinitionArgs {
  /** The product and the service or task: names the task definition's family, its roles and its main container. */
  readonly product: string;
  readonly workload: string;
  readonly at: Location;
  /** The whole reference of the main container's image; see imageReference. An output where it is built in this update. */
  readonly image: pulumi.Input<string>;
  /** Repositories of the account's registry that it is in: `orders/api`. Those of sidecars are found by their images. */
  readonly repositories: readonly string[];
  /** In units of a 1,024th vCPU. */
  readonly cpu: number;
  /** In MiB. */
  readonly memory: number;
  /** Default: ARM64. */
  readonly architecture?: "ARM64" | "X86_64";
  /** Default: FARGATE. EC2: instances of the cluster. */
  readonly launch?: "FARGATE" | "EC2";
  /**
   * GiB of Fargate's disk, 21 to 200, with `/tmp` on it: the image must then say `VOLUME /tmp`, or only root may write
   * there. Default: `/tmp` in memory.
   */
  readonly storageGiB?: number;
  /** Where it is called, 1 to 65535: the main container, or the proxy where there is one. */
  readonly port?: number;
  readonly command?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Settings that ECS reads when a task starts, from parameters of SSM by ARN. The main container's only. */
  readonly fromParameters?: Readonly<Record<string, string>>;
  /** The same from secrets: what `valueFrom` takes; see secretValueFrom. */
  readonly fromSecrets?: Readonly<Record<string, string>>;
  /** What the role that starts the task needs for these. */
  readonly startStatements?: readonly Statement[];
  /** File systems of EFS that the main container finds in its own tree, by a short name. */
  readonly mounts?: Readonly<Record<string, Mount>>;
  /** What the task may do, and nothing else. */
  readonly statements: readonly Statement[];
  /** Made elsewhere, so that what a task has said outlives it. */
  readonly logGroup: { readonly name: string };
  /** Seconds that a container has to end when it is told to, 1 to 120; default 30. */
  readonly stopTimeout?: number;
  /** Somebody may be let into the main container, by ECS Exec. Default false. */
  readonly shell?: boolean;
  /** Where the cluster logs what is done there; needed with `shell` where it does. */
  readonly shellLogs?: ShellLogs;
  /** Containers that end are started again, without a new task. For what runs all the time. Default false. */
  readonly restart?: boolean;
  /** Containers beside the main one, by their names. */
  readonly sidecars?: Readonly<Record<string, SidecarArgs>>;
  /** A container that speaks TLS for the main one. */
  readonly tlsProxy?: TlsProxyArgs;
  /** Where the main container's logs go; default: to `logGroup`, without a container that routes them. */
  readonly logs?: LogRouting;
  readonly telemetry?: TelemetryArgs;
  /** Other images than the usual for the proxy, the router and the collector, as in sidecarImages. */
  readonly sidecarImages?: Partial<SidecarImages>;
}

/**
 * A task definition, and what belongs to it alone: an execution role that may pull its images, write to its log group and
 * read its parameters, and a task role that may do what it is told.
 *
 * All of its containers run as a user that is not root, without Linux capabilities, on a root file system that they can
 * not write to; `/tmp` they can, and what they mount to write. Everything in their definition is known in a plan, but for
 * an image that is built in this update. Revisions stay when the next one comes: that is what a deployment goes back to.
 *
 * Refused: `latest`, and images outside the account's registry or `repositories`; ports that are none or there twice;
 * names of containers that are there twice; another storage or stop timeout than ECS takes; storage on instances, which
 * have disks of their own. Fargate's pairs of CPU and memory are the description's to check.
 *
 * Sources: FSBP controls ECS.4, ECS.5, ECS.8, ECS.9, ECS.20; ECS developer guide, "Task execution IAM role", "Fargate task
 * ephemeral storage for Amazon ECS".
 */
export class TaskDefinition extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly family: string;
  readonly containerName: string;
  /** The container that a load balancer calls. */
  readonly trafficContainerName: string;
  readonly roleArns: { readonly task: string; readonly execution: string };

  constructor(name: string, args: TaskDefinitionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:compute:TaskDefinition", name, {}, opts);
    const { at, product, workload, launch = "FARGATE", shell = false } = args;
    requireLimits(args);
    const here = { parent: this };
    this.family = `${product}-${workload}`;
    this.containerName = workload;

    const { volumes, ...mounted } = taskVolumes({ ...args, shell });
    const { main, beside, ...containers } = taskContainers(args, { volumes, ...mounted });
    this.trafficContainerName = containers.trafficContainerName;

    const permissions: aws.iam.RolePolicy[] = [];
    const role = (purpose: "task" | "execution", statements: readonly Statement[]): aws.iam.Role => {
      const roleName = `${name}-${purpose}`;
      const made = new aws.iam.Role(
        roleName,
        {
          ...productRole(at.accountId),
          name: this.roleName(purpose),
          assumeRolePolicy: trustService("ecs-tasks.amazonaws.com", at.accountId),
        },
        here,
      );
      if (statements.length > 0)
        permissions.push(
          new aws.iam.RolePolicy(roleName, { role: made.name, policy: policyDocument(statements) }, here),
        );
      return made;
    };
    const repositories = [...args.repositories, ...beside.map(({ image }) => repositoryOf(at, image))];
    const execution = role("execution", [
      writeLogs(at, args.logGroup.name),
      ...pullStatements(at, [...new Set(repositories)]),
      ...parameterStatements([...Object.values(args.fromParameters ?? {}), ...containers.parameters]),
      ...(args.startStatements ?? []),
    ]);
    const task = role("task", [
      ...args.statements,
      ...containers.statements,
      ...(shell ? shellStatements(at, args.shellLogs) : []),
    ]);
    this.roleArns = {
      task: productRoleArn(at.accountId, this.roleName("task")),
      execution: productRoleArn(at.accountId, this.roleName("execution")),
    };

    const definitions = (image: string) =>
      JSON.stringify([container({ ...main, image }), ...beside.map(container)]);
    const definition = new aws.ecs.TaskDefinition(
      name,
      {
        family: this.family,
        cpu: String(args.cpu),
        memory: String(args.memory),
        networkMode: "awsvpc",
        requiresCompatibilities: [launch],
        runtimePlatform: {
          cpuArchitecture: args.architecture ?? "ARM64",
          operatingSystemFamily: "LINUX",
        },
        taskRoleArn: task.arn,
        executionRoleArn: execution.arn,
        ...(args.storageGiB === undefined ? {} : { ephemeralStorage: { sizeInGib: args.storageGiB } }),
        volumes,
        containerDefinitions:
          typeof args.image === "string"
            ? definitions(args.image)
            : pulumi.output(args.image).apply(definitions),
        skipDestroy: true,
        tags: { service: workload },
      },
      // A task that starts needs them; the definition does not name them.
      { ...here, dependsOn: permissions },
    );
    this.arn = definition.arn;
    this.registerOutputs({ arn: this.arn });
  }

  private roleName(purpose: string): string {
    return `${this.family}-${purpose}`;
  }
}

function requireLimits(args: TaskDefinitionArgs): void {
  const { at, image, repositories, port, storageGiB, stopTimeout, launch = "FARGATE" } = args;
  if (typeof image === "string") {
    const repository = repositoryOf(at, image);
    if (!repositories.includes(repository))
      throw new Error(
        `image is in the repository ${repository}; repositories has ${repositories.join(", ") || "none"}`,
      );
  }
  if (port !== undefined) requirePort("port", port);
  if (storageGiB !== undefined) {
    if (launch === "EC2")
      throw new Error(
        `storageGiB is ${storageGiB}; tasks on instances share the instances' disks: leave it out`,
      );
    if (!Number.isInteger(storageGiB) || storageGiB < 21 || storageGiB > 200)
      throw new Error(
        `storageGiB is ${storageGiB}; it must be a whole number from 21 to 200, or left out for the usual 20`,
      );
  }
  if (stopTimeout !== undefined && (!Number.isInteger(stopTimeout) || stopTimeout < 1 || stopTimeout > 120))
    throw new Error(`stopTimeout is ${stopTimeout}; it must be a whole number of seconds from 1 to 120`);
}
