import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { MountPoint, Tmp } from "./container";

/** A file system of EFS, by the access point that the task's role may mount it through. */
export interface Mount {
  readonly fileSystemId: pulumi.Input<string>;
  readonly accessPointId: pulumi.Input<string>;
  /** Where the container finds it, for example `/data`. */
  readonly path: string;
  readonly readOnly: boolean;
}

export interface TaskVolumes {
  readonly volumes: aws.types.input.ecs.TaskDefinitionVolume[];
  /** What the main container finds where. */
  readonly mounts: readonly MountPoint[];
  readonly tmp: Tmp;
}

interface Wanted {
  readonly mounts?: Readonly<Record<string, Mount>>;
  readonly storageGiB?: number;
  readonly shell: boolean;
  /** MiB of the task. */
  readonly memory: number;
}

/** Where the agent of ECS Exec writes; it runs as root, whoever the container's user is, and to root volumes belong. */
const writtenByShells = { "shell-lib": "/var/lib/amazon", "shell-log": "/var/log/amazon" };

/**
 * What a task mounts. `/tmp` is in memory, a quarter of the task's at most and only as much as is in it; with `storageGiB`
 * it is on the task's disk.
 *
 * A file system may be called `tmp`, as the task's own volume is. It is mounted over TLS, and as the task's role: with an
 * access point the root directory is the access point's.
 *
 * ECS Exec is not for read-only root file systems, says AWS, because its agent writes; it does so to two directories, and
 * with these mounted it runs.
 *
 * Sources: ECS developer guide, "Specify an Amazon EFS file system in an Amazon ECS task definition", "Monitor Amazon ECS
 * containers with ECS Exec", considerations; aws/containers-roadmap, issue 1359.
 */
export function taskVolumes({ mounts = {}, storageGiB, shell, memory }: Wanted): TaskVolumes {
  const systems = Object.entries(mounts).map(([name, mount]) => ({ volume: `efs-${name}`, ...mount }));
  const shells = shell
    ? Object.entries(writtenByShells).map(([volume, path]) => ({ volume, path, readOnly: false }))
    : [];
  return {
    volumes: [
      ...(storageGiB === undefined ? [] : [{ name: "tmp" }]),
      ...shells.map(({ volume }) => ({ name: volume })),
      ...systems.map(({ volume, fileSystemId, accessPointId }) => ({
        name: volume,
        efsVolumeConfiguration: {
          fileSystemId,
          transitEncryption: "ENABLED",
          authorizationConfig: { accessPointId, iam: "ENABLED" },
        },
      })),
    ],
    mounts: [...shells, ...systems.map(({ volume, path, readOnly }) => ({ volume, path, readOnly }))],
    tmp: storageGiB === undefined ? { memoryMib: Math.floor(memory / 4), programs: true } : { volume: "tmp" },
  };
}
