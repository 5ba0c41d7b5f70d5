import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { Savings } from "../../../components/cost/savings";
import { planned } from "../planned";

describe("savings", () => {
  it("are looked for in all accounts, once the organization trusts who looks, and told after discounts", async () => {
    const stack = await planned(() => {
      const organization = new aws.sns.Topic("organization");
      new Savings("savings", { after: [organization] });
    });
    const [optimizer, hub, preferences] = [
      stack.one("aws:computeoptimizer/enrollmentStatus:EnrollmentStatus"),
      stack.one("aws:costoptimizationhub/enrollmentStatus:EnrollmentStatus"),
      stack.one("Preferences"),
    ];
    assert.deepEqual(optimizer?.inputs, { status: "Active", includeMemberAccounts: true });
    assert.deepEqual(hub?.inputs, { includeMemberAccounts: true });
    assert.deepEqual(preferences?.inputs, {
      savingsEstimationMode: "AfterDiscounts",
      memberAccountDiscountVisibility: "None",
    });
    assert.deepEqual(optimizer?.dependencies, [stack.one("aws:sns/topic:Topic").urn]);
    assert.deepEqual(hub?.dependencies, [optimizer?.urn]);
    assert.deepEqual(preferences?.dependencies, [hub?.urn]);
  });
});
