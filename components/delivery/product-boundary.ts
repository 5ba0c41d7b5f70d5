import type { Statement } from "../identity/policy-document";
import { productRolePath } from "../identity/product-role";
import { arn, iamArn, type Location } from "../location";

/**
 * What roles of products may be given at most: the data of their account, their logs, images and keys. They administer
 * nothing, and their roles can not be taken elsewhere.
 *
 * Source: IAM user guide, "Permissions boundaries for IAM entities".
 */
export const productBoundary = (at: Location): Statement[] => {
  const here = (service: string, resource = "*") => arn(service, at, resource);
  return [
    {
      Sid: "Data",
      Effect: "Allow",
      Action: [
        ...["AdminAddUserToGroup", "AdminConfirmSignUp", "AdminCreateUser", "AdminDeleteUser*"],
        ...["AdminDisableUser", "AdminEnableUser", "AdminForgetDevice", "AdminGetUser", "AdminList*"],
        ...["AdminRemoveUserFromGroup", "AdminResetUserPassword", "AdminUpdateUserAttributes"],
        ...["AdminUserGlobalSignOut", "DescribeUserPool", "ListGroups", "ListUsers*"],
      ]
        .map(action => `cognito-idp:${action}`)
        .concat([
          "dynamodb:*Item",
          "dynamodb:*Items",
          "dynamodb:ConditionCheckItem",
          "dynamodb:DescribeStream",
          "dynamodb:DescribeTable",
          "dynamodb:GetRecords",
          "dynamodb:GetShardIterator",
          "dynamodb:Query",
          "dynamodb:Scan",
          "elasticache:Connect",
          "elasticfilesystem:ClientMount",
          "elasticfilesystem:ClientWrite",
          "es:ESHttp*",
          "events:PutEvents",
          "kinesis:DescribeStreamSummary",
          "kinesis:GetRecords",
          "kinesis:GetShardIterator",
          "kinesis:ListShards",
          "kinesis:PutRecord",
          "kinesis:PutRecords",
          "kms:Decrypt",
          "kms:GenerateDataKey",
          "lambda:InvokeFunction",
          "rds-db:connect",
          "secretsmanager:DescribeSecret",
          "secretsmanager:GetSecretValue",
          "ses:SendEmail",
          "ses:SendRawEmail",
          "sns:Publish",
          "sqs:ChangeMessageVisibility",
          "sqs:DeleteMessage",
          "sqs:GetQueue*",
          "sqs:ReceiveMessage",
          "sqs:SendMessage",
          "ssm:GetParameter*",
        ]),
      Resource: [
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
      Sid: "Objects",
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
      Sid: "Copies",
      Effect: "Allow",
      Action: [
        "s3:GetObjectLegalHold",
        "s3:GetObjectRetention",
        "s3:GetObjectVersion*",
        "s3:GetReplicationConfiguration",
        "s3:ReplicateDelete",
        "s3:ReplicateObject",
        "s3:ReplicateTags",
      ],
      Resource: `arn:aws:s3:::*-${at.accountId}-*`,
    },
    {
      Sid: "KeysOfCopies",
      Effect: "Allow",
      Action: ["kms:Encrypt", "kms:GenerateDataKey"],
      Resource: arn("kms", { ...at, region: "*" }, "key/*"),
      Condition: { StringLike: { "kms:ViaService": "s3.*.amazonaws.com" } },
    },
    {
      // RDS writes the figures of all databases' operating systems to one group, which it makes itself. Source: AWS managed
      // policy reference, "AmazonRDSEnhancedMonitoringRole".
      Sid: "DatabaseFigures",
      Effect: "Allow",
      Action: ["logs:CreateLogGroup", "logs:GetLogEvents", "logs:PutRetentionPolicy"],
      Resource: here("logs", "log-group:RDSOSMetrics*"),
    },
    {
      Sid: "Runtime",
      Effect: "Allow",
      Action: [
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        "logs:DescribeLogStreams",
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:GetDownloadUrlForLayer",
        "ecs:RunTask",
      ],
      Resource: [here("logs"), here("ecr"), here("ecs")],
    },
    { Sid: "ImageLogin", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
    {
      Sid: "HandRolesToTasks",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: iamArn(at.accountId, `role${productRolePath}*`),
      Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    },
  ];
};
