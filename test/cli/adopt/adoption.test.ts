import assert from "node:assert/strict";
import fc from "fast-check";
import { accountName, adoptionOf } from "../../../cli/adopt/adoption";
import type { FoundAccount, FoundOrganization } from "../../../cli/adopt/found";
import { adoptionIn, foundIn } from "./recorded";

const allowed = /^(?=.{1,40}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const named = (name: string) => accountName({ name, id: "111122223333" });

describe("the part that what was found plays in a description", () => {
  const names: readonly [inAws: string, described: string][] = [
    ["payments-dev", "payments-dev"],
    ["Log Archive", "log-archive"],
    ["LogArchive", "log-archive"],
    ["AWSProd_EU (old)", "aws-prod-eu-old"],
    ["Büro-Köln 1", "buero-koeln-1"],
    ["Café Straße", "cafe-strasse"],
    ["2nd cards", "account-2nd-cards"],
    ["東京", "account-111122223333"],
    [`${"a".repeat(39)} b`, "a".repeat(39)],
  ];
  for (const [inAws, described] of names)
    it(`calls the account "${inAws}" ${described}`, () => assert.equal(named(inAws), described));

  it("gives every account a name that a description allows, and leaves such a name as it is", () =>
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 50 }), name => {
        assert.match(named(name), allowed);
        assert.equal(named(named(name)), named(name));
      }),
    ));

  it("tells accounts apart whose names become one", () =>
    fc.assert(
      fc.property(
        // Some end alike.
        fc.uniqueArray(fc.nat({ max: 30 }), { minLength: 2, maxLength: 6 }),
        fc.string({ maxLength: 50 }),
        (numbers, name) => {
          const accounts = numbers.map(
            (number): FoundAccount => ({
              id: `1111000${Math.floor(number / 10)}000${number % 10}`,
              name,
              email: `aws+${number}@example.com`,
              state: "ACTIVE",
              invited: false,
              parentId: "r-examplerootid111",
            }),
          );
          const described = adoptionOf({ ...nothing, accounts }).accounts.map(account => account.name);
          assert.equal(new Set(described).size, numbers.length);
          for (const each of described) assert.match(each, allowed);
        },
      ),
    ));

  it("finds the quarantine, by whatever of its names", async () => {
    assert.equal((await adoptionIn("paginated")).quarantine.path, "Quarantine");
    assert.equal((await adoptionIn("control-tower")).quarantine.path, "Suspended");
    const { quarantine, units } = await adoptionIn("bare");
    assert.deepEqual([quarantine.path, quarantine.found, units.at(-1)], ["Suspended", undefined, quarantine]);
  });

  it("counts what Control Tower has at the unit where it has most, and nothing where there is none", async () => {
    assert.deepEqual((await adoptionIn("control-tower")).controlTower, { reservedPolicies: 3 });
    assert.equal((await adoptionIn("bare")).controlTower, undefined);
    const trusted = { ...(await foundIn("bare")), trustedServices: ["controltower.amazonaws.com"] };
    assert.deepEqual(adoptionOf(trusted).controlTower, { reservedPolicies: 0 });
  });

  it("guesses no role where two accounts might have it, and none for an account out of use", async () => {
    const found = await foundIn("bare");
    const audit = found.accounts.find(({ name }) => name === "audit");
    assert.ok(audit);
    const second = { ...audit, id: "999900001111", name: "Audit", email: "aws+audit2@example.com" };
    assert.equal(adoptionOf({ ...found, accounts: [...found.accounts, second] }).roles.audit, undefined);
    const closed = found.accounts.map(account =>
      account === audit ? { ...audit, state: "SUSPENDED" } : account,
    );
    assert.equal(adoptionOf({ ...found, accounts: closed }).roles.audit, undefined);
  });
});

const nothing: FoundOrganization = {
  id: "o-exampleorgid",
  managementAccountId: "111122223333",
  allFeatures: true,
  rootId: "r-examplerootid111",
  region: "eu-central-1",
  enabledPolicyTypes: [],
  units: [],
  accounts: [],
  policies: [],
  trustedServices: [],
  delegations: [],
};
