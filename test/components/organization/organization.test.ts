import assert from "node:assert/strict";
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
