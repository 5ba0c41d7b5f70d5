import type { PermissionSet } from "./organization-types";

/** The permission set for emergencies: guardrails let it through, so whom it is assigned to should be few. */
export const breakGlass = "break-glass";

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
    description: "Sees configuration, logs and metrics, and goes into running tasks",
    sessionHours: 8,
    managedPolicies: ["job-function/ViewOnlyAccess", "CloudWatchReadOnlyAccess", "AWSXrayReadOnlyAccess"],
    statements: [
      {
        Sid: "GoIntoTasks",
        Effect: "Allow",
        Action: "ecs:ExecuteCommand",
        Resource: "arn:aws:ecs:*:*:task/*",
        Condition: { StringEquals: { "aws:ResourceTag/environment": "dev" } },
      },
      {
        Sid: "SeeTasks",
        Effect: "Allow",
        Action: ["ecs:Describe*", "ecs:List*", "ecr:DescribeImages", "ecr:ListImages"],
        Resource: "*",
      },
    ],
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
