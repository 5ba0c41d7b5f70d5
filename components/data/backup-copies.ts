import * as pulumi from "@pulumi/pulumi";
import { type CopySources, type LockedVaultArgs, lockedVault } from "./backup-vault";

export interface BackupCopyVaultArgs extends LockedVaultArgs {
  readonly copiesFrom: CopySources;
}

/**
 * A second place, in an account of its own, for copies of other accounts' backups, so that who takes over or loses an
 * account does not have its last copy: a locked vault, and a key that roles of the organization may use for copies
 * and nothing else.
 *
 * The copies are made by the plans of the other accounts (BackupPlans, `copyTo`), in the region of what is copied.
 * Beside it the company needs, once: cross-account backup switched on in the management account (CrossAccountBackups),
 * and the key of what is copied shared with this account where AWS Backup does not encrypt by itself (EBS, RDS). To take a copy back, this account needs a role for AWS
 * Backup, and the vault it goes to must let this account in by its own `copiesFrom`.
 *
 * Refused: what lockedVault refuses. Source: AWS Backup developer guide, "Creating backup copies across AWS accounts".
 */
export class BackupCopyVault extends pulumi.ComponentResource {
  readonly vaultName: string;
  /** What a plan's `copyTo.vaultArn` takes. */
  readonly arn: string;

  constructor(name: string, args: BackupCopyVaultArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:data:BackupCopyVault", name, {}, opts);
    this.vaultName = args.vaultName;
    this.arn = lockedVault(this, name, "Copies of other accounts' backups", args);
    this.registerOutputs({ arn: this.arn });
  }
}
