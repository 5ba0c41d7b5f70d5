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
        "dynamodb:*Item",
        "dynamodb:*Items",
        "dynamodb:Query",
        "dynamodb:Scan",
        "dynamodb:ConditionCheckItem",
        "dynamodb:DescribeTable",
        "sqs:SendMessage",
        "sqs:ReceiveMessage",
        "sqs:DeleteMessage",
        "sqs:ChangeMessageVisibility",
        "sqs:GetQueue*",
        "sns:Publish",
        "kms:Decrypt",
        "kms:GenerateDataKey",
        "secretsmanager:GetSecretValue",
        "ssm:GetParameter*",
      ],
      Resource: ["dynamodb", "sqs", "sns", "kms", "secretsmanager", "ssm"].map(service => here(service)),
    },
    {
      // A bucket's ARN has no account in it; its name has.
      Sid: "Objects",
      Effect: "Allow",
      Action: ["s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
      Resource: `arn:aws:s3:::*-${at.accountId}-${at.region}*`,
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
