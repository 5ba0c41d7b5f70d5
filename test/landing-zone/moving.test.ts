import assert from "node:assert/strict";
import { restoreRequest } from "../../cli/restore/request";
import { accountVault, restoreKeyStatements } from "../../stacks/backup-vaults";
import { checked, DescriptionError, type LandingZone, type Product } from "../../stacks/description";
import example from "../../stacks/landing-zone";

const numbers = { from: "777788889999", to: "210987654321" };
const at = { accountId: numbers.from, region: "eu-central-1" };

/** The example with an account for payments to move to in prod, from that of the environment. */
function zoneWith(words: Partial<Product>): LandingZone {
  const { organization } = example;
  return {
    ...example,
    organization: {
      ...organization,
      ids: { ...organization.ids, accounts: { ...organization.ids.accounts, elsewhere: numbers.to } },
      accounts: {
        ...organization.accounts,
        elsewhere: {
          state: "live",
          email: "aws+elsewhere@example.com",
          unit: "Workloads/prod",
          domain: "elsewhere.example.com",
          addresses: "10.50.0.0/16",
        },
      },
    },
    products: example.products.map(product => {
      if (product.name !== "payments") return product;
      const { accounts, offersTo, ...rest } = product;
      return { ...rest, ...words };
    }),
  };
}

const moving = { prod: { from: "prod", to: "elsewhere" } };
const before = zoneWith({ moving });
const after = zoneWith({ moving, accounts: { prod: "elsewhere" } });
const unprotected = "Its data comes from the account prod: CHANGE-2345";
const payments = (zone: LandingZone): Product => {
  const found = zone.products.find(({ name }) => name === "payments");
  assert.ok(found);
  return found;
};

const faultOf = (zone: LandingZone): string => {
  try {
    checked(zone);
    return "";
  } catch (error) {
    assert.ok(error instanceof DescriptionError);
    return error.message;
  }
};

describe("a product that moves to another account", () => {
  it("is described before and after", () => {
    assert.equal(faultOf(before), "");
    assert.equal(faultOf(after), "");
  });

  const wrong: readonly (readonly [what: string, words: Partial<Product>, message: RegExp])[] = [
    [
      "to an unknown account",
      { moving: { prod: { from: "prod", to: "nowhere" } } },
      /products\.payments\.moving\.prod\.to: "nowhere"/,
    ],
    ["to where it is", { moving: { prod: { from: "prod", to: "prod" } } }, /is from an account to itself/],
    [
      "between others",
      { moving: { prod: { from: "dev", to: "int" } } },
      /is between other accounts than prod, where the product lives in prod; say accounts: \{ prod: "int" \}/,
    ],
    [
      "where it does not live",
      { environments: ["dev"], moving },
      /names an environment the product does not live in/,
    ],
  ];
  for (const [what, words, message] of wrong)
    it(`is refused ${what}`, () => assert.match(faultOf(zoneWith(words)), message));

  it("lets the new account read what backups of databases are encrypted with, while it lives in the old one", () => {
    const readers = (zone: LandingZone) =>
      JSON.stringify(restoreKeyStatements(zone, payments(zone), "prod", at));
    assert.match(readers(before), new RegExp(numbers.to));
    assert.doesNotMatch(readers(after), new RegExp(numbers.to));
    assert.doesNotMatch(readers(zoneWith({})), new RegExp(numbers.to));
  });

  it("has backups of the old account let into the vault of the new one, and into no other", () => {
    const sources = (zone: LandingZone, account: string) =>
      accountVault(zone, "prod", account)?.copiesFrom?.accountIds;
    assert.deepEqual(sources(after, "elsewhere"), [numbers.from]);
    assert.equal(sources(after, "prod"), undefined);
    assert.equal(sources(zoneWith({ accounts: { prod: "elsewhere" } }), "elsewhere"), undefined);
  });

  it("is restored from the old account into the new one, in prod as well", () => {
    const zone = zoneWith({ moving, accounts: { prod: "elsewhere" }, unprotected });
    const { from, to } = restoreRequest(zone, "payments", {
      from: "prod",
      to: "prod",
      withoutMasking: "The same data in the same environment",
    });
    assert.deepEqual([from.accountId, to.accountId], [numbers.from, numbers.to]);
    assert.deepEqual([from.account, to.account], ["prod", "elsewhere"]);
  });

  const refused: readonly (readonly [what: string, zone: LandingZone, message: RegExp])[] = [
    ["where it does not move", zoneWith({ unprotected }), /--from and --to are both prod/],
    [
      "while it lives in the old account",
      before,
      /still lives in prod in prod: say accounts: \{ prod: "elsewhere" \}/,
    ],
    ["while what is there is protected", after, /protected against deletion.*say `unprotected: "why"`/],
  ];
  for (const [what, zone, message] of refused)
    it(`is not restored ${what}`, () =>
      assert.throws(
        () =>
          restoreRequest(zone, "payments", {
            from: "prod",
            to: "prod",
            withoutMasking: "The same data, the same place",
          }),
        message,
      ));

  it("is still not restored over prod from elsewhere", () => {
    const zone = zoneWith({ moving, accounts: { prod: "elsewhere" }, unprotected });
    assert.throws(
      () => restoreRequest(zone, "payments", { from: "int", to: "prod" }),
      /never does so in prod/,
    );
  });
});
