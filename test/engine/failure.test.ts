import assert from "node:assert/strict";
import { withDeployedCompany } from "./deployed-company";
import { toGoOn } from "./said";

describe("a stack that fails, and the engine", function () {
  this.timeout(600_000);
  const the = withDeployedCompany("what lz up does when a stack fails, and how it goes on");

  it("leaves those after it alone, goes on with others by --continue, and is resumed as it says", async () => {
    const { engine } = the;
    engine.describe(["confidential: true } }", "confidential: true } }, passwordLength: 20"]);
    const type = "aws:cognito/userPool:UserPool";
    engine.aws.faults = [{ operation: "update", type, error: "InvalidParameterException: not that long" }];
    const names = ["parcels-persistent-dev", "parcels-service-dev", "scans-service-dev"];
    const failed = await engine.lz("up", ...names, "--yes", "--continue", "--debug");
    assert.equal(failed.status, 1, failed.text);
    assert.match(failed.text, /parcels-persistent-dev failed/);
    assert.match(failed.text, /InvalidParameterException: not that long/);
    assert.match(failed.text, /parcels-service-dev +waits: parcels-persistent-dev failed/);
    assert.match(failed.text, /scans-service-dev +done/);
    assert.match(failed.text, /landing-zone@v[\d.]+ \(local: policies\)/);
    assert.deepEqual(
      engine.aws.calls.filter(({ stack }) => stack === "parcels-service-dev"),
      [],
    );

    engine.aws.faults = [];
    const command = toGoOn(failed.text);
    assert.deepEqual(command, [["up", "parcels-persistent-dev", "parcels-service-dev"]]);
    const resumed = await engine.lz(...(command[0] ?? []), "--yes");
    assert.equal(resumed.status, 0, resumed.text);
    assert.deepEqual([...new Set(engine.aws.done("update").map(call => call.type))], [type]);
  });

  it("names the role that can not be taken", async () => {
    const { engine } = the;
    const role = "arn:aws:iam::555566667777:role/landing-zone-deploy";
    engine.aws.faults = [
      {
        operation: "configure",
        error: `unable to validate AWS credentials.\nDetails: Cannot assume IAM Role. IAM Role (${role}) cannot be assumed.\nThere are a number of possible causes of this - the most common are:\n  * The credentials used in order to assume the role are invalid\n  * The credentials do not have appropriate permission to assume the role\n  * The role ARN is not valid\nError: operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: 1, api error AccessDenied: User: arn:aws:sts::111122223333:assumed-role/somebody/session is not authorized to perform: sts:AssumeRole on resource: ${role}`,
      },
    ];
    const { status, text } = await engine.lz("up", "scans-service-dev", "--yes");
    assert.equal(status, 1, text);
    assert.match(
      text,
      new RegExp(`scans-service-dev failed: ${role} in the account dev \\(555566667777\\) can not be taken`),
    );
    assert.match(text, /next: `lz doctor scans-service-dev`/);
    assert.deepEqual(engine.aws.done("create"), []);
  });
});
