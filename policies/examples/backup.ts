import { inDev, inProd, somewhere } from "./environments";
import { type Cases, unknown } from "./example";

const vault = { type: "aws:backup/vault:Vault", name: "vault" };
const lock = {
  type: "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
  name: "lock",
  props: { backupVaultName: unknown },
};
const statement = (Action: string | string[], Effect = "Allow") => ({
  props: { policy: JSON.stringify({ Statement: [{ Effect, Principal: "*", Action, Resource: "*" }] }) },
});
const daily = "cron(0 3 ? * * *)";
const plan = (...rules: object[]) => ({ props: { rules } });
const copyTo = (account: string) => ({
  copyActions: [{ destinationVaultArn: `arn:aws:backup:eu-central-1:${account}:backup-vault:copies` }],
});
const ofAccount = { provider: { props: { ...inProd.provider.props, allowedAccountIds: ["111122223333"] } } };

export default [
  {
    rule: "backup-vault-cmk",
    accepts: [{ props: { kmsKeyArn: unknown } }],
    refuses: [{}],
  },
  {
    rule: "backup-vault-lock",
    accepts: [
      [vault, { ...lock, madeFrom: { backupVaultName: ["vault"] } }],
      [
        { ...vault, props: { name: "copies" } },
        { ...lock, props: { backupVaultName: "copies" } },
      ],
    ],
    refuses: [
      vault,
      [vault, { ...vault, name: "other" }, { ...lock, madeFrom: { backupVaultName: ["other"] } }],
    ],
    unknown: [[vault, lock]],
  },
  {
    rule: "backup-vault-lock-min",
    accepts: [
      { props: { minRetentionDays: 7, maxRetentionDays: 35 } },
      { props: { minRetentionDays: 7, maxRetentionDays: 7 } },
      { props: { minRetentionDays: 1 } },
    ],
    refuses: [
      {},
      { props: { minRetentionDays: 35, maxRetentionDays: 7 } },
      { props: { minRetentionDays: 0 } },
    ],
    unknown: [
      { props: { minRetentionDays: unknown } },
      { props: { minRetentionDays: 7, maxRetentionDays: unknown } },
    ],
  },
  {
    rule: "backup-vault-lock-final-late",
    accepts: [{ props: { changeableForDays: 7 } }, {}],
    refuses: [{ props: { changeableForDays: 3 } }],
    unknown: [{ props: { changeableForDays: unknown } }],
  },
  {
    rule: "backup-vault-no-force-destroy",
    accepts: [{}, { props: { forceDestroy: false } }],
    refuses: [{ props: { forceDestroy: true } }],
    unknown: [{ props: { forceDestroy: unknown } }],
  },
  {
    rule: "backup-vault-policy",
    accepts: [statement("backup:CopyIntoBackupVault"), statement("backup:DeleteRecoveryPoint", "Deny")],
    refuses: [
      statement("backup:DeleteRecoveryPoint"),
      statement("backup:UpdateRecoveryPointLifecycle"),
      statement("backup:PutBackupVaultAccessPolicy"),
      statement("backup:DeleteBackupVaultAccessPolicy"),
      statement("backup:DeleteBackupVault"),
      statement("backup:DeleteBackupVaultLockConfiguration"),
      statement(["backup:CopyIntoBackupVault", "backup:*"]),
      {
        props: {
          policy: JSON.stringify({
            Statement: { Effect: "Allow", Principal: "*", NotAction: "backup:StartCopyJob", Resource: "*" },
          }),
        },
      },
    ],
    unknown: [{ props: { policy: unknown } }],
  },
  {
    rule: "backup-plan-cross-account-copy",
    accepts: [
      { ...ofAccount, ...plan({ ...copyTo("444455556666") }) },
      { ...inDev, ...plan({}) },
    ],
    refuses: [
      { ...ofAccount, ...plan({}) },
      { ...ofAccount, ...plan(copyTo("111122223333")) },
      { ...inProd, ...plan({ copyActions: [{ destinationVaultArn: "copies" }] }) },
    ],
    unknown: [
      { ...ofAccount, ...plan({ copyActions: [{ destinationVaultArn: unknown }] }) },
      { ...somewhere, ...plan({}) },
    ],
  },
  {
    rule: "backup-plan-retention",
    accepts: [
      { ...inProd, ...plan({ lifecycle: { deleteAfter: 35 } }) },
      { ...inDev, ...plan({ lifecycle: { deleteAfter: 7 } }) },
      { ...inProd, ...plan({}) },
    ],
    refuses: [
      { ...inProd, ...plan({ lifecycle: { deleteAfter: 7 } }) },
      { ...inDev, ...plan({ lifecycle: { deleteAfter: 6 } }) },
    ],
    unknown: [plan({ lifecycle: { deleteAfter: unknown } }), { props: { rules: unknown } }],
  },
  {
    rule: "backup-plan-frequency",
    accepts: [
      plan({ schedule: daily }),
      plan({ schedule: "cron(0 4 1 * ? *)" }, { schedule: "rate(12 hours)" }),
      plan({ schedule: "rate(1 day)" }),
      plan({ schedule: "cron(0 4 1 * ? *)", lifecycle: { deleteAfter: 365 } }),
    ],
    refuses: [
      plan({ schedule: "cron(0 3 ? * SUN *)" }),
      plan({ schedule: "cron(0 3 1 * ? *)" }),
      plan({ schedule: "cron(0 3 ? 1 * *)" }),
      plan({ schedule: "rate(7 days)" }),
      plan({ schedule: "cron(0 4 1 * ? *)", lifecycle: { deleteAfter: 364 } }),
      plan(
        { schedule: "cron(0 4 1 * ? *)", lifecycle: { deleteAfter: 365 } },
        { schedule: "rate(7 days)", lifecycle: { deleteAfter: 35 } },
      ),
      plan(),
      plan({}),
    ],
    unknown: [plan({ schedule: unknown })],
  },
  {
    rule: "backup-selection-by-tag",
    accepts: [
      { props: { selectionTags: [{ type: "STRINGEQUALS", key: "environment", value: "prod" }] } },
      { props: { conditions: [{ stringEquals: [{ key: "aws:ResourceTag/environment", value: "prod" }] }] } },
    ],
    refuses: [{ props: { resources: ["arn:aws:dynamodb:eu-central-1:111122223333:table/carts"] } }],
    unknown: [{ props: { selectionTags: unknown } }],
  },
  {
    rule: "backup-selection-not-empty",
    accepts: [
      { props: { selectionTags: [{ type: "STRINGEQUALS", key: "environment", value: "prod" }] } },
      { props: { resources: [unknown] } },
      { props: { conditions: [{}] } },
    ],
    refuses: [{}, { props: { resources: [], selectionTags: [] } }],
    unknown: [{ props: { resources: unknown } }],
  },
  {
    rule: "backup-plan-vault-named",
    accepts: [plan({ targetVaultName: "landing-zone" })],
    refuses: [plan({ targetVaultName: "Default" }), plan({ targetVaultName: "landing-zone" }, {}), plan()],
    unknown: [plan({ targetVaultName: unknown })],
  },
] satisfies Cases[];
