import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, trustService } from "../identity/policy-document";
import { productRole } from "../identity/product-role";
import { arn } from "../location";
import { Alarm } from "../observability/alarm";
import { shortName } from "../short-name";
import type { Cluster } from "./cluster";
import { jobDefinition } from "./job-definition";
import { type ObjectCreated, ObjectRule } from "./job-object-rule";
import { jobStatements } from "./job-role";
import { type MissedRuns, Schedule, type ScheduleRules } from "./job-schedule";
import { TaskDefinition, type TaskDefinitionArgs } from "./task-definition";
import { TaskSecurityGroup, type TaskSecurityGroupArgs } from "./task-security-group";

export interface JobArgs
  extends Omit<TaskDefinitionArgs, "launch" | "port" | "restart" | "tlsProxy">,
    MissedRuns {
  readonly cluster: Cluster;
  readonly vpcId: pulumi.Input<string>;
  /** The outbound subnets. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** What it calls over the network; see TaskSecurityGroup. */
  readonly calls?: TaskSecurityGroupArgs["calls"];
  /** When it runs. Without either it runs when somebody starts its state machine. */
  readonly schedule?: ScheduleRules;
  readonly on?: ObjectCreated;
  /** A try is stopped after so many minutes, 1 to 10,080; default 60. */
  readonly timeoutMinutes?: number;
  /** Tries after one that failed, 0 to 10; default 2. */
  readonly retries?: number;
  /** Several runs at once. Default: only of what runs for objects. */
  readonly parallel?: boolean;
  /**
   * Where its runs are logged, step by step: a log group that is made elsewhere, so that it outlives the job. With a name
   * below `/aws/vendedlogs/states/` it takes no room in the account's policy for CloudWatch Logs, which is short.
   */
  readonly runsLogGroup: { readonly name: string };
}

/**
 * A task that runs and ends, and the state machine `<product>-<workload>` around it that runs it: one run at a time
 * unless `parallel`, again when it fails, not for longer than it may. For an object, the bucket and the key are added to
 * the container's environment as `OBJECT_BUCKET` and `OBJECT_KEY`; whoever starts the state machine by hand may say another
 * command and settings (see `jobDefinition`).
 *
 * It runs the revision of the task definition that came with it, by number, and not whatever is the latest of the
 * family: what runs is what the plan showed, a release that fails half-way changes nothing, and taking a release back takes
 * the job back too. Runs that have begun go on with the revision they began with.
 *
 * The state machine's role can only run this job; see `jobStatements`. Somebody is woken when a run has failed in the
 * end, or was not started.
 *
 * Refused: both a schedule and objects; numbers out of their range; what Schedule refuses.
 *
 * Sources: FSBP control StepFunctions.1; Step Functions developer guide, "Choosing workflow type in Step Functions",
 * "Monitoring Step Functions metrics using Amazon CloudWatch", "Cross-service confused deputy prevention".
 */
export class Job extends pulumi.ComponentResource {
  /** The tasks'. */
  readonly securityGroupId: pulumi.Output<string>;
  readonly stateMachineArn: string;

  constructor(name: string, args: JobArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:compute:Job", name, {}, opts);
    const here = { parent: this };
    const { at, schedule, on, workload, timeoutMinutes = 60, retries = 2 } = args;
    const jobName = `${args.product}-${workload}`;
    if (schedule !== undefined && on !== undefined)
      throw new Error(`the job ${jobName} has a schedule and objects it runs on; it must be one of them`);
    requireWhole(jobName, "timeoutMinutes", timeoutMinutes, 1, 10_080);
    requireWhole(jobName, "retries", retries, 0, 10);
    const machineName = shortName(jobName, 80);
    this.stateMachineArn = arn("states", at, `stateMachine:${machineName}`);

    const definition = new TaskDefinition(name, args, here);
    const group = new TaskSecurityGroup(
      name,
      { vpcId: args.vpcId, description: `Tasks of ${jobName}`, calls: args.calls },
      here,
    );
    const machineRole = this.role(name, "states", "states.amazonaws.com", args, [
      ...jobStatements({
        at,
        clusterName: args.cluster.clusterName,
        family: definition.family,
        workload,
        roleArns: definition.roleArns,
      }),
    ]);
    const machine = new aws.sfn.StateMachine(
      name,
      {
        name: machineName,
        type: "STANDARD",
        roleArn: machineRole.role.arn,
        definition: pulumi.jsonStringify(
          jobDefinition({
            clusterArn: args.cluster.arn,
            family: definition.family,
            taskDefinition: definition.arn,
            containerName: definition.containerName,
            subnetIds: args.subnetIds,
            securityGroupId: group.id,
            timeoutMinutes,
            retries,
            parallel: runsInParallel(args),
          }),
        ),
        // What is said to a run is nobody's business who may read logs.
        loggingConfiguration: {
          level: "ALL",
          includeExecutionData: false,
          logDestination: `${arn("logs", at, `log-group:${args.runsLogGroup.name}`)}:*`,
        },
        tracingConfiguration: { enabled: true },
        tags: { service: workload },
      },
      { ...here, dependsOn: [args.cluster, machineRole.permission] },
    );
    const started = { startedName: jobName, at, ...missedRunsOf(args) };
    if (schedule !== undefined)
      new Schedule(
        name,
        {
          ...started,
          ...schedule,
          target: { arn: this.stateMachineArn, action: "states:StartExecution" },
          after: [machine],
        },
        here,
      );
    if (on !== undefined) {
      const starter = this.role(name, "events", "events.amazonaws.com", args, [
        { Sid: "Start", Effect: "Allow", Action: "states:StartExecution", Resource: this.stateMachineArn },
      ]);
      new ObjectRule(
        name,
        {
          ...started,
          ...on,
          target: { arn: this.stateMachineArn, roleArn: starter.role.arn, template: forObject },
          after: [machine, starter.permission],
        },
        here,
      );
    }
    new Alarm(
      `${name}-failed`,
      {
        namespace: "AWS/States",
        metricName: "ExecutionsFailed",
        dimensions: { StateMachineArn: this.stateMachineArn },
        statistic: "Sum",
        period: 300,
        above: 0,
        severity: "warning",
        topics: args.alarmTopics,
        description: `A run of ${jobName} failed ${retries + 1} times or took longer than ${timeoutMinutes} minutes: its log group ${args.logGroup.name} and the run's steps in the state machine ${machineName} say why`,
      },
      here,
    );
    this.securityGroupId = group.id;
    this.registerOutputs({
      securityGroupId: this.securityGroupId,
      stateMachineArn: this.stateMachineArn,
    });
  }

  private role(
    name: string,
    purpose: string,
    service: string,
    { at, product, workload }: JobArgs,
    statements: Parameters<typeof policyDocument>[0],
  ): { role: aws.iam.Role; permission: aws.iam.RolePolicy } {
    const here = { parent: this };
    const role = new aws.iam.Role(
      `${name}-${purpose}`,
      {
        ...productRole(at.accountId),
        name: shortName(`${product}-${workload}-${purpose}`, 64),
        assumeRolePolicy: trustService(service, at.accountId),
      },
      here,
    );
    const permission = new aws.iam.RolePolicy(
      `${name}-${purpose}`,
      { role: role.name, policy: policyDocument(statements) },
      here,
    );
    return { role, permission };
  }
}

/** What runs for objects is told which: a run that is left out would be an object that is left out. */
export const runsInParallel = ({ parallel, on }: Pick<JobArgs, "parallel" | "on">): boolean =>
  parallel ?? on !== undefined;

/** EventBridge puts JSON strings in place of what is in angle brackets, with their quotation marks. */
const forObject =
  '{"environment":[{"name":"OBJECT_BUCKET","value":<bucket>},{"name":"OBJECT_KEY","value":<key>}]}';

const missedRunsOf = ({ missedRunsQueueName, keyArn, keyAlias, alarmTopics }: MissedRuns): MissedRuns => ({
  missedRunsQueueName,
  keyArn,
  keyAlias,
  alarmTopics,
});

function requireWhole(jobName: string, argument: string, value: number, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max)
    throw new Error(
      `${argument} of the job ${jobName} is ${value}; it must be a whole number from ${min} to ${max.toLocaleString("en")}`,
    );
}
