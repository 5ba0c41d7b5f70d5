import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { emptySecurityGroup } from "../../../components/network/empty-security-group";
import { planned } from "../planned";

describe("an empty security group", () => {
  it("is in the VPC, below who asks for it, and has no rule", async () => {
    const stack = await planned(() => {
      const parent = new pulumi.ComponentResource("test:index:Parent", "orders");
      emptySecurityGroup(parent, "orders", "vpc-1", "The cache orders");
    });
    const group = stack.one("SecurityGroup");
    assert.deepEqual(group.inputs, {
      vpcId: "vpc-1",
      description: "The cache orders",
      tags: { Name: "orders" },
    });
    assert.equal(stack.top(group).type, "test:index:Parent");
    assert.deepEqual(
      stack.resources.filter(({ type }) => /Rule$/.test(type)),
      [],
    );
  });
});
