import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ResourceGroups, type ResourceGroupsArgs } from "../../../components/account/resource-groups";
import { refusals } from "../logs/judged";
import { planned } from "../planned";

const groups = (args: ResourceGroupsArgs) => planned(() => new ResourceGroups("account", args));

async function found(args: ResourceGroupsArgs) {
  return Object.fromEntries(
    (await groups(args)).all("Group").map(({ inputs }) => {
      const { query, type } = inputs["resourceQuery"] as { query: string; type: string };
      assert.equal(type, "TAG_FILTERS_1_0");
      const { ResourceTypeFilters, TagFilters } = JSON.parse(query);
      assert.deepEqual(ResourceTypeFilters, ["AWS::AllSupported"]);
      return [inputs["name"], TagFilters];
    }),
  );
}

describe("resource groups", () => {
  it("are one for each product, and one for the platform, by their tag", async () => {
    assert.deepEqual(await found({ products: ["orders", "payments"] }), {
      "product-orders": [{ Key: "product", Values: ["orders"] }],
      "product-payments": [{ Key: "product", Values: ["payments"] }],
      platform: [{ Key: "product", Values: ["landing-zone"] }],
    });
  });

  it("are the platform's alone where there is no product, by the tag that it is told", async () => {
    assert.deepEqual(await found({ products: [], platform: "foundation" }), {
      platform: [{ Key: "product", Values: ["foundation"] }],
    });
  });

  it("have names and descriptions that AWS takes, for a product called platform or aws, too", async () => {
    const stack = await groups({ products: ["platform", "aws", "a_b.c-d"] });
    assert.equal(new Set(stack.all("Group").map(({ inputs }) => inputs["name"])).size, 4);
    for (const { inputs } of stack.all("Group")) {
      assert.match(String(inputs["name"]), /^(?!aws)[\w.-]{1,300}$/i);
      assert.match(String(inputs["description"]), /^[\sa-zA-Z0-9_.-]{1,1024}$/);
    }
  });

  it("say where they are, are there twice in a stack, and are as the policy pack wants them", async () => {
    const stack = await planned(() => {
      for (const name of ["one", "two"]) {
        const { groupArns } = new ResourceGroups(name, { products: ["orders"] });
        assert.deepEqual(Object.keys(groupArns), ["orders", "landing-zone"]);
        assert.ok(Object.values(groupArns).every(arn => pulumi.Output.isInstance(arn)));
      }
    });
    assert.equal(stack.all("Group").length, 4);
    assert.deepEqual(await refusals(stack), []);
  });

  it("refuse a product twice, the platform's name, and what AWS refuses", async () => {
    await assert.rejects(groups({ products: ["orders", "orders"] }), /orders is there twice/);
    await assert.rejects(groups({ products: ["landing-zone"] }), /landing-zone is there twice/);
    for (const product of ["", "a b", "a/b", "a".repeat(257)])
      await assert.rejects(groups({ products: [product] }), /is no product/, product);
  });
});
