/** Restore drills in whole stacks: what the delivery stacks say must be what the products' stacks make. */
import assert from "node:assert/strict";
import type { Plan, PlannedResource } from "../../cli/planner";
import type { Statement } from "../../components/identity/policy-document";
import { readDocument } from "../../iam/document";
import { evaluate } from "../../iam/evaluate";
import { checked, type Product } from "../../stacks/description";
import example from "../../stacks/landing-zone";
import { plannedDrill } from "../../stacks/restore-drills";
import { planOfStacks, refusalsOf } from "./plan-of";

/** The example, with a drill of a product that keeps a database, in accounts of its own. */
const payments = example.products.find(({ name }) => name === "payments") as Product;
const { ledger, accounts } = payments.data ?? {};
if (ledger?.kind !== "table" || accounts?.kind !== "aurora") throw new Error("payments keeps something else");
const drilled: Product = {
  ...payments,
  jobs: {
    anonymize: { release: "1.0.0", image: "api", uses: [ledger.readWrite, accounts.connect] },
    check: { release: "1.0.0", image: "api", uses: [ledger.read, accounts.connectReadOnly] },
  },
  restoreDrill: { schedule: "rate(7 days)", mask: "anonymize", test: "check" },
};
const zone = checked({
  ...example,
  products: example.products.map(product => (product === payments ? drilled : product)),
});
const stacks = [
  ...["delivery-int", "delivery-prod", "delivery-payments-int", "delivery-payments-prod"],
  ...["statements-service-int", "statements-service-prod"],
  ...["payments-service-int", "payments-service-prod"],
];

/** Asked by a task of the account that the resource is in. */
const mayDo = (account: string, statements: readonly Statement[], action: string, resource: string) =>
  evaluate(
    {
      principal: { kind: "role", arn: `arn:aws:iam::${account}:role/product/task`, account },
      action,
      resource,
      resourceAccount: account,
      context: {},
    },
    { identity: [readDocument({ Version: "2012-10-17", Statement: statements })] },
  ).outcome;

describe("restore drills in a landing zone", function () {
  this.timeout(240_000);
  let plan: Plan;
  before(async () => {
    plan = await planOfStacks(zone, stacks);
  });
  const all = (stack: string, type: string): PlannedResource[] =>
    (plan.stacks.find(({ name }) => name === stack)?.resources ?? []).filter(
      ({ type: its, custom }) => custom && its.split(":").at(-1) === type,
    );
  const names = (stack: string, type: string): unknown[] =>
    all(stack, type).map(({ inputs }) => inputs["name"] ?? inputs["bucket"]);

  it("are refused by no policy", () => assert.deepEqual(refusalsOf(plan), []));

  it("are where backups go to, and have a role where they come from, and nothing elsewhere", () => {
    const machines = (stack: string) => names(stack, "StateMachine");
    assert.deepEqual(machines("delivery-int"), ["landing-zone-drill-statements"]);
    assert.deepEqual(machines("delivery-payments-int"), ["landing-zone-drill-payments"]);
    for (const stack of ["delivery-prod", "delivery-payments-prod"]) assert.deepEqual(machines(stack), []);
    assert.ok(names("delivery-prod", "Role").includes("landing-zone-drill-copy-statements"));
    assert.ok(names("delivery-payments-prod", "Role").includes("landing-zone-drill-copy-payments"));
    for (const stack of stacks.filter(name => name.endsWith("-prod")))
      for (const { name, type } of plan.stacks.find(its => its.name === stack)?.resources ?? [])
        assert.ok(!name.endsWith("-drill"), `${type} ${name} is in ${stack}`);
  });

  for (const product of ["statements", "payments"]) {
    const drill = plannedDrill(zone, zone.products.find(({ name }) => name === product) as Product);
    assert.ok(drill);
    const { args } = drill;
    const [delivery, service, persistent] = [
      `delivery-${drill.target}`,
      `${product}-service-int`,
      `${product}-persistent-int`,
    ] as const;

    it(`start jobs that ${product} has`, () => {
      for (const job of [args.mask, args.test])
        if ("job" in job) assert.ok(names(service, "StateMachine").includes(job.stateMachineName));
    });

    it(`restore into buckets and groups that ${product} has, of things that it has`, () => {
      for (const { as, to, own, securityGroupName } of args.things) {
        if (as === "bucket") assert.ok(names(persistent, "Bucket").includes(to));
        if (as === "table") assert.ok(names(persistent, "Table").includes(own));
        if (securityGroupName !== undefined)
          assert.ok(names(service, "SecurityGroup").includes(securityGroupName));
      }
    });

    it(`have jobs of ${product} that know what was restored, and nothing of what int uses`, () => {
      for (const name of [
        "anonymize-drill",
        product === "payments" ? "check-drill" : "check-restored-drill",
      ]) {
        const definition = all(service, "TaskDefinition").find(its => its.name === name);
        assert.ok(definition, name);
        const [main] = JSON.parse(String(definition.inputs["containerDefinitions"])) as {
          environment: { name: string; value: string }[];
          secrets?: { name: string; valueFrom: string }[];
        }[];
        const settings = Object.fromEntries(main?.environment.map(its => [its.name, its.value]) ?? []);
        assert.equal(settings["RESTORE_DRILL"], "true");
        for (const [setting, value] of Object.entries(settings))
          if (/_(TABLE|BUCKET)$/.test(setting)) assert.match(value, /-drill$/, setting);
        for (const { name: setting, valueFrom } of main?.secrets ?? [])
          assert.match(valueFrom, /-drill\/(reader-)?host$/, setting);
        assert.deepEqual(definition.inputs["volumes"] ?? [], []);
        const policy = all(service, "RolePolicy").find(its => its.name === `${name}-task`);
        const its = JSON.parse(String(policy?.inputs["policy"])).Statement;
        for (const { as, own, to } of args.things) {
          const table = (physical: string) =>
            `arn:aws:dynamodb:${args.to.region}:${args.to.accountId}:table/${physical}`;
          if (as === "table") {
            assert.equal(mayDo(args.to.accountId, its, "dynamodb:GetItem", table(to)), "allowed");
            assert.equal(mayDo(args.to.accountId, its, "dynamodb:GetItem", table(own)), "denied");
          }
          if (as === "bucket") {
            assert.equal(mayDo(args.to.accountId, its, "s3:GetObject", `arn:aws:s3:::${to}/a`), "allowed");
            assert.equal(mayDo(args.to.accountId, its, "s3:GetObject", `arn:aws:s3:::${own}/a`), "denied");
          }
        }
        const writes = mayDo(
          args.to.accountId,
          its,
          "dynamodb:PutItem",
          `arn:aws:dynamodb:${args.to.region}:${args.to.accountId}:table/${args.things.find(({ as }) => as === "table")?.to}`,
        );
        assert.equal(writes, name.startsWith("anonymize") ? "allowed" : "denied");
      }
    });

    it(`are known as a whole in a plan of ${product}'s`, () => {
      for (const machine of all(delivery, "StateMachine"))
        assert.doesNotThrow(() => JSON.parse(String(machine.inputs["definition"])));
      for (const policy of all(delivery, "RolePolicy"))
        assert.doesNotThrow(() => JSON.parse(String(policy.inputs["policy"])));
    });
  }

  it("let the drill's jobs into the restored database, and not into int's", () => {
    const rules = all("payments-service-int", "SecurityGroupIngressRule").filter(({ name }) =>
      /(anonymize|check)-drill/.test(name),
    );
    assert.equal(rules.length, 2);
    const restored = all("payments-service-int", "SecurityGroup").find(
      ({ inputs }) => inputs["name"] === "payments-accounts-drill",
    );
    for (const rule of rules)
      assert.deepEqual(rule.propertyDependencies["securityGroupId"], [restored?.urn], rule.name);
  });

  it("tell the jobs of a database its source's user, who is in the backup", () => {
    const definition = all("payments-service-int", "TaskDefinition").find(
      ({ name }) => name === "anonymize-drill",
    );
    const text = String(definition?.inputs["containerDefinitions"]);
    assert.match(text, /"ACCOUNTS_USER","value":"payments_accounts"|"payments_accounts"/);
    assert.doesNotMatch(text, /payments_accounts_drill/);
  });
});
