import type * as pulumi from "@pulumi/pulumi";

export interface JobDefinitionArgs {
  readonly clusterArn: string;
  readonly family: string;
  /** The revision that runs, by ARN. */
  readonly taskDefinition: pulumi.Input<string>;
  readonly containerName: string;
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly securityGroupId: pulumi.Input<string>;
  readonly timeoutMinutes: number;
  readonly retries: number;
  readonly parallel: boolean;
}

/** The setting by which a container knows the run it is of, and the run its tasks. */
export const runSetting = "JOB_RUN";

/** Seconds before a job is tried again: at first, and at most. */
const pause = { first: 30, longest: 600 } as const;

/** What the definition says in JSONata. */
const query = (expression: string): string => `{% ${expression} %}`;

/**
 * A run's steps, in Amazon States Language. Its input is `{}`, or what is to be otherwise this once:
 * `{ "command": ["..."], "environment": [{ "name": "...", "value": "..." }] }`.
 *
 * Unless runs may be parallel, it asks before each try whether a task of the family runs, and if so ends well and says
 * that it was skipped. It asks again before a retry: while it paused, another run may have begun. ECS may list a task
 * some seconds late, so two runs that begin at the same moment may both go on.
 *
 * A try that fails is followed by another after 30 seconds, a minute, two, and so on up to ten minutes. A try that takes
 * too long is no more tried again: its tasks, which are known by `JOB_RUN`, are stopped, and the run fails. Step Functions
 * does not promise to stop the task of a state whose time is over.
 *
 * Sources: Step Functions developer guide, "Run Amazon ECS or Fargate tasks with Step Functions", "Transforming data
 * with JSONata in Step Functions", "Passing data between states with variables", "Discover service integration patterns"
 * (when tasks are cancelled); ECS API reference, "RunTask".
 */
export function jobDefinition(args: JobDefinitionArgs): object {
  const { clusterArn, family, retries, parallel } = args;
  const begin = parallel ? "Run" : "Ask";
  const execution = "$states.context.Execution.Name";
  return {
    Comment: `Runs a task of ${family} to its end`,
    QueryLanguage: "JSONata",
    StartAt: "Begin",
    States: {
      Begin: {
        Type: "Pass",
        Assign: { failures: 0, overrides: query(overridesOf(args.containerName, execution)) },
        Next: begin,
      },
      ...(parallel ? {} : askingFirst(clusterArn, family)),
      Run: {
        Type: "Task",
        Resource: "arn:aws:states:::ecs:runTask.sync",
        TimeoutSeconds: args.timeoutMinutes * 60,
        Arguments: {
          Cluster: clusterArn,
          TaskDefinition: args.taskDefinition,
          LaunchType: "FARGATE",
          PlatformVersion: "LATEST",
          PropagateTags: "TASK_DEFINITION",
          NetworkConfiguration: {
            AwsvpcConfiguration: {
              Subnets: args.subnetIds,
              SecurityGroups: [args.securityGroupId],
              AssignPublicIp: "DISABLED",
            },
          },
          Overrides: { ContainerOverrides: [query("$overrides")] },
        },
        Catch: [
          { ErrorEquals: ["States.Timeout"], Next: "FindLate" },
          {
            ErrorEquals: ["States.ALL"],
            Assign: { failures: query("$failures + 1"), error: query("$states.errorOutput") },
            Next: "TriedEnough",
          },
        ],
        Next: "Done",
      },
      Done: { Type: "Succeed", Output: { skipped: false } },
      TriedEnough: {
        Type: "Choice",
        Choices: [{ Condition: query(`$failures > ${retries}`), Next: "Failed" }],
        Default: "Pause",
      },
      Pause: {
        Type: "Wait",
        Seconds: query(`$min([${pause.first} * $power(2, $failures - 1), ${pause.longest}])`),
        Next: begin,
      },
      Failed: {
        Type: "Fail",
        Error: query("$error.Error"),
        // 32,768 characters are the most that a cause has.
        Cause: query("$exists($error.Cause) ? $substring($error.Cause, 0, 32000) : 'unknown'"),
      },
      ...stopping(args, execution),
    },
  };
}

const overridesOf = (containerName: string, execution: string): string =>
  [
    `$merge([{"Name": "${containerName}"}`,
    `$exists($states.input.command) ? {"Command": [$states.input.command]} : {}`,
    `{"Environment": [{"Name": "${runSetting}", "Value": ${execution}}, $states.input.environment.{"Name": name, "Value": value}]}])`,
  ].join(", ");

/** A call may be refused because there are too many. */
const Retry = [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 2, MaxAttempts: 4, BackoffRate: 2 }];

const running = (Cluster: string, Family: string) => ({
  Type: "Task",
  Resource: "arn:aws:states:::aws-sdk:ecs:listTasks",
  Arguments: { Cluster, Family, DesiredStatus: "RUNNING" },
  Retry,
});

const askingFirst = (clusterArn: string, family: string) => ({
  Ask: {
    ...running(clusterArn, family),
    Assign: { others: query("$count($states.result.TaskArns)") },
    Next: "RunsAlready",
  },
  RunsAlready: {
    Type: "Choice",
    Choices: [{ Condition: query("$others > 0"), Next: "Skipped" }],
    Default: "Run",
  },
  Skipped: { Type: "Succeed", Output: { skipped: true } },
});

function stopping({ clusterArn, family, timeoutMinutes }: JobDefinitionArgs, execution: string) {
  const ofThisRun = `Overrides.ContainerOverrides.Environment[Name = "${runSetting}" and Value = ${execution}]`;
  return {
    FindLate: {
      ...running(clusterArn, family),
      Output: { tasks: query("[$states.result.TaskArns]") },
      Next: "AnyLate",
    },
    AnyLate: {
      Type: "Choice",
      Choices: [{ Condition: query("$count($states.input.tasks) > 0"), Next: "KnowLate" }],
      Default: "TimedOut",
    },
    KnowLate: {
      Type: "Task",
      Resource: "arn:aws:states:::aws-sdk:ecs:describeTasks",
      Arguments: { Cluster: clusterArn, Tasks: query("$states.input.tasks") },
      Retry,
      Output: { tasks: query(`[$states.result.Tasks[$count(${ofThisRun}) > 0].TaskArn]`) },
      Next: "StopLate",
    },
    StopLate: {
      Type: "Map",
      Items: query("$states.input.tasks"),
      ItemProcessor: {
        ProcessorConfig: { Mode: "INLINE" },
        StartAt: "Stop",
        States: {
          Stop: {
            Type: "Task",
            Resource: "arn:aws:states:::aws-sdk:ecs:stopTask",
            Arguments: {
              Cluster: clusterArn,
              Task: query("$states.input"),
              Reason: `It ran for more than ${timeoutMinutes} minutes`,
            },
            Retry,
            End: true,
          },
        },
      },
      Next: "TimedOut",
    },
    TimedOut: {
      Type: "Fail",
      Error: "Job.TimedOut",
      Cause: `It ran for more than ${timeoutMinutes} minutes and was stopped`,
    },
  };
}
