import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { complained, ended, StandIn, there, urnOf, violated } from "./stand-in";

interface Report {
  readonly changes: Readonly<Record<string, number>>;
  readonly stacks: readonly {
    readonly name: string;
    readonly result: string;
    readonly isDeployed: boolean;
    readonly changes: Readonly<Record<string, number>>;
    readonly resources: readonly {
      readonly name: string;
      readonly kind: string;
      readonly isProtected: boolean;
    }[];
    readonly providers?: readonly unknown[];
  }[];
}

const provider = ended({ op: "update", name: "dev", type: "pulumi:providers:aws", diff: ["assumeRoles"] });

describe("lz preview, with a stand-in for the CLI", function () {
  this.timeout(180_000);
  let standIn: StandIn;
  beforeEach(() => {
    standIn = new StandIn();
  });
  afterEach(() => standIn.remove());

  const changed = {
    stacks: {
      "delivery-dev": {
        ...there,
        preview: {
          events: [
            provider,
            ended({ op: "create", name: "fresh" }),
            ended({ op: "update", name: "boundary", diff: ["description", "policy"] }),
            ended({ op: "create-replacement", name: "deploy", protect: true }),
            ended({ op: "replace", name: "deploy", protect: true, diff: ["name"] }),
            ended({ op: "delete-replaced", name: "deploy", protect: true }),
            ended({ op: "delete", name: "old" }),
            ended({ op: "same", name: "other" }),
          ],
        },
      },
    },
  };

  it("says what would be done with each stack, and what would end by name", async () => {
    standIn.says(changed);
    const [json, markdown] = ["p.json", "p.md"].map(file => join(standIn.folder, file)) as [string, string];
    const { status, stdout } = await standIn.lz([
      "preview",
      "delivery-dev",
      "delivery-int",
      "--json",
      json,
      "--markdown",
      markdown,
    ]);
    assert.equal(status, 0, stdout);
    assert.deepEqual(standIn.operations, ["preview delivery-dev"]);
    assert.equal(standIn.calls.filter(({ verb }) => verb === "stack init").length, 0);
    assert.match(stdout, /delivery-dev +previewed +1 +1 +1 +1 +1 /);
    assert.match(stdout, /delivery-int +new +\d+ +0 +0 +0 +0 /);
    assert.match(
      stdout,
      /Replaced: .*\n {2}delivery-dev {2}aws:iam\/role:Role deploy {2}\(name\) {2}PROTECTED: the engine will refuse/,
    );
    assert.match(stdout, /Deleted\n {2}delivery-dev {2}aws:iam\/role:Role old\n/);
    assert.match(
      stdout,
      /Updated\n {2}delivery-dev {2}aws:iam\/role:Role boundary {2}\(description, policy\)/,
    );
    assert.match(stdout, /Providers\n {2}delivery-dev {2}dev updated {2}\(assumeRoles\)/);
    const { changes, stacks } = JSON.parse(readFileSync(json, "utf8")) as Report;
    const [dev, int] = stacks;
    assert.deepEqual(dev?.changes, { created: 1, updated: 1, replaced: 1, deleted: 1, same: 1 });
    assert.deepEqual([dev?.isDeployed, int?.isDeployed, int?.result], [true, false, "new"]);
    assert.equal(changes["created"], 1 + (int?.changes["created"] ?? 0));
    assert.equal(dev?.resources.find(({ name }) => name === "deploy")?.isProtected, true);
    const comment = readFileSync(markdown, "utf8");
    assert.match(
      comment,
      /^### Preview of the landing zone\n\n\d+ created, 1 updated, 1 replaced, 1 deleted in 2 of 2 stacks\. /,
    );
    assert.match(comment, /\*\*1 of what would end is protected: the engine will refuse\.\*\*/);
    assert.match(comment, /```text\nStack /);
  });

  it("lets providers read only, and then says nothing of them", async () => {
    standIn.says(changed);
    const { stdout } = await standIn.lz(["preview", "delivery-dev", "--read-only", "--json", "-"]);
    const { stacks } = JSON.parse(stdout) as Report;
    assert.equal(stacks[0]?.providers, undefined);
    const [call] = standIn.calls.filter(({ what, verb }) => what === "begin" && verb === "preview");
    assert.equal(call?.environment?.["LANDING_ZONE_ACCESS"], "read-only");
    assert.ok(
      call?.words.join(" ").includes("--policy-pack policies --policy-pack-config policies/config.json"),
    );
  });

  it("tells of what comes after a stack that is not there, and does not ask the engine", async () => {
    const { status, stdout } = await standIn.lz(["preview", "orders-persistent-dev"]);
    assert.equal(status, 0, stdout);
    assert.match(stdout, /orders-persistent-dev +not yet: .*delivery-dev (is|are) not deployed +\d\d+ +0/);
    assert.deepEqual(standIn.operations, []);
  });

  it("tells the same where the first deployment of an upstream has failed", async () => {
    const message = 'the stack "baseline-dev" has no outputs yet: run `lz up baseline-dev` first';
    standIn.says({
      stacks: {
        "delivery-dev": {
          ...there,
          preview: { exit: 255, stderr: `error: ${message}`, events: [complained(message)] },
        },
      },
    });
    const { status, stdout } = await standIn.lz(["preview", "delivery-dev"]);
    assert.equal(status, 0, stdout);
    assert.match(stdout, /delivery-dev +not yet: baseline-dev is not deployed +\d\d/);
  });

  it("ends with 1 where the engine's policies refuse, or a preview fails, and shows the others", async () => {
    standIn.says({
      stacks: {
        "delivery-dev": {
          ...there,
          preview: { exit: 255, events: [violated("iam-rule", urnOf({ name: "a" }))] },
        },
        "delivery-int": { ...there, preview: { events: [ended({ op: "update", name: "b" })] } },
      },
    });
    const markdown = join(standIn.folder, "p.md");
    const { status, stdout } = await standIn.lz([
      "preview",
      "delivery-dev",
      "delivery-int",
      "--markdown",
      markdown,
    ]);
    assert.equal(status, 1);
    assert.match(stdout, /mandatory iam-rule {2}delivery-dev/);
    assert.match(stdout, /delivery-int +previewed +0 +1/);
    assert.match(
      readFileSync(markdown, "utf8"),
      /\*\*The policies refuse it\.\*\* \*\*Not every stack could be previewed\.\*\*/,
    );
  });
});
