import assert from "node:assert/strict";
import { BackedUpTypes } from "../../../components/data/backed-up-types";
import { planned } from "../planned";

describe("the types that are backed up", () => {
  it("are those that products keep, in the region that is said, DynamoDB with what copies to other accounts need", async () => {
    const stack = await planned(() => new BackedUpTypes("backups", { region: "eu-west-1" }));
    const { region, resourceTypeOptInPreference, resourceTypeManagementPreference } =
      stack.one("RegionSettings").inputs;
    assert.equal(region, "eu-west-1");
    const opted = Object.entries(resourceTypeOptInPreference as Record<string, boolean>);
    assert.deepEqual(
      opted.filter(([, taken]) => taken).map(([type]) => type),
      ["Aurora", "DynamoDB", "EFS", "RDS", "S3"],
    );
    assert.equal(new Set(opted.map(([type]) => type)).size, 16);
    assert.deepEqual(resourceTypeManagementPreference, { DynamoDB: true, EFS: true });
  });
});
