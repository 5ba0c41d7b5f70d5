import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Budgets, type BudgetsArgs } from "../../../components/cost/budgets";
import { planned } from "../planned";

const args: BudgetsArgs = {
  accounts: {
    dev: { id: "222233334444", monthlyUsd: 500 },
    prod: { id: "333344445555", monthlyUsd: 2000.5 },
  },
  products: { orders: { monthlyUsd: 800 } },
  notify: ["a@example.com", "b@example.com"],
};
const plan = (more: Partial<BudgetsArgs> = {}, name = "spending") =>
  planned(() => new Budgets(name, { ...args, ...more }));

describe("budgets", () => {
  it("are one an account and one a product", async () => {
    const names = (await plan()).all("Budget").map(({ name }) => name);
    assert.deepEqual(names.sort(), [
      "spending-account-dev",
      "spending-account-prod",
      "spending-product-orders",
    ]);
  });

  it("are of US dollars a month, without what credits and refunds take off", async () => {
    const { inputs } = (await plan()).one("Budget", "spending-account-prod");
    const { costFilters, notifications, ...rest } = inputs;
    assert.ok(costFilters && notifications);
    assert.deepEqual(rest, {
      name: "spending-account-prod",
      budgetType: "COST",
      timeUnit: "MONTHLY",
      limitAmount: "2000.5",
      limitUnit: "USD",
      costTypes: { includeCredit: false, includeRefund: false },
    });
  });

  it("count an account by its number and a product by its tag", async () => {
    const stack = await plan();
    assert.deepEqual(stack.one("Budget", "spending-account-dev").inputs["costFilters"], [
      { name: "LinkedAccount", values: ["222233334444"] },
    ]);
    const product = stack.one("Budget", "spending-product-orders").inputs;
    assert.deepEqual(product["costFilters"], [{ name: "TagKeyValue", values: ["user:product$orders"] }]);
    assert.equal(product["limitAmount"], "800");
  });

  it("take an account that is made in the same deployment", async () => {
    const stack = await plan({ accounts: { dev: { id: pulumi.output("222233334444"), monthlyUsd: 1 } } });
    assert.deepEqual(stack.one("Budget", "spending-account-dev").inputs["costFilters"], [
      { name: "LinkedAccount", values: ["222233334444"] },
    ]);
  });

  it("tell everyone at 80 and 100 % spent and at 100 % forecast", async () => {
    const common = {
      comparisonOperator: "GREATER_THAN",
      thresholdType: "PERCENTAGE",
      subscriberEmailAddresses: ["a@example.com", "b@example.com"],
    };
    for (const { inputs } of (await plan()).all("Budget"))
      assert.deepEqual(inputs["notifications"], [
        { ...common, notificationType: "ACTUAL", threshold: 80 },
        { ...common, notificationType: "ACTUAL", threshold: 100 },
        { ...common, notificationType: "FORECASTED", threshold: 100 },
      ]);
  });

  it("tell an account from a product of the same name", async () => {
    const stack = await plan({ products: { dev: { monthlyUsd: 1 } } });
    assert.notEqual(
      stack.one("Budget", "spending-account-dev").urn,
      stack.one("Budget", "spending-product-dev").urn,
    );
  });

  it("fit into a stack twice, under other names in AWS", async () => {
    const stack = await planned(() => {
      for (const name of ["a", "b"]) new Budgets(name, args);
    });
    const names = stack.all("Budget").map(({ inputs }) => inputs["name"]);
    assert.equal(new Set(names).size, 6);
  });

  it("take ten addresses and are refused with more, with none or with one twice", async () => {
    const addresses = (many: number) => Array.from({ length: many }, (_, index) => `a${index}@example.com`);
    await plan({ notify: addresses(10) });
    await assert.rejects(plan({ notify: addresses(11) }), /notify has 11 addresses; AWS takes 10/);
    await assert.rejects(plan({ notify: [] }), /notify is empty/);
    await assert.rejects(plan({ notify: ["a@b.c", "a@b.c"] }), /notify has a@b\.c twice/);
  });

  it("are refused for nothing, and for less", async () => {
    for (const monthlyUsd of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      await assert.rejects(
        plan({ products: { orders: { monthlyUsd } } }),
        /product-orders is .* above 0 USD/,
      );
      await assert.rejects(
        plan({ accounts: { dev: { id: "1", monthlyUsd } } }),
        /account-dev is .* above 0 USD/,
      );
    }
  });

  it("are refused under names that AWS does not take", async () => {
    const product = (name: string) => plan({ products: { [name]: { monthlyUsd: 1 } } });
    await product("x".repeat(100 - "spending-product-".length));
    for (const name of ["x".repeat(101 - "spending-product-".length), "a:b", "a\\b", "a/action/b"])
      await assert.rejects(product(name), /cannot be a budget's name/);
  });
});
