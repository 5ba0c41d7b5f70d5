import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProjectCopy } from "./project-copy";

const orders = "stacks/landing-zone/products/orders.ts";
const written = 'release: { dev: "1.8.0", int: "1.7.2", prod: "1.7.2" }';
const digest = `sha256:${"ab".repeat(32)}`;
const branches = ["main", "release", "production"] as const;

/** Programs that make an image's task definition and nothing else: the same in a tenth of the time. */
const programs = `import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { inEnvironment, type LandingZone } from "./description";
import { stackNamed } from "./names";
import { environmentOf, productOf } from "./places";

export = async function main(zone: LandingZone): Promise<object> {
  const stack = stackNamed(zone, pulumi.getStack());
  if (stack.layer !== "service") return {};
  const environment = environmentOf(zone, stack).name;
  for (const [name, { release }] of Object.entries(productOf(zone, stack).services ?? {}))
    new aws.ecs.TaskDefinition(name, {
      family: name,
      containerDefinitions: JSON.stringify([{ name, image: String(inEnvironment(release, environment)) }]),
    });
  return {};
};
`;

describe("lz release", function () {
  this.timeout(120_000);
  let project: ProjectCopy;
  beforeEach(() => {
    project = new ProjectCopy();
    project.write("stacks/index.ts", programs);
  });
  afterEach(() => project.remove());

  const release = (...args: string[]) => project.lz("release", "orders", "api", ...args);
  const toDev = ["--env", "dev", "--digest", digest];
  const done = ({ status, stdout, stderr }: ReturnType<typeof release>): string => {
    assert.equal(status, 0, stderr);
    return stdout;
  };
  const refused = (args: readonly string[], says: RegExp) => {
    const before = project.read(orders);
    const { status, stderr } = release(...args);
    assert.equal(status, 2, stderr);
    assert.match(stderr, says);
    assert.doesNotMatch(stderr, /mistake in lz itself|^\s+at /m);
    assert.equal(project.read(orders), before);
  };

  it("writes the digest into the environment's place and nothing else, and takes it back", () => {
    const before = project.read(orders);
    const said = done(release(...toDev));
    assert.match(said, /^orders api in dev: 1\.8\.0 becomes sha256:(ab){32}$/m);
    assert.match(said, /^ {2}~ orders-service-dev {2}aws:ecs\/taskDefinition:TaskDefinition api$/m);
    assert.match(said, /takes effect with `lz up orders-service-dev`/);
    assert.equal(project.read(orders), before.replace('dev: "1.8.0"', `dev: "${digest}"`));
    assert.match(done(release(...toDev)), /^nothing to release: orders api is sha256:/);

    assert.match(done(release("--env", "dev", "--back")), /becomes 1\.8\.0$/m);
    assert.equal(project.read(orders), before);
    // A pipeline's step that is repeated goes no further back.
    assert.match(done(release("--env", "dev", "--back")), /^nothing to release/);
    assert.equal(project.read(orders), before);
  });

  it("takes a promotion back, too", () => {
    const before = project.read(orders);
    done(project.lz("promote", "orders", "api", "--from", "dev", "--to", "int"));
    done(release("--env", "int", "--back"));
    assert.equal(project.read(orders), before);
  });

  it("writes nothing with --dry-run, and to prod only what is confirmed", () => {
    const before = project.read(orders);
    assert.match(done(release(...toDev, "--dry-run")), /Nothing is written: --dry-run/);
    assert.equal(project.read(orders), before);
    refused(["--env", "prod", "--digest", digest], /must be confirmed, and this is no terminal; say --yes/);
    done(release("--env", "prod", "--digest", digest, "--yes"));
    assert.ok(project.read(orders).includes(`prod: "${digest}"`));
  });

  it("refuses what is no digest, and where there is no place for it", () => {
    refused(["--env", "dev"], /say which image: --digest sha256:\.\.\., or --back/);
    for (const wrong of ["1.9.0", "latest", "sha256:ab", digest.toUpperCase(), `${digest}", int: "`])
      refused(["--env", "dev", "--digest", wrong], /must be an image's digest/);
    refused(["--env", "test", "--digest", digest], /there is no environment "test"/);
    refused(
      ["--env", "dev", "--back"],
      /\.lz-release\/orders\.api\.dev\.json does not say what it was before/,
    );
    for (const [what, says] of [
      ['release: "1.8.0"', /is "1\.8\.0" in every environment; write release: \{ dev: "1\.8\.0"/],
      [
        'release: { dev: { build: "./api" }, int: "1.7.2", prod: "1.7.2" }',
        /release\.dev is built from \.\/api/,
      ],
    ] as const) {
      project.change(orders, written, what);
      refused(toDev, says);
      project.change(orders, what, written);
    }
    const { status, stderr } = project.lz("release", "orders", "apis", ...toDev);
    assert.equal(status, 2);
    assert.match(stderr, /no service, job or function "apis"/);
  });

  describe("--push", () => {
    let origin: string;
    const git = (...words: string[]) =>
      execFileSync("git", ["-c", "user.name=Jane", "-c", "user.email=jane@example.com", ...words], {
        cwd: project.folder,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
      }).trim();
    const on = (branch: string): string =>
      /release: (\{ dev.*\}),/.exec(git("--git-dir", origin, "show", `${branch}:${orders}`))?.[1] ?? "";
    const commits = (branch: string) => Number(git("--git-dir", origin, "rev-list", "--count", branch));
    const said = (dev: string, int = "1.7.2", prod = "1.7.2") =>
      `{ dev: "${dev}", int: "${int}", prod: "${prod}" }`;

    beforeEach(() => {
      origin = mkdtempSync(join(tmpdir(), "landing-zone-origin-"));
      execFileSync("git", ["init", "--quiet", "--bare", "--initial-branch=main", origin]);
      git("init", "--quiet", "--initial-branch=main");
      writeFileSync(join(project.folder, ".gitignore"), "node_modules\n.lz-release/\n");
      git("add", "--all");
      git("commit", "--quiet", "--message", "Begin");
      git("remote", "add", "origin", origin);
      for (const branch of branches) git("push", "--quiet", "origin", `main:${branch}`);
    });
    afterEach(() => rmSync(origin, { recursive: true }));

    it("says the same on every branch that deploys, and leaves nothing behind", () => {
      const out = done(release(...toDev, "--push"));
      for (const branch of branches) {
        assert.match(out, new RegExp(`^Pushed to ${branch}: [0-9a-f]{10}$`, "m"));
        assert.equal(on(branch), said(digest));
        assert.equal(commits(branch), 2);
        const message = git("--git-dir", origin, "log", "-1", "--format=%B", branch);
        assert.equal(message, `Release orders api ${digest} to dev [skip ci]\n\nIt was 1.8.0.`);
        assert.deepEqual(git("--git-dir", origin, "show", "--name-only", "--format=", branch), orders);
      }
      assert.equal(git("worktree", "list").split("\n").length, 1);
      done(project.lz("promote", "orders", "api", "--from", "dev", "--to", "int", "--push"));
      for (const branch of branches) assert.equal(on(branch), said(digest, digest));
      done(release("--env", "int", "--back", "--push"));
      for (const branch of branches) assert.equal(on(branch), said(digest));
      // Branches say the same of releases, and so a merge has nothing to decide.
      git("fetch", "--quiet", "origin");
      git("checkout", "--quiet", "--force", "-B", "merging", "origin/production");
      git("merge", "--quiet", "--no-edit", "origin/main");
    });

    it("keeps what else differs between the branches, and passes by what one does not know", () => {
      git("checkout", "--quiet", "-b", "work", "main");
      project.change(orders, 'path: "/orders/*",', 'path: "/v2/orders/*",');
      git("commit", "--quiet", "--all", "--message", "Another path");
      git("push", "--quiet", "origin", "work:release");
      project.change(orders, written, 'release: "1.7.2"');
      git("commit", "--quiet", "--all", "--message", "Another release");
      git("push", "--quiet", "origin", "work:production");
      git("checkout", "--quiet", "main");
      const out = done(release(...toDev, "--push"));
      assert.match(out, /^production does not know orders api yet$/m);
      assert.equal(on("release"), said(digest));
      assert.match(git("--git-dir", origin, "show", `release:${orders}`), /\/v2\/orders/);
      assert.equal(commits("production"), 3);
      // But the branch that deploys must know it.
      const { status, stderr } = release("--env", "prod", "--digest", digest, "--yes", "--push");
      assert.equal(status, 2);
      assert.match(stderr, /the branch production, which deploys to prod, does not say/);
    });

    it("works from the shallow clone that a runner has, whoever has pushed in between", () => {
      const clone = mkdtempSync(join(tmpdir(), "landing-zone-clone-"));
      try {
        git("commit", "--quiet", "--allow-empty", "--message", "Later");
        git("push", "--quiet", "origin", "main");
        git("clone", "--quiet", "--depth=1", `file://${origin}`, clone);
        rmSync(join(project.folder, ".git"), { recursive: true });
        execFileSync("cp", ["-r", join(clone, ".git"), project.folder]);
        // Somebody pushes to main while the release is on its way.
        const hook = join(origin, "hooks", "update");
        writeFileSync(
          hook,
          `#!/bin/sh\n[ -e ${origin}/raced ] && exit 0\ntouch ${origin}/raced\nunset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES\nc=$(git -c user.name=J -c user.email=j@example.com commit-tree -p main -m Meanwhile main^{tree})\ngit update-ref refs/heads/main $c\necho fetch first >&2\nexit 1\n`,
        );
        chmodSync(hook, 0o755);
        done(release(...toDev, "--push"));
        for (const branch of branches) assert.equal(on(branch), said(digest));
        assert.equal(git("--git-dir", origin, "log", "--format=%s", "main").split("\n")[1], "Meanwhile");
      } finally {
        rmSync(clone, { recursive: true });
      }
    });

    it("pushes to all branches or none, and shows no password", () => {
      const hook = join(origin, "hooks", "pre-receive");
      writeFileSync(
        hook,
        "#!/bin/sh\nwhile read old new ref; do case $ref in */production) echo 'protected: https://release:secret@gitlab.example.com' >&2; exit 1;; esac; done\n",
      );
      chmodSync(hook, 0o755);
      const { status, stderr } = release(...toDev, "--push");
      assert.equal(status, 2);
      assert.match(stderr, /origin does not take the release: .*protected: https:\/\/\*\*\*@gitlab/s);
      assert.match(stderr, /must be allowed to push to main, release, production/);
      assert.doesNotMatch(stderr, /secret/);
      for (const branch of branches) assert.equal(commits(branch), 1);
    });

    it("needs a branch that deploys", () => {
      for (const branch of branches) git("--git-dir", origin, "update-ref", "-d", `refs/heads/${branch}`);
      const { status, stderr } = release(...toDev, "--push");
      assert.equal(status, 2);
      assert.match(stderr, /origin has none of the branches that deploy: main, release, production/);
    });
  });
});
