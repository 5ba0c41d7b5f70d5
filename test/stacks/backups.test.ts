import assert from "node:assert/strict";
import fc from "fast-check";
import { copyVaults, vaultLock } from "../../stacks/backup-vaults";
import { checked, DescriptionError, type Environment, type LandingZone } from "../../stacks/description";
import example from "../../stacks/landing-zone";

type Backup = NonNullable<Environment["backup"]>;

const withBackups = (backups: Partial<Record<"dev" | "int" | "prod", unknown>>): LandingZone => {
  const { dev, int, prod } = example.environments;
  const environments = {
    dev: { ...dev, backup: backups.dev as Backup },
    int: { ...int, backup: backups.int as Backup },
    prod: { ...prod, backup: backups.prod as Backup },
  };
  return { ...example, environments };
};

function faults(backup: unknown): { path: string; problem: string }[] {
  try {
    checked(withBackups({ prod: backup }));
    return [];
  } catch (error) {
    assert.ok(error instanceof DescriptionError, String(error));
    return error.faults.map(({ path, problem }) => ({ path, problem }));
  }
}

describe("what an environment says of its backups", () => {
  const sound: readonly Backup[] = [
    { keepDays: 7 },
    { keepDays: 35, keepMonthlyDays: 365, copies: true, lock: "governance" },
    { keepDays: 35, keepMonthlyDays: 35 },
    { keepDays: 35, lock: "compliance", changeableForDays: 3 },
    { keepDays: 35, lock: "compliance", changeableForDays: 36_500, minKeepDays: 1, maxKeepDays: 36_500 },
    { keepDays: 35, keepMonthlyDays: 365, minKeepDays: 35, maxKeepDays: 365 },
  ];
  for (const backup of sound)
    it(`may be ${JSON.stringify(backup)}`, () => assert.deepEqual(faults(backup), []));

  const wrong: readonly [backup: unknown, key: string, says: RegExp][] = [
    [{ keepDays: 0 }, "keepDays", /days from 1 to 3,650/],
    [{ keepDays: 35, lock: "none" }, "lock", /must be one of governance, compliance/],
    [{ keepDays: 35, lock: "compliance" }, "changeableForDays", /is needed .* 3 to 36,500/],
    [
      { keepDays: 35, lock: "compliance", changeableForDays: 2 },
      "changeableForDays",
      /days from 3 to 36,500/,
    ],
    [
      { keepDays: 35, lock: "compliance", changeableForDays: 36_501 },
      "changeableForDays",
      /days from 3 to 36,500/,
    ],
    [
      { keepDays: 35, lock: "compliance", changeableForDays: 3.5 },
      "changeableForDays",
      /whole number of days/,
    ],
    [{ keepDays: 35, changeableForDays: 30 }, "changeableForDays", /say lock: "compliance"/],
    [{ keepDays: 35, lock: "governance", changeableForDays: 30 }, "changeableForDays", /or leave it out/],
    [{ keepDays: 35, keepMonthlyDays: 34 }, "keepMonthlyDays", /at least keepDays, 35/],
    [{ keepDays: 35, minKeepDays: 36 }, "minKeepDays", /at most keepDays, 35/],
    [{ keepDays: 35, minKeepDays: 0 }, "minKeepDays", /days from 1 to 36,500/],
    [{ keepDays: 35, maxKeepDays: 34 }, "maxKeepDays", /at least 35/],
    [{ keepDays: 35, keepMonthlyDays: 365, maxKeepDays: 364 }, "maxKeepDays", /at least 365/],
    [{ keepDays: 35, maxKeepDays: 36_501 }, "maxKeepDays", /days from 1 to 36,500/],
  ];
  for (const [backup, key, says] of wrong)
    it(`may not be ${JSON.stringify(backup)}`, () => {
      const found = faults(backup);
      assert.deepEqual(
        found.map(({ path }) => path),
        [`environments.prod.backup.${key}`],
      );
      assert.match(found[0]?.problem ?? "", says);
    });

  it("reports every fault at once", () => {
    const found = faults({
      keepDays: 35,
      keepMonthlyDays: 7,
      minKeepDays: 40,
      maxKeepDays: 20,
      changeableForDays: 9,
    });
    assert.deepEqual(found.map(({ path }) => path.split(".").at(-1)).sort(), [
      "changeableForDays",
      "keepMonthlyDays",
      "maxKeepDays",
      "minKeepDays",
    ]);
  });
});

describe("the lock of an environment's vaults", () => {
  it("can be lifted unless the environment says otherwise, and keeps as long as a day's copy is kept", () => {
    for (const lock of [undefined, "governance"] as const)
      assert.deepEqual(vaultLock({ keepDays: 35, keepMonthlyDays: 365, ...(lock && { lock }) }), {
        keepDays: 35,
        lock: { mode: "governance" },
      });
  });

  it("is final when the environment says so, after the days it says", () => {
    assert.deepEqual(
      vaultLock({
        keepDays: 35,
        lock: "compliance",
        changeableForDays: 30,
        minKeepDays: 7,
        maxKeepDays: 400,
      }),
      { keepDays: 7, maxKeepDays: 400, lock: { mode: "compliance", changeableForDays: 30 } },
    );
    assert.throws(() => vaultLock({ keepDays: 35, lock: "compliance" }), /does not say for how long/);
  });

  it("lets in every copy of a description that is sound", () => {
    const days = fc.integer({ min: 1, max: 3_650 });
    const some = (arbitrary: fc.Arbitrary<number>) => fc.option(arbitrary, { nil: undefined });
    fc.assert(
      fc.property(
        days,
        some(days),
        some(days),
        some(days),
        (keepDays, keepMonthlyDays, minKeepDays, maxKeepDays) => {
          const backup: Backup = { keepDays, keepMonthlyDays, minKeepDays, maxKeepDays };
          const { keepDays: least, maxKeepDays: most = 36_500 } = vaultLock(backup);
          const fits = [keepDays, keepMonthlyDays ?? keepDays].every(kept => kept >= least && kept <= most);
          const upward = keepMonthlyDays === undefined || keepMonthlyDays >= keepDays;
          assert.equal(faults(backup).length === 0, fits && upward);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is on every vault of the example, prod's among them", () => {
    const { dev, prod } = example.environments;
    assert.deepEqual(dev.backup && vaultLock(dev.backup), { keepDays: 7, lock: { mode: "governance" } });
    assert.deepEqual(prod.backup && vaultLock(prod.backup), { keepDays: 35, lock: { mode: "governance" } });
  });
});

describe("vaults for copies", () => {
  it("are none where nobody copies", () => {
    assert.deepEqual(copyVaults(withBackups({ dev: { keepDays: 7 }, prod: { keepDays: 35 } })), []);
  });

  it("are one for all environments of a region, which takes the shortest that is copied there", () => {
    const zone = withBackups({
      dev: { keepDays: 7, copies: true },
      int: { keepDays: 3 },
      prod: { keepDays: 35, minKeepDays: 5, copies: true },
    });
    assert.deepEqual(copyVaults(zone), [{ region: "eu-central-1", keepDays: 5 }]);
    const apart: LandingZone = {
      ...zone,
      environments: { ...zone.environments, prod: { ...zone.environments.prod, region: "eu-west-1" } },
    };
    assert.deepEqual(copyVaults(apart), [
      { region: "eu-central-1", keepDays: 7 },
      { region: "eu-west-1", keepDays: 5 },
    ]);
  });
});
