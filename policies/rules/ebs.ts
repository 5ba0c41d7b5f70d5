import { all, mustBe, mustBeSet } from "../demands";
import type { Stack, StackResource } from "../graph";
import { tag } from "../resource-tags";
import { keys, volumes } from "../resource-types";
import type { Rule } from "../rule";
import { ownKey } from "./company-keys";

const snapshotCopies = ["aws:ebs/snapshotCopy:SnapshotCopy"];
const defaultKeys = ["aws:ebs/defaultKmsKey:DefaultKmsKey"];

export const ebs: readonly Rule[] = [
  {
    name: "ebs-volume-encrypted",
    theme: "encryption-at-rest",
    title: "A volume is encrypted",
    why: "A snapshot of it, copied or shared, can else be read by whoever gets it",
    fix: "set encrypted: true; AWS makes the volume anew for it",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP EC2.3", "CIS 3.0 2.2.1", "CIS 5.0 5.1.1"],
    types: volumes,
    check: mustBe("encrypted", true),
  },
  {
    name: "ebs-volume-cmk",
    theme: "encryption-at-rest",
    title: "A volume is encrypted with a key of the company's",
    why: ownKey,
    fix: "set kmsKeyId",
    severity: "medium",
    level: "advisory",
    controls: [],
    types: volumes,
    check: mustBeSet("kmsKeyId"),
  },
  {
    name: "ebs-default-encryption",
    theme: "encryption-at-rest",
    title: "An account encrypts all new volumes",
    why: "It holds for what is made by hand and by services, too",
    fix: "leave enabled out or set it to true",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP EC2.7", "CIS 3.0 2.2.1", "CIS 5.0 5.1.1"],
    types: ["aws:ebs/encryptionByDefault:EncryptionByDefault"],
    // The provider's default is true.
    check: mustBe("enabled", true, { otherwise: true }),
  },
  {
    name: "ebs-default-key-cmk",
    theme: "encryption-at-rest",
    title: "The key of an account's new volumes is the company's",
    why: ownKey,
    fix: "set keyArn to a key that the stack makes",
    severity: "medium",
    level: "advisory",
    controls: [],
    types: defaultKeys,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(defaultKeys), (choice, report) => {
        if (choice.madeFrom("keyArn").some(({ type }) => keys.includes(type))) return;
        const key = choice.at("keyArn").text() ?? "not set";
        // AWS's own keys have names that nobody else may give.
        if (key === "not set" || key.includes("alias/aws/")) report.refuse(`keyArn is ${key}`);
      });
    },
  },
  {
    name: "ebs-snapshot-block-public",
    theme: "exposure",
    title: "An account's snapshots cannot be shared with everyone",
    why: "A public snapshot is a disk that anyone can copy and read",
    fix: 'set state: "block-all-sharing"',
    severity: "critical",
    level: "mandatory",
    controls: ["FSBP EC2.1", "Security Hub EC2.182"],
    types: ["aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess"],
    check: mustBe("state", "block-all-sharing"),
  },
  {
    name: "ebs-snapshot-copy-encrypted",
    theme: "encryption-at-rest",
    title: "A snapshot's copy is encrypted with a key of the company's",
    why: "The copy is what leaves the region or the account",
    fix: "set encrypted: true and kmsKeyId",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: snapshotCopies,
    check: all(mustBe("encrypted", true), mustBeSet("kmsKeyId")),
  },
  {
    name: "ebs-volume-in-backup-plan",
    theme: "resilience-and-backup",
    title: "A volume is backed up",
    why: "It is in one zone, and what is deleted on it is gone",
    fix: "set the tag environment, by which the backup plans choose, or name the volume in a backup Selection",
    severity: "medium",
    level: "advisory",
    controls: ["Security Hub EC2.28"],
    types: volumes,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(volumes), (volume, report) => {
        if (tag(volume, "environment").isSet || isSelected(volume, stack)) return;
        report.refuse("it has no tag environment, and no backup Selection names it");
      });
    },
  },
];

/** By name, or by a tag that the volume has. */
function isSelected(volume: StackResource, stack: Stack): boolean {
  return stack.ofType(["aws:backup/selection:Selection"]).some(
    selection =>
      selection.madeFrom("resources").includes(volume) ||
      selection
        .at("selectionTags")
        .list()
        .some(one => {
          const [key, value] = [one.at("key").text() ?? "", one.at("value").text() ?? ""];
          return key !== "" && tag(volume, key).is(value);
        }),
  );
}
