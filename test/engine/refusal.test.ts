import assert from "node:assert/strict";
import { withDeployedCompany } from "./deployed-company";

describe("policies, prod and the engine", function () {
  this.timeout(600_000);
  const the = withDeployedCompany(
    "that lz up touches nothing where policies refuse, or prod is not confirmed",
  );

  it("touches nothing where a policy refuses the plan", async () => {
    const { engine } = the;
    const file = "components/data/queue.ts";
    const whole = engine.project.read(file);
    engine.project.change(file, /kmsMasterKeyId: .*,/, "sqsManagedSseEnabled: false,");
    try {
      const { status, text } = await engine.lz("up", "scans-persistent-dev", "scans-service-dev", "--yes");
      assert.equal(status, 1, text);
      assert.match(text, /nothing is touched: the policies refuse the plan/);
      assert.deepEqual(engine.aws.calls, []);
    } finally {
      engine.project.write(file, whole);
    }
  });

  it("touches nothing of prod unless prod is confirmed", async () => {
    const { engine } = the;
    engine.describe(
      [
        'state: "vended",\n    email: "aws+prod@example.com"',
        'state: "live",\n    email: "aws+prod@example.com"',
      ],
      ['dev: "555566667777",', 'dev: "555566667777",\n        prod: "777788889999",'],
    );
    const { status, text } = await engine.lz("up", "delivery-prod", "--yes");
    assert.equal(status, 2, text);
    assert.match(text, /--confirm prod/);
    assert.deepEqual(engine.aws.calls, []);
    assert.equal(engine.stateText("delivery-prod"), undefined);
  });
});
