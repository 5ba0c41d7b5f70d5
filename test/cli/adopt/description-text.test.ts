import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { checked, DescriptionError, type Fault, type LandingZone } from "../../../stacks/description";
import { unitOf } from "../../../stacks/organization-tree";
import { adoptInto, descriptionIn, filledIn, newFolder, projectRoot, toFillIn, unfilled } from "./adopted";
import { foundIn } from "./recorded";

const faultsOf = (zone: LandingZone): readonly Fault[] => {
  try {
    checked(zone);
    return [];
  } catch (error) {
    assert.ok(error instanceof DescriptionError);
    return error.faults;
  }
};

const recordings = ["bare", "control-tower", "paginated", "consolidated-billing"];

describe("the description of an adopted organization", function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => {
    folder = newFolder();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  for (const name of recordings)
    it(`of ${name} is written as biome would write it`, async () => {
      await adoptInto(folder, name);
      for (const [file, as] of [
        ["organization.ts", "organization.ts"],
        ["ids.json", "ids.json"],
        ["import.json", "import.json"],
      ] as const) {
        const text = readFileSync(join(folder, file), "utf8");
        const { stdout, status } = spawnSync(
          join(projectRoot, "node_modules/.bin/biome"),
          ["format", `--stdin-file-path=stacks/landing-zone/${as}`],
          { cwd: projectRoot, input: text, encoding: "utf8" },
        );
        assert.equal(status, 0);
        assert.equal(text, stdout, file);
      }
    });

  for (const name of recordings)
    it(`of ${name} is refused at every place that is to be filled in`, async () => {
      const paths = toFillIn(await adoptInto(folder, name));
      const faults = faultsOf(unfilled(descriptionIn(folder)));
      for (const path of paths)
        assert.ok(
          faults.some(fault => fault.path === path || fault.path.startsWith(`${path}.`)),
          `${path} is not refused`,
        );
      const text = readFileSync(join(folder, "organization.ts"), "utf8");
      assert.equal([...text.matchAll(/to fill in: /gi)].length, paths.length);
    });

  for (const name of ["bare", "paginated"])
    it(`of ${name}, filled in, has no fault`, async () => {
      const paths = toFillIn(await adoptInto(folder, name));
      assert.deepEqual(faultsOf(filledIn(descriptionIn(folder), paths)), []);
    });

  it("of control-tower, filled in, has the faults that stand in the way and no other", async () => {
    const said = await adoptInto(folder, "control-tower");
    const deep = "Workloads/Prod-EU/Products/Payments/Cards/Europe";
    // It has no account for the environment int, which is no part of what is adopted.
    const faults = faultsOf(filledIn(descriptionIn(folder), toFillIn(said))).filter(
      ({ path }) => path !== "environments.int.account",
    );
    assert.deepEqual(
      faults.map(({ value, problem }) => [value, problem]),
      [[deep, "is 6 levels deep; AWS Organizations allows 5"]],
    );
    assert.ok(said.includes(deep));
  });

  for (const name of ["bare", "control-tower", "paginated"])
    it(`of ${name} has the units, accounts, addresses and numbers that are there`, async () => {
      await adoptInto(folder, name);
      const found = await foundIn(name);
      const description = descriptionIn(folder);
      assert.equal(description.ids.organization, found.id);
      assert.equal(description.ids.accounts[description.roles.management], found.managementAccountId);

      const parents = new Map(found.units.map(unit => [unit.id, unit]));
      const pathOf = (id: string): string => {
        const unit = parents.get(id);
        return unit === undefined
          ? ""
          : [pathOf(unit.parentId), unit.name.replace("/", "-")].filter(Boolean).join("/");
      };
      const made = name === "bare" ? ["Suspended"] : [];
      assert.deepEqual([...description.units], [...found.units.map(({ id }) => pathOf(id)), ...made]);

      const open = found.accounts.filter(({ state }) => state === "ACTIVE");
      const numbers = Object.values(description.ids.accounts);
      assert.deepEqual([...numbers].sort(), open.map(({ id }) => id).sort());
      assert.deepEqual(Object.keys(description.ids.accounts), Object.keys(description.accounts));
      for (const [called, account] of Object.entries(description.accounts)) {
        const its = open.find(({ id }) => id === description.ids.accounts[called]);
        assert.ok(its);
        assert.equal(account.email, its.email);
        const where = pathOf(its.parentId);
        if (where === description.quarantine)
          assert.deepEqual([account.state, unitOf(description, called)], ["suspended", where]);
        else assert.deepEqual([account.state, account.unit], ["live", where]);
      }
    });

  it("says which name an account has in AWS, where it is another, and takes Control Tower's role", async () => {
    await adoptInto(folder, "control-tower");
    const text = readFileSync(join(folder, "organization.ts"), "utf8");
    assert.match(text, /^ {4}\/\/ "Log Archive" in AWS\.\n {4}"log-archive": \{/m);
    const { guardrails, accessRole, roles, accounts, detection } = descriptionIn(folder);
    assert.deepEqual(guardrails.controlTower, { reservedPolicies: 3 });
    assert.equal(accessRole, "AWSControlTowerExecution");
    assert.deepEqual(
      detection.olderAccounts,
      Object.keys(accounts).filter(name => name !== "audit"),
    );
    assert.deepEqual(roles, {
      management: "example-corp",
      logArchive: "log-archive",
      audit: "audit",
      network: "network",
    });
  });

  it("leaves a role open that no account's name tells", async () => {
    const said = await adoptInto(folder, "consolidated-billing");
    assert.deepEqual(descriptionIn(folder).roles, {
      management: "management",
      logArchive: "",
      audit: "",
      network: "",
    });
    assert.ok(toFillIn(said).includes("organization.roles.network"));
  });
});
