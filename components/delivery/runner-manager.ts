import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { architectureOf } from "../compute/instance-type";
import type { Statement } from "../identity/policy-document";
import { Alarm } from "../observability/alarm";
import type { AlarmTopics } from "../observability/severity";
import { runnerTemplate } from "./runner-instances";
import { InstanceRole } from "./runner-roles";
import { heartbeat } from "./runner-start";

export interface RunnerManagerArgs {
  /** Names the Auto Scaling group and the launch template, and is the dimension of the heartbeat. */
  readonly groupName: string;
  readonly hookName: string;
  readonly roleName: string;
  readonly statements: readonly Statement[];
  readonly securityGroupId: pulumi.Input<string>;
  readonly subnetIds: readonly pulumi.Input<string>[];
  readonly instanceType: string;
  /** See managerStart. */
  readonly userData: pulumi.Input<string>;
  /** Of its volume. */
  readonly keyArn: pulumi.Input<string>;
  /** Minutes that jobs get to end when it is replaced, 1 to 110. */
  readonly jobMinutes: number;
  /** What the heartbeat's alarm tells to look at. */
  readonly secretName: string;
  readonly alarmTopics: AlarmTopics;
  readonly tags: Readonly<Record<string, string>>;
  /** What must be there before it starts. */
  readonly after?: readonly pulumi.Resource[];
}

/** Days after which it is replaced, by one with the newest image. */
export const daysOfLife = 7;

/** GiB: programs, and images of helpers that it hands to workers. */
const diskGiB = 30;

/** Seconds from its start until it works. */
const warmup = 300;

/** One ends before the next begins: two that scale one group end each other's workers. */
const replacing = { minHealthyPercentage: 0, maxHealthyPercentage: 100 };

/**
 * The instance that asks GitLab for jobs and hands them to workers. It runs none itself. Nobody mends it: it is replaced
 * each week, when anything about it changes, when it fails, and when its program does; before it goes it takes no more
 * jobs and lets those it has end. People come in by Session Manager, with a record, and in no other way.
 *
 * An alarm tells where it has not been heard of for 15 minutes: GitLab does not know its token, or it does not run.
 *
 * Refused: what is no instance type, and minutes out of range: a lifecycle hook waits for two hours at most.
 *
 * Sources: EC2 Auto Scaling user guide, "Amazon EC2 Auto Scaling lifecycle hooks", "Instance maintenance policies",
 * "Replace Auto Scaling instances based on maximum instance lifetime".
 */
export class RunnerManager extends pulumi.ComponentResource {
  constructor(name: string, args: RunnerManagerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:delivery:RunnerManager", name, {}, opts);
    const here = { parent: this };
    const { groupName, jobMinutes } = args;
    if (!Number.isInteger(jobMinutes) || jobMinutes < 1 || jobMinutes > 110)
      throw new Error(`jobMinutes is ${jobMinutes}; it must be a whole number of minutes from 1 to 110`);
    const { profileArn } = new InstanceRole(
      name,
      {
        roleName: args.roleName,
        description: "The runner's manager hands out jobs",
        statements: args.statements,
      },
      here,
    );
    const template = runnerTemplate(
      name,
      {
        templateName: groupName,
        description: "The runner's manager",
        architecture: architectureOf(args.instanceType),
        instanceType: args.instanceType,
        profileArn,
        securityGroupId: args.securityGroupId,
        userData: args.userData,
        diskGiB,
        keyArn: args.keyArn,
        containersHaveRole: false,
        tags: args.tags,
      },
      here,
    );
    const group = new aws.autoscaling.Group(
      name,
      {
        name: groupName,
        minSize: 1,
        maxSize: 1,
        desiredCapacity: 1,
        vpcZoneIdentifiers: [...args.subnetIds],
        launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
        healthCheckType: "EC2",
        healthCheckGracePeriod: warmup,
        defaultInstanceWarmup: warmup,
        maxInstanceLifetime: daysOfLife * 24 * 60 * 60,
        instanceMaintenancePolicy: replacing,
        instanceRefresh: {
          strategy: "Rolling",
          preferences: {
            ...replacing,
            instanceWarmup: String(warmup),
            scaleInProtectedInstances: "Refresh",
            standbyInstances: "Terminate",
          },
        },
        metricsGranularity: "1Minute",
        enabledMetrics: ["GroupInServiceInstances"],
        tags: Object.entries({ ...args.tags, Name: groupName }).map(([key, value]) => ({
          key,
          value,
          propagateAtLaunch: true,
        })),
        waitForCapacityTimeout: "0",
        forceDelete: true,
      },
      { ...here, dependsOn: [...(args.after ?? [])] },
    );
    new aws.autoscaling.LifecycleHook(
      name,
      {
        name: args.hookName,
        autoscalingGroupName: group.name,
        lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
        defaultResult: "CONTINUE",
        heartbeatTimeout: jobMinutes * 60 + 300,
      },
      here,
    );
    new Alarm(
      `${name}-heartbeat`,
      {
        // The audience of the platform's alarms knows them by their names.
        alarmName: `${groupName}-heartbeat`,
        namespace: heartbeat.namespace,
        metricName: heartbeat.metricName,
        dimensions: { Runner: groupName },
        statistic: "SampleCount",
        below: 1,
        period: 900,
        withoutData: "breaching",
        severity: "warning",
        topics: args.alarmTopics,
        description: `No jobs are taken: the runner's manager ${groupName} has not been heard of for 15 minutes. See whether GitLab still knows its token, in the secret ${args.secretName}, and what the manager's log says; \`aws autoscaling start-instance-refresh --auto-scaling-group-name ${groupName}\` makes a new one`,
      },
      here,
    );
    this.registerOutputs({});
  }
}
