/** A company whose pipelines run in AWS, and who may look at its accounts. */
import assert from "node:assert/strict";
import { parse } from "yaml";
import type { Plan, PlannedResource } from "../../cli/planner";
import { readDocument } from "../../iam/document";
import { buildersOf } from "../../stacks/code-pipelines";
import {
  checked,
  codePipeline,
  DescriptionError,
  environmentNames,
  type LandingZone,
  type Organization,
} from "../../stacks/description";
import example from "../../stacks/landing-zone";
import { stacksOf } from "../../stacks/names";
import { accessVariable } from "../../stacks/providers";
import { understood } from "../documentation/written-commands";
import { planOfStacks, refusalsOf } from "./plan-of";

const { organization } = example;
const { accounts, organization: _ } = organization.ids as {
  accounts: Record<string, string>;
  organization: string;
};
const connection = `arn:aws:codeconnections:eu-central-1:${accounts["management"]}:connection/6f9a6f0e-1b2c`;
const branches = { dev: "main", int: "release", prod: "production" };
const inAws = codePipeline({ connection, repository: "example/landing-zone", branches });
const zoneWith = (...pipelines: Organization["pipelines"]): LandingZone => ({
  ...example,
  organization: { ...organization, pipelines },
});
const looking = organization.pipelines.map(one => ({ ...one, deploys: [] }));
const zone = zoneWith(...looking, inAws);
const arn = (account: string, role: string) => `arn:aws:iam::${accounts[account]}:role/${role}`;

const inStack = (plan: Plan, stack: string, type: string): PlannedResource[] =>
  (plan.stacks.find(({ name }) => name === stack)?.resources ?? []).filter(
    ({ type: its }) => its === type || its.split(":").at(-1) === type,
  );
/** Of the pipeline alone. */
const ofPipeline = (plan: Plan, stack: string, type: string): PlannedResource[] =>
  inStack(plan, stack, type).filter(({ urn }) => urn.includes("landing-zone:delivery:CodePipeline$"));

describe("pipelines in AWS", () => {
  let plan: Plan;
  const own = environmentNames.map(name => `delivery-${example.environments[name].account}`);
  before(async () => {
    plan = await planOfStacks(checked(zone), [...own, "delivery-payments-dev"]);
  });

  it("are refused by no policy", () =>
    assert.deepEqual(
      refusalsOf(plan).filter(refusal => refusal.startsWith("delivery-")),
      [],
    ));

  it("are in the environments' own accounts, and in no account of a product", () => {
    for (const stack of own)
      assert.deepEqual(
        inStack(plan, stack, "aws:codepipeline/pipeline:Pipeline").map(({ inputs }) => inputs["name"]),
        [
          `landing-zone-${stack.replace("delivery-", "")}`,
          `landing-zone-${stack.replace("delivery-", "")}-drift`,
        ],
      );
    assert.deepEqual(inStack(plan, "delivery-payments-dev", "landing-zone:delivery:CodePipeline"), []);
  });

  it("wait for somebody in prod alone", () => {
    for (const stack of own) {
      const [pipeline] = inStack(plan, stack, "aws:codepipeline/pipeline:Pipeline");
      const asked = JSON.stringify(pipeline?.inputs["stages"]).includes('"Approval"');
      assert.equal(asked, stack === "delivery-prod", stack);
    }
  });

  it("run the commands of their environment from its branch", () => {
    for (const name of environmentNames) {
      const commands = ofPipeline(plan, `delivery-${name}`, "Project").map(({ inputs }) => {
        const { buildspec } = inputs["source"] as unknown as { buildspec: string };
        return (parse(buildspec) as { phases: { build: { commands: string[] } } }).phases.build.commands;
      });
      const ran = commands.map(list => list.filter(command => command.startsWith("npx lz ")).join(" && "));
      const upOf = `npx lz up ${name} --yes --confirm ${name}`;
      assert.deepEqual(ran.sort(), [
        `npx lz ci --check && npx lz plan ${name}`,
        ...[
          `npx lz refresh ${name} --check --read-only`,
          name === "int" ? `npx lz refresh int --yes && ${upOf}` : upOf,
        ].sort(),
      ]);
      for (const command of ran.flatMap(line => line.split(" && "))) understood(command.split(" ").slice(2));
      const [pipeline] = inStack(plan, `delivery-${name}`, "aws:codepipeline/pipeline:Pipeline");
      assert.ok(JSON.stringify(pipeline?.inputs["stages"]).includes(`"BranchName":"${branches[name]}"`));
    }
  });

  it("take the management account's role of their environment, and to look the one that plans, and it knows them", () => {
    const { plan: looking, apply } = buildersOf(zone);
    assert.deepEqual(
      looking,
      environmentNames.map(name => arn(name, `landing-zone-${name}-drift`)),
    );
    for (const name of environmentNames) {
      assert.equal(apply[name], arn(name, `landing-zone-${name}-deploy`));
      const roles = ofPipeline(plan, `delivery-${name}`, "aws:iam/role:Role");
      const taken = Object.fromEntries(
        ofPipeline(plan, `delivery-${name}`, "RolePolicy").flatMap(policy => {
          const role = roles.find(({ name: its }) => its === policy.name);
          const { statements } = readDocument(policy.inputs["policy"]);
          return statements
            .filter(({ actions }) => actions.includes("sts:AssumeRole"))
            .map(({ resources }) => [String(role?.inputs["name"]), resources]);
        }),
      ) as Record<string, string[]>;
      assert.deepEqual(taken, {
        [`landing-zone-${name}-deploy`]: [arn("management", `landing-zone-apply-${name}`)],
        [`landing-zone-${name}-drift`]: [arn("management", "landing-zone-plan")],
      });
    }
  });

  it("have their bucket's requests written down by the baseline, which comes first", () => {
    const dependsOn = (of: LandingZone, stack: string) =>
      stacksOf(of).find(({ name }) => name === stack)?.dependsOn ?? [];
    for (const name of environmentNames) {
      assert.ok(dependsOn(zone, `delivery-${name}`).includes(`baseline-${name}`));
      assert.deepEqual(
        dependsOn(zone, `delivery-payments-${name}`),
        dependsOn(example, `delivery-payments-${name}`),
      );
    }
  });

  it("tell the operations contact", () => {
    for (const stack of own)
      assert.deepEqual(
        ofPipeline(plan, stack, "TopicSubscription").map(({ inputs }) => inputs["endpoint"]),
        ["operations@example.com"],
      );
  });

  it("trust no token, and leave those of other platforms that look as they were", async () => {
    const alone = await planOfStacks(checked(zoneWith(inAws)), ["delivery-dev"]);
    assert.deepEqual(inStack(alone, "delivery-dev", "OpenIdConnectProvider"), []);
    const trust = (of: Plan, role = "preview-dev") =>
      inStack(of, "delivery-dev", "aws:iam/role:Role")
        .filter(({ name }) => name === role)
        .map(({ inputs }) => inputs["assumeRolePolicy"]);
    for (const role of ["preview-dev", "pipelines-deploy"])
      assert.ok(!JSON.stringify(trust(alone, role)).includes("Federated"), role);
    assert.ok(!JSON.stringify(trust(plan, "pipelines-deploy")).includes("Federated"));
    assert.deepEqual(trust(plan), trust(await planOfStacks(example, ["delivery-dev"], "unjudged")));
    assert.deepEqual(buildersOf(example), { plan: [], apply: {} });
  });

  it("deploy what they are said to, beside another platform that deploys the rest", async () => {
    const rest = organization.pipelines.map(one => ({ ...one, deploys: ["dev", "int"] as const }));
    const half = checked(zoneWith(...rest, { ...inAws, deploys: ["prod"] }));
    assert.deepEqual(Object.keys(buildersOf(half).apply), ["prod"]);
    assert.equal(buildersOf(half).plan.length, 1);
    const stacks = await planOfStacks(half, ["delivery-dev", "delivery-prod"], "unjudged");
    for (const [stack, deploys] of [
      ["delivery-dev", false],
      ["delivery-prod", true],
    ] as const) {
      const has = inStack(stacks, stack, "aws:codepipeline/pipeline:Pipeline").length > 0;
      assert.equal(has, deploys, stack);
      const [deploy] = inStack(stacks, stack, "aws:iam/role:Role").filter(
        ({ name }) => name === "pipelines-deploy",
      );
      assert.equal(JSON.stringify(deploy?.inputs["assumeRolePolicy"]).includes("Federated"), !deploys);
    }
  });

  it("may have a connection an environment", async () => {
    const each = { dev: connection, int: connection, prod: connection.replace("6f9a", "7a0b") };
    const several = checked(zoneWith({ ...inAws, connection: each }));
    const prod = await planOfStacks(several, ["delivery-prod"], "unjudged");
    const [pipeline] = inStack(prod, "delivery-prod", "aws:codepipeline/pipeline:Pipeline");
    assert.ok(JSON.stringify(pipeline?.inputs["stages"]).includes(each.prod));
  });

  for (const [what, pipelines, path, says] of [
    [
      "a connection of the older kind",
      [{ ...inAws, connection: connection.replace("codeconnections", "codestar-connections") }],
      "organization.pipelines[0].connection",
      /arn:aws:codeconnections:/,
    ],
    [
      "a connection that is none in one environment",
      [{ ...inAws, connection: { dev: connection, int: connection, prod: "x" } }],
      "organization.pipelines[0].connection.prod",
      /the ARN of a connection/,
    ],
    [
      "another that deploys the same",
      [...organization.pipelines, inAws],
      "organization.pipelines[1].deploys",
      /would deploy dev, int, prod as organization\.pipelines\[0\], gitlab\(\), does; .*: say deploys: \[\], with which/,
    ],
    [
      "another that deploys some of the same",
      [{ ...inAws, deploys: ["prod"] }, ...organization.pipelines],
      "organization.pipelines[1].deploys",
      /would deploy prod as organization\.pipelines\[0\], codePipeline\(\), does; .*: say deploys: \["dev","int"\], or/,
    ],
    [
      "an environment that there is not",
      [{ ...inAws, deploys: ["test"] }],
      "organization.pipelines[0].deploys[0]",
      /must be one of/,
    ],
    [
      "an environment twice",
      [{ ...inAws, deploys: ["dev", "dev"] }],
      "organization.pipelines[0].deploys",
      /each environment once/,
    ],
    ["two of them", [inAws, inAws], "organization.pipelines", /at most one codePipeline\(\)/],
    [
      "a branch that is none",
      [{ ...inAws, branches: { ...branches, int: "a b" } }],
      "organization.pipelines[0].branches.int",
      /name of a branch/,
    ],
    ["an unknown word", [{ ...inAws, issuer: "gitlab.com" }], "organization.pipelines[0].issuer", /no word/],
    [
      "an unknown platform",
      [{ ...inAws, platform: "jenkins" }],
      "organization.pipelines[0].platform",
      /made by/,
    ],
  ] as const)
    it(`are refused with ${what}`, () => {
      assert.throws(
        () => checked(zoneWith(...(pipelines as unknown as Organization["pipelines"]))),
        (error: unknown) => {
          assert.ok(error instanceof DescriptionError, String(error));
          const fault = error.faults.find(one => one.path === path);
          assert.ok(fault, error.message);
          assert.match(fault.problem, says);
          return true;
        },
      );
    });
});

describe("who only looks", () => {
  const all = stacksOf(example).map(({ name }) => name);
  const planWith = async (access: string | undefined): Promise<Plan> => {
    if (access === undefined) delete process.env[accessVariable];
    else process.env[accessVariable] = access;
    try {
      return await planOfStacks(example, all, "unjudged");
    } finally {
      delete process.env[accessVariable];
    }
  };
  let usual: Plan;
  before(async () => {
    usual = await planWith(undefined);
  });

  const comparable = (plan: Plan) =>
    plan.stacks.map(({ name, resources }) => ({
      name,
      resources: resources.map(({ inputs, ...resource }) => {
        if (resource.type !== "pulumi:providers:aws") return { ...resource, inputs };
        const { assumeRoles: _, ...others } = inputs;
        return { ...resource, inputs: others };
      }),
    }));

  it("sees what the others see, with another role in each account and none in the management account", async () => {
    const looking = await planWith("read-only");
    assert.deepEqual(comparable(looking), comparable(usual));
    let count = 0;
    for (const { name, resources } of looking.stacks)
      for (const { type, inputs } of resources) {
        if (type !== "pulumi:providers:aws") continue;
        const [account] = JSON.parse(String(inputs["allowedAccountIds"])) as string[];
        const taken = /role\/[^"\\]*/.exec(JSON.stringify(inputs["assumeRoles"] ?? ""))?.[0];
        assert.equal(
          taken,
          account === accounts["management"] ? undefined : "role/landing-zone-preview",
          name,
        );
        count += 1;
      }
    assert.ok(count > 60, `${count} providers`);
  });

  it("has the role in every account that a stack looks at, made by one stack", () => {
    const made = usual.stacks.flatMap(({ name, resources }) =>
      resources
        .filter(({ type }) => type === "landing-zone:delivery:PreviewRole")
        .map(({ name: role }) => [role.replace("preview-", ""), name]),
    );
    const expected = Object.entries(organization.accounts)
      .filter(([name, { state }]) => state === "live" && name !== "management")
      .map(([name]) => name);
    assert.deepEqual(made.map(([account]) => account).sort(), expected.sort());
    const stackOf = Object.fromEntries(made) as Record<string, string>;
    assert.equal(stackOf["audit"], "security");
    assert.equal(stackOf["log-archive"], "security");
    assert.equal(stackOf["network"], "network");
    assert.equal(stackOf["sandbox"], "baseline-sandbox");
    assert.equal(stackOf["payments-int"], "delivery-payments-int");
  });

  it("says it as it is said, or nothing is planned", async () => {
    for (const wrong of ["readonly", "READ-ONLY", "write"])
      await assert.rejects(
        planWith(wrong),
        new RegExp(`${accessVariable} is "${wrong}"; it must be "read-only"`),
      );
    assert.deepEqual(comparable(await planWith("")), comparable(usual));
  });
});
