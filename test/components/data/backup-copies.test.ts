import assert from "node:assert/strict";
import { BackupCopyVault, type BackupCopyVaultArgs } from "../../../components/data/backup-copies";
import { readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
import type { Caller, Request } from "../../../iam/request";
import { refusals } from "../logs/judged";
import { at, planned, statements } from "../planned";

const ours = { organizationId: "o-abcde12345" };
const usual = { vaultName: "landing-zone-copies", at, keepDays: 35, copiesFrom: ours };
const copies = (args: Partial<BackupCopyVaultArgs> = {}) =>
  planned(() => new BackupCopyVault("copies", { ...usual, ...args }));

const roleOf = (account: string): Caller => ({
  kind: "role",
  arn: `arn:aws:iam::${account}:role/landing-zone-backup`,
  account,
});
const other = roleOf("222233334444");
const everything = [readDocument({ Statement: { Effect: "Allow", Action: "*", Resource: "*" } })];

describe("a vault for other accounts' copies", () => {
  it("is locked, encrypted with a key of its own, and kept", async () => {
    const stack = await copies({ lock: { mode: "compliance", changeableForDays: 30 } });
    assert.deepEqual(stack.from(stack.one("aws:backup/vault:Vault"), "kmsKeyArn"), ["copies"]);
    const { backupVaultName: _, ...lock } = stack.one("VaultLockConfiguration").inputs;
    assert.deepEqual(lock, { minRetentionDays: 35, changeableForDays: 30, region: "eu-central-1" });
    for (const type of ["aws:backup/vault:Vault", "Key"]) assert.ok(stack.one(type).protect, type);
  });

  it("is, with its key, lock and policy, in the region that it is told, whatever the provider's", async () => {
    const stack = await copies({ at: { ...at, region: "eu-west-1" } });
    for (const type of ["aws:backup/vault:Vault", "Key", "VaultLockConfiguration", "VaultPolicy"])
      assert.equal(stack.one(type).inputs["region"], "eu-west-1", type);
    for (const { Condition } of statements(stack.one("Key")).filter(({ Sid }) => Sid?.endsWith("Copies")))
      assert.deepEqual(Condition?.["StringLike"], { "kms:ViaService": "*.eu-west-1.amazonaws.com" });
  });

  it("makes no role: who copies into it has one", async () => {
    assert.deepEqual((await copies()).all("aws:iam/role:Role"), []);
  });

  it("is named as plans of other accounts need it", async () => {
    await planned(() => {
      const { arn, vaultName } = new BackupCopyVault("copies", usual);
      assert.equal(arn, "arn:aws:backup:eu-central-1:111122223333:backup-vault:landing-zone-copies");
      assert.equal(vaultName, "landing-zone-copies");
    });
  });

  it("lets the organization copy in, and others not", async () => {
    const resource = readDocument((await copies()).one("VaultPolicy").inputs["policy"]);
    const outcome = (organization: string) =>
      evaluate(
        {
          principal: other,
          action: "backup:CopyIntoBackupVault",
          resource: "arn:aws:backup:eu-central-1:111122223333:backup-vault:landing-zone-copies",
          context: { "aws:PrincipalOrgID": organization },
        },
        { identity: everything, resource },
      ).outcome;
    assert.equal(outcome("o-abcde12345"), "allowed");
    assert.equal(outcome("o-zzzzz99999"), "denied");
  });

  it("is there twice in a stack, and as the policy pack wants it", async () => {
    const stack = await planned(() => {
      for (const name of ["one", "two"]) new BackupCopyVault(name, { ...usual, vaultName: name });
    });
    assert.equal(stack.all("aws:backup/vault:Vault").length, 2);
    assert.deepEqual(await refusals(stack), []);
  });

  it("refuses what a locked vault refuses", async () => {
    await assert.rejects(copies({ keepDays: 0 }), /keepDays is 0/);
    await assert.rejects(copies({ copiesFrom: { organizationId: "ou-1" } }), /organizationId is ou-1/);
  });
});

describe("the key of copies", () => {
  const good = {
    "aws:PrincipalOrgID": "o-abcde12345",
    "kms:ViaService": "backup.eu-central-1.amazonaws.com",
  };
  const used = async (
    action: string,
    context: Request["context"],
    more: { principal?: Caller; args?: Partial<BackupCopyVaultArgs> } = {},
  ) =>
    evaluate(
      {
        principal: more.principal ?? other,
        action,
        resource: "arn:aws:kms:eu-central-1:111122223333:key/1",
        context,
      },
      {
        identity: everything,
        resource: readDocument((await copies(more.args)).one("Key").inputs["policy"]),
      },
    ).outcome;

  const uses = ["Encrypt", "Decrypt", "ReEncryptFrom", "ReEncryptTo", "GenerateDataKey", "DescribeKey"];

  it("is used for copies by roles of the organization, through services of the region", async () => {
    for (const use of uses.map(use => `kms:${use}`)) {
      assert.equal(await used(use, good), "allowed", use);
      const ebs = { ...good, "kms:ViaService": "ec2.eu-central-1.amazonaws.com" };
      assert.equal(await used(use, ebs), "allowed", use);
    }
  });

  it("is used by nobody else, and not by hand", async () => {
    for (const use of uses.map(use => `kms:${use}`)) {
      assert.equal(await used(use, { ...good, "aws:PrincipalOrgID": "o-zzzzz99999" }), "denied", use);
      assert.equal(await used(use, { ...good, "aws:PrincipalOrgID": [] }), "denied", use);
      assert.equal(await used(use, { ...good, "kms:ViaService": [] }), "denied", use);
      const elsewhere = { ...good, "kms:ViaService": "backup.us-east-1.amazonaws.com" };
      assert.equal(await used(use, elsewhere), "denied", use);
    }
  });

  it("is granted on by AWS services only, and never administered from other accounts", async () => {
    const forService = { ...good, "kms:GrantIsForAWSResource": "true" };
    assert.equal(await used("kms:CreateGrant", forService), "allowed");
    assert.equal(await used("kms:CreateGrant", good), "denied");
    assert.equal(await used("kms:CreateGrant", { ...good, "kms:GrantIsForAWSResource": "false" }), "denied");
    for (const action of ["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:DisableKey", "kms:RevokeGrant"])
      assert.equal(await used(action, forService), "denied", action);
  });

  it("is used by some accounts only, where it is said which", async () => {
    const args = { copiesFrom: { ...ours, accountIds: ["222233334444"] } };
    assert.equal(await used("kms:GenerateDataKey", good, { args }), "allowed");
    const principal = roleOf("333344445555");
    assert.equal(await used("kms:GenerateDataKey", good, { args, principal }), "denied");
  });

  it("is its own account's to use and administer", async () => {
    const principal = roleOf(at.accountId);
    for (const action of ["kms:Decrypt", "kms:PutKeyPolicy"])
      assert.equal(await used(action, {}, { principal }), "allowed", action);
    for (const { Sid } of statements((await copies()).one("Key"))) assert.ok(Sid);
  });
});
