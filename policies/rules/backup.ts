import { actionMatches } from "../../iam/actions";
import { eachOf, mustBeSet, mustHaveCompanion, mustNotBe, mustNotBeEmpty } from "../demands";
import { eachStatement } from "../policy-documents";
import { accountOf } from "../provider-inputs";
import { isProduction } from "../resource-tags";
import { backupPlans, backupSelections, backupVaults } from "../resource-types";
import type { Rule } from "../rule";
import type { Value } from "../value";

const locks = ["aws:backup/vaultLockConfiguration:VaultLockConfiguration"];

/** Vaults, and the plans that fill them. */
export const backup: readonly Rule[] = [
  {
    name: "backup-vault-cmk",
    theme: "encryption-at-rest",
    title: "A backup vault is encrypted with a key of the company's",
    why: "A copy under AWS's own key cannot be taken to another account, and does not say who reads it",
    fix: "set kmsKeyArn; it cannot be changed later",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP Backup.1"],
    types: backupVaults,
    check: mustBeSet("kmsKeyArn"),
  },
  {
    name: "backup-vault-lock",
    theme: "resilience-and-backup",
    title: "A backup vault is locked",
    why: "Whoever takes over an account deletes the backups first",
    fix: "add a VaultLockConfiguration with its name",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: backupVaults,
    scope: "stack",
    check: mustHaveCompanion(backupVaults, locks, "backupVaultName", "no VaultLockConfiguration names it"),
  },
  {
    name: "backup-vault-lock-min",
    theme: "resilience-and-backup",
    title: "A vault's lock keeps copies for some time, and for no century",
    why: "Without a minimum the lock keeps nothing; with a maximum below it no job does",
    fix: "set minRetentionDays to 1 or more, and maxRetentionDays to no less",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: locks,
    check(lock, report) {
      const least = lock.at("minRetentionDays").number() ?? 0;
      if (least < 1) report.refuse("minRetentionDays is not set");
      const most = lock.at("maxRetentionDays").number();
      if (most !== undefined && most < least)
        report.refuse(`maxRetentionDays is ${most}, less than minRetentionDays`);
    },
  },
  {
    name: "backup-vault-lock-final-late",
    theme: "resilience-and-backup",
    title: "A lock that nobody can lift leaves a week to find it wrong",
    why: "From then on copies stay, and are paid for, whatever anyone wishes, AWS included",
    fix: "set changeableForDays to 7 or more, or leave it out for a lock that can be lifted",
    severity: "low",
    level: "advisory",
    controls: [],
    types: locks,
    check(lock, report) {
      const days = lock.at("changeableForDays").number();
      if (days !== undefined && days < 7) report.refuse(`changeableForDays is ${days}`);
    },
  },
  {
    name: "backup-vault-no-force-destroy",
    theme: "resilience-and-backup",
    title: "A backup vault is not deleted with what is in it",
    why: "One wrong name in a change would delete every copy",
    fix: "leave forceDestroy out",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: backupVaults,
    check: mustNotBe("forceDestroy", true),
  },
  {
    name: "backup-vault-policy",
    theme: "least-privilege",
    title: "A vault's policy lets nobody else delete copies or open the vault",
    why: "Copies are what is left when an account is lost, so none but the vault's own account may touch them",
    fix: "allow others backup:CopyIntoBackupVault only",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: ["aws:backup/vaultPolicy:VaultPolicy"],
    check(policy, report) {
      eachStatement(policy.at("policy"), report, (statement, report) => {
        if (statement.effect !== "Allow") return;
        for (const action of destructive)
          if (statement.actions.some(given => actionMatches(given, action)))
            report.refuse(`it allows ${action}`);
        if (statement.notActions.length > 0) report.refuse("it allows all but some actions");
      });
    },
  },
  {
    name: "backup-plan-cross-account-copy",
    theme: "resilience-and-backup",
    title: "A production plan copies to a vault of another account",
    why: "Whoever takes over the account takes over its vaults",
    fix: "add copyActions with the ARN of a vault in another account to a rule of the plan",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: backupPlans,
    check(plan, report) {
      const copies = plan
        .at("rules")
        .list()
        .flatMap(rule => rule.at("copyActions").list());
      const own = accountOf(plan);
      const elsewhere = copies.some(copy => {
        const account = copy.at("destinationVaultArn").text()?.split(":")[4] ?? "";
        return account !== "" && account !== own;
      });
      if (!elsewhere && isProduction(plan)) report.refuse("no rule copies to another account");
    },
  },
  {
    name: "backup-plan-retention",
    theme: "resilience-and-backup",
    title: "A plan keeps copies for a week, in production for five",
    why: "Damage is often found weeks after it was done",
    fix: "set lifecycle.deleteAfter of each rule to 7, in production to 35",
    severity: "medium",
    level: "mandatory",
    leniency: "dev",
    controls: [],
    types: backupPlans,
    check(plan, report) {
      report.each(plan.at("rules").list(), rule => {
        const after = rule.at("lifecycle", "deleteAfter");
        // Without a time a copy is kept for good.
        const days = after.number() ?? Number.POSITIVE_INFINITY;
        if (days >= 35) return;
        if (days < 7) report.refuse(`${after.path} is ${days}, less than 7`);
        else if (isProduction(plan)) report.refuse(`${after.path} is ${days}, less than production's 35`);
      });
    },
  },
  {
    name: "backup-plan-frequency",
    theme: "resilience-and-backup",
    title: "A plan has a rule for each day",
    why: "What was written since the last copy is lost",
    fix: "give a rule a schedule whose day of month and day of week are * or ?",
    severity: "low",
    level: "advisory",
    controls: [],
    types: backupPlans,
    check(plan, report) {
      const rules = plan.at("rules").list();
      const schedules = rules.map(rule => rule.at("schedule").text() ?? "");
      if (schedules.some(isDaily)) return;
      // What is kept for a year is an archive, beside the daily copies of another plan.
      const isArchive = (rule: Value) => (rule.at("lifecycle", "deleteAfter").number() ?? 0) >= 365;
      if (rules.length > 0 && rules.every(isArchive)) return;
      report.refuse(`no rule runs daily: ${schedules.join(", ") || "none at all"}`);
    },
  },
  {
    name: "backup-selection-by-tag",
    theme: "resilience-and-backup",
    title: "What is backed up is selected by tags",
    why: "A list of names lacks what was made after it",
    fix: "set selectionTags or conditions, with resources at most as a pattern",
    severity: "low",
    level: "advisory",
    controls: [],
    types: backupSelections,
    check(selection, report) {
      const byTag = ["selectionTags", "conditions"].some(way => selection.at(way).list().length > 0);
      if (!byTag) report.refuse("it has neither selectionTags nor conditions");
    },
  },
  {
    name: "backup-selection-not-empty",
    theme: "resilience-and-backup",
    title: "A plan has something to back up",
    why: "A plan that selects nothing is green in every list",
    fix: "set selectionTags or resources",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: backupSelections,
    check(selection, report) {
      const ways = ["selectionTags", "resources", "conditions"];
      if (!ways.some(way => selection.at(way).list().length > 0)) report.refuse("it selects nothing");
    },
  },
  {
    name: "backup-plan-vault-named",
    theme: "resilience-and-backup",
    title: "A plan says which vault it fills",
    why: "A rule without one goes to the vault Default, which no lock keeps",
    fix: "set targetVaultName of each rule to a locked vault",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: backupPlans,
    check(plan, report) {
      mustNotBeEmpty("rules")(plan, report);
      eachOf("rules", mustNotBe("targetVaultName", "Default", { otherwise: "Default" }))(plan, report);
    },
  },
];

/** What takes a copy away or gives the vault to others. */
const destructive = [
  "backup:DeleteRecoveryPoint",
  "backup:UpdateRecoveryPointLifecycle",
  "backup:PutBackupVaultAccessPolicy",
  "backup:DeleteBackupVaultAccessPolicy",
  "backup:DeleteBackupVault",
  "backup:DeleteBackupVaultLockConfiguration",
];

function isDaily(schedule: string): boolean {
  if (/^rate\((1 day|\d+ (hours?|minutes?))\)$/.test(schedule)) return true;
  const [, , dayOfMonth = "", month = "", dayOfWeek = ""] =
    /^cron\((.*)\)$/.exec(schedule)?.[1]?.split(" ") ?? [];
  return month === "*" && [dayOfMonth, dayOfWeek].every(day => ["*", "?"].includes(day));
}
