import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { parseAllDocuments } from "yaml";
import { differencesIn, filesFor, generatedMark, lacking, platformsOf } from "../../../cli/ci/files";
import { platforms } from "../../../cli/ci/setting";
import { type GitlabRunner, github, gitlab, type LandingZone } from "../../../stacks/description";
import zone from "../../../stacks/landing-zone";
import { runnerTag } from "../../../stacks/platform-names";
import { understood, wordsOf } from "../../documentation/written-commands";
import { ProjectCopy } from "../project-copy";
import { faultsOf, githubFaults, gitlabFaults } from "./lint";
import { lzCommandsIn, scriptsIn } from "./shells";

const root = resolve(__dirname, "../../..");
const usual = { dev: "main", int: "release", prod: "production" };

const withPipelines = (...pipelines: LandingZone["organization"]["pipelines"]): LandingZone => ({
  ...zone,
  organization: { ...zone.organization, pipelines },
});

const both = withPipelines(gitlab("example/landing-zone", usual), github("example/landing-zone"));
const allFiles = (its: LandingZone) => platforms.flatMap(platform => filesFor(its, platform));
const file = (path: string, its = both): string => {
  const found = allFiles(its).find(one => one.path === path);
  assert.ok(found !== undefined, `there is no ${path}`);
  return found.text;
};
type Values = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
const valuesOf = (path: string, its = both): Values =>
  parseAllDocuments(file(path, its)).at(-1)?.toJS() as Values;

describe("the files of pipelines", function () {
  this.timeout(60_000);

  it("in the repository are those that the description makes", () => {
    const chosen = platformsOf(zone, root);
    assert.deepEqual(chosen, ["gitlab", "github"]);
    assert.deepEqual(
      differencesIn(zone, chosen, root).map(({ path }) => path),
      [],
    );
  });

  for (const { path, text } of allFiles(both).filter(one => one.path.endsWith(".yml")))
    it(`${path} is what its platform takes, says who wrote it, and repeats nothing by reference`, async () => {
      assert.deepEqual(await faultsOf(path, text), []);
      assert.ok(text.includes(generatedMark));
      assert.doesNotMatch(text, /(^|\s)[&*][a-z]\d+$/m);
    });

  it("would be refused where they are wrong", async () => {
    const ci = file(".gitlab-ci.yml");
    for (const [from, to] of [
      ["when: manual", "when: sometimes"],
      ["interruptible: false", "interruptible: never"],
      ["resource_group:", "resource_groups:"],
      ["  script:\n    - npm run lint\n    - npm run typecheck", "  script: {}"],
    ] as const) {
      assert.ok(ci.includes(from), from);
      assert.notDeepEqual(await gitlabFaults(ci.replace(from, to)), [], to);
    }
    const deploy = file(".github/workflows/deploy.yml");
    for (const [from, to] of [
      ["timeout-minutes: 180", "timeout: 180"],
      ["needs:\n      - check", "needs:\n      - chekc"],
      ["runs-on: ubuntu-24.04", "run-on: ubuntu-24.04"],
      ["if: github.ref_name == 'main'", "if: github.ref_name === 'main'"],
    ] as const) {
      assert.ok(deploy.includes(from), from);
      assert.notDeepEqual(await githubFaults("deploy.yml", deploy.replaceAll(from, to)), [], to);
    }
  });

  it("are taken for any platforms, branches, tokens and runners", async () => {
    const branch = fc.constantFrom("main", "release", "production", "dev/eu", "v1.x", "a+b");
    const branches = fc.record({ dev: branch, int: branch, prod: branch });
    const deployed = fc.subarray(["dev", "int", "prod"] as const);
    const onGitlab = fc
      .tuple(
        branches,
        fc.constantFrom("gitlab.com", "gitlab.example.com"),
        fc.constantFrom(undefined, "runner" as const),
        deployed,
      )
      .map(([its, host, tokens, deploys]) => ({
        ...gitlab("example/landing-zone", its, host, tokens),
        deploys,
      }));
    const onGithub = fc
      .tuple(branches, deployed)
      .map(([its, deploys]) => ({ ...github("example/landing-zone", its), deploys }));
    const workers = fc.constantFrom(
      { kind: "spot", types: ["m7g.large"], most: 4 } as const,
      {
        kind: "fargate",
        most: 4,
        size: { cpu: 1024, memory: 2048 },
        image: "ci/jobs:1.4.0",
        driver: { version: "v0.5.1", sha256: "0".repeat(64) },
      } as const,
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(onGitlab, onGithub), { maxLength: 3 }),
        fc.subarray(["dev", "int", "prod"] as const),
        workers,
        async (pipelines, runners, kind) => {
          const runner = { host: "gitlab.com", addresses: "10.31.0.0/22", workers: kind };
          const its = withPipelines(...pipelines);
          const environments = Object.fromEntries(
            Object.entries(its.environments).map(([name, words]) => {
              const { runner: _, ...others } = words;
              return [name, (runners as readonly string[]).includes(name) ? { ...others, runner } : others];
            }),
          ) as unknown as LandingZone["environments"];
          for (const { path, text } of allFiles({ ...its, environments })) {
            if (path.endsWith(".yml")) assert.deepEqual(await faultsOf(path, text), [], path);
            for (const script of scriptsIn(path, text))
              for (const line of lzCommandsIn(script)) assert.ok(understood(wordsOf(line)).command);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  for (const { path, text } of allFiles(both))
    it(`${path} calls commands of lz that there are, in scripts that bash reads`, () => {
      const scripts = scriptsIn(path, text);
      for (const script of scripts) {
        for (const line of lzCommandsIn(script)) understood(wordsOf(line));
        const { status, stderr } = spawnSync("bash", ["-n"], {
          input: script.replaceAll(/\$\[\[.*?\]\]/g, "x").replaceAll(/\$\{\{.*?\}\}/g, "x"),
          encoding: "utf8",
        });
        assert.equal(status, 0, stderr);
      }
    });

  it("call what deploys, looks and tries", () => {
    const called = new Set(
      allFiles(both).flatMap(({ path, text }) =>
        scriptsIn(path, text).flatMap(script => lzCommandsIn(script).map(line => line.split(" ")[0])),
      ),
    );
    for (const name of [
      "ci",
      "comment",
      "preview",
      "promote",
      "refresh",
      "release",
      "restore",
      "run",
      "scan",
      "up",
    ])
      assert.ok(called.has(name), `nothing calls lz ${name}`);
  });

  it("deploy one after the other, and are not ended in the middle", () => {
    const ci = valuesOf(".gitlab-ci.yml");
    const names = Object.keys(ci).filter(name => /^(deploy|release)-/.test(name));
    assert.equal(names.length, 6);
    for (const name of names) {
      const environment = name.split("-")[1];
      assert.deepEqual(
        [
          ci[name]?.["interruptible"],
          ci[name]?.["retry"],
          ci[name]?.["resource_group"],
          ci[name]?.["environment"],
        ],
        [false, 0, environment, { name: environment }],
      );
      assert.equal(JSON.stringify(ci[name]?.["rules"]).includes("manual"), environment === "prod", name);
    }
    const { jobs } = valuesOf(".github/workflows/deploy.yml") as { jobs: Values };
    for (const name of ["dev", "int", "prod"])
      assert.deepEqual(
        [jobs[name]?.["environment"], jobs[name]?.["concurrency"]],
        [name, { group: `landing-zone-${name}`, "cancel-in-progress": false }],
      );
  });

  it("give no more rights than a job needs", () => {
    for (const { path } of filesFor(both, "github").filter(one => one.path.endsWith(".yml"))) {
      const { permissions, jobs } = valuesOf(path) as unknown as { permissions: object; jobs: Values };
      if (!path.endsWith("comment.yml")) assert.deepEqual(permissions, { contents: "read" }, path);
      for (const [name, job] of Object.entries(jobs)) {
        assert.ok(typeof job["timeout-minutes"] === "number", `${path} ${name}`);
        const takes = scriptsIn("x.yml", JSON.stringify(job)).some(script =>
          /\btake |release\.sh|AWS_ROLE_ARN/.test(script),
        );
        assert.equal(JSON.stringify(job["permissions"] ?? {}).includes("id-token"), takes, `${path} ${name}`);
      }
    }
  });

  it("run nothing of a fork's with a token, and no input as a script", () => {
    const comment = file(".github/workflows/comment.yml");
    assert.doesNotMatch(comment, /ref: .*head|repository: .*head|pull_request_target/);
    for (const { path, text } of filesFor(both, "github")) {
      assert.doesNotMatch(text, /pull_request_target/, path);
      if (path.endsWith(".yml"))
        for (const script of scriptsIn(path, text)) assert.doesNotMatch(script, /\$\{\{/, path);
    }
    const { jobs } = valuesOf(".github/workflows/pull-request.yml") as { jobs: Values };
    for (const name of ["check", "plan"])
      assert.doesNotMatch(JSON.stringify(jobs[name]), /id-token|secrets\./);
    assert.match(String(jobs["preview"]?.["if"]), /head\.repo\.full_name == github\.repository/);
  });

  it("plan only, where the description does not let the platform in", () => {
    const none = withPipelines();
    assert.deepEqual(
      allFiles(none).map(({ path }) => path),
      [".gitlab-ci.yml", ".github/workflows/pull-request.yml", ".github/workflows/comment.yml"],
    );
    for (const { text } of allFiles(none)) assert.doesNotMatch(text, /lz up|take arn|id-token|id_tokens/);
  });

  it("follow one another where environments share a branch", () => {
    const one = { dev: "main", int: "main", prod: "main" };
    const its = withPipelines(gitlab("example/landing-zone", one), github("example/landing-zone", one));
    const { jobs } = valuesOf(".github/workflows/deploy.yml", its) as { jobs: Values };
    assert.deepEqual(
      ["dev", "int", "prod"].map(name => jobs[name]?.["needs"]),
      [["check"], ["check", "dev"], ["check", "dev", "int", "drill"]],
    );
    const needs = valuesOf(".gitlab-ci.yml", its)["deploy-prod"]?.["needs"] as readonly { job: string }[];
    assert.deepEqual(
      needs.map(({ job }) => job).filter(job => /^(deploy|test|drill)-/.test(job)),
      ["deploy-dev", "drill-int"],
    );
  });

  it("try releases by a product's own job, with a role that may do no more", () => {
    const products = zone.products.map(product =>
      product.name === "statements"
        ? { ...product, jobs: { ...product.jobs, test: { release: "1.0.0" } } }
        : product,
    ) as unknown as LandingZone["products"];
    const ci = file(".gitlab-ci.yml", { ...both, products });
    assert.match(
      ci,
      /test-int:[\s\S]*- take arn:aws:iam::666677778888:role\/landing-zone-test\n\s+- npx lz run statements test --env int --wait/,
    );
    assert.match(
      file(".gitlab/release.sh", { ...both, products }),
      /"statements in int"\) .*test=test drill=yes ;;/,
    );
  });

  it("try a release on prod's data, with a role that may start the drill and nothing in prod", () => {
    const role = "arn:aws:iam::666677778888:role/landing-zone-test";
    const commands = ['take "$ROLE" 14400', 'npx lz restore "$DRILLED" --drill --run --wait'];
    const job = valuesOf(".gitlab-ci.yml")["drill-int"];
    assert.deepEqual(job?.["parallel"], { matrix: [{ DRILLED: "statements", ROLE: role }] });
    assert.deepEqual(job?.["script"], [". .gitlab/take-role.sh", ...commands]);
    assert.deepEqual(job?.["needs"], [{ job: "deploy-int", artifacts: false }]);
    const { jobs } = valuesOf(".github/workflows/deploy.yml") as { jobs: Values };
    assert.deepEqual(jobs["drill"]?.["strategy"], {
      "fail-fast": false,
      matrix: { include: [{ product: "statements", role }] },
    });
    assert.ok(
      JSON.stringify(jobs["drill"]?.["steps"]).includes(JSON.stringify(commands.join("\n")).slice(1, -1)),
    );
    const products = zone.products.map(({ restoreDrill: _, ...product }) => product);
    for (const { path, text } of allFiles({ ...both, products } as LandingZone))
      assert.doesNotMatch(text, /--drill|drill-int|DRILLED/, path);
  });

  it("deploy what the description says they deploy, and look only where that is nothing", () => {
    const some = withPipelines(
      { ...gitlab("example/landing-zone", usual), deploys: ["int"] },
      { ...github("example/landing-zone"), deploys: [] },
    );
    const ci = valuesOf(".gitlab-ci.yml", some);
    assert.deepEqual(
      Object.keys(ci).filter(name => /^(deploy|release|onward|test|drill|drift)-?/.test(name)),
      ["test", "deploy-int", "drill-int", "release-int", "drift"],
    );
    assert.deepEqual(ci["drift"]?.["parallel"], { matrix: [{ SCOPE: ["int"] }] });
    assert.doesNotMatch(file(".gitlab/release.sh", some), /landing-zone-apply-(dev|prod)|in (dev|prod)"/);
    assert.deepEqual(
      filesFor(some, "github").map(({ path }) => path.replace(".github/", "")),
      ["workflows/pull-request.yml", "workflows/comment.yml", "take-role.sh"],
    );
    const { jobs } = valuesOf(".github/workflows/pull-request.yml", some) as { jobs: Values };
    assert.ok(jobs["preview"] !== undefined);
    const looks = withPipelines({ ...gitlab("example/landing-zone", usual), deploys: [] });
    assert.ok(valuesOf(".gitlab-ci.yml", looks)["preview"] !== undefined);
    for (const { text } of filesFor(looks, "gitlab")) assert.doesNotMatch(text, /lz up|landing-zone-apply/);
  });

  it("name the tag of an environment's runner in jobs that deploy there, and in no others", () => {
    const tagged = Object.entries(valuesOf(".gitlab-ci.yml", zone)).filter(([, job]) => "tags" in job);
    assert.deepEqual(
      tagged.map(([name, { tags }]) => [name, tags]),
      [
        ["deploy-dev", ["landing-zone-dev"]],
        ["release-dev", ["landing-zone-dev"]],
      ],
    );
    const page = readFileSync(join(root, "docs/pipelines.md"), "utf8");
    assert.match(page, new RegExp(`^2\\. [^]*?tag \`${runnerTag("dev")}\`[^]*?^3\\. `, "m"));
  });
});

describe("the files of pipelines whose tokens AWS can not check", function () {
  this.timeout(60_000);
  const host = "gitlab.corp.example.net";
  const runner = (more: object) => ({ host, addresses: "10.31.0.0/22", ...more }) as GitlabRunner;
  const spot = { kind: "spot", types: ["m7g.large"], most: 4 };
  const fargate = {
    kind: "fargate",
    most: 4,
    size: { cpu: 1024, memory: 2048 },
    image: "ci/jobs:1.4.0",
    driver: { version: "v0.5.1", sha256: "0".repeat(64) },
  };
  const company = (deploysShared = true): LandingZone => {
    const { dev, int, prod } = zone.environments;
    const base = withPipelines(gitlab("example/landing-zone", usual, host, "runner"));
    return {
      ...base,
      environments: {
        dev: { ...dev, runner: runner({ workers: spot }) },
        int: { ...int, runner: runner({ workers: fargate }) },
        prod: { ...prod, runner: runner({ workers: spot, deploysShared }) },
      },
    };
  };
  const ci = () => valuesOf(".gitlab-ci.yml", company());
  const takes = (job: Readonly<Record<string, unknown>>) => job["extends"] === ".takes-a-role";

  it("show no tokens, and are what GitLab takes", async () => {
    for (const { path, text } of filesFor(company(), "gitlab")) {
      assert.doesNotMatch(text, /id_tokens|AWS_TOKEN|WEB_IDENTITY_TOKEN_FILE=/, path);
      if (path.endsWith(".yml")) assert.deepEqual(await faultsOf(path, text), [], path);
    }
  });

  it("run whatever takes a role on the runner of its environment, and nothing else there", () => {
    const found = Object.entries(ci())
      .filter(([name]) => !name.startsWith("."))
      .filter(([, job]) => takes(job) || "tags" in job)
      .map(([name, job]) => [
        name,
        job["tags"],
        (job["variables"] as Record<string, string> | undefined)?.["RUNNER_CREDENTIALS"],
      ]);
    const onDev = [["landing-zone-dev"], "Ec2InstanceMetadata"];
    const onInt = [["landing-zone-int"], "EcsContainer"];
    const onProd = [["landing-zone-prod"], "Ec2InstanceMetadata"];
    assert.deepEqual(found, [
      ["deploy-dev", ...onDev],
      ["deploy-int", ...onInt],
      ["deploy-prod", ...onProd],
      ["drill-int", ...onInt],
      ["release-dev", ...onDev],
      ["release-int", ...onInt],
      ["release-prod", ...onProd],
      ["drift", ...onDev],
    ]);
  });

  it("ask nothing of a task's image that it can not change, and write where it may", () => {
    const jobs = ci();
    for (const [name, job] of Object.entries(jobs).filter(
      ([key, its]) => !key.startsWith(".") && takes(its),
    )) {
      const inTask = name.endsWith("-int");
      if (inTask) assert.doesNotMatch(JSON.stringify(job), /apt-get/, name);
      const home = (job["variables"] as Record<string, string>)["HOME"];
      assert.equal(home, inTask ? "/opt/gitlab-runner" : undefined, name);
    }
    assert.match(JSON.stringify(jobs["release-dev"]), /apt-get/);
  });

  it("preview no merge request, and say why", () => {
    assert.equal(ci()["preview"], undefined);
    assert.match(
      file(".gitlab-ci.yml", company()),
      /# There is no preview with the engine: GitLab gives a merge/,
    );
  });

  it("deploy what all share where prod's runner may, and else say who does", () => {
    const up = (its: LandingZone) => valuesOf(".gitlab-ci.yml", its)["deploy-prod"]?.["script"];
    assert.match(JSON.stringify(up(company())), /apply-shared.*lz up shared/);
    assert.doesNotMatch(JSON.stringify(up(company(false))), /shared/);
    assert.match(file(".gitlab-ci.yml", company(false)), /a person deploys: `npx lz up shared`/);
    const drifts = (its: LandingZone) => valuesOf(".gitlab-ci.yml", its)["drift"]?.["parallel"];
    assert.deepEqual(drifts(company(false)), { matrix: [{ SCOPE: ["dev", "int", "prod"] }] });
  });

  it("let products' repositories push nothing, and lz ci says so", () => {
    const paths = filesFor(company(), "gitlab").map(({ path }) => path);
    assert.deepEqual(paths, [".gitlab-ci.yml", ".gitlab/take-role.sh", ".gitlab/release.sh"]);
    assert.match(lacking(company(), "gitlab").join("\n"), /there is no \.gitlab\/application\.yml, because/);
    assert.match(lacking(company(false), "gitlab").join("\n"), /no deploysShared: .*`npx lz up shared`/);
    assert.doesNotMatch(lacking(company(), "gitlab").join("\n"), /deploysShared/);
    assert.deepEqual(lacking(zone, "gitlab"), []);
  });

  /** What a shell has after `take`, and the profile that it has written. */
  const taken = (surroundings: Record<string, string>) => {
    const folder = mkdtempSync(join(tmpdir(), "landing-zone-take-"));
    try {
      const script = file(".gitlab/take-role.sh", company()).replaceAll("/tmp/", `${folder}/`);
      const { status, stdout, stderr } = spawnSync(
        "bash",
        [
          "-euc",
          `${script}\ntake arn:aws:iam::111122223333:role/landing-zone-apply-int\nenv; cat "$AWS_CONFIG_FILE"`,
        ],
        {
          encoding: "utf8",
          env: { PATH: "/usr/bin:/bin", CI_PROJECT_ID: "7", CI_JOB_ID: "42", ...surroundings },
        },
      );
      assert.equal(status, 0, stderr);
      return stdout;
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  it("take a role by a profile with what the runner has, over any keys that lie about", () => {
    const out = taken({ RUNNER_CREDENTIALS: "Ec2InstanceMetadata", AWS_ACCESS_KEY_ID: "AKIAEXAMPLE" });
    assert.match(out, /^AWS_PROFILE=landing-zone$/m);
    assert.match(out, /^AWS_SDK_LOAD_CONFIG=1$/m);
    assert.doesNotMatch(out, /AWS_ACCESS_KEY_ID|CONTAINER_CREDENTIALS/);
    assert.ok(
      out.endsWith(
        [
          "[profile landing-zone]",
          "role_arn = arn:aws:iam::111122223333:role/landing-zone-apply-int",
          "role_session_name = gitlab-7-42",
          "credential_source = Ec2InstanceMetadata",
          "",
        ].join("\n"),
      ),
      out,
    );
  });

  it("find a task's credentials, of which a shell that came in by SSH knows nothing", () => {
    const told = "/v2/credentials/1234";
    const given = taken({ RUNNER_CREDENTIALS: "EcsContainer", AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: told });
    assert.match(given, /^AWS_CONTAINER_CREDENTIALS_RELATIVE_URI=\/v2\/credentials\/1234$/m);
    assert.match(given, /^credential_source = EcsContainer$/m);
    const script = file(".gitlab/take-role.sh", company());
    const asked = /\$\((tr .*)\)$/m.exec(script)?.[1] ?? "";
    const { stdout } = spawnSync("bash", ["-c", asked.replace("/proc/1/", "/proc/$$$$/")], {
      encoding: "utf8",
      env: { PATH: "/usr/bin:/bin", AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: told },
    });
    assert.equal(stdout, `${told}\n`);
  });
});

describe("release.sh", function () {
  this.timeout(60_000);
  const digest = `sha256:${"ab".repeat(32)}`;

  /** Runs it with a stand-in for `npx` that notes what it is asked, and fails at what is told. */
  const run = (environment: string, product: string, fails = "") => {
    const project = new ProjectCopy();
    try {
      for (const folder of ["ci", "bin"]) mkdirSync(join(project.folder, folder));
      project.write("ci/release.sh", file(".gitlab/release.sh"));
      project.write("ci/take-role.sh", `take() { echo "take \${1##*:}" >> "$NOTES"; }\n`);
      project.write(
        "bin/npx",
        '#!/bin/sh\nshift\necho "$*" >> "$NOTES"\ncase "$*" in $FAILS) n=$(grep -c "$1" "$NOTES"); [ "$n" -gt 1 ] || exit 1;; esac\n',
      );
      spawnSync("chmod", ["+x", join(project.folder, "bin/npx")]);
      const notes = join(project.folder, "notes");
      const { status, stderr } = spawnSync("bash", [join(project.folder, "ci/release.sh"), environment], {
        encoding: "utf8",
        env: {
          PATH: `${join(project.folder, "bin")}:/usr/bin:/bin`,
          NOTES: notes,
          FAILS: fails === "" ? "nothing" : fails,
          PRODUCT: product,
          WORKLOAD: "api",
          DIGEST: digest,
        },
      });
      const noted = existsSync(notes) ? readFileSync(notes, "utf8").trim().split("\n") : [];
      return { status, stderr, noted };
    } finally {
      project.remove();
    }
  };

  it("scans, writes the digest, and deploys", () => {
    const { status, noted } = run("dev", "orders");
    assert.equal(status, 0);
    assert.deepEqual(noted, [
      "take role/landing-zone-test",
      `scan orders api --digest ${digest}`,
      `release orders api --env dev --digest ${digest} --yes --push`,
      "take role/landing-zone-apply-dev",
      "up orders-service-dev --yes",
    ]);
  });

  it("promotes to prod what int has, by the same digest", () => {
    const { status, noted } = run("prod", "payments");
    assert.equal(status, 0);
    assert.deepEqual(noted.slice(2), [
      `promote payments api --from int --to prod --release ${digest} --yes --push`,
      "take role/landing-zone-apply-prod",
      "up payments-service-prod --yes --confirm prod",
    ]);
  });

  it("tries a release on prod's data where a drill restores it, and goes no further where that proves nothing", () => {
    const drill = ["take role/landing-zone-test", "restore statements --drill --run --wait"];
    const { status, noted } = run("int", "statements");
    assert.equal(status, 0);
    assert.deepEqual(noted.slice(-2), drill);
    const failed = run("int", "statements", "restore *");
    assert.equal(failed.status, 1);
    assert.deepEqual(failed.noted.slice(-2), drill);
    assert.ok(!failed.noted.some(line => line.includes("--back")));
    for (const environment of ["dev", "prod"])
      assert.ok(!run(environment, "statements").noted.some(line => line.includes("--drill")));
  });

  it("takes the release back where it can not be deployed", () => {
    const { status, stderr, noted } = run("int", "orders", "up *");
    assert.equal(status, 1);
    assert.match(stderr, /orders api sha256:\w+ has been taken back in int/);
    assert.deepEqual(noted.slice(3), [
      "take role/landing-zone-apply-int",
      "up orders-service-int --yes",
      "release orders api --env int --back --yes --push",
      "take role/landing-zone-apply-int",
      "up orders-service-int --yes",
    ]);
  });

  it("goes no further where the scan refuses, and releases nothing unknown", () => {
    const { status, noted } = run("dev", "orders", "scan *");
    assert.equal(status, 1);
    assert.equal(noted.length, 2);
    for (const [environment, product, says] of [
      ["dev", "ordres", /the product "ordres" does not live in dev/],
      ["test", "orders", /there is no environment "test"/],
    ] as const) {
      const said = run(environment, product);
      assert.equal(said.status, 2);
      assert.match(said.stderr, says);
      assert.deepEqual(said.noted, []);
    }
  });
});
