import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type AssignmentArgs,
  IdentityCenter,
  type IdentityCenterArgs,
} from "../../../components/identity/identity-center";
import { planned, statements } from "../planned";

const instanceArn = "arn:aws:sso:::instance/ssoins-1";
const deny = { Sid: "NoData", Effect: "Deny", Action: "s3:GetObject", Resource: "*" } as const;

const center = (args: Partial<IdentityCenterArgs> = {}) =>
  planned(
    () =>
      new IdentityCenter("people", {
        instanceArn,
        identityStoreId: "d-1234567890",
        region: "eu-central-1",
        groups: { developers: { description: "Who develops" }, finance: { id: "g-finance" } },
        permissionSets: {
          look: {
            description: "Looks and changes nothing",
            sessionHours: 8,
            managedPolicies: ["ReadOnlyAccess", "job-function/Billing"],
            statements: [deny],
          },
          bare: { description: "May do nothing", sessionHours: 1 },
        },
        assignments: [],
        accountIds: { dev: "111122223333", prod: "444455556666" },
        ...args,
      }),
  );
const assigned = (...assignments: AssignmentArgs[]) => center({ assignments });
const look = (group: string, ...accounts: string[]) => ({ group, permissionSet: "look", accounts });

describe("Identity Center", () => {
  it("gives a permission set the length of its sessions, in hours", async () => {
    const stack = await center();
    assert.deepEqual(stack.one("PermissionSet", "people-bare").inputs, {
      name: "bare",
      description: "May do nothing",
      instanceArn,
      sessionDuration: "PT1H",
      region: "eu-central-1",
    });
    assert.equal(stack.one("PermissionSet", "people-look").inputs["sessionDuration"], "PT8H");
  });

  it("attaches AWS managed policies by their ARNs, with their paths", async () => {
    const stack = await center();
    assert.deepEqual(
      stack.all("ManagedPolicyAttachment").map(({ inputs }) => inputs["managedPolicyArn"]),
      ["arn:aws:iam::aws:policy/job-function/Billing", "arn:aws:iam::aws:policy/ReadOnlyAccess"],
    );
    for (const attachment of stack.all("ManagedPolicyAttachment"))
      assert.deepEqual(stack.from(attachment, "permissionSetArn"), ["people-look"]);
  });

  it("gives a set a policy of its own only where it has statements", async () => {
    const stack = await center();
    const inline = stack.one("PermissionSetInlinePolicy");
    assert.equal(inline.name, "people-look");
    assert.deepEqual(statements(inline, "inlinePolicy"), [deny]);
    assert.deepEqual(stack.from(inline, "permissionSetArn"), ["people-look"]);
    const none = await center({
      permissionSets: { bare: { description: "d", sessionHours: 1, statements: [] } },
    });
    assert.deepEqual(none.all("PermissionSetInlinePolicy"), []);
  });

  it("makes the groups that it is to make, and takes others as they are", async () => {
    const stack = await assigned(look("developers", "dev"), look("finance", "prod"));
    const group = stack.one("Group");
    assert.deepEqual(group.inputs, {
      displayName: "developers",
      description: "Who develops",
      identityStoreId: "d-1234567890",
      region: "eu-central-1",
    });
    const made = stack.one("AccountAssignment", "people-dev-developers-look");
    assert.deepEqual(made.propertyDependencies["principalId"], [group.urn]);
    const known = stack.one("AccountAssignment", "people-prod-finance-look");
    assert.equal(known.inputs["principalId"], "g-finance");
  });

  it("assigns a set to a group in each account, when the set has its policies", async () => {
    const stack = await assigned(look("finance", "dev", "prod"));
    const needed = [...stack.all("ManagedPolicyAttachment"), ...stack.all("PermissionSetInlinePolicy")];
    assert.equal(needed.length, 3);
    for (const [account, targetId] of [
      ["dev", "111122223333"],
      ["prod", "444455556666"],
    ]) {
      const assignment = stack.one("AccountAssignment", `people-${account}-finance-look`);
      const { permissionSetArn: _, ...inputs } = assignment.inputs;
      assert.deepEqual(inputs, {
        instanceArn,
        principalId: "g-finance",
        principalType: "GROUP",
        targetId,
        targetType: "AWS_ACCOUNT",
        region: "eu-central-1",
      });
      assert.deepEqual(stack.from(assignment, "permissionSetArn"), ["people-look"]);
      for (const { urn } of needed) assert.ok(assignment.dependencies.includes(urn), urn);
    }
  });

  it("waits for the policies of that set, not of others", async () => {
    const stack = await assigned({ group: "finance", permissionSet: "bare", accounts: ["dev"] });
    assert.deepEqual(stack.one("AccountAssignment").dependencies, [
      stack.one("PermissionSet", "people-bare").urn,
    ]);
  });

  it("takes two assignments that say the same for one", async () => {
    const stack = await assigned(
      look("finance", "dev"),
      look("finance", "prod", "dev"),
      look("finance", "dev"),
    );
    assert.deepEqual(
      stack.all("AccountAssignment").map(({ name }) => name),
      ["people-dev-finance-look", "people-prod-finance-look"],
    );
  });

  it("says of all it makes the Region that Identity Center is in", async () => {
    const stack = await center({ region: "eu-west-1", assignments: [look("developers", "dev")] });
    const made = stack.resources.filter(({ type }) => type.startsWith("aws:"));
    assert.equal(made.length, 7);
    for (const { inputs, urn } of made) assert.equal(inputs["region"], "eu-west-1", urn);
  });

  for (const [what, assignment] of [
    ["group", look("strangers", "dev")],
    ["permission set", { group: "finance", permissionSet: "everything", accounts: ["dev"] }],
    ["account", look("finance", "dev", "sandbox")],
  ] as const)
    it(`refuses an assignment of a ${what} that there is not`, async () => {
      const { group, permissionSet, accounts } = assignment;
      await assert.rejects(
        assigned({ group, permissionSet, accounts }),
        new RegExp(
          `the assignment of "${permissionSet}" to "${group}" in "${accounts.at(-1)}" names what is not there`,
        ),
      );
    });

  it("makes as many assignments as there are different ones, whatever says them how often", async () => {
    const names = (kind: string) => ["1", "2", "3"].map(number => `${kind}${number}`);
    const [groups, sets, accounts] = [names("g"), names("s"), names("a")];
    const some = fc.array(
      fc.record({
        group: fc.constantFrom(...groups),
        permissionSet: fc.constantFrom(...sets),
        accounts: fc.array(fc.constantFrom(...accounts), { maxLength: 4 }),
      }),
      { maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(some, async assignments => {
        const stack = await center({
          groups: Object.fromEntries(groups.map(id => [id, { id }])),
          permissionSets: Object.fromEntries(
            sets.map(set => [
              set,
              { description: set, sessionHours: 1, managedPolicies: ["ReadOnlyAccess"] },
            ]),
          ),
          accountIds: Object.fromEntries(accounts.map(id => [id, id])),
          assignments,
        });
        const wanted = assignments.flatMap(({ group, permissionSet, accounts: its }) =>
          its.map(account => `${account} ${group} people-${permissionSet}`),
        );
        const made = stack
          .all("AccountAssignment")
          .map(
            one =>
              `${one.inputs["targetId"]} ${one.inputs["principalId"]} ${stack.from(one, "permissionSetArn")}`,
          );
        assert.deepEqual(made.sort(), [...new Set(wanted)].sort());
      }),
      { numRuns: 20 },
    );
  });
});
