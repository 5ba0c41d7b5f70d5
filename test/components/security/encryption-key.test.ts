import assert from "node:assert/strict";
import { EncryptionKey, type EncryptionKeyArgs, useOfKey } from "../../../components/security/encryption-key";
import { at, planned, statements } from "../planned";

const key = async (args: Partial<EncryptionKeyArgs> = {}) => {
  const stack = await planned(
    () => new EncryptionKey("k", { alias: "orders", description: "d", at, ...args }),
  );
  return stack.one("Key");
};

describe("an encryption key", () => {
  it("rotates", async () => {
    assert.equal((await key()).inputs["enableKeyRotation"], true);
  });

  it("gives nobody everything", async () => {
    const all = statements(await key({ logGroups: ["/a/*"], services: ["sns.amazonaws.com"] }));
    for (const { Action } of all)
      assert.ok(![Action].flat().some(action => action === "*" || action === "kms:*"));
  });

  it("admits log groups by their ARNs, and only those it is told of", async () => {
    const ofLogs = (from: ReturnType<typeof statements>) => from.filter(({ Sid }) => Sid === "Logs");
    assert.deepEqual(ofLogs(statements(await key())), []);
    const [logs] = ofLogs(statements(await key({ logGroups: ["/landing-zone/orders/*"] })));
    assert.deepEqual(logs?.Principal, { Service: "logs.eu-central-1.amazonaws.com" });
    assert.deepEqual(logs?.Condition, {
      ArnLike: {
        "kms:EncryptionContext:aws:logs:arn": [
          "arn:aws:logs:eu-central-1:111122223333:log-group:/landing-zone/orders/*",
        ],
      },
    });
  });

  it("admits services on behalf of its account only", async () => {
    const [service] = statements(await key({ services: ["sns.amazonaws.com"] })).filter(
      ({ Principal }) => JSON.stringify(Principal) === '{"Service":"sns.amazonaws.com"}',
    );
    assert.deepEqual(service?.Condition, { StringEquals: { "aws:SourceAccount": at.accountId } });
  });

  it("is used by roles through its alias", () => {
    assert.deepEqual(useOfKey(at, "orders").Condition, {
      "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/orders" },
    });
  });

  it("is known by its alias, and can be had back for 30 days", async () => {
    const stack = await planned(() => new EncryptionKey("k", { alias: "a/b", description: "d", at }));
    const alias = stack.one("Alias");
    assert.equal(alias.inputs["name"], "alias/a/b");
    assert.deepEqual(alias.propertyDependencies["targetKeyId"], [stack.one("Key").urn]);
    assert.equal(stack.one("Key").inputs["deletionWindowInDays"], 30);
  });

  it("lets in its account, and others on a condition only", async () => {
    const all = statements(
      await key({ logGroups: ["/a/*", "/b"], services: ["sns.amazonaws.com", "events.amazonaws.com"] }),
    );
    assert.equal(all.length, 5);
    for (const { Effect, Principal, Condition } of all) {
      assert.equal(Effect, "Allow");
      if (JSON.stringify(Principal).includes("Service")) assert.ok(Condition);
      else assert.deepEqual(Principal, { AWS: "arn:aws:iam::111122223333:root" });
    }
  });

  it("lets a service encrypt what it passes on, and not administer", async () => {
    const [service] = statements(await key({ services: ["sns.amazonaws.com"] })).filter(({ Principal }) =>
      JSON.stringify(Principal).includes("Service"),
    );
    assert.deepEqual(service?.Action, ["kms:Decrypt", "kms:GenerateDataKey*"]);
  });
});
