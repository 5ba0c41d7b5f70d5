import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runnerConfiguration, tokenPlace } from "../../../components/delivery/runner-configuration";
import { type ManagerStart, managerStart, workerStart } from "../../../components/delivery/runner-start";
import { readToml, type Table } from "./toml";

const configured = (kind: "spot" | "fargate") =>
  runnerConfiguration({
    name: "landing-zone-runner-dev",
    host: "gitlab.example.com",
    most: 4,
    cache: { bucketName: "cache", region: "eu-central-1" },
    workers:
      kind === "spot"
        ? { kind, groupName: "workers", least: 0, jobs: 1, privileged: false }
        : { kind: "fargate" },
  });
const args: ManagerStart = {
  region: "eu-central-1",
  name: "runner-manager",
  groupName: "runner-manager",
  hookName: "end-jobs-first",
  logGroupName: "/landing-zone/runner",
  version: "18.6.6",
  secretName: "runner/gitlab",
  configuration: configured("spot"),
  jobMinutes: 60,
  workers: { keyParameter: "/landing-zone/runner/manager.pub" },
};
const driver = { version: "v0.5.1", sha256: "ab".repeat(32) };
const scripts = {
  "manager of spot workers": managerStart(args),
  "manager of fargate": managerStart({
    ...args,
    configuration: configured("fargate"),
    workers: { driver, configuration: "LogLevel = 1\n" },
  }),
  worker: workerStart({ region: "eu-central-1", keyParameter: "/landing-zone/runner/manager.pub" }),
};

/** Runs a part of a script with programs of the test's own, and returns what became of a folder. */
function run(script: string, programs: Readonly<Record<string, string>>): (file: string) => string {
  const folder = mkdtempSync(join(tmpdir(), "runner-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const functions = Object.entries(programs).map(([name, body]) => `${name}() { ${body}; }`);
  const text = [
    "set -euo pipefail",
    ...functions,
    script
      .replaceAll("/etc/", `${folder}/`)
      .replaceAll("/opt/", `${folder}/`)
      .replaceAll("/usr/local/bin/", `${folder}/`),
  ].join("\n");
  writeFileSync(join(folder, "script"), text);
  execFileSync("bash", [join(folder, "script")], { cwd: folder, stdio: "pipe" });
  return file => readFileSync(join(folder, file), "utf8");
}

describe("what a runner's instances do when they start", () => {
  for (const [name, script] of Object.entries(scripts)) {
    it(`is a shell script that ends with its first failure: the ${name}'s`, () => {
      assert.ok(script.startsWith("#!/bin/bash\nset -euo pipefail\n"));
      execFileSync("bash", ["-n"], { input: script, stdio: ["pipe", "pipe", "pipe"] });
    });

    it(`is short enough for EC2, and holds no token: the ${name}'s`, () => {
      // Source: Amazon EC2 user guide, "User data": 16 KB before it is encoded.
      assert.ok(Buffer.byteLength(script) < 16_384);
      assert.doesNotMatch(script, /glrt-|AKIA|PRIVATE KEY/);
      assert.doesNotMatch(script, /set -[a-z]*x/);
    });
  }

  const between = (script: string, from: RegExp, to: RegExp) => {
    const lines = script.split("\n");
    const first = lines.findIndex(line => from.test(line));
    const last = lines.findIndex((line, index) => index > first && to.test(line));
    assert.ok(first >= 0 && last > first, String(from));
    return lines.slice(first, last).join("\n");
  };

  it("is to put the token of the secret into the configuration, whatever is in it, once it is there", () => {
    const part = between(
      scripts["manager of spot workers"],
      /config\.template <</,
      /^gitlab-runner fleeting/,
    );
    for (const token of ["glrt-abc_DEF-123", "a&b/c\\d$e'f\"g"]) {
      const read = run(
        `mkdir -p "$PWD/gitlab-runner"; tries=0; ${part.replaceAll("sleep 60", "touch ready")}`,
        {
          // The first time it has no value.
          aws: `[ -e ready ] && printf '%s\\n' ${JSON.stringify(token).replaceAll("$", "\\$").replaceAll("'", "'")}`,
        },
      );
      const config = read("gitlab-runner/config.toml");
      assert.equal(
        config.split("\n").find(line => line.startsWith("token")),
        `token = "${token}"`,
      );
      assert.ok(!config.includes(tokenPlace));
      if (token.startsWith("glrt")) {
        const { runners } = readToml(config) as { runners: Table[] };
        assert.equal(runners[0]?.["token"], token);
      }
    }
  });

  it("is to write what nobody else may read", () => {
    for (const name of ["manager of spot workers", "manager of fargate"] as const)
      assert.match(scripts[name].slice(0, scripts[name].indexOf("cat > ")), /\numask 077\n/, name);
  });

  it("is to wait until no manager is leaving", () => {
    const part = between(scripts["manager of spot workers"], /^leaving\(\)/, /^$/);
    const read = run(part.replaceAll("sleep 15", "echo waited >> waits"), {
      aws: 'if [ "$(cat waits 2>/dev/null | wc -l)" -lt 2 ]; then echo 1; else echo 0; fi; echo "$*" > asked',
    });
    assert.equal(read("waits"), "waited\nwaited\n");
    assert.match(
      read("asked"),
      /--auto-scaling-group-names runner-manager .*Terminating.* HealthStatus == 'Healthy'/,
    );
  });

  it("is to refuse a driver whose digest is another", () => {
    const part = between(
      scripts["manager of fargate"],
      /^mkdir -p \/opt\/gitlab-runner\/metadata/,
      /^chmod 700 \/opt/,
    );
    const curl = { curl: 'mkdir -p "$PWD/gitlab-runner"; echo other > "$PWD/gitlab-runner/fargate"' };
    assert.throws(() => run(part, curl), /FAILED|did NOT match/);
  });

  it("is to have the instance replaced where it can not start, and to end it where even that fails", () => {
    const part = between(scripts["manager of spot workers"], /^failed\(\)/, /^$/);
    for (const [replace, said] of [
      ["true", "waited\n"],
      ["false", "waited\nended\n"],
    ] as const) {
      const script = `${part.replace("sleep 300", "echo waited >> said")}\n(exit 1) || true\nfalse\necho never >> said`;
      const folder = mkdtempSync(join(tmpdir(), "runner-"));
      after(() => rmSync(folder, { recursive: true, force: true }));
      const text = [
        "set -euo pipefail",
        "poweroff() { echo ended >> said; }",
        script.replace("/usr/local/bin/runner-replace", replace),
      ].join("\n");
      assert.throws(() => execFileSync("bash", ["-c", text], { cwd: folder, stdio: "pipe" }));
      assert.equal(readFileSync(join(folder, "said"), "utf8"), said);
    }
  });

  it("is to end jobs before the instance goes, and only then", () => {
    const farewell = between(scripts["manager of spot workers"], /runner-farewell <</, /^END-OF-FILE/)
      .split("\n")
      .slice(1)
      .join("\n");
    for (const [state, done] of [
      ["InService", ""],
      ["Terminated", "stop gitlab-runner.service\ncomplete\n"],
    ] as const) {
      const read = run(`touch done; (${farewell}\n)`, {
        "runner-metadata": `echo ${state}`,
        systemctl: 'echo "$*" >> done',
        aws: '[ "$2" = complete-lifecycle-action ] && echo complete >> done',
      });
      assert.equal(read("done"), done);
    }
  });

  it("is to be heard of while GitLab knows it, and to be replaced when its program has died", () => {
    const heartbeat = between(scripts["manager of spot workers"], /runner-heartbeat <</, /^END-OF-FILE/)
      .split("\n")
      .slice(1)
      .join("\n");
    for (const [state, known, said] of [
      ["active", "true", "put-metric-data\n"],
      ["active", "false", ""],
      ["deactivating", "false", "put-metric-data\n"],
      ["failed", "true", "replaced\n"],
      ["inactive", "true", "replaced\n"],
    ] as const) {
      const read = run(`set +e; touch said; ${heartbeat}\ntrue`, {
        "runner-metadata": "echo i-1",
        systemctl: `echo ${state}`,
        "gitlab-runner": known,
        "runner-replace": "echo replaced >> said",
        aws: 'echo "$2" >> said',
      });
      assert.equal(read("said"), said, `${state} ${known}`);
    }
  });
});
