/** What a drill's roles may do: the state machine's in the target's account, and the one in the source's that it takes. */
import type { Statement } from "../../identity/policy-document";
import { arn, iamArn } from "../../location";
import { useOfKey } from "../../security/encryption-key";
import { reportPrefix } from "./report";
import { type DrillArgs, type DrilledAs, type DrilledThing, hostNames } from "./thing";

const allow = (
  Sid: string,
  Action: readonly string[],
  Resource: readonly string[],
  Condition?: Statement["Condition"],
): Statement => ({
  Sid,
  Effect: "Allow",
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});

const passing = (accountId: string, roleName: string): Statement =>
  allow("PassBackupsRole", ["iam:PassRole"], [iamArn(accountId, `role/${roleName}`)], {
    StringEquals: { "iam:PassedToService": "backup.amazonaws.com" },
  });

const ofKind = (things: readonly DrilledThing[], ...kinds: readonly DrilledAs[]): DrilledThing[] =>
  things.filter(({ as }) => kinds.includes(as));

/**
 * In the source's account: to look for backups in the one vault, and to start copies of the product's own, which carry
 * its tags. Where they may go, the vaults say, and the role that AWS Backup copies with.
 *
 * Sources: Service authorization reference, "Actions, resources, and condition keys for AWS Backup"; AWS Backup developer
 * guide, "Copying tags onto backups".
 */
export function copyStatements(args: DrillArgs): Statement[] {
  const { from, vaultName, product } = args;
  return [
    allow(
      "FindBackups",
      ["backup:ListRecoveryPointsByBackupVault"],
      [arn("backup", from, `backup-vault:${vaultName}`)],
    ),
    allow(
      "CopyTheProducts",
      ["backup:StartCopyJob"],
      // Those of databases are snapshots of RDS.
      [
        arn("backup", from, "recovery-point:*"),
        ...(ofKind(args.things, "cluster").length > 0
          ? [arn("rds", from, "cluster-snapshot:awsbackup:*")]
          : []),
        ...(ofKind(args.things, "instance").length > 0 ? [arn("rds", from, "snapshot:awsbackup:*")] : []),
      ],
      { StringEquals: { "aws:ResourceTag/product": product } },
    ),
    // AWS knows no resources for it.
    allow("SeeCopies", ["backup:DescribeCopyJob"], ["*"]),
    passing(from.accountId, args.backupRoleName),
    ...(ofKind(args.things, "fileSystem").length === 0
      ? []
      : [
          allow(
            "FindFileSystems",
            ["elasticfilesystem:DescribeFileSystems"],
            [arn("elasticfilesystem", from, "file-system/*")],
          ),
        ]),
  ];
}

/**
 * In the target's account. What is deleted or made has a drill's name; what the target itself uses is at most looked at.
 *
 * Sources: Step Functions developer guide, "IAM policies for calling a workflow from a workflow", "Using CloudWatch Logs
 * to log execution history in Step Functions", "Data at rest encryption in Step Functions"; Service authorization
 * reference.
 */
export function machineStatements(args: DrillArgs): Statement[] {
  const { to, things, mask, test, evidence, product } = args;
  const jobs = [...("job" in mask ? [mask] : []), test].map(({ stateMachineName }) => stateMachineName);
  const hosts = ofKind(things, "cluster", "instance").flatMap(thing =>
    Object.values(hostNames(thing.to)).map(name => arn("ssm", to, `parameter${name}`)),
  );
  const lock = arn("ssm", to, `parameter${args.lockName}`);
  return [
    allow("CopyInTheSource", ["sts:AssumeRole"], [args.from.copyRoleArn]),
    allow("Lock", ["ssm:DeleteParameter", "ssm:GetParameter", "ssm:PutParameter"], [lock]),
    ...(hosts.length === 0 ? [] : [allow("TellHosts", ["ssm:DeleteParameters", "ssm:PutParameter"], hosts)]),
    allow(
      "SeeRuns",
      ["states:DescribeExecution"],
      [args.machineName, ...jobs].map(name => arn("states", to, `execution:${name}:*`)),
    ),
    allow(
      "RunJobs",
      ["states:StartExecution"],
      jobs.map(name => arn("states", to, `stateMachine:${name}`)),
    ),
    allow(
      "StopJobs",
      ["states:StopExecution"],
      jobs.map(name => arn("states", to, `execution:${name}:*`)),
    ),
    allow(
      "HearOfJobs",
      ["events:DescribeRule", "events:PutRule", "events:PutTargets"],
      [arn("events", to, "rule/StepFunctionsGetEventsForStepFunctionsExecutionRule")],
    ),
    { ...useOfKey(to, args.dataKeyAlias), Sid: "FindTheKey", Action: "kms:DescribeKey" },
    ...byBackup(args),
    ...tables(args),
    ...buckets(args),
    ...fileSystems(args),
    ...databases(args),
    allow("Report", ["s3:PutObject"], [`arn:aws:s3:::${evidence.bucketName}/${reportPrefix(product)}*`]),
    allow("Say", ["sns:Publish"], [arn("sns", to, args.topicName)]),
    { ...useOfKey(to, evidence.keyAlias, ["s3", "sns"]), Sid: "ReportsKey" },
    // Step Functions encrypts what is handed from step to step.
    {
      ...useOfKey(to, evidence.keyAlias),
      Sid: "RunsKey",
      Condition: {
        "ForAnyValue:StringEquals": { "kms:ResourceAliases": `alias/${evidence.keyAlias}` },
        StringEquals: {
          "kms:EncryptionContext:aws:states:stateMachineArn": arn(
            "states",
            to,
            `stateMachine:${args.machineName}`,
          ),
        },
      },
    },
    // These know no resources.
    allow(
      "Log",
      [
        "logs:CreateLogDelivery",
        "logs:DeleteLogDelivery",
        "logs:DescribeLogGroups",
        "logs:DescribeResourcePolicies",
        "logs:GetLogDelivery",
        "logs:ListLogDeliveries",
        "logs:PutResourcePolicy",
        "logs:UpdateLogDelivery",
      ],
      ["*"],
    ),
    allow(
      "Trace",
      [
        "xray:GetSamplingRules",
        "xray:GetSamplingTargets",
        "xray:PutTelemetryRecords",
        "xray:PutTraceSegments",
      ],
      ["*"],
    ),
  ];
}

function byBackup({ things, to, backupRoleName }: DrillArgs): Statement[] {
  if (ofKind(things, "table", "bucket", "fileSystem").length === 0) return [];
  return [
    allow("Restore", ["backup:StartRestoreJob"], [arn("backup", to, "recovery-point:*")]),
    allow("SeeRestores", ["backup:DescribeRestoreJob"], ["*"]),
    passing(to.accountId, backupRoleName),
  ];
}

function tables({ things, to }: DrillArgs): Statement[] {
  const arns = ofKind(things, "table").map(thing => arn("dynamodb", to, `table/${thing.to}`));
  return arns.length === 0 ? [] : [allow("Tables", ["dynamodb:DeleteTable", "dynamodb:DescribeTable"], arns)];
}

function buckets({ things }: DrillArgs): Statement[] {
  const arns = ofKind(things, "bucket").map(thing => `arn:aws:s3:::${thing.to}`);
  return arns.length === 0
    ? []
    : [
        allow("ListObjects", ["s3:ListBucket", "s3:ListBucketVersions"], arns),
        allow(
          "DeleteObjects",
          ["s3:DeleteObject", "s3:DeleteObjectVersion"],
          arns.map(bucket => `${bucket}/*`),
        ),
      ];
}

/** A restored file system's id is not known; but it has none of the tags that all have which a stack makes. */
function fileSystems({ things, to }: DrillArgs): Statement[] {
  const all = [arn("elasticfilesystem", to, "file-system/*")];
  return ofKind(things, "fileSystem").length === 0
    ? []
    : [
        allow("FindFileSystems", ["elasticfilesystem:DescribeFileSystems"], all),
        allow("DeleteFileSystems", ["elasticfilesystem:DeleteFileSystem"], all, {
          Null: { "aws:ResourceTag/product": "true", "aws:ResourceTag/managed-by": "true" },
        }),
      ];
}

/**
 * What is made and deleted, by its names; and what making it takes, which is only used: the product's subnets and
 * parameters, options that AWS makes, and the copied backups.
 */
function databases(args: DrillArgs): Statement[] {
  const { to, things, product, dataKeyAlias, vaultKeyAlias } = args;
  const rds = (resource: string) => arn("rds", to, resource);
  const clusters = ofKind(things, "cluster");
  const instances = ofKind(things, "instance");
  if (clusters.length + instances.length === 0) return [];
  const aliases = [`alias/${dataKeyAlias}`, `alias/${vaultKeyAlias}`];
  const throughRds = { "kms:ViaService": `rds.${to.region}.amazonaws.com` };
  const key = useOfKey(to, dataKeyAlias);
  return [
    allow(
      "SeeDatabases",
      ["rds:DescribeDBClusters", "rds:DescribeDBInstances", "rds:DescribeDBSnapshots"],
      [rds("cluster:*"), rds("db:*"), rds("snapshot:*")],
    ),
    allow("FindGroups", ["ec2:DescribeSecurityGroups"], ["*"]),
    ...(clusters.length === 0
      ? []
      : [
          allow(
            "Clusters",
            [
              "rds:CreateDBInstance",
              "rds:DeleteDBCluster",
              "rds:DeleteDBInstance",
              "rds:RestoreDBClusterFromSnapshot",
            ],
            clusters.flatMap(thing => [rds(`cluster:${thing.to}`), rds(`db:${thing.to}-1`)]),
          ),
          allow(
            "ForClusters",
            ["rds:CreateDBInstance", "rds:RestoreDBClusterFromSnapshot"],
            [
              rds(`subgrp:${product}-*`),
              rds(`cluster-pg:${product}-*`),
              rds("cluster-snapshot:awsbackup:*"),
              rds("og:default:*"),
              rds("pg:default.*"),
            ],
          ),
          // It is deleted without a last snapshot; AWS asks for the right to make one all the same.
          allow("NoLastSnapshots", ["rds:DeleteDBCluster"], [rds(`cluster-snapshot:${product}-*-drill*`)]),
        ]),
    ...(instances.length === 0
      ? []
      : [
          allow(
            "Instances",
            [
              "rds:CopyDBSnapshot",
              "rds:DeleteDBInstance",
              "rds:DeleteDBSnapshot",
              "rds:RestoreDBInstanceFromDBSnapshot",
            ],
            instances.flatMap(thing => [rds(`db:${thing.to}`), rds(`snapshot:${thing.to}`)]),
          ),
          allow("CopiedSnapshots", ["rds:CopyDBSnapshot"], [rds("snapshot:awsbackup:*")]),
          allow(
            "ForInstances",
            ["rds:RestoreDBInstanceFromDBSnapshot"],
            [rds(`subgrp:${product}-*`), rds(`pg:${product}-*`), rds("og:default:*")],
          ),
        ]),
    {
      ...key,
      Sid: "DatabasesKeys",
      Action: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*"],
      Condition: {
        "ForAnyValue:StringEquals": { "kms:ResourceAliases": aliases },
        StringEquals: throughRds,
      },
    },
    {
      ...key,
      Sid: "DatabasesGrants",
      Action: "kms:CreateGrant",
      Condition: {
        "ForAnyValue:StringEquals": { "kms:ResourceAliases": aliases },
        StringEquals: throughRds,
        Bool: { "kms:GrantIsForAWSResource": "true" },
      },
    },
  ];
}
