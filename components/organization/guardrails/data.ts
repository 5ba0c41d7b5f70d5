import { butThePlatform, type Guardrail, type GuardrailSettings, serviceControl } from "./settings";

/**
 * Nothing is shared with everyone. The blocks of account and region (components/hardening) keep buckets, images and
 * snapshots private; these statements keep the blocks, and cover what no block does.
 */
export const noPublicSharing = (settings: GuardrailSettings): Guardrail =>
  serviceControl(
    {
      Sid: "KeepPublicBlocks",
      Effect: "Deny",
      Action: [
        "ec2:DisableEbsEncryptionByDefault",
        "ec2:DisableImageBlockPublicAccess",
        "ec2:DisableSnapshotBlockPublicAccess",
        "ec2:EnableSerialConsoleAccess",
        "ec2:ModifyInstanceMetadataDefaults",
        "elasticmapreduce:PutBlockPublicAccessConfiguration",
        "rds:ModifyDBClusterSnapshotAttribute",
        "rds:ModifyDBSnapshotAttribute",
        "s3:PutAccountPublicAccessBlock",
        "ssm:ResetServiceSetting",
        "ssm:UpdateServiceSetting",
      ],
      Resource: "*",
      Condition: butThePlatform(settings),
    },
    {
      Sid: "NoPublicSnapshots",
      Effect: "Deny",
      Action: "ec2:ModifySnapshotAttribute",
      Resource: "*",
      Condition: { StringEquals: { "ec2:Add/group": "all" } },
    },
    {
      Sid: "NoPublicDatabases",
      Effect: "Deny",
      // A change to an instance knows no such condition; AWS Config's rules find it, and data subnets have no way in.
      Action: ["rds:CreateDBInstance*", "rds:CreateDBShardGroup", "rds:RestoreDBInstance*"],
      Resource: "*",
      Condition: { Bool: { "rds:PubliclyAccessible": "true" } },
    },
    {
      Sid: "NoPublicFunctions",
      Effect: "Deny",
      Action: ["lambda:AddPermission", "lambda:CreateFunctionUrlConfig", "lambda:UpdateFunctionUrlConfig"],
      Resource: "*",
      Condition: { StringEquals: { "lambda:FunctionUrlAuthType": "NONE" } },
    },
  );

/**
 * What is created is encrypted. S3 encrypts by itself; an upload that asks for less than a KMS key is refused, one
 * that asks for nothing gets its bucket's key.
 *
 * Sources: Amazon EBS user guide, "Amazon EBS encryption"; Amazon RDS user guide, "Encrypting Amazon RDS resources";
 * Amazon EFS user guide, "Enforcing creation of encrypted file systems"; Amazon S3 user guide, "Using server-side
 * encryption".
 */
export const encryptionOnCreate = (): Guardrail =>
  serviceControl(
    {
      Sid: "EncryptVolumes",
      Effect: "Deny",
      Action: ["ec2:CreateVolume", "ec2:RunInstances"],
      Resource: "arn:aws:ec2:*:*:volume/*",
      Condition: { Bool: { "ec2:Encrypted": "false" } },
    },
    {
      Sid: "EncryptDatabases",
      Effect: "Deny",
      Action: ["rds:CreateDBCluster", "rds:CreateDBInstance"],
      Resource: "*",
      Condition: { Bool: { "rds:StorageEncrypted": "false" } },
    },
    {
      Sid: "EncryptFileSystems",
      Effect: "Deny",
      Action: "elasticfilesystem:CreateFileSystem",
      Resource: "*",
      Condition: { Bool: { "elasticfilesystem:Encrypted": "false" } },
    },
    {
      Sid: "EncryptObjectsWithKms",
      Effect: "Deny",
      Action: "s3:PutObject",
      Resource: "*",
      Condition: {
        Null: { "s3:x-amz-server-side-encryption": "false" },
        StringNotLike: { "s3:x-amz-server-side-encryption": "aws:kms*" },
      },
    },
  );
