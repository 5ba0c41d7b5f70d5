import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../identity/policy-document";
import { emptySecurityGroup } from "../network/empty-security-group";
import { Alarm } from "../observability/alarm";
import { requireWhole } from "./database-limits";
import { fileSystemParameters, fileSystemPort } from "./file-system-access";
import { fileSystemStatements } from "./file-system-statements";
import type { NetworkKeeping } from "./keeping";
import { firstSubnets } from "./subnets-by-zone";
import { toldParameters } from "./told-parameters";

/** Days after which a file that nobody opens goes to a cheaper store; EFS offers these and no others. */
export const transitionDays = [1, 7, 14, 30, 60, 90, 180, 270, 365] as const;
export type TransitionDays = (typeof transitionDays)[number];

/** No region has more. */
export const fileSystemZones = { min: 1, max: 6 };

export interface FileSystemArgs extends NetworkKeeping {
  /** 1 to 64 letters, digits and hyphens; unique in the account and region. */
  readonly fileSystemName: string;
  /** How many data subnets there are, one a zone; a mount target is made in each. */
  readonly zones: number;
  /** Days after the last use of a file; default 30. */
  readonly infrequentAfter?: TransitionDays;
  /** Days after the last use of a file, more than `infrequentAfter`; default 90. */
  readonly archiveAfter?: TransitionDays;
}

/** Whom containers run as, and so whom the files belong to: `nonroot` of the images that have no shell. */
const owner = 65_532;

/**
 * A file system that containers of all zones share, encrypted with the product's key. It is reached over TLS, through
 * its access point, never as root: see fileSystemStatements. Its files lie in several zones and are backed up daily, in
 * every environment alike: a client finds only the mount target of its own zone, so that there is one in each.
 *
 * AWS does not protect a file system against deletion but as long as it has mount targets; with `deletionProtection`
 * Pulumi leaves it behind when it forgets it.
 *
 * A task definition of ECS mounts it as a volume with `efsVolumeConfiguration`: `fileSystemId`, `transitEncryption`
 * `ENABLED`, and `authorizationConfig` with `accessPointId` and `iam` `ENABLED`, without `rootDirectory`. The service
 * must come after `mountTargets`, and its subnets must be in zones of these.
 *
 * Refused: a name that is no such name; zones that are no whole number from 1 to 6; days that EFS does not offer, or to
 * the archive before infrequent access.
 * Sources: Amazon EFS user guide, "Managing storage lifecycle", "Amazon EFS performance specifications", "Working with
 * access points"; Amazon ECS developer guide, "Use Amazon EFS volumes with Amazon ECS"; FSBP controls EFS.1 to EFS.8.
 */
export class FileSystem extends pulumi.ComponentResource {
  readonly port = fileSystemPort;
  readonly fileSystemId: pulumi.Output<string>;
  readonly accessPointId: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  /** What must be there before anything is mounted. */
  readonly mountTargets: readonly pulumi.Resource[];

  constructor(name: string, args: FileSystemArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:data:FileSystem", name, {}, opts);
    requireSound(args);
    const { fileSystemName, keyArn, infrequentAfter = 30, archiveAfter = 90 } = args;
    const here = { parent: this };
    const group = emptySecurityGroup(this, name, args.vpcId, `The file system ${fileSystemName}`);

    const fileSystem = new aws.efs.FileSystem(
      name,
      {
        creationToken: fileSystemName,
        encrypted: true,
        kmsKeyId: keyArn,
        performanceMode: "generalPurpose",
        throughputMode: "elastic",
        lifecyclePolicies: [
          { transitionToIa: after(infrequentAfter) },
          { transitionToArchive: after(archiveAfter) },
          { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" },
        ],
        protection: { replicationOverwrite: "ENABLED" },
        tags: { Name: fileSystemName },
      },
      { ...here, protect: opts?.protect, retainOnDelete: args.deletionProtection },
    );
    new aws.efs.BackupPolicy(
      name,
      { fileSystemId: fileSystem.id, backupPolicy: { status: "ENABLED" } },
      here,
    );
    const policy = new aws.efs.FileSystemPolicy(
      name,
      { fileSystemId: fileSystem.id, policy: policyDocument(fileSystemStatements) },
      here,
    );
    const accessPoint = new aws.efs.AccessPoint(
      name,
      {
        fileSystemId: fileSystem.id,
        posixUser: { uid: owner, gid: owner },
        rootDirectory: {
          path: "/data",
          creationInfo: { ownerUid: owner, ownerGid: owner, permissions: "0750" },
        },
        tags: { Name: fileSystemName },
      },
      here,
    );
    // Until it has a policy, whoever gets to a mount target may do anything.
    this.mountTargets = firstSubnets(args.subnetIds, args.zones).map(
      (subnetId, index) =>
        new aws.efs.MountTarget(
          `${name}-${index + 1}`,
          { fileSystemId: fileSystem.id, subnetId, securityGroups: [group.id] },
          { ...here, dependsOn: [policy] },
        ),
    );

    new Alarm(
      `${name}-at-limit`,
      {
        namespace: "AWS/EFS",
        metricName: "PercentIOLimit",
        dimensions: { FileSystemId: fileSystem.id },
        statistic: "Maximum",
        // Source: Amazon EFS user guide, "Amazon CloudWatch metrics for Amazon EFS".
        above: 95,
        periods: 15,
        description: `File system ${fileSystemName}: does all the operations a second that it can for 15 minutes, and every client waits. Look which service opens or writes many small files`,
        severity: "warning",
        topics: args.alarmTopics,
      },
      here,
    );
    const { FILE_SYSTEM_ID, ACCESS_POINT_ID } = fileSystemParameters(fileSystemName);
    toldParameters(
      this,
      name,
      {
        "file-system-id": [FILE_SYSTEM_ID, fileSystem.id],
        "access-point-id": [ACCESS_POINT_ID, accessPoint.id],
      },
      `What ${fileSystemName} is mounted by`,
    );
    this.fileSystemId = fileSystem.id;
    this.accessPointId = accessPoint.id;
    this.securityGroupId = group.id;
    this.registerOutputs({ fileSystemId: this.fileSystemId, accessPointId: this.accessPointId });
  }
}

const after = (days: TransitionDays) => `AFTER_${days}_DAY${days === 1 ? "" : "S"}`;

function requireSound({
  fileSystemName,
  zones,
  infrequentAfter = 30,
  archiveAfter = 90,
}: FileSystemArgs): void {
  if (!/^[A-Za-z0-9-]{1,64}$/.test(fileSystemName))
    throw new Error(`fileSystemName is ${fileSystemName}; it must be 1 to 64 letters, digits and hyphens`);
  requireWhole("zones", zones, fileSystemZones);
  for (const [argument, days] of [
    ["infrequentAfter", infrequentAfter],
    ["archiveAfter", archiveAfter],
  ] as const)
    if (!transitionDays.includes(days))
      throw new Error(`${argument} is ${days}; it must be one of ${transitionDays.join(", ")} days`);
  if (archiveAfter <= infrequentAfter)
    throw new Error(
      `archiveAfter is ${archiveAfter}; it must be more than infrequentAfter, ${infrequentAfter}`,
    );
}
