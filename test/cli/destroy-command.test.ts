import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { refusals } from "../../cli/destroy-command";
import example from "../../stacks/landing-zone";
import { stackNamed, stacksOf } from "../../stacks/names";

const root = resolve(__dirname, "../..");

describe("lz destroy", function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "landing-zone-destroy-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A stand-in for the Pulumi CLI notes what it is asked, and fails where it is told to. */
  function lz(names: readonly string[], failing = "none") {
    const calls = join(folder, "calls");
    const pulumi = join(folder, "pulumi");
    writeFileSync(pulumi, `#!/bin/sh\necho "$@" >> ${calls}\ncase "$*" in *${failing}*) exit 1;; esac\n`);
    chmodSync(pulumi, 0o755);
    const { status, stderr } = spawnSync(process.execPath, ["cli/lz.js", "destroy", "--yes", ...names], {
      cwd: root,
      encoding: "utf8",
      env: {
        ...process.env,
        NO_COLOR: "1",
        PATH: [folder, dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter),
      },
    });
    const asked = existsSync(calls) ? readFileSync(calls, "utf8").trim().split("\n") : [];
    return { status, stderr, asked };
  }

  it("destroys a product's service before what it reads", () => {
    const { status, asked } = lz(["shop-persistent-dev", "shop-service-dev"]);
    assert.equal(status, 0);
    assert.deepEqual(asked, [
      "destroy --stack shop-service-dev --yes",
      "destroy --stack shop-persistent-dev --yes",
    ]);
  });

  it("touches nothing where one of many may not be destroyed", () => {
    const { status, stderr, asked } = lz(["shop-service-prod", "shop-persistent-prod"]);
    assert.deepEqual([status, asked], [2, []]);
    assert.match(stderr, /shop-persistent-prod keeps the data of shop in prod, where deletion is protected/);
  });

  it("ends with the first that fails", () => {
    const { status, stderr, asked } = lz(["shop-persistent-dev", "shop-service-dev"], "shop-service-dev");
    assert.equal(status, 2);
    assert.equal(asked.length, 1);
    assert.match(stderr, /`pulumi destroy --stack shop-service-dev` failed; nothing was done after it/);
  });

  for (const { name, layer, environment } of stacksOf(example))
    it(`${layer === "service" || layer === "delivery" ? "lets" : "refuses"} ${name} alone`, () => {
      const [refused] = refusals(example, [stackNamed(example, name)]);
      if (layer === "service" || layer === "delivery") assert.equal(refused, undefined);
      else if (layer === "persistent" && environment !== "prod")
        assert.match(refused ?? "", /is read by .*-service-.*; name these too/);
      else assert.match(refused ?? "", /deletion is protected|is the platform's/);
    });
});
