/** What the stacks of environments make in the network account: their role there allows it, and nothing of others'. */
import assert from "node:assert/strict";
import { rolesTaken } from "../../cli/bootstrap/needs";
import type { Plan, PlannedResource } from "../../cli/planner";
import { readDocument } from "../../iam/document";
import { evaluate } from "../../iam/evaluate";
import type { Request } from "../../iam/request";
import { checked, type EnvironmentName, environmentNames, type LandingZone } from "../../stacks/description";
import { GuardrailVerdicts } from "../../stacks/guardrail-verdict";
import { guardrailPolicies } from "../../stacks/guardrails";
import example from "../../stacks/landing-zone";
import { stacksOf } from "../../stacks/names";
import { accessVariable } from "../../stacks/providers";
import { type Asked, accountId, asked, isAboutOne } from "./hub-requests";
import { planOfStacks } from "./plan-of";
import { cloud } from "./workload-zones";

const { organization } = example;
const { region } = organization;
const { dev, int, prod } = example.environments;
const manyChoices: LandingZone = checked({
  ...example,
  environments: {
    dev: { ...dev, network: { profile: "standard", endpoints: "shared" } },
    int,
    prod: { ...prod, network: { profile: "standard", endpoints: "shared", nat: "central" } },
  },
  network: {
    ...example.network,
    sharedEndpoints: true,
    reaches: {
      dev: ["shared"],
      int: ["shared"],
      prod: ["shared", "on-premises"],
      runner: ["shared", "on-premises"],
    },
    onPremises: {
      ranges: ["172.16.0.0/16"],
      connection: { vpn: { address: "203.0.113.10", asn: 65010 } },
    },
  },
});

for (const [what, zone] of [
  ["the example", example],
  ["one with shared endpoints, on-premises and a way out by the hub", manyChoices],
] as const)
  describe(`roles in the hub of ${what}`, function () {
    this.timeout(120_000);
    const accounts: Readonly<Record<string, string>> = zone.organization.ids.accounts;
    const own = stacksOf(zone).filter(
      ({ layer, environment }) => environment !== undefined && /^(baseline|delivery)$/.test(layer),
    );
    let plan: Plan;
    before(async () => {
      plan = await planOfStacks(
        zone,
        own.map(({ name }) => name),
        "unjudged",
      );
    });
    const resourcesOf = (stack: string) => plan.stacks.find(({ name }) => name === stack)?.resources ?? [];
    const identityOf = (environment: EnvironmentName) => {
      const policy = resourcesOf("network").find(
        ({ type, name }) => type === "aws:iam/rolePolicy:RolePolicy" && name === `hub-${environment}`,
      );
      assert.ok(policy, `there is no role of ${environment}`);
      return readDocument(policy.inputs["policy"]);
    };
    /** The resources that are made with a role of the network account. */
    const inHub = (stack: string): [role: string, resource: PlannedResource][] => {
      const doors = resourcesOf(stack).flatMap((resource): [string, string][] =>
        rolesTaken(resource)
          .filter(role => role.includes(`::${accountId}:`))
          .map(role => [resource.urn, role]),
      );
      return cloud(resourcesOf(stack)).flatMap((resource): [string, PlannedResource][] =>
        doors
          .filter(([urn]) => resource.provider === urn || resource.provider?.startsWith(`${urn}::`))
          .map(([, role]) => [role, resource]),
      );
    };
    const environmentOf = (stack: string) =>
      own.find(({ name }) => name === stack)?.environment as EnvironmentName;
    const request = (environment: EnvironmentName, [action, resource, context = {}]: Asked): Request => ({
      principal: {
        kind: "role",
        arn: `arn:aws:iam::${accountId}:role/landing-zone-hub-${environment}`,
        account: accountId,
      },
      action,
      resource,
      resourceAccount: accountId,
      context,
      absentKeys: "absent",
    });
    const needs = (stack: string) =>
      inHub(stack).flatMap(([, resource]) => {
        const environment = environmentOf(stack);
        const ask = asked[resource.type];
        assert.ok(ask, `it is not known what making ${resource.type} asks for`);
        const home = String(accounts[zone.environments[environment].account]);
        return ask(resource, environment, home).map(one => [resource, one] as const);
      });

    it("are one an environment, and all that its stacks take there", () => {
      let made = 0;
      for (const { name, environment } of own) {
        const taken = new Set(inHub(name).map(([role]) => role));
        made += inHub(name).length;
        for (const role of taken)
          assert.equal(role, `arn:aws:iam::${accountId}:role/landing-zone-hub-${environment}`, name);
      }
      assert.ok(made > 20);
    });

    it("allow all that is made there to be made, changed, ended and looked at", () => {
      for (const { name } of own)
        for (const [resource, one] of needs(name)) {
          const { outcome, reason } = evaluate(request(environmentOf(name), one), {
            identity: [identityOf(environmentOf(name))],
          });
          assert.equal(outcome, "allowed", `${resource.urn} ${JSON.stringify(one)} ${reason}`);
        }
    });

    it("are held up by no guardrail", () => {
      const verdicts = new GuardrailVerdicts(zone, guardrailPolicies(zone));
      for (const { name } of own)
        for (const [resource, one] of needs(name)) {
          const { context, ...rest } = request(environmentOf(name), one);
          const { certain, possible } = verdicts.denials({
            ...rest,
            context: {
              ...context,
              "aws:RequestedRegion": region,
              "aws:PrincipalOrgID": organization.ids.organization,
              "aws:ResourceOrgID": organization.ids.organization,
              "aws:SecureTransport": "true",
              "s3:TlsVersion": "1.3",
            },
          });
          assert.deepEqual([...certain, ...possible], [], `${resource.urn} ${one[0]}`);
        }
    });

    it("allow to change nothing that another environment has", () => {
      let refused = 0;
      for (const other of environmentNames)
        for (const { name } of own) {
          const environment = environmentOf(name);
          if (environment === other) continue;
          for (const [resource] of needs(name)) {
            const theirs = (asked[resource.type] as NonNullable<(typeof asked)[string]>)(
              resource,
              environment,
              String(accounts[zone.environments[environment].account]),
            ).filter(one => isAboutOne(one, environment));
            for (const one of theirs) {
              assert.equal(
                evaluate(request(other, one), { identity: [identityOf(other)] }).outcome,
                "denied",
                `${other} ${JSON.stringify(one)}`,
              );
              refused += 1;
            }
          }
        }
      assert.ok(refused > 100);
    });
  });

describe("who only looks", function () {
  this.timeout(120_000);
  before(() => {
    process.env[accessVariable] = "read-only";
  });
  after(() => {
    delete process.env[accessVariable];
  });

  it("takes the preview role of the network account instead, which that account has", async () => {
    const plan = await planOfStacks(example, ["baseline-dev", "delivery-dev"], "unjudged");
    const names = plan.stacks
      .find(({ name }) => name === "network")
      ?.resources.filter(({ type }) => type === "aws:iam/role:Role")
      .map(({ inputs }) => inputs["name"]);
    assert.ok(names?.includes("landing-zone-preview"));
    for (const { name, resources } of plan.stacks)
      for (const role of resources.flatMap(rolesTaken))
        assert.match(role, /:role\/landing-zone-preview$/, name);
  });
});
