import { type Cases, unknown } from "./example";
import { account, inline, policy, table, trust } from "./iam-statements";

const attachment = (policyArn: string) => ({
  type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  name: "attachment",
  props: { policyArn },
});
const role = (name: string) => ({ type: "aws:iam/role:Role", name });
const taskRole = {
  ...trust({ Action: "sts:AssumeRole", Principal: { Service: "ecs-tasks.amazonaws.com" } }),
  name: "run",
};
const given = (...statements: object[]) => ({
  type: "aws:iam/rolePolicy:RolePolicy",
  name: "use",
  props: { role: "run", ...policy(...statements).props },
  madeFrom: { role: ["run"] },
});

export default [
  {
    rule: "iam-boundary-not-attached",
    accepts: [
      [attachment(`arn:aws:iam::${account}:policy/orders`)],
      [
        { type: "aws:iam/policy:Policy", name: "own" },
        { ...attachment(unknown), madeFrom: { policyArn: ["own"] } },
      ],
    ],
    refuses: [
      [attachment(`arn:aws:iam::${account}:policy/product-boundary`)],
      [
        { type: "aws:iam/policy:Policy", name: "own", props: { name: "product-boundary" } },
        { ...attachment(unknown), madeFrom: { policyArn: ["own"] } },
      ],
      [
        {
          ...role("orders"),
          props: { managedPolicyArns: [`arn:aws:iam::${account}:policy/product-boundary`] },
        },
      ],
    ],
    unknown: [[attachment(unknown)]],
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
      [
        { type: "aws:iam/policy:Policy", name: "own" },
        {
          ...role("role"),
          props: { managedPolicyArns: [unknown] },
          madeFrom: { managedPolicyArns: ["own"] },
        },
      ],
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
      [
        { type: "aws:iam/policy:Policy", name: "own" },
        {
          ...role("role"),
          props: { managedPolicyArns: [unknown, "arn:aws:iam::aws:policy/AdministratorAccess"] },
          madeFrom: { managedPolicyArns: ["own"] },
        },
      ],
    ],
    unknown: [[attachment(unknown)], [{ ...role("role"), props: { managedPolicyArns: [unknown] } }]],
  },
  {
    rule: "iam-role-aws-managed-reviewed",
    accepts: [
      [attachment("arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy")],
      [attachment(`arn:aws:iam::${account}:policy/orders`)],
      // iam-role-no-admin-managed refuses it.
      [attachment("arn:aws:iam::aws:policy/AmazonS3FullAccess")],
      [
        { type: "aws:iam/policy:Policy", name: "own" },
        { ...attachment(unknown), madeFrom: { policyArn: ["own"] } },
      ],
    ],
    refuses: [
      [attachment("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")],
      [
        {
          ...role("role"),
          props: { managedPolicyArns: ["arn:aws:iam::aws:policy/job-function/DatabaseAdministrator"] },
        },
      ],
    ],
    unknown: [[attachment(unknown)]],
  },
  {
    rule: "iam-no-cloudshell-full",
    accepts: [[attachment("arn:aws:iam::aws:policy/ReadOnlyAccess")]],
    refuses: [
      [attachment("arn:aws:iam::aws:policy/AWSCloudShellFullAccess")],
      [
        {
          type: "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment",
          props: { managedPolicyArn: "arn:aws:iam::aws:policy/AWSCloudShellFullAccess" },
        },
      ],
      [
        {
          ...role("role"),
          props: { managedPolicyArns: ["arn:aws:iam::aws:policy/AWSCloudShellFullAccess"] },
        },
      ],
    ],
    unknown: [[attachment(unknown)]],
  },
  {
    rule: "iam-role-permissions-boundary",
    accepts: [{ props: { path: "/product/", permissionsBoundary: unknown } }, { props: { path: "/" } }, {}],
    refuses: [{ props: { path: "/product/" } }],
    unknown: [{ props: { path: unknown } }],
  },
  {
    rule: "iam-role-no-inline",
    accepts: [{}, { props: { inlinePolicies: [] } }],
    refuses: [inline({ Action: "dynamodb:Query", Resource: table })],
    unknown: [{ props: { inlinePolicies: unknown } }],
  },
  {
    rule: "iam-role-session-length",
    accepts: [{ props: { maxSessionDuration: 14_400 } }, {}],
    refuses: [{ props: { maxSessionDuration: 43_200 } }],
    unknown: [{ props: { maxSessionDuration: unknown } }],
  },
  {
    rule: "iam-task-role-narrow",
    accepts: [
      [taskRole, given({ Action: "dynamodb:Query", Resource: table })],
      [taskRole, given({ Action: "ecr:GetAuthorizationToken", Resource: "*" })],
      [taskRole, given({ Action: ["cloudwatch:GetMetricData", "cloudwatch:ListMetrics"], Resource: "*" })],
      [
        taskRole,
        given({
          Action: "cloudwatch:PutMetricData",
          Resource: "*",
          Condition: { StringEquals: { "cloudwatch:namespace": "orders" } },
        }),
      ],
      [
        {
          ...taskRole,
          ...trust({ Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }),
        },
        given({ Action: "dynamodb:*", Resource: table }),
      ],
      [
        taskRole,
        given({
          Action: "dynamodb:Query",
          Resource: "*",
          Condition: { StringEquals: { "aws:ResourceTag/product": "orders" } },
        }),
      ],
    ],
    refuses: [
      [taskRole, given({ Action: "dynamodb:Get*", Resource: table })],
      [taskRole, given({ Action: "dynamodb:Query", Resource: "*" })],
      [
        taskRole,
        { type: "aws:iam/policy:Policy", name: "own", ...policy({ Action: "s3:Get*", Resource: "*" }) },
        {
          ...attachment(unknown),
          props: { role: "run", policyArn: unknown },
          madeFrom: { policyArn: ["own"], role: ["run"] },
        },
      ],
      [{ ...taskRole, props: { ...taskRole.props, ...inline({ Action: "s3:Get*", Resource: "*" }).props } }],
    ],
    unknown: [
      [taskRole, given({ Action: unknown, Resource: table })],
      [{ ...taskRole, props: { assumeRolePolicy: unknown } }],
    ],
  },
] satisfies Cases[];
