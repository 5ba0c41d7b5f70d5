import { type Cases, unknown } from "./example";
import { account, document, inline, keyPolicy, ofType, policy, root, table } from "./iam-statements";

export default [
  {
    rule: "iam-policy-no-admin",
    accepts: [
      policy({ Action: "dynamodb:*", Resource: table }),
      policy({ Effect: "Deny", Action: "*", Resource: "*" }),
      {},
    ],
    refuses: [
      policy({ Action: "*", Resource: "*" }),
      policy({ Action: ["dynamodb:GetItem", "*:*"], Resource: table }),
      policy({ Action: [unknown, "*"], Resource: unknown }),
      inline({ Action: "*", Resource: "*" }),
      keyPolicy({ Principal: { AWS: root }, Action: "*", Resource: "*" }),
      ofType("aws:iam/userPolicy:UserPolicy", { Action: "*", Resource: "*" }),
      { props: { policy: { Statement: { Effect: "Allow", Action: "*", Resource: "*" } } } },
    ],
    unknown: [
      { props: { policy: unknown } },
      policy({ Action: unknown, Resource: table }),
      { props: { policy: JSON.stringify({ Statement: [unknown] }) } },
      { type: "aws:iam/role:Role", props: { inlinePolicies: unknown } },
    ],
  },
  {
    rule: "iam-policy-no-service-wildcard",
    accepts: [policy({ Action: ["s3:Get*", "dynamodb:Query"], Resource: unknown })],
    refuses: [
      policy({ Action: "dynamodb:*", Resource: table }),
      inline({ Action: ["S3:*"], Resource: "arn:aws:s3:::orders" }),
      ofType("aws:sqs/queuePolicy:QueuePolicy", { Action: "sqs:*", Principal: { AWS: root }, Resource: "*" }),
      {
        type: "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
        props: {
          policyDocument: document({
            Action: "logs:*",
            Principal: { Service: "es.amazonaws.com" },
            Resource: "*",
          }),
        },
      },
    ],
    unknown: [{ props: { policy: unknown } }],
  },
  {
    rule: "iam-policy-no-notaction-allow",
    accepts: [
      policy({ Effect: "Deny", NotAction: "iam:*", NotResource: "*" }),
      policy({ Action: "s3:GetObject", Resource: "*" }),
    ],
    refuses: [
      policy({ NotAction: "iam:*", Resource: "*" }),
      inline({ Action: "s3:GetObject", NotResource: "arn:aws:s3:::pay" }),
    ],
    unknown: [{ props: { policy: unknown } }],
  },
  {
    rule: "iam-policy-no-resource-star-write",
    accepts: [
      policy({ Action: ["dynamodb:PutItem"], Resource: table }),
      // Other rules refuse these.
      policy({ Action: ["*", "s3:*"], Resource: "*" }),
      policy({
        Action: ["ec2:Describe*", "ecr:GetAuthorizationToken", "xray:PutTraceSegments"],
        Resource: "*",
      }),
      policy({
        Action: "ec2:StartInstances",
        Resource: "*",
        Condition: { StringEquals: { "aws:ResourceTag/product": "shop" } },
      }),
      inline({
        Action: "kms:Decrypt",
        Resource: "*",
        Condition: { StringLike: { "kms:ViaService": "s3.*.amazonaws.com" } },
      }),
    ],
    refuses: [
      policy({ Action: "dynamodb:PutItem", Resource: "*" }),
      policy({ Action: [unknown, "kms:Decrypt"], Resource: [unknown, "*"] }),
      policy({ Action: "s3:Get*", Resource: "arn:aws:*" }),
      policy({
        Action: "ec2:StartInstances",
        Resource: "*",
        Condition: { StringLike: { "aws:ResourceTag/product": "*" } },
      }),
      policy({
        Action: "ec2:StartInstances",
        Resource: "*",
        Condition: { StringEqualsIfExists: { "aws:ResourceTag/product": "a" } },
      }),
      policy({
        Action: "ec2:StartInstances",
        Resource: "*",
        Condition: { StringEquals: { "aws:RequestedRegion": "eu-central-1" } },
      }),
      ofType("aws:secretsmanager/secretPolicy:SecretPolicy", {
        Action: "secretsmanager:PutSecretValue",
        Resource: "*",
      }),
    ],
    unknown: [
      policy({ Action: "dynamodb:PutItem", Resource: unknown }),
      policy({
        Action: "ec2:StartInstances",
        Resource: "*",
        Condition: { StringEquals: { "aws:ResourceTag/product": unknown } },
      }),
    ],
  },
  {
    rule: "iam-policy-passrole-narrow",
    accepts: [
      policy({
        Action: "iam:PassRole",
        Resource: `arn:aws:iam::${account}:role/orders-*`,
        Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
      }),
      policy({ Action: "iam:GetRole", Resource: "*" }),
    ],
    refuses: [
      policy({ Action: "iam:PassRole", Resource: `arn:aws:iam::${account}:role/orders` }),
      policy({
        Action: "iam:Pass*",
        Resource: "*",
        Condition: { StringEquals: { "iam:PassedToService": "ecs.amazonaws.com" } },
      }),
      inline({ Action: "iam:PassRole", Resource: "*" }),
    ],
    unknown: [
      { props: { policy: unknown } },
      policy({
        Action: "iam:PassRole",
        Resource: unknown,
        Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
      }),
    ],
  },

  {
    rule: "iam-policy-no-privilege-escalation",
    accepts: [
      policy({ Action: "iam:PutRolePolicy", Resource: `arn:aws:iam::${account}:role/orders-*` }),
      policy({
        Action: "iam:AttachRolePolicy",
        Resource: `arn:aws:iam::${account}:role/*`,
        Condition: { ArnEquals: { "iam:PolicyARN": `arn:aws:iam::${account}:policy/orders` } },
      }),
      policy({ Action: "iam:PassRole", Resource: "*" }),
      policy(
        { Action: "iam:PassRole", Resource: `arn:aws:iam::${account}:role/orders` },
        { Action: "ecs:RunTask", Resource: "*" },
      ),
      policy({ Action: "*", Resource: "*" }),
      policy({ Action: "iam:CreateAccessKey", Resource: table }),
      { props: { name: "orders-boundary", ...policy({ Action: "iam:Put*", Resource: "*" }).props } },
      {
        type: "aws:iam/policy:Policy",
        name: "orders-boundary",
        ...policy({ Action: "iam:Put*", Resource: "*" }),
      },
    ],
    refuses: [
      policy({ Action: "iam:PutRolePolicy", Resource: "*" }),
      policy({ Action: "iam:AttachRolePolicy", Resource: `arn:aws:iam::${account}:role/*` }),
      policy({ Action: "iam:Create*", Resource: "arn:aws:iam::*:policy/*" }),
      policy({ Action: "iam:AddUserToGroup", Resource: "arn:aws:iam:::*" }),
      policy(
        { Action: "iam:PassRole", Resource: "*" },
        {
          Action: "lambda:CreateFunction",
          Resource: `arn:aws:lambda:eu-central-1:${account}:function:orders`,
        },
      ),
      inline({ Action: "iam:UpdateAssumeRolePolicy", Resource: [unknown, "*"] }),
      {
        type: "aws:iam/rolePolicy:RolePolicy",
        name: "orders-boundary",
        ...policy({ Action: "iam:Put*", Resource: "*" }),
      },
    ],
    unknown: [
      { props: { policy: unknown } },
      policy({ Action: unknown, Resource: "*" }),
      policy({ Action: "iam:PutRolePolicy", Resource: unknown }),
    ],
  },
  {
    rule: "iam-policy-assume-role-narrow",
    accepts: [
      policy({ Action: "sts:AssumeRole", Resource: `arn:aws:iam::${account}:role/delivery` }),
      policy({ Action: "sts:GetCallerIdentity", Resource: "*" }),
      policy({
        Action: "sts:AssumeRole",
        Resource: "*",
        Condition: { StringEquals: { "aws:ResourceTag/product": "shop" } },
      }),
    ],
    refuses: [
      policy({ Action: "sts:AssumeRole", Resource: "*" }),
      policy({ Action: "sts:Assume*", Resource: "arn:aws:iam::*:role/*" }),
    ],
    unknown: [
      policy({ Action: "sts:AssumeRole", Resource: unknown }),
      policy({ Action: unknown, Resource: "*" }),
    ],
  },
  {
    rule: "iam-policy-no-credential-exposure",
    accepts: [
      policy({
        Action: "rds-db:connect",
        Resource: `arn:aws:rds-db:eu-central-1:${account}:dbuser:db-1/orders`,
      }),
      policy({ Action: "ecr:GetAuthorizationToken", Resource: "*" }),
    ],
    refuses: [
      policy({ Action: "sts:GetFederationToken", Resource: "*" }),
      policy({ Action: "rds-db:connect", Resource: `arn:aws:rds-db:eu-central-1:${account}:*` }),
    ],
    unknown: [policy({ Action: "rds-db:connect", Resource: unknown })],
  },
  {
    rule: "iam-policy-no-exfiltration",
    accepts: [
      policy({ Action: "s3:GetObject", Resource: "arn:aws:s3:::orders/*" }),
      policy({
        Action: "secretsmanager:GetSecretValue",
        Resource: `arn:aws:secretsmanager:eu-central-1:${account}:secret:orders-*`,
      }),
      policy({ Action: "s3:ListBucket", Resource: "*" }),
      policy({ Action: "dynamodb:GetItem", Resource: "arn:aws:s3:::*" }),
      { props: { name: "orders-boundary", ...policy({ Action: "s3:GetObject", Resource: "*" }).props } },
      policy({ Action: ["*", "s3:*"], Resource: "*" }),
      policy({
        Action: "dynamodb:Scan",
        Resource: `arn:aws:dynamodb:*:${account}:table/*`,
        Condition: { Bool: { "aws:ViaAWSService": "true" } },
      }),
    ],
    refuses: [
      policy({ Action: "s3:GetObject", Resource: "arn:aws:s3:::*/*" }),
      ...[
        { Bool: { "aws:ViaAWSService": "false" } },
        { BoolIfExists: { "aws:ViaAWSService": "true" } },
        { Bool: { "aws:SecureTransport": "true" } },
        { Bool: { "aws:ViaAWSService": ["true", "false"] } },
      ].map(Condition => policy({ Action: "s3:GetObject", Resource: "arn:aws:s3:::*/*", Condition })),
      policy({
        Action: "secretsmanager:Get*",
        Resource: `arn:aws:secretsmanager:eu-central-1:${account}:secret:*`,
      }),
      policy({ Action: "dynamodb:Scan", Resource: `arn:aws:dynamodb:*:${account}:table/*` }),
      policy({ Action: "s3:GetObject", Resource: "arn:aws:s*:::*" }),
    ],
    unknown: [policy({ Action: "s3:GetObject", Resource: unknown })],
  },
  {
    rule: "iam-policy-permissions-mgmt-constrained",
    accepts: [
      policy({ Action: "s3:PutBucketPolicy", Resource: "arn:aws:s3:::orders" }),
      policy({ Action: "kms:PutKeyPolicy", Resource: `arn:aws:kms:eu-central-1:${account}:key/*` }),
      policy({ Action: "s3:GetBucketPolicy", Resource: "*" }),
      policy({
        Action: "lambda:AddPermission",
        Resource: "*",
        Condition: { StringEquals: { "lambda:FunctionUrlAuthType": "AWS_IAM" } },
      }),
      policy({ Action: "kms:*", Resource: "*" }),
      {
        props: { name: "orders-boundary", ...policy({ Action: "s3:PutBucketPolicy", Resource: "*" }).props },
      },
    ],
    refuses: [
      policy({ Action: "s3:PutBucketPolicy", Resource: "*" }),
      policy({ Action: "s3:PutBucket*", Resource: "arn:aws:s3:::*" }),
      policy({ Action: "kms:PutKeyPolicy", Resource: "arn:aws:kms:*:*:key/*" }),
    ],
    unknown: [
      policy({ Action: "s3:PutBucketPolicy", Resource: unknown }),
      policy({ Action: unknown, Resource: "*" }),
    ],
  },
] satisfies Cases[];
