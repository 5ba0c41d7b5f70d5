import assert from "node:assert/strict";
import { complained, ended, StandIn, there, urnOf } from "./stand-in";

describe("lz destroy, with a stand-in for the CLI", function () {
  this.timeout(120_000);
  let standIn: StandIn;
  beforeEach(() => {
    standIn = new StandIn();
  });
  afterEach(() => standIn.remove());

  it("goes on with what nothing that failed depends on, where it is told to", async () => {
    standIn.says({
      stacks: {
        "shop-persistent-dev": there,
        "shop-service-dev": {
          ...there,
          destroy: { exit: 255, events: [complained("boom", urnOf({ name: "x" }))] },
        },
        "orders-service-dev": { ...there, destroy: { events: [ended({ op: "delete", name: "y" })] } },
      },
    });
    const names = ["shop-persistent-dev", "shop-service-dev", "orders-service-dev"];
    const { status, stdout } = await standIn.lz(["destroy", "--yes", "--continue", ...names]);
    assert.equal(status, 1);
    assert.deepEqual([...standIn.operations].sort(), [
      "destroy orders-service-dev",
      "destroy shop-service-dev",
    ]);
    assert.match(stdout, /shop-persistent-dev +waits: shop-service-dev failed/);
    assert.match(stdout, /orders-service-dev +destroyed +0 +0 +0 +1 /);
    assert.match(stdout, /boom/);
    assert.match(stdout, /lz destroy shop-service-dev shop-persistent-dev$/m);
  });

  it("destroys an environment's products, and leaves the platform's part of it", async () => {
    standIn.says({ stacks: { "delivery-dev": there, "shop-service-dev": there } });
    const { status, stderr } = await standIn.lz(["destroy", "dev", "--confirm", "dev"]);
    assert.equal(status, 0, stderr);
    assert.deepEqual(standIn.operations, ["destroy shop-service-dev"]);
    assert.match(stderr, /To destroy: 1 stack, 3 resources/);
    assert.match(stderr, /dev +dev +555566667777 +1 +3/);
  });

  it("asks for prod to be typed, whatever --yes says", async () => {
    standIn.says({ stacks: { "shop-service-prod": there } });
    const { status, stderr } = await standIn.lz(["destroy", "shop-service-prod", "--yes"]);
    assert.deepEqual([status, standIn.operations], [2, []]);
    assert.match(stderr, /nothing is touched: this must be confirmed.*say `--confirm prod`/);
  });

  it("lets a stack go whose readers are gone already, and refuses what deploys others that are there", async () => {
    standIn.says({ stacks: { "shop-persistent-dev": there, "delivery-dev": there } });
    const { status } = await standIn.lz(["destroy", "shop-persistent-dev", "--yes"]);
    assert.deepEqual([status, standIn.operations], [0, ["destroy shop-persistent-dev"]]);
    const refused = await standIn.lz(["destroy", "delivery-dev", "--yes"]);
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, /delivery-dev is what deploys shop-persistent-dev; name these too/);
  });

  it("has nothing to do where nothing is deployed", async () => {
    const { status, stdout } = await standIn.lz(["destroy", "shop-service-dev"]);
    assert.deepEqual(
      [status, stdout.trim()],
      [0, "Nothing to destroy: of shop-service-dev nothing is deployed"],
    );
  });
});
