import assert from "node:assert/strict";
import { ended, StandIn, there } from "./stand-in";

const names = ["delivery-dev", "delivery-int", "delivery-payments-dev"];

describe("an interrupted deployment", function () {
  this.timeout(120_000);
  let standIn: StandIn;
  beforeEach(() => {
    standIn = new StandIn();
  });
  afterEach(() => standIn.remove());

  it("lets what runs end at the first Ctrl-C, and begins nothing more", async () => {
    standIn.says({
      stacks: {
        "delivery-dev": { ...there, refresh: { ms: 3_000, events: [ended({ op: "refresh", name: "x" })] } },
        "delivery-int": there,
        "delivery-payments-dev": there,
      },
    });
    let sent = false;
    const { status, stdout, stderr } = await standIn.lzProcess(
      ["refresh", ...names, "--yes", "--parallel", "1"],
      (said, interrupt) => {
        if (sent || !said.includes("delivery-dev: begins")) return;
        sent = true;
        interrupt();
      },
    );
    assert.equal(status, 1);
    assert.match(
      stderr,
      /Interrupted: no further stack begins; delivery-dev is let end\. Ctrl-C again cancels what runs/,
    );
    assert.deepEqual(standIn.operations, ["refresh delivery-dev"]);
    assert.deepEqual(
      standIn.calls.filter(({ what }) => what === "SIGINT"),
      [],
    );
    assert.match(stdout, /delivery-dev +refreshed/);
    assert.match(stdout, /To go on:\n {2}lz refresh delivery-payments-dev delivery-int\n/);
  });

  it("cancels what runs at the second, once, and says how to go on", async () => {
    standIn.says({
      stacks: {
        "delivery-dev": { ...there, destroy: { untilInterrupted: true } },
        "delivery-int": { ...there, destroy: { untilInterrupted: true } },
        "delivery-payments-dev": there,
      },
    });
    let sent = 0;
    const { status, stdout, stderr } = await standIn.lzProcess(
      ["destroy", ...names, "--yes", "--parallel", "2"],
      (said, interrupt) => {
        const both = said.includes("delivery-int: begins") && said.includes("delivery-payments-dev: begins");
        if (sent === 0 && (both || said.includes("delivery-dev: begins"))) {
          sent = 1;
          setTimeout(interrupt, 2_000);
        } else if (sent === 1 && said.includes("Interrupted")) {
          sent = 2;
          interrupt();
        } else if (sent === 2 && said.includes("Cancelling")) {
          sent = 3;
          interrupt();
        }
      },
    );
    assert.equal(status, 1);
    assert.match(stderr, /Cancelling .*: the engine ends the resources it is at/);
    const signals = standIn.calls.filter(({ what }) => what === "SIGINT");
    assert.equal(new Set(signals.map(({ stack }) => stack)).size, signals.length);
    assert.ok(signals.length >= 1);
    assert.match(stdout, /delivery-dev +cancelled/);
    assert.match(stdout, /delivery-dev was cancelled: what it was at has ended or is noted in the state/);
    assert.match(stdout, /To go on:\n {2}lz refresh .*\n {2}lz destroy /);
  });

  it("cancels at once where its job is ended", async () => {
    standIn.says({ stacks: { "delivery-dev": { ...there, refresh: { untilInterrupted: true } } } });
    let sent = false;
    const { status, stdout } = await standIn.lzProcess(
      ["refresh", "delivery-dev", "--yes"],
      (said, interrupt) => {
        if (sent || !said.includes("delivery-dev: begins")) return;
        sent = true;
        setTimeout(() => interrupt("SIGTERM"), 2_000);
      },
    );
    assert.equal(status, 1);
    assert.match(stdout, /delivery-dev +cancelled/);
  });
});
