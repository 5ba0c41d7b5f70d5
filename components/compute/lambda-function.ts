import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "../identity/policy-document";
import { productRole } from "../identity/product-role";
import { arn, type Location } from "../location";
import { shortName } from "../short-name";
import { type ObjectCreated, ObjectRule } from "./job-object-rule";
import { type MissedRuns, Schedule, type ScheduleRules } from "./job-schedule";
import { LambdaAlarms } from "./lambda-alarms";
import { type FunctionFolder, type FunctionImage, packed } from "./lambda-code";
import { lambdaSettings, requireSoundLambda } from "./lambda-settings";
import { LambdaSource } from "./lambda-source";
import { lambdaStatements, type Source } from "./lambda-statements";
import { TaskSecurityGroup, type TaskSecurityGroupArgs } from "./task-security-group";

export interface LambdaFunctionArgs extends MissedRuns {
  /** The function is called `<product>-<workload>`; at most 64 characters. */
  readonly product: string;
  readonly workload: string;
  readonly at: Location;
  readonly code: FunctionImage | FunctionFolder;
  /** Default `ARM64`. */
  readonly architecture?: "ARM64" | "X86_64";
  /** MiB, 128 to 10,240. */
  readonly memory: number;
  /** Seconds, 1 to 900. */
  readonly timeout: number;
  readonly environment: Readonly<Record<string, string>>;
  /**
   * Settings that are kept in parameters of SSM, by ARN. The function is told the parameter's name and reads it itself:
   * `ORDERS_HOST` becomes `ORDERS_HOST_PARAMETER`.
   */
  readonly fromParameters?: Readonly<Record<string, string>>;
  /** What it may do, beside what its sources and its log need. */
  readonly statements: readonly Statement[];
  /** Made elsewhere, so that it outlives the function. */
  readonly logGroup: { readonly name: string };
  /** Only where something is called over the network: outside of a VPC it starts sooner. */
  readonly vpc?: {
    readonly vpcId: pulumi.Input<string>;
    /** The outbound subnets. */
    readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    readonly calls?: TaskSecurityGroupArgs["calls"];
  };
  readonly schedule?: ScheduleRules;
  /** It gets the event of EventBridge as it is. */
  readonly on?: ObjectCreated;
  /** It may read this by that. A queue must hide what is received for six times `timeout`. */
  readonly from?: Source;
  /** How many run at once at most, 1 to 1,000, kept free for it; default: as many as the account allows. */
  readonly concurrency?: number;
}

/**
 * A Lambda function: for little work that begins now and then. It runs on ARM64, with a role of its own that may do what
 * it is told, write its log, its traces and its missed runs; its settings are encrypted with the product's key. Calls that
 * nobody waits for are tried three times within an hour, and then kept in the product's queue of missed runs.
 *
 * Its log is JSON, in a log group that is made elsewhere. Nobody may call it but who is allowed to by a role, the rule of
 * its objects, and Lambda for its source; it has no URL.
 *
 * Secrets are no settings of a function: it reads them itself, by name.
 *
 * Refused: a setting twice; a name that is too long; numbers out of their range; what Schedule refuses.
 *
 * Sources: FSBP controls Lambda.1 (only the rule of its own account may call), Lambda.2 (runtimes), Lambda.5 (its subnets),
 * Lambda.7 (tracing); Lambda developer guide, "Configure Lambda function timeout", "Configuring JSON and plain text log
 * formats", "How Lambda handles errors and retries with asynchronous invocation", "Configuring reserved concurrency for a
 * function", "Securing Lambda environment variables".
 */
export class LambdaFunction extends pulumi.ComponentResource {
  readonly functionName: string;
  readonly arn: string;
  /** Only in a VPC. */
  readonly securityGroupId?: pulumi.Output<string>;

  constructor(name: string, args: LambdaFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:compute:LambdaFunction", name, {}, opts);
    const here = { parent: this };
    const { at, workload, vpc, from, concurrency, timeout, logGroup } = args;
    this.functionName = `${args.product}-${workload}`;
    this.arn = arn("lambda", at, `function:${this.functionName}`);
    requireSoundLambda(this.functionName, args);
    const { functionName } = this;
    const missedRunsArn = arn("sqs", at, args.missedRunsQueueName);

    const group =
      vpc === undefined
        ? undefined
        : new TaskSecurityGroup(
            name,
            { vpcId: vpc.vpcId, description: `Function ${functionName}`, calls: vpc.calls },
            here,
          );
    const role = new aws.iam.Role(
      name,
      {
        ...productRole(at.accountId),
        name: shortName(`${functionName}-function`, 64),
        assumeRolePolicy: policyDocument([trustedByLambda]),
      },
      here,
    );
    const permission = new aws.iam.RolePolicy(
      name,
      {
        role: role.name,
        policy: policyDocument([
          ...lambdaStatements({
            at,
            functionName,
            logGroup,
            parameters: Object.values(args.fromParameters ?? {}),
            ...(from === undefined ? {} : { from }),
            missedRunsQueueName: args.missedRunsQueueName,
            keyAlias: args.keyAlias,
            inVpc: vpc !== undefined,
          }),
          ...args.statements,
        ]),
      },
      here,
    );
    const made = new aws.lambda.Function(
      name,
      {
        name: functionName,
        role: role.arn,
        architectures: [args.architecture === "X86_64" ? "x86_64" : "arm64"],
        ...packed(args.code),
        memorySize: args.memory,
        timeout,
        environment: { variables: lambdaSettings(args) },
        kmsKeyArn: args.keyArn,
        tracingConfig: { mode: "Active" },
        loggingConfig: {
          logFormat: "JSON",
          logGroup: logGroup.name,
          applicationLogLevel: "INFO",
          systemLogLevel: "WARN",
        },
        ...(concurrency === undefined ? {} : { reservedConcurrentExecutions: concurrency }),
        ...(vpc === undefined || group === undefined
          ? {}
          : {
              vpcConfig: { subnetIds: vpc.subnetIds, securityGroupIds: [group.id] },
              // Lambda keeps its interfaces for a while, and with them the group would stay in use.
              replaceSecurityGroupsOnDestroy: true,
            }),
        tags: { service: workload },
      },
      { ...here, dependsOn: [permission] },
    );
    new aws.lambda.FunctionEventInvokeConfig(
      name,
      {
        functionName: made.name,
        maximumEventAgeInSeconds: 3_600,
        maximumRetryAttempts: 2,
        destinationConfig: { onFailure: { destination: missedRunsArn } },
      },
      here,
    );
    this.startedBy(name, made, permission, args);
    new LambdaAlarms(
      name,
      {
        functionName,
        logGroup,
        timeout,
        ...(from === undefined ? {} : { from }),
        missedRunsQueueName: args.missedRunsQueueName,
        alarmTopics: args.alarmTopics,
      },
      here,
    );
    if (group !== undefined) this.securityGroupId = group.id;
    this.registerOutputs({ arn: this.arn, securityGroupId: this.securityGroupId });
  }

  private startedBy(
    name: string,
    made: aws.lambda.Function,
    permission: aws.iam.RolePolicy,
    args: LambdaFunctionArgs,
  ): void {
    const here = { parent: this };
    const { at, schedule, on, from, concurrency, missedRunsQueueName, alarmTopics } = args;
    const startedName = this.functionName;
    if (schedule !== undefined)
      new Schedule(
        name,
        {
          startedName,
          at,
          ...schedule,
          target: { arn: this.arn, action: "lambda:InvokeFunction" },
          missedRunsQueueName,
          keyArn: args.keyArn,
          keyAlias: args.keyAlias,
          alarmTopics,
          after: [made],
        },
        here,
      );
    if (on !== undefined) {
      const rule = new ObjectRule(
        name,
        {
          startedName,
          at,
          ...on,
          target: { arn: this.arn },
          missedRunsQueueName,
          alarmTopics,
          after: [made],
        },
        here,
      );
      new aws.lambda.Permission(
        name,
        {
          statementId: "objects",
          function: made.name,
          action: "lambda:InvokeFunction",
          principal: "events.amazonaws.com",
          sourceArn: rule.arn,
          sourceAccount: at.accountId,
        },
        here,
      );
    }
    if (from !== undefined)
      new LambdaSource(
        name,
        {
          at,
          functionArn: made.arn,
          from,
          ...(concurrency === undefined ? {} : { concurrency }),
          missedRunsQueueName,
          after: [permission],
        },
        here,
      );
  }
}

/**
 * Without a condition, unlike other services: the documentation names none that Lambda would meet. Only who may pass the
 * role in this account can give it to a function. Source: Lambda developer guide, "Defining Lambda function permissions
 * with an execution role".
 */
const trustedByLambda: Statement = {
  Effect: "Allow",
  Principal: { Service: "lambda.amazonaws.com" },
  Action: "sts:AssumeRole",
};
