/** What a runner's manager may do, and what jobs may. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { recordSessions } from "../hardening/session-manager";
import { policyDocument, type Statement } from "../identity/policy-document";
import { arn, iamArn, type Location } from "../location";
import { writeLogs } from "../observability/log-group";
import { useOfKey } from "../security/encryption-key";
import { cacheStatements } from "./runner-cache";
import { heartbeat } from "./runner-start";

const groupArn = (at: Location, name: string): string =>
  arn("autoscaling", at, `autoScalingGroup:*:autoScalingGroupName/${name}`);

export interface ManagerRights {
  readonly at: Location;
  /** The manager's own Auto Scaling group. */
  readonly groupName: string;
  readonly secretName: string;
  readonly cacheName: string;
  /** Of the runner's key, without `alias/`. */
  readonly keyAlias: string;
  readonly logGroupName: string;
  readonly workers:
    | { readonly groupName: string; readonly keyParameter: string }
    | { readonly clusterName: string; readonly family: string; readonly roleNames: readonly string[] };
}

/**
 * The manager scales its workers' group or runs its task, and no other; reads its token; signs addresses of the cache;
 * tells of itself. It may take no role: what deploys are jobs.
 *
 * Sources: fleeting-plugin-aws, "Recommended IAM policy", without Instance Connect, which guardrails refuse; Service
 * authorization reference, "Amazon EC2 Auto Scaling", "Amazon Elastic Container Service"; AWS managed policy
 * AmazonSSMManagedInstanceCore.
 */
export const managerStatements = (rights: ManagerRights): Statement[] => {
  const { at, groupName, secretName } = rights;
  return [
    ...("groupName" in rights.workers ? scaling(at, rights.workers) : running(at, rights.workers)),
    {
      // These know no resources.
      Sid: "See",
      Effect: "Allow",
      Action: ["autoscaling:DescribeAutoScalingGroups", "ec2:DescribeInstances"],
      Resource: "*",
    },
    {
      Sid: "ComeAndGo",
      Effect: "Allow",
      Action: ["autoscaling:CompleteLifecycleAction", "autoscaling:SetInstanceHealth"],
      Resource: groupArn(at, groupName),
    },
    {
      Sid: "Token",
      Effect: "Allow",
      Action: "secretsmanager:GetSecretValue",
      Resource: arn("secretsmanager", at, `secret:${secretName}-??????`),
    },
    { ...useOfKey(at, rights.keyAlias, ["secretsmanager"]), Sid: "TokenKey", Action: "kms:Decrypt" },
    ...cacheStatements(at, rights.cacheName, rights.keyAlias),
    writeLogs(at, rights.logGroupName),
    {
      Sid: "Heartbeat",
      Effect: "Allow",
      Action: "cloudwatch:PutMetricData",
      Resource: "*",
      Condition: { StringEquals: { "cloudwatch:namespace": heartbeat.namespace } },
    },
    {
      Sid: "BeManaged",
      Effect: "Allow",
      Action: "ssm:UpdateInstanceInformation",
      Resource: arn("ec2", at, "instance/*"),
    },
    {
      // These have no resource that could be named.
      Sid: "Listen",
      Effect: "Allow",
      Action: [
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ],
      Resource: "*",
    },
    ...recordSessions([at]),
  ];
};

const scaling = (
  at: Location,
  { groupName, keyParameter }: Extract<ManagerRights["workers"], { readonly groupName: string }>,
): Statement[] => [
  {
    Sid: "ScaleWorkers",
    Effect: "Allow",
    Action: ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
    Resource: groupArn(at, groupName),
  },
  {
    Sid: "TellWorkers",
    Effect: "Allow",
    Action: "ssm:PutParameter",
    Resource: arn("ssm", at, `parameter${keyParameter}`),
  },
];

const running = (
  at: Location,
  { clusterName, family, roleNames }: Extract<ManagerRights["workers"], { readonly clusterName: string }>,
): Statement[] => {
  const Condition = { ArnEquals: { "ecs:cluster": arn("ecs", at, `cluster/${clusterName}`) } };
  return [
    {
      Sid: "RunTasks",
      Effect: "Allow",
      Action: "ecs:RunTask",
      Resource: arn("ecs", at, `task-definition/${family}:*`),
      Condition,
    },
    {
      Sid: "WatchTasks",
      Effect: "Allow",
      Action: ["ecs:DescribeTasks", "ecs:StopTask"],
      Resource: arn("ecs", at, `task/${clusterName}/*`),
      Condition,
    },
    {
      Sid: "HandRoles",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: roleNames.map(name => iamArn(at.accountId, `role/${name}`)),
      Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    },
  ];
};

/** What a job has of AWS: roles that it may take, and nothing else. */
export const jobStatements = (roleArns: readonly string[]): Statement[] =>
  roleArns.length === 0
    ? []
    : [{ Sid: "Deploy", Effect: "Allow", Action: "sts:AssumeRole", Resource: roleArns }];

/** What a worker needs to let its manager in: public, so that jobs may know it too. */
export const workerStatements = (at: Location, keyParameter: string): Statement[] => [
  {
    Sid: "KnowTheManager",
    Effect: "Allow",
    Action: "ssm:GetParameter",
    Resource: arn("ssm", at, `parameter${keyParameter}`),
  },
];

export interface InstanceRoleArgs {
  readonly roleName: string;
  readonly description: string;
  readonly statements: readonly Statement[];
}

/** The role of a runner's instances, and the profile by which EC2 hands it to them. */
export class InstanceRole extends pulumi.ComponentResource {
  readonly profileArn: pulumi.Output<string>;

  constructor(name: string, args: InstanceRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:delivery:InstanceRole", name, {}, opts);
    const here = { parent: this };
    const role = new aws.iam.Role(
      name,
      {
        name: args.roleName,
        description: args.description,
        // EC2 says no account when it takes a role for its own account's instances.
        assumeRolePolicy: policyDocument([
          { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
        ]),
      },
      here,
    );
    const permission = new aws.iam.RolePolicy(
      name,
      { role: role.name, policy: policyDocument(args.statements) },
      here,
    );
    const profile = new aws.iam.InstanceProfile(
      name,
      { name: args.roleName, role: role.name },
      { ...here, dependsOn: permission },
    );
    this.profileArn = profile.arn;
    this.registerOutputs({ profileArn: this.profileArn });
  }
}
