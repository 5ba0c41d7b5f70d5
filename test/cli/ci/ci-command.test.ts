import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { ProjectCopy } from "../project-copy";

const root = resolve(__dirname, "../../..");
const organization = "stacks/landing-zone/organization.ts";
const committed = [".gitlab-ci.yml", ".gitlab", ".github"];

describe("lz ci", function () {
  this.timeout(120_000);
  let project: ProjectCopy;
  beforeEach(() => {
    project = new ProjectCopy();
    for (const path of committed) cpSync(join(root, path), join(project.folder, path), { recursive: true });
  });
  afterEach(() => project.remove());
  const check = (...args: string[]) => project.lz("ci", "--check", ...args);

  it("says that the files are as the description has them, until it is another", () => {
    assert.deepEqual(check(), {
      status: 0,
      stdout: "The pipelines of gitlab and github are as the description has them\n",
      stderr: "",
    });
    project.change(organization, 'int: "release"', 'int: "staging"');
    const before = project.read(".gitlab-ci.yml");
    const { status, stdout, stderr } = check();
    assert.equal(status, 1);
    assert.match(stdout, /^\.gitlab-ci\.yml differs:\n {2}- \d+: .*"release"\n {2}\+ \d+: .*"staging"$/m);
    assert.match(stdout, /^\.github\/workflows\/pull-request\.yml differs:$/m);
    assert.match(stderr, /^The pipelines are not as the description has them: run `npx lz ci`$/m);
    assert.equal(project.read(".gitlab-ci.yml"), before);

    const written = project.lz("ci");
    assert.equal(written.status, 0, written.stderr);
    assert.match(written.stdout, /^Written: \.gitlab-ci\.yml$/m);
    assert.equal(check().status, 0);
  });

  it("takes away what it has written and what there is no need for, and nothing else", () => {
    project.write(".github/workflows/drift.yml", "# by hand\n");
    project.change(organization, /pipelines: \[gitlab\(.*\)\],/, "pipelines: [],");
    const { status, stdout } = check();
    assert.equal(status, 1);
    assert.match(stdout, /^\.gitlab\/application\.yml is not needed any more$/m);
    assert.equal(project.lz("ci").status, 0);
    assert.equal(existsSync(join(project.folder, ".gitlab/application.yml")), false);
    assert.equal(project.read(".github/workflows/drift.yml"), "# by hand\n");
    assert.equal(check().status, 0);
  });

  it("writes all files or none", () => {
    project.change(organization, 'int: "release"', 'int: "staging"');
    const before = project.read(".gitlab-ci.yml");
    mkdirSync(join(project.folder, ".github/workflows/pull-request.yml.unfinished"));
    const { status, stderr } = project.lz("ci");
    assert.equal(status, 2);
    assert.match(stderr, /pull-request\.yml can not be written: .*; nothing has been written/);
    assert.equal(project.read(".gitlab-ci.yml"), before);
    assert.equal(existsSync(join(project.folder, ".gitlab-ci.yml.unfinished")), false);
  });

  it("knows two platforms, and writes for one that the description does not name when it is told to", () => {
    const { status, stderr } = project.lz("ci", "jenkins");
    assert.equal(status, 2);
    assert.match(stderr, /there is no platform "jenkins"; there are: gitlab, github/);
    const bare = new ProjectCopy();
    try {
      bare.change(organization, /pipelines: \[gitlab\(.*\)\],/, "pipelines: [],");
      const none = bare.lz("ci");
      assert.equal(none.status, 2);
      assert.match(none.stderr, /names neither gitlab\(\.\.\.\) nor github\(\.\.\.\); say which/);
      assert.match(bare.lz("ci", "github").stdout, /^Written: \.github\/workflows\/comment\.yml$/m);
      assert.match(bare.lz("ci", "--check").stdout, /The pipelines of github are/);
    } finally {
      bare.remove();
    }
  });
});
