/** What a runner's instances do when they start, as user data: it names secrets and holds none. */
import {
  driverConfigurationFile,
  driverFile,
  tokenPlace,
  workersKeyFile,
  workersUser,
} from "./runner-configuration";

/** The metric that says a manager is there and GitLab knows it. */
export const heartbeat = { namespace: "landing-zone/runner", metricName: "Heartbeat" } as const;

/** GitLab's own program for tasks of Fargate: which one, and what its file's digest must be. */
export interface DriverFile {
  /** For example `v0.5.1`. */
  readonly version: string;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

export interface ManagerStart {
  readonly region: string;
  /** Names the metric's dimension. */
  readonly name: string;
  /** Its own Auto Scaling group. */
  readonly groupName: string;
  /** The hook on its end. */
  readonly hookName: string;
  readonly logGroupName: string;
  /** Of GitLab Runner, for example `18.6.6`. */
  readonly version: string;
  /** The secret with its token. */
  readonly secretName: string;
  /** See runnerConfiguration. */
  readonly configuration: string;
  /** Minutes that jobs get to end when the manager is replaced. */
  readonly jobMinutes: number;
  /** The parameter that tells workers whom to let in; or the driver, and what it is told. */
  readonly workers:
    | { readonly keyParameter: string }
    | { readonly driver: DriverFile; readonly configuration: string };
}

const packages = "https://packages.gitlab.com/runner/gitlab-runner";

/**
 * The manager's first minutes. It waits until a manager before it, if that still works, has gone, because two that scale
 * one group end each other's workers, and until its token is there. One that can not start has itself replaced.
 *
 * Sources: GitLab Runner documentation, "Install GitLab Runner using the official GitLab repositories", "Signals";
 * EC2 Auto Scaling user guide, "Retrieve the target lifecycle state through instance metadata".
 */
export const managerStart = (args: ManagerStart): string =>
  lines(
    "#!/bin/bash",
    "set -euo pipefail",
    "umask 077",
    `export HOME=/root AWS_REGION=${args.region} AWS_DEFAULT_REGION=${args.region}`,
    "",
    ...services(args),
    // Another one may have more luck, with a mirror that was down or a network that was not there yet.
    "failed() { sleep 300; /usr/local/bin/runner-replace || poweroff; }",
    "trap failed ERR",
    "",
    ...file("/etc/yum.repos.d/gitlab-runner.repo", [
      "[gitlab-runner]",
      "name=gitlab-runner",
      `baseurl=${packages}/amazon/2023/$basearch`,
      "gpgcheck=1",
      "repo_gpgcheck=1",
      `gpgkey=${packages}/gpgkey`,
      `       ${packages}/gpgkey/runner-gitlab-runner-49F16C5CC3A0F81F.pub.gpg`,
    ]),
    `dnf install -y amazon-cloudwatch-agent gitlab-runner-${args.version}-1 gitlab-runner-helper-images-${args.version}-1`,
    // The package starts a runner that knows nothing yet.
    "systemctl stop gitlab-runner.service",
    "",
    ...file("/opt/aws/amazon-cloudwatch-agent/etc/runner.json", [agentConfiguration(args.logGroupName)]),
    "/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -s -c file:/opt/aws/amazon-cloudwatch-agent/etc/runner.json",
    "",
    `leaving() { aws autoscaling describe-auto-scaling-groups --auto-scaling-group-names ${args.groupName} --query "length(AutoScalingGroups[0].Instances[?starts_with(LifecycleState, 'Terminating') && HealthStatus == 'Healthy'])" --output text; }`,
    'until [ "$(leaving)" = 0 ]; do sleep 15; done',
    "",
    ...("keyParameter" in args.workers
      ? workersKey(args.workers.keyParameter)
      : driver(args.workers.driver, args.workers.configuration)),
    "",
    ...file("/etc/gitlab-runner/config.template", [args.configuration.trimEnd()]),
    `until secret=$(aws secretsmanager get-secret-value --secret-id ${args.secretName} --query SecretString --output text); do`,
    "  echo 'the secret has no value yet'; sleep 60",
    "done",
    "template=$(cat /etc/gitlab-runner/config.template)",
    `printf '%s\\n' "\${template/'${tokenPlace}'/"$secret"}" > /etc/gitlab-runner/config.toml`,
    "unset secret",
    "keyParameter" in args.workers ? "gitlab-runner fleeting install" : "",
    "systemctl enable --now gitlab-runner.service runner-heartbeat.timer",
  );

/**
 * Only the manager has the private half; a new manager makes a new one, and throws away workers of the last. The
 * parameter is no resource of a stack, because each refresh would find its value changed.
 */
const workersKey = (parameter: string): string[] => [
  `rm -f ${workersKeyFile} ${workersKeyFile}.pub`,
  `ssh-keygen -q -t ed25519 -N '' -C manager -f ${workersKeyFile}`,
  `aws ssm put-parameter --name ${parameter} --type String --value "file://${workersKeyFile}.pub" --overwrite`,
];

const driver = ({ version, sha256 }: DriverFile, configuration: string): string[] => [
  "mkdir -p /opt/gitlab-runner/metadata",
  `curl --fail --silent --show-error --location --output ${driverFile} https://gitlab-runner-custom-fargate-downloads.s3.amazonaws.com/${version}/fargate-linux-amd64`,
  `echo '${sha256}  ${driverFile}' | sha256sum --check`,
  `chmod 700 ${driverFile}`,
  ...file(driverConfigurationFile, [configuration.trimEnd()]),
];

/** The runner, its heartbeat, and what lets it end its jobs before the instance goes. */
const services = (args: ManagerStart): string[] => [
  "mkdir -p /etc/systemd/system/gitlab-runner.service.d",
  ...file("/etc/systemd/system/gitlab-runner.service.d/landing-zone.conf", [
    "[Service]",
    "ExecStart=",
    "ExecStart=/usr/bin/gitlab-runner run --config /etc/gitlab-runner/config.toml --working-directory /home/gitlab-runner",
    // Where it finds its plugins.
    "Environment=HOME=/root",
    "StandardOutput=append:/var/log/gitlab-runner.log",
    "StandardError=append:/var/log/gitlab-runner.log",
    "Restart=always",
    // It takes no more jobs, and ends with the last.
    "KillSignal=SIGQUIT",
    "KillMode=mixed",
    `TimeoutStopSec=${args.jobMinutes * 60}`,
  ]),
  ...file("/usr/local/bin/runner-metadata", [
    "#!/bin/bash",
    "session=$(curl -sfX PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 60')",
    'curl -sf -H "X-aws-ec2-metadata-token: $session" "http://169.254.169.254/latest/meta-data/$1"',
  ]),
  ...file("/usr/local/bin/runner-replace", [
    "#!/bin/bash",
    `export AWS_REGION=${args.region} AWS_DEFAULT_REGION=${args.region}`,
    'aws autoscaling set-instance-health --instance-id "$(/usr/local/bin/runner-metadata instance-id)" --health-status Unhealthy --no-should-respect-grace-period',
  ]),
  ...file("/usr/local/bin/runner-heartbeat", [
    "#!/bin/bash",
    `export AWS_REGION=${args.region} AWS_DEFAULT_REGION=${args.region}`,
    "state=$(systemctl is-active gitlab-runner.service)",
    'if [ "$state" = deactivating ] || { [ "$state" = active ] && gitlab-runner verify; }; then',
    `  aws cloudwatch put-metric-data --namespace ${heartbeat.namespace} --metric-name ${heartbeat.metricName} --dimensions Runner=${args.name} --value 1`,
    "fi",
    'if [ "$state" = failed ] || [ "$state" = inactive ]; then runner-replace; fi',
  ]),
  ...file("/usr/local/bin/runner-farewell", [
    "#!/bin/bash",
    `export AWS_REGION=${args.region} AWS_DEFAULT_REGION=${args.region}`,
    '[ "$(runner-metadata autoscaling/target-lifecycle-state)" = Terminated ] || exit 0',
    "systemctl stop gitlab-runner.service",
    `aws autoscaling complete-lifecycle-action --auto-scaling-group-name ${args.groupName} --lifecycle-hook-name ${args.hookName} --instance-id "$(runner-metadata instance-id)" --lifecycle-action-result CONTINUE`,
  ]),
  "chmod 700 /usr/local/bin/runner-*",
  ...timer("runner-heartbeat", "5min"),
  ...timer("runner-farewell", "15s"),
  "systemctl daemon-reload",
  "systemctl enable --now runner-farewell.timer",
];

const timer = (name: string, every: string): string[] => [
  ...file(`/etc/systemd/system/${name}.service`, [
    "[Service]",
    "Type=oneshot",
    "TimeoutStartSec=infinity",
    "Environment=PATH=/usr/local/bin:/usr/bin:/bin",
    `ExecStart=/usr/local/bin/${name}`,
  ]),
  ...file(`/etc/systemd/system/${name}.timer`, [
    "[Timer]",
    `OnActiveSec=${every}`,
    `OnUnitInactiveSec=${every}`,
    "AccuracySec=1s",
    "[Install]",
    "WantedBy=timers.target",
  ]),
];

const agentConfiguration = (logGroupName: string): string =>
  JSON.stringify({
    logs: {
      logs_collected: {
        files: {
          collect_list: ["/var/log/gitlab-runner.log", "/var/log/cloud-init-output.log"].map(path => ({
            file_path: path,
            log_group_name: logGroupName,
            log_stream_name: `{instance_id}${path}`,
          })),
        },
      },
    },
  });

/** A worker has Docker, lets its manager in, and nothing else of this company's. */
export const workerStart = ({ region, keyParameter }: { region: string; keyParameter: string }): string =>
  lines(
    "#!/bin/bash",
    "set -euo pipefail",
    `export AWS_REGION=${region} AWS_DEFAULT_REGION=${region}`,
    "dnf install -y docker",
    `usermod -aG docker ${workersUser}`,
    "systemctl enable --now docker.service",
    `install -d -m 700 -o ${workersUser} -g ${workersUser} /home/${workersUser}/.ssh`,
    `aws ssm get-parameter --name ${keyParameter} --query Parameter.Value --output text > /home/${workersUser}/.ssh/authorized_keys`,
    `chown ${workersUser}:${workersUser} /home/${workersUser}/.ssh/authorized_keys`,
    `chmod 600 /home/${workersUser}/.ssh/authorized_keys`,
  );

/** Nothing in it is expanded. */
const file = (path: string, content: readonly string[]): string[] => [
  `cat > ${path} <<'END-OF-FILE'`,
  ...content,
  "END-OF-FILE",
];

const lines = (...all: readonly string[]): string => `${all.join("\n")}\n`;
