import assert from "node:assert/strict";
import { refusals } from "../../cli/destroy-command";
import example from "../../stacks/landing-zone";
import { stackNamed, stacksOf } from "../../stacks/names";
import { StandIn, there } from "./deploy/stand-in";

describe("lz destroy", function () {
  this.timeout(60_000);
  let standIn: StandIn;
  beforeEach(() => {
    standIn = new StandIn();
  });
  afterEach(() => standIn.remove());

  /** A stand-in for the Pulumi CLI notes what it is asked, and fails where it is told to. */
  async function lz(names: readonly string[], failing = "none") {
    const stacks = Object.fromEntries(
      names.map(name => [name, { ...there, ...(name === failing && { destroy: { exit: 255 } }) }]),
    );
    standIn.says({ stacks });
    const ran = await standIn.lz(["destroy", "--yes", ...names]);
    return { ...ran, asked: standIn.operations };
  }

  it("destroys a product's service before what it reads", async () => {
    const { status, asked, stdout } = await lz(["shop-persistent-dev", "shop-service-dev"]);
    assert.equal(status, 0);
    assert.deepEqual(asked, ["destroy shop-service-dev", "destroy shop-persistent-dev"]);
    assert.match(stdout, /shop-service-dev +destroyed/);
  });

  it("touches nothing where one of many may not be destroyed", async () => {
    const { status, stderr, asked } = await lz(["shop-service-prod", "shop-persistent-prod"]);
    assert.deepEqual([status, asked], [2, []]);
    assert.match(stderr, /shop-persistent-prod keeps the data of shop in prod, where deletion is protected/);
  });

  it("ends with the first that fails", async () => {
    const { status, stdout, asked } = await lz(
      ["shop-persistent-dev", "shop-service-dev"],
      "shop-service-dev",
    );
    assert.equal(status, 1);
    assert.equal(asked.length, 1);
    assert.match(stdout, /shop-service-dev failed/);
    assert.match(stdout, /shop-persistent-dev +waits: shop-service-dev failed/);
    assert.match(stdout, /lz destroy shop-service-dev shop-persistent-dev$/m);
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
