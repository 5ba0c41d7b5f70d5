import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Topic } from "../../data/topic";
import { policyDocument, type Statement, trustService } from "../../identity/policy-document";
import { arn } from "../../location";
import { Alarm } from "../../observability/alarm";
import { LogGroup } from "../../observability/log-group";
import type { AlarmTopics } from "../../observability/severity";
import { useOfKey } from "../../security/encryption-key";
import { drillDefinition } from "./definition";
import { machineStatements } from "./permissions";
import { type DrillArgs, mostThings } from "./thing";

export interface RestoreDrillArgs {
  readonly drill: DrillArgs;
  /** Of the state machine. */
  readonly roleName: string;
  readonly schedule: {
    /** `rate(7 days)` or `cron(0 3 ? * SUN *)`, as EventBridge Scheduler has them. */
    readonly expression: string;
    /** As in the IANA database; default `UTC`. */
    readonly timezone?: string;
    /** Starts that were not taken wait here; see RestoreDrillEvidence. */
    readonly missedName: string;
  };
  /** RestoreDrillEvidence's. */
  readonly keyArn: pulumi.Input<string>;
  /** Who hears how each drill ended, by e-mail. */
  readonly notify: readonly string[];
  readonly logGroupName: string;
  readonly logRetentionDays: number;
  readonly alarmTopics: AlarmTopics;
  /** What must be there before: RestoreDrillEvidence. */
  readonly after?: readonly pulumi.Resource[];
}

/**
 * The characters of the policies that are written into a role, all together, blanks not counted.
 * Source: IAM user guide, "IAM and AWS STS quotas".
 */
const longestPolicy = 10_240;

/**
 * A product's restore drill, by the clock: a state machine that does what drillDefinition says, its role, which can touch
 * only what a drill has made, a topic that says how each drill ended, and alarms where one failed or did not begin.
 *
 * Everything that its policies and its definition name is known beforehand, so that both can be judged in a plan.
 *
 * Refused: no thing to restore, or more than 15; so many that the role's policy is longer than IAM takes.
 * Sources: Step Functions developer guide, "Choosing workflow type in Step Functions", "Monitoring Step Functions metrics
 * using Amazon CloudWatch"; EventBridge Scheduler user guide, "Setting up the execution role"; FSBP control
 * StepFunctions.1.
 */
export class RestoreDrill extends pulumi.ComponentResource {
  readonly stateMachineArn: string;
  readonly topicArn: string;

  constructor(name: string, args: RestoreDrillArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:delivery:RestoreDrill", name, {}, opts);
    const { drill, keyArn } = args;
    const { to: at, product, machineName, evidence } = drill;
    const here = { parent: this };
    if (drill.things.length === 0)
      throw new Error(`things of the drill of ${product} is empty; it must name what is restored`);
    if (drill.things.length > mostThings)
      throw new Error(
        `the drill of ${product} restores ${drill.things.length} things; it must be at most ${mostThings}`,
      );
    this.stateMachineArn = arn("states", at, `stateMachine:${machineName}`);
    this.topicArn = arn("sns", at, drill.topicName);

    new Topic(
      name,
      { topicName: drill.topicName, at, keyArn, deliversTo: {}, mailsTo: args.notify },
      { ...here, protect: true },
    );
    const logs = new LogGroup(
      name,
      { name: args.logGroupName, at, keyArn, retentionDays: args.logRetentionDays },
      here,
    );
    const policy = policyDocument(machineStatements(drill));
    if (policy.length > longestPolicy)
      throw new Error(
        `the drill of ${product} restores ${drill.things.length} things, for which its role's policy has ${policy.length} characters, and IAM takes ${longestPolicy}; name fewer`,
      );
    const role = new aws.iam.Role(
      name,
      {
        name: args.roleName,
        description: `The restore drill of ${product} runs with this role`,
        assumeRolePolicy: trustService("states.amazonaws.com", at.accountId),
      },
      here,
    );
    const permission = new aws.iam.RolePolicy(name, { role: role.name, policy }, here);
    const machine = new aws.sfn.StateMachine(
      name,
      {
        name: machineName,
        type: "STANDARD",
        roleArn: role.arn,
        definition: JSON.stringify(drillDefinition(drill)),
        loggingConfiguration: {
          level: "ALL",
          includeExecutionData: false,
          logDestination: `${arn("logs", at, `log-group:${args.logGroupName}`)}:*`,
        },
        tracingConfiguration: { enabled: true },
        // The names of objects, which a run sees when it deletes them, may be somebody's.
        encryptionConfiguration: {
          type: "CUSTOMER_MANAGED_KMS_KEY",
          kmsKeyId: keyArn,
          kmsDataKeyReusePeriodSeconds: 300,
        },
      },
      { ...here, dependsOn: [permission, logs, ...(args.after ?? [])] },
    );
    this.byTheClock(name, args, machine);
    const watch = (metricName: string, what: string) =>
      new Alarm(
        `${name}-${what}`,
        {
          namespace: "AWS/States",
          metricName,
          dimensions: { StateMachineArn: this.stateMachineArn },
          statistic: "Sum",
          period: 300,
          above: 0,
          alarmName: `landing-zone-drill-${product}-${what}`,
          severity: "warning",
          topics: args.alarmTopics,
          description: `The restore drill of ${product} ${what}: what ${drill.from.environment} keeps may not be restorable. \`lz restore ${product} --drill --evidence\` shows its report; the bucket ${evidence.bucketName} has all of them`,
        },
        here,
      );
    watch("ExecutionsFailed", "failed");
    watch("ExecutionsTimedOut", "timed-out");
    watch("ExecutionsAborted", "stopped");
    this.registerOutputs({ stateMachineArn: this.stateMachineArn, topicArn: this.topicArn });
  }

  private byTheClock(name: string, args: RestoreDrillArgs, machine: aws.sfn.StateMachine): void {
    const here = { parent: this };
    const { drill, schedule, keyArn } = args;
    const { to: at, machineName, evidence, product } = drill;
    const missedArn = arn("sqs", at, schedule.missedName);
    const statements: Statement[] = [
      { Sid: "Start", Effect: "Allow", Action: "states:StartExecution", Resource: this.stateMachineArn },
      { Sid: "Missed", Effect: "Allow", Action: "sqs:SendMessage", Resource: missedArn },
      useOfKey(at, evidence.keyAlias, ["scheduler", "sqs", "states"]),
    ];
    const role = new aws.iam.Role(
      `${name}-schedule`,
      {
        name: scheduleRoleName(args.roleName),
        description: `EventBridge Scheduler starts the restore drill of ${product} with this role`,
        assumeRolePolicy: trustService("scheduler.amazonaws.com", at.accountId),
      },
      here,
    );
    const permission = new aws.iam.RolePolicy(
      `${name}-schedule`,
      { role: role.name, policy: policyDocument(statements) },
      here,
    );
    const group = new aws.scheduler.ScheduleGroup(name, { name: machineName }, here);
    new aws.scheduler.Schedule(
      name,
      {
        name: machineName,
        groupName: group.name,
        description: `Starts the restore drill of ${product}`,
        scheduleExpression: schedule.expression,
        scheduleExpressionTimezone: schedule.timezone ?? "UTC",
        flexibleTimeWindow: { mode: "OFF" },
        kmsKeyArn: keyArn,
        target: {
          arn: this.stateMachineArn,
          roleArn: role.arn,
          input: "{}",
          retryPolicy: { maximumEventAgeInSeconds: 3_600, maximumRetryAttempts: 20 },
          deadLetterConfig: { arn: missedArn },
        },
      },
      { ...here, dependsOn: [permission, machine] },
    );
    new Alarm(
      `${name}-missed`,
      {
        namespace: "AWS/Scheduler",
        metricName: "InvocationDroppedCount",
        dimensions: { ScheduleGroup: machineName },
        statistic: "Sum",
        period: 300,
        above: 0,
        alarmName: `landing-zone-drill-${product}-missed`,
        severity: "warning",
        topics: args.alarmTopics,
        description: `The restore drill of ${product} was not started when its schedule said so: the message in ${schedule.missedName} says why; mend it, and say \`lz restore ${product} --drill --run\``,
      },
      here,
    );
  }
}

const scheduleRoleName = (roleName: string): string => `${roleName}-schedule`;
