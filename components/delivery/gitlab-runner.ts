import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { fargateStorageStatements } from "../compute/cluster";
import { instanceVolumeStatements } from "../compute/instance-role";
import { Secret } from "../data/secret";
import type { Location } from "../location";
import type { EndpointService } from "../network/endpoint-policies";
import { Alarm } from "../observability/alarm";
import { LogGroup } from "../observability/log-group";
import type { AlarmTopics } from "../observability/severity";
import { EncryptionKey } from "../security/encryption-key";
import { RunnerCache } from "./runner-cache";
import { RunnerManager } from "./runner-manager";
import { RunnerNetwork, type RunnerNetworkArgs } from "./runner-network";
import { managerStatements } from "./runner-roles";
import { type FargateWorkers, type SpotWorkers, work } from "./runner-work";

export interface GitlabRunnerArgs extends Pick<RunnerNetworkArgs, "addresses" | "zones" | "transit"> {
  readonly at: Location;
  /** What all that has a name of its own is called by, for example `landing-zone-runner-dev`; at most 40 characters. */
  readonly runnerName: string;
  /** Of jobs; the manager's has `-manager` behind it. */
  readonly roleName: string;
  /** GitLab's host, for example `gitlab.example.com`. */
  readonly host: string;
  /** Of GitLab Runner, for example `18.6.6`; not newer than GitLab's own. */
  readonly version: string;
  readonly workers: SpotWorkers | FargateWorkers;
  /** Of x86_64 with Fargate, whose driver GitLab builds for nothing else. */
  readonly managerType: string;
  /** Minutes that jobs get to end when the manager is replaced, 1 to 110. */
  readonly jobMinutes: number;
  /** ARNs of roles that jobs may take with what the runner has; none: they bring a token of GitLab's. */
  readonly jobRoles: readonly string[];
  /** Interface endpoints in the runner's own network. */
  readonly endpoints: boolean;
  readonly forwardingRuleIds?: RunnerNetworkArgs["forwardingRuleIds"];
  readonly organizationId: string;
  readonly archiveBucketArn: string;
  /** The account's bucket for records of requests to buckets. */
  readonly accessLogBucketName: string;
  readonly logRetentionDays: number;
  readonly alarmTopics: AlarmTopics;
  /** Of instances, volumes and network interfaces, which a provider's default tags do not reach. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Whom a runner calls of AWS, beside what gateway endpoints carry. */
const services = (kind: "spot" | "fargate"): readonly EndpointService[] => [
  "autoscaling",
  "ec2",
  "ecr.api",
  "ecr.dkr",
  ...(kind === "fargate" ? (["ecs"] as const) : []),
  "kms",
  "logs",
  "monitoring",
  "secretsmanager",
  "ssm",
  "ssmmessages",
  "sts",
];

/**
 * A runner of GitLab: a manager that fetches jobs, workers that come and go with them, a network that nobody can call, a
 * key, a cache, logs and alarms. Nothing in it is worth a repair: all but the key, the token and the cache can be
 * replaced at any time, and is.
 *
 * The runner's token is in the secret `<runnerName>/gitlab`, which is made without a value. GitLab shows it when a runner
 * is created (`glrt-...`); who may puts it there, and the manager, which waits for it, begins:
 *
 *     aws secretsmanager put-secret-value --secret-id <runnerName>/gitlab --secret-string file://token.txt
 *
 * Who can start jobs here can use what jobs may: with `jobRoles` keep the runner to protected branches in GitLab.
 *
 * Refused: another version than three numbers; what its parts refuse; more workers that wait than there may be; a
 * manager for Fargate that is not of x86_64 is refused in the description, which knows the types.
 *
 * Sources: GitLab Runner documentation, "Docker Autoscaler executor", "Autoscaling GitLab CI on AWS Fargate", "Security
 * for self-managed runners"; components beside this one name theirs.
 */
export class GitlabRunner extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  readonly secretName: string;
  readonly cacheName: string;

  constructor(name: string, args: GitlabRunnerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:delivery:GitlabRunner", name, {}, opts);
    requireSound(args);
    const here = { parent: this };
    const kept = { parent: this, protect: true };
    const { at, runnerName, workers, jobRoles, tags, alarmTopics } = args;
    const managerName = `${runnerName}-manager`;
    const workersName = `${runnerName}-workers`;
    const hookName = "end-jobs-first";
    const keyParameter = `/landing-zone/runner/${runnerName}.pub`;
    this.secretName = `${runnerName}/gitlab`;
    this.cacheName = `${runnerName}-cache-${at.accountId}-${at.region}`;

    const network = new RunnerNetwork(
      name,
      {
        at,
        addresses: args.addresses,
        zones: args.zones,
        transit: args.transit,
        organizationId: args.organizationId,
        flowLogs: { archiveBucketArn: args.archiveBucketArn },
        endpoints: args.endpoints ? services(workers.kind) : [],
        ...(args.forwardingRuleIds === undefined ? {} : { forwardingRuleIds: args.forwardingRuleIds }),
      },
      here,
    );
    this.vpcId = network.vpcId;
    const key = new EncryptionKey(
      name,
      {
        alias: runnerName,
        description: "Volumes, token, cache and logs of the runner",
        at,
        logGroups: [`/landing-zone/${runnerName}`],
        statements: [
          ...instanceVolumeStatements(at),
          ...(workers.kind === "fargate" ? fargateStorageStatements(at, [workersName]) : []),
        ],
      },
      kept,
    );
    const logs = new LogGroup(
      name,
      { name: `/landing-zone/${runnerName}`, retentionDays: args.logRetentionDays, keyArn: key.arn, at },
      here,
    );
    const secret = new Secret(
      name,
      {
        secretName: this.secretName,
        description: `The token of this runner (glrt-...), which ${args.host} shows when a runner is created`,
        at,
        keyArn: key.arn,
        deletionProtection: false,
        multiZone: false,
        alarmTopics,
      },
      here,
    );
    const cache = new RunnerCache(
      name,
      {
        at,
        bucketName: this.cacheName,
        keyArn: key.arn,
        accessLogs: { bucketName: args.accessLogBucketName },
      },
      kept,
    );
    const managerGroup = new aws.ec2.SecurityGroup(
      `${name}-manager`,
      { vpcId: network.vpcId, description: "The runner's manager", tags: { Name: managerName } },
      here,
    );
    new aws.vpc.SecurityGroupEgressRule(
      `${name}-manager-tls-out`,
      {
        securityGroupId: managerGroup.id,
        description: "TLS to GitLab, AWS and beyond",
        cidrIpv4: "0.0.0.0/0",
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
      },
      here,
    );

    const jobs = work(
      name,
      {
        at,
        roleName: args.roleName,
        workersName,
        keyParameter,
        vpcId: network.vpcId,
        subnetIds: network.subnetIds,
        managerSecurityGroupId: managerGroup.id,
        keyArn: key.arn,
        logGroupName: logs.logGroupName,
        jobRoles,
        tags,
        workers,
        start: {
          region: at.region,
          name: managerName,
          groupName: managerName,
          hookName,
          logGroupName: logs.logGroupName,
          version: args.version,
          secretName: this.secretName,
          jobMinutes: args.jobMinutes,
        },
        configuration: {
          name: runnerName,
          host: args.host,
          most: workers.most,
          cache: { bucketName: this.cacheName, region: at.region },
        },
        after: [network.way, logs],
      },
      this,
    );
    new RunnerManager(
      `${name}-manager`,
      {
        groupName: managerName,
        hookName,
        roleName: `${args.roleName}-manager`,
        statements: managerStatements({
          at,
          groupName: managerName,
          secretName: this.secretName,
          cacheName: this.cacheName,
          keyAlias: key.alias,
          logGroupName: logs.logGroupName,
          workers: jobs.rights,
        }),
        securityGroupId: managerGroup.id,
        subnetIds: network.subnetIds,
        instanceType: args.managerType,
        userData: jobs.userData,
        keyArn: key.arn,
        jobMinutes: args.jobMinutes,
        secretName: this.secretName,
        alarmTopics,
        tags,
        after: [network.way, secret, cache, logs, ...jobs.after],
      },
      here,
    );
    new Alarm(
      `${name}-full`,
      {
        ...jobs.busy,
        alarmName: `${runnerName}-full`,
        statistic: "Minimum",
        above: workers.most - 1,
        period: 300,
        periods: 6,
        severity: "warning",
        topics: alarmTopics,
        description: `Jobs wait: all ${workers.most} workers of the runner ${runnerName} have been at work for half an hour. Raise workers.most in the description, or look for jobs that hang`,
      },
      here,
    );
    this.registerOutputs({ vpcId: this.vpcId, secretName: this.secretName, cacheName: this.cacheName });
  }
}

function requireSound({ runnerName, version, workers }: GitlabRunnerArgs): void {
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(runnerName))
    throw new Error(
      `runnerName is ${runnerName}; it must be at most 40 lower-case letters, digits and hyphens, beginning with a letter`,
    );
  if (!/^\d+\.\d+\.\d+$/.test(version))
    throw new Error(`version is ${version}; it must be three numbers, for example 18.6.6`);
  if (!Number.isInteger(workers.most) || workers.most < 1 || workers.most > 100)
    throw new Error(`workers.most is ${workers.most}; it must be a whole number from 1 to 100`);
  if (workers.kind === "fargate") return;
  const { least, most, jobs } = workers;
  if (!Number.isInteger(least) || least < 0 || least > most)
    throw new Error(`workers.least is ${least}; it must be a whole number from 0 to workers.most, ${most}`);
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 1_000)
    throw new Error(`workers.jobs is ${jobs}; it must be a whole number from 1 to 1,000`);
}
