import assert from "node:assert/strict";
import type { FoundOrganization } from "../../../cli/adopt/found";
import { readOrganization } from "../../../cli/adopt/reading";
import { foundIn, Playback, type Recorded, recordingOf } from "./recorded";

/** The items of a list as they were recorded, whatever the page. */
const recordedItems = (
  calls: readonly Recorded[],
  operation: string,
  key: string,
): Record<string, string>[] =>
  calls
    .filter(({ target }) => target.endsWith(`.${operation}`))
    .flatMap(({ response }) => (response as Record<string, Record<string, string>[]>)[key] ?? []);

describe("reading an organization", () => {
  for (const name of ["bare", "control-tower", "paginated"])
    it(`reads all that is in ${name}, each page once, one call after the other`, async () => {
      const calls = recordingOf(name);
      const playback = new Playback(calls);
      const found = await readOrganization(playback.settings);
      assert.deepEqual(playback.asked, calls);
      assert.equal(playback.mostAtOnce, 1);
      const ids = (operation: string, key: string) =>
        recordedItems(calls, operation, key).map(({ Id }) => Id);
      const sorted = (items: readonly (string | undefined)[]) => [...items].sort();
      assert.deepEqual(
        sorted(found.units.map(({ id }) => id)),
        sorted(ids("ListOrganizationalUnitsForParent", "OrganizationalUnits")),
      );
      assert.deepEqual(
        sorted(found.accounts.map(({ id }) => id)),
        sorted(ids("ListAccountsForParent", "Accounts")),
      );
      assert.deepEqual(sorted(found.policies.map(({ id }) => id)), sorted(ids("ListPolicies", "Policies")));
      assert.deepEqual(
        found.trustedServices,
        sorted(
          recordedItems(calls, "ListAWSServiceAccessForOrganization", "EnabledServicePrincipals").map(
            ({ ServicePrincipal }) => ServicePrincipal,
          ),
        ),
      );
      assert.deepEqual(
        sorted(found.delegations.map(({ accountId }) => accountId)),
        sorted(ids("ListDelegatedAdministrators", "DelegatedAdministrators")),
      );
    });

  it("tells what each thing is", async () => {
    const found = await foundIn("paginated");
    const expected: Partial<FoundOrganization> = {
      id: "o-exampleorgid",
      managementAccountId: "111122223333",
      allFeatures: true,
      rootId: "r-examplerootid111",
      region: "eu-central-1",
      enabledPolicyTypes: ["SERVICE_CONTROL_POLICY"],
      identityCenter: {
        instanceArn: "arn:aws:sso:::instance/ssoins-1234567890abcdef",
        identityStoreId: "d-1234567890",
        region: "eu-central-1",
      },
    };
    for (const [key, value] of Object.entries(expected))
      assert.deepEqual(found[key as keyof FoundOrganization], value, key);
    assert.deepEqual(found.delegations[0], {
      accountId: "333344445555",
      services: ["access-analyzer.amazonaws.com", "config.amazonaws.com", "guardduty.amazonaws.com"],
    });
    assert.deepEqual(found.policies.find(({ name }) => name === "company-3")?.targets, [
      "ou-examplerootid111-exampleouid333",
    ]);
    assert.deepEqual(
      found.accounts.find(({ name }) => name === "payments"),
      {
        id: "100000000015",
        name: "payments",
        email: "aws+workload-5@example.com",
        state: "ACTIVE",
        invited: false,
        parentId: "ou-examplerootid111-exampleouid333",
      },
    );
  });

  it("asks an organization without all features for neither policies nor trusted services", async () => {
    const playback = new Playback(recordingOf("consolidated-billing"));
    const found = await readOrganization(playback.settings);
    assert.equal(found.allFeatures, false);
    assert.equal(found.identityCenter, undefined);
    assert.ok(!playback.asked.some(({ target }) => /Polic|ServiceAccess|Delegated/.test(target)));
  });

  it("takes the organization's instance of Identity Center, not one of a member's", async () => {
    const calls = recordingOf("bare").map(call =>
      call.target.endsWith(".ListInstances")
        ? {
            ...call,
            response: {
              Instances: [
                {
                  InstanceArn: "arn:aws:sso:::instance/ssoins-fedcba0987654321",
                  IdentityStoreId: "d-0987654321",
                  OwnerAccountId: "555566667777",
                },
                ...(call.response as { Instances: object[] }).Instances,
              ],
            },
          }
        : call,
    );
    const found = await readOrganization(new Playback(calls).settings);
    assert.equal(found.identityCenter?.identityStoreId, "d-1234567890");
  });

  /** What goes wrong, in which call, and what is said of it. */
  const failures: readonly [call: string, error: string, says: RegExp][] = [
    [
      "DescribeOrganization",
      "AWSOrganizationsNotInUseException",
      /no organization.*`aws organizations create-organization --feature-set ALL`/,
    ],
    [
      "DescribeOrganization",
      "AccessDeniedException",
      /DescribeOrganization: it takes the permission organizations:DescribeOrganization, and credentials of the management account:/,
    ],
    ["ListRoots", "AccessDeniedException", /organizations:ListRoots, .* account \(111122223333\): recorded/],
    [
      "ListDelegatedServicesForAccount",
      "AccessDeniedException",
      /organizations:ListDelegatedServicesForAccount/,
    ],
    ["ListInstances", "AccessDeniedException", /the permission sso:ListInstances/],
    ["ListRoots", "ExpiredTokenException", /does not accept the credentials: recorded; log in again/],
    ["ListPolicies", "ServiceUnsupportedException", /does not answer ListPolicies: ServiceUnsupported/],
  ];
  for (const [operation, error, says] of failures)
    it(`explains ${error} in ${operation}`, async () => {
      const calls = recordingOf("paginated").map(call =>
        call.target.endsWith(`.${operation}`)
          ? { ...call, status: 400, response: { __type: error, message: "recorded" } }
          : call,
      );
      await assert.rejects(readOrganization(new Playback(calls).settings), (thrown: Error) => {
        assert.equal(thrown.name, "UsageError");
        assert.match(thrown.message, says);
        assert.ok(!thrown.message.includes("\n"));
        assert.ok(thrown.cause instanceof Error);
        return true;
      });
    });
});
