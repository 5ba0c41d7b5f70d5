import assert from "node:assert/strict";
import { containsCidr, overlapCidr } from "cidr-tools";
import fc from "fast-check";
import { type AddressRange, addressRanges } from "../../stacks/addresses";
import { type Account, checked, type LandingZone } from "../../stacks/description";
import example from "../../stacks/landing-zone";

const environments = ["dev", "int", "prod"] as const;
const firstOctet = { dev: 16, int: 32, prod: 48 };

interface Placed {
  readonly environment: (typeof environments)[number];
  /** The number of a /20 in the environment's /12; a larger range begins at a multiple of its own size. */
  readonly block: number;
  readonly prefix: number;
}

const placed: fc.Arbitrary<Placed> = fc
  .record({
    environment: fc.constantFrom(...environments),
    block: fc.nat(255),
    prefix: fc.integer({ min: 16, max: 20 }),
  })
  .map(({ environment, block, prefix }) => ({
    environment,
    prefix,
    block: (block >> (20 - prefix)) << (20 - prefix),
  }));

const rangeOf = ({ environment, block, prefix }: Placed): string =>
  `10.${firstOctet[environment] + (block >> 4)}.${(block & 15) << 4}.0/${prefix}`;

/** Leaves out what would meet one before it, as a company would. */
function apart(all: readonly Placed[]): Placed[] {
  const kept: Placed[] = [];
  for (const one of all) if (!kept.some(other => overlapCidr(rangeOf(one), rangeOf(other)))) kept.push(one);
  return kept;
}

/** The example's organization with other workload accounts, in so many zones. */
function companyOf(accounts: readonly Placed[], zones: number): LandingZone {
  const { organization } = example;
  const platform = ["management", "log-archive", "audit", "network"];
  return {
    ...example,
    products: [],
    environments: {
      dev: { ...example.environments.dev, zones, region: "us-east-1" },
      int: { ...example.environments.int, zones, region: "us-east-1" },
      prod: { ...example.environments.prod, zones, region: "us-east-1" },
    },
    organization: {
      ...organization,
      accounts: Object.fromEntries([
        ...platform.map(name => [name, organization.accounts[name] as Account]),
        ...accounts.map((account, index): [string, Account] => [
          `a${index}`,
          {
            state: "vended",
            email: `aws+a${index}@example.com`,
            unit: `Workloads/${account.environment}`,
            domain: `a${index}.example.com`,
            addresses: rangeOf(account),
          },
        ]),
      ]),
    },
  };
}

const organizations = fc.record({
  accounts: fc.array(placed, { minLength: 1, maxLength: 200 }).map(apart),
  zones: fc.integer({ min: 1, max: 6 }),
});

const flat = (ranges: readonly AddressRange[]): AddressRange[] =>
  ranges.flatMap(range => [range, ...flat(range.parts)]);
const ofKind = (zone: LandingZone, kind: AddressRange["kind"]) =>
  flat(addressRanges(zone)).filter(range => range.kind === kind);

describe("the addresses of a company", () => {
  it("never meet, and lie where they belong, however many accounts and zones there are", () => {
    fc.assert(
      fc.property(organizations, ({ accounts, zones }) => {
        const zone = companyOf(accounts, zones);
        const held = ofKind(zone, "account");
        assert.equal(held.length, accounts.length);
        for (const account of held) {
          assert.equal(account.parts.length, 5 * zones);
          const [outbound, inside] = [true, false].map(tasks =>
            account.parts.filter(({ what }) => what.includes(" outbound ") === tasks),
          );
          for (const { range } of inside ?? []) assert.ok(containsCidr(account.range, range), range);
          for (const { range } of outbound ?? []) assert.ok(containsCidr("100.64.0.0/16", range), range);
          for (const [index, { range }] of account.parts.entries())
            for (const other of account.parts.slice(0, index))
              assert.ok(!overlapCidr(range, other.range), `${range} meets ${other.range}`);
        }
        // What is apart by account stays apart by subnet, since each lies in its account's range.
        for (const environment of addressRanges(zone).filter(({ kind }) => kind === "environment"))
          assert.ok((environment.givenOut ?? 0) <= 1);
      }),
      { numRuns: 40 },
    );
  });

  it("are not renumbered when an account or a zone is added", () => {
    fc.assert(
      fc.property(organizations, placed, ({ accounts, zones }, added) => {
        const before = flat(addressRanges(companyOf(accounts, zones)));
        const grown = companyOf(apart([...accounts, added]), Math.min(6, zones + 1));
        const after = new Map(flat(addressRanges(grown)).map(({ what, range }) => [what, range]));
        for (const { what, range } of before) assert.equal(after.get(what), range, what);
      }),
      { numRuns: 40 },
    );
  });

  it("are shown in the example as the description says, and how full they are", () => {
    const [dev] = addressRanges(checked(example));
    assert.equal(dev?.range, "10.16.0.0/12");
    assert.equal(dev.givenOut, 2 / 16 + 2 ** (12 - 22));
    const [account] = dev.parts;
    assert.deepEqual([account?.what, account?.range], ["dev", "10.16.0.0/16"]);
    // Three roles of three /21 each, and three /28.
    assert.equal(account?.givenOut, (9 * 2 ** 11 + 3 * 2 ** 4) / 2 ** 16);
    assert.deepEqual(
      ofKind(example, "hub").map(({ what, range }) => [what, range]),
      [
        ["hub", "10.0.0.0/16"],
        ["hub shared", "10.0.0.0/18"],
        ["hub egress", "10.0.64.0/18"],
        ["hub inspection", "10.0.128.0/18"],
      ],
    );
  });

  it("show who lives in an account's subnets, and count nothing twice for it", () => {
    const { accounts } = example.organization;
    const { addresses: _, ...small } = accounts["payments-dev"] as Account;
    const zone = checked({
      ...example,
      organization: {
        ...example.organization,
        accounts: { ...accounts, "payments-dev": { ...small, subnetsOf: "dev" } },
      },
    });
    assert.deepEqual(ofKind(zone, "participant"), [
      { range: "10.16.0.0/16", what: "payments-dev", kind: "participant", addresses: 0, parts: [] },
    ]);
    const [before, after] = [example, zone].map(its => addressRanges(its)[0]);
    assert.equal(after?.givenOut, 1 / 16 + 2 ** (12 - 22));
    assert.equal(after.parts[0]?.givenOut, before?.parts[0]?.givenOut);
    assert.deepEqual(
      after.parts[0]?.parts.filter(({ kind }) => kind === "subnet"),
      before?.parts[0]?.parts,
    );
    const closed = {
      ...zone,
      organization: {
        ...zone.organization,
        accounts: {
          ...zone.organization.accounts,
          "payments-dev": { ...small, state: "closed", subnetsOf: "dev" },
        },
      },
    } as LandingZone;
    assert.deepEqual(ofKind(closed, "participant"), []);
  });
});
