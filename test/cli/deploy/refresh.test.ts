import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ended, StandIn, there, urnOf } from "./stand-in";

const provider = ended({ op: "update", name: "dev", type: "pulumi:providers:aws", diff: ["assumeRoles"] });

describe("lz refresh, with a stand-in for the CLI", function () {
  this.timeout(120_000);
  let standIn: StandIn;
  beforeEach(() => {
    standIn = new StandIn();
  });
  afterEach(() => standIn.remove());

  it("lists what has drifted by resource and property, and changes nothing", async () => {
    standIn.says({
      stacks: {
        "delivery-dev": {
          ...there,
          refresh: {
            events: [
              provider,
              ended({ op: "update", name: "deploy", diff: ["description", "maxSessionDuration"] }),
              ended({ op: "delete", name: "preview" }),
              ended({ op: "same", name: "other" }),
            ],
          },
        },
        "delivery-int": { ...there, refresh: { events: [ended({ op: "same", name: "other" })] } },
      },
    });
    const markdown = join(standIn.folder, "d.md");
    const words = ["refresh", "--check", "--read-only", "--markdown", markdown];
    const { status, stdout } = await standIn.lz([...words, "delivery-dev", "delivery-int", "delivery-prod"]);
    assert.equal(status, 1);
    assert.match(stdout, /Role deploy: description, maxSessionDuration/);
    assert.match(stdout, /Role preview: is gone/);
    assert.doesNotMatch(stdout, /assumeRoles/);
    assert.match(stdout, /delivery-prod +not deployed/);
    const asked = standIn.calls.filter(({ what, verb }) => what === "begin" && verb === "refresh");
    assert.equal(asked.length, 2);
    for (const { words, environment } of asked) {
      assert.ok(words.includes("--preview-only"));
      assert.equal(environment?.["LANDING_ZONE_ACCESS"], "read-only");
    }
    assert.match(readFileSync(markdown, "utf8"), /\*\*2 resources have drifted, in 1 of 3 stacks\.\*\*/);
  });

  it("ends with 0 where nothing has drifted but providers", async () => {
    standIn.says({ stacks: { "delivery-dev": { ...there, refresh: { events: [provider] } } } });
    const markdown = join(standIn.folder, "d.md");
    const { status } = await standIn.lz(["refresh", "--check", "delivery-dev", "--markdown", markdown]);
    assert.equal(status, 0);
    assert.match(readFileSync(markdown, "utf8"), /Nothing has drifted\./);
  });

  it("takes it into the state without --check, and says what of an interrupted run it has forgotten", async () => {
    const pending = [{ resource: { urn: urnOf({ name: "half" }) }, type: "creating" }];
    standIn.says({ stacks: { "delivery-dev": { ...there, pending } } });
    const { status, stdout } = await standIn.lz(["refresh", "delivery-dev", "--yes"]);
    assert.equal(status, 0, stdout);
    const [call] = standIn.calls.filter(({ what, verb }) => what === "begin" && verb === "refresh");
    assert.ok(call?.words.includes("--clear-pending-creates") && !call.words.includes("--preview-only"));
    assert.match(stdout, /Forgotten, .*\n {2}delivery-dev {2}.*Role::half \(interrupted while creating\)/);
    const checked = await standIn.lz(["refresh", "delivery-dev", "--check"]);
    assert.equal(checked.status, 1);
    assert.match(checked.stdout, /Half done/);
  });

  it("asks before it changes the state, and takes --read-only and --markdown for --check alone", async () => {
    standIn.says({ stacks: { "delivery-prod": there } });
    const asked = await standIn.lz(["refresh", "delivery-prod", "--yes"]);
    assert.deepEqual([asked.status, standIn.operations], [2, []]);
    assert.match(asked.stderr, /say `--confirm prod`/);
    for (const word of ["--read-only", "--markdown=x.md"]) {
      const { status, stderr } = await standIn.lz(["refresh", "delivery-dev", word]);
      assert.equal(status, 2);
      assert.match(stderr, /goes with --check: without it the state is changed/);
    }
  });
});
