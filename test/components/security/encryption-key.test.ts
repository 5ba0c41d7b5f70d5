import assert from "node:assert/strict";
import type { Statement } from "../../../components/identity/policy-document";
import { EncryptionKey, type EncryptionKeyArgs, useOfKey } from "../../../components/security/encryption-key";
import { readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
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
    assert.equal(all.length, 6);
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

  it("is where it is told to be, whatever the provider says, and its alias with it", async () => {
    const stack = await planned(
      () => new EncryptionKey("k", { alias: "edge", description: "d", at: { ...at, region: "us-east-1" } }),
    );
    for (const type of ["Key", "Alias"]) assert.equal(stack.one(type).inputs["region"], "us-east-1", type);
  });

  it("lets in whom it is told beside, after all others", async () => {
    const reader = {
      Sid: "Readers",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::444455556666:root" },
      Action: "kms:Decrypt",
      Resource: "*",
      Condition: { StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" } },
    } as const;
    const plain = statements(await key());
    assert.deepEqual(statements(await key({ statements: [reader] })), [...plain, reader]);
    assert.deepEqual(statements(await key({ statements: [] })), plain);
  });

  describe("by its policy", () => {
    const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/1";
    const ask = async (
      action: string,
      {
        arn = "arn:aws:iam::111122223333:role/app",
        own = true,
        statements: beside = [] as Statement[],
        context = {} as Record<string, string>,
      } = {},
    ) => {
      const resource = readDocument((await key({ statements: beside })).inputs["policy"]);
      const identity = readDocument({
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: "kms:*", Resource: "*" },
      });
      const account = arn.split(":")[4];
      return evaluate(
        { principal: { kind: "role", arn, account }, action: `kms:${action}`, resource: keyArn, context },
        { resource, identity: own ? [identity] : [] },
      ).outcome;
    };
    const stranger = "arn:aws:iam::444455556666:role/app";

    it("is administered and used by roles of the account as far as their own policies say", async () => {
      for (const action of [
        "Decrypt",
        "Encrypt",
        "GenerateDataKey",
        "PutKeyPolicy",
        "ScheduleKeyDeletion",
        "DescribeKey",
        "ReEncryptFrom",
        "RetireGrant",
        "RevokeGrant",
        "CreateAlias",
        "EnableKeyRotation",
      ]) {
        assert.equal(await ask(action), "allowed", action);
        assert.equal(await ask(action, { own: false }), "denied", action);
      }
    });

    it("is granted to others by AWS services of its region only, and never directly", async () => {
      const by = (service: string, aws = "true") => ({
        "kms:GrantIsForAWSResource": aws,
        "kms:ViaService": `${service}.amazonaws.com`,
      });
      for (const service of ["dynamodb", "ecr", "rds"]) {
        const context = by(`${service}.eu-central-1`);
        assert.equal(await ask("CreateGrant", { context }), "allowed", service);
        assert.equal(await ask("CreateGrant", { context, own: false }), "denied", service);
        assert.equal(await ask("CreateGrant", { context, arn: stranger }), "denied", service);
      }
      for (const context of [
        {},
        by("dynamodb.eu-central-1", "false"),
        by("dynamodb.eu-west-1"),
        { "kms:GrantIsForAWSResource": "true" },
        { "kms:ViaService": "dynamodb.eu-central-1.amazonaws.com" },
      ] as Record<string, string>[])
        assert.equal(await ask("CreateGrant", { context }), "denied", JSON.stringify(context));
    });

    it("gives its administrators no way to use it but by policies that are seen", async () => {
      const document = readDocument((await key()).inputs["policy"]);
      const administration = evaluate(
        {
          principal: { kind: "role", arn: "arn:aws:iam::111122223333:role/app", account: at.accountId },
          action: "kms:CreateGrant",
          resource: keyArn,
          context: { "kms:GrantIsForAWSResource": "false" },
        },
        {
          resource: document,
          identity: [
            readDocument({
              Version: "2012-10-17",
              Statement: { Effect: "Allow", Action: "kms:*", Resource: "*" },
            }),
          ],
        },
      );
      assert.equal(administration.outcome, "denied");
      for (const { Action } of statements(await key()))
        assert.ok(
          ![Action].flat().some(action => /^(kms:)?\*$|^kms:(Create\*|\*Grant)/.test(String(action))),
        );
    });

    it("is used by nobody of another account, but by whom a statement lets in", async () => {
      assert.equal(await ask("Decrypt", { arn: stranger }), "denied");
      const statements = [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::444455556666:root" },
          Action: "kms:Decrypt",
          Resource: "*",
        } as const,
      ];
      assert.equal(await ask("Decrypt", { arn: stranger, statements }), "allowed");
      assert.equal(await ask("PutKeyPolicy", { arn: stranger, statements }), "denied");
    });
  });
});
