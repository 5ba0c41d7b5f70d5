import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { complained, ended, StandIn, there, urnOf, violated } from "./stand-in";

const root = resolve(__dirname, "../../..");

describe("lz up, with a stand-in for the CLI", function () {
  this.timeout(180_000);
  let standIn: StandIn;
  beforeEach(() => {
    standIn = new StandIn();
  });
  afterEach(() => standIn.remove());

  it("makes stacks that are not there, judges always, and shows what has come of them", async () => {
    standIn.says({
      stacks: {
        "delivery-int": { ...there, up: { ms: 2_000 } },
        "delivery-dev": {
          up: {
            ms: 2_000,
            stdout: "View Live: https://app.pulumi.com/example/landing-zone/delivery-dev/updates/7\n",
            events: [
              ended({ op: "create", name: "deploy" }),
              ended({ op: "create", name: "preview" }),
              ended({ op: "update", name: "boundary", diff: ["description"] }),
              ended({ op: "same", name: "other" }),
            ],
          },
          outputs: {
            apiUrl: { value: "https://api.dev.example.com" },
            password: { value: "hunter2", secret: true },
            deployed: { value: "delivery-dev" },
          },
        },
      },
    });
    const before = readdirSync(root);
    const { status, stdout, stderr } = await standIn.lz(["up", "delivery-dev", "delivery-int", "--yes"]);
    assert.equal(status, 0, stderr + stdout);
    const words = standIn.calls.filter(({ what }) => what === "begin").map(({ words }) => words.join(" "));
    const [made] = words.filter(its => its.startsWith("stack init"));
    assert.equal(made, "stack init delivery-dev --no-select --non-interactive");
    assert.equal(words.filter(its => its.startsWith("stack init")).length, 1);
    assert.equal(words.filter(its => its.startsWith("stack select")).length, 0);
    for (const up of words.filter(its => its.startsWith("up ")))
      assert.match(up, /--policy-pack policies --policy-pack-config policies\/config\.json/);
    assert.match(stdout, /delivery-dev +done +2 +1 +0 +0 +1 /);
    assert.match(stdout, /all +2 of 2/);
    assert.match(
      stdout,
      /delivery-dev {2}https:\/\/app\.pulumi\.com\/example\/landing-zone\/delivery-dev\/updates\/7/,
    );
    assert.match(stdout, /delivery-dev {2}https:\/\/api\.dev\.example\.com/);
    assert.match(stdout, /password: \[secret\]/);
    assert.doesNotMatch(stdout, /hunter2|deployed:/);
    assert.match(stderr, /To deploy: 2 stacks, \d+ resources, state in file:\/\/\/state/);
    assert.match(stderr, /dev +dev +555566667777 +1 +\d+/);
    assert.match(stderr, /delivery-dev: begins, \d+ resources/);
    assert.match(stderr, /delivery-dev: done: 2 created, 1 updated, 1 same, \d+ s/);
    assert.equal(standIn.atOnce, 2);
    const [up] = standIn.calls.filter(({ what, verb }) => what === "begin" && verb === "up");
    assert.deepEqual(up?.environment, {
      PULUMI_BACKEND_URL: "file:///state",
      PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER: "true",
    });
    assert.deepEqual(readdirSync(root), before);
  });

  it("stops after a failure, names the resource, and says how to go on", async () => {
    const urn = urnOf({ name: "deploy", stack: "delivery-dev" });
    const raw = "error: update failed";
    standIn.says({
      stacks: {
        "delivery-dev": {
          ...there,
          up: {
            exit: 255,
            stderr: raw,
            events: [
              ended({ op: "create", name: "preview" }),
              complained("creating IAM Role (deploy): EntityAlreadyExists", urn),
              complained("update failed", urnOf({ name: "stack", type: "pulumi:pulumi:Stack" })),
            ],
          },
        },
      },
    });
    const names = ["delivery-dev", "delivery-int"];
    const { status, stdout } = await standIn.lz(["up", ...names, "--yes", "--parallel", "1"]);
    assert.equal(status, 1);
    assert.deepEqual(standIn.operations, ["up delivery-dev"]);
    assert.match(stdout, /delivery-dev +failed +1 +0/);
    assert.match(stdout, /delivery-int +not begun/);
    assert.match(stdout, /delivery-dev failed\n {2}aws:iam\/role:Role deploy\n {4}urn:pulumi:delivery-dev::/);
    assert.match(stdout, / {4}creating IAM Role \(deploy\): EntityAlreadyExists/);
    assert.doesNotMatch(stdout, /update failed/);
    assert.match(stdout, /To go on, when that is mended:\n {2}lz up delivery-dev delivery-int\n/);
  });

  it("goes on with what does not depend on what failed, and shows what the CLI said by --debug", async () => {
    standIn.says({
      stacks: {
        "delivery-dev": { ...there, up: { exit: 255, stderr: "error: something new\nwith a second line" } },
      },
    });
    const { status, stdout } = await standIn.lz([
      "--debug",
      "up",
      "delivery-dev",
      "delivery-int",
      "--yes",
      "--continue",
      "--parallel",
      "1",
    ]);
    assert.equal(status, 1);
    assert.deepEqual(standIn.operations, ["up delivery-dev", "up delivery-int"]);
    assert.match(stdout, /1 of 2/);
    assert.match(stdout, /error: something new\n {4}with a second line/);
    assert.match(stdout, /lz up delivery-dev\n/);
  });

  it("touches nothing unless it is confirmed, and prod only by its name", async () => {
    const asked = await standIn.lz(["up", "delivery-dev"]);
    assert.deepEqual([asked.status, standIn.operations], [2, []]);
    assert.match(
      asked.stderr,
      /nothing is touched: this must be confirmed, and there is no terminal; say `--yes`/,
    );
    const prod = await standIn.lz(["up", "delivery-prod", "--yes"]);
    assert.deepEqual([prod.status, standIn.operations], [2, []]);
    assert.match(prod.stderr, /say `--confirm prod`/);
    const other = await standIn.lz(["up", "delivery-prod", "--confirm", "int"]);
    assert.deepEqual([other.status, standIn.operations], [2, []]);
    assert.match(other.stderr, /--confirm says int, and the stacks are of prod/);
    const right = await standIn.lz(["up", "delivery-prod", "--confirm", "prod"]);
    assert.deepEqual([right.status, standIn.operations], [0, ["up delivery-prod"]], right.stdout);
  });

  it("refuses a stack whose upstream is neither there nor asked for", async () => {
    const { status, stderr } = await standIn.lz(["up", "shop-service-dev", "--yes"]);
    assert.deepEqual([status, standIn.operations], [2, []]);
    assert.match(stderr, /shop-persistent-dev, .*delivery-dev were never deployed/);
    assert.match(stderr, /next: `lz up shop-persistent-dev .*delivery-dev shop-service-dev`/);
  });

  it("does not deploy over what an earlier run has left half done", async () => {
    const urn = urnOf({ name: "deploy" });
    standIn.says({
      stacks: { "delivery-dev": { ...there, pending: [{ resource: { urn }, type: "creating" }] } },
    });
    const { status, stdout } = await standIn.lz(["up", "delivery-dev", "--yes"]);
    assert.deepEqual([status, standIn.operations], [1, []]);
    assert.match(
      stdout,
      /another run is at it right now, or an earlier run was stopped hard, and nobody knows what has become of/,
    );
    assert.match(stdout, /Role::deploy \(interrupted while creating\)/);
    assert.match(stdout, /next: `lz refresh delivery-dev` tells which/);
  });

  it("says who holds a lock and since when", async () => {
    const since = new Date(Date.now() - 2_400_000).toISOString();
    const locked = `error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file with \`pulumi cancel\`.\n  file:///state/.pulumi/locks/x.json: created by ann@runner-7 (pid 4711) at ${since}\n`;
    standIn.says({ stacks: { "delivery-dev": { ...there, up: { exit: 255, stderr: locked } } } });
    const { status, stdout } = await standIn.lz(["up", "delivery-dev", "--yes"]);
    assert.equal(status, 1);
    assert.match(stdout, /delivery-dev is locked by ann@runner-7 \(process 4711\) since .*, 40 minutes ago/);
    assert.match(
      stdout,
      /next: wait until it ends; only where .*`pulumi cancel -s delivery-dev`.*ruin the state/,
    );
  });

  it("shows which mandatory policy the engine found violated", async () => {
    const urn = urnOf({ name: "deploy" });
    standIn.says({
      stacks: { "delivery-dev": { ...there, up: { exit: 255, events: [violated("iam-rule", urn)] } } },
    });
    const { status, stdout } = await standIn.lz(["up", "delivery-dev", "--yes"]);
    assert.equal(status, 1);
    assert.match(
      stdout,
      /mandatory iam-rule {2}delivery-dev {2}aws:iam\/role:Role deploy\n +is not as it must be/,
    );
  });
});
