/** What a change of one line in the description changes in the plan, and what it leaves alone. */
import assert from "node:assert/strict";
import type { Plan } from "../../cli/planner";
import type { Account, LandingZone, Organization } from "../../stacks/description";
import example from "../../stacks/landing-zone";
import { changes } from "./plan-changes";
import { planOf } from "./plan-of";

const described = example.organization;

const withOrganization = (more: Partial<Organization>): LandingZone => ({
  ...example,
  organization: { ...described, ...more },
});

const withAccount = (name: string, account: Account, id?: string): LandingZone =>
  withOrganization({
    accounts: { ...described.accounts, [name]: account },
    ids:
      id === undefined
        ? described.ids
        : { ...described.ids, accounts: { ...described.ids.accounts, [name]: id } },
  });

describe("a change of the description", () => {
  let unchanged: Plan;
  const changedBy = async (zone: LandingZone) => changes(unchanged, await planOf(zone));

  before(async () => {
    unchanged = await planOf(example);
  });

  it("that adds a permission set and assigns it touches the organization only", async () => {
    const { people } = described;
    const changed = await changedBy(
      withOrganization({
        people: {
          ...people,
          permissionSets: {
            support: {
              description: "Opens cases",
              sessionHours: 8,
              managedPolicies: ["AWSSupportAccess"],
            },
          },
          assignments: [
            ...people.assignments,
            { group: "developers", permissionSet: "support", accounts: ["dev"] },
          ],
        },
      }),
    );
    assert.deepEqual(changed, {
      organization: [
        "+ AccountAssignment people-dev-developers-support",
        "+ ManagedPolicyAttachment people-support-AWSSupportAccess",
        "+ PermissionSet people-support",
      ],
    });
  });

  it("that adds a guardrail touches one policy of the organization, or adds one where those there are full", async () => {
    const { guardrails } = described;
    const added = (units: string[]) =>
      changedBy(
        withOrganization({
          guardrails: {
            ...guardrails,
            more: {
              ...guardrails.more,
              "no-games": {
                why: "Nobody here makes games, and servers for them are dear",
                type: "SERVICE_CONTROL_POLICY",
                units,
                statements: [{ Effect: "Deny", Action: "gamelift:*", Resource: "*" }],
              },
            },
          },
        }),
      );
    assert.deepEqual(await added(["root"]), {
      organization: [
        "+ Policy guardrails-landing-zone-root-2",
        "+ PolicyAttachment guardrails-landing-zone-root-2",
      ],
    });
    assert.deepEqual(await added(["Workloads/prod"]), {
      organization: ["~ Policy guardrails-landing-zone-Workloads-prod-1"],
    });
    assert.deepEqual(await added(["Sandbox"]), {
      organization: [
        "+ Policy guardrails-landing-zone-Sandbox-1",
        "+ PolicyAttachment guardrails-landing-zone-Sandbox-1",
      ],
    });
  });

  const parcels: Account = {
    state: "vended",
    email: "aws+parcels@example.com",
    unit: "Sandbox",
  };

  it("that asks for an account touches what is that account's in the organization", async () => {
    assert.deepEqual(await changedBy(withAccount("parcels", parcels)), {
      organization: [
        "+ Budget budgets-account-parcels",
        "+ AlternativeContact contacts-parcels-billing",
        "+ AlternativeContact contacts-parcels-operations",
        "+ AlternativeContact contacts-parcels-security",
        "+ Account parcels",
      ],
    });
  });

  it("that takes an account into use adds its stack, its people, and its number where accounts are listed", async () => {
    const {
      "baseline-parcels": baseline,
      organization,
      security,
      ...others
    } = await changedBy(withAccount("parcels", { ...parcels, state: "live" }, "000011112222"));
    assert.deepEqual(others, {});
    assert.ok(baseline?.every(line => line.startsWith("+")));
    for (const line of organization ?? []) assert.match(line, /^\+ .*parcels/);
    assert.deepEqual(
      organization?.filter(line => line.includes("Assignment")),
      [
        "+ AccountAssignment people-parcels-developers-power-user",
        "+ AccountAssignment people-parcels-on-call-break-glass",
        "+ AccountAssignment people-parcels-security-security-audit",
      ],
    );
    assert.deepEqual(
      security?.filter(line => !line.includes("000011112222") && !line.includes("parcels")).sort(),
      // Athena finds an account's logs by a list of accounts; alarms are taken from those of a list.
      [
        "~ CatalogTable queries",
        "~ Topic platform-alarms-eu-central-1-critical",
        "~ Topic platform-alarms-eu-central-1-warning",
        "~ Topic platform-alarms-us-east-1-critical",
        "~ Topic platform-alarms-us-east-1-warning",
      ],
    );
  });

  it("that moves an account changes it in place, and who comes in", async () => {
    const sandbox = described.accounts["sandbox"] as Account;
    assert.deepEqual(await changedBy(withAccount("sandbox", { ...sandbox, unit: "Workloads/dev" })), {
      organization: [
        "+ AccountAssignment people-sandbox-developers-developer",
        "+ AccountAssignment people-sandbox-platform-administrator",
        "~ Account sandbox",
        "- AccountAssignment people-sandbox-developers-power-user",
      ],
    });
  });

  it("that closes an account leaves every other stack as it is", async () => {
    const legacy = described.accounts["legacy"] as Account;
    const { accounts } = described.ids;
    const { legacy: _, ...open } = accounts;
    const zone = withAccount("legacy", { ...legacy, state: "closed" });
    const { organization, security, ...others } = await changedBy({
      ...zone,
      organization: { ...zone.organization, ids: { ...described.ids, accounts: open } },
    });
    assert.deepEqual(others, {});
    for (const line of organization ?? []) assert.match(line, /^- .*legacy/);
    assert.deepEqual(
      security?.filter(line => !line.includes(accounts["legacy"] ?? "")),
      ["~ CatalogTable queries"],
    );
  });
});
