import assert from "node:assert/strict";
import { AccountSettings } from "../../../components/hardening/account-settings";
import { at, planned } from "../planned";

const settings = () => planned(() => new AccountSettings("a", { at }));

describe("the settings of an account", () => {
  it("close every bucket of that account to the public, in all four ways", async () => {
    assert.deepEqual((await settings()).one("AccountPublicAccessBlock").inputs, {
      accountId: at.accountId,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
  });

  it("ask for strong passwords, and lock nobody out for an old one", async () => {
    assert.deepEqual((await settings()).one("AccountPasswordPolicy").inputs, {
      minimumPasswordLength: 14,
      requireLowercaseCharacters: true,
      requireUppercaseCharacters: true,
      requireNumbers: true,
      requireSymbols: true,
      passwordReusePrevention: 24,
      maxPasswordAge: 90,
      hardExpiry: false,
      allowUsersToChangePassword: true,
    });
  });

  it("make STS give out tokens of version 2", async () => {
    const { inputs } = (await settings()).one("SecurityTokenServicePreferences");
    assert.deepEqual(inputs, { globalEndpointTokenVersion: "v2Token" });
  });

  it("fit into a stack twice", async () => {
    const stack = await planned(() => [new AccountSettings("a", { at }), new AccountSettings("b", { at })]);
    for (const type of [
      "AccountPublicAccessBlock",
      "AccountPasswordPolicy",
      "SecurityTokenServicePreferences",
    ])
      assert.deepEqual(
        stack.all(type).map(({ name }) => name),
        ["a", "b"],
      );
  });
});
