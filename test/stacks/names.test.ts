import assert from "node:assert/strict";
import type { Account, LandingZone } from "../../stacks/description";
import example from "../../stacks/landing-zone";
import { participantsOf, stackNamed, stacksOf, UnknownStackError, vpcAccountsIn } from "../../stacks/names";

const stacks = stacksOf(example);

describe("the stacks", () => {
  it("have unique names of the grammar", () => {
    const grammar =
      /^(organization|security|network|baseline-[a-z0-9-]+|delivery-[a-z0-9-]+|[a-z0-9-]+-(persistent|service)-(dev|int|prod))$/;
    for (const { name } of stacks) assert.match(name, grammar);
    assert.equal(new Set(stacks.map(({ name }) => name)).size, stacks.length);
  });

  it("come after the stacks they depend on", () => {
    const seen = new Set<string>();
    for (const { name, dependsOn } of stacks) {
      for (const upstream of dependsOn) assert.ok(seen.has(upstream), `${name} comes before ${upstream}`);
      seen.add(name);
    }
  });

  it("are a persistent and a service stack for every product in each of its environments", () => {
    const only = {
      ...example,
      products: [{ ...example.products[0], environments: ["int" as const] }],
    } as typeof example;
    assert.deepEqual(
      stacksOf(only).flatMap(({ name, product }) => (product ? [name] : [])),
      ["orders-persistent-int", "orders-service-int"],
    );
  });

  it("put a product with accounts of its own there", () => {
    assert.equal(stackNamed(example, "payments-service-prod").account, "payments-prod");
    assert.deepEqual(stackNamed(example, "payments-persistent-dev").dependsOn, ["baseline-payments-dev"]);
  });

  it("of an account that lives in another one's subnets come after that one's, whoever is named first", () => {
    const { accounts } = example.organization;
    const { addresses: _, ...small } = accounts["payments-dev"] as Account;
    const zone: LandingZone = {
      ...example,
      organization: {
        ...example.organization,
        accounts: { ...accounts, "a-dev": { ...small, subnetsOf: "payments-dev" } },
      },
      products: example.products.map(product =>
        product.name === "orders" ? { ...product, accounts: { dev: "a-dev" } } : product,
      ),
    };
    const order = stacksOf(zone).map(({ name }) => name);
    assert.ok(order.indexOf("baseline-payments-dev") < order.indexOf("baseline-a-dev"));
    assert.deepEqual(stackNamed(zone, "baseline-a-dev").dependsOn, ["network", "baseline-payments-dev"]);
    assert.deepEqual(stackNamed(zone, "baseline-payments-dev").dependsOn, ["network", "baseline-dev"]);
    assert.deepEqual(vpcAccountsIn(zone, "dev"), ["dev", "payments-dev"]);
    assert.deepEqual(participantsOf(zone, "dev", "payments-dev"), ["a-dev"]);
    assert.deepEqual(participantsOf(zone, "dev", "dev"), []);
  });

  it("give an unknown name the list of known ones", () => {
    assert.throws(
      () => stackNamed(example, "orders-service-test"),
      (error: unknown) => {
        assert.ok(error instanceof UnknownStackError);
        for (const { name } of stacks) assert.match(error.message, new RegExp(`^ {2}${name}$`, "m"));
        return true;
      },
    );
  });
});
