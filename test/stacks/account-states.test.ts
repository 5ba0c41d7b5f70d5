import assert from "node:assert/strict";
import { type AccountState, accountStates, type LandingZone } from "../../stacks/description";
import example from "../../stacks/landing-zone";
import { stacksOf, waitingStacksOf } from "../../stacks/names";
import { accountsIn, openAccounts, unitOf } from "../../stacks/organization-tree";

/** The example with accounts in other states. */
const withStates = (states: Readonly<Record<string, AccountState>>): LandingZone => ({
  ...example,
  organization: {
    ...example.organization,
    accounts: Object.fromEntries(
      Object.entries(example.organization.accounts).map(([name, account]) => [
        name,
        { ...account, state: states[name] ?? account.state },
      ]),
    ),
  },
});

const stacksAbout = (zone: LandingZone, account: string): string[] =>
  stacksOf(zone)
    .filter(stack => stack.account === account)
    .map(({ name }) => name);

/** State, where the account is, whether people come in by its unit, and its stacks. */
const life: readonly [AccountState, unit: string, people: boolean, stacks: readonly string[]][] = [
  ["vended", "Suspended", false, []],
  ["quarantined", "Suspended", false, ["baseline-payments-dev"]],
  ["baselined", "Workloads/dev", true, ["baseline-payments-dev", "delivery-payments-dev"]],
  [
    "live",
    "Workloads/dev",
    true,
    ["baseline-payments-dev", "delivery-payments-dev", "payments-persistent-dev", "payments-service-dev"],
  ],
  ["suspended", "Suspended", false, []],
  ["closed", "Suspended", false, []],
];

describe("an account's life", () => {
  it("is told here in every state there is", () => {
    assert.deepEqual(
      life.map(([state]) => state),
      Object.keys(accountStates),
    );
  });

  for (const [state, unit, people, stacks] of life)
    it(`as ${state}: is in ${unit}, with ${stacks.length} stacks`, () => {
      const zone = withStates({ "payments-dev": state });
      assert.equal(unitOf(zone.organization, "payments-dev"), unit);
      assert.equal(accountsIn(zone.organization, "Workloads").includes("payments-dev"), people);
      assert.equal(openAccounts(zone.organization).includes("payments-dev"), state !== "closed");
      assert.deepEqual(stacksAbout(zone, "payments-dev"), stacks);
    });

  it("leaves the other stacks as they are, but that nobody calls what is not there", () => {
    const others = (zone: LandingZone) =>
      stacksOf(zone)
        .filter(({ account }) => account !== "payments-dev")
        .map(({ dependsOn, ...stack }) => ({
          ...stack,
          dependsOn: dependsOn.filter(name => name !== "payments-persistent-dev"),
        }));
    for (const state of Object.keys(accountStates) as AccountState[])
      assert.deepEqual(others(withStates({ "payments-dev": state })), others(example), state);
  });

  it("says which stacks wait, and for what", () => {
    assert.deepEqual(
      waitingStacksOf(withStates({ "payments-dev": "baselined", legacy: "closed", analytics: "live" })),
      [
        { name: "payments-persistent-dev", because: "the account payments-dev is baselined" },
        { name: "payments-service-dev", because: "the account payments-dev is baselined" },
      ],
    );
  });

  it("begins, for a company, with nothing but the organization's stack", () => {
    const { management, ...others } = example.organization.accounts;
    assert.ok(management);
    const zone = withStates(Object.fromEntries(Object.keys(others).map(name => [name, "vended" as const])));
    assert.deepEqual(
      stacksOf(zone).map(({ name }) => name),
      ["organization"],
    );
    assert.equal(waitingStacksOf(zone).length, stacksOf(example).length - 1 + 2);
  });

  it("holds back what comes after a platform account that is not there yet", () => {
    const zone = withStates({ network: "vended" });
    assert.deepEqual(
      stacksOf(zone).flatMap(({ name, layer }) => (layer === "delivery" ? [] : [name])),
      ["organization", "security", "baseline-sandbox"],
    );
    const waiting = new Map(waitingStacksOf(zone).map(({ name, because }) => [name, because]));
    assert.equal(waiting.get("network"), "the account network is vended");
    assert.equal(waiting.get("baseline-dev"), "network waits");
    assert.equal(waiting.get("orders-service-prod"), "orders-persistent-prod waits");
  });
});
