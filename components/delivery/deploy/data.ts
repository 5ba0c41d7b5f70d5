import type { Statement } from "../../identity/policy-document";
import { arn } from "../../location";
import {
  buckets,
  type DeployRole,
  fillingReplicas,
  inRegions,
  newAndTagged,
  notThePlatforms,
  placeOf,
  signInToGrafana,
} from "./place";

/** What products keep by themselves: tables, buckets, queues, topics, streams, buses, secrets, parameters and metrics. */
export const data = (role: DeployRole): Statement[] => {
  const { at, copyRegions = [] } = role;
  const { here } = placeOf(role);
  return [
    {
      Sid: "Keep",
      Effect: "Allow",
      Action: [
        "dynamodb:CreateTable",
        "dynamodb:DeleteTable",
        "dynamodb:UpdateContinuousBackups",
        "dynamodb:UpdateContributorInsights",
        "dynamodb:UpdateTable",
        "dynamodb:UpdateTimeToLive",
        "dynamodb:*agResource",
        "events:*Archive",
        "events:*EventBus",
        "sns:CreateTopic",
        "sns:DeleteTopic",
        "sns:SetSubscriptionAttributes",
        "sns:SetTopicAttributes",
        "sns:Subscribe",
        "sns:Unsubscribe",
        "sns:*agResource",
        "sqs:CreateQueue",
        "sqs:DeleteQueue",
        "sqs:SetQueueAttributes",
        "sqs:*agQueue",
      ],
      Resource: ["dynamodb", "events", "sns", "sqs"].map(service => here(service)),
      Condition: notThePlatforms,
    },
    ...(copyRegions.length === 0 ? [] : copies(role)),
    {
      Sid: "Streams",
      Effect: "Allow",
      Action: [
        "kinesis:*agResource",
        "kinesis:*StreamEncryption",
        "kinesis:*StreamRetentionPeriod",
        "kinesis:*agsToStream",
        "kinesis:*agsFromStream",
        "kinesis:CreateStream",
        "kinesis:DeleteStream",
      ],
      Resource: here("kinesis", "stream/*"),
      Condition: notThePlatforms,
    },
    {
      Sid: "StartStreamEncryption",
      Effect: "Allow",
      Action: ["kinesis:StartStreamEncryption", "kinesis:StopStreamEncryption"],
      Resource: here("kms", "key/*"),
      Condition: notThePlatforms,
    },
    {
      Sid: "OfAnyName",
      Effect: "Allow",
      Action: [
        "events:PutPermission",
        "events:RemovePermission",
        "kinesis:DisableEnhancedMonitoring",
        "kinesis:EnableEnhancedMonitoring",
        "kinesis:UpdateShardCount",
        "kinesis:UpdateStreamMode",
      ],
      Resource: "*",
      Condition: inRegions([at.region]),
    },
    {
      Sid: "Buckets",
      Effect: "Allow",
      Action: [
        "s3:CreateBucket",
        "s3:DeleteBucket*",
        "s3:GetBucket*",
        "s3:Get*Configuration",
        "s3:ListBucket",
        "s3:PutBucket*",
        "s3:Put*Configuration",
        // A bucket is born with its tags. Source: terraform-provider-aws pull request 45251.
        "s3:*agResource",
        "s3:ListTagsForResource",
      ],
      Resource: buckets(role),
    },
    {
      // Also those that RDS makes for its master users, on behalf of whoever makes a database. Source: Amazon RDS user
      // guide, "Password management with Amazon RDS and AWS Secrets Manager".
      Sid: "Secrets",
      Effect: "Allow",
      Action: [
        "secretsmanager:CancelRotateSecret",
        "secretsmanager:CreateSecret",
        "secretsmanager:DeleteResourcePolicy",
        "secretsmanager:DeleteSecret",
        "secretsmanager:PutResourcePolicy",
        "secretsmanager:RotateSecret",
        "secretsmanager:UpdateSecret",
        "secretsmanager:ValidateResourcePolicy",
        "secretsmanager:*agResource",
      ],
      Resource: here("secretsmanager", "secret:*"),
      Condition: notThePlatforms,
    },
    {
      // Secrets Manager asks it of whoever sets a function to renew a secret. Source: Secrets Manager user guide,
      // "Permissions for rotation".
      Sid: "Renew",
      Effect: "Allow",
      Action: "lambda:InvokeFunction",
      Resource: here("lambda", "function:*"),
      Condition: notThePlatforms,
    },
    {
      // The provider compares values, and these are no secrets: of those it could not decrypt but the one below.
      Sid: "Parameters",
      Effect: "Allow",
      Action: [
        "ssm:AddTagsToResource",
        "ssm:DeleteParameter",
        "ssm:GetParameter",
        "ssm:GetParameters",
        "ssm:PutParameter",
        "ssm:RemoveTagsFromResource",
      ],
      Resource: here("ssm", "parameter/*"),
      Condition: notThePlatforms,
    },
    {
      // Cognito makes a client's secret, and Pulumi puts it where containers find it. Source: KMS developer guide,
      // "How AWS Systems Manager Parameter Store uses AWS KMS", on PARAMETER_ARN.
      Sid: "ClientSecrets",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:Encrypt"],
      Resource: here("kms", "key/*"),
      Condition: {
        ...notThePlatforms,
        StringLike: {
          "kms:EncryptionContext:PARAMETER_ARN": here("ssm", "parameter/*-client-secret"),
          "kms:ViaService": `ssm.${at.region}.amazonaws.com`,
        },
      },
    },
    ...metrics(role),
  ];
};

/**
 * Workspaces of Prometheus and of Grafana, which AWS calls by ids. One of Grafana is an application of IAM Identity
 * Center: AWS asks that of whoever makes it, and knows no resources for it.
 * Sources: Amazon Managed Service for Prometheus user guide, "IAM permissions and policies"; service authorization
 * reference, "Amazon Managed Grafana"; AWS managed policy reference, "AWSGrafanaAccountAdministrator",
 * "AWSSSOMemberAccountAdministrator".
 */
function metrics(role: DeployRole): Statement[] {
  const { here } = placeOf(role);
  return [
    {
      Sid: "NewWorkspaces",
      Effect: "Allow",
      Action: ["aps:CreateWorkspace", "grafana:CreateWorkspace"],
      Resource: "*",
      Condition: newAndTagged,
    },
    {
      Sid: "Metrics",
      Effect: "Allow",
      Action: [
        "aps:*LoggingConfiguration",
        "aps:*agResource",
        "aps:DeleteWorkspace",
        "aps:UpdateWorkspace*",
        "grafana:*agResource",
        "grafana:DeleteWorkspace",
        "grafana:UpdateWorkspace",
        "grafana:UpdateWorkspaceAuthentication",
        "grafana:UpdateWorkspaceConfiguration",
      ],
      Resource: [here("aps", "workspace/*"), here("grafana", "/workspaces/*")],
      Condition: notThePlatforms,
    },
    {
      Sid: "SignInToGrafana",
      Effect: "Allow",
      Action: signInToGrafana,
      Resource: "*",
      // By Grafana, on behalf of this role.
      Condition: { Bool: { "aws:ViaAWSService": "true" } },
    },
  ];
}

/**
 * Replicas of tables in other regions. DynamoDB writes into a new one what is in the table, by the rights of whoever
 * asks for it; these are for DynamoDB and not for the role itself.
 * Source: DynamoDB developer guide, "Using IAM with global tables".
 */
function copies({ at, copyRegions = [] }: DeployRole): Statement[] {
  const tables = [at.region, ...copyRegions].map(region => arn("dynamodb", { ...at, region }, "table/*"));
  return [
    {
      Sid: "Replicas",
      Effect: "Allow",
      Action: [
        "dynamodb:*TableReplica",
        "dynamodb:CreateTable",
        "dynamodb:DeleteTable",
        "dynamodb:UpdateContinuousBackups",
        "dynamodb:UpdateTable",
        "dynamodb:*agResource",
      ],
      Resource: tables,
      Condition: notThePlatforms,
    },
    {
      Sid: "FillReplicas",
      Effect: "Allow",
      Action: fillingReplicas,
      Resource: tables,
      Condition: { ...notThePlatforms, Bool: { "aws:ViaAWSService": "true" } },
    },
  ];
}
