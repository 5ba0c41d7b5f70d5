/** Products that call each other by PrivateLink, and services that are called without a load balancer. */
import assert from "node:assert/strict";
import type { Plan, PlannedResource } from "../../cli/planner";
import { readDocument } from "../../iam/document";
import { evaluate } from "../../iam/evaluate";
import { decide, networkOf, partiesOf } from "../../reach";
import { checked, environmentNames, type LandingZone, type Product } from "../../stacks/description";
import example from "../../stacks/landing-zone";
import { stacksOf } from "../../stacks/names";
import { planOf, refusalsOf, stacksWithIds } from "./plan-of";

type Changes = Readonly<Record<string, (product: Product) => Product>>;

/** As though it had not yet said whom it is offered to, and whom it is called by. */
const quiet = ({ offersTo: _, services = {}, ...product }: Product): Product => ({
  ...product,
  services: Object.fromEntries(
    Object.entries(services).map(([name, { calledBy: _, ...service }]) => [name, service]),
  ),
});

/** Without a private NAT, tasks in dev have no way to other accounts: the route domains let nobody through. */
const withProducts = (changes: Changes): LandingZone =>
  checked({
    ...example,
    environments: {
      ...example.environments,
      dev: { ...example.environments.dev, network: { profile: "economy" } },
    },
    products: example.products
      .filter(({ name }) => name in changes)
      .map(product => changes[product.name]?.(quiet(product))),
  });

const number = (name: string) => example.organization.ids.accounts[name] ?? "";

/** Of one stack. */
const resourcesOf = (plan: Plan, stack: string) => {
  const resources = plan.stacks.find(({ name }) => name === stack)?.resources ?? [];
  const all = (type: string) =>
    resources.filter(({ type: its, custom }) => custom && its.split(":").at(-1) === type);
  const one = (type: string, name?: string): PlannedResource => {
    const found = all(type).filter(its => name === undefined || its.name === name);
    assert.equal(found.length, 1, `${type} ${name ?? ""} in ${stack}`);
    return found[0] as PlannedResource;
  };
  return { all, one };
};

interface Settings {
  readonly variables: Record<string, string>;
}

/** The settings of a container or function. */
const settingsOf = (plan: Plan, stack: string, workload: string): Record<string, string> => {
  const [lambda] = resourcesOf(plan, stack).all("Function");
  if (lambda?.name === workload) return (lambda.inputs["environment"] as unknown as Settings).variables;
  const { inputs } = resourcesOf(plan, stack).one("TaskDefinition", workload);
  const [{ environment }] = JSON.parse(String(inputs["containerDefinitions"]));
  return Object.fromEntries(environment.map(({ name, value }: Record<string, string>) => [name, value]));
};

const reachIn = async (zone: LandingZone) => {
  const network = networkOf(await stacksWithIds(zone));
  const parties = partiesOf(network);
  return (from: string, to: string) => {
    const [source, target] = [parties.get(from), parties.get(to)];
    assert.ok(source && target, `${from} or ${to} is nobody`);
    const answer = decide(network, source, target);
    return answer.reaches === true ? (answer.by ?? "route") : answer.reaches;
  };
};

describe("products that are offered to others", () => {
  const same = (product: Product): Product => product;
  // Each to the other, and to two of one account.
  const offering: Changes = {
    orders: product => ({ ...product, offersTo: ["payments"] }),
    payments: product => ({ ...product, offersTo: ["orders", "shop"] }),
    shop: same,
    statements: same,
  };
  const zone = withProducts(offering);
  let plan: Plan;
  before(async () => {
    plan = await planOf(zone);
  });

  it("are refused by no policy", () => assert.deepEqual(refusalsOf(plan), []));

  it("wait for nobody: only who calls comes after what it calls", () => {
    const stacks = new Map(stacksOf(zone).map(({ name, dependsOn }) => [name, dependsOn]));
    assert.deepEqual(stacks.get("payments-persistent-dev"), ["baseline-payments-dev"]);
    assert.deepEqual(stacks.get("orders-persistent-dev"), ["baseline-dev"]);
    assert.deepEqual(stacks.get("orders-service-dev"), ["orders-persistent-dev", "payments-persistent-dev"]);
    assert.deepEqual(stacks.get("payments-service-dev"), [
      "payments-persistent-dev",
      "orders-persistent-dev",
    ]);
    assert.deepEqual(stacks.get("statements-service-dev"), ["statements-persistent-dev"]);
  });

  for (const environment of environmentNames) {
    it(`are offered in ${environment} to their consumers' accounts and no other`, () => {
      for (const [provider, consumer] of [
        ["payments", environment],
        ["orders", `payments-${environment}`],
      ] as const) {
        const stack = resourcesOf(plan, `${provider}-persistent-${environment}`);
        const { inputs, propertyDependencies } = stack.one("VpcEndpointService");
        assert.deepEqual(inputs["allowedPrincipals"], [`arn:aws:iam::${number(consumer)}:root`]);
        assert.equal(inputs["acceptanceRequired"], true);
        assert.equal(inputs["privateDnsName"], undefined);
        const balancer = stack.one("LoadBalancer", `${provider}-link`);
        assert.deepEqual(propertyDependencies["networkLoadBalancerArns"], [balancer.urn]);
        assert.deepEqual(
          [balancer.inputs["internal"], balancer.inputs["loadBalancerType"]],
          [true, "network"],
        );
      }
      assert.deepEqual(resourcesOf(plan, `shop-persistent-${environment}`).all("VpcEndpointService"), []);
    });

    it(`are called in ${environment} by their consumers' tasks alone, by a name of the consumer's own`, () => {
      for (const [provider, consumer, account, owner] of [
        ["payments", "orders", environment, `payments-${environment}`],
        ["payments", "shop", environment, `payments-${environment}`],
        ["orders", "payments", `payments-${environment}`, environment],
      ] as const) {
        const stack = resourcesOf(plan, `${consumer}-service-${environment}`);
        const endpoint = stack.one("VpcEndpoint");
        assert.equal(endpoint.account, number(account));
        assert.equal(stack.one("VpcEndpointConnectionAccepter").account, number(owner));
        assert.deepEqual(stack.all("EndpointPrivateDns"), []);
        const group = stack.one("SecurityGroup", `${provider}-link`);
        assert.deepEqual(endpoint.propertyDependencies["securityGroupIds"], [group.urn]);
        const admitted = stack
          .all("SecurityGroupIngressRule")
          .filter(({ propertyDependencies }) => propertyDependencies["securityGroupId"]?.includes(group.urn));
        const product = zone.products.find(({ name }) => name === consumer);
        const workloads = Object.keys({ ...product?.services, ...product?.jobs, ...product?.functions });
        assert.deepEqual(
          admitted.map(({ name }) => name).sort(),
          workloads.map(workload => `${workload}-into-${provider}-for-${consumer}`).sort(),
        );
        for (const { inputs } of admitted)
          assert.deepEqual([inputs["cidrIpv4"], inputs["fromPort"], inputs["toPort"]], [undefined, 443, 443]);
        const record = stack.one("Record");
        assert.equal(record.account, number(environment));
        assert.equal(record.inputs["name"], `${provider}-for-${consumer}.example.services`);
        for (const workload of workloads)
          assert.equal(
            settingsOf(plan, `${consumer}-service-${environment}`, workload)[`${provider.toUpperCase()}_URL`],
            `https://${provider}-for-${consumer}.example.services`,
          );
      }
      assert.deepEqual(resourcesOf(plan, `statements-service-${environment}`).all("VpcEndpoint"), []);
    });

    it(`have connections accepted in ${environment} by a role for that alone, which their consumers take`, () => {
      for (const [account, consumer] of [
        [`payments-${environment}`, environment],
        [environment, `payments-${environment}`],
      ] as const) {
        const baseline = resourcesOf(plan, `baseline-${account}`);
        const { inputs } = baseline.one("Role", "links");
        const trust = readDocument(inputs["assumeRolePolicy"]);
        const arn = `arn:aws:iam::${number(account)}:role/landing-zone-links`;
        const mayTake = (name: string, role: string) =>
          evaluate(
            {
              principal: {
                kind: "role",
                arn: `arn:aws:iam::${number(name)}:role/${role}`,
                account: number(name),
                sessionName: "landing-zone",
              },
              action: "sts:AssumeRole",
              resource: arn,
              context: {},
            },
            {
              identity: [
                readDocument({
                  Version: "2012-10-17",
                  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" }],
                }),
              ],
              resource: trust,
            },
          ).outcome;
        assert.equal(mayTake(consumer, "landing-zone-deploy"), "allowed");
        assert.equal(mayTake(consumer, "product/orders-api-task"), "denied");
        assert.equal(
          mayTake("payments-prod" === consumer ? "int" : "payments-prod", "landing-zone-deploy"),
          "denied",
        );
        const { Statement } = JSON.parse(String(baseline.one("RolePolicy", "links").inputs["policy"]));
        assert.deepEqual(
          Statement.flatMap((statement: { Action: string | string[] }) => statement.Action),
          [
            "ec2:AcceptVpcEndpointConnections",
            "ec2:RejectVpcEndpointConnections",
            "ec2:DescribeVpcEndpointConnections",
          ],
        );
        const deploy = resourcesOf(plan, `delivery-${consumer}`).all("Policy");
        assert.ok(deploy.some(its => String(its.inputs["policy"]).includes(`"${arn}"`)));
      }
    });
  }

  it("are reached by their consumers where routes lead nobody, and by nobody else", async () => {
    const apart = await reachIn(
      withProducts(Object.fromEntries(Object.keys(offering).map(name => [name, same]))),
    );
    for (const [from, to] of [
      ["orders-dev/api", "payments-dev/lb"],
      ["shop-dev/web", "payments-dev/lb"],
      ["payments-dev/api", "orders-dev/lb"],
    ] as const)
      assert.equal(apart(from, to), false, `${from} to ${to}`);
    const joined = await reachIn(zone);
    for (const [from, to, expected] of [
      ["orders-dev/api", "payments-dev/payments-link", "PrivateLink"],
      ["orders-dev/api", "payments-dev/payments", "NLB"],
      ["shop-dev/web", "payments-dev/payments", "NLB"],
      ["payments-dev/capture", "orders-dev/orders", "NLB"],
      ["payments-dev/payments", "payments-dev/api", "route"],
      // Products that live beside a consumer, or are offered something themselves, get nowhere by another's endpoint.
      ["statements-dev/delivery", "payments-dev/payments", false],
      ["statements-dev/delivery", "orders-dev/payments-link", false],
      ["shop-dev/web", "orders-dev/payments-link", false],
      ["payments-dev/api", "shop-dev/lb", false],
      ["orders-dev/api", "payments-dev/api", false],
      ["orders-int/api", "payments-dev/payments", false],
      ["internet", "payments-dev/payments-link", false],
    ] as const)
      assert.equal(joined(from, to), expected, `${from} to ${to}`);
  });
});

describe("a product that lives apart in one environment alone", () => {
  it("is linked there, and called by its usual name elsewhere", async () => {
    const zone = withProducts({
      payments: product => ({ ...product, accounts: { prod: "payments-prod" }, offersTo: ["orders"] }),
      orders: product => product,
    });
    const plan = await planOf(zone);
    assert.deepEqual(refusalsOf(plan), []);
    for (const [environment, url, endpoints] of [
      ["dev", "https://payments.example.services", 0],
      ["int", "https://payments.example.services", 0],
      ["prod", "https://payments-for-orders.example.services", 1],
    ] as const) {
      const stack = `orders-service-${environment}`;
      assert.equal(settingsOf(plan, stack, "api")["PAYMENTS_URL"], url);
      assert.equal(resourcesOf(plan, stack).all("VpcEndpoint").length, endpoints);
      const offered = resourcesOf(plan, `payments-persistent-${environment}`).all("VpcEndpointService");
      assert.equal(offered.length, endpoints);
    }
    assert.deepEqual(
      plan.stacks
        .filter(({ resources }) => resources.some(({ inputs }) => inputs["name"] === "landing-zone-links"))
        .map(({ name }) => name),
      ["baseline-payments-prod"],
    );
  });
});

describe("services that are called directly", () => {
  const zone = withProducts({
    orders: ({ services, ...product }) => ({
      ...product,
      services: {
        ...services,
        api: { ...services?.["api"], release: "1", calledBy: ["fulfilment", "stock"] },
        // Behind no load balancer, and they call each other.
        stock: { release: "1", port: 9443, calledBy: ["api", "count"] },
      },
      jobs: { count: { release: "1", schedule: "rate(1 day)" } },
    }),
    statements: product => product,
  });
  let plan: Plan;
  before(async () => {
    plan = await planOf(zone);
  });

  const service = () => resourcesOf(plan, "orders-service-dev");

  it("are refused by no policy", () => assert.deepEqual(refusalsOf(plan), []));

  it("are found in a namespace of the product's VPC, below the account's domain", () => {
    const { inputs } = resourcesOf(plan, "orders-persistent-dev").one("PrivateDnsNamespace");
    assert.equal(inputs["name"], "orders.tasks.dev.example.com");
    assert.deepEqual(resourcesOf(plan, "statements-persistent-dev").all("PrivateDnsNamespace"), []);
    const registered = service()
      .all("Service")
      .filter(({ type }) => type.startsWith("aws:servicediscovery"));
    assert.deepEqual(
      registered.map(its => [its.inputs["name"], its.inputs["healthCheckCustomConfig"]]).sort(),
      [
        ["api", { failureThreshold: 1 }],
        ["stock", { failureThreshold: 1 }],
      ],
    );
    const running = service()
      .all("Service")
      .filter(({ type }) => type.startsWith("aws:ecs"));
    for (const { name, inputs: its } of running)
      assert.equal(its["serviceRegistries"] !== undefined, name === "api" || name === "stock", name);
  });

  it("are told to their callers, and to nobody else", () => {
    const told = (workload: string) =>
      Object.entries(settingsOf(plan, "orders-service-dev", workload)).filter(([, value]) =>
        value.includes(".tasks."),
      );
    const api = ["API_URL", "https://api.orders.tasks.dev.example.com:8443"];
    const stock = ["STOCK_URL", "https://stock.orders.tasks.dev.example.com:9443"];
    for (const [workload, expected] of [
      ["fulfilment", [api]],
      ["stock", [api]],
      ["api", [stock]],
      ["count", [stock]],
      ["returns", []],
    ] as const)
      assert.deepEqual(told(workload), expected, workload);
  });

  it("let exactly their callers' tasks in, by their port", () => {
    const { all, one } = service();
    const groups = new Map(all("SecurityGroup").map(({ urn, name }) => [urn, name]));
    const nameOf = (rule: PlannedResource, property: string) =>
      groups.get(rule.propertyDependencies[property]?.[0] ?? "");
    const between = (type: string) =>
      all(type).flatMap(rule => {
        const [owner, other] = ["securityGroupId", "referencedSecurityGroupId"].map(key => nameOf(rule, key));
        return owner === undefined || other === undefined ? [] : [[owner, other, rule.inputs["fromPort"]]];
      });
    const calls = [
      ["api", "stock", 9443],
      ["count", "stock", 9443],
      ["fulfilment", "api", 8443],
      ["stock", "api", 8443],
    ];
    assert.deepEqual(between("SecurityGroupEgressRule").sort(), calls);
    assert.deepEqual(
      between("SecurityGroupIngressRule").sort(),
      calls.map(([caller, called, port]) => [called, caller, port]).sort(),
    );
    assert.ok(one("SecurityGroup", "stock"));
  });

  it("are called by their load balancer and declared callers alone", async () => {
    const reach = await reachIn(zone);
    for (const [from, to, expected] of [
      ["orders-dev/lb", "orders-dev/api", "route"],
      ["orders-dev/fulfilment", "orders-dev/api", "route"],
      ["orders-dev/stock", "orders-dev/api", "route"],
      ["orders-dev/api", "orders-dev/stock", "route"],
      ["orders-dev/count", "orders-dev/stock", "route"],
      ["orders-dev/returns", "orders-dev/api", false],
      ["orders-dev/fulfilment", "orders-dev/stock", false],
      ["orders-dev/lb", "orders-dev/stock", false],
      ["orders-dev/api", "orders-dev/fulfilment", false],
      ["statements-dev/delivery", "orders-dev/api", false],
      ["statements-dev/delivery", "orders-dev/stock", false],
      ["internet", "orders-dev/stock", false],
    ] as const)
      assert.equal(reach(from, to), expected, `${from} to ${to}`);
  });
});
