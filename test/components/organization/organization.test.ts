import assert from "node:assert/strict";
import fc from "fast-check";
import { PreviewRole } from "../../../components/delivery/preview-role";
import { Organization } from "../../../components/organization/organization";
import { at, planned, statements } from "../planned";

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
    const made = stack.resources.filter(({ type }) => type.startsWith("aws:"));
    assert.equal(made.length, 5);
    for (const { protect, type, name } of made) assert.ok(protect, `${type} ${name}`);
    assert.equal(stack.one("Account").inputs["closeOnDeletion"], false);
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
    assert.deepEqual([...ignoreChanges].sort(), ["iamUserAccessToBilling", "roleName"]);
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

describe("a preview role", () => {
  it("is taken by the pipelines it names, by token, and can only look", async () => {
    const stack = await planned(
      () =>
        new PreviewRole("preview", {
          at,
          issuer: "gitlab.com",
          audience: "https://gitlab.com",
          subjects: ["project_path:example/landing-zone:ref_type:branch:ref:*"],
        }),
    );
    const [trust, ...others] = statements(stack.one("Role"), "assumeRolePolicy");
    assert.deepEqual(others, []);
    assert.deepEqual(trust?.Principal, { Federated: "arn:aws:iam::111122223333:oidc-provider/gitlab.com" });
    assert.deepEqual(trust?.Condition, {
      StringEquals: { "gitlab.com:aud": "https://gitlab.com" },
      StringLike: { "gitlab.com:sub": ["project_path:example/landing-zone:ref_type:branch:ref:*"] },
    });
    assert.deepEqual(
      stack
        .all("RolePolicyAttachment")
        .map(({ inputs }) => inputs["policyArn"])
        .sort(),
      ["arn:aws:iam::aws:policy/SecurityAudit", "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"],
    );
    assert.deepEqual(stack.all("RolePolicy"), []);
  });
});
