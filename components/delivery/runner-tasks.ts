import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Cluster } from "../compute/cluster";
import { container, toGroup } from "../compute/container";
import { repositoryOf } from "../compute/image-reference";
import { pullStatements } from "../compute/task-permissions";
import { policyDocument, type Statement, trustService } from "../identity/policy-document";
import type { Location } from "../location";
import { writeLogs } from "../observability/log-group";
import { taskContainerName, taskFolder, taskSsh } from "./runner-configuration";
import { jobStatements } from "./runner-roles";
import { jobsGroup } from "./runner-workers";

export interface RunnerTasksArgs {
  readonly at: Location;
  /** Names the cluster and the family of the task definition. */
  readonly clusterName: string;
  /** What jobs have; the role that starts tasks has `-start` behind it. */
  readonly roleName: string;
  readonly vpcId: pulumi.Input<string>;
  readonly managerSecurityGroupId: pulumi.Input<string>;
  /** An image of the account's own registry; see docs/pipelines.md for what must be in it. */
  readonly image: string;
  /** In units of a 1,024th vCPU, and MiB. */
  readonly size: { readonly cpu: number; readonly memory: number };
  /** Its policy must hold fargateStorageStatements for the cluster. */
  readonly keyArn: pulumi.Input<string>;
  readonly logGroupName: string;
  /** ARNs of roles that jobs may take; none: the role of jobs may do nothing. */
  readonly jobRoles: readonly string[];
}

/**
 * Where jobs run one by one as tasks of Fargate, which nothing is left of: the manager starts one for a job, works in it
 * by SSH, and stops it. The container is no root and can change nothing but its folder and /tmp, so that it can not
 * build images with Docker.
 *
 * Refused: an image that is not in the account's registry.
 *
 * Sources: GitLab documentation, "Autoscaling GitLab CI on AWS Fargate"; FSBP controls ECS.2, ECS.4, ECS.5, ECS.12.
 */
export class RunnerTasks extends pulumi.ComponentResource {
  readonly family: string;
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: RunnerTasksArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:delivery:RunnerTasks", name, {}, opts);
    const here = { parent: this };
    const { at, clusterName, image, size, logGroupName } = args;
    this.family = clusterName;
    const repository = repositoryOf(at, image);
    new Cluster(
      name,
      { clusterName, at, logGroup: { name: logGroupName }, keyArn: args.keyArn, storageKeyArn: args.keyArn },
      here,
    );
    const group = jobsGroup(
      name,
      {
        vpcId: args.vpcId,
        description: "Jobs of the runner",
        groupName: clusterName,
        callerId: args.managerSecurityGroupId,
        port: taskSsh.port,
      },
      here,
    );
    this.securityGroupId = group.id;

    const permissions: pulumi.Resource[] = [];
    const role = (resourceName: string, roleName: string, statements: readonly Statement[]) => {
      const made = new aws.iam.Role(
        resourceName,
        { name: roleName, assumeRolePolicy: trustService("ecs-tasks.amazonaws.com", at.accountId) },
        here,
      );
      if (statements.length === 0) return made.arn;
      permissions.push(
        new aws.iam.RolePolicy(resourceName, { role: made.name, policy: policyDocument(statements) }, here),
      );
      return made.arn;
    };
    const start = role(`${name}-start`, `${args.roleName}-start`, [
      writeLogs(at, logGroupName),
      ...pullStatements(at, [repository]),
    ]);
    const jobs = role(name, args.roleName, jobStatements(args.jobRoles));
    new aws.ecs.TaskDefinition(
      name,
      {
        family: this.family,
        cpu: String(size.cpu),
        memory: String(size.memory),
        networkMode: "awsvpc",
        requiresCompatibilities: ["FARGATE"],
        runtimePlatform: { cpuArchitecture: "ARM64", operatingSystemFamily: "LINUX" },
        executionRoleArn: start,
        taskRoleArn: jobs,
        volumes: [{ name: "work" }],
        containerDefinitions: JSON.stringify([
          container({
            name: taskContainerName,
            image,
            essential: true,
            environment: {},
            port: taskSsh.port,
            tmp: { memoryMib: Math.floor(size.memory / 4), programs: true },
            mounts: [{ volume: "work", path: taskFolder, readOnly: false }],
            logs: toGroup(at.region, logGroupName),
            stopTimeout: 30,
            restart: false,
          }),
        ]),
      },
      { ...here, dependsOn: permissions },
    );
    this.registerOutputs({ family: this.family, securityGroupId: this.securityGroupId });
  }
}
