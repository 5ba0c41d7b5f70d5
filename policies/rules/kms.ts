import { actionMatches, isEveryAction, isWholeService } from "../../iam/actions";
import { isWholeAccount } from "../../iam/arn";
import { mustBeAtMost, mustBeSet, mustNotBe } from "../demands";
import type { Resource } from "../graph";
import { customerPolicyHolders, eachGrant, inlinePolicyHolders, keyPolicyHolders } from "../policy-documents";
import { accountOf } from "../provider-inputs";
import type { Report } from "../report";
import { isProduction } from "../resource-tags";
import { keys } from "../resource-types";
import type { Rule } from "../rule";
import { isBoundary, wideResources } from "./iam-wide-resources";
import { refuseEveryone } from "./resource-policies";

const everyKindOfKey = keyPolicyHolders.filter(type => !type.endsWith(":KeyPolicy"));

export const kms: readonly Rule[] = [
  {
    name: "kms-rotation",
    theme: "encryption-at-rest",
    title: "A key is renewed every year",
    why: "What a lost key opens is then one year's data at most",
    fix: "set enableKeyRotation: true",
    severity: "medium",
    level: "mandatory",
    controls: ["Security Hub KMS.4", "CIS 3.0 3.6", "CIS 5.0 3.6"],
    types: keys,
    check(key, report) {
      // AWS renews symmetric keys only.
      const spec = key.at("customerMasterKeySpec");
      if (spec.isSet && !spec.is("SYMMETRIC_DEFAULT")) return;
      if (!key.at("enableKeyRotation").is(true)) report.refuse("enableKeyRotation is not true");
    },
    remediate: () => ({ enableKeyRotation: true }),
  },
  {
    name: "kms-rotation-period",
    theme: "encryption-at-rest",
    title: "A key that is renewed is renewed within a year",
    why: "What a lost key opens is then one year's data at most",
    fix: "leave rotationPeriodInDays out, or set 365 at most",
    severity: "low",
    level: "mandatory",
    controls: [],
    types: keys,
    // AWS's default is 365 days.
    check: mustBeAtMost("rotationPeriodInDays", 365, { otherwise: 365 }),
  },
  {
    name: "kms-policy-admin-is-root",
    theme: "least-privilege",
    title: "Only the account's root may do everything with a key",
    why: "Whoever may change the policy of a key can give it to anyone, or have it deleted with all it encrypts",
    fix: "leave kms:* to arn:aws:iam::<account>:root and list actions for everyone else",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: keyPolicyHolders,
    check(key, report) {
      eachGrant(key, report, (statement, report) => {
        report.each(statement.actions, action => {
          if (!isWholeService(action)) return;
          report.each(statement.principals, ({ kind, id }) => {
            const account = accountOf(key);
            const isRoot =
              kind === "AWS" && isWholeAccount(id) && (account === undefined || id.includes(account));
            if (!isRoot) report.refuse(`it allows ${action} to ${kind} ${id}`);
          });
        });
      });
    },
  },
  {
    name: "kms-policy-not-public",
    theme: "least-privilege",
    title: "A key's policy allows named principals",
    why: "Everyone includes every other AWS account, and a key opens all that it has encrypted",
    fix: "name the principals, or add a condition on kms:CallerAccount or aws:PrincipalOrgID",
    severity: "critical",
    level: "mandatory",
    neverExcepted: true,
    controls: ["FSBP KMS.5", "CIS 7.0 2.21"],
    types: keyPolicyHolders,
    check: refuseEveryone,
  },
  {
    name: "kms-policy-defined",
    theme: "least-privilege",
    title: "A key says in the program who may use it",
    why: "With AWS's default every IAM policy of the account can hand the key out, and none of them shows it",
    fix: "set policy, or add a KeyPolicy with the key's keyId",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: keys,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(keys), (key, report) => {
        if (key.at("policy").isSet) return;
        if (stack.companions(key, ["aws:kms/keyPolicy:KeyPolicy"], "keyId").length === 0)
          report.refuse("policy is not set and no KeyPolicy names it");
      });
    },
  },
  {
    name: "kms-policy-no-lockout-bypass",
    theme: "resilience-and-backup",
    title: "AWS checks that a key's policy leaves somebody who can change it",
    why: "A key that nobody may administer any more is lost with all that it has encrypted",
    fix: "leave bypassPolicyLockoutSafetyCheck out",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: keyPolicyHolders,
    check: mustNotBe("bypassPolicyLockoutSafetyCheck", true),
  },
  {
    name: "kms-deletion-window",
    theme: "resilience-and-backup",
    title: "A key can be saved from deletion for 14 days, in production for 30",
    why: "What a deleted key has encrypted is lost, and a mistake is rarely noticed within a week",
    fix: "leave deletionWindowInDays out, which is 30",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP KMS.3"],
    types: everyKindOfKey,
    check(key, report) {
      // AWS's default, and its longest.
      const days = key.at("deletionWindowInDays").number() ?? 30;
      if (days < 14) report.refuse(`deletionWindowInDays is ${days}, less than 14`);
      else if (days < 30 && isProduction(key)) report.refuse(`deletionWindowInDays is ${days}, less than 30`);
    },
  },
  {
    name: "kms-key-enabled",
    theme: "resilience-and-backup",
    title: "A key is enabled",
    why: "What it has encrypted cannot be read, and the fault shows where the data is used",
    fix: "leave isEnabled out, or remove the key where nothing needs it",
    severity: "low",
    level: "advisory",
    controls: [],
    types: keys,
    check: mustNotBe("isEnabled", false),
  },
  {
    name: "kms-description",
    theme: "governance-and-cost",
    title: "A key says what it protects",
    why: "Nobody dares to delete a key of which nobody knows what it opens",
    fix: "set description",
    severity: "low",
    level: "advisory",
    controls: [],
    types: everyKindOfKey,
    check: mustBeSet("description"),
  },
  {
    name: "kms-iam-no-decrypt-all",
    theme: "least-privilege",
    title: "A customer managed policy names the keys that it lets decrypt with",
    why: "Whoever may decrypt with every key reads whatever they can get hold of",
    fix: "name the keys by their ARNs, or add a condition on kms:ResourceAliases or kms:ViaService",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP KMS.1"],
    types: customerPolicyHolders,
    check: refuseDecryptionAtLarge,
  },
  {
    name: "kms-iam-inline-no-decrypt-all",
    theme: "least-privilege",
    title: "An inline policy names the keys that it lets decrypt with",
    why: "Whoever may decrypt with every key reads whatever they can get hold of",
    fix: "name the keys by their ARNs, or add a condition on kms:ResourceAliases or kms:ViaService",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP KMS.2"],
    types: inlinePolicyHolders,
    check: refuseDecryptionAtLarge,
  },
];

function refuseDecryptionAtLarge(resource: Resource, report: Report): void {
  if (isBoundary(resource)) return;
  eachGrant(resource, report, (statement, report) => {
    report.each(statement.actions, action => {
      const decrypts = ["kms:Decrypt", "kms:ReEncryptFrom"].some(one => actionMatches(action, one));
      if (!decrypts || isEveryAction(action)) return;
      for (const target of wideResources(statement, action))
        report.refuse(`it allows ${action} on ${target}`);
    });
  });
}
