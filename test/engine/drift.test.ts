import assert from "node:assert/strict";
import { withDeployedCompany } from "./deployed-company";

const stack = "scans-persistent-dev";
const queue = "aws:sqs/queue:Queue";

describe("drift and the engine", function () {
  this.timeout(600_000);
  const the = withDeployedCompany(
    "that lz refresh finds drift and takes it into the state, and lz preview reads only",
  );

  const hiddenFor = () =>
    the.engine.state(stack).resources.find(({ type, urn }) => type === queue && !/dead/.test(urn))?.outputs?.[
      "visibilityTimeoutSeconds"
    ];

  it("is found by a check that changes nothing, taken into the state, and changed back", async () => {
    const { engine } = the;
    const before = engine.stateText(stack);
    const as = hiddenFor();
    engine.aws.faults = [{ operation: "read", type: queue, drift: { visibilityTimeoutSeconds: 999 } }];
    const check = await engine.lz("refresh", stack, "--check", "--read-only");
    assert.equal(check.status, 1, check.text);
    assert.match(check.text, /visibilityTimeoutSeconds/);
    assert.equal(engine.stateText(stack), before);
    assertOnlyPreviewRole();

    const refresh = await engine.lz("refresh", stack, "--yes");
    assert.equal(refresh.status, 0, refresh.text);
    assert.equal(hiddenFor(), 999);

    engine.aws.faults = [];
    const back = await engine.lz("up", stack, "--yes");
    assert.equal(back.status, 0, back.text);
    assert.equal(hiddenFor(), as);
  });

  it("is not there right after a deployment", async () => {
    const check = await the.engine.lz("refresh", stack, "--check");
    assert.equal(check.status, 0, check.text);
  });

  it("is not made by the roles that only read: a preview with them shows no change", async () => {
    const { engine } = the;
    const { status, text } = await engine.lz("preview", stack, "parcels-service-dev", "--read-only");
    assert.equal(status, 0, text);
    assert.match(text, /^all +2 of 2 +0 +0 +0 +0 +[1-9]/m, text);
    assertOnlyPreviewRole();
  });

  function assertOnlyPreviewRole() {
    const roles = the.engine.aws.done("configure").map(({ role }) => role);
    assert.ok(roles.length > 0);
    for (const role of roles) assert.match(role ?? "its own", /:role\/landing-zone-preview$/);
  }
});
