import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { importFileOf } from "../../../cli/adopt/import-file";
import { types } from "../../../cli/adopt/organization-stack";
import { type PlannedResource, planStacks } from "../../../cli/planner";
import { projectName } from "../../../cli/project";
import { pulumiProgram } from "../../../cli/pulumi-program";
import { policyTypes, trustedServices } from "../../../components/organization/enabled-features";
import type { LandingZone } from "../../../stacks/description";
import {
  adoptInto,
  descriptionIn,
  filledIn,
  importFileIn,
  newFolder,
  projectRoot,
  toFillIn,
} from "./adopted";
import { adoptionIn, foundIn } from "./recorded";

const planned = async (zone: LandingZone): Promise<readonly PlannedResource[]> => {
  const main = pulumiProgram();
  const { stacks } = await planStacks([{ name: "organization", program: () => main(zone) }], {
    project: projectName,
    root: projectRoot,
  });
  return stacks[0]?.resources ?? [];
};

describe("the import file of an adopted organization", function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => {
    folder = newFolder();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  for (const name of ["bare", "control-tower", "paginated"])
    it(`of ${name} names what the organization stack registers, with its type, parent and provider`, async () => {
      const said = await adoptInto(folder, name);
      const { nameTable, resources } = importFileIn(folder);
      const zone = filledIn(descriptionIn(folder), toFillIn(said));
      const plan = await planned({
        ...zone,
        environments: { ...zone.environments, int: zone.environments.dev },
      });

      const here = (label: string | undefined) => {
        const its = resources.filter(resource => resource.name === label);
        assert.ok(its.length <= 1, `${label} is ambiguous`);
        return its[0];
      };
      const imported = resources.map(({ type, name, logicalName, parent, provider }) => {
        assert.equal(here(name)?.type, type);
        assert.ok(!Object.hasOwn(nameTable, name), `${name} is two things`);
        const above = here(parent);
        return [
          type,
          logicalName ?? name,
          above === undefined ? "pulumi:pulumi:Stack" : `${above.type} ${above.logicalName ?? above.name}`,
          provider === undefined ? null : nameTable[provider],
        ];
      });
      const quarantineIsNew = (await adoptionIn(name)).quarantine.found === undefined;
      const registered = plan
        .filter(({ type }) =>
          [types.component, types.organization, types.unit, types.account].includes(type as never),
        )
        .filter(({ type, name }) => !(quarantineIsNew && type === types.unit && name === "Suspended"))
        .map(({ type, name, parent, provider }) => {
          const above = plan.find(({ urn }) => urn === parent);
          return [
            type,
            name,
            above === undefined || above.type === "pulumi:pulumi:Stack"
              ? "pulumi:pulumi:Stack"
              : `${above.type} ${above.name}`,
            provider,
          ];
        });
      const sorted = (rows: unknown[][]) => rows.map(row => row.join("  ")).sort();
      assert.deepEqual(sorted(imported), sorted(registered));
      const { inputs } = plan.find(({ type }) => type === types.organization) ?? assert.fail();
      const { trustedServices: trusted, enabledPolicyTypes } = await foundIn(name);
      // What was switched on stays so.
      for (const service of trusted)
        assert.ok((inputs["awsServiceAccessPrincipals"] as string[]).includes(service), service);
      for (const type of enabledPolicyTypes)
        assert.ok((inputs["enabledPolicyTypes"] as string[]).includes(type), type);
      assert.ok(plan.some(({ urn }) => urn === nameTable["provider"]));
    });

  for (const name of ["bare", "control-tower", "paginated"])
    it(`of ${name} has an id for all but the component`, async () => {
      const found = await foundIn(name);
      const { resources } = importFileOf(await adoptionIn(name));
      const ids = (type: string) => resources.filter(each => each.type === type).map(({ id }) => id);
      assert.deepEqual(ids(types.organization), [found.id]);
      assert.deepEqual(
        ids(types.unit),
        found.units.map(({ id }) => id),
      );
      assert.deepEqual(
        ids(types.account),
        found.accounts
          .filter(({ id, state }) => state === "ACTIVE" && id !== found.managementAccountId)
          .map(({ id }) => id),
      );
      assert.deepEqual(
        resources.filter(({ id }) => id === undefined).map(({ type, component }) => [type, component]),
        [[types.component, true]],
      );
    });

  it("gives a name of its own to a unit and an account that are called alike, or as the provider is", async () => {
    const adoption = await adoptionIn("bare");
    const units = ["dev", "provider", "organization"].map((path, index) => ({
      path,
      found: { id: `ou-examplerootid111-exampleouid${index}`, name: path, parentId: "r-examplerootid111" },
    }));
    const { resources } = importFileOf({ ...adoption, units });
    const names = resources.map(({ name }) => name);
    assert.equal(new Set([...names, "provider"]).size, names.length + 1);
    assert.deepEqual(
      resources
        .filter(({ logicalName }) => logicalName !== undefined)
        .map(({ name, logicalName }) => [name, logicalName]),
      [
        ["organization (itself)", "organization"],
        ["provider (unit)", "provider"],
        ["organization (unit)", "organization"],
        ["dev (account)", "dev"],
      ],
    );
  });

  it("belongs to the stack as it is: the services it trusts, the types of policy it enables", async () => {
    const said = await adoptInto(folder, "bare");
    const plan = await planned(filledIn(descriptionIn(folder), toFillIn(said)));
    const inputs = plan.find(({ type }) => type === types.organization)?.inputs;
    assert.deepEqual(inputs?.["awsServiceAccessPrincipals"], trustedServices);
    assert.deepEqual(inputs?.["enabledPolicyTypes"], policyTypes);
  });
});
