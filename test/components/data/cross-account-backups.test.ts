import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { CrossAccountBackups } from "../../../components/data/cross-account-backups";
import { refusals } from "../logs/judged";
import { planned } from "../planned";

describe("backups across accounts", () => {
  it("are let through, and nothing else is settled, after what they wait for", async () => {
    const stack = await planned(() => {
      const topic = new aws.sns.Topic("first");
      new CrossAccountBackups("backups", { after: [topic] });
    });
    const settings = stack.one("GlobalSettings");
    assert.deepEqual(settings.inputs, { globalSettings: { isCrossAccountBackupEnabled: "true" } });
    assert.ok(settings.dependencies.includes(stack.one("aws:sns/topic:Topic").urn));
  });

  it("pass the policies", async () => {
    assert.deepEqual(await refusals(await planned(() => new CrossAccountBackups("backups", {}))), []);
  });
});
