import { accountOf, type Caller, type Request, resourceAccountOf } from "./request";

/**
 * Whether service control policies limit a caller: they do not in the management account, nor those who act in no
 * account, nor service-linked roles. Source: Organizations user guide, "Service control policies (SCPs)".
 */
export function isUnderServiceControl(caller: Caller): boolean {
  const inAccount = accountOf(caller) !== undefined;
  return inAccount && caller.kind !== "service-linked-role" && caller.isManagementAccount !== true;
}

/**
 * Whether resource control policies limit a request, whoever makes it. Source: Organizations user guide, "Resource
 * control policies (RCPs)".
 */
export function isUnderResourceControl(request: Request): boolean {
  const { principal, action, resource } = request;
  if (principal.kind === "service-linked-role" || isInManagementAccount(request)) return false;
  if (action.toLowerCase() === "kms:retiregrant" || /:role\/aws-service-role\//.test(resource)) return false;
  return servicesUnderResourceControl.has(action.split(":")[0]?.toLowerCase() ?? "");
}

function isInManagementAccount(request: Request): boolean {
  const { principal, resourceInManagementAccount } = request;
  const isOwn = accountOf(principal) !== undefined && accountOf(principal) === resourceAccountOf(request);
  return resourceInManagementAccount ?? (isOwn && principal.isManagementAccount === true);
}

/** By the prefix of their actions, from "List of AWS services that support RCPs", which grows. */
const servicesUnderResourceControl: ReadonlySet<string> = new Set([
  "aoss",
  "appconfig",
  "appstream",
  "autoscaling",
  "autoscaling-plans",
  "budgets",
  "clouddirectory",
  "cloudfront",
  "cloudsearch",
  "cloudtrail-data",
  "codeartifact",
  "codebuild",
  "codecommit",
  "codepipeline",
  "cognito-identity",
  "cognito-idp",
  "comprehend",
  "comprehendmedical",
  "compute-optimizer",
  "cost-optimization-hub",
  "dax",
  "dsql",
  "dynamodb",
  "ecr",
  "ecr-public",
  "events",
  "firehose",
  "fis",
  "fms",
  "gamelift",
  "health",
  "inspector-scan",
  "kendra",
  "kinesisvideo",
  "kms",
  "logs",
  "memorydb",
  "networkmonitor",
  "notifications",
  "opensearch",
  "pca-connector-ad",
  "personalize",
  "polly",
  "pricing",
  "resource-groups",
  "rolesanywhere",
  "s3",
  "secretsmanager",
  "servicediscovery",
  "signin",
  "sqs",
  "sts",
  "support",
  "swf",
  "textract",
  "timestream-influxdb",
  "transcribe",
  "transfer",
  "translate",
  "wafv2",
  "workspaces",
  "xray",
]);
