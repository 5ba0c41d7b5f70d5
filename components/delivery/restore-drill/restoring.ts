/** What AWS Backup restores by itself: tables, buckets, file systems; and what is then asked of them. */
import { iamArn } from "../../location";
import { api, call, execution, type Json, now, query, type States } from "./states";
import { type Chain, givesUp, limits, type Place, stepOf } from "./thing";
import { waiting } from "./waiting";

/** A job of AWS Backup in the target's account, and its end. */
function restoreJob({ thing, args }: Place, resourceType: string, metadata: Json, next: string): Chain {
  const step = stepOf(thing);
  const restore = waiting({
    what: step("restore"),
    since: "copiedAt",
    minutes: limits.restore,
    late: step("given up"),
    problem: `the restore took longer than ${limits.restore} minutes`,
    ask: over =>
      call({
        resource: api("backup", "describeRestoreJob"),
        args: { RestoreJobId: query("$restoreJob") },
        catch: [givesUp(thing, "restore")],
        Assign: {
          restoreState: query("$states.result.Status"),
          restoredAt: query(now),
          problem: query("$exists($states.result.StatusMessage) ? $states.result.StatusMessage : ''"),
        },
        next: over,
      }),
    ends: [
      ["$restoreState = 'COMPLETED'", next],
      ["$restoreState in ['FAILED', 'ABORTED']", step("restore failed")],
    ],
  });
  return {
    first: step("restore"),
    states: {
      [step("restore")]: call({
        resource: api("backup", "startRestoreJob"),
        args: {
          RecoveryPointArn: query("$copy"),
          IamRoleArn: iamArn(args.to.accountId, `role/${args.backupRoleName}`),
          ResourceType: resourceType,
          Metadata: metadata,
          IdempotencyToken: query(`${execution} & '-${thing.name}-restore'`),
        },
        catch: [givesUp(thing, "restore")],
        Assign: { restoreJob: query("$states.result.RestoreJobId") },
        next: restore.first,
      }),
      ...restore.states,
      [step("restore failed")]: {
        Type: "Pass",
        Assign: { problem: query("'the restore failed: ' & $problem"), failedAt: "restore" },
        Next: step("given up"),
      },
    },
  };
}

/** Goes on where a condition on what was looked up holds. */
const holds = (place: Place, what: string, condition: string, problem: string, next: string): States => {
  const step = stepOf(place.thing);
  return {
    [step(`${what}?`)]: {
      Type: "Choice",
      Choices: [{ Condition: query(condition), Next: next }],
      Default: step(`not ${what}`),
    },
    [step(`not ${what}`)]: {
      Type: "Pass",
      Assign: { problem, failedAt: "look" },
      Next: step("given up"),
    },
  };
};

/**
 * Under a name that nothing else has. AWS counts a table's items every six hours only: whether what should be in it is
 * there, the test knows.
 * Source: AWS Backup developer guide, "Restore a Amazon DynamoDB table".
 */
export function table(place: Place, next: string): Chain {
  const { thing } = place;
  const step = stepOf(thing);
  const restored = restoreJob(
    place,
    "DynamoDB",
    { targetTableName: thing.to, encryptionType: "KMS", kmsMasterKeyArn: query("$dataKey") },
    step("look"),
  );
  return {
    first: restored.first,
    states: {
      ...restored.states,
      [step("look")]: call({
        resource: api("dynamodb", "describeTable"),
        args: { TableName: thing.to },
        catch: [givesUp(thing, "look")],
        Assign: {
          itsKey: query(
            "$exists($states.result.Table.SseDescription.KmsMasterKeyArn) ? $states.result.Table.SseDescription.KmsMasterKeyArn : ''",
          ),
        },
        next: step("encrypted?"),
      }),
      ...holds(
        place,
        "encrypted",
        "$itsKey = $dataKey",
        `${thing.to} is not encrypted with the target's key`,
        next,
      ),
    },
  };
}

/**
 * Into a bucket that the product's stack has made for it, whose objects S3 deletes after a day, should a drill not.
 * Source: AWS Backup developer guide, "Restoring Amazon S3 data".
 */
export function bucket(place: Place, next: string): Chain {
  const { thing } = place;
  const step = stepOf(thing);
  const restored = restoreJob(
    place,
    "S3",
    {
      DestinationBucketName: thing.to,
      NewBucket: "false",
      Encrypted: "true",
      EncryptionType: "SSE-KMS",
      KMSKey: query("$dataKey"),
      CreationToken: query(`${execution} & '-${thing.name}'`),
    },
    step("look"),
  );
  return {
    first: restored.first,
    states: {
      ...restored.states,
      [step("look")]: call({
        resource: api("s3", "listObjectsV2"),
        args: { Bucket: thing.to, MaxKeys: 1 },
        catch: [givesUp(thing, "look")],
        Assign: { objects: query("$exists($states.result.KeyCount) ? $states.result.KeyCount : 0") },
        next: step("filled?"),
      }),
      ...holds(
        place,
        "filled",
        "$objects > 0 or $points[0].bytes = 0",
        `${thing.to} is empty, and the backup is not`,
        next,
      ),
    },
  };
}

/**
 * A new file system. No job is given it: a task definition names a file system by an id, which comes with it.
 * Source: AWS Backup developer guide, "Restore an Amazon EFS file system".
 */
export function fileSystem(place: Place, next: string): Chain {
  const { thing } = place;
  const step = stepOf(thing);
  const restored = restoreJob(
    place,
    "EFS",
    {
      "file-system-id": query("$sourceId"),
      newFileSystem: "true",
      CreationToken: thing.to,
      Encrypted: "true",
      KmsKeyId: query("$dataKey"),
      PerformanceMode: "generalPurpose",
    },
    step("look"),
  );
  return {
    first: restored.first,
    states: {
      ...restored.states,
      [step("look")]: call({
        resource: api("efs", "describeFileSystems"),
        args: { CreationToken: thing.to },
        catch: [givesUp(thing, "look")],
        Assign: {
          itsKey: query(
            "$exists($states.result.FileSystems[0].KmsKeyId) ? $states.result.FileSystems[0].KmsKeyId : ''",
          ),
        },
        next: step("encrypted?"),
      }),
      ...holds(
        place,
        "encrypted",
        "$itsKey = $dataKey",
        `${thing.to} is not there, or not encrypted with the target's key`,
        next,
      ),
    },
  };
}
