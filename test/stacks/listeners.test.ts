import assert from "node:assert/strict";
import { type ListenerRuleConditions, listenerPriorities } from "../../routing/priorities";
import {
  checked,
  DescriptionError,
  type EnvironmentName,
  environmentNames,
  type LandingZone,
  type Product,
  type Service,
} from "../../stacks/description";
import example from "../../stacks/landing-zone";
import { internalRules, publicRules } from "../../stacks/listener-rules";

const faultsOf = (zone: LandingZone) => {
  try {
    checked(zone);
    return [];
  } catch (error) {
    assert.ok(error instanceof DescriptionError, String(error));
    return error.faults;
  }
};

const service = (path: string, more: Partial<Service> = {}): Service => ({
  release: "1",
  port: 8443,
  path,
  ...more,
});

/** Two products of the environments' own accounts on one load balancer. */
const sharing = (
  lender: Partial<Product> & Pick<Product, "services">,
  borrower: Partial<Product> & Pick<Product, "services">,
): LandingZone => ({
  ...example,
  products: [
    { name: "lender", team: "a", costCentre: "cc-1000", dataClass: "internal", ...lender },
    {
      name: "borrower",
      team: "b",
      costCentre: "cc-1001",
      dataClass: "internal",
      loadBalancerOf: "lender",
      ...borrower,
    },
  ],
});

const hosts = (product: string, environment: EnvironmentName): string[] => [
  `${product}.${example.organization.accounts[example.environments[environment].account]?.domain}`,
  `${product}.${example.network.serviceDomain}`,
];

const priorityOf = (rule: ListenerRuleConditions) => listenerPriorities({ rule })["rule"] as number;

const word = (index: number) => `/${index.toString(26).padStart(4, "0")}`;

/** Paths of the lender and the borrower that meet in one environment and in no other. */
function meetingIn(met: EnvironmentName): { lent: string; borrowed: string } {
  const lent = word(0);
  for (let index = 1; ; index++) {
    const borrowed = word(index);
    const meets = (environment: EnvironmentName) =>
      priorityOf({ path: lent, hosts: hosts("lender", environment) }) ===
      priorityOf({ path: borrowed, hosts: hosts("borrower", environment) });
    if (environmentNames.every(environment => meets(environment) === (environment === met)))
      return { lent, borrowed };
  }
}

describe("the rules of products on one load balancer", () => {
  for (const met of environmentNames)
    it(`are refused on load where only their real names make them meet, in ${met} alone`, () => {
      const { lent, borrowed } = meetingIn(met);
      const zone = sharing({ services: { a: service(lent) } }, { services: { b: service(borrowed) } });
      const [fault, ...others] = faultsOf(zone);
      assert.deepEqual(others, []);
      assert.equal(fault?.path, "products.lender.services.a.priority");
      assert.equal(fault?.value, priorityOf({ path: lent, hosts: hosts("lender", met) }));
      assert.match(fault?.problem ?? "", /is also products\.borrower\.services\.b's; write priority: \d+ in/);

      const [product] = zone.products as [Product];
      for (const environment of environmentNames)
        if (environment === met)
          assert.throws(() => internalRules(zone, product, environment), /is also borrower\/b's/);
        else assert.doesNotThrow(() => internalRules(zone, product, environment));
    });

  it("are free again with the pin that is suggested, in every environment", () => {
    const { lent, borrowed } = meetingIn("int");
    const zone = (priority?: number) =>
      sharing(
        { services: { a: service(lent, priority === undefined ? {} : { priority }) } },
        { services: { b: service(borrowed) } },
      );
    const pin = Number(/write priority: (\d+)/.exec(faultsOf(zone())[0]?.problem ?? "")?.[1]);
    assert.deepEqual(faultsOf(zone(pin)), []);
    const pinned = checked(zone(pin));
    for (const environment of environmentNames)
      assert.equal(internalRules(pinned, pinned.products[0] as Product, environment)["a"]?.priority, pin);
  });

  it("are suggested no pin that is another rule's place in another environment", () => {
    const { lent, borrowed } = meetingIn("dev");
    const zone = (more: Product["services"]) =>
      sharing({ services: { a: service(lent) } }, { services: { b: service(borrowed), ...more } });
    const suggested = (more: Product["services"]) =>
      faultsOf(zone(more)).map(({ problem }) => Number(/write priority: (\d+)/.exec(problem)?.[1]));
    const [first = 0] = suggested({});
    let index = 1;
    while (priorityOf({ path: word(index), hosts: hosts("borrower", "prod") }) !== first) index++;
    assert.deepEqual(suggested({ c: service(word(index)) }), [first + 1]);
  });

  it("have on load the places that they have in the plan", () => {
    const zone = checked(
      sharing({ services: { a: service("/a/*") } }, { services: { a: service("/a/*"), b: service("/b") } }),
    );
    for (const environment of environmentNames)
      for (const product of zone.products)
        for (const { priority, ...rule } of Object.values(internalRules(zone, product, environment))) {
          assert.deepEqual(rule.hosts, hosts(product.name, environment));
          assert.equal(priority, priorityOf(rule));
        }
  });

  it("that meet in an environment where one of them does not live are let be", () => {
    const { lent, borrowed } = meetingIn("prod");
    const zone = (environments: EnvironmentName[]) =>
      sharing({ services: { a: service(lent) } }, { services: { b: service(borrowed) }, environments });
    assert.deepEqual(faultsOf(zone(["dev", "int"])), []);
    assert.equal(faultsOf(zone(["prod"])).length, 1);
  });

  it("are said to be wrong once, however many environments they are wrong in", () => {
    const same = { services: { a: service("/a"), b: service("/a") } };
    assert.deepEqual(
      faultsOf(sharing(same, { services: { c: service("/a") } })).map(({ path }) => path),
      ["products.lender.services.b.path"],
    );
  });

  it("are refused on load for names that are too long for a rule, where these are said", () => {
    const long = `${"a".repeat(60)}.${"b".repeat(60)}.example.com`;
    const zone = sharing(
      { services: { a: service("/a"), c: service("/c") } },
      { services: { b: service("/b") } },
    );
    const { accounts } = example.organization;
    const faults = faultsOf({
      ...zone,
      organization: {
        ...zone.organization,
        accounts: { ...accounts, dev: { ...(accounts["dev"] as (typeof accounts)[string]), domain: long } },
      },
    });
    assert.deepEqual(
      faults.filter(({ problem }) => problem.includes("at most 128")).map(({ path, value }) => [path, value]),
      ["borrower", "lender"].map(name => ["organization.accounts.dev.domain", `${name}.${long}`]),
    );
  });

  it("are refused on load where they meet on the public load balancer, which has no names", () => {
    const publicly = { public: true } as const;
    const path = word(0);
    let other = 1;
    while (priorityOf({ path: word(other) }) !== priorityOf({ path })) other++;
    const zone = sharing(
      {
        services: { a: service(path, publicly), b: service(word(other), publicly) },
        publicLoadBalancer: { allowPublic: "A shop that is open to the whole world" },
      },
      { services: { c: service("/c") } },
    );
    assert.throws(() => publicRules(zone, zone.products[0] as Product, "dev"), /is also lender\/a's/);
    assert.deepEqual(
      faultsOf(zone).map(fault => fault.path),
      ["products.lender.services.b.priority"],
    );
  });
});
