import assert from "node:assert/strict";
import { withDeployedCompany } from "./deployed-company";

const judged = ["--policy-pack", "policies", "--policy-pack-config", "policies/config.json"];

describe("pulumi without lz", function () {
  this.timeout(600_000);
  const the = withDeployedCompany(
    "that stacks go up by plain `pulumi up`, and lz goes on with what it has made",
  );

  it("makes a stack that reads others, where lz then finds nothing to change", async () => {
    const { engine } = the;
    const stack = "scans-service-dev";
    engine.forget(stack);
    for (const words of [
      ["stack", "init", stack, "--no-select"],
      ["up", "-s", stack, "--yes", "--skip-preview", ...judged],
    ]) {
      const { status, text } = await engine.pulumi(...words);
      assert.equal(status, 0, text);
    }
    const made = engine.aws.done("create").length;
    assert.ok(made > 0);
    const { status, text } = await engine.lz("up", stack, "--yes");
    assert.equal(status, 0, text);
    assert.equal(engine.aws.calls.filter(({ operation }) => operation !== "configure").length, 2 * made);
  });
});
