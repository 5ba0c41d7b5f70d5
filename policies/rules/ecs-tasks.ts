/** What a task as a whole shares with its host, mounts, and is. */
import { eachContainer } from "../containers";
import { eachOf, inProduction, mustBe, mustBeSet, mustNotBe, mustNotBeSet, whereSet } from "../demands";
import { taskDefinitions } from "../resource-types";
import type { Rule } from "../rule";
import { isSameRole, sharedRole } from "./own-roles";

export const ecsTasks: readonly Rule[] = [
  {
    name: "ecs-task-no-host-network",
    theme: "network",
    title: "A task does not use its host's network",
    why: "It could call what listens on the host only, and take the role of the host",
    fix: 'set networkMode: "awsvpc"',
    severity: "high",
    level: "mandatory",
    controls: ["FSBP ECS.1", "Security Hub ECS.17"],
    types: taskDefinitions,
    check: mustNotBe("networkMode", "host"),
  },
  {
    name: "ecs-task-awsvpc",
    theme: "network",
    title: "A task has an address and a security group of its own",
    why: "Else all tasks of a host share the host's, and whoever may call one may call all",
    fix: 'set networkMode: "awsvpc"',
    severity: "medium",
    level: "advisory",
    controls: [],
    types: taskDefinitions,
    // ECS takes bridge; Fargate takes nothing but awsvpc, and refuses a definition that does not say so.
    check: mustBe("networkMode", "awsvpc"),
  },
  {
    name: "ecs-task-no-host-pid",
    theme: "images-and-compute",
    title: "A task does not see its host's processes",
    why: "It could read what they hold in memory, and end them",
    fix: "leave pidMode out, or set it to task",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP ECS.3"],
    types: taskDefinitions,
    check: mustNotBe("pidMode", "host"),
  },
  {
    name: "ecs-task-no-host-ipc",
    theme: "images-and-compute",
    title: "A task shares no memory with its host",
    why: "All tasks that do read what the others exchange",
    fix: "leave ipcMode out, or set it to task or none",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: taskDefinitions,
    check: mustNotBe("ipcMode", "host"),
  },
  {
    name: "ecs-task-no-host-volumes",
    theme: "images-and-compute",
    title: "A task mounts no directory of its host",
    why: "With the socket of Docker a container starts others, as root; with /etc it becomes the host",
    fix: "leave hostPath out of volumes",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: taskDefinitions,
    check: eachOf("volumes", mustNotBeSet("hostPath")),
  },
  {
    name: "ecs-task-efs-tls",
    theme: "encryption-in-transit",
    title: "Tasks mount file systems of EFS over TLS",
    why: "Files else go over the network as they are",
    fix: 'set efsVolumeConfiguration.transitEncryption: "ENABLED"',
    severity: "high",
    level: "mandatory",
    controls: ["Security Hub ECS.18"],
    types: taskDefinitions,
    check: eachOf(
      "volumes",
      // The provider takes DISABLED.
      whereSet("efsVolumeConfiguration", mustBe("efsVolumeConfiguration.transitEncryption", "ENABLED")),
    ),
  },
  {
    name: "ecs-task-efs-role",
    theme: "least-privilege",
    title: "Tasks mount file systems of EFS as their role, through an access point",
    why: "Else whatever reaches the file system over the network reads all of it, as any user",
    fix: "set efsVolumeConfiguration.authorizationConfig with iam: ENABLED and an accessPointId",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: taskDefinitions,
    check: eachOf(
      "volumes",
      whereSet("efsVolumeConfiguration", (volume, report) => {
        report.attempt(() =>
          mustBe("efsVolumeConfiguration.authorizationConfig.iam", "ENABLED")(volume, report),
        );
        mustBeSet("efsVolumeConfiguration.authorizationConfig.accessPointId")(volume, report);
      }),
    ),
  },
  {
    name: "ecs-task-separate-roles",
    theme: "least-privilege",
    title: "A task has a role of its own and another for its start",
    why: "The role that starts a task reads secrets and images, which the running program must not",
    fix: "set taskRoleArn and executionRoleArn to two roles",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: taskDefinitions,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(taskDefinitions), (definition, report) => {
        const missing = ["taskRoleArn", "executionRoleArn"].filter(
          property => !definition.at(property).isSet,
        );
        for (const property of missing) report.refuse(`${property} is not set`);
        if (missing.length > 0) return;
        if (isSameRole([definition, "taskRoleArn"], [definition, "executionRoleArn"]))
          report.refuse("taskRoleArn and executionRoleArn are one role");
      });
    },
  },
  {
    name: "ecs-task-own-role",
    theme: "least-privilege",
    title: "A task's role is nobody else's",
    why: "Each could do what only the other needs",
    fix: "make a role for each",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: taskDefinitions,
    scope: "stack",
    check: sharedRole(taskDefinitions, "taskRoleArn"),
  },
  {
    name: "ecs-task-own-execution-role",
    theme: "least-privilege",
    title: "A task is started by a role that starts no other",
    why: "The role reads the secrets of all that it starts, and whoever changes one task's settings gets any of them",
    fix: "make an execution role for each task definition, with its secrets, its log group and its images",
    severity: "low",
    level: "advisory",
    controls: [],
    types: taskDefinitions,
    scope: "stack",
    check: sharedRole(taskDefinitions, "executionRoleArn"),
  },
  {
    name: "ecs-task-fault-injection-off",
    theme: "governance-and-cost",
    title: "Nobody injects faults into production's tasks",
    why: "Left on after an experiment, whoever is in the task may slow it down or cut it off",
    fix: "leave enableFaultInjection out",
    severity: "low",
    level: "advisory",
    controls: [],
    types: taskDefinitions,
    check: inProduction(mustNotBe("enableFaultInjection", true)),
  },
  {
    name: "ecs-task-memory-limit",
    theme: "resilience-and-backup",
    title: "A task takes no more memory than is said",
    why: "One that leaks takes that of all tasks beside it",
    fix: "set memory of the task, or of each container",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: taskDefinitions,
    check(definition, report) {
      if (definition.at("memory").isSet) return;
      eachContainer(definition, report, (container, report) => {
        if (!container.at("memory").isSet) report.refuse("memory is not set, and the task's neither");
      });
    },
  },
];
