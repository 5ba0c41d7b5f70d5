import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement, trustService } from "../identity/policy-document";
import { arn, iamArn, type Location } from "../location";
import { requireAccounts, requireOrganization } from "../logs/bucket-statements";
import { EncryptionKey } from "../security/encryption-key";

/**
 * Who may lift the lock. `governance`: whoever may call backup:DeleteBackupVaultLockConfiguration. `compliance`: for
 * `changeableForDays`, 3 or more, as with governance; from then on nobody, the account's root and AWS included. A copy
 * then stays, and is paid for, until its time is over, the days can not be changed any more, and the vault can not be
 * deleted while it holds a copy. Only closing the account ends it. Try it with `governance` first.
 */
export type VaultLock =
  | { readonly mode: "governance" }
  | { readonly mode: "compliance"; readonly changeableForDays: number };

/** Source: AWS Backup developer guide, "Notification options with AWS Backup"; others are no longer sent. */
export type VaultEvent =
  | "BACKUP_JOB_STARTED"
  | "BACKUP_JOB_COMPLETED"
  | "COPY_JOB_STARTED"
  | "COPY_JOB_SUCCESSFUL"
  | "COPY_JOB_FAILED"
  | "RESTORE_JOB_STARTED"
  | "RESTORE_JOB_COMPLETED"
  | "RECOVERY_POINT_MODIFIED"
  | "S3_BACKUP_OBJECT_FAILED"
  | "S3_RESTORE_OBJECT_FAILED";

export interface LockedVaultArgs {
  /** 2 to 50 letters, digits, hyphens or underscores. */
  readonly vaultName: string;
  readonly at: Location;
  /** Days before which nobody may delete a copy; a job that would keep for less fails. */
  readonly keepDays: number;
  /** Days that a job may keep for at most, so that nobody fills a locked vault for a century; absent: 36,500. */
  readonly maxKeepDays?: number;
  /** Default: governance. */
  readonly lock?: VaultLock;
  /** Denies deletion where IAM policies would allow it; absent: they alone say who may, and the lock when. */
  readonly deletion?: {
    /** The ARN of the one role that may; `*` stands for what is not known, for example its account or its end. */
    readonly onlyBy: string;
    /**
     * ARNs of the roles that alone may replace or remove the policy that says so: name the one that this program is
     * run with, or it can not. Absent: whoever may by IAM policies, and so an administrator in two steps.
     */
    readonly policyChangedBy?: readonly string[];
  };
  readonly notify?: {
    /** The topic, and its key, must let `backup.amazonaws.com` publish; see Topic's `publishers`. */
    readonly topicArn: pulumi.Input<string>;
    /** Default: ends of jobs, whose message says whether well or not, and what failed or was changed. */
    readonly events?: readonly VaultEvent[];
  };
  /** Whose backups may be copied into the vault; absent: the account's own. */
  readonly copiesFrom?: CopySources;
}

/** The roles of an organization: of all its accounts, or of those given by their 12 digits. */
export interface CopySources {
  readonly organizationId: string;
  readonly accountIds?: readonly string[];
  /** The one role of theirs, by its name, that AWS Backup copies with; it and AWS Backup's own are let in. Default: any. */
  readonly roleName?: string;
}

export interface BackupVaultArgs extends LockedVaultArgs {
  readonly roleName: string;
}

/**
 * Where AWS Backup keeps an account's copies, with a key of its own, and the role it copies and restores with. A copy
 * can not be deleted before its time but by lifting the lock, which only the platform may.
 *
 * Refused: what lockedVault refuses.
 * Sources: AWS Backup developer guide, "Creating a backup vault", "AWS Backup Vault Lock", "Default service role";
 * FSBP control Backup.1.
 */
export class BackupVault extends pulumi.ComponentResource {
  readonly vaultName: string;
  readonly arn: string;
  readonly roleArn: string;

  constructor(name: string, args: BackupVaultArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:data:BackupVault", name, {}, opts);
    const here = { parent: this };
    this.vaultName = args.vaultName;
    this.arn = lockedVault(this, name, "Backups of the account", args);
    this.roleArn = iamArn(args.at.accountId, `role/${args.roleName}`);
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
    this.registerOutputs({ arn: this.arn });
  }
}

/**
 * Makes a locked vault, its key, and what it is told of access and notifications, below a component, and returns the
 * vault's ARN. Where copies of the organization are let in, its key lets the same roles encrypt and decrypt them.
 *
 * Refused: a name that AWS Backup refuses; days that are no whole numbers from 1 to 36,500, or a maximum below
 * keepDays; changeableForDays below 3; an organization or an account that is none; a role that is no role's ARN or
 * could be any role; an empty list, which would mean nobody.
 * Sources: AWS Backup API reference, "PutBackupVaultLockConfiguration"; AWS Backup developer guide, "Vault access
 * policies", which takes no wildcards in actions.
 */
export function lockedVault(
  parent: pulumi.ComponentResource,
  name: string,
  description: string,
  args: LockedVaultArgs,
): string {
  requireSound(args);
  const { vaultName, at, keepDays, maxKeepDays, copiesFrom, notify } = args;
  const lock = args.lock ?? { mode: "governance" };
  const { region } = at;
  const here = { parent };
  const kept = { parent, protect: true };
  const key = new EncryptionKey(
    name,
    {
      alias: `landing-zone/${name}`,
      description,
      at,
      statements: copiesFrom === undefined ? [] : keyForCopies(copiesFrom, at),
    },
    kept,
  );
  const vault = new aws.backup.Vault(name, { name: vaultName, kmsKeyArn: key.arn, region }, kept);
  new aws.backup.VaultLockConfiguration(
    name,
    {
      backupVaultName: vault.name,
      minRetentionDays: keepDays,
      ...(maxKeepDays === undefined ? {} : { maxRetentionDays: maxKeepDays }),
      ...(lock.mode === "compliance" ? { changeableForDays: lock.changeableForDays } : {}),
      region,
    },
    // Every change replaces a lock, which AWS refuses once it is final: better in the plan than halfway.
    lock.mode === "compliance" ? { ...kept, ...inPlace } : { ...here, ...inPlace },
  );
  const access = accessStatements(args);
  if (access.length > 0)
    new aws.backup.VaultPolicy(
      name,
      { backupVaultName: vault.name, policy: policyDocument(access), region },
      here,
    );
  if (notify !== undefined)
    new aws.backup.VaultNotifications(
      name,
      {
        backupVaultName: vault.name,
        snsTopicArn: notify.topicArn,
        backupVaultEvents: [...(notify.events ?? usualEvents)],
        region,
      },
      { ...here, ...inPlace },
    );
  return vaultArn(at, vaultName);
}

/** A vault has one of it: to delete the old one after the new one was made would leave the vault with neither. */
const inPlace = { deleteBeforeReplace: true } as const;

const vaultArn = (at: Location, vaultName: string): string => arn("backup", at, `backup-vault:${vaultName}`);

/** There is no event for a backup that failed: the end of a job tells. */
const usualEvents: readonly VaultEvent[] = [
  "BACKUP_JOB_COMPLETED",
  "COPY_JOB_FAILED",
  "RESTORE_JOB_COMPLETED",
  "RECOVERY_POINT_MODIFIED",
  "S3_BACKUP_OBJECT_FAILED",
  "S3_RESTORE_OBJECT_FAILED",
];

/**
 * Sources: AWS Backup developer guide, "Creating backup copies across AWS accounts"; AWS Config developer guide,
 * "backup-recovery-point-manual-deletion-disabled", which wants `*` as principal and resource of what is denied.
 */
function accessStatements({ at, vaultName, deletion, copiesFrom }: LockedVaultArgs): Statement[] {
  // AWS Backup deletes what has had its time, by its own role where the plan's is gone.
  const ownRole = iamArn(at.accountId, backupsOwnRole);
  const denyButTo = (Sid: string, Action: readonly string[], roles: readonly string[]): Statement => ({
    Sid,
    Effect: "Deny",
    Principal: "*",
    Action,
    Resource: "*",
    Condition: { ArnNotLike: { "aws:PrincipalArn": roles } },
  });
  return [
    ...(deletion === undefined
      ? []
      : [
          denyButTo(
            "OnlyOneRoleDeletes",
            ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"],
            [deletion.onlyBy, ownRole],
          ),
        ]),
    ...(deletion?.policyChangedBy === undefined
      ? []
      : [
          denyButTo(
            "PolicyStays",
            ["backup:PutBackupVaultAccessPolicy", "backup:DeleteBackupVaultAccessPolicy"],
            deletion.policyChangedBy,
          ),
        ]),
    ...(copiesFrom === undefined
      ? []
      : [
          {
            Sid: "CopiesOfTheOrganization",
            Effect: "Allow",
            Principal: principalOf(copiesFrom),
            Action: "backup:CopyIntoBackupVault",
            Resource: vaultArn(at, vaultName),
            Condition: {
              StringEquals: { "aws:PrincipalOrgID": copiesFrom.organizationId },
              ...copyingRoles(copiesFrom),
            },
          } satisfies Statement,
        ]),
  ];
}

const principalOf = ({ accountIds }: CopySources): "*" | { AWS: string[] } =>
  accountIds === undefined ? "*" : { AWS: accountIds.map(id => iamArn(id, "root")) };

/** AWS Backup's own role in an account. */
const backupsOwnRole = "role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup";

/** A condition, and not a principal, because a role that is named as a principal must be there already. */
const copyingRoles = ({ accountIds = ["*"], roleName }: CopySources): Statement["Condition"] =>
  roleName === undefined
    ? {}
    : {
        ArnLike: {
          "aws:PrincipalArn": accountIds.flatMap(id => [
            iamArn(id, `role/${roleName}`),
            iamArn(id, backupsOwnRole),
          ]),
        },
      };

/**
 * Lets roles of the organization encrypt their copies, and decrypt them to take them back, through services of the
 * region only, and have those services keep on doing so.
 * Sources: AWS Backup developer guide, "Creating backup copies across AWS accounts", "Encryption for a backup copy to
 * a different account or AWS Region"; KMS developer guide, "kms:ViaService", "kms:GrantIsForAWSResource".
 */
export function keyForCopies(sources: CopySources, at: Location): Statement[] {
  const allow = (Sid: string, Action: readonly string[], more: Statement["Condition"]): Statement => ({
    Sid,
    Effect: "Allow",
    Principal: principalOf(sources),
    Action,
    Resource: "*",
    Condition: {
      StringEquals: { "aws:PrincipalOrgID": sources.organizationId },
      StringLike: { "kms:ViaService": `*.${at.region}.amazonaws.com` },
      ...copyingRoles(sources),
      ...more,
    },
  });
  return [
    allow(
      "CopiesOfTheOrganization",
      ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
      {},
    ),
    allow("GrantsForCopies", ["kms:CreateGrant"], { Bool: { "kms:GrantIsForAWSResource": "true" } }),
  ];
}

/** Days for which AWS Backup keeps a copy at most. */
const longestKept = 36_500;

export function requireDays(what: string, days: number, least = 1): void {
  if (!Number.isInteger(days) || days < least || days > longestKept)
    throw new Error(`${what} is ${days}; it must be a whole number of days from ${least} to 36,500`);
}

export function requireVaultName(vaultName: string): void {
  if (!/^[\w-]{2,50}$/.test(vaultName))
    throw new Error(`vaultName is ${vaultName}; it must be 2 to 50 letters, digits, hyphens or underscores`);
}

/** The name itself, after the path, must not be wildcards alone. */
const isRole = /^arn:aws:iam::(\d{12}|\*):role\/([\w+=,.@*?-]+\/)*[*?]*[\w+=,.@-][\w+=,.@*?-]*$/;

function requireSound({ vaultName, keepDays, maxKeepDays, lock, deletion, copiesFrom }: LockedVaultArgs) {
  requireVaultName(vaultName);
  requireDays("keepDays", keepDays);
  if (maxKeepDays !== undefined) {
    requireDays("maxKeepDays", maxKeepDays);
    if (maxKeepDays < keepDays)
      throw new Error(`maxKeepDays is ${maxKeepDays}, below keepDays, which is ${keepDays}: no job would do`);
  }
  if (lock?.mode === "compliance") requireDays("lock.changeableForDays", lock.changeableForDays, 3);
  if (deletion !== undefined)
    for (const role of [deletion.onlyBy, ...(deletion.policyChangedBy ?? [])])
      if (!isRole.test(role))
        throw new Error(`deletion names ${role}; it must be the ARN of a role, and not of any`);
  if (deletion?.policyChangedBy?.length === 0)
    throw new Error("deletion.policyChangedBy is empty: nobody could ever change the vault's policy");
  if (copiesFrom === undefined) return;
  if (copiesFrom.roleName !== undefined && !/^[\w+=,.@-]{1,64}$/.test(copiesFrom.roleName))
    throw new Error(
      `copiesFrom.roleName is ${copiesFrom.roleName}; it must be a role's name, without a path`,
    );
  requireOrganization(copiesFrom.organizationId);
  requireAccounts("copiesFrom.accountIds", copiesFrom.accountIds ?? []);
  if (copiesFrom.accountIds?.length === 0)
    throw new Error("copiesFrom.accountIds is empty; leave it out to mean all accounts of the organization");
}
