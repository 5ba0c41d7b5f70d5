import type { Statement } from "../identity/policy-document";
import { productBoundaryName, productRolePath } from "../identity/product-role";
import { arn, iamArn, type Location } from "../location";

/**
 * What products' persistent and service stacks are made of, and nothing of the platform's: no network but security
 * groups, no trail, no bucket's contents, no role without the product boundary.
 *
 * One policy holds it, at most 6,144 characters (IAM user guide, "IAM and AWS STS quotas"), and the deploy role has it
 * twice: as its policy and as its boundary.
 */
export const deployPermissions = (
  at: Location,
  deployRoleName: string,
  alsoTakes: readonly string[] = [],
): Statement[] => {
  const { accountId, region } = at;
  const here = (service: string, resource = "*") => arn(service, at, resource);
  const everywhere = (service: string) => `arn:aws:${service}:*:${accountId}:*`;
  const productRoles = iamArn(accountId, `role${productRolePath}*`);
  return [
    {
      Sid: "See",
      Effect: "Allow",
      Action: [
        "acm",
        "application-autoscaling",
        "cloudfront",
        "cloudwatch",
        "dynamodb",
        "ec2",
        "ecr",
        "ecs",
        "elasticloadbalancing",
        "events",
        "iam",
        "kms",
        "logs",
        "route53",
        "sns",
        "sqs",
        "wafv2",
      ].flatMap(service => seeing[service] ?? [`${service}:Describe*`, `${service}:List*`]),
      Resource: "*",
    },
    {
      Sid: "Run",
      Effect: "Allow",
      Action: [
        "ecs:*Cluster*",
        "ecs:*Service*",
        "ecs:RegisterTaskDefinition",
        "ecs:*agResource",
        "application-autoscaling:*Scal*",
        "application-autoscaling:*agResource",
        "events:*Rule",
        "events:*Targets",
        "events:*agResource",
        "cloudwatch:*Alarm*",
        "cloudwatch:*agResource",
      ],
      Resource: ["ecs", "application-autoscaling", "events", "cloudwatch"].map(service => here(service)),
    },
    { Sid: "Forget", Effect: "Allow", Action: "ecs:DeregisterTaskDefinition", Resource: "*" },
    {
      Sid: "Log",
      Effect: "Allow",
      Action: [
        "logs:CreateLogGroup",
        "logs:DeleteLogGroup",
        "logs:*RetentionPolicy",
        "logs:*KmsKey",
        "logs:*agResource",
      ],
      Resource: here("logs", "log-group:/landing-zone/*"),
      Condition: notThePlatforms,
    },
    {
      Sid: "Balance",
      Effect: "Allow",
      Action: ["Add", "Create", "Delete", "Modify", "Remove", "Set"].map(
        verb => `elasticloadbalancing:${verb}*`,
      ),
      Resource: here("elasticloadbalancing"),
    },
    {
      Sid: "Keep",
      Effect: "Allow",
      Action: [
        "dynamodb:*Table",
        "dynamodb:UpdateContinuousBackups",
        "dynamodb:UpdateTimeToLive",
        "dynamodb:*agResource",
        "sqs:*Queue",
        "sqs:SetQueueAttributes",
        "sns:*Topic",
        "sns:Set*Attributes",
        "sns:Subscribe",
        "sns:Unsubscribe",
        "sns:*agResource",
        "ecr:*Repository*",
        "ecr:*LifecyclePolicy",
        "ecr:PutImage*",
        "ecr:*agResource",
      ],
      Resource: ["dynamodb", "sqs", "sns", "ecr"].map(service => here(service)),
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
      Resource: `arn:aws:s3:::*-${accountId}-${region}`,
    },
    {
      // What has no name before it is there is asked for without one.
      Sid: "New",
      Effect: "Allow",
      Action: [
        "acm:RequestCertificate",
        "cloudfront:CreateDistribution",
        "cloudfront:CreateVpcOrigin",
        "kms:CreateKey",
      ],
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestTag/managed-by": "pulumi" } },
    },
    {
      Sid: "Keys",
      Effect: "Allow",
      Action: [
        "kms:*Alias",
        "kms:*KeyRotation",
        "kms:*agResource",
        // DynamoDB and ECR take a key on behalf of whoever makes a table or repository. Sources: DynamoDB developer
        // guide, "DynamoDB encryption at rest usage notes"; ECR user guide, "Encryption at rest".
        "kms:CreateGrant",
        "kms:Decrypt",
        "kms:Encrypt",
        "kms:GenerateDataKey*",
        "kms:ReEncrypt*",
        "kms:RetireGrant",
        "kms:PutKeyPolicy",
        "kms:ScheduleKeyDeletion",
        "kms:UpdateKeyDescription",
      ],
      Resource: [here("kms", "key/*"), here("kms", "alias/*")],
      Condition: notThePlatforms,
    },
    {
      Sid: "Edge",
      Effect: "Allow",
      Action: [
        "acm:*Certificate",
        "cloudfront:*Distribution*",
        "cloudfront:*VpcOrigin",
        "cloudfront:*agResource",
        "wafv2:*WebACL",
        "wafv2:*agResource",
      ],
      Resource: ["acm", "cloudfront", "wafv2"].map(everywhere),
    },
    {
      Sid: "Names",
      Effect: "Allow",
      Action: "route53:ChangeResourceRecordSets",
      Resource: "arn:aws:route53:::hostedzone/*",
    },
    {
      Sid: "SecurityGroups",
      Effect: "Allow",
      Action: [
        "ec2:AuthorizeSecurityGroup*",
        "ec2:CreateSecurityGroup",
        "ec2:CreateTags",
        "ec2:DeleteSecurityGroup",
        "ec2:DeleteTags",
        "ec2:ModifySecurityGroupRules",
        "ec2:RevokeSecurityGroup*",
      ],
      Resource: here("ec2", "security-group*"),
      Condition: notThePlatforms,
    },
    {
      Sid: "SecurityGroupsInVpcs",
      Effect: "Allow",
      Action: "ec2:CreateSecurityGroup",
      Resource: here("ec2", "vpc/*"),
    },
    {
      Sid: "RolesWithTheBoundary",
      Effect: "Allow",
      Action: ["iam:AttachRolePolicy", "iam:CreateRole", "iam:PutRolePolicy"],
      Resource: productRoles,
      Condition: {
        StringEquals: { "iam:PermissionsBoundary": iamArn(accountId, `policy/${productBoundaryName}`) },
      },
    },
    {
      Sid: "Roles",
      Effect: "Allow",
      Action: [
        "iam:DeleteRole",
        "iam:DeleteRolePolicy",
        "iam:DetachRolePolicy",
        "iam:*agRole",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRole*",
      ],
      Resource: productRoles,
    },
    {
      Sid: "HandRolesOver",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: productRoles,
      Condition: {
        StringEquals: { "iam:PassedToService": ["ecs-tasks.amazonaws.com", "events.amazonaws.com"] },
      },
    },
    {
      Sid: "RolesOfServices",
      Effect: "Allow",
      Action: "iam:CreateServiceLinkedRole",
      Resource: iamArn(accountId, "role/aws-service-role/*"),
      Condition: {
        StringLike: {
          "iam:AWSServiceName": [
            "ecs.amazonaws.com",
            "ecs.application-autoscaling.amazonaws.com",
            "elasticloadbalancing.amazonaws.com",
            "vpcorigin.cloudfront.amazonaws.com",
          ],
        },
      },
    },
    // Its trust policy lets it take itself as far as its own policy does.
    {
      Sid: "Itself",
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Resource: [iamArn(accountId, `role/${deployRoleName}`), ...alsoTakes],
    },
  ];
};

/** The platform's own resources carry its name; what is not there yet carries none. */
const notThePlatforms = { StringNotEquals: { "aws:ResourceTag/product": "landing-zone" } };

/** Services whose reading actions are called otherwise, or give away more than configuration. */
const seeing: Readonly<Record<string, readonly string[]>> = {
  cloudfront: ["cloudfront:Get*", "cloudfront:List*"],
  // Elastic Load Balancing looks for the security groups on behalf of whoever makes a load balancer.
  ec2: ["ec2:Describe*", "ec2:GetSecurityGroupsForVpc"],
  ecr: ["ecr:Describe*", "ecr:GetLifecyclePolicy", "ecr:GetRepositoryPolicy", "ecr:List*"],
  elasticloadbalancing: ["elasticloadbalancing:Describe*"],
  iam: ["iam:GetRole*", "iam:ListAttachedRolePolicies", "iam:ListRole*", "iam:ListInstanceProfilesForRole"],
  kms: ["kms:Describe*", "kms:GetKey*", "kms:List*"],
  route53: ["route53:Get*", "route53:List*"],
  sns: ["sns:Get*", "sns:List*"],
  sqs: ["sqs:GetQueue*", "sqs:List*"],
  wafv2: ["wafv2:Get*", "wafv2:List*"],
};
