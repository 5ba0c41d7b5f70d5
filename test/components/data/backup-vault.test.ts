import assert from "node:assert/strict";
import fc from "fast-check";
import { BackupVault, type BackupVaultArgs } from "../../../components/data/backup-vault";
import { readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
import type { Caller, Request } from "../../../iam/request";
import { refusals } from "../logs/judged";
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
    assert.deepEqual(inputs, { minRetentionDays: 7, region: "eu-central-1" });
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

  it("says what it is called, before it is made", async () => {
    await planned(() => {
      const made = new BackupVault("backups", { vaultName: "v1", roleName: "r1", at, keepDays: 1 });
      assert.deepEqual(
        [made.vaultName, made.arn, made.roleArn],
        [
          "v1",
          "arn:aws:backup:eu-central-1:111122223333:backup-vault:v1",
          "arn:aws:iam::111122223333:role/r1",
        ],
      );
    });
  });

  it("has no policy and tells nobody, unless it is told to", async () => {
    const stack = await vault();
    for (const type of ["VaultPolicy", "VaultNotifications"]) assert.deepEqual(stack.all(type), []);
  });

  it("is there twice in a stack with all that it can have", async () => {
    const stack = await planned(() => {
      for (const name of ["one", "two"])
        new BackupVault(name, {
          vaultName: name,
          roleName: name,
          at,
          keepDays: 7,
          lock: { mode: "compliance", changeableForDays: 3 },
          ...guarded,
        });
    });
    for (const type of ["VaultLockConfiguration", "VaultPolicy", "VaultNotifications"])
      for (const name of ["one", "two"])
        assert.deepEqual(stack.from(stack.one(type, name), "backupVaultName"), [name]);
  });

  it("is as the policy pack wants it, with all that it can have", async () => {
    assert.deepEqual(await refusals(await vault(guarded)), []);
  });
});

const deleter = "arn:aws:iam::111122223333:role/backup-deletion";
const pipeline = "arn:aws:iam::111122223333:role/landing-zone-deploy";
const guarded = {
  maxKeepDays: 400,
  deletion: { onlyBy: deleter, policyChangedBy: [pipeline] },
  notify: { topicArn: "arn:aws:sns:eu-central-1:111122223333:alerts" },
  copiesFrom: { organizationId: "o-abcde12345" },
} satisfies Partial<BackupVaultArgs>;

describe("the lock of a backup vault", () => {
  const lock = async (args: Partial<BackupVaultArgs>) => (await vault(args)).one("VaultLockConfiguration");

  it("can be lifted in governance mode, whether it is said or not", async () => {
    const { inputs, protect } = await lock({ lock: { mode: "governance" } });
    assert.deepEqual(inputs, (await lock({})).inputs);
    assert.equal(inputs["changeableForDays"], undefined);
    assert.notEqual(protect, true);
  });

  it("becomes final in compliance mode, so that Pulumi does not try to replace it", async () => {
    const { inputs, protect } = await lock({ lock: { mode: "compliance", changeableForDays: 3 } });
    assert.equal(inputs["changeableForDays"], 3);
    assert.equal(inputs["minRetentionDays"], 35);
    assert.equal(protect, true);
  });

  it("is deleted before another one is made, as notifications are, and not with it", async () => {
    const deletedFirst: string[] = [];
    await planned(
      () =>
        new BackupVault(
          "backups",
          { vaultName: "v1", roleName: "r1", at, keepDays: 1, notify: guarded.notify },
          {
            transformations: [
              ({ type, props, opts }) => {
                if ("deleteBeforeReplace" in opts && opts.deleteBeforeReplace === true)
                  deletedFirst.push(type);
                return { props, opts };
              },
            ],
          },
        ),
    );
    assert.deepEqual(deletedFirst.sort(), [
      "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
      "aws:backup/vaultNotifications:VaultNotifications",
    ]);
  });

  it("limits how long copies may be kept, where it is told to", async () => {
    assert.equal((await lock({ maxKeepDays: 400 })).inputs["maxRetentionDays"], 400);
    assert.equal((await lock({ maxKeepDays: 35 })).inputs["maxRetentionDays"], 35);
  });

  it("refuses days that AWS Backup refuses", async () => {
    const compliance = (changeableForDays: number) => ({
      lock: { mode: "compliance", changeableForDays } as const,
    });
    for (const [args, message] of [
      [{ keepDays: 0 }, /keepDays is 0; .* from 1 to 36,500/],
      [{ keepDays: 1.5 }, /keepDays is 1.5/],
      [{ keepDays: 36_501 }, /keepDays is 36501/],
      [{ keepDays: Number.NaN }, /keepDays is NaN/],
      [{ maxKeepDays: 34 }, /maxKeepDays is 34, below keepDays, which is 35/],
      [{ maxKeepDays: 36_501 }, /maxKeepDays is 36501/],
      [compliance(2), /lock.changeableForDays is 2; .* from 3/],
      [compliance(3.5), /lock.changeableForDays is 3.5/],
      [{ vaultName: "a" }, /vaultName is a;/],
      [{ vaultName: "a b" }, /vaultName is a b;/],
      [{ vaultName: "a".repeat(51) }, /vaultName is a+;/],
    ] as const)
      await assert.rejects(vault(args), message);
  });
});

const roleOf = (account: string, name: string): Caller => ({
  kind: "role",
  arn: `arn:aws:iam::${account}:role/${name}`,
  account,
});
const everything = [readDocument({ Statement: { Effect: "Allow", Action: "*", Resource: "*" } })];

/** What AWS answers to a caller whose IAM policies allow everything. */
async function asked(
  args: Partial<BackupVaultArgs>,
  principal: Caller,
  action: string,
  more: Partial<Request> = {},
) {
  const [policy] = (await vault(args)).all("VaultPolicy");
  return evaluate(
    {
      principal,
      action,
      resource: "arn:aws:backup:eu-central-1:111122223333:backup-vault:landing-zone",
      context: {},
      ...more,
    },
    {
      identity: everything,
      ...(policy === undefined ? {} : { resource: readDocument(policy.inputs["policy"]) }),
    },
  ).outcome;
}

describe("deletion from a backup vault", () => {
  const { deletion } = guarded;
  const snapshot = { resource: "arn:aws:ec2:eu-central-1::snapshot/snap-1", resourceAccount: at.accountId };
  const deletes = ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"];

  it("is denied to everyone but one role, whatever their IAM policies allow", async () => {
    for (const action of deletes)
      for (const request of [{}, snapshot]) {
        const outcome = (name: string) => asked({ deletion }, roleOf(at.accountId, name), action, request);
        assert.equal(await outcome("backup-deletion"), "allowed", action);
        assert.equal(await outcome("administrator"), "denied", action);
        assert.equal(await outcome("backup-deletion-2"), "denied", action);
        assert.equal(await outcome("team/backup-deletion"), "denied", action);
      }
  });

  it("is denied to the account's root, too, and to a role of the same name elsewhere", async () => {
    const root: Caller = { kind: "root", arn: "arn:aws:iam::111122223333:root", account: at.accountId };
    assert.equal(await asked({ deletion }, root, "backup:DeleteRecoveryPoint"), "denied");
    const elsewhere = roleOf("222233334444", "backup-deletion");
    assert.equal(await asked({ deletion }, elsewhere, "backup:DeleteRecoveryPoint"), "denied");
  });

  it("is left to AWS Backup's own role, for what has had its time", async () => {
    const name = "aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup";
    const own: Caller = { ...roleOf(at.accountId, name), kind: "service-linked-role" };
    assert.equal(await asked({ deletion }, own, "backup:DeleteRecoveryPoint"), "allowed");
  });

  it("is not the only thing that a vault is for", async () => {
    for (const action of ["backup:StartBackupJob", "backup:StartRestoreJob", "backup:DescribeBackupVault"])
      assert.equal(await asked({ deletion }, roleOf(at.accountId, "administrator"), action), "allowed");
  });

  it("can not be had by changing the policy, where it is said who alone may", async () => {
    for (const action of ["backup:PutBackupVaultAccessPolicy", "backup:DeleteBackupVaultAccessPolicy"]) {
      const outcome = (name: string, more: Partial<BackupVaultArgs>) =>
        asked(more, roleOf(at.accountId, name), action);
      assert.equal(await outcome("landing-zone-deploy", guarded), "allowed");
      assert.equal(await outcome("administrator", guarded), "denied");
      assert.equal(await outcome("backup-deletion", guarded), "denied");
      assert.equal(await outcome("administrator", { deletion: { onlyBy: deleter } }), "allowed");
    }
  });

  it("takes a role whose account or end is not known", async () => {
    const onlyBy =
      "arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_landing-zone-break-glass_*";
    const person = (set: string) =>
      roleOf(
        at.accountId,
        `aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_${set}_0123456789abcdef`,
      );
    const outcome = (set: string) =>
      asked({ deletion: { onlyBy } }, person(set), "backup:DeleteRecoveryPoint");
    assert.equal(await outcome("landing-zone-break-glass"), "allowed");
    assert.equal(await outcome("landing-zone-read"), "denied");
  });

  it("refuses what is no role or could be any", async () => {
    for (const role of [
      "backup-deletion",
      "*",
      "arn:aws:iam::*:role/*",
      "arn:aws:iam::111122223333:role/**",
      "arn:aws:iam::111122223333:role/aws-reserved/*",
      "arn:aws:iam::111122223333:role/",
      "arn:aws:iam::111122223333:user/someone",
      "arn:aws:iam::1111:role/one",
    ]) {
      await assert.rejects(
        vault({ deletion: { onlyBy: role } }),
        /deletion names .*; it must be the ARN/,
        role,
      );
      const changed = { onlyBy: deleter, policyChangedBy: [pipeline, role] };
      await assert.rejects(vault({ deletion: changed }), /deletion names/, role);
    }
    const nobody = { onlyBy: deleter, policyChangedBy: [] };
    await assert.rejects(vault({ deletion: nobody }), /nobody could ever change/);
  });
});

describe("copies into a backup vault", () => {
  const copy = "backup:CopyIntoBackupVault";
  const from = (
    account: string,
    organization: string | undefined,
    copiesFrom: BackupVaultArgs["copiesFrom"],
    action = copy,
  ) =>
    asked({ ...(copiesFrom && { copiesFrom }) }, roleOf(account, "landing-zone-backup"), action, {
      context: organization === undefined ? {} : { "aws:PrincipalOrgID": organization },
    });
  const ours = { organizationId: "o-abcde12345" };

  it("are let in from the accounts of the organization, and nothing else is let in with them", async () => {
    assert.equal(await from("222233334444", "o-abcde12345", ours), "allowed");
    assert.equal(await from("222233334444", "o-zzzzz99999", ours), "denied");
    assert.equal(await from("222233334444", undefined, ours), "denied");
    assert.equal(await from("222233334444", "o-abcde12345", undefined), "denied");
    for (const action of ["backup:DeleteRecoveryPoint", "backup:StartRestoreJob", "backup:StartCopyJob"])
      assert.equal(await from("222233334444", "o-abcde12345", ours, action), "denied", action);
  });

  it("are let in from some of its accounts only, where it is said which", async () => {
    const some = { ...ours, accountIds: ["222233334444", "333344445555"] };
    assert.equal(await from("333344445555", "o-abcde12345", some), "allowed");
    assert.equal(await from("444455556666", "o-abcde12345", some), "denied");
    assert.equal(await from("333344445555", "o-zzzzz99999", some), "denied");
  });

  it("have no wildcards in actions, which AWS Backup refuses in a vault's policy", async () => {
    for (const { Action } of statements((await vault(guarded)).one("VaultPolicy")))
      for (const action of [Action].flat()) assert.doesNotMatch(action, /[*?]/);
  });

  it("are refused from what is no organization or account", async () => {
    await assert.rejects(vault({ copiesFrom: { organizationId: "r-ab12" } }), /organizationId is r-ab12/);
    await assert.rejects(
      vault({ copiesFrom: { ...ours, accountIds: ["1"] } }),
      /copiesFrom.accountIds holds 1/,
    );
    await assert.rejects(vault({ copiesFrom: { ...ours, accountIds: [] } }), /accountIds is empty/);
  });
});

describe("the notifications of a backup vault", () => {
  it("tell of ends and failures, or of what they are told to", async () => {
    const { topicArn } = guarded.notify;
    const { inputs } = (await vault({ notify: { topicArn } })).one("VaultNotifications");
    assert.equal(inputs["region"], at.region);
    const told = async (notify: BackupVaultArgs["notify"]) =>
      (await vault({ ...(notify && { notify }) })).one("VaultNotifications").inputs;
    assert.equal((await told({ topicArn }))["snsTopicArn"], topicArn);
    assert.deepEqual((await told({ topicArn, events: ["COPY_JOB_FAILED"] }))["backupVaultEvents"], [
      "COPY_JOB_FAILED",
    ]);
    const usual = (await told({ topicArn }))["backupVaultEvents"] as string[];
    for (const event of ["BACKUP_JOB_COMPLETED", "COPY_JOB_FAILED", "RECOVERY_POINT_MODIFIED"])
      assert.ok(usual.includes(event), event);
    // AWS no longer sends it, and who waits for it believes that all is well.
    assert.ok(!usual.includes("BACKUP_JOB_FAILED"));
  });
});

describe("the days of a backup vault", () => {
  it("are taken from 1 to 36,500 as they are", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(fc.integer({ min: 1, max: 36_500 }), fc.integer({ min: 1, max: 36_500 })),
        async ([one, other]) => {
          const [keepDays, maxKeepDays] = [Math.min(one, other), Math.max(one, other)];
          const { inputs } = (await vault({ keepDays, maxKeepDays })).one("VaultLockConfiguration");
          assert.deepEqual([inputs["minRetentionDays"], inputs["maxRetentionDays"]], [keepDays, maxKeepDays]);
        },
      ),
      { numRuns: 20 },
    );
  });
});
