import { type Cases, unknown } from "./example";
import { document, inOrganization, policy, root, table, trust } from "./iam-statements";

export default [
  {
    rule: "iam-policy-readable",
    accepts: [
      policy({ Action: "dynamodb:Query", Resource: table }),
      {},
      { type: "aws:s3/accessPoint:AccessPoint", props: { policy: "{}" } },
      {
        type: "aws:organizations/policy:Policy",
        props: { type: "TAG_POLICY", content: "no document of IAM's" },
      },
      {
        type: "aws:organizations/policy:Policy",
        props: { content: document({ Action: "*", Resource: "*" }) },
      },
    ],
    refuses: [
      { props: { policy: "not JSON" } },
      { props: { policy: { Statement: [7] } } },
      { props: { policy: '{"Version":"2012-10-17"}' } },
      { type: "aws:iam/role:Role", props: { assumeRolePolicy: "{" } },
      { type: "aws:iam/role:Role", props: { inlinePolicies: [{ policy: "{" }] } },
      { type: "aws:ec2/vpcEndpoint:VpcEndpoint", props: { policy: "{" } },
      { type: "aws:organizations/policy:Policy", props: { content: "{" } },
      { type: "aws:organizations/policy:Policy", props: { type: "RESOURCE_CONTROL_POLICY", content: "{" } },
      { type: "aws:cloudwatch/logResourcePolicy:LogResourcePolicy", props: { policyDocument: "{" } },
      { type: "aws:opensearch/domain:Domain", props: { accessPolicies: "{" } },
      {
        type: "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
        props: { inlinePolicy: "{" },
      },
      { type: "aws:kms/keyPolicy:KeyPolicy", props: { policy: "{" } },
    ],
    unknown: [
      { props: { policy: unknown } },
      { props: { policy: JSON.stringify({ Statement: [unknown] }) } },
      { props: { policy: { Statement: [unknown] } } },
    ],
  },
  {
    rule: "iam-policy-version",
    accepts: [
      policy({ Action: "dynamodb:Query", Resource: table }),
      // iam-policy-readable refuses it.
      { props: { policy: "not JSON" } },
      {},
    ],
    refuses: [
      {
        props: {
          policy: JSON.stringify({ Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: "*" } }),
        },
      },
      {
        type: "aws:iam/role:Role",
        props: {
          assumeRolePolicy: {
            Version: "2008-10-17",
            Statement: { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: root } },
          },
        },
      },
    ],
    unknown: [{ props: { policy: unknown } }],
  },
  {
    rule: "iam-policy-valid-actions",
    accepts: [
      policy({ Action: ["dynamodb:Query", "s3:get*"], Resource: table }),
      policy({ Action: "*", Resource: "*" }),
      policy({ Effect: "Deny", NotAction: "iam:*", Resource: "*" }),
    ],
    refuses: [
      policy({ Action: "dynamodb:Reed", Resource: table }),
      policy({ Effect: "Deny", NotAction: "iam:Sleep*", Resource: "*" }),
      policy({ Action: "dynamo:Query", Resource: table }),
      policy({ Action: "Query", Resource: table }),
      policy({ Action: [unknown, "s3:Reed"], Resource: table }),
      trust({ Action: "sts:AssumeRoles", Principal: { AWS: root } }),
      {
        type: "aws:organizations/policy:Policy",
        props: {
          content: document({ Effect: "Deny", Action: "organizations:LeaveOrganisation", Resource: "*" }),
        },
      },
    ],
    unknown: [policy({ Action: unknown, Resource: table })],
  },
  {
    rule: "iam-policy-known-operators",
    accepts: [
      policy({ Action: "s3:GetObject", Resource: "*", Condition: inOrganization }),
      policy({
        Action: "s3:GetObject",
        Resource: "*",
        Condition: {
          "ForAnyValue:StringNotLikeIfExists": { a: "b" },
          Null: { a: "true" },
          NumericLessThanEquals: { a: 1 },
        },
      }),
    ],
    refuses: [
      policy({
        Action: "s3:GetObject",
        Resource: "*",
        Condition: { StringEqual: { "aws:PrincipalOrgID": "o" } },
      }),
      policy({ Action: "s3:GetObject", Resource: "*", Condition: { NullIfExists: { a: "true" } } }),
    ],
    unknown: [policy({ Action: "s3:GetObject", Resource: "*", Condition: { StringEquals: { a: unknown } } })],
  },
  {
    rule: "iam-policy-forallvalues-guarded",
    accepts: [
      policy({
        Action: "dynamodb:Query",
        Resource: table,
        Condition: {
          "ForAllValues:StringEquals": { "dynamodb:Attributes": "id" },
          Null: { "dynamodb:Attributes": "false" },
        },
      }),
      policy({
        Effect: "Deny",
        Action: "dynamodb:Query",
        Resource: table,
        Condition: { "ForAllValues:StringEquals": { "dynamodb:Attributes": "id" } },
      }),
      policy({
        Action: "dynamodb:Query",
        Resource: table,
        Condition: { "ForAnyValue:StringEquals": { "dynamodb:Attributes": "id" } },
      }),
    ],
    refuses: [
      policy({
        Action: "dynamodb:Query",
        Resource: table,
        Condition: { "ForAllValues:StringEquals": { "dynamodb:Attributes": "id" } },
      }),
      ...["dynamodb:Select", "dynamodb:Attributes"].map((key, index) =>
        policy({
          Action: "dynamodb:Query",
          Resource: table,
          Condition: {
            "ForAllValues:StringEquals": { "dynamodb:Attributes": "id" },
            Null: { [key]: index === 0 ? "false" : "true" },
          },
        }),
      ),
      policy({
        Action: "dynamodb:Query",
        Resource: table,
        Condition: {
          "ForAllValues:StringEquals": { "dynamodb:Attributes": "id" },
          StringEquals: { "dynamodb:Attributes": "false" },
        },
      }),
    ],
    unknown: [
      policy({
        Action: "s3:GetObject",
        Resource: "*",
        Condition: { "ForAllValues:StringEquals": { a: unknown } },
      }),
    ],
  },
  {
    rule: "iam-policy-size",
    accepts: [
      policy({ Action: "dynamodb:Query", Resource: table }),
      { props: { policy: `{${" ".repeat(7_000)}}` } },
      { type: "aws:iam/rolePolicy:RolePolicy", props: { policy: "x".repeat(10_240) } },
      { type: "aws:iam/role:Role", props: { assumeRolePolicy: "x".repeat(4_096) } },
    ],
    refuses: [
      { props: { policy: "x".repeat(6_145) } },
      { type: "aws:iam/rolePolicy:RolePolicy", props: { policy: "x".repeat(10_241) } },
      { type: "aws:iam/role:Role", props: { assumeRolePolicy: "x".repeat(4_097) } },
      { props: { policy: { Sid: "x".repeat(6_145) } } },
    ],
    unknown: [{ props: { policy: unknown } }],
  },
] satisfies Cases[];
