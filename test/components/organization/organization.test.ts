import assert from "node:assert/strict";
import fc from "fast-check";
import { Organization, type OrganizationArgs } from "../../../components/organization/organization";
import { planned } from "../planned";

const company = () =>
  planned(
    () =>
      new Organization("company", {
        units: ["Workloads/prod", "Workloads", "Security"],
        accounts: { prod: { email: "aws+prod@example.com", unit: "Workloads/prod" } },
        accessRole: "OrganizationAccountAccessRole",
      }),
  );

describe("an organization", () => {
  it("keeps all it is made of, whatever becomes of the stack", async () => {
    const stack = await company();
    const made = stack.resources.filter(({ type }) => type.startsWith("aws:organizations/"));
    assert.equal(made.length, 5);
    for (const { protect, type, name } of made) assert.ok(protect, `${type} ${name}`);
  });

  it("forgets an account that is no longer described, and closes none", async () => {
    const { retainOnDelete, inputs } = (await company()).one("Account");
    assert.deepEqual([retainOnDelete, inputs["closeOnDeletion"]], [true, false]);
  });

  it("lets services act in all accounts, and manages root users and five kinds of policies", async () => {
    const stack = await company();
    const { inputs } = stack.one("aws:organizations/organization:Organization");
    assert.equal(inputs["featureSet"], "ALL");
    const services = inputs["awsServiceAccessPrincipals"] as string[];
    assert.deepEqual(services, [...new Set(services)].sort());
    for (const service of services) assert.match(service, /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com$/);
    // Each is what a layer would fail without: vending, delegation, detection, logs, sharing, people.
    for (const service of [
      "access-analyzer",
      "account",
      "backup",
      "cloudtrail",
      "config",
      "config-multiaccountsetup",
      "detective",
      "guardduty",
      "iam",
      "inspector2",
      "macie",
      "malware-protection.guardduty",
      "ram",
      "securityhub",
      "servicequotas",
      "sso",
      "tagpolicies.tag",
    ])
      assert.ok(services.includes(`${service}.amazonaws.com`), service);
    assert.deepEqual(inputs["enabledPolicyTypes"], [
      "AISERVICES_OPT_OUT_POLICY",
      "BACKUP_POLICY",
      "RESOURCE_CONTROL_POLICY",
      "SERVICE_CONTROL_POLICY",
      "TAG_POLICY",
    ]);
    const features = stack.one("OrganizationsFeatures");
    assert.deepEqual(features.inputs["enabledFeatures"], ["RootCredentialsManagement", "RootSessions"]);
    // IAM has to be trusted by then.
    assert.deepEqual(features.dependencies, [stack.one("aws:organizations/organization:Organization").urn]);
  });

  it("leaves on what an organization that was there before has on beside, and says nothing twice", async () => {
    const enabled = async (also: Pick<OrganizationArgs, "alsoTrusted" | "alsoPolicyTypes">) => {
      const stack = await planned(
        () => new Organization("company", { units: [], accounts: {}, accessRole: "R", ...also }),
      );
      const { inputs } = stack.one("aws:organizations/organization:Organization");
      return [inputs["awsServiceAccessPrincipals"], inputs["enabledPolicyTypes"]] as string[][];
    };
    const [services = [], types = []] = await enabled({});
    assert.deepEqual(
      await enabled({
        alsoTrusted: ["sso.amazonaws.com", "fms.amazonaws.com"],
        alsoPolicyTypes: ["TAG_POLICY", "CHATBOT_POLICY"],
      }),
      [[...services, "fms.amazonaws.com"].sort(), [...types, "CHATBOT_POLICY"].sort()],
    );
  });

  it("puts units under their parents, in whatever order they are named, and accounts into units", async () => {
    const stack = await company();
    const parent = (name: string) => stack.from(stack.one("OrganizationalUnit", name), "parentId");
    assert.deepEqual(
      [parent("Workloads/prod"), parent("Workloads"), parent("Security")],
      [["Workloads"], ["company"], ["company"]],
    );
    assert.equal(stack.one("OrganizationalUnit", "Workloads/prod").inputs["name"], "prod");
    assert.deepEqual(stack.from(stack.one("Account"), "parentId"), ["Workloads/prod"]);
  });

  it("puts a unit under its parent, however deep it is and in whatever order units are named", async () => {
    // AWS allows five levels below the root.
    const all = ["A", "A/B", "A/B/C", "A/B/C/D", "A/B/C/D/E", "AB", "B", "B/A"];
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(all, { minLength: all.length }), async units => {
        const stack = await planned(
          () => new Organization("company", { units, accounts: {}, accessRole: "R" }),
        );
        for (const unit of units)
          assert.deepEqual(
            stack.from(stack.one("OrganizationalUnit", unit), "parentId"),
            [unit.includes("/") ? unit.slice(0, unit.lastIndexOf("/")) : "company"],
            unit,
          );
      }),
      { numRuns: 8 },
    );
  });

  it("does not fight AWS over what an account was born with", async () => {
    const { inputs, ignoreChanges } = (await company()).one("Account");
    assert.deepEqual([inputs["name"], inputs["email"]], ["prod", "aws+prod@example.com"]);
    assert.deepEqual([...ignoreChanges].sort(), ["iamUserAccessToBilling", "name", "roleName"]);
    assert.equal(inputs["iamUserAccessToBilling"], "DENY");
  });

  it("refuses an account in a unit that there is not", async () => {
    await assert.rejects(
      planned(
        () =>
          new Organization("company", {
            units: ["Workloads"],
            accounts: { prod: { email: "a@example.com", unit: "Workloads/prod" } },
            accessRole: "R",
          }),
      ),
      /account prod is to be in Workloads\/prod, which is no unit/,
    );
  });
});
