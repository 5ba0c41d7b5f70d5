/** What tasks come from and are called through. */
import assert from "node:assert/strict";
import {
  TaskSecurityGroup,
  type TaskSecurityGroupArgs,
} from "../../../components/compute/task-security-group";
import { planned } from "../planned";

describe("a task's security group", () => {
  const group = (callers?: TaskSecurityGroupArgs["callers"]) =>
    planned(() => new TaskSecurityGroup("api", { vpcId: "vpc-1", description: "Tasks", callers }));
  const shown = (property: Readonly<Record<string, unknown>>) =>
    [
      property["cidrIpv4"] ?? property["referencedSecurityGroupId"],
      property["ipProtocol"],
      property["fromPort"],
      property["toPort"],
    ] as const;

  it("lets tasks speak TLS and be called by nobody", async () => {
    const stack = await group();
    const { inputs } = stack.one("SecurityGroup");
    // Rules in the group itself would fight the ones beside it.
    assert.deepEqual([inputs["ingress"], inputs["egress"]], [undefined, undefined]);
    assert.deepEqual(stack.all("SecurityGroupIngressRule"), []);
    assert.deepEqual(
      stack.all("SecurityGroupEgressRule").map(rule => shown(rule.inputs)),
      [["0.0.0.0/0", "tcp", 443, 443]],
    );
  });

  it("opens the ports of what the tasks call, both ways out of their groups and into the others'", async () => {
    const stack = await planned(
      () =>
        new TaskSecurityGroup("api", {
          vpcId: "vpc-1",
          description: "Tasks",
          calls: {
            ledger: { securityGroupId: "sg-ledger", port: 5432 },
            cache: { securityGroupId: "sg-cache", port: 6379 },
          },
        }),
    );
    for (const [called, port] of [
      ["ledger", 5432],
      ["cache", 6379],
    ] as const) {
      const out = stack.one("SecurityGroupEgressRule", `api-to-${called}`);
      assert.deepEqual(shown(out.inputs), [`sg-${called}`, "tcp", port, port]);
      assert.deepEqual(stack.from(out, "securityGroupId"), ["api"]);
      const into = stack.one("SecurityGroupIngressRule", `api-into-${called}`);
      assert.deepEqual(shown(into.inputs), ["[unknown]", "tcp", port, port]);
      assert.equal(into.inputs["securityGroupId"], `sg-${called}`);
      assert.deepEqual(stack.from(into, "referencedSecurityGroupId"), ["api"]);
    }
    assert.equal(stack.all("SecurityGroupIngressRule").length, 2);
  });

  for (const port of [1, 443, 65_535])
    it(`opens port ${port}, and no other, between a caller and the tasks`, async () => {
      const stack = await group({ internal: { securityGroupId: "sg-caller", port } });
      const into = stack.one("SecurityGroupIngressRule");
      assert.deepEqual(shown(into.inputs), ["sg-caller", "tcp", port, port]);
      assert.deepEqual(stack.from(into, "securityGroupId"), ["api"]);
      const out = stack.one("SecurityGroupEgressRule", "api-out-of-internal");
      assert.deepEqual(shown(out.inputs), ["[unknown]", "tcp", port, port]);
      assert.equal(out.inputs["securityGroupId"], "sg-caller");
      assert.deepEqual(stack.from(out, "referencedSecurityGroupId"), ["api"]);
      assert.equal(stack.all("SecurityGroupEgressRule").length, 2);
    });
});
