/** A runner as tests make it. */

import * as aws from "@pulumi/aws";
import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { GitlabRunner, type GitlabRunnerArgs } from "../../../components/delivery/gitlab-runner";
import { at, type Planned, planned } from "../planned";
import { alarmTopics } from "../told";

export const spot = {
  kind: "spot",
  types: ["m7g.large", "c7g.large"],
  least: 0,
  most: 4,
  jobs: 1,
  privileged: false,
} as const;

export const fargate = {
  kind: "fargate",
  most: 3,
  size: { cpu: 1024, memory: 2048 },
  image: `${at.accountId}.dkr.ecr.${at.region}.amazonaws.com/ci/jobs:1.4.0`,
  driver: { version: "v0.5.1", sha256: "0".repeat(64) },
} as const;

export const jobRoles = [
  "arn:aws:iam::222233334444:role/landing-zone-apply-dev",
  `arn:aws:iam::${at.accountId}:role/landing-zone-deploy`,
];

export const runnerArgs = (runnerName: string): Omit<GitlabRunnerArgs, "transit"> => ({
  at,
  runnerName,
  roleName: runnerName,
  host: "gitlab.example.com",
  version: "18.6.6",
  addresses: "10.18.0.0/22",
  zones: ["euc1-az1", "euc1-az2"],
  workers: spot,
  managerType: "t4g.small",
  jobMinutes: 60,
  jobRoles: [],
  endpoints: false,
  organizationId: "o-abcde12345",
  archiveBucketArn: "arn:aws:s3:::landing-zone-flow-logs-444455556666-eu-central-1",
  accessLogBucketName: "access-logs-111122223333",
  logRetentionDays: 30,
  alarmTopics,
  tags: { environment: "dev", team: "platform" },
});

export const transit = (hub: aws.Provider) => ({
  transitGatewayId: "tgw-1",
  domainRouteTableId: "tgw-rtb-runner",
  propagatesTo: { egress: "tgw-rtb-egress" },
  hub,
});

export const runner = (more: Partial<GitlabRunnerArgs> = {}, names = ["runner"]): Promise<Planned> =>
  planned(() => {
    const hub = new aws.Provider("hub", { region: at.region });
    for (const name of names) made(name, { ...more, transit: transit(hub) });
  });

export const made = (
  name: string,
  more: Partial<GitlabRunnerArgs> & Pick<GitlabRunnerArgs, "transit">,
  opts: ComponentResourceOptions = {},
): GitlabRunner => new GitlabRunner(name, { ...runnerArgs(`landing-zone-${name}`), ...more }, opts);
