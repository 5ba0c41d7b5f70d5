import type { Architecture } from "./instance-type";

export type InstanceImage = "bottlerocket" | "amazon-linux";

/** GiB for images and for what containers write. */
export const diskGiB = 50;

interface Disk {
  readonly deviceName: string;
  /** GiB; default: as large as the image's own. */
  readonly size?: number;
}

interface Image {
  /** The public parameter with the newest image's number. */
  readonly parameter: (architecture: Architecture) => string;
  readonly disks: readonly Disk[];
  /** What an instance is told when it starts. */
  readonly userData: (clusterName: string) => string;
}

/**
 * Both join the cluster, refuse privileged containers, keep the instance's credentials from tasks, and let the execution
 * role write the logs. Tasks have their own network interfaces (awsvpc); where the account has the setting
 * `awsvpcTrunking`, an instance has room for many of them.
 *
 * Bottlerocket has no shell and no package manager; its control container answers Session Manager.
 *
 * Sources: Bottlerocket documentation, "settings.ecs", "settings.host-containers"; ECS developer guide, "Amazon ECS
 * container agent configuration", "Amazon ECS-optimized Bottlerocket AMIs", "Retrieving Amazon ECS-optimized Linux AMI
 * metadata", "Increasing Amazon ECS Linux container instance network interfaces".
 */
export const images: Readonly<Record<InstanceImage, Image>> = {
  bottlerocket: {
    parameter: architecture =>
      `/aws/service/bottlerocket/aws-ecs-3/${architecture === "ARM64" ? "arm64" : "x86_64"}/latest/image_id`,
    disks: [{ deviceName: "/dev/xvda" }, { deviceName: "/dev/xvdb", size: diskGiB }],
    userData: clusterName =>
      lines(
        "[settings.ecs]",
        `cluster = "${clusterName}"`,
        "allow-privileged-containers = false",
        "awsvpc-block-imds = true",
        "",
        "[settings.host-containers.admin]",
        "enabled = false",
        "",
        "[settings.host-containers.control]",
        "enabled = true",
      ),
  },
  "amazon-linux": {
    parameter: architecture =>
      `/aws/service/ecs/optimized-ami/amazon-linux-2023/${architecture === "ARM64" ? "arm64/" : ""}recommended/image_id`,
    disks: [{ deviceName: "/dev/xvda", size: diskGiB }],
    userData: clusterName =>
      lines(
        "#!/bin/bash",
        "cat >> /etc/ecs/ecs.config <<'END'",
        `ECS_CLUSTER=${clusterName}`,
        "ECS_AWSVPC_BLOCK_IMDS=true",
        "ECS_DISABLE_PRIVILEGED=true",
        "ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE=true",
        "ECS_ENABLE_HIGH_DENSITY_ENI=true",
        "ECS_ENABLE_TASK_ENI=true",
        "ECS_ENABLE_TASK_IAM_ROLE=true",
        "END",
      ),
  },
};

const lines = (...all: readonly string[]): string => `${all.join("\n")}\n`;
