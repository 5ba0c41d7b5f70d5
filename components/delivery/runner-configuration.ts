/** What GitLab Runner and its Fargate driver are told, in TOML: from names that are known beforehand, but for a subnet. */

/** Stands where the runner's token is put when the manager starts: it is in no template, plan or state. */
export const tokenPlace = "$RUNNER_TOKEN";

/** Where the manager keeps its half of the key that opens workers. */
export const workersKeyFile = "/etc/gitlab-runner/workers";

/** The user of Amazon Linux that the manager works on workers as. */
export const workersUser = "ec2-user";

export const driverFile = "/opt/gitlab-runner/fargate";
export const driverConfigurationFile = "/etc/gitlab-runner/fargate.toml";

/** The container that the driver looks for in the task. Source: GitLab's documentation of the driver. */
export const taskContainerName = "ci-coordinator";

/** Where sshd of the task listens, as a user that may not open a port below 1,024, and where jobs work. */
export const taskSsh = { port: 2222, user: "job" } as const;
export const taskFolder = "/opt/gitlab-runner";

/** Source: registry.gitlab.com/gitlab-org/fleeting/plugins/aws, tags. */
const plugin = "aws:1.0.0";

/** What a job runs in that names no image. */
const usualImage = "public.ecr.aws/docker/library/alpine:3.22";

export interface RunnerConfiguration {
  /** How GitLab shows the manager. */
  readonly name: string;
  /** GitLab's host, for example `gitlab.example.com`. */
  readonly host: string;
  /** Jobs at once. */
  readonly most: number;
  readonly cache: { readonly bucketName: string; readonly region: string };
  readonly workers:
    | {
        readonly kind: "spot";
        /** The Auto Scaling group that the plugin scales. */
        readonly groupName: string;
        /** Workers that wait for a job. */
        readonly least: number;
        /** Jobs that a worker does before it goes, one after the other. */
        readonly jobs: number;
        /** Containers may do what their worker may: for builds of images in Docker. */
        readonly privileged: boolean;
      }
    | { readonly kind: "fargate" };
}

/**
 * GitLab Runner's own configuration. A worker does one job at a time, so that jobs never meet on one.
 *
 * Jobs get cached files by addresses that the manager signs for an hour, and need no right of their own for it.
 *
 * Sources: GitLab Runner documentation, "Advanced configuration", "Docker Autoscaler executor", "The Custom executor",
 * "Autoscaling GitLab CI on AWS Fargate".
 */
export const runnerConfiguration = ({ name, host, most, cache, workers }: RunnerConfiguration): string =>
  toml(
    section("", { concurrent: most, check_interval: 3, log_level: "info", log_format: "json" }),
    section("[[runners]]", {
      name,
      url: `https://${host}`,
      token: tokenPlace,
      limit: most,
      ...(workers.kind === "spot"
        ? { executor: "docker-autoscaler" }
        : {
            executor: "custom",
            shell: "bash",
            builds_dir: `${taskFolder}/builds`,
            cache_dir: `${taskFolder}/cache`,
          }),
    }),
    section("[runners.cache]", { Type: "s3", Shared: true }),
    section("[runners.cache.s3]", {
      BucketName: cache.bucketName,
      BucketLocation: cache.region,
      AuthenticationType: "iam",
    }),
    ...(workers.kind === "spot" ? spot(workers, most) : [custom()]),
  );

const spot = (
  { groupName, least, jobs, privileged }: Extract<RunnerConfiguration["workers"], { readonly kind: "spot" }>,
  most: number,
): string[] => [
  section("[runners.docker]", {
    image: usualImage,
    privileged,
    // Each job has a network of its own with its services, never the worker's.
    network_mode: "bridge",
    volumes: ["/cache"],
  }),
  section("[runners.autoscaler]", {
    plugin,
    capacity_per_instance: 1,
    max_use_count: jobs,
    max_instances: most,
    delete_instances_on_shutdown: true,
    // 2 means done with warnings; a worker that has no Docker is thrown away.
    instance_ready_command: "(cloud-init status --wait || test $? -eq 2) && docker info",
  }),
  section("[runners.autoscaler.plugin_config]", { name: groupName }),
  section("[runners.autoscaler.connector_config]", {
    username: workersUser,
    use_static_credentials: true,
    key_path: workersKeyFile,
    use_external_addr: false,
  }),
  section("[[runners.autoscaler.policy]]", { idle_count: least, idle_time: "20m0s" }),
];

function custom(): string {
  const args = (stage: string) => ["--config", driverConfigurationFile, "custom", stage];
  return section(
    "[runners.custom]",
    Object.fromEntries(
      ["config", "prepare", "run", "cleanup"].flatMap(stage => [
        [`${stage}_exec`, driverFile],
        [`${stage}_args`, args(stage)],
      ]),
    ),
  );
}

export interface FargateDriver {
  readonly region: string;
  readonly clusterName: string;
  /** The family; the driver takes its newest revision. */
  readonly taskDefinition: string;
  /** The driver takes one. */
  readonly subnetId: string;
  readonly securityGroupId: string;
}

/** Source: documentation of GitLab's driver, "Configuration". */
export const driverConfiguration = (driver: FargateDriver): string =>
  toml(
    section("", { LogLevel: "info", LogFormat: "json" }),
    section("[Fargate]", {
      Cluster: driver.clusterName,
      Region: driver.region,
      Subnet: driver.subnetId,
      SecurityGroup: driver.securityGroupId,
      TaskDefinition: driver.taskDefinition,
      EnablePublicIP: false,
      UsePublicIP: false,
    }),
    section("[TaskMetadata]", { Directory: "/opt/gitlab-runner/metadata" }),
    section("[SSH]", { Username: taskSsh.user, Port: taskSsh.port }),
  );

type Value = string | number | boolean | readonly string[];

/** Texts, numbers, truths and lists of texts are in TOML as they are in JSON. Source: TOML v1.0.0. */
const section = (header: string, entries: Readonly<Record<string, Value>>): string =>
  [
    ...(header === "" ? [] : [header]),
    ...Object.entries(entries).map(([key, value]) => `${key} = ${JSON.stringify(value)}`),
  ].join("\n");

const toml = (...sections: readonly string[]): string => `${sections.join("\n\n")}\n`;
