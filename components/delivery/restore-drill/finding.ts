import { arn, iamArn } from "../../location";
import { api, call, execution, now, query, type States } from "./states";
import { type Chain, type DrillArgs, type DrilledThing, givesUp, limits, type Place, stepOf } from "./thing";
import { waiting } from "./waiting";

/**
 * Finds the newest completed backup in the source's vault, and copies it to the target's, by the role that may do both in
 * the source's account. Afterwards `$points[0]` is the backup, `$copy` the copy's ARN, `$copiedAt` when it was there.
 *
 * Only backups are asked for that are young enough: of a vault's years of backups the answer would not fit into a state.
 *
 * Sources: AWS Backup API reference, "ListRecoveryPointsByBackupVault", "StartCopyJob", "DescribeCopyJob"; Step Functions
 * developer guide, "Accessing resources in other AWS accounts in Step Functions".
 */
export function finding({ thing, args }: Place, next: string): Chain {
  const step = stepOf(thing);
  const { from, to, vaultName } = args;
  const { copyRoleArn: roleArn } = from;
  const copy = waiting({
    what: step("copy"),
    since: "foundAt",
    minutes: limits.copy,
    late: step("given up"),
    problem: `the copy took longer than ${limits.copy} minutes`,
    ask: over =>
      call({
        resource: api("backup", "describeCopyJob"),
        roleArn,
        args: { CopyJobId: query("$copyJob") },
        catch: [givesUp(thing, "copy")],
        Assign: {
          copyState: query("$states.result.CopyJob.State"),
          copy: query(
            "$exists($states.result.CopyJob.DestinationRecoveryPointArn) ? $states.result.CopyJob.DestinationRecoveryPointArn : ''",
          ),
          copiedAt: query(now),
          problem: query(
            "$exists($states.result.CopyJob.StatusMessage) ? $states.result.CopyJob.StatusMessage : ''",
          ),
        },
        next: over,
      }),
    ends: [
      ["$copyState = 'COMPLETED' and $copy != ''", next],
      ["$copyState in ['COMPLETED', 'FAILED', 'PARTIAL']", step("copy failed")],
    ],
  });
  const states: States = {
    [step("begin")]: {
      Type: "Pass",
      Assign: { points: [], problem: "", failedAt: "find", begunAt: query(now) },
      Next: thing.as === "fileSystem" ? step("find the source") : step("find"),
    },
    ...(thing.as === "fileSystem" ? findingTheSource(thing, args) : {}),
    [step("find")]: call({
      resource: api("backup", "listRecoveryPointsByBackupVault"),
      roleArn,
      args: {
        BackupVaultName: vaultName,
        ByResourceArn: sourceArn(thing, args),
        ByCreatedAfter: query(`$fromMillis(${now} - ${args.maxAgeHours * 3_600_000})`),
      },
      catch: [givesUp(thing, "find")],
      Assign: {
        points: query(
          "[$states.result.RecoveryPoints[Status = 'COMPLETED']^(>CreationDate).{'arn': RecoveryPointArn, 'created': CreationDate, 'bytes': $exists(BackupSizeInBytes) ? BackupSizeInBytes : 0}]",
        ),
        foundAt: query(now),
      },
      next: step("found?"),
    }),
    [step("found?")]: {
      Type: "Choice",
      Choices: [{ Condition: query("$count($points) > 0"), Next: step("copy") }],
      Default: step("no backup"),
    },
    [step("no backup")]: {
      Type: "Pass",
      Assign: {
        problem: `there is no completed backup of ${thing.from} that is younger than ${args.maxAgeHours} hours`,
      },
      Next: step("given up"),
    },
    [step("copy")]: call({
      resource: api("backup", "startCopyJob"),
      roleArn,
      args: {
        RecoveryPointArn: query("$points[0].arn"),
        SourceBackupVaultName: vaultName,
        DestinationBackupVaultArn: arn("backup", to, `backup-vault:${vaultName}`),
        IamRoleArn: iamArn(from.accountId, `role/${args.backupRoleName}`),
        Lifecycle: { DeleteAfterDays: args.copyDays },
        IdempotencyToken: query(`${execution} & '-${thing.name}-copy'`),
      },
      catch: [givesUp(thing, "copy")],
      Assign: { copyJob: query("$states.result.CopyJobId") },
      next: copy.first,
    }),
    ...copy.states,
    [step("copy failed")]: {
      Type: "Pass",
      Assign: { problem: query("'the copy failed: ' & $problem"), failedAt: "copy" },
      Next: step("given up"),
    },
  };
  return { first: step("begin"), states };
}

/** A file system's ARN holds an id that only AWS knows; its creation token is its name. */
const findingTheSource = (thing: DrilledThing, { from }: DrillArgs): States => ({
  [stepOf(thing)("find the source")]: call({
    resource: api("efs", "describeFileSystems"),
    roleArn: from.copyRoleArn,
    args: { CreationToken: thing.from },
    catch: [givesUp(thing, "find")],
    Assign: { sourceId: query("$states.result.FileSystems[0].FileSystemId") },
    next: stepOf(thing)("find"),
  }),
});

function sourceArn({ as, from: name }: DrilledThing, { from }: DrillArgs): string {
  switch (as) {
    case "table":
      return arn("dynamodb", from, `table/${name}`);
    case "bucket":
      return `arn:aws:s3:::${name}`;
    case "cluster":
      return arn("rds", from, `cluster:${name}`);
    case "instance":
      return arn("rds", from, `db:${name}`);
    case "fileSystem":
      return query(`'${arn("elasticfilesystem", from, "file-system/")}' & $sourceId`);
  }
}
