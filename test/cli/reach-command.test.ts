import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import type { Cell, Overview } from "../../reach";

const root = resolve(__dirname, "../..");

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const lz = (...args: string[]): Promise<Ended> =>
  new Promise((done, failed) => {
    const child = spawn(process.execPath, ["cli/lz.js", ...args], {
      cwd: root,
      env: { ...process.env, NO_COLOR: "1" },
    });
    const said = { stdout: "", stderr: "" };
    child.stdout.on("data", chunk => (said.stdout += String(chunk)));
    child.stderr.on("data", chunk => (said.stderr += String(chunk)));
    child.on("error", failed);
    child.on("close", status => done({ status, ...said }));
  });

describe("lz reach", function () {
  this.timeout(120_000);

  it("shows who reaches whom, and what the internet reaches", async () => {
    const { status, stdout } = await lz("reach");
    assert.equal(status, 0);
    const lines = stdout.split("\n");
    const head = lines[0]?.split(/ {2,}/) ?? [];
    assert.deepEqual(head.slice(0, 6), ["To \\ from", "internet", "on-premises", "dev", "int", "prod"]);
    const row = (name: string) => lines.find(line => line.split(/ {2,}/)[0] === name)?.split(/ {2,}/);
    assert.equal(row("dev/data")?.[head.indexOf("internet")], "-");
    assert.equal(row("dev/data")?.[head.indexOf("dev")], "yes");
    assert.equal(row("prod/private")?.[head.indexOf("dev")], "-");
    assert.equal(row("prod/load-balancers")?.[head.indexOf("internet")], "yes");
    assert.match(stdout, /^What the internet reaches$/m);
    assert.match(stdout, /^ {2}shop-prod\/lb {2}tcp 443 by CloudFront$/m);
    assert.match(stdout, /^ {2}payments-prod\/payments {2}tcp 443 by API gateway$/m);
    assert.match(stdout, /^ {2}pricing-prod\/pricing-public {2}tcp 443$/m);
  });

  it("plans no stack that can hold no network", async () => {
    const { stderr } = await lz("reach");
    assert.match(stderr, / planned network /);
    assert.match(stderr, / planned baseline-dev /);
    assert.doesNotMatch(stderr, / planned (organization|security|delivery-int|baseline-sandbox) /);
  });

  it("shows the same as JSON", async () => {
    const { status, stdout } = await lz("reach", "--json");
    assert.equal(status, 0);
    const overview = JSON.parse(stdout) as Overview;
    assert.equal(overview.cells.length, overview.from.length * overview.to.length);
    const cell = overview.cells.find(({ from, to }) => from === "dev" && to === "prod/data");
    assert.equal(cell?.decision.reaches, false);
    assert.ok(overview.internetReaches.some(({ to }) => to === "shop-dev/lb"));
  });

  it("shows a path hop by hop", async () => {
    const { status, stdout } = await lz("reach", "--from", "payments-dev/private", "--to", "orders-dev/lb");
    assert.equal(status, 0);
    assert.match(stdout, /^payments-dev\/private reaches orders-dev\/lb: tcp 443$/m);
    assert.match(stdout, /^ +3 {2}transit gateway hub: .*10\.16\.0\.0\/16 → attachment dev$/m);
    assert.match(stdout, /^ +\d {2}orders-dev\/lb: tcp 443, and the answer comes back$/m);
  });

  it("shows the wall that stops a packet, of one port too, and as JSON", async () => {
    const none = await lz("reach", "--from", "dev/private", "--to", "orders-dev/api", "--port", "22");
    assert.equal(none.status, 0);
    assert.match(none.stdout, /^dev\/private does not reach orders-dev\/api$/m);
    assert.match(none.stdout, /^ {2}wall {2}orders-dev\/api: its security groups admit no tcp 22/m);
    const json = await lz("reach", "--from", "dev/data", "--to", "internet", "--json");
    const cell = JSON.parse(json.stdout) as Cell;
    assert.equal(cell.decision.reaches, false);
    assert.ok("wall" in cell.decision && cell.decision.wall.because.length > 0);
  });

  const wrong: readonly [what: string, args: readonly string[], says: RegExp][] = [
    [
      "an unknown name, with those there are",
      ["--from", "test", "--to", "prod"],
      /no "test"; there are:[\s\S]*^ {2}dev\/data$/m,
    ],
    ["one end without the other", ["--from", "dev"], /both --from and --to/],
    ["a port without a question", ["--port", "443"], /--port is about one question/],
    ["what is no port", ["--from", "dev", "--to", "int", "--port", "https"], /"https" is no port/],
    ["a port that is too high", ["--from", "dev", "--to", "int", "--port", "65536"], /"65536" is no port/],
  ];
  for (const [what, args, says] of wrong)
    it(`refuses ${what}`, async () => {
      const { status, stdout, stderr } = await lz("reach", ...args);
      assert.equal(status, 2);
      assert.equal(stdout, "");
      assert.match(stderr, says);
    });
});
