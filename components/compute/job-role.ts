import type { Statement } from "../identity/policy-document";
import { arn, type Location } from "../location";

export interface JobRoleArgs {
  readonly at: Location;
  readonly clusterName: string;
  readonly family: string;
  /** What its tasks are tagged with as `service`. */
  readonly workload: string;
  readonly roleArns: { readonly task: string; readonly execution: string };
}

/**
 * What the state machine of a job may do: run, watch and stop this job's tasks in this cluster and hand them their two
 * roles, write its log and its traces. ECS knows listing tasks on a cluster only, and describing them not by family.
 *
 * Sources: Step Functions developer guide, "IAM policies for calling Amazon ECS/AWS Fargate", "Using CloudWatch Logs to
 * log execution history in Step Functions" (CloudWatch Logs knows no resources for deliveries), "Trace Step Functions
 * request data in AWS X-Ray"; ECS developer guide, "Grant permission to tag resources on creation"; service
 * authorization reference, "Amazon Elastic Container Service".
 */
export function jobStatements({
  at,
  clusterName,
  family,
  workload,
  roleArns,
}: JobRoleArgs): readonly Statement[] {
  const inCluster = { ArnEquals: { "ecs:cluster": arn("ecs", at, `cluster/${clusterName}`) } };
  const tasks = arn("ecs", at, `task/${clusterName}/*`);
  return [
    {
      Sid: "Run",
      Effect: "Allow",
      Action: "ecs:RunTask",
      Resource: arn("ecs", at, `task-definition/${family}:*`),
      Condition: inCluster,
    },
    {
      Sid: "HandOverRoles",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: [roleArns.task, roleArns.execution],
      Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    },
    {
      Sid: "Tag",
      Effect: "Allow",
      Action: "ecs:TagResource",
      Resource: tasks,
      Condition: { StringEquals: { "ecs:CreateAction": "RunTask" } },
    },
    {
      Sid: "Stop",
      Effect: "Allow",
      Action: "ecs:StopTask",
      Resource: tasks,
      Condition: { ...inCluster, StringEquals: { "aws:ResourceTag/service": workload } },
    },
    { Sid: "Watch", Effect: "Allow", Action: "ecs:DescribeTasks", Resource: tasks, Condition: inCluster },
    { Sid: "List", Effect: "Allow", Action: "ecs:ListTasks", Resource: "*", Condition: inCluster },
    {
      Sid: "HearOfTheEnd",
      Effect: "Allow",
      Action: ["events:PutTargets", "events:PutRule", "events:DescribeRule"],
      Resource: arn("events", at, "rule/StepFunctionsGetEventsForECSTaskRule"),
    },
    {
      Sid: "Log",
      Effect: "Allow",
      Action: [
        "logs:CreateLogDelivery",
        "logs:GetLogDelivery",
        "logs:UpdateLogDelivery",
        "logs:DeleteLogDelivery",
        "logs:ListLogDeliveries",
        "logs:PutResourcePolicy",
        "logs:DescribeResourcePolicies",
        "logs:DescribeLogGroups",
      ],
      Resource: "*",
    },
    trace,
  ];
}

/** Source: service authorization reference, "AWS X-Ray": these know no resources. */
export const trace: Statement = {
  Sid: "Trace",
  Effect: "Allow",
  Action: [
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
  ],
  Resource: "*",
};
