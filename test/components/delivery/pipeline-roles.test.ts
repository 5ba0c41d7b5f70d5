import assert from "node:assert/strict";
import fc from "fast-check";
import { deployBoundary } from "../../../components/delivery/deploy/boundary";
import { deployPermissions } from "../../../components/delivery/deploy-permissions";
import { type PipelinePlatform, PipelineRoles } from "../../../components/delivery/pipeline-roles";
import { type PreviewPlatform, PreviewRole } from "../../../components/delivery/preview-role";
import { productBoundary } from "../../../components/delivery/product-boundary";
import { NamesRole } from "../../../components/names/names-role";
import { readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
import type { Caller } from "../../../iam/request";
import { github, gitlab } from "../../../stacks/description";
import { refusals } from "../logs/judged";
import { at, planned, statements } from "../planned";
import { deployer, documentOf, roleArn } from "./requests";

const { accountId } = at;
const managementAccountId = "222233334444";

/** As the stack hands them in for an environment. */
const platforms = (environment: "dev" | "prod") => {
  const branches = { dev: "main", int: "release", prod: "production" };
  const [onGitlab, onGithub] = [gitlab("example/landing-zone", branches), github("example/landing-zone")];
  const of = (one: typeof onGitlab): PipelinePlatform & PreviewPlatform => ({
    ...one,
    deploy: one.deploy[environment],
  });
  return { gitlab: of(onGitlab), github: of(onGithub) };
};
const prod = platforms("prod");

/** As the stack makes them. */
const made = (...given: (PipelinePlatform & PreviewPlatform)[]) =>
  planned(() => {
    const { identityProviders } = new PipelineRoles("pipelines", {
      at,
      platforms: given,
      managementAccountId,
      deployRoleName: "landing-zone-deploy",
    });
    new PreviewRole("pipelines-preview", {
      accountId,
      platforms: given,
      managementAccountId,
      planRoleName: "landing-zone-plan",
      roleName: "landing-zone-preview",
      after: identityProviders,
    });
  });

type Kind = "preview" | "deploy";
const role = "aws:iam/role:Role";
const trustOf = async (kind: Kind, given: (PipelinePlatform & PreviewPlatform)[]) =>
  readDocument((await made(...given)).one(role, `pipelines-${kind}`).inputs["assumeRolePolicy"]);

interface Token {
  readonly issuer: string;
  readonly sub?: string;
  readonly aud?: string;
  /** Of the identity provider; default: the role's account. */
  readonly account?: string;
}

/** What AWS answers to a pipeline that shows a token and asks for a role. */
async function ask(kind: Kind, given: (PipelinePlatform & PreviewPlatform)[], token: Token) {
  const { issuer, sub, aud, account = accountId } = token;
  return evaluate(
    {
      principal: { kind: "federated", arn: `arn:aws:iam::${account}:oidc-provider/${issuer}` },
      action: "sts:AssumeRoleWithWebIdentity",
      resource: roleArn(`landing-zone-${kind}`),
      resourceAccount: accountId,
      context: {
        ...(sub === undefined ? {} : { [`${issuer}:sub`]: sub }),
        ...(aud === undefined ? {} : { [`${issuer}:aud`]: aud }),
      },
    },
    { resource: await trustOf(kind, given) },
  ).outcome;
}

const onGitlab = (project: string, branch: string) => `project_path:${project}:ref_type:branch:ref:${branch}`;
const gitlabToken = (sub: string): Token => ({ issuer: "gitlab.com", sub, aud: "https://gitlab.com" });
const githubToken = (sub: string): Token => ({
  issuer: "token.actions.githubusercontent.com",
  sub,
  aud: "sts.amazonaws.com",
});

const own = "example/landing-zone";
const tokens: readonly [what: string, token: Token, preview: boolean, deploy: boolean][] = [
  ["GitLab's branch of the environment", gitlabToken(onGitlab(own, "production")), true, true],
  ["another branch on GitLab", gitlabToken(onGitlab(own, "feature")), true, false],
  ["a branch on GitLab that begins the same", gitlabToken(onGitlab(own, "production-2")), true, false],
  ["the branch of another environment on GitLab", gitlabToken(onGitlab(own, "main")), true, false],
  ["a tag on GitLab", gitlabToken(`project_path:${own}:ref_type:tag:ref:production`), false, false],
  ["another project on GitLab", gitlabToken(onGitlab("example/other", "production")), false, false],
  [
    "a project of another group on GitLab",
    gitlabToken(onGitlab("evil/landing-zone", "production")),
    false,
    false,
  ],
  [
    "another audience on GitLab",
    { ...gitlabToken(onGitlab(own, "production")), aud: "https://example.com" },
    false,
    false,
  ],
  ["no audience", { ...gitlabToken(onGitlab(own, "production")), aud: undefined }, false, false],
  ["no subject", { ...gitlabToken(""), sub: undefined }, false, false],
  [
    "another GitLab",
    { ...gitlabToken(onGitlab(own, "production")), issuer: "gitlab.evil.com" },
    false,
    false,
  ],
  [
    "the identity provider of another account",
    { ...gitlabToken(onGitlab(own, "production")), account: "999988887777" },
    false,
    false,
  ],
  ["GitHub's environment", githubToken(`repo:${own}:environment:prod`), false, true],
  ["another environment on GitHub", githubToken(`repo:${own}:environment:dev`), false, false],
  ["a pull request on GitHub", githubToken(`repo:${own}:pull_request`), true, false],
  ["a branch on GitHub", githubToken(`repo:${own}:ref:refs/heads/main`), true, false],
  ["another repository on GitHub", githubToken("repo:evil/landing-zone:environment:prod"), false, false],
  [
    "another audience on GitHub",
    { ...githubToken(`repo:${own}:environment:prod`), aud: "https://github.com/example" },
    false,
    false,
  ],
  ["GitHub's subject from GitLab", gitlabToken(`repo:${own}:environment:prod`), false, false],
  ["GitLab's subject from GitHub", githubToken(onGitlab(own, "production")), false, false],
];

describe("the roles of pipelines", () => {
  for (const [what, token, preview, deploy] of tokens)
    it(`are for ${what}: ${preview ? "" : "no "}preview, ${deploy ? "" : "no "}deployment`, async () => {
      const sides: readonly (readonly [readonly (PipelinePlatform & PreviewPlatform)[], boolean])[] = [
        [[prod.gitlab], token.issuer === prod.gitlab.issuer],
        [[prod.github], token.issuer === prod.github.issuer],
        [[prod.gitlab, prod.github], true],
      ];
      for (const [given, isOfThese] of sides) {
        const answer = (may: boolean) => (may && isOfThese ? "allowed" : "denied");
        assert.equal(await ask("preview", [...given], token), answer(preview));
        assert.equal(await ask("deploy", [...given], token), answer(deploy));
      }
    });

  it("deploy to each environment from its own branch", async () => {
    const dev = platforms("dev");
    const main = gitlabToken(onGitlab(own, "main"));
    assert.equal(await ask("deploy", [dev.gitlab], main), "allowed");
    assert.equal(await ask("deploy", [prod.gitlab], main), "denied");
    const onDev = githubToken(`repo:${own}:environment:dev`);
    assert.equal(await ask("deploy", [dev.github], onDev), "allowed");
    assert.equal(await ask("deploy", [prod.github], onDev), "denied");
  });

  it("deploy from no branch but the one, whatever it is called", async () => {
    const trust = await trustOf("deploy", [prod.gitlab]);
    const branch = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.constantFrom("*", "product?on", "PRODUCTION", "production ", "x/production"),
    );
    fc.assert(
      fc.property(branch, ref => {
        const { outcome } = evaluate(
          {
            principal: { kind: "federated", arn: `arn:aws:iam::${accountId}:oidc-provider/gitlab.com` },
            action: "sts:AssumeRoleWithWebIdentity",
            resource: roleArn("landing-zone-deploy"),
            resourceAccount: accountId,
            context: { "gitlab.com:sub": onGitlab(own, ref), "gitlab.com:aud": "https://gitlab.com" },
          },
          { resource: trust },
        );
        assert.equal(outcome, ref === "production" ? "allowed" : "denied");
      }),
    );
  });

  const take = async (kind: Kind, principal: Caller, identity = everything) =>
    evaluate(
      { principal, action: "sts:AssumeRole", resource: roleArn(`landing-zone-${kind}`), context: {} },
      { identity: [identity], resource: await trustOf(kind, [prod.gitlab]) },
    ).outcome;
  const everything = documentOf([{ Effect: "Allow", Action: "*", Resource: "*" }]);
  const inAccount = (account: string, name: string): Caller => ({
    kind: "role",
    arn: roleArn(name, account),
    account,
  });

  it("are for people of the management account where they deploy, and for those of no other account", async () => {
    const person = inAccount(managementAccountId, "aws-reserved/sso.amazonaws.com/AWSReservedSSO_deploy_1");
    assert.equal(await take("deploy", person), "allowed");
    assert.equal(await take("preview", person), "denied");
    for (const account of ["999988887777", accountId])
      for (const kind of ["preview", "deploy"] as const)
        assert.equal(await take(kind, inAccount(account, "admin")), "denied", `${kind} ${account}`);
  });

  it("are for nobody of the management account whose own policies do not say so", async () => {
    const nothing = documentOf([{ Effect: "Allow", Action: "s3:*", Resource: "*" }]);
    assert.equal(await take("deploy", inAccount(managementAccountId, "someone"), nothing), "denied");
  });

  it("are for the deploy role itself where they deploy, with no more than it has", async () => {
    const of = { at, deployRoleName: "landing-zone-deploy" };
    const identity = Object.values(deployPermissions(of)).map(documentOf);
    const boundary = documentOf(deployBoundary(of));
    const again = async (kind: Kind, principal: Caller) =>
      evaluate(
        { principal, action: "sts:AssumeRole", resource: roleArn(`landing-zone-${kind}`), context: {} },
        { identity, boundary, resource: await trustOf(kind, [prod.gitlab]) },
      ).outcome;
    assert.equal(await again("deploy", deployer), "allowed");
    assert.equal(await again("preview", deployer), "denied");
    // The same name below a path is another role.
    assert.equal(await again("deploy", inAccount(accountId, "product/landing-zone-deploy")), "denied");
    assert.equal(await again("deploy", inAccount("999988887777", "landing-zone-deploy")), "denied");
  });

  it("take the role of another account that they are told of where they deploy, and nothing else of it", async () => {
    const namesAccount = "333344445555";
    const stack = await planned(() => {
      const names = new NamesRole("names", {
        at: { ...at, accountId: namesAccount },
        roleName: "landing-zone-names",
        domainName: "example.services",
        accountIds: { dev: accountId },
        deployRoleName: "landing-zone-deploy",
        managementAccountId,
      });
      const args = { at, platforms: [prod.gitlab], managementAccountId };
      new PipelineRoles("with", { ...args, deployRoleName: "landing-zone-deploy", alsoTakes: [names.arn] });
      new PipelineRoles("without", { ...args, deployRoleName: "landing-zone-deploy" });
    });
    const read = (type: string, name: string, property: string) =>
      readDocument(stack.one(type, name).inputs[property]);
    const trusting = read(role, "names", "assumeRolePolicy");
    const asked = (name: string, resource: string, action = "sts:AssumeRole") => {
      const policies = stack
        .all("aws:iam/policy:Policy")
        .filter(policy => policy.name.startsWith(`${name}-deploy-`) && !policy.name.endsWith("-boundary"))
        .map(({ inputs }) => readDocument(inputs["policy"]));
      const boundary = read("aws:iam/policy:Policy", `${name}-deploy-boundary`, "policy");
      return evaluate(
        { principal: deployer, action, resource, context: {} },
        { identity: policies, boundary, resource: trusting },
      ).outcome;
    };
    const names = roleArn("landing-zone-names", namesAccount);
    assert.equal(asked("with", names), "allowed");
    assert.equal(asked("without", names), "denied");
    for (const other of ["landing-zone-deploy", "landing-zone-names-2", "OrganizationAccountAccessRole"])
      assert.equal(asked("with", roleArn(other, namesAccount)), "denied", other);
    assert.equal(asked("with", roleArn("landing-zone-names", "444455556666")), "denied");
    for (const action of ["iam:PassRole", "iam:DeleteRole", "sts:TagSession"])
      assert.equal(asked("with", names, action), "denied", action);
    // Who may take the deploy role does not change with it.
    assert.deepEqual(
      stack.one(role, "with-deploy").inputs["assumeRolePolicy"],
      stack.one(role, "without-deploy").inputs["assumeRolePolicy"],
    );
  });

  it("are there with the identity providers of every platform, each for its audience", async () => {
    const stack = await made(prod.gitlab, prod.github);
    assert.deepEqual(
      stack.all("OpenIdConnectProvider").map(({ inputs }) => [inputs["url"], inputs["clientIdLists"]]),
      [
        ["https://gitlab.com", ["https://gitlab.com"]],
        ["https://token.actions.githubusercontent.com", ["sts.amazonaws.com"]],
      ],
    );
    for (const kind of ["preview", "deploy"])
      for (const { urn } of stack.all("OpenIdConnectProvider"))
        assert.ok(stack.one(role, `pipelines-${kind}`).dependencies.includes(urn), kind);
  });

  it("are for people only where there is no pipeline", async () => {
    const trust = statements((await made()).one(role, "pipelines-deploy"), "assumeRolePolicy");
    assert.deepEqual(
      trust.map(({ Sid }) => Sid),
      ["People", "Itself"],
    );
  });

  it("last an hour", async () => {
    for (const { inputs } of (await made(prod.gitlab)).all(role))
      assert.equal(inputs["maxSessionDuration"], 3_600);
  });

  it("have a policy a theme where they deploy, and a boundary of its own", async () => {
    const stack = await made(prod.gitlab);
    const of = { at, deployRoleName: "landing-zone-deploy" };
    const deploy = stack.one(role, "pipelines-deploy");
    for (const [theme, expected] of Object.entries(deployPermissions(of))) {
      const policy = stack.one("aws:iam/policy:Policy", `pipelines-deploy-${theme}`);
      assert.equal(policy.inputs["name"], `landing-zone-deploy-${theme}`);
      assert.deepEqual(statements(policy), expected);
      const attachment = stack.one("RolePolicyAttachment", `pipelines-deploy-${theme}`);
      assert.deepEqual(attachment.propertyDependencies["policyArn"], [policy.urn]);
      assert.deepEqual(stack.from(attachment, "role"), ["pipelines-deploy"]);
    }
    const boundary = stack.one("aws:iam/policy:Policy", "pipelines-deploy-boundary");
    assert.deepEqual(statements(boundary), deployBoundary(of));
    assert.deepEqual(deploy.propertyDependencies["permissionsBoundary"], [boundary.urn]);
    assert.ok(!stack.all("RolePolicyAttachment").some(({ name }) => name.endsWith("boundary")));
  });

  it("are accepted by the policy pack, with a shared VPC, copies and images too", async () => {
    const stack = await planned(() => {
      const args = { at, managementAccountId, platforms: [prod.gitlab] };
      new PipelineRoles("own", { ...args, deployRoleName: "deploy" });
      new PipelineRoles("shared", {
        ...args,
        deployRoleName: "deploy-2",
        vpcAccountId: "333344445555",
        copyRegions: ["eu-west-1"],
        images: { products: ["orders"], approvedBases: ["public.ecr.aws/docker/library/*"] },
        alsoTakes: [roleArn("landing-zone-names", "333344445555")],
      });
    });
    assert.deepEqual(await refusals(stack), []);
  });

  it("come with the boundary of products' roles, under the name that these give", async () => {
    const boundary = (await made(prod.gitlab)).one("aws:iam/policy:Policy", "pipelines-product-boundary");
    assert.equal(boundary.inputs["name"], "landing-zone-product-boundary");
    assert.equal(boundary.inputs["path"], undefined);
    assert.deepEqual(statements(boundary), productBoundary(at));
  });

  it("tell their ARNs before they are there", async () => {
    const roles: PipelineRoles[] = [];
    await planned(() =>
      roles.push(
        new PipelineRoles("pipelines", {
          at,
          platforms: [],
          managementAccountId,
          deployRoleName: "d",
        }),
      ),
    );
    assert.deepEqual(
      roles.map(({ deployRoleArn }) => deployRoleArn),
      ["arn:aws:iam::111122223333:role/d"],
    );
  });
});
