import type { PermissionSet } from "./organization-types";

/** The permission set for emergencies: guardrails let it through, so whom it is assigned to should be few. */
export const breakGlass = "break-glass";

/** Of who is signed in, as IAM fills it in. */
const ownSessions = "$" + "{aws:userid}";

/** As all that belongs to an environment is tagged. */
const inDev = { "aws:ResourceTag/environment": "dev" };

/**
 * What `lz shell`, `lz forward`, `lz run` and `lz logs` take beside the managed policies. To log in to a database takes
 * `rds-db:connect`, which knows no tags, and is therefore not among it.
 *
 * Sources: ECS developer guide, "Using IAM policies to limit access to ECS Exec", "Monitor Amazon ECS containers with
 * ECS Exec"; Systems Manager user guide, "Additional sample IAM policies for Session Manager", "Enforce a session
 * document permission check for the AWS CLI".
 */
const intoDev: NonNullable<PermissionSet["statements"]> = [
  {
    Sid: "GoIntoTasks",
    Effect: "Allow",
    Action: "ecs:ExecuteCommand",
    Resource: ["arn:aws:ecs:*:*:cluster/*", "arn:aws:ecs:*:*:task/*"],
    Condition: { StringEquals: inDev },
  },
  {
    // Only with a document that is allowed below: a shell comes through ECS, which records it.
    Sid: "ForwardThroughTasks",
    Effect: "Allow",
    Action: "ssm:StartSession",
    Resource: "arn:aws:ecs:*:*:task/*",
    Condition: { StringEquals: inDev, BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" } },
  },
  {
    Sid: "ForwardToHosts",
    Effect: "Allow",
    Action: "ssm:StartSession",
    Resource: "arn:aws:ssm:*:*:document/AWS-StartPortForwardingSessionToRemoteHost",
  },
  {
    Sid: "EndOwnSessions",
    Effect: "Allow",
    Action: ["ssm:ResumeSession", "ssm:TerminateSession"],
    Resource: "arn:aws:ssm:*:*:session/*",
    Condition: { StringLike: { "ssm:resourceTag/aws:ssmmessages:session-id": ownSessions } },
  },
  {
    // A session's channel opens to who has its token, which is who began it.
    Sid: "UseSessions",
    Effect: "Allow",
    Action: "ssmmessages:OpenDataChannel",
    Resource: "arn:aws:ssm:*:*:session/*",
  },
  {
    // The AWS CLI makes a key for what is typed and shown.
    Sid: "EncryptSessions",
    Effect: "Allow",
    Action: "kms:GenerateDataKey",
    Resource: "arn:aws:kms:*:*:key/*",
    Condition: { StringEquals: inDev },
  },
  {
    Sid: "SeeHosts",
    Effect: "Allow",
    Action: "ssm:GetParameter",
    Resource: ["arn:aws:ssm:*:*:parameter/*/host", "arn:aws:ssm:*:*:parameter/*/reader-host"],
    Condition: { StringEquals: inDev },
  },
  {
    Sid: "RunJobs",
    Effect: "Allow",
    Action: "states:StartExecution",
    Resource: "arn:aws:states:*:*:stateMachine:*",
    Condition: { StringEquals: inDev },
  },
  {
    Sid: "SeeTasksAndRuns",
    Effect: "Allow",
    Action: [
      "ecs:Describe*",
      "ecs:List*",
      "ecr:DescribeImages",
      "ecr:ListImages",
      "states:DescribeExecution",
    ],
    Resource: "*",
  },
  {
    Sid: "ReadLogs",
    Effect: "Allow",
    Action: "logs:FilterLogEvents",
    Resource: "arn:aws:logs:*:*:log-group:/landing-zone/*",
  },
];

/** What people's roles come from, unless the description has one of the same name. */
export const standardPermissionSets: Readonly<Record<string, PermissionSet>> = {
  administrator: {
    description: "All that guardrails allow; for the platform team",
    sessionHours: 4,
    managedPolicies: ["AdministratorAccess"],
    allowAdministrator: "The platform team administers accounts; guardrails still hold",
  },
  "power-user": {
    description: "All but users, roles and the organization",
    sessionHours: 8,
    managedPolicies: ["PowerUserAccess"],
  },
  developer: {
    description: "Sees configuration, logs and metrics; in dev goes into running tasks and runs jobs",
    sessionHours: 8,
    managedPolicies: ["job-function/ViewOnlyAccess", "CloudWatchReadOnlyAccess", "AWSXrayReadOnlyAccess"],
    statements: intoDev,
  },
  "read-only": {
    description: "Sees everything, contents included",
    sessionHours: 8,
    managedPolicies: ["ReadOnlyAccess"],
  },
  billing: { description: "Invoices and costs", sessionHours: 8, managedPolicies: ["job-function/Billing"] },
  "security-audit": {
    description: "Sees configuration and findings, no contents",
    sessionHours: 8,
    managedPolicies: ["SecurityAudit", "AWSSecurityHubReadOnlyAccess", "AmazonGuardDutyReadOnlyAccess"],
  },
  [breakGlass]: {
    description: "For emergencies: guardrails let it through",
    sessionHours: 1,
    managedPolicies: ["AdministratorAccess"],
    allowAdministrator: "Someone must be able to repair what locks everybody else out",
  },
};
