import assert from "node:assert/strict";
import { GuardrailPolicies, type GuardrailPolicy } from "../../../components/organization/guardrail-policies";
import { planned, statements } from "../planned";

const deny = (Sid: string) => ({ Sid, Effect: "Deny", Action: "s3:*", Resource: "*" }) as const;
const policy = (more: Partial<GuardrailPolicy> = {}): GuardrailPolicy => ({
  name: "landing-zone-root-1",
  type: "SERVICE_CONTROL_POLICY",
  node: "root",
  statements: [deny("Leave"), deny("Stop")],
  ...more,
});
const made = (...policies: GuardrailPolicy[]) =>
  planned(
    () => new GuardrailPolicies("guardrails", { policies, targets: { root: "r-ab12", Workloads: "ou-1" } }),
  );

describe("guardrail policies", () => {
  it("are each a policy and its attachment to one node", async () => {
    const stack = await made(
      policy(),
      policy({ name: "landing-zone-data-1", type: "RESOURCE_CONTROL_POLICY", node: "Workloads" }),
    );
    assert.deepEqual(
      stack.all("Policy").map(({ inputs }) => [inputs["name"], inputs["type"]]),
      [
        ["landing-zone-data-1", "RESOURCE_CONTROL_POLICY"],
        ["landing-zone-root-1", "SERVICE_CONTROL_POLICY"],
      ],
    );
    for (const [name, target] of [
      ["landing-zone-root-1", "r-ab12"],
      ["landing-zone-data-1", "ou-1"],
    ]) {
      const attachment = stack.one("PolicyAttachment", `guardrails-${name}`);
      assert.equal(attachment.inputs["targetId"], target);
      assert.deepEqual(stack.from(attachment, "policyId"), [`guardrails-${name}`]);
    }
  });

  it("say what they are told, and in their description which statements they have", async () => {
    const stack = await made(policy());
    const one = stack.one("Policy");
    assert.deepEqual(statements(one, "content"), [deny("Leave"), deny("Stop")]);
    assert.equal(one.inputs["description"], "Leave, Stop");
  });

  it("have no white space, which AWS would count", async () => {
    assert.doesNotMatch(String((await made(policy())).one("Policy").inputs["content"]), /\s/);
  });

  it("have a description that AWS takes, however many statements there are", async () => {
    const many = Array.from({ length: 40 }, (_, index) => deny(`AStatementWithALongName${index}`));
    const description = String(
      (await made(policy({ statements: many }))).one("Policy").inputs["description"],
    );
    assert.equal(description.length, 512);
    assert.ok(description.startsWith("AStatementWithALongName0, AStatementWithALongName1, "));
  });

  it("may be several on one node", async () => {
    const stack = await made(policy(), policy({ name: "landing-zone-root-2" }));
    assert.equal(stack.all("PolicyAttachment").length, 2);
  });

  it("refuse a node that there is not", async () => {
    await assert.rejects(
      made(policy({ node: "Sandbox" })),
      /the guardrail policy landing-zone-root-1 is for "Sandbox", which is no target/,
    );
  });
});
