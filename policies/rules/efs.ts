import { actionMatches } from "../../iam/actions";
import { inProduction, mustBe, mustBeSet, mustNotBe, mustNotBeSet } from "../demands";
import { deniesPlainHttp } from "../plain-http";
import { eachStatement } from "../policy-documents";
import { fileSystems } from "../resource-types";
import type { Rule } from "../rule";
import type { Value } from "../value";
import { isBackedUp, notBackedUp } from "./backed-up";
import { ownKey } from "./company-keys";
import { subnetsOf, whyPublic } from "./public-subnets";

const accessPoints = ["aws:efs/accessPoint:AccessPoint"];
const backupPolicies = ["aws:efs/backupPolicy:BackupPolicy"];
const mountTargets = ["aws:efs/mountTarget:MountTarget"];
const fileSystemPolicies = ["aws:efs/fileSystemPolicy:FileSystemPolicy"];

/** File systems. */
export const efs: readonly Rule[] = [
  {
    name: "efs-encrypted",
    theme: "encryption-at-rest",
    title: "A file system is encrypted",
    why: "It cannot be switched on later: all files would have to be copied to another one",
    fix: "set encrypted: true",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP EFS.1", "FSBP EFS.8", "CIS 3.0 2.4.1", "CIS 5.0 2.3.1"],
    types: fileSystems,
    check: mustBe("encrypted", true),
  },
  {
    name: "efs-cmk",
    theme: "encryption-at-rest",
    title: "A file system is encrypted with a key of the company's",
    why: ownKey,
    fix: "set kmsKeyId; it cannot be changed later",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP EFS.1"],
    types: fileSystems,
    check: mustBeSet("kmsKeyId"),
  },
  {
    name: "efs-backup-policy",
    theme: "resilience-and-backup",
    title: "A file system's own backups are on",
    why: "A policy that is off looks, in a list, like one that is on",
    fix: "set backupPolicy.status: ENABLED",
    severity: "medium",
    level: "mandatory",
    leniency: "dev",
    controls: ["FSBP EFS.7"],
    types: backupPolicies,
    check: mustBe("backupPolicy.status", "ENABLED"),
  },
  {
    name: "efs-in-backup-plan",
    theme: "resilience-and-backup",
    title: "A file system is backed up",
    why: "It lies in several zones, and a deleted file is deleted in all of them",
    fix: "add a BackupPolicy for it, give it the tag environment, which the plans select by, or name it in a Selection",
    severity: "medium",
    level: "mandatory",
    leniency: "dev",
    controls: ["FSBP EFS.2"],
    types: fileSystems,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(fileSystems), (fileSystem, report) => {
        if (stack.ofType(backupPolicies).some(policy => policy.names("fileSystemId", fileSystem))) return;
        if (!isBackedUp(fileSystem, stack)) report.refuse(notBackedUp);
      });
    },
  },
  {
    name: "efs-access-point-root",
    theme: "least-privilege",
    title: "An access point leads to a directory of its own",
    why: "From the root a client sees the files of all others",
    fix: "set rootDirectory.path to another than /",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP EFS.3"],
    types: accessPoints,
    // The default is the root.
    check: mustNotBe("rootDirectory.path", "/", { otherwise: "/" }),
  },
  {
    name: "efs-access-point-user",
    theme: "least-privilege",
    title: "An access point says whom its clients are",
    why: "Else a client may say that it is root",
    fix: "set posixUser with a uid and a gid, other than 0",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP EFS.4"],
    types: accessPoints,
    check(accessPoint, report) {
      mustBeSet("posixUser")(accessPoint, report);
      mustNotBe("posixUser.uid", 0)(accessPoint, report);
    },
  },
  {
    name: "efs-mount-target-private",
    theme: "network",
    title: "A file system is mounted in subnets that the internet has no way into",
    why: "A mount target in a public subnet is one security group away from the internet",
    fix: "set subnetId to a data subnet's",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP EFS.6"],
    types: mountTargets,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(mountTargets), (target, report) => {
        report.each(subnetsOf(target, "subnetId"), subnet => {
          const why = whyPublic(subnet, stack);
          if (why) report.refuse(`subnet ${subnet.name} ${why}`);
        });
      });
    },
  },
  {
    name: "efs-policy-tls",
    theme: "encryption-in-transit",
    title: "A file system refuses clients without TLS",
    why: "NFS crosses the network in the clear unless the client asks for TLS",
    fix: 'add a FileSystemPolicy that denies elasticfilesystem:Client* to everyone where aws:SecureTransport is "false"',
    severity: "high",
    level: "mandatory",
    controls: [],
    types: fileSystems,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(fileSystems), (fileSystem, report) => {
        const policies = stack.companions(fileSystem, fileSystemPolicies, "fileSystemId");
        if (!policies.some(policy => deniesPlainClients(policy.at("policy"))))
          report.refuse("no policy of the file system denies them");
      });
    },
  },
  {
    name: "efs-policy-no-anonymous-root",
    theme: "least-privilege",
    title: "A file system lets nobody be root who has not said who they are",
    why: "Root reads and changes the files of all others",
    fix: "leave elasticfilesystem:ClientRootAccess out of what is allowed to everyone, or name the roles",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: fileSystemPolicies,
    check(policy, report) {
      eachStatement(policy.at("policy"), report, (statement, report) => {
        if (statement.effect !== "Allow") return;
        const everyone = statement.principals.some(({ id }) => id === "*");
        const root = "elasticfilesystem:ClientRootAccess";
        if (everyone && statement.actions.some(action => actionMatches(action, root)))
          report.refuse(`it allows ${root} to everyone`);
      });
    },
  },
  {
    name: "efs-multi-az",
    theme: "resilience-and-backup",
    title: "A production file system lies in several zones",
    why: "What lies in one zone is gone with it, and cannot be moved to several",
    fix: "leave availabilityZoneName out",
    severity: "medium",
    level: "advisory",
    controls: [],
    types: fileSystems,
    check: inProduction(mustNotBeSet("availabilityZoneName")),
  },
];

/** A file system's policy need name no resource: it is its own. */
const deniesPlainClients = (policy: Value): boolean =>
  policy.isSet && deniesPlainHttp(policy, "elasticfilesystem:ClientMount", () => true);
