/** Pipelines in AWS CodePipeline: what they run, with which rights, and what is refused. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { parse } from "yaml";
import { buildSpecification } from "../../../components/delivery/build-commands";
import { CodeBuildProject } from "../../../components/delivery/code-build-project";
import { buildName, CodePipeline, type CodePipelineArgs } from "../../../components/delivery/code-pipeline";
import { NightlyRun } from "../../../components/delivery/nightly-run";
import { PipelineArtifacts } from "../../../components/delivery/pipeline-artifacts";
import { readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
import { refusals } from "../logs/judged";
import { at, type Planned, planned, statements } from "../planned";
import { roleArn } from "./requests/rows";

const { accountId, region } = at;
const management = "222233334444";
const connectionArn = `arn:aws:codeconnections:${region}:${accountId}:connection/6f9a6f0e`;
const args: CodePipelineArgs = {
  at,
  pipelineName: "landing-zone-prod",
  source: { connectionArn, repository: "example/landing-zone", branch: "production" },
  steps: [
    { name: "Plan", description: "Plans", commands: ["npx lz plan prod"] },
    {
      name: "Deploy",
      description: "Deploys",
      commands: ["npx lz up prod --yes --confirm prod"],
      takesRoleArn: roleArn("landing-zone-apply-prod", management),
      timeoutMinutes: 180,
      approve: "Look at the plan",
    },
  ],
  nightly: {
    name: "Drift",
    description: "Looks for drift",
    commands: ["npx lz refresh prod --check --read-only"],
    takesRoleArn: roleArn("landing-zone-plan", management),
    schedule: "cron(30 2 * * ? *)",
  },
  mailsTo: ["operations@example.com"],
  logRetentionDays: 365,
  accessLogBucketName: "landing-zone-load-balancer-logs-111122223333-eu-central-1",
};
const made = (given: Partial<CodePipelineArgs> = {}) =>
  planned(() => new CodePipeline("pipeline", { ...args, ...given }));

interface Action {
  readonly name: string;
  readonly category: string;
  readonly provider: string;
  readonly runOrder?: number;
  readonly configuration: Record<string, string>;
  readonly inputArtifacts?: string[];
}
const stagesOf = (stack: Planned, name = "pipeline") =>
  stack.one("aws:codepipeline/pipeline:Pipeline", name).inputs["stages"] as unknown as {
    name: string;
    actions: Action[];
  }[];
const specification = (stack: Planned, name: string) =>
  parse((stack.one("Project", name).inputs["source"] as { buildspec: string }).buildspec) as {
    version: number;
    phases: { install: { commands: string[] }; build: { commands: string[] } };
  };

describe("a pipeline in CodePipeline", () => {
  let stack: Planned;
  before(async () => {
    stack = await made();
  });

  it("is fetched by the connection, and starts when somebody pushes to its branch and to no other", () => {
    const [source] = stagesOf(stack)[0]?.actions ?? [];
    assert.equal(source?.provider, "CodeStarSourceConnection");
    assert.deepEqual(source?.configuration, {
      ConnectionArn: connectionArn,
      FullRepositoryId: "example/landing-zone",
      BranchName: "production",
      DetectChanges: "true",
      OutputArtifactFormat: "CODE_ZIP",
    });
    assert.equal(stagesOf(stack, "pipeline-Drift")[0]?.actions[0]?.configuration["DetectChanges"], "false");
  });

  it("plans before it deploys, and each step is a build of its own over the same source", () => {
    assert.deepEqual(
      stagesOf(stack).map(({ name }) => name),
      ["Source", "Plan", "Deploy"],
    );
    for (const { name, actions } of stagesOf(stack).slice(1)) {
      const build = actions.find(({ category }) => category === "Build");
      assert.deepEqual(build?.configuration, { ProjectName: `landing-zone-prod-${name.toLowerCase()}` });
      assert.deepEqual(build?.inputArtifacts, ["source"]);
    }
  });

  it("waits for somebody where it is told to, before the build of that step, and tells who is to approve", () => {
    const [approval, build] = stagesOf(stack)[2]?.actions ?? [];
    assert.deepEqual(
      [approval?.category, approval?.runOrder, build?.category, build?.runOrder],
      ["Approval", 1, "Build", 2],
    );
    assert.deepEqual(approval?.configuration, {
      NotificationArn: `arn:aws:sns:${region}:${accountId}:landing-zone-prod-pipeline`,
      CustomData: "Look at the plan",
    });
    assert.equal(stagesOf(stack)[1]?.actions.length, 1);
  });

  it("is overtaken by a newer push, so that nobody approves what is old", () => {
    for (const { inputs } of stack.all("aws:codepipeline/pipeline:Pipeline")) {
      assert.equal(inputs["pipelineType"], "V2");
      assert.equal(inputs["executionMode"], "SUPERSEDED");
    }
  });

  it("looks every night, by a rule that may start that pipeline only", () => {
    const rule = stack.one("EventRule", "pipeline-Drift-start");
    assert.equal(rule.inputs["scheduleExpression"], "cron(30 2 * * ? *)");
    const target = stack.one("EventTarget", "pipeline-Drift-start");
    const pipelineArn = `arn:aws:codepipeline:${region}:${accountId}:landing-zone-prod-drift`;
    assert.equal(target.inputs["arn"], pipelineArn);
    assert.equal(
      stack.one("aws:codepipeline/pipeline:Pipeline", "pipeline-Drift").inputs["name"],
      "landing-zone-prod-drift",
    );
    assert.deepEqual(statements(stack.one("RolePolicy", "pipeline-Drift-start")), [
      {
        Sid: "Start",
        Effect: "Allow",
        Action: "codepipeline:StartPipelineExecution",
        Resource: pipelineArn,
      },
    ]);
  });

  it("tells when it fails, by day and by night", () => {
    const pattern = JSON.parse(
      String(stack.one("EventRule", "pipeline-failures").inputs["eventPattern"]),
    ) as {
      detail: unknown;
    };
    assert.deepEqual(pattern.detail, {
      state: ["FAILED"],
      pipeline: ["landing-zone-prod", "landing-zone-prod-drift"],
    });
    const target = stack.one("EventTarget", "pipeline-failures");
    assert.equal(target.inputs["arn"], `arn:aws:sns:${region}:${accountId}:landing-zone-prod-pipeline`);
    const { inputPaths, inputTemplate } = target.inputs["inputTransformer"] as {
      inputPaths: Record<string, string>;
      inputTemplate: string;
    };
    const sentence = JSON.parse(inputTemplate) as string;
    for (const name of Object.keys(inputPaths)) assert.ok(sentence.includes(`<${name}>`), name);
    assert.deepEqual(
      [...sentence.matchAll(/<([^>]*)>/g)]
        .map(([, name]) => name)
        .filter(name => !((name ?? "") in inputPaths)),
      [],
    );
    assert.deepEqual(
      stack.all("TopicSubscription").map(({ inputs }) => inputs["endpoint"]),
      ["operations@example.com"],
    );
  });

  it("keeps what it hands on for a month, encrypted with its own key, and over TLS only", () => {
    const bucket = "landing-zone-prod-pipeline-111122223333-eu-central-1";
    assert.equal(stack.one("aws:s3/bucket:Bucket").inputs["bucket"], bucket);
    assert.equal(stack.one("aws:s3/bucket:Bucket").protect, true);
    const key = stack.one("aws:kms/key:Key");
    assert.equal(key.protect, true);
    for (const pipeline of stack.all("aws:codepipeline/pipeline:Pipeline")) {
      const [store] = pipeline.inputs["artifactStores"] as {
        location: string;
        encryptionKey: { type: string };
      }[];
      assert.deepEqual([store?.location, store?.encryptionKey.type], [bucket, "KMS"]);
      assert.deepEqual(stack.from(pipeline, "artifactStores"), ["pipeline"]);
    }
    const [lifecycle] = stack.one("BucketLifecycleConfiguration").inputs["rules"] as {
      expiration: unknown;
    }[];
    assert.deepEqual(lifecycle?.expiration, { days: 30 });
    assert.equal(stack.one("BucketLogging").inputs["targetPrefix"], `buckets/${bucket}/`);
    assert.ok(statements(stack.one("BucketPolicy")).some(({ Sid }) => Sid === "TlsOnly"));
  });

  it("has builds that are not privileged, in an image that is pinned, with an end, a log and the company's key", () => {
    const projects = stack.all("Project");
    assert.equal(projects.length, 3);
    for (const project of projects) {
      const environment = project.inputs["environment"] as Record<string, unknown>;
      assert.equal(environment["privilegedMode"], false);
      assert.match(String(environment["image"]), /^aws\/codebuild\/amazonlinux-aarch64-standard:\d+\.\d+$/);
      assert.deepEqual(environment["environmentVariables"] ?? [], []);
      assert.ok(project.dependencies.some(urn => urn.includes("aws:cloudwatch/logGroup:LogGroup")));
      assert.ok(project.propertyDependencies["encryptionKey"]?.length);
      assert.equal(project.inputs["concurrentBuildLimit"], 1);
    }
    assert.deepEqual(Object.fromEntries(projects.map(({ name, inputs }) => [name, inputs["buildTimeout"]])), {
      "pipeline-Plan": 30,
      "pipeline-Deploy": 180,
      "pipeline-Drift": 30,
    });
    for (const group of stack.all("aws:cloudwatch/logGroup:LogGroup")) {
      assert.equal(group.inputs["retentionInDays"], 365);
      assert.ok(group.propertyDependencies["kmsKeyId"]?.length);
      // The key lets logs of such names in.
      assert.match(String(group.inputs["name"]), /^\/landing-zone\/builds\/landing-zone-prod-/);
    }
  });

  const ask = (name: string, action: string, resource: string, context = {}) =>
    evaluate(
      {
        principal: { kind: "role", arn: roleArn("x"), account: accountId },
        action,
        resource,
        context,
      },
      {
        identity: [readDocument(stack.one("RolePolicy", name).inputs["policy"])],
        resource: action.startsWith("sts:") || action.startsWith("kms:") ? anybody : undefined,
      },
    ).outcome;
  const anybody = readDocument({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: "*", Resource: "*" },
    ],
  });
  const artifact = "arn:aws:s3:::landing-zone-prod-pipeline-111122223333-eu-central-1/a/source/1";

  it("gives a build the one role it is told of, to read its source and to write its log, and nothing else", () => {
    const apply = roleArn("landing-zone-apply-prod", management);
    const plan = roleArn("landing-zone-plan", management);
    const may: readonly [string, string, readonly string[]][] = [
      ["sts:AssumeRole", apply, ["pipeline-Deploy"]],
      ["sts:AssumeRole", plan, ["pipeline-Drift"]],
      ["sts:AssumeRole", roleArn("landing-zone-apply-shared", management), []],
      ["sts:AssumeRole", roleArn("landing-zone-deploy"), []],
      ["sts:AssumeRole", roleArn("OrganizationAccountAccessRole"), []],
      ["s3:GetObject", artifact, ["pipeline-Plan", "pipeline-Deploy", "pipeline-Drift"]],
      ["s3:PutObject", artifact, []],
      ["s3:GetObject", "arn:aws:s3:::shop-pictures/a", []],
      [
        "logs:PutLogEvents",
        `arn:aws:logs:${region}:${accountId}:log-group:/landing-zone/builds/landing-zone-prod-deploy:log-stream:1`,
        ["pipeline-Deploy"],
      ],
      ["codeconnections:UseConnection", connectionArn, []],
      [
        "codebuild:StartBuild",
        `arn:aws:codebuild:${region}:${accountId}:project/landing-zone-prod-deploy`,
        [],
      ],
      ["iam:PassRole", roleArn("landing-zone-prod-deploy"), []],
    ];
    for (const [action, resource, roles] of may)
      for (const name of ["pipeline-Plan", "pipeline-Deploy", "pipeline-Drift"])
        assert.equal(
          ask(name, action, resource),
          roles.includes(name) ? "allowed" : "denied",
          `${name}: ${action} on ${resource}`,
        );
  });

  it("lets the pipeline fetch, hand on, build and ask, and nothing else", () => {
    for (const [action, resource, outcome] of [
      ["codeconnections:UseConnection", connectionArn, "allowed"],
      ["codeconnections:UseConnection", `${connectionArn}x`, "denied"],
      ["s3:PutObject", artifact, "allowed"],
      ["s3:DeleteObject", artifact, "denied"],
      [
        "codebuild:StartBuild",
        `arn:aws:codebuild:${region}:${accountId}:project/landing-zone-prod-deploy`,
        "allowed",
      ],
      ["codebuild:StartBuild", `arn:aws:codebuild:${region}:${accountId}:project/other`, "denied"],
      ["sns:Publish", `arn:aws:sns:${region}:${accountId}:landing-zone-prod-pipeline`, "allowed"],
      ["sns:Publish", `arn:aws:sns:${region}:${accountId}:other`, "denied"],
      ["sts:AssumeRole", roleArn("landing-zone-apply-prod", management), "denied"],
      ["iam:PassRole", roleArn("landing-zone-prod-deploy"), "denied"],
    ] as const)
      assert.equal(ask("pipeline", action, resource), outcome, `${action} on ${resource}`);
  });

  it("lets a service take its roles on behalf of this account only", () => {
    const services = {
      pipeline: "codepipeline",
      "pipeline-Deploy": "codebuild",
      "pipeline-Drift-start": "events",
    };
    for (const [name, service] of Object.entries(services))
      assert.deepEqual(statements(stack.one("aws:iam/role:Role", name), "assumeRolePolicy"), [
        {
          Effect: "Allow",
          Principal: { Service: `${service}.amazonaws.com` },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "aws:SourceAccount": accountId } },
        },
      ]);
  });

  it("tells the roles of its builds by names that others know beforehand", async () => {
    const made: CodePipeline[] = [];
    await planned(() => made.push(new CodePipeline("pipeline", args)));
    assert.deepEqual(made[0]?.buildRoleArns, {
      Plan: roleArn("landing-zone-prod-plan"),
      Deploy: roleArn(buildName("landing-zone-prod", "Deploy")),
      Drift: roleArn(buildName("landing-zone-prod", "drift")),
    });
  });

  it("is accepted by the policy pack, twice in a stack too, and without a night", async () => {
    const two = await planned(() => {
      new CodePipeline("first", args);
      const { nightly: _, ...byDay } = args;
      new CodePipeline("second", { ...byDay, pipelineName: "landing-zone-dev" });
    });
    assert.deepEqual(await refusals(two), []);
    assert.equal(two.all("aws:codepipeline/pipeline:Pipeline").length, 3);
    const names = two.all("aws:iam/role:Role").map(({ inputs }) => inputs["name"]);
    assert.equal(new Set(names).size, names.length);
  });

  it("has names that AWS takes, however long it is called", async () => {
    const word = "abcdefghij0123456789";
    const longest = await made({
      at: { ...at, region: "ap-northeast-1" },
      pipelineName: "p".repeat(24),
      steps: [{ name: word, description: "d", commands: ["true"] }],
      nightly: {
        name: `z${word.slice(1)}`,
        description: "d",
        commands: ["true"],
        schedule: "cron(0 0 * * ? *)",
      },
    });
    const longestOf = { "aws:iam/role:Role": 64, EventRule: 64, Project: 150, "aws:s3/bucket:Bucket": 63 };
    for (const [type, limit] of Object.entries(longestOf))
      for (const { inputs } of longest.all(type)) {
        const { length } = String(inputs["name"] ?? inputs["bucket"]);
        assert.ok(length <= limit, `${type} ${inputs["name"]}: ${length}`);
      }
  });

  const step = { name: "Plan", description: "d", commands: ["true"] };
  for (const [what, given, says] of [
    ["no steps", { steps: [] }, /landing-zone-prod has no steps/],
    ["two steps of a name", { steps: [step, { ...step, name: "plan" }] }, /two steps called "plan"/],
    ["a step called as the nightly one", { steps: [{ ...step, name: "Drift" }] }, /two steps called "drift"/],
    ["a step of two words", { steps: [{ ...step, name: "Plan it" }] }, /a step "plan it"/],
    ["a step called Source", { steps: [{ ...step, name: "Source" }] }, /not Source/],
    ["a name that no bucket has", { pipelineName: "Landing_Zone" }, /pipelineName is "Landing_Zone"/],
    ["a name that is too long", { pipelineName: "p".repeat(25) }, /at most 24/],
    ["nobody to tell", { mailsTo: [] }, /nobody would hear/],
    ["a step that runs nothing", { steps: [{ ...step, commands: [] }] }, /has no commands/],
    ["too short a time", { steps: [{ ...step, timeoutMinutes: 4 }] }, /timeoutMinutes.*is 4/],
    ["too long a time", { steps: [{ ...step, timeoutMinutes: 2_161 }] }, /timeoutMinutes.*is 2161/],
    ["a rate at night", { nightly: { ...step, name: "D", schedule: "rate(1 day)" } }, /must be cron\(/],
  ] as const)
    it(`refuses ${what}`, async () => {
      await assert.rejects(made(given as Partial<CodePipelineArgs>), says);
    });

  it("refuses parts that could not be", async () => {
    await assert.rejects(
      planned(() => new NightlyRun("n", { at, pipelineName: "p", schedule: "0 2 * * *" })),
      /schedule of p is "0 2 \* \* \*"/,
    );
    const artifacts = { at, bucketName: "b", keyArn: "arn:key", keyAlias: "k", accessLogBucketName: "l" };
    for (const keepDays of [0, 1.5])
      await assert.rejects(
        planned(() => new PipelineArtifacts("a", { ...artifacts, keepDays })),
        /keepDays is/,
      );
    const project = {
      at,
      description: "d",
      commands: ["true"],
      keyArn: "arn:key",
      read: [],
      logRetentionDays: 1,
    };
    for (const projectName of ["a", "-a", "a b", "a".repeat(65)])
      await assert.rejects(
        planned(() => new CodeBuildProject("p", { ...project, projectName })),
        /projectName is/,
      );
  });
});

describe("what a build runs", () => {
  it("is the commands, once the packages are installed, as YAML", async () => {
    const stack = await made();
    const { version, phases } = specification(stack, "pipeline-Plan");
    assert.equal(version, 0.2);
    assert.deepEqual(phases.install.commands, ["npm ci"]);
    assert.deepEqual(phases.build.commands, ["npx lz plan prod"]);
    assert.equal(
      specification(stack, "pipeline-Deploy").phases.build.commands.at(-1),
      "npx lz up prod --yes --confirm prod",
    );
  });

  it("is what it was told, whatever is in it", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1 }), commands => {
        const { phases } = parse(buildSpecification({ commands, sessionName: "s" })) as {
          phases: { build: { commands: unknown } };
        };
        assert.deepEqual(phases.build.commands, commands);
      }),
    );
  });

  it("acts with the role it takes, by a profile that renews its credentials", () => {
    const folder = mkdtempSync(join(tmpdir(), "build-"));
    try {
      const { phases } = parse(
        buildSpecification({
          commands: ['echo "$AWS_PROFILE"'],
          takesRoleArn: roleArn("landing-zone-apply-dev", management),
          sessionName: "landing-zone-dev-deploy",
        }),
      ) as { phases: { build: { commands: string[] } } };
      const script = phases.build.commands.join("\n").replaceAll("/tmp/aws-config", join(folder, "config"));
      const { stdout, status } = spawnSync("bash", ["-eu", "-c", script], { encoding: "utf8" });
      assert.deepEqual([status, stdout], [0, "landing-zone\n"]);
      assert.deepEqual(readFileSync(join(folder, "config"), "utf8").trim().split("\n"), [
        "[profile landing-zone]",
        `role_arn = ${roleArn("landing-zone-apply-dev", management)}`,
        "role_session_name = landing-zone-dev-deploy",
        "credential_source = EcsContainer",
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("takes no role where it needs none", () => {
    assert.doesNotMatch(buildSpecification({ commands: ["true"], sessionName: "s" }), /AWS_|role_arn/);
  });
});
