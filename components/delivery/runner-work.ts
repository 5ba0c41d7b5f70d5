/** Where jobs run, of either kind, and what its manager must know of it. */
import * as pulumi from "@pulumi/pulumi";
import type { Metric } from "../observability/alarm";
import { driverConfiguration, type RunnerConfiguration, runnerConfiguration } from "./runner-configuration";
import type { ManagerRights } from "./runner-roles";
import { type DriverFile, type ManagerStart, managerStart } from "./runner-start";
import { RunnerTasks, type RunnerTasksArgs } from "./runner-tasks";
import { RunnerWorkers, type RunnerWorkersArgs } from "./runner-workers";

export interface SpotWorkers {
  readonly kind: "spot";
  /** Instance types, the dearest to you first; all of one architecture. */
  readonly types: readonly string[];
  /** Workers that wait for a job, so that it begins at once; 0 to `most`. */
  readonly least: number;
  /** Workers at most, and so jobs at once; 1 to 100. */
  readonly most: number;
  /** Jobs that a worker does, one after the other, before it goes; 1: none finds what another has left. */
  readonly jobs: number;
  /** Containers may do what their worker may, as Docker in Docker needs. */
  readonly privileged: boolean;
}

export interface FargateWorkers {
  readonly kind: "fargate";
  /** Jobs at once, 1 to 100. */
  readonly most: number;
  /** In units of a 1,024th vCPU, and MiB; a pair that Fargate has. */
  readonly size: { readonly cpu: number; readonly memory: number };
  /** In the account's own registry. */
  readonly image: string;
  readonly driver: DriverFile;
}

export interface WorkArgs
  extends Pick<
    RunnerWorkersArgs & RunnerTasksArgs,
    | "at"
    | "roleName"
    | "vpcId"
    | "subnetIds"
    | "managerSecurityGroupId"
    | "keyArn"
    | "logGroupName"
    | "jobRoles"
    | "tags"
  > {
  /** Of the Auto Scaling group, or the cluster. */
  readonly workersName: string;
  /** The parameter that workers know their manager by. */
  readonly keyParameter: string;
  readonly workers: SpotWorkers | FargateWorkers;
  readonly start: Omit<ManagerStart, "configuration" | "workers">;
  readonly configuration: Omit<RunnerConfiguration, "workers">;
  readonly after: readonly pulumi.Resource[];
}

export interface Work {
  readonly rights: ManagerRights["workers"];
  /** How its manager starts. */
  readonly userData: pulumi.Input<string>;
  /** What must be there before its manager. */
  readonly after: readonly pulumi.Resource[];
  /** How many are at work. */
  readonly busy: Omit<Metric, "statistic">;
}

export function work(name: string, args: WorkArgs, parent: pulumi.Resource): Work {
  const { workers, workersName, keyParameter } = args;
  return workers.kind === "spot"
    ? onSpot(name, args, workers, workersName, keyParameter, parent)
    : onFargate(name, args, workers, workersName, parent);
}

function onSpot(
  name: string,
  { start, configuration, ...args }: WorkArgs,
  spot: SpotWorkers,
  groupName: string,
  keyParameter: string,
  parent: pulumi.Resource,
): Work {
  const made = new RunnerWorkers(
    `${name}-workers`,
    {
      ...args,
      groupName,
      keyParameter,
      types: spot.types,
      most: spot.most,
    },
    { parent },
  );
  const { least, jobs, privileged } = spot;
  return {
    rights: { groupName, keyParameter },
    userData: managerStart({
      ...start,
      configuration: runnerConfiguration({
        ...configuration,
        workers: { kind: "spot", groupName, least, jobs, privileged },
      }),
      workers: { keyParameter },
    }),
    after: [made],
    busy: {
      namespace: "AWS/AutoScaling",
      metricName: "GroupInServiceInstances",
      dimensions: { AutoScalingGroupName: groupName },
    },
  };
}

function onFargate(
  name: string,
  { start, configuration, ...args }: WorkArgs,
  fargate: FargateWorkers,
  clusterName: string,
  parent: pulumi.Resource,
): Work {
  const { size, image, driver } = fargate;
  const tasks = new RunnerTasks(`${name}-jobs`, { ...args, clusterName, size, image }, { parent });
  const [subnetId] = args.subnetIds;
  if (subnetId === undefined) throw new Error("subnetIds is empty; jobs need a subnet");
  return {
    rights: {
      clusterName,
      family: tasks.family,
      roleNames: [`${args.roleName}-start`, args.roleName],
    },
    userData: pulumi.all([subnetId, tasks.securityGroupId]).apply(([subnet, securityGroupId]) =>
      managerStart({
        ...start,
        configuration: runnerConfiguration({ ...configuration, workers: { kind: "fargate" } }),
        workers: {
          driver,
          configuration: driverConfiguration({
            region: args.at.region,
            clusterName,
            taskDefinition: tasks.family,
            subnetId: subnet,
            securityGroupId,
          }),
        },
      }),
    ),
    after: [tasks],
    busy: {
      namespace: "ECS/ContainerInsights",
      metricName: "TaskCount",
      dimensions: { ClusterName: clusterName },
    },
  };
}
