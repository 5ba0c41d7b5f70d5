import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement, trustService } from "../identity/policy-document";
import { productRole, productRoleArn } from "../identity/product-role";
import { arn, type Location } from "../location";
import { LogGroup } from "../observability/log-group";

export interface FargateTaskDefinitionArgs {
  /** The product and the service or task: names the task definition's family and its roles. */
  readonly product: string;
  readonly workload: string;
  readonly at: Location;
  /** The repository, for example `orders/api`, in the same account and region, and the tag of the image in it. */
  readonly repositoryName: string;
  readonly tag: string;
  /** In units of a 1,024th vCPU. */
  readonly cpu: number;
  /** In MiB. */
  readonly memory: number;
  /** Where the container listens. */
  readonly port?: number;
  readonly command?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Settings that ECS reads when a task starts, from parameters of SSM by ARN. */
  readonly fromParameters?: Readonly<Record<string, string>>;
  /** The same from secrets: what `valueFrom` takes; see secretValueFrom. */
  readonly fromSecrets?: Readonly<Record<string, string>>;
  /** What the role that starts the task needs for these. */
  readonly startStatements?: readonly Statement[];
  /** File systems of EFS that the container finds in its own tree, by a short name. */
  readonly mounts?: Readonly<Record<string, Mount>>;
  /** What the task may do, and nothing else. */
  readonly statements: readonly Statement[];
  /** The logs' key. */
  readonly keyArn: pulumi.Input<string>;
  readonly logRetentionDays: number;
}

/** A file system, by the access point that the task's role may mount it through. */
export interface Mount {
  readonly fileSystemId: pulumi.Input<string>;
  readonly accessPointId: pulumi.Input<string>;
  /** Where the container finds it, for example `/data`. */
  readonly path: string;
  readonly readOnly: boolean;
}

/** Who the process in a container is: not root, and nobody the image knows. */
const user = "65532:65532";

/**
 * A Fargate task definition with one container, and what belongs to it alone: a log group, an execution role that
 * may pull this image, write to this log group and read these parameters, and a task role that may do what it is told.
 *
 * The container runs on ARM64 as a user that is not root, without Linux capabilities, on a root file system that it
 * can not write to; `/tmp` it can, and what it mounts to write. Everything in the container's definition is known in a
 * plan.
 *
 * Sources: FSBP controls ECS.4, ECS.5, ECS.8, ECS.9, ECS.20; ECS developer guide, "Task execution IAM role".
 */
export class FargateTaskDefinition extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly family: string;
  readonly containerName: string;
  readonly roleArns: { readonly task: string; readonly execution: string };

  constructor(name: string, args: FargateTaskDefinitionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:compute:FargateTaskDefinition", name, {}, opts);
    const here = { parent: this };
    const { at, product, workload } = args;
    this.family = `${product}-${workload}`;
    this.containerName = workload;

    const logs = new LogGroup(
      name,
      {
        name: `/landing-zone/${product}/${workload}`,
        retentionDays: args.logRetentionDays,
        keyArn: args.keyArn,
        at,
      },
      here,
    );
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
    const execution = role("execution", [
      logs.write,
      ...pullStatements(at, args.repositoryName),
      ...parameterStatements(Object.values(args.fromParameters ?? {})),
      ...(args.startStatements ?? []),
    ]);
    const task = role("task", args.statements);
    this.roleArns = {
      task: productRoleArn(at.accountId, this.roleName("task")),
      execution: productRoleArn(at.accountId, this.roleName("execution")),
    };

    const definition = new aws.ecs.TaskDefinition(
      name,
      {
        family: this.family,
        cpu: String(args.cpu),
        memory: String(args.memory),
        networkMode: "awsvpc",
        requiresCompatibilities: ["FARGATE"],
        runtimePlatform: { cpuArchitecture: "ARM64", operatingSystemFamily: "LINUX" },
        taskRoleArn: task.arn,
        executionRoleArn: execution.arn,
        volumes: [{ name: "tmp" }, ...volumes(args.mounts)],
        containerDefinitions: JSON.stringify([this.container(args, logs)]),
        tags: { service: workload },
      },
      // A task that starts needs them; the definition does not name them.
      { ...here, dependsOn: [logs, ...permissions] },
    );
    this.arn = definition.arn;
    this.registerOutputs({ arn: this.arn });
  }

  private roleName(purpose: string): string {
    return `${this.family}-${purpose}`;
  }

  private container(args: FargateTaskDefinitionArgs, logs: LogGroup): object {
    const { accountId, region } = args.at;
    const secrets = Object.entries({ ...args.fromParameters, ...args.fromSecrets }).map(
      ([key, valueFrom]) => ({ name: key, valueFrom }),
    );
    return {
      name: this.containerName,
      image: `${accountId}.dkr.ecr.${region}.amazonaws.com/${args.repositoryName}:${args.tag}`,
      essential: true,
      user,
      privileged: false,
      readonlyRootFilesystem: true,
      linuxParameters: { initProcessEnabled: true, capabilities: { drop: ["ALL"] } },
      mountPoints: [
        { sourceVolume: "tmp", containerPath: "/tmp", readOnly: false },
        ...Object.entries(args.mounts ?? {}).map(([name, { path, readOnly }]) => ({
          sourceVolume: volumeOf(name),
          containerPath: path,
          readOnly,
        })),
      ],
      ...(args.port === undefined ? {} : { portMappings: [{ containerPort: args.port, protocol: "tcp" }] }),
      ...(args.command === undefined ? {} : { command: args.command }),
      environment: Object.entries(args.environment).map(([key, value]) => ({ name: key, value })),
      ...(secrets.length === 0 ? {} : { secrets }),
      stopTimeout: 30,
      logConfiguration: {
        logDriver: "awslogs",
        options: {
          "awslogs-group": logs.logGroupName,
          "awslogs-region": region,
          "awslogs-stream-prefix": "task",
        },
      },
    };
  }
}

/** A file system may be called `tmp`, as the volume of every task is. */
const volumeOf = (mount: string): string => `efs-${mount}`;

/**
 * Over TLS, and as the task's role. Source: ECS developer guide, "Specify an Amazon EFS file system in an Amazon ECS task
 * definition": with an access point the root directory is the access point's.
 */
const volumes = (
  mounts: FargateTaskDefinitionArgs["mounts"] = {},
): aws.types.input.ecs.TaskDefinitionVolume[] =>
  Object.entries(mounts).map(([name, { fileSystemId, accessPointId }]) => ({
    name: volumeOf(name),
    efsVolumeConfiguration: {
      fileSystemId,
      transitEncryption: "ENABLED",
      authorizationConfig: { accessPointId, iam: "ENABLED" },
    },
  }));

/** Source: ECS developer guide, "Task execution IAM role"; `GetAuthorizationToken` knows no resources. */
const pullStatements = (at: Location, repositoryName: string): Statement[] => [
  {
    Sid: "Pull",
    Effect: "Allow",
    Action: ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"],
    Resource: arn("ecr", at, `repository/${repositoryName}`),
  },
  { Sid: "Login", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
];

/** Source: ECS developer guide, "Pass Systems Manager parameters through Amazon ECS environment variables". */
const parameterStatements = (parameters: readonly string[]): Statement[] =>
  parameters.length === 0
    ? []
    : [
        {
          Sid: "Parameters",
          Effect: "Allow",
          Action: "ssm:GetParameters",
          Resource: [...new Set(parameters)],
        },
      ];
