/** Two products on one load balancer, planned as the description would have them. */
import assert from "node:assert/strict";
import type { Plan } from "../../cli/planner";
import { checked } from "../../stacks/description";
import example from "../../stacks/landing-zone";
import { stacksOf } from "../../stacks/names";
import { planOf, refusalsOf } from "./plan-of";

describe("a product on another one's load balancer", () => {
  const zone = checked({
    ...example,
    // The borrower is named before its lender, and comes after it all the same.
    products: example.products
      .filter(({ name }) => name === "orders" || name === "shop")
      .map(product => (product.name === "orders" ? { ...product, loadBalancerOf: "shop" } : product)),
  });
  let plan: Plan;
  before(async () => {
    plan = await planOf(zone);
  });
  const all = (stack: string, type: string) =>
    (plan.stacks.find(({ name }) => name === stack)?.resources ?? []).filter(
      ({ type: its, custom }) => custom && its.split(":").at(-1) === type,
    );

  it("is refused by no policy", () => assert.deepEqual(refusalsOf(plan), []));

  it("comes after it", () => {
    const names = stacksOf(zone).map(({ name }) => name);
    assert.ok(names.indexOf("shop-persistent-dev") < names.indexOf("orders-persistent-dev"));
    const { dependsOn } = stacksOf(zone).find(({ name }) => name === "orders-persistent-dev") ?? {};
    assert.deepEqual(dependsOn, ["baseline-dev", "shop-persistent-dev"]);
  });

  it("has a name and a certificate there, and no load balancer of its own", () => {
    assert.deepEqual(all("orders-persistent-dev", "LoadBalancer"), []);
    assert.deepEqual(
      all("orders-persistent-dev", "Certificate").map(({ inputs }) => inputs["domainName"]),
      ["orders.dev.example.com"],
    );
    // One for the listener, and one for that where releases are tried.
    assert.equal(all("orders-persistent-dev", "ListenerCertificate").length, 2);
  });

  it("answers to its own names alone, and so does the lender, each rule at a place of its own", () => {
    const hosts = (stack: string) =>
      all(stack, "ListenerRule").map(({ inputs }) => {
        const conditions = inputs["conditions"] as { hostHeader?: { values: string[] } }[];
        return conditions.flatMap(({ hostHeader }) => hostHeader?.values ?? []);
      });
    for (const product of ["orders", "shop"])
      for (const named of hosts(`${product}-service-dev`))
        assert.deepEqual(named, [`${product}.dev.example.com`, `${product}.example.services`]);
    const priorities = ["orders", "shop"].flatMap(product =>
      all(`${product}-service-dev`, "ListenerRule")
        .filter(({ name }) => !name.endsWith("-test"))
        .map(({ inputs }) => inputs["priority"]),
    );
    assert.equal(priorities.length, 6);
    assert.equal(new Set(priorities).size, 6);
  });
});
