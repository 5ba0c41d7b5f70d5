/**
 * As much of two AWS accounts as a drill touches: what is asked changes it, and it refuses what does not fit, whoever
 * asks for what the target itself uses above all.
 */
import assert from "node:assert/strict";
import type { DrillArgs } from "../../../../components/delivery/restore-drill/thing";
import { type Answers, type Asked, Slow, StatesError } from "./interpreter";

export const start = Date.parse("2026-11-22T03:00:00Z");
export const copyRoleArn = "arn:aws:iam::444455556666:role/landing-zone-drill-copy-shop";
export const dataKey = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const thing = (name: string, as: DrillArgs["things"][number]["as"]): DrillArgs["things"][number] => ({
  name,
  as,
  from: `shop-${name}`,
  own: `shop-${name}`,
  to: `shop-${name}-drill`,
  masked: as !== "fileSystem",
  tested: as !== "fileSystem",
});

export const args: DrillArgs = {
  product: "shop",
  machineName: "landing-zone-drill-shop",
  from: { environment: "prod", accountId: "444455556666", region: "eu-central-1", copyRoleArn },
  to: { environment: "int", accountId: "111122223333", region: "eu-central-1" },
  vaultName: "landing-zone",
  backupRoleName: "landing-zone-backup",
  copyDays: 1,
  maxAgeHours: 48,
  dataKeyAlias: "shop/data",
  vaultKeyAlias: "landing-zone/backups",
  things: [
    thing("carts", "table"),
    thing("pictures", "bucket"),
    thing("accounts", "cluster"),
    thing("ledger", "instance"),
    thing("templates", "fileSystem"),
  ],
  notRestored: [{ name: "pending", kind: "queue", why: "what is in flight belongs to prod" }],
  mask: { job: "anonymize", stateMachineName: "shop-anonymize-drill", minutes: 60 },
  test: { job: "check", stateMachineName: "shop-check-drill", minutes: 60 },
  evidence: { bucketName: "landing-zone-drills-111122223333-eu-central-1", keyAlias: "landing-zone/drills" },
  topicName: "landing-zone-drill-shop",
  lockName: "/landing-zone/restore-drills/shop",
};

/** What goes wrong, by `<api>` or `<api> <name of a state>`: an error, or another answer. */
export type Wrong = Readonly<Record<string, StatesError | ((asked: Asked, usual: () => unknown) => unknown)>>;

interface Job {
  readonly until: number;
  readonly made: () => void;
  done: boolean;
}

export class Cloud {
  readonly asked: Asked[] = [];
  readonly tables = new Set(["shop-carts"]);
  readonly buckets = new Map<string, number>([
    ["shop-pictures", 7],
    ["shop-pictures-drill", 0],
  ]);
  readonly fileSystems = new Map([["shop-templates", "fs-own"]]);
  readonly clusters = new Map<string, number>([["shop-accounts", 0]]);
  readonly instances = new Map<string, number>([
    ["shop-accounts-1", 0],
    ["shop-ledger", 0],
  ]);
  readonly snapshots = new Map<string, number>();
  readonly parameters = new Map<string, string>([["/shop-accounts/host", "accounts.example.com"]]);
  readonly runs: { readonly name: string; readonly masked: boolean }[] = [];
  readonly reports: Record<string, unknown>[] = [];
  readonly messages: { readonly subject: string; readonly text: string }[] = [];
  /** Hours since the newest backup. */
  age = 5;
  private readonly copies = new Map<string, Job>();
  private readonly restores = new Map<string, Job>();
  private readonly own: string;

  constructor(private readonly wrong: Wrong = {}) {
    this.own = this.ownState();
  }

  /** What the target itself uses, and what the source has. */
  ownState(): string {
    const own = <T>(entries: Iterable<readonly [string, T]>) =>
      [...entries].filter(([name]) => !/-drill|restore-drills/.test(name));
    return JSON.stringify([
      [...this.tables].filter(name => !name.endsWith("-drill")),
      own(this.buckets),
      own(this.fileSystems),
      own(this.clusters),
      own(this.instances),
      own(this.snapshots),
      own(this.parameters),
    ]);
  }

  /** Nothing of a drill is left, and nothing else has changed. */
  assertClean(): void {
    assert.equal(this.ownState(), this.own);
    assert.deepEqual(this.left(), []);
  }

  assertOwnUntouched(): void {
    assert.equal(this.ownState(), this.own);
  }

  left(): string[] {
    return [
      ...[...this.tables],
      ...[...this.buckets].flatMap(([name, objects]) => (objects > 0 ? [name] : [])),
      ...this.fileSystems.keys(),
      ...this.clusters.keys(),
      ...this.instances.keys(),
      ...this.snapshots.keys(),
      ...this.parameters.keys(),
    ].filter(name => /-drill|restore-drills/.test(name));
  }

  called(api: string): Asked[] {
    return this.asked.filter(one => one.api === api);
  }

  readonly answers: Answers = asked => {
    this.asked.push(asked);
    const wrong = this.wrong[`${asked.api} ${asked.state}`] ?? this.wrong[asked.api];
    if (wrong instanceof StatesError) throw wrong;
    const answer = this.apis[asked.api];
    if (answer === undefined) throw new Error(`nothing answers ${asked.api}`);
    const inSource = [
      "backup:listRecoveryPointsByBackupVault",
      "backup:startCopyJob",
      "backup:describeCopyJob",
    ];
    assert.equal(
      asked.roleArn,
      inSource.includes(asked.api) || asked.state.endsWith("find the source") ? copyRoleArn : undefined,
      `${asked.state} takes the right role`,
    );
    const usual = () => answer(asked.args, asked);
    return wrong === undefined ? usual() : wrong(asked, usual);
  };

  private drillOnly(name: string | undefined): string {
    assert.match(String(name), /-drill(-1|\/(reader-)?host)?$/, "only what is a drill's is changed");
    return String(name);
  }

  private job(jobs: Map<string, Job>, id: string, until: number, made: () => void): string {
    if (!jobs.has(id)) jobs.set(id, { until, made, done: false });
    return id;
  }

  private ended(jobs: Map<string, Job>, id: string | undefined, at: number): boolean {
    const job = jobs.get(String(id));
    assert.ok(job, `there is a job ${id}`);
    if (at < job.until) return false;
    if (!job.done) job.made();
    job.done = true;
    return true;
  }

  // biome-ignore lint/suspicious/noExplicitAny: what is asked has a shape of its own for each API.
  private readonly apis: Readonly<Record<string, (given: any, asked: Asked) => unknown>> = {
    "ssm:putParameter": ({ Name, Value, Overwrite }) => {
      if (Name !== args.lockName) this.drillOnly(Name);
      if (this.parameters.has(Name) && Overwrite !== true)
        throw new StatesError("Ssm.ParameterAlreadyExistsException", "it exists");
      this.parameters.set(Name, Value);
    },
    "ssm:getParameter": ({ Name }) => ({ Parameter: { Value: this.parameters.get(Name) } }),
    "ssm:deleteParameter": ({ Name }) => {
      assert.equal(Name, args.lockName);
      this.parameters.delete(Name);
    },
    "ssm:deleteParameters": ({ Names }) => {
      for (const name of Names) this.parameters.delete(this.drillOnly(name));
      return { DeletedParameters: Names, InvalidParameters: [] };
    },
    "sfn:describeExecution": ({ ExecutionArn }) => {
      if (String(ExecutionArn).endsWith(":gone")) throw new StatesError("Sfn.ExecutionDoesNotExistException");
      return { Status: String(ExecutionArn).endsWith(":running") ? "RUNNING" : "ABORTED" };
    },
    "kms:describeKey": ({ KeyId }) => {
      assert.equal(KeyId, "alias/shop/data");
      return { KeyMetadata: { Arn: dataKey } };
    },
    "backup:listRecoveryPointsByBackupVault": ({ BackupVaultName, ByResourceArn, ByCreatedAfter }) => {
      assert.equal(BackupVaultName, "landing-zone");
      const point = (hours: number, Status: string, arn: string) => ({
        RecoveryPointArn: arn,
        Status,
        CreationDate: new Date(start - hours * 3_600_000).toISOString(),
        BackupSizeInBytes: 4_096,
      });
      const name = String(ByResourceArn);
      return {
        RecoveryPoints: [
          point(this.age + 24, "COMPLETED", `older of ${name}`),
          point(this.age, "COMPLETED", `newest of ${name}`),
          point(this.age - 1, "PARTIAL", `half of ${name}`),
        ].filter(({ CreationDate }) => CreationDate > ByCreatedAfter),
      };
    },
    "backup:startCopyJob": (
      { RecoveryPointArn, IamRoleArn, DestinationBackupVaultArn, IdempotencyToken },
      { at },
    ) => {
      assert.match(RecoveryPointArn, /^newest of arn/);
      assert.equal(IamRoleArn, "arn:aws:iam::444455556666:role/landing-zone-backup");
      assert.equal(
        DestinationBackupVaultArn,
        "arn:aws:backup:eu-central-1:111122223333:backup-vault:landing-zone",
      );
      return { CopyJobId: this.job(this.copies, IdempotencyToken, at + 20 * 60_000, () => {}) };
    },
    "backup:describeCopyJob": ({ CopyJobId }, { at }) => ({
      CopyJob: this.ended(this.copies, CopyJobId, at)
        ? { State: "COMPLETED", DestinationRecoveryPointArn: `copy ${CopyJobId}` }
        : { State: "RUNNING" },
    }),
    "backup:startRestoreJob": (
      { ResourceType, Metadata, RecoveryPointArn, IamRoleArn, IdempotencyToken },
      { at },
    ) => {
      assert.match(RecoveryPointArn, /^copy /);
      assert.equal(IamRoleArn, "arn:aws:iam::111122223333:role/landing-zone-backup");
      for (const value of Object.values(Metadata)) assert.equal(typeof value, "string");
      const make = {
        DynamoDB: () => {
          assert.equal(Metadata.kmsMasterKeyArn, dataKey);
          this.tables.add(this.drillOnly(Metadata.targetTableName));
        },
        S3: () => {
          assert.equal(Metadata.KMSKey, dataKey);
          this.buckets.set(this.drillOnly(Metadata.DestinationBucketName), 250);
        },
        EFS: () => {
          assert.equal(Metadata.KmsKeyId, dataKey);
          assert.equal(Metadata["file-system-id"], "fs-source");
          this.fileSystems.set(this.drillOnly(Metadata.CreationToken), "fs-drill");
        },
      }[String(ResourceType)] as () => void;
      return { RestoreJobId: this.job(this.restores, IdempotencyToken, at + 45 * 60_000, make) };
    },
    "backup:describeRestoreJob": ({ RestoreJobId }, { at }) => ({
      Status: this.ended(this.restores, RestoreJobId, at) ? "COMPLETED" : "RUNNING",
    }),
    "dynamodb:describeTable": ({ TableName }) => {
      this.table(TableName);
      return { Table: { SseDescription: { KmsMasterKeyArn: dataKey } } };
    },
    "dynamodb:deleteTable": ({ TableName }) => {
      this.table(this.drillOnly(TableName));
      this.tables.delete(TableName);
    },
    "s3:listObjectsV2": ({ Bucket }) => ({ KeyCount: Math.min(1, this.buckets.get(Bucket) ?? 0) }),
    "s3:listObjectVersions": ({ Bucket, MaxKeys }) => {
      const count = Math.min(MaxKeys, this.buckets.get(this.drillOnly(Bucket)) ?? 0);
      const entry = (_: unknown, index: number) => ({
        Key: "k".repeat(900),
        VersionId: `v${index}`,
        Size: 1,
      });
      const versions = Array.from({ length: count - Number(count > 3) }, entry);
      return {
        ...(versions.length > 0 ? { Versions: versions } : {}),
        ...(count > 3 ? { DeleteMarkers: [entry(0, count)] } : {}),
      };
    },
    "s3:deleteObjects": ({ Bucket, Delete }) => {
      assert.ok(Array.isArray(Delete.Objects));
      for (const { Key, VersionId } of Delete.Objects) assert.ok(Key && VersionId);
      const bucket = this.drillOnly(Bucket);
      this.buckets.set(bucket, (this.buckets.get(bucket) ?? 0) - Delete.Objects.length);
      return {};
    },
    "s3:putObject": ({ Body, Bucket, Key }) => {
      assert.equal(Bucket, args.evidence.bucketName);
      assert.match(Key, /^shop\/2026-11-2\dT[\d:.]+Z-run-\d+\.json$/);
      this.reports.push(JSON.parse(Body));
    },
    "sns:publish": ({ Subject, Message, TopicArn }) => {
      assert.equal(TopicArn, "arn:aws:sns:eu-central-1:111122223333:landing-zone-drill-shop");
      assert.ok(Subject.length <= 100);
      this.messages.push({ subject: Subject, text: Message });
    },
    "efs:describeFileSystems": ({ CreationToken }, { roleArn }) => {
      if (roleArn !== undefined) return { FileSystems: [{ FileSystemId: "fs-source" }] };
      const id = this.fileSystems.get(CreationToken);
      return { FileSystems: id === undefined ? [] : [{ FileSystemId: id, KmsKeyId: dataKey }] };
    },
    "efs:deleteFileSystem": ({ FileSystemId }) => {
      assert.equal(FileSystemId, "fs-drill");
      this.fileSystems.delete("shop-templates-drill");
    },
    "ec2:describeSecurityGroups": ({ Filters }) => ({
      SecurityGroups: [{ GroupId: `sg of ${this.drillOnly(Filters[0].Values[0])}` }],
    }),
    "rds:describeDBClusters": ({ DbClusterIdentifier: name }, { at }) => {
      const since = this.there(this.clusters, name, "DbCluster");
      return {
        DbClusters: [
          {
            Status: at < since ? "creating" : "available",
            Engine: "aurora-postgresql",
            DbSubnetGroup: name,
            DbClusterParameterGroup: `${name}-aurora-postgresql16`,
            ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 4 },
            KmsKeyId: dataKey,
            Endpoint: `${name}.example.com`,
            ReaderEndpoint: `${name}-ro.example.com`,
          },
        ],
      };
    },
    "rds:describeDBInstances": ({ DbInstanceIdentifier: name }, { at }) => {
      const since = this.there(this.instances, name, "DbInstance");
      return {
        DbInstances: [
          {
            DbInstanceStatus: at < since ? "creating" : "available",
            DbInstanceClass: "db.t4g.medium",
            DbSubnetGroup: { DbSubnetGroupName: name },
            DbParameterGroups: [{ DbParameterGroupName: `${name}-postgres16` }],
            ...(at < since ? {} : { Endpoint: { Address: `${name}.example.com` } }),
          },
        ],
      };
    },
    "rds:describeDBSnapshots": ({ DbSnapshotIdentifier: name }, { at }) => ({
      DbSnapshots: [
        { Status: at < this.there(this.snapshots, name, "DbSnapshot") ? "creating" : "available" },
      ],
    }),
    "rds:restoreDBClusterFromSnapshot": (given, { at }) => {
      assert.match(given.SnapshotIdentifier, /^copy /);
      assert.deepEqual(given.VpcSecurityGroupIds, ["sg of shop-accounts-drill"]);
      assert.equal(given.DbSubnetGroupName, "shop-accounts");
      assert.equal(given.KmsKeyId, dataKey);
      assert.deepEqual(given.ServerlessV2ScalingConfiguration, { MinCapacity: 0.5, MaxCapacity: 4 });
      this.clusters.set(this.drillOnly(given.DbClusterIdentifier), at + 10 * 60_000);
    },
    "rds:createDBInstance": (given, { at }) => {
      assert.equal(given.PubliclyAccessible, false);
      assert.ok(this.clusters.has(this.drillOnly(given.DbClusterIdentifier)));
      this.instances.set(this.drillOnly(given.DbInstanceIdentifier), at + 8 * 60_000);
    },
    "rds:copyDBSnapshot": (given, { at }) => {
      assert.match(given.SourceDbSnapshotIdentifier, /^copy /);
      assert.equal(given.KmsKeyId, dataKey);
      this.snapshots.set(this.drillOnly(given.TargetDbSnapshotIdentifier), at + 5 * 60_000);
    },
    "rds:restoreDBInstanceFromDBSnapshot": (given, { at }) => {
      assert.ok(this.snapshots.has(given.DbSnapshotIdentifier));
      assert.equal(given.PubliclyAccessible, false);
      assert.deepEqual(given.VpcSecurityGroupIds, ["sg of shop-ledger-drill"]);
      this.instances.set(this.drillOnly(given.DbInstanceIdentifier), at + 15 * 60_000);
    },
    "rds:deleteDBInstance": ({ DbInstanceIdentifier: name, SkipFinalSnapshot }) => {
      assert.equal(SkipFinalSnapshot, true);
      this.there(this.instances, this.drillOnly(name), "DbInstance");
      this.instances.delete(name);
    },
    "rds:deleteDBCluster": ({ DbClusterIdentifier: name, SkipFinalSnapshot }) => {
      assert.equal(SkipFinalSnapshot, true);
      this.there(this.clusters, this.drillOnly(name), "DbCluster");
      if (this.instances.has(`${name}-1`)) throw new StatesError("Rds.InvalidDbClusterStateException");
      this.clusters.delete(name);
    },
    "rds:deleteDBSnapshot": ({ DbSnapshotIdentifier: name }) => {
      this.there(this.snapshots, this.drillOnly(name), "DbSnapshot");
      this.snapshots.delete(name);
    },
    "states:startExecution.sync:2": ({ StateMachineArn }) => {
      const name = String(StateMachineArn).split(":").at(-1) ?? "";
      for (const { as, to } of args.things) {
        if (as === "table") assert.ok(this.tables.has(to));
        if (as === "cluster") assert.equal(this.parameters.get(`/${to}/host`), `${to}.example.com`);
      }
      this.runs.push({ name, masked: this.runs.some(run => run.name === "shop-anonymize-drill") });
      return new Slow(600, { Status: "SUCCEEDED", Output: { skipped: false } });
    },
  };

  private table(name: string): void {
    if (!this.tables.has(name)) throw new StatesError("DynamoDb.ResourceNotFoundException", name);
  }

  private there(things: ReadonlyMap<string, number>, name: string, kind: string): number {
    const since = things.get(name);
    if (since === undefined) throw new StatesError(`Rds.${kind}NotFoundException`, name);
    return since;
  }
}
