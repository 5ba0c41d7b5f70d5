import assert from "node:assert/strict";
import { CostAllocation, type CostAllocationArgs } from "../../../components/cost/cost-allocation";
import { planned } from "../planned";

const args: CostAllocationArgs = {
  tagKeys: ["team", "product", "cost-centre"],
  teams: ["checkout", "platform"],
  products: ["orders"],
};
const plan = (more: Partial<CostAllocationArgs> = {}) =>
  planned(() => new CostAllocation("c", { ...args, ...more }));

describe("the allocation of costs", () => {
  it("activates each tag that it is told of", async () => {
    const tags = (await plan()).all("CostAllocationTag");
    assert.deepEqual(Object.fromEntries(tags.map(({ name, inputs }) => [name, inputs])), {
      "c-team": { tagKey: "team", status: "Active" },
      "c-product": { tagKey: "product", status: "Active" },
      "c-cost-centre": { tagKey: "cost-centre", status: "Active" },
    });
  });

  it("puts costs to teams by their tag, in the order given, and the rest to nobody", async () => {
    const rule = (value: string) => ({
      type: "REGULAR",
      value,
      rule: { tags: { key: "team", values: [value], matchOptions: ["EQUALS"] } },
    });
    assert.deepEqual((await plan()).one("CostCategory", "c-team").inputs, {
      name: "Team",
      ruleVersion: "CostCategoryExpression.v1",
      defaultValue: "unassigned",
      rules: [rule("checkout"), rule("platform")],
    });
  });

  it("puts costs to products by theirs", async () => {
    assert.deepEqual((await plan()).one("CostCategory", "c-product").inputs, {
      name: "Product",
      ruleVersion: "CostCategoryExpression.v1",
      defaultValue: "unassigned",
      rules: [
        {
          type: "REGULAR",
          value: "orders",
          rule: { tags: { key: "product", values: ["orders"], matchOptions: ["EQUALS"] } },
        },
      ],
    });
  });

  it("starts with nothing in a new organization", async () => {
    const stack = await plan({ tagKeys: [], teams: [], products: [] });
    assert.deepEqual(stack.all("CostAllocationTag"), []);
    assert.deepEqual(stack.all("CostCategory"), []);
    assert.equal((await plan({ teams: [] })).one("CostCategory").name, "c-product");
  });

  it("fits into a stack twice", async () => {
    const stack = await planned(() => [new CostAllocation("a", args), new CostAllocation("b", args)]);
    assert.equal(stack.all("CostAllocationTag").length, 6);
    assert.equal(stack.all("CostCategory").length, 4);
  });

  it("is refused with keys that come twice or are AWS's", async () => {
    await assert.rejects(plan({ tagKeys: ["team", "team"] }), /tagKeys has team twice/);
    await assert.rejects(plan({ tagKeys: ["aws:createdBy"] }), /aws:createdBy is a key of AWS's/);
  });

  it("is refused with values that come twice, are too many, or that no category takes", async () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => `p${index}`);
    await plan({ products: [...many(499), "x".repeat(50)] });
    await assert.rejects(plan({ products: many(501) }), /products has 501 values; AWS takes 500/);
    await assert.rejects(plan({ teams: ["a", "a"] }), /teams has a twice/);
    await assert.rejects(plan({ teams: ["unassigned"] }), /teams has unassigned/);
    for (const value of ["", " a", "a b", "a/b", "x".repeat(51)])
      await assert.rejects(plan({ products: [value] }), /cannot be a category's value/);
  });
});
