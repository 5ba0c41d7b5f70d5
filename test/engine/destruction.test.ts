import assert from "node:assert/strict";
import { withDeployedCompany } from "./deployed-company";

describe("lz destroy and the engine", function () {
  this.timeout(600_000);
  const the = withDeployedCompany("that lz destroy goes backwards and stops before what is protected");

  it("touches nothing where a stack keeps what is protected", async () => {
    const { engine } = the;
    const { status, text } = await engine.lz("destroy", "dev", "--yes");
    assert.equal(status, 2, text);
    assert.match(text, /nothing is destroyed/);
    for (const stack of ["parcels-persistent-dev", "scans-persistent-dev"]) {
      assert.match(text, new RegExp(`${stack} keeps \\d+ protected resources`));
      assert.match(text, new RegExp(`pulumi state unprotect --all -s ${stack}`));
    }
    assert.deepEqual(engine.aws.calls, []);
  });

  it("destroys what nothing depends on first", async () => {
    const { engine } = the;
    const unprotected = await engine.pulumi(
      "state",
      "unprotect",
      "--all",
      "-s",
      "scans-persistent-dev",
      "--yes",
    );
    assert.equal(unprotected.status, 0, unprotected.text);
    const stacks = ["scans-persistent-dev", "scans-service-dev"];
    const { status, text } = await engine.lz("destroy", ...stacks, "--yes");
    assert.equal(status, 0, text);
    const deleted = engine.aws.done("delete").map(({ stack }) => stack);
    assert.ok(deleted.includes("scans-service-dev") && deleted.includes("scans-persistent-dev"));
    assert.ok(deleted.lastIndexOf("scans-service-dev") < deleted.indexOf("scans-persistent-dev"));
    for (const stack of stacks) assert.deepEqual(engine.state(stack).resources, []);
  });
});
