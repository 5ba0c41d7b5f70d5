/** What ECS needs to start a task, and what a task's agents need, beside what the task itself is for. */
import type { Statement } from "../identity/policy-document";
import { arn, type Location } from "../location";
import { useOfKey } from "../security/encryption-key";
import { basesPrefix } from "./approved-bases";

const pulling = ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"];

/**
 * To pull from these repositories, and to have what is cached from public registries fetched when it is first pulled.
 * `GetAuthorizationToken` knows no resources.
 *
 * Sources: ECS developer guide, "Task execution IAM role"; ECR user guide, "IAM permissions required to sync an upstream
 * registry with an Amazon ECR private registry".
 */
export function pullStatements(at: Location, repositories: readonly string[]): Statement[] {
  const arns = (cached: boolean) =>
    repositories
      .filter(name => name.startsWith(`${basesPrefix}/`) === cached)
      .map(name => arn("ecr", at, `repository/${name}`));
  const statement = (Sid: string, Action: readonly string[], Resource: readonly string[]): Statement[] =>
    Resource.length === 0 ? [] : [{ Sid, Effect: "Allow", Action, Resource }];
  return [
    ...statement("Pull", pulling, arns(false)),
    ...statement(
      "PullCached",
      [...pulling, "ecr:BatchImportUpstreamImage", "ecr:CreateRepository"],
      arns(true),
    ),
    { Sid: "Login", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
  ];
}

/** Source: ECS developer guide, "Pass Systems Manager parameters through Amazon ECS environment variables". */
export const parameterStatements = (parameters: readonly string[]): Statement[] =>
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

/** Where a cluster keeps what is typed and shown in its shells. */
export interface ShellLogs {
  readonly logGroupName: string;
  /** Of the key that shells, and that group, are encrypted with; without `alias/`. */
  readonly keyAlias: string;
}

/**
 * What the agent in a task needs for somebody's shell there; its channels know no resources, and neither does the list of
 * log groups. Who may open one is another matter.
 * Sources: ECS developer guide, "Monitor Amazon ECS containers with ECS Exec", "Task IAM role", section on ECS Exec
 * permissions and logging.
 */
export const shellStatements = (at: Location, logs: ShellLogs | undefined): Statement[] => [
  {
    Sid: "Shell",
    Effect: "Allow",
    Action: [
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
    ],
    Resource: "*",
  },
  ...(logs === undefined
    ? []
    : ([
        { Sid: "ShellLogGroups", Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
        {
          Sid: "ShellLogs",
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          Resource: arn("logs", at, `log-group:${logs.logGroupName}:*`),
        },
        { ...useOfKey(at, logs.keyAlias), Sid: "ShellKey", Action: "kms:Decrypt" },
      ] satisfies Statement[])),
];
