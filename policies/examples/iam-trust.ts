import { type Cases, unknown } from "./example";
import { account, inOrganization, root, trust } from "./iam-statements";

const provider = `arn:aws:iam::${account}:oidc-provider/git.example.com`;
const pipeline = (subject: string) =>
  trust({
    Action: "sts:AssumeRoleWithWebIdentity",
    Principal: { Federated: provider },
    Condition: {
      StringEquals: { "git.example.com:aud": "sts.amazonaws.com" },
      StringLike: { "git.example.com:sub": subject },
    },
  });

export default [
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
    rule: "iam-role-trust-confused-deputy",
    accepts: [
      trust({
        Action: "sts:AssumeRole",
        Principal: { Service: "ecs-tasks.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceAccount": account } },
      }),
      trust({ Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }),
      trust({ Action: "sts:AssumeRole", Principal: { AWS: root } }),
    ],
    refuses: [
      trust({ Action: "sts:AssumeRole", Principal: { Service: "ecs-tasks.amazonaws.com" } }),
      trust({
        Action: "sts:AssumeRole",
        Principal: { Service: ["lambda.amazonaws.com", "events.amazonaws.com"] },
        Condition: { ArnLike: { "aws:SourceArn": "*" } },
      }),
    ],
    unknown: [
      trust({ Action: "sts:AssumeRole", Principal: { Service: unknown } }),
      trust({
        Action: "sts:AssumeRole",
        Principal: { Service: "ecs-tasks.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceAccount": unknown } },
      }),
    ],
  },
  {
    rule: "iam-role-trust-oidc-subject",
    accepts: [
      pipeline("repo:shop/orders:ref:refs/heads/main"),
      pipeline("repo:shop/orders:*"),
      trust({ Action: "sts:AssumeRole", Principal: { AWS: root } }),
      trust({
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: "cognito-identity.amazonaws.com" },
      }),
      trust({ Action: "sts:TagSession", Principal: { Federated: provider } }),
    ],
    refuses: [
      pipeline("repo:shop/*"),
      pipeline("*"),
      trust({
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: provider },
        Condition: { StringEquals: { "git.example.com:sub": "repo:shop/orders:ref:refs/heads/main" } },
      }),
    ],
    unknown: [pipeline(unknown)],
  },
] satisfies Cases[];
