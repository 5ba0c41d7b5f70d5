import assert from "node:assert/strict";
import { Guardrail } from "../../../components/organization/guardrail";
import { planned, statements } from "../planned";

const statement = {
  Sid: "Regions",
  Effect: "Deny",
  Action: ["ec2:*"],
  Resource: "*",
  Condition: { StringNotEquals: { "aws:RequestedRegion": ["eu-central-1"] } },
} as const;

describe("a guardrail", () => {
  const holdsFor: Record<string, string>[] = [{}, { root: "r-1" }, { prod: "ou-prod", dev: "ou-dev" }];
  for (const targets of holdsFor)
    it(`holds for the ${Object.keys(targets).length} it is told of, as it is written`, async () => {
      const stack = await planned(
        () => new Guardrail("regions", { description: "d", statements: [statement], targets }),
      );
      const policy = stack.one("Policy");
      assert.equal(policy.inputs["type"], "SERVICE_CONTROL_POLICY");
      assert.deepEqual(statements(policy, "content"), [statement]);
      const attached = stack.all("PolicyAttachment");
      assert.deepEqual(
        Object.fromEntries(attached.map(({ name, inputs }) => [name, inputs["targetId"]])),
        Object.fromEntries(Object.entries(targets).map(([target, id]) => [`regions-${target}`, id])),
      );
      for (const attachment of attached)
        assert.deepEqual(attachment.propertyDependencies["policyId"], [policy.urn]);
    });
});
