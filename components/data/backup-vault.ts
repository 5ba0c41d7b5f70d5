import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { trustService } from "../identity/policy-document";
import type { Location } from "../location";
import { EncryptionKey } from "../security/encryption-key";

export interface BackupVaultArgs {
  readonly vaultName: string;
  readonly roleName: string;
  readonly at: Location;
  /** Days before which nobody may delete a copy. */
  readonly keepDays: number;
}

/**
 * Where AWS Backup keeps an account's copies, with a key of its own, and the role it copies and restores with. A copy
 * can not be deleted before its time but by lifting the lock, which only the platform may.
 *
 * Sources: AWS Backup developer guide, "Creating a backup vault", "AWS Backup Vault Lock", "Default service role";
 * FSBP control Backup.1.
 */
export class BackupVault extends pulumi.ComponentResource {
  constructor(name: string, args: BackupVaultArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:data:BackupVault", name, {}, opts);
    const here = { parent: this };
    const key = new EncryptionKey(
      name,
      { alias: `landing-zone/${name}`, description: "Backups of the account", at: args.at },
      { ...here, protect: true },
    );
    const vault = new aws.backup.Vault(
      name,
      { name: args.vaultName, kmsKeyArn: key.arn },
      { ...here, protect: true },
    );
    new aws.backup.VaultLockConfiguration(
      name,
      { backupVaultName: vault.name, minRetentionDays: args.keepDays },
      here,
    );
    const role = new aws.iam.Role(
      name,
      {
        name: args.roleName,
        description: "AWS Backup copies and restores with this role",
        assumeRolePolicy: trustService("backup.amazonaws.com", args.at.accountId),
      },
      here,
    );
    for (const managed of [
      "service-role/AWSBackupServiceRolePolicyForBackup",
      "service-role/AWSBackupServiceRolePolicyForRestores",
      "AWSBackupServiceRolePolicyForS3Backup",
      "AWSBackupServiceRolePolicyForS3Restore",
    ])
      new aws.iam.RolePolicyAttachment(
        `${name}-${managed.split("/").at(-1)}`,
        { role: role.name, policyArn: `arn:aws:iam::aws:policy/${managed}` },
        here,
      );
    this.registerOutputs({});
  }
}
