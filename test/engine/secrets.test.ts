import assert from "node:assert/strict";
import { withDeployedCompany } from "./deployed-company";
import { secretOfClients } from "./existing";

const stack = "parcels-persistent-dev";

describe("secrets in the state", function () {
  this.timeout(600_000);
  const the = withDeployedCompany(
    "that secrets in the state are encrypted, with and without the engine's settings",
  );

  const saltOf = () => /"salt": *"([^"]+)"/.exec(the.engine.stateText(stack) ?? "")?.[1];

  it("are encrypted, and stay so by the same key where Pulumi.<stack>.yaml is not there", async () => {
    const { engine } = the;
    const salt = saltOf();
    assert.ok(salt);
    assert.deepEqual(engine.settings, []);
    const { status, text } = await engine.lz("up", stack, "--yes");
    assert.equal(status, 0, text);
    assert.deepEqual(
      engine.aws.calls.filter(({ operation }) => operation !== "configure"),
      [],
    );
    assert.equal(saltOf(), salt);
    assert.match(engine.stateText(stack) ?? "", /"ciphertext"/);
    assert.ok(!engine.stateText(stack)?.includes(secretOfClients));
  });

  it("are not read with another passphrase: that is said, and nothing is touched", async () => {
    const { engine } = the;
    const before = engine.stateText(stack);
    const right = engine.passphrase;
    engine.passphrase = "another";
    try {
      const { status, text } = await engine.lz("up", stack, "--yes");
      assert.notEqual(status, 0, text);
      assert.match(text, /the passphrase is not the one that the state's secrets are encrypted with/);
      assert.equal(engine.stateText(stack), before);
      assert.deepEqual(engine.aws.calls, []);
    } finally {
      engine.passphrase = right;
    }
  });
});
