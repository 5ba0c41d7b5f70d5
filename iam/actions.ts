import { matches } from "./wildcard";

/** `*`, or any pattern that spans services. */
export function isEveryAction(action: string): boolean {
  const service = action.split(":")[0] ?? "";
  return !action.includes(":") || service.includes("*");
}

/** `s3:*`: all that a service can do. */
export function isWholeService(action: string): boolean {
  return !isEveryAction(action) && /^[^:]*:[*?]*\*[*?]*$/.test(action);
}

export function actionMatches(pattern: string, action: string): boolean {
  return matches(pattern.toLowerCase(), action.toLowerCase());
}

/** By the verb, which AWS keeps to; the few exceptions only read less than they say. */
const readingVerb = /^[^:]+:(Get|List|Describe|Head|BatchGet|Search|Lookup|View)/i;

/** Reads that give away content: who may have it is worth a resource's name. */
const revealing = [
  "secretsmanager:GetSecretValue",
  "secretsmanager:BatchGetSecretValue",
  "ssm:GetParameter",
  "ssm:GetParameters",
  "ssm:GetParametersByPath",
  "s3:GetObject",
  "dynamodb:GetItem",
  "dynamodb:BatchGetItem",
];

/**
 * Actions that know no resource but `*`, or whose resource no program can name, beside reads. From the service
 * authorization reference, read on 2026-11-21.
 */
const unscoped = [
  ...["DataSource", "Function", "Resolver"].flatMap(part =>
    ["Create", "Delete", "Update"].map(verb => `appsync:${verb}${part}`),
  ),
  "appsync:SetWebACL",
  "appsync:StartSchemaCreation",
  "cloudfront:CreateOriginAccessControl",
  "cloudfront:CreateResponseHeadersPolicy",
  "cloudwatch:Link",
  // It has alarms, but a permission for some of them only is none (CloudWatch API reference, "PutCompositeAlarm").
  "cloudwatch:PutCompositeAlarm",
  "cloudwatch:PutMetricData",
  "ecs:DeregisterTaskDefinition",
  "ecs:DiscoverPollEndpoint",
  "elasticloadbalancing:SetWebAcl",
  "events:PutPermission",
  "events:RemovePermission",
  "kinesis:DisableEnhancedMonitoring",
  "kinesis:EnableEnhancedMonitoring",
  "kinesis:UpdateShardCount",
  "kinesis:UpdateStreamMode",
  "kms:GenerateRandom",
  "logs:CreateLogDelivery",
  "logs:DeleteLogDelivery",
  "logs:UpdateLogDelivery",
  "logs:PutResourcePolicy",
  "logs:DeleteResourcePolicy",
  "servicediscovery:TagResource",
  "servicediscovery:UntagResource",
  "sso:CreateManagedApplicationInstance",
  "sso:DeleteManagedApplicationInstance",
  "ssmmessages:CreateControlChannel",
  "ssmmessages:CreateDataChannel",
  "ssmmessages:OpenControlChannel",
  "ssmmessages:OpenDataChannel",
  "states:ValidateStateMachineDefinition",
  "xray:PutSpans",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
];

/** Whether an action, or one that a pattern stands for, should name the resources it is allowed on. */
export function needsResource(pattern: string): boolean {
  if (revealing.some(action => actionMatches(pattern, action))) return true;
  if (readingVerb.test(pattern)) return false;
  return !unscoped.some(action => action.toLowerCase() === pattern.toLowerCase());
}
