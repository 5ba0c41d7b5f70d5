import assert from "node:assert/strict";
import { minimumCli } from "../../../cli/deploy/pulumi-cli";
import { type Scenario, StandIn } from "./stand-in";

describe("what a deployment needs beforehand", function () {
  this.timeout(120_000);
  let standIn: StandIn;
  beforeEach(() => {
    standIn = new StandIn();
  });
  afterEach(() => standIn.remove());

  for (const command of ["up", "preview", "refresh", "destroy"])
    it(`${command}: a Pulumi CLI`, async () => {
      const { status, stderr } = await standIn.lz([command, "shop-service-dev"], { bare: true });
      assert.equal(status, 2);
      assert.match(
        stderr,
        /^error: there is no `pulumi` on the PATH; lz needs the Pulumi CLI [\d.]+ or newer/,
      );
    });

  const faults: readonly (readonly [string, Scenario, RegExp])[] = [
    [
      "a new CLI",
      { version: "v3.100.0" },
      new RegExp(`the Pulumi CLI on the PATH is 3\\.100\\.0; lz needs ${minimumCli} or newer`),
    ],
    ["a CLI", { version: "PulumiTool 9" }, /`pulumi version` says "PulumiTool 9", which is no version/],
    [
      "a bucket",
      {
        unreachable: 'read ".pulumi/meta.yaml": blob (key ".pulumi/meta.yaml") (code=NotFound): NoSuchBucket',
      },
      /the bucket of the state is not there \(state in file:\/\/\/state\)\nnext: `lz bootstrap` makes it/,
    ],
    [
      "leave to read the state",
      {
        unreachable: "could not list bucket: blob (code=PermissionDenied): operation error S3: AccessDenied",
      },
      /the state may not be read or written by these credentials/,
    ],
    [
      "credentials",
      { unreachable: "get credentials: failed to refresh cached credentials, no EC2 IMDS role found" },
      /there are no credentials that AWS knows[\s\S]*aws sso login/,
    ],
    [
      "a login to Pulumi Cloud",
      { unreachable: "PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions" },
      /Pulumi Cloud does not know who asks/,
    ],
    [
      "a state, whatever is wrong with it",
      { unreachable: "something unheard of" },
      /the state in file:\/\/\/state can not be reached: error: something unheard of/,
    ],
  ];
  for (const [what, scenario, message] of faults)
    it(`needs ${what}`, async () => {
      standIn.says(scenario);
      const { status, stderr } = await standIn.lz(["refresh", "delivery-dev", "--check"]);
      assert.deepEqual([status, standIn.operations], [2, []]);
      assert.match(stderr, message);
    });
});
