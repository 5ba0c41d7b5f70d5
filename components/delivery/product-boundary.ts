import { basesPrefix } from "../compute/approved-bases";
import { shiftedForTag } from "../compute/service-deployment";
import type { Statement } from "../identity/policy-document";
import { productRolePath } from "../identity/product-role";
import { arn, iamArn, type Location } from "../location";

/**
 * What roles of products may be given at most: the data of their account, their logs, images and keys; and roles that
 * are for jobs, instances, functions in VPCs and deployments what these are there for. They administer nothing, and their
 * roles can not be taken elsewhere.
 *
 * Source: IAM user guide, "Permissions boundaries for IAM entities".
 */
export const productBoundary = (at: Location): Statement[] => {
  const here = (service: string, resource = "*") => arn(service, at, resource);
  return [
    {
      Effect: "Allow",
      Action: [
        ...of("aps", "DescribeWorkspace", "Get*", "QueryMetrics", "RemoteWrite"),
        ...of("cognito-idp", "Admin*Group", "Admin*SignOut", "Admin*SignUp", "Admin*eUser"),
        ...of("cognito-idp", "Admin*teUserAttributes", "AdminForgetDevice", "AdminGetUser", "AdminList*"),
        ...of("cognito-idp", "AdminReset*", "DescribeUserPool", "ListGroups", "ListUsers*"),
        ...of("dynamodb", "*Item", "DescribeStream", "DescribeTable", "Get*", "Query", "Scan"),
        "elasticache:Connect",
        ...of("elasticfilesystem", "ClientMount", "ClientWrite"),
        "es:ESHttp*",
        "events:PutEvents",
        ...of("kinesis", "DescribeStream*", "Get*", "ListShards", "PutRecord*"),
        ...of("kms", "Decrypt", "GenerateDataKey"),
        "lambda:InvokeFunction",
        "rds-db:connect",
        ...of("secretsmanager", "DescribeSecret", "GetSecretValue"),
        ...of("ses", "SendEmail", "SendRawEmail"),
        "sns:Publish",
        ...of("sqs", "*Message", "ChangeMessageVisibility", "GetQueue*"),
        "ssm:GetParameter*",
      ],
      Resource: [
        "aps",
        "cognito-idp",
        "dynamodb",
        "elasticache",
        "elasticfilesystem",
        "es",
        "events",
        "kinesis",
        "kms",
        "lambda",
        "rds-db",
        "secretsmanager",
        "ses",
        "sns",
        "sqs",
        "ssm",
      ].map(service => here(service)),
    },
    {
      // A bucket's ARN has no account in it; its name has.
      Effect: "Allow",
      Action: [
        "s3:AbortMultipartUpload",
        "s3:DeleteObject",
        "s3:GetObject",
        "s3:ListBucket",
        "s3:ListMultipartUploadParts",
        "s3:PutObject",
      ],
      Resource: `arn:aws:s3:::*-${at.accountId}-${at.region}*`,
    },
    {
      // S3 copies a bucket into one of another region by a role of the product's. Source: Amazon S3 user guide, "Setting up
      // permissions for live replication".
      Effect: "Allow",
      Action: [
        "s3:GetObjectLegalHold",
        "s3:GetObjectRetention",
        "s3:GetObjectVersion*",
        "s3:GetReplicationConfiguration",
        "s3:Replicate*",
      ],
      Resource: `arn:aws:s3:::*-${at.accountId}-*`,
    },
    {
      Effect: "Allow",
      Action: ["kms:Encrypt", "kms:GenerateDataKey"],
      Resource: arn("kms", { ...at, region: "*" }, "key/*"),
      Condition: { StringLike: { "kms:ViaService": "s3.*.amazonaws.com" } },
    },
    {
      // RDS writes the figures of all databases' operating systems to one group, which it makes itself. Source: AWS managed
      // policy reference, "AmazonRDSEnhancedMonitoringRole".
      Effect: "Allow",
      Action: ["logs:CreateLogGroup", "logs:GetLogEvents", "logs:PutRetentionPolicy"],
      Resource: here("logs", "log-group:RDSOSMetrics*"),
    },
    {
      Effect: "Allow",
      Action: [
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        "logs:DescribeLogStreams",
        ...of("ecr", "BatchCheck*", "BatchGet*", "GetDownload*"),
      ],
      Resource: [here("logs"), here("ecr")],
    },
    {
      // What is approved of public registries is fetched when it is first pulled.
      Effect: "Allow",
      Action: ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"],
      Resource: here("ecr", `repository/${basesPrefix}/*`),
    },
    {
      // AWS knows no resources for these, or they only look at how things are. Shells are opened and let in by people.
      Effect: "Allow",
      Action: [
        ...of("cloudwatch", "GetMetric*", "ListMetrics"),
        ...of("ec2", "DescribeNetworkInterfaces", "DescribeSubnets"),
        "ecr:GetAuthorizationToken",
        ...of("ecs", "DiscoverPollEndpoint", "ListTasks"),
        "elasticloadbalancing:Describe*",
        "kinesis:ListStreams",
        ...of("logs", "Describe*", "GetLogDelivery", "ListLogDeliveries"),
        ...of("ssmmessages", "CreateControlChannel", "CreateDataChannel"),
        ...of("ssmmessages", "OpenControlChannel", "OpenDataChannel"),
        "tag:GetResources",
        ...of("xray", "GetSampling*", "PutTelemetryRecords", "PutTraceSegments"),
      ],
      Resource: "*",
    },
    {
      Effect: "Allow",
      Action: "states:StartExecution",
      Resource: here("states", "stateMachine:*"),
      Condition: rolesFor("schedule", "events"),
    },
    ...machines(at),
    {
      // Instances join clusters and say how their tasks are.
      Effect: "Allow",
      Action: [
        ...of("ecs", "*registerContainerInstance", "Poll", "StartTel*", "Submit*"),
        "ecs:UpdateContainerI*",
        "ssm:UpdateInstanceI*",
      ],
      Resource: [here("ecs", "cluster/*"), here("ecs", "container-instance/*"), here("ec2", "instance/*")],
      Condition: rolesFor("instances"),
    },
    {
      // Lambda puts a function's interfaces into a VPC by the function's role.
      Effect: "Allow",
      Action: of("ec2", "*signPrivateIpAddresses", "CreateNetworkInterface", "DeleteNetworkInterface"),
      Resource: ["network-interface/*", "security-group/*", "subnet/*"].map(kind => here("ec2", kind)),
      Condition: rolesFor("function"),
    },
    ...deployments(at),
  ];
};

const of = (service: string, ...actions: readonly string[]) => actions.map(action => `${service}:${action}`);

/** Roles of one purpose, by the ends of their names, which fit into IAM's 64 characters whole. */
const rolesFor = (...purposes: readonly string[]) => ({
  StringLike: { "aws:PrincipalArn": purposes.map(purpose => `*:role${productRolePath}*-${purpose}`) },
});

/** State machines run tasks, hear of their ends by a rule that Step Functions keeps, and have their log delivered. */
function machines(at: Location): Statement[] {
  const byMachines = rolesFor("states");
  return [
    {
      Effect: "Allow",
      Action: [
        ...of("ecs", "DescribeTasks", "RunTask", "StopTask"),
        ...of("events", "DescribeRule", "PutRule", "PutTargets"),
      ],
      Resource: [arn("ecs", at, "task*"), arn("events", at, "rule/StepFunctionsGetEventsForECSTaskRule")],
      Condition: byMachines,
    },
    {
      Effect: "Allow",
      Action: "ecs:TagResource",
      Resource: arn("ecs", at, "task/*"),
      Condition: { ...byMachines, StringEquals: { "ecs:CreateAction": "RunTask" } },
    },
    {
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: iamArn(at.accountId, `role${productRolePath}*`),
      Condition: { ...byMachines, StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    },
    {
      Effect: "Allow",
      Action: of("logs", "CreateLogDelivery", "DeleteLogDelivery", "PutResourcePolicy", "UpdateLogDelivery"),
      Resource: "*",
      Condition: byMachines,
    },
  ];
}

/** ECS shifts requests from one release to another, by the rules that are meant for it. */
function deployments(at: Location): Statement[] {
  const byDeployments = rolesFor("deployment");
  return [
    {
      Effect: "Allow",
      Action: "elasticloadbalancing:*registerTargets",
      Resource: arn("elasticloadbalancing", at, "targetgroup/*"),
      Condition: byDeployments,
    },
    {
      Effect: "Allow",
      Action: "elasticloadbalancing:ModifyRule",
      Resource: arn("elasticloadbalancing", at, "listener-rule/app/*"),
      Condition: { StringLike: { ...byDeployments.StringLike, [`aws:ResourceTag/${shiftedForTag}`]: "?*" } },
    },
  ];
}
