/** Accounts that live in the subnets of another one, planned as the description would have them. */
import assert from "node:assert/strict";
import type { Plan } from "../../cli/planner";
import { decide, networkOf, partiesOf } from "../../reach";
import { type Account, checked, type LandingZone, type Product } from "../../stacks/description";
import example from "../../stacks/landing-zone";
import { planOf, refusalsOf, stacksWithIds } from "./plan-of";

const { organization } = example;

/** Without names of their own in the VPC, which only its owner makes. */
const callingNobody = ({ services = {} }: Product): Product["services"] =>
  Object.fromEntries(Object.entries(services).map(([name, { calledBy: _, ...service }]) => [name, service]));

describe("small accounts in another one's subnets", () => {
  const number = (zone: LandingZone, name: string) => zone.organization.ids.accounts[name] ?? "";
  const { addresses: _, ...small } = organization.accounts["payments-dev"] as Account;
  // One in the environment's own VPC, and one in that of an account that a later product names.
  const zone = checked({
    ...example,
    organization: {
      ...organization,
      ids: {
        ...organization.ids,
        accounts: { ...organization.ids.accounts, "orders-int": "010101010101" },
      },
      accounts: {
        ...organization.accounts,
        "payments-dev": { ...small, subnetsOf: "dev" },
        "orders-int": {
          ...small,
          email: "aws+orders-int@example.com",
          unit: "Workloads/int",
          domain: "orders-int.example.com",
          subnetsOf: "payments-int",
        },
      },
    },
    products: example.products.map(product =>
      product.name === "orders"
        ? { ...product, accounts: { int: "orders-int" }, services: callingNobody(product) }
        : product,
    ),
  });
  const pairs = [
    ["payments-dev", "dev", "dev"],
    ["orders-int", "payments-int", "int"],
  ] as const;
  let plan: Plan;
  before(async () => {
    plan = await planOf(zone);
  });

  const resources = (stack: string) => plan.stacks.find(({ name }) => name === stack)?.resources ?? [];
  const all = (stack: string, type: string) =>
    resources(stack).filter(({ type: its, custom }) => custom && its.split(":").at(-1) === type);

  it("are refused by no policy", () => assert.deepEqual(refusalsOf(plan), []));

  it("read what their owner's baseline says, which comes first", () => {
    const order = plan.stacks.map(({ name }) => name);
    for (const [participant, owner] of pairs) {
      const stack = plan.stacks.find(({ name }) => name === `baseline-${participant}`);
      assert.deepEqual(stack?.references, [`baseline-${owner}`, "network"].sort());
      assert.ok(order.indexOf(`baseline-${owner}`) < order.indexOf(`baseline-${participant}`));
    }
  });

  it("have nothing of a network of their own", () => {
    for (const [participant] of pairs) {
      const network = resources(`baseline-${participant}`).filter(
        ({ type, custom }) =>
          custom &&
          (/^aws:(ec2transitgateway|ram|route53\/(resolver|profiles|zoneAssociation|vpcAssociation))/.test(
            type,
          ) ||
            /^aws:ec2\/(vpc|subnet|routeTable|route|natGateway|internetGateway|eip|flowLog|vpcEndpoint)[A-Z:]/.test(
              type,
            )),
      );
      assert.deepEqual(
        network.map(({ type, name }) => `${type} ${name}`),
        [],
      );
      assert.ok(!resources(`baseline-${participant}`).some(({ name }) => name === "network-subnets/ingress"));
    }
  });

  it("get the subnets that products live in, and no gateway's", () => {
    for (const [participant, owner] of pairs) {
      assert.deepEqual(
        all(`baseline-${owner}`, "ResourceAssociation").map(({ name }) => name),
        ["data", "outbound", "private"].flatMap(role =>
          ["a", "b", "c"].map(its => `${owner}-${role}-${its}`),
        ),
      );
      assert.deepEqual(
        all(`baseline-${owner}`, "PrincipalAssociation").map(({ inputs }) => inputs["principal"]),
        [number(zone, participant)],
      );
    }
    assert.deepEqual(all("baseline-int", "ResourceShare"), []);
  });

  it("have their private zone in the owner's account, and a role there for its names alone", () => {
    for (const [participant, owner, environment] of pairs) {
      const domain = `${participant}.example.com`;
      const [open, inside] = ["public", "private"].map(kind =>
        resources(`baseline-${participant}`).find(({ name }) => name === `${domain}-${kind}`),
      );
      assert.equal(open?.account, number(zone, participant));
      assert.equal(inside?.account, number(zone, owner));
      const [role] = all(`baseline-${participant}`, "Role").filter(({ name }) => name === "names");
      assert.deepEqual(
        [role?.account, role?.inputs["name"]],
        [number(zone, owner), `landing-zone-names-${participant}`],
      );
      assert.match(
        String(role?.inputs["assumeRolePolicy"]),
        new RegExp(`arn:aws:iam::${number(zone, participant)}:role/landing-zone-deploy`),
      );
      const [permissions] = all(`baseline-${participant}`, "RolePolicy").filter(
        ({ name }) => name === "names",
      );
      assert.match(String(permissions?.inputs["policy"]), new RegExp(`"\\*\\.${domain}"`));
      // The environment's role, for names of services, is as it was.
      const [home] = all(`baseline-${environment}`, "Role").filter(({ name }) => name === "names");
      assert.equal(home?.inputs["name"], "landing-zone-names");
    }
  });

  it("give their products' names by that role, and may make security groups in the owner's VPC", () => {
    for (const [participant, owner, environment] of pairs) {
      const product = participant.split("-")[0] ?? "";
      const records = all(`${product}-persistent-${environment}`, "Record").map(({ account, inputs }) => [
        account,
        inputs["name"],
      ]);
      assert.ok(
        records.some(
          ([account, name]) =>
            account === number(zone, owner) && name === `${product}.${participant}.example.com`,
        ),
      );
      const provider = resources(`${product}-persistent-${environment}`).find(
        ({ type, name }) => type === "pulumi:providers:aws" && name === `${owner}-names`,
      );
      assert.match(
        JSON.stringify(provider?.inputs),
        new RegExp(`arn:aws:iam::${number(zone, owner)}:role/landing-zone-names-${participant}`),
      );
      const deploy = all(`delivery-${participant}`, "Policy")
        .filter(({ name }) => /^pipelines-deploy-(ways|identity)$/.test(name))
        .map(({ inputs }) => String(inputs["policy"]))
        .join();
      assert.match(deploy, new RegExp(`"arn:aws:ec2:eu-central-1:${number(zone, owner)}:vpc/\\*"`));
      assert.match(deploy, new RegExp(`:${number(zone, owner)}:role/landing-zone-names-${participant}"`));
    }
  });

  it("reach what the owner's environment does, and no other", async () => {
    const network = networkOf(await stacksWithIds(zone));
    const parties = partiesOf(network);
    const reaches = (from: string, to: string) => {
      const [source, target] = [parties.get(from), parties.get(to)];
      assert.ok(source && target, `${from} or ${to} is nobody`);
      return decide(network, source, target).reaches;
    };
    for (const [from, to, expected] of [
      ["payments-dev/payments", "payments-dev/api", true],
      ["orders-dev/api", "payments-dev/payments", true],
      ["payments-dev/api", "orders-dev/lb", true],
      ["payments-dev/api", "internet", true],
      ["internet", "payments-dev/payments-link", false],
      ["payments-dev/api", "prod", false],
      ["payments-dev/api", "int", false],
      ["orders-int/lb", "orders-int/api", true],
      ["orders-int/api", "payments-int/payments", true],
      ["payments-dev/api", "orders-int/lb", false],
    ] as const)
      assert.equal(reaches(from, to), expected, `${from} to ${to}`);
  });
});
