import { unknown } from "../judge";
import type { Cases } from ".";

const account = "111122223333";
const table = `arn:aws:dynamodb:eu-central-1:${account}:table/orders`;
const root = `arn:aws:iam::${account}:root`;
const inOrganization = { StringEquals: { "aws:PrincipalOrgID": "o-1234567890" } };

const document = (...statements: object[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements.map(one => ({ Effect: "Allow", ...one })) });
const policy = (...statements: object[]) => ({ props: { policy: document(...statements) } });
const inline = (...statements: object[]) => ({
  type: "aws:iam/role:Role",
  props: { inlinePolicies: [{ name: "use", policy: document(...statements) }] },
});
const trust = (...statements: object[]) => ({ props: { assumeRolePolicy: document(...statements) } });
const ofType = (type: string, ...statements: object[]) => ({ type, ...policy(...statements) });
const keyPolicy = (...statements: object[]) => ofType("aws:kms/key:Key", ...statements);
const bucketPolicy = (...statements: object[]) => ofType("aws:s3/bucketPolicy:BucketPolicy", ...statements);

const unreadable = [
  { props: { policy: "not JSON" } },
  { props: { policy: { Statement: [7] } } },
  { props: { policy: '{"Version":"2012-10-17"}' } },
];

const role = (name: string) => ({ type: "aws:iam/role:Role", name });
const definition = (name: string, taskRole: string, executionRole: string) => ({
  type: "aws:ecs/taskDefinition:TaskDefinition",
  name,
  props: { taskRoleArn: unknown, executionRoleArn: unknown },
  madeFrom: { taskRoleArn: [taskRole], executionRoleArn: [executionRole] },
});
const written = (name: string, taskRoleArn?: string, executionRoleArn?: string) => ({
  type: "aws:ecs/taskDefinition:TaskDefinition",
  name,
  props: { taskRoleArn, executionRoleArn },
});
const attachment = (policyArn: string) => ({
  type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  name: "attachment",
  props: { policyArn },
});

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
      ...unreadable,
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
      ...unreadable,
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
      ...unreadable,
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
    rule: "iam-role-trust-no-star",
    accepts: [
      trust({ Action: "sts:AssumeRole", Principal: { Service: "ecs-tasks.amazonaws.com" } }),
      {
        props: {
          assumeRolePolicy: {
            Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: root } }],
          },
        },
      },
    ],
    refuses: [
      trust({ Action: "sts:AssumeRole", Principal: "*" }),
      trust({ Action: "sts:AssumeRole", Principal: { AWS: [unknown, "*"] }, Condition: inOrganization }),
      trust({ Action: "sts:AssumeRole", NotPrincipal: { AWS: root } }),
      trust({ Action: "sts:AssumeRole" }),
      { props: { assumeRolePolicy: "{" } },
    ],
    unknown: [
      { props: { assumeRolePolicy: unknown } },
      trust({ Action: "sts:AssumeRole", Principal: { AWS: unknown } }),
    ],
  },
  {
    rule: "iam-role-trust-narrow",
    accepts: [
      trust({ Action: "sts:AssumeRole", Principal: { Service: "ecs-tasks.amazonaws.com" } }),
      trust({ Action: "sts:AssumeRole", Principal: { AWS: root }, Condition: inOrganization }),
      ...["sts:ExternalId", "aws:PrincipalTag/team"].map(key =>
        trust({
          Action: "sts:AssumeRole",
          Principal: { AWS: root },
          Condition: { StringEquals: { [key]: "web" } },
        }),
      ),
      trust({ Action: "sts:AssumeRole", Principal: { AWS: `arn:aws:iam::${account}:role/delivery` } }),
      trust({
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/git.example.com` },
        Condition: { StringLike: { "git.example.com:sub": "repo:shop/*" } },
      }),
      trust({
        Action: "sts:AssumeRoleWithSAML",
        Principal: { Federated: `arn:aws:iam::${account}:saml-provider/idp` },
        Condition: { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } },
      }),
    ],
    refuses: [
      trust({ Action: "sts:AssumeRole", Principal: { AWS: root } }),
      trust({ Action: "sts:AssumeRole", Principal: { AWS: account } }),
      trust({
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/git.example.com` },
        Condition: { StringEquals: { "git.example.com:aud": "sts.amazonaws.com" } },
      }),
    ],
    unknown: [
      trust({ Action: "sts:AssumeRole", Principal: { AWS: unknown } }),
      trust({
        Action: "sts:AssumeRole",
        Principal: { AWS: root },
        Condition: { StringEquals: { "sts:ExternalId": unknown } },
      }),
    ],
  },
  {
    rule: "resource-policy-not-public",
    accepts: [
      bucketPolicy({ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" }),
      bucketPolicy({ Principal: "*", Action: "s3:GetObject", Resource: "*", Condition: inOrganization }),
      keyPolicy({ Principal: { AWS: root }, Action: "kms:*", Resource: "*" }),
      bucketPolicy({
        Principal: { Service: "cloudfront.amazonaws.com" },
        Action: "s3:GetObject",
        Resource: unknown,
      }),
    ],
    refuses: [
      keyPolicy({ Principal: "*", Action: "kms:Decrypt", Resource: "*" }),
      bucketPolicy({ Principal: { AWS: "*" }, Action: "s3:GetObject", Resource: "*" }),
      bucketPolicy({ Principal: { AWS: "arn:aws:iam::*:root" }, Action: "s3:GetObject", Resource: "*" }),
      bucketPolicy({ NotPrincipal: { AWS: root }, Action: "s3:GetObject", Resource: "*" }),
      ofType("aws:sns/topicPolicy:TopicPolicy", {
        Principal: "*",
        Action: "sns:Publish",
        Resource: "*",
        Condition: { Bool: { "aws:SecureTransport": "true" } },
      }),
      ofType("aws:ecr/repositoryPolicy:RepositoryPolicy", { Principal: "*", Action: "ecr:BatchGetImage" }),
      ofType("aws:sqs/queue:Queue", {
        Principal: "*",
        Action: "sqs:SendMessage",
        Resource: "*",
        Condition: { ArnLike: { "aws:SourceArn": "*" } },
      }),
    ],
    unknown: [
      bucketPolicy({ Principal: unknown, Action: "s3:GetObject", Resource: "*" }),
      bucketPolicy({
        Principal: "*",
        Action: "s3:GetObject",
        Resource: "*",
        Condition: { ArnEquals: { "aws:SourceArn": unknown } },
      }),
    ],
  },
  {
    rule: "kms-policy-admin-is-root",
    accepts: [
      keyPolicy({ Principal: { AWS: root }, Action: "kms:*", Resource: "*" }),
      keyPolicy({
        Principal: { Service: "logs.amazonaws.com" },
        Action: ["kms:Encrypt*", "kms:Decrypt*"],
        Resource: "*",
      }),
      {
        ...keyPolicy({ Principal: { AWS: root }, Action: "kms:*" }),
        provider: { props: { allowedAccountIds: `["${account}"]` } },
      },
    ],
    refuses: [
      keyPolicy({ Principal: { AWS: `arn:aws:iam::${account}:role/admin` }, Action: "kms:*", Resource: "*" }),
      keyPolicy({ Principal: { Service: "logs.amazonaws.com" }, Action: "kms:*", Resource: "*" }),
      {
        ...keyPolicy({ Principal: { AWS: root }, Action: "kms:*" }),
        provider: { props: { allowedAccountIds: ["444455556666"] } },
      },
    ],
    unknown: [keyPolicy({ Principal: { AWS: unknown }, Action: "kms:*", Resource: "*" })],
  },
  {
    rule: "iam-role-no-admin-managed",
    accepts: [
      [attachment("arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy")],
      [
        { type: "aws:iam/policy:Policy", name: "own" },
        { ...attachment(unknown), madeFrom: { policyArn: ["own"] } },
      ],
      [{ ...role("role"), props: { managedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] } }],
    ],
    refuses: [
      [attachment("arn:aws:iam::aws:policy/AdministratorAccess")],
      [attachment("arn:aws:iam::aws:policy/AmazonS3FullAccess")],
      [
        {
          ...role("role"),
          props: { managedPolicyArns: [unknown, "arn:aws:iam::aws:policy/PowerUserAccess"] },
        },
      ],
    ],
    unknown: [[attachment(unknown)]],
  },
  {
    rule: "iam-no-users",
    accepts: [role("role")],
    refuses: [{}, { type: "aws:iam/userLoginProfile:UserLoginProfile" }],
  },
  { rule: "iam-no-access-keys", accepts: [role("role")], refuses: [{ props: { user: unknown } }] },
  {
    rule: "ecs-task-separate-roles",
    accepts: [
      [role("run"), role("start"), definition("orders", "run", "start")],
      [written("orders", "arn:aws:iam::111122223333:role/run", "arn:aws:iam::111122223333:role/start")],
    ],
    refuses: [
      [role("run"), definition("orders", "run", "run")],
      [written("orders", "arn:aws:iam::111122223333:role/run", "arn:aws:iam::111122223333:role/run")],
      [written("orders", "arn:aws:iam::111122223333:role/run")],
      [written("orders")],
    ],
    unknown: [
      [
        role("run"),
        {
          ...written("orders", unknown, "arn:aws:iam::111122223333:role/start"),
          madeFrom: { taskRoleArn: ["run"] },
        },
      ],
      [written("orders", unknown, "arn:aws:iam::111122223333:role/start")],
    ],
  },
  {
    rule: "ecs-task-own-role",
    accepts: [
      [
        role("a"),
        role("b"),
        role("start"),
        definition("orders", "a", "start"),
        definition("carts", "b", "start"),
      ],
      [written("orders", "arn:a"), written("carts", "arn:b"), written("prices")],
    ],
    refuses: [
      [role("a"), role("start"), definition("orders", "a", "start"), definition("carts", "a", "start")],
      [written("orders", "arn:a"), written("carts", "arn:a")],
    ],
    unknown: [[written("orders", "arn:a"), written("carts", unknown)]],
  },
] satisfies Cases[];
