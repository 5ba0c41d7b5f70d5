import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import fc from "fast-check";
import { parse } from "yaml";
import type { Statement, Template, Value } from "../../../cli/bootstrap/cloudformation";
import { lengthOf, longestPolicy, managedPolicies } from "../../../cli/bootstrap/managed-policies";
import { managementThemes } from "../../../cli/bootstrap/management";
import { type Needs, needsOf, scopes } from "../../../cli/bootstrap/needs";
import { offlinePlan } from "../../../cli/bootstrap/offline-plan";
import { patternsOf } from "../../../cli/bootstrap/state-access";
import { templateOf } from "../../../cli/bootstrap/template";
import { templateYaml } from "../../../cli/bootstrap-command";
import { select } from "../../../cli/selection";
import { actionsMatching } from "../../../iam/action-data";
import { readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
import { github, gitlab, type LandingZone, pulumiCloud } from "../../../stacks/description";
import example from "../../../stacks/landing-zone";
import { applyRole, planRole } from "../../../stacks/platform-names";
import { refusals } from "../../components/logs/judged";
import { planned } from "../../components/planned";
import {
  Bootstrapped,
  bucketArn,
  exampleNeeds,
  examplePlan,
  home,
  resolved,
  templateFor,
} from "./bootstrapped";

const described = (words: Partial<LandingZone["organization"]>): LandingZone => ({
  ...example,
  organization: { ...example.organization, ...words },
});

const documentsOf = (template: Template): Statement[][] =>
  Object.values(template.Resources)
    .flatMap(({ Properties }) => [Properties["PolicyDocument"], Properties["KeyPolicy"]])
    .flatMap(document =>
      document === undefined ? [] : [(document as unknown as { Statement: Statement[] }).Statement],
    );

describe("the bootstrap's template", function () {
  this.timeout(120_000);
  let template: Template;
  let needs: Needs[];
  before(async () => {
    template = await templateFor();
    needs = await exampleNeeds();
  });

  const properties = (id: string) => {
    const found = template.Resources[id];
    assert.ok(found, id);
    return found;
  };

  it("keeps the bucket and the key, whatever becomes of the stack", () => {
    for (const id of ["StateBucket", "StateKey", "StateKeyAlias", "StateBucketPolicy"])
      assert.deepEqual(
        [properties(id).DeletionPolicy, properties(id).UpdateReplacePolicy],
        ["RetainExceptOnCreate", "Retain"],
        id,
      );
  });

  it("is the bucket that the engine is told of, versioned, encrypted, and closed", () => {
    const bucket = properties("StateBucket").Properties;
    assert.equal(bucket["BucketName"], "landing-zone-state-111122223333");
    assert.deepEqual(bucket["VersioningConfiguration"], { Status: "Enabled" });
    assert.deepEqual(bucket["OwnershipControls"], { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] });
    assert.deepEqual(bucket["PublicAccessBlockConfiguration"], {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    assert.deepEqual(properties("StateKeyAlias").Properties["AliasName"], "alias/landing-zone/state");
    assert.equal(properties("StateKey").Properties["EnableKeyRotation"], true);
  });

  it("is judged by the policy pack as what the stacks make is", async () => {
    const bucket = properties("StateBucket").Properties;
    const text = (value: unknown) => JSON.stringify(resolved(value));
    const made = await planned(() => {
      const tags = Object.fromEntries(
        (bucket["Tags"] as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]),
      );
      const protect = { protect: true };
      const key = properties("StateKey").Properties;
      new aws.kms.Key(
        "key",
        {
          enableKeyRotation: key["EnableKeyRotation"] === true,
          deletionWindowInDays: Number(key["PendingWindowInDays"]),
          policy: text(key["KeyPolicy"]),
          tags,
        },
        protect,
      );
      const bucketName = String(bucket["BucketName"]);
      new aws.s3.Bucket("bucket", { bucket: bucketName, tags }, protect);
      new aws.s3.BucketVersioning("versioning", {
        bucket: bucketName,
        versioningConfiguration: { status: "Enabled" },
      });
      new aws.s3.BucketPublicAccessBlock("closed", {
        bucket: bucketName,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      });
      new aws.s3.BucketOwnershipControls("owner", {
        bucket: bucketName,
        rule: { objectOwnership: "BucketOwnerEnforced" },
      });
      new aws.s3.BucketServerSideEncryptionConfiguration("encryption", {
        bucket: bucketName,
        rules: [
          {
            bucketKeyEnabled: true,
            applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: "alias/a" },
          },
        ],
      });
      new aws.s3.BucketLifecycleConfiguration("lifecycle", {
        bucket: bucketName,
        rules: [{ id: "a", status: "Enabled", noncurrentVersionExpiration: { noncurrentDays: 365 } }],
      });
      new aws.s3.BucketPolicy("policy", {
        bucket: bucketName,
        policy: text(properties("StateBucketPolicy").Properties["PolicyDocument"]),
      });
      for (const [id, { Type, Properties }] of Object.entries(template.Resources)) {
        if (Type === "AWS::IAM::Role")
          new aws.iam.Role(id, {
            name: String(Properties["RoleName"]),
            maxSessionDuration: Number(Properties["MaxSessionDuration"]),
            assumeRolePolicy: text(Properties["AssumeRolePolicyDocument"]),
            tags,
          });
        if (Type === "AWS::IAM::ManagedPolicy")
          new aws.iam.Policy(id, {
            name: String(Properties["ManagedPolicyName"]),
            policy: text(Properties["PolicyDocument"]),
            tags,
          });
        if (Type === "AWS::IAM::OIDCProvider")
          new aws.iam.OpenIdConnectProvider(id, {
            url: String(Properties["Url"]),
            clientIdLists: Properties["ClientIdList"] as string[],
            tags,
          });
      }
    });
    const said = await refusals(made);
    assert.deepEqual(
      said.filter(line => !accepted.some(([pattern]) => pattern.test(line))),
      [],
    );
    for (const [pattern] of accepted)
      assert.ok(
        said.some(line => pattern.test(line)),
        String(pattern),
      );
  });

  it("has no policy that is too long, and no role with too many", () => {
    for (const document of documentsOf(template)) assert.ok(lengthOf(document) <= longestPolicy);
    for (const { Type, Properties } of Object.values(template.Resources))
      if (Type === "AWS::IAM::Role") assert.ok((Properties["ManagedPolicyArns"] as unknown[]).length <= 10);
    assert.ok(JSON.stringify(template).length < 51_200);
  });

  it("names no action that AWS does not know", () => {
    const actions = documentsOf(template).flatMap(document => document.flatMap(({ Action }) => Action));
    const unknownToAws = [...new Set(actions)].filter(
      action => !action.endsWith(":*") && actionsMatching(action).length === 0,
    );
    assert.deepEqual(unknownToAws, []);
  });

  it("has all that it names: no reference leads nowhere", () => {
    const references = (value: Value | undefined): string[] => {
      if (Array.isArray(value)) return value.flatMap(references);
      if (typeof value !== "object" || value === null) return [];
      return Object.entries(value).flatMap(([key, inner]) =>
        key === "Ref"
          ? [String(inner)]
          : key === "Fn::GetAtt"
            ? [String((inner as string[])[0])]
            : references(inner as Value),
      );
    };
    const found = [
      ...references(template.Resources as unknown as Value),
      ...references(template.Outputs as unknown as Value),
      ...Object.values(template.Resources).flatMap(({ DependsOn = [] }) => DependsOn),
    ];
    assert.ok(found.length > 20);
    for (const id of found) assert.ok(id in template.Resources, id);
    for (const id of Object.keys(template.Resources)) assert.match(id, /^[A-Za-z0-9]{1,255}$/);
  });

  it("is the same when it is read from YAML", () => {
    const text = templateYaml(template);
    for (const version of ["1.1", "1.2"] as const)
      assert.deepEqual(parse(text, { version }), JSON.parse(JSON.stringify(template)));
    assert.match(text, /Version: "2012-10-17"/);
  });

  it("grants in the management account what the stacks make there, type by type", () => {
    const known = new Set(Object.values(managementThemes(example)).flatMap(({ types }) => types));
    const shared = needs.find(({ scope }) => scope === "shared");
    const short = (type: string) => /^aws:([^:]+):/.exec(type)?.[1] ?? type;
    assert.ok((shared?.atHome.length ?? 0) > 30);
    assert.deepEqual(
      shared?.atHome.map(short).filter(type => !known.has(type)),
      [],
    );
    for (const { scope, atHome } of needs) if (scope !== "shared") assert.deepEqual(atHome, []);
  });

  it("knows what each environment takes from the plan alone", () => {
    for (const { scope, roles, reads, decrypts } of needs) {
      if (scope === "shared") continue;
      assert.deepEqual(reads, ["network"]);
      assert.deepEqual(decrypts, [scope, "shared"].sort());
      const { ids } = example.organization;
      const own = [scope, `payments-${scope}`].map(name => ids.accounts[name]);
      const accounts = new Set(roles.map(arn => arn.split(":")[4]));
      assert.deepEqual([...accounts].sort(), [...own, ids.accounts["network"]].sort());
      // Of the network account its own part of the hub, and nothing that reaches another environment's.
      assert.deepEqual(
        roles.filter(arn => arn.split(":")[4] === ids.accounts["network"]),
        [`arn:aws:iam::${ids.accounts["network"]}:role/landing-zone-hub-${scope}`],
      );
      assert.ok(roles.every(arn => !arn.includes("*")));
    }
  });

  it("plans the roles as they are deployed with, also where stacks are only looked at", async () => {
    process.env["LANDING_ZONE_ACCESS"] = "read-only";
    try {
      const stacks = select(example, ["delivery-dev"]).needed;
      const { stacks: made } = await offlinePlan(example, stacks);
      const [, dev] = needsOf(
        example,
        made.filter(({ name }) => name === "delivery-dev"),
      );
      assert.ok(dev);
      assert.ok(dev.roles.includes("arn:aws:iam::555566667777:role/OrganizationAccountAccessRole"));
      assert.ok(dev.roles.every(arn => !arn.endsWith("landing-zone-preview")));
      assert.equal(process.env["LANDING_ZONE_ACCESS"], "read-only");
    } finally {
      delete process.env["LANDING_ZONE_ACCESS"];
    }
  });

  it("is without a bucket and a key where Pulumi Cloud keeps the state, and has the roles", async () => {
    const zone = described({ state: pulumiCloud("example") });
    const inCloud = templateOf(zone, needsOf(zone, await examplePlan()));
    const types = Object.values(inCloud.Resources).map(({ Type }) => Type);
    assert.equal(types.filter(type => /^AWS::(S3|KMS)/.test(type)).length, 0);
    assert.equal(types.filter(type => type === "AWS::IAM::Role").length, 5);
    assert.doesNotMatch(JSON.stringify(inCloud), /landing-zone-state-|StateKey/);
    const made = new Bootstrapped(inCloud);
    const deploy = "arn:aws:iam::555566667777:role/landing-zone-deploy";
    assert.equal(made.decide(applyRole("dev"), "sts:AssumeRole", deploy).outcome, "allowed");
    assert.equal(made.decide(applyRole("int"), "sts:AssumeRole", deploy).outcome, "denied");
    assert.equal(made.decide(applyRole("shared"), "sso:CreatePermissionSet", "*").outcome, "allowed");
  });

  it("makes one identity provider an issuer, with the audiences of all its projects", async () => {
    const branches = { dev: "main", int: "main", prod: "main" };
    const zone = described({
      pipelines: [
        gitlab("example/landing-zone", branches),
        { ...gitlab("example/other", branches), audience: "sts.amazonaws.com" },
        github("example/landing-zone"),
      ],
    });
    const providers = Object.values(templateOf(zone, needs).Resources)
      .filter(({ Type }) => Type === "AWS::IAM::OIDCProvider")
      .map(({ Properties }) => [Properties["Url"], Properties["ClientIdList"]]);
    assert.deepEqual(providers, [
      ["https://gitlab.com", ["https://gitlab.com", "sts.amazonaws.com"]],
      ["https://token.actions.githubusercontent.com", ["sts.amazonaws.com"]],
    ]);
  });

  it("can be made where there are no pipelines yet", () => {
    const made = new Bootstrapped(templateOf(described({ pipelines: [] }), needs));
    for (const name of [planRole, ...scopes.map(applyRole)])
      assert.equal(readDocument(made.role(name).AssumeRolePolicyDocument).statements.length, 1);
  });

  it("names each stack where the ending of an environment's is also somebody else's", () => {
    const stack = (name: string) =>
      ({ name, layer: "baseline", account: "a", region: "r", dependsOn: [] }) as const;
    const dev: Needs = {
      scope: "dev",
      stacks: ["baseline-dev", "shop-persistent-dev", "shop-service-dev"],
      reads: [],
      decrypts: ["dev"],
      roles: [],
      atHome: [],
    };
    const own = dev.stacks.map(stack);
    assert.deepEqual(patternsOf(dev, own), ["baseline-dev", "*-persistent-dev", "*-service-dev"]);
    assert.deepEqual(patternsOf(dev, [...own, stack("baseline-x-service-dev")]), [
      "baseline-dev",
      "shop-service-dev",
      "*-persistent-dev",
    ]);
  });

  it("splits what is too long for one policy, and loses nothing of it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), count => {
        const Resource = Array.from(
          { length: count },
          (_, index) => `arn:aws:s3:::bucket/objects/number-${index}/*`,
        );
        const { resources } = managedPolicies("some-role", [
          { Sid: "First", Effect: "Allow", Action: "s3:GetObject", Resource },
          { Sid: "Second", Effect: "Allow", Action: "s3:PutObject", Resource },
        ]);
        const documents = Object.values(resources).map(
          ({ Properties }) =>
            (Properties["PolicyDocument"] as unknown as { Statement: Statement[] }).Statement,
        );
        assert.ok(documents.every(document => lengthOf(document) <= longestPolicy));
        const statements = documents.flat();
        for (const action of ["s3:GetObject", "s3:PutObject"])
          assert.deepEqual(
            statements.filter(({ Action }) => Action === action).flatMap(({ Resource: some }) => some),
            Resource,
          );
      }),
      { numRuns: 40 },
    );
    const far = Array.from({ length: 3_000 }, (_, index) => `arn:aws:iam::111122223333:role/number-${index}`);
    assert.throws(
      () =>
        managedPolicies("some-role", [
          { Sid: "All", Effect: "Allow", Action: "sts:AssumeRole", Resource: far },
        ]),
      /some-role takes \d+ policies, and a role may have 10/,
    );
  });
});

/** What the policy pack would say of any account's roles, and why it is so here. */
const accepted: readonly (readonly [pattern: RegExp, why: string])[] = [
  [
    /^iam-policy-no-resource-star-write[\s\S]*\((Organization|OrganizationWide|AccountsContacts|PermissionSets|Groups|CostExplorer|Advice)\)/,
    "it acts on the organization as a whole, of which there is one",
  ],
  [
    /^iam-policy-no-resource-star-write[\s\S]*\((AccountSettings|Configuration|DelegatedAdministrators|DefaultVpcs)\)/,
    "it is a setting of the account itself, of which there is one a region",
  ],
  [/^iam-policy-no-resource-star-write[\s\S]*\(WhatThemesDo\)/, "a boundary allows nothing by itself"],
  [
    /^iam-policy-permissions-mgmt-constrained[\s\S]*\((Organization|PermissionSets)\)/,
    "guardrails and permission sets are what the stack organization is there for",
  ],
  [
    /^s3-bucket-has-logging/,
    "the trail records requests: logs go to a bucket of the same account, and there is none before the state is there",
  ],
];

describe("trust of the bootstrap's roles", function () {
  this.timeout(120_000);
  let made: Bootstrapped;
  before(async () => {
    made = new Bootstrapped(await templateFor());
  });

  const issuer = "gitlab.com";
  const provider = `arn:aws:iam::${home}:oidc-provider/${issuer}`;
  const branch = (name: string, project = "example/landing-zone") =>
    `project_path:${project}:ref_type:branch:ref:${name}`;

  function byToken(role: string, sub: string, aud = "https://gitlab.com", principal = provider) {
    return evaluate(
      {
        principal: { kind: "federated", arn: principal },
        action: "sts:AssumeRoleWithWebIdentity",
        resource: `arn:aws:iam::${home}:role/${role}`,
        context: { [`${issuer}:aud`]: aud, [`${issuer}:sub`]: sub },
      },
      { resource: readDocument(made.role(role).AssumeRolePolicyDocument) },
    ).outcome;
  }

  /** Role, the branches that may take it. */
  for (const [role, branches] of [
    [planRole, ["main", "release", "production", "feature/anything"]],
    [applyRole("dev"), ["main"]],
    [applyRole("int"), ["release"]],
    [applyRole("prod"), ["production"]],
    [applyRole("shared"), ["production"]],
  ] as const)
    it(`${role} is taken by pipelines of ${branches.join(", ")}`, () => {
      for (const name of ["main", "release", "production", "feature/anything"])
        assert.equal(
          byToken(role, branch(name)),
          (branches as readonly string[]).includes(name) ? "allowed" : "denied",
          name,
        );
      const [own = ""] = branches;
      assert.equal(byToken(role, branch(own, "somebody/landing-zone")), "denied");
      assert.equal(byToken(role, branch(own), "somebody's audience"), "denied");
      assert.equal(
        byToken(role, branch(own), "https://gitlab.com", provider.replace("gitlab", "evil")),
        "denied",
      );
    });

  it("lets another branch deploy what is shared, where the description says so", async () => {
    const [own] = example.organization.pipelines;
    assert.ok(own !== undefined && own.platform !== "codePipeline");
    const zone = described({
      pipelines: [{ ...own, deploy: { ...own.deploy, shared: [branch("platform")] } }],
    });
    const other = new Bootstrapped(templateOf(zone, await exampleNeeds()));
    const trusted = JSON.stringify(other.role(applyRole("shared")).AssumeRolePolicyDocument);
    assert.match(trusted, /ref:platform"/);
    assert.doesNotMatch(trusted, /ref:production"/);
    assert.match(JSON.stringify(other.role(applyRole("prod")).AssumeRolePolicyDocument), /ref:production"/);
  });

  const person = (set: string, account = home) =>
    `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_${set}_0123456789abcdef`;

  function byPerson(role: string, arn: string) {
    const account = arn.split(":")[4] ?? "";
    const may = readDocument({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" }],
    });
    return evaluate(
      {
        principal: { kind: "role", arn, account },
        action: "sts:AssumeRole",
        resource: `arn:aws:iam::${home}:role/${role}`,
        context: {},
      },
      { identity: [may], resource: readDocument(made.role(role).AssumeRolePolicyDocument) },
    ).outcome;
  }

  for (const [role, sets] of [
    [planRole, ["administrator", "break-glass"]],
    [applyRole("shared"), ["administrator", "break-glass"]],
    [applyRole("dev"), ["administrator", "break-glass"]],
    [applyRole("int"), ["administrator", "break-glass"]],
    [applyRole("prod"), ["break-glass"]],
  ] as const)
    it(`${role} is taken by people with ${sets.join(" or ")}, of the management account only`, () => {
      for (const set of ["administrator", "break-glass", "billing", "developer", "read-only"]) {
        const may = (sets as readonly string[]).includes(set);
        assert.equal(byPerson(role, person(set)), may ? "allowed" : "denied", set);
        assert.equal(byPerson(role, person(set, "555566667777")), "denied", set);
      }
      assert.equal(byPerson(role, `arn:aws:iam::${home}:user/somebody`), "denied");
      assert.equal(byPerson(role, `arn:aws:iam::${home}:role/AWSReservedSSO_administrator_0123`), "denied");
    });

  it("lets nobody of another account at the bucket", () => {
    const outcome = evaluate(
      {
        principal: { kind: "role", arn: "arn:aws:iam::555566667777:role/somebody", account: "555566667777" },
        action: "s3:GetObject",
        resource: `${bucketArn}/.pulumi/meta.yaml`,
        resourceAccount: home,
        context: { "aws:SecureTransport": "true", "s3:TlsVersion": "1.3" },
      },
      {
        identity: [
          readDocument({
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
          }),
        ],
        resource: made.document("StateBucketPolicy"),
      },
    );
    assert.deepEqual([outcome.outcome, outcome.kind], ["denied", "explicit"]);
  });
});
