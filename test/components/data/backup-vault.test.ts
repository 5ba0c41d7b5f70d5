import assert from "node:assert/strict";
import { BackupVault, type BackupVaultArgs } from "../../../components/data/backup-vault";
import { readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
import { at, planned, statements } from "../planned";

const vault = (args: Partial<BackupVaultArgs> = {}) =>
  planned(
    () =>
      new BackupVault("backups", {
        vaultName: "landing-zone",
        roleName: "landing-zone-backup",
        at,
        keepDays: 35,
        ...args,
      }),
  );
const role = "aws:iam/role:Role";

describe("a backup vault", () => {
  it("is encrypted with a key that is its own, and kept as the key is", async () => {
    const stack = await vault();
    const made = stack.one("aws:backup/vault:Vault");
    assert.equal(made.inputs["name"], "landing-zone");
    assert.deepEqual(made.propertyDependencies["kmsKeyArn"], [stack.one("Key").urn]);
    assert.equal(stack.one("Alias").inputs["name"], "alias/landing-zone/backups");
    for (const type of ["aws:backup/vault:Vault", "Key"]) assert.ok(stack.one(type).protect, type);
  });

  it("is locked for as long as copies are to be kept, by a lock that the platform may lift", async () => {
    const stack = await vault({ keepDays: 7 });
    const lock = stack.one("VaultLockConfiguration");
    // With changeableForDays nobody, AWS included, could ever lift it.
    const { backupVaultName: _, ...inputs } = lock.inputs;
    assert.deepEqual(inputs, { minRetentionDays: 7 });
    assert.deepEqual(stack.from(lock, "backupVaultName"), ["backups"]);
  });

  it("is filled by AWS Backup on behalf of its account, and by nobody else", async () => {
    const stack = await vault();
    const resource = readDocument(stack.one(role).inputs["assumeRolePolicy"]);
    const take = (service: string, account: string) =>
      evaluate(
        {
          principal: { kind: "service", arn: service },
          action: "sts:AssumeRole",
          resource: "arn:aws:iam::111122223333:role/landing-zone-backup",
          context: { "aws:SourceAccount": account },
        },
        { resource },
      ).outcome;
    assert.equal(take("backup.amazonaws.com", at.accountId), "allowed");
    assert.equal(take("backup.amazonaws.com", "999988887777"), "denied");
    assert.equal(take("ec2.amazonaws.com", at.accountId), "denied");
  });

  it("has a role that copies and restores, S3 included, with policies of AWS and none beside", async () => {
    const stack = await vault();
    assert.equal(stack.one(role).inputs["name"], "landing-zone-backup");
    assert.deepEqual(
      stack
        .all("RolePolicyAttachment")
        .map(({ inputs }) => String(inputs["policyArn"]).replace("arn:aws:iam::aws:policy/", ""))
        .sort(),
      [
        "AWSBackupServiceRolePolicyForS3Backup",
        "AWSBackupServiceRolePolicyForS3Restore",
        "service-role/AWSBackupServiceRolePolicyForBackup",
        "service-role/AWSBackupServiceRolePolicyForRestores",
      ],
    );
    for (const attachment of stack.all("RolePolicyAttachment"))
      assert.deepEqual(stack.from(attachment, "role"), ["backups"]);
    assert.deepEqual(stack.all("RolePolicy"), []);
  });

  it("is reached by no service through its key: AWS Backup acts as the role", async () => {
    for (const { Principal } of statements((await vault()).one("Key")))
      assert.deepEqual(Principal, { AWS: "arn:aws:iam::111122223333:root" });
  });
});
