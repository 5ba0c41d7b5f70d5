import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface CrossAccountBackupsArgs {
  /** What there must be first: the organization, which trusts `backup.amazonaws.com`. */
  readonly after?: readonly pulumi.Resource[];
}

/**
 * Lets backups of the organization's accounts be copied to vaults of its other accounts (`BackupCopyVault`): where it is
 * not said in the management account, every such copy fails. AWS keeps it when the stack goes.
 *
 * Source: AWS Backup developer guide, "Creating backup copies across AWS accounts"; AWS Backup API reference,
 * "UpdateGlobalSettings".
 */
export class CrossAccountBackups extends pulumi.ComponentResource {
  constructor(name: string, args: CrossAccountBackupsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:data:CrossAccountBackups", name, {}, opts);
    new aws.backup.GlobalSettings(
      name,
      { globalSettings: { isCrossAccountBackupEnabled: "true" } },
      { parent: this, dependsOn: [...(args.after ?? [])] },
    );
    this.registerOutputs({});
  }
}
