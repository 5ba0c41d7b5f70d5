/**
 * Deletes what a drill has restored, by the names that only drills use: before, should an earlier one have left
 * something, and after, however the drill ended. What is not there is as good as deleted.
 */

import { Cleaning, type CleaningKind as Kind, type When } from "./cleaning-branch";
import { cluster, instance } from "./cleaning-databases";
import { api, type Json, now, query, type States, type Steps, whenReady } from "./states";
import { type DrillArgs, type DrilledThing, limits } from "./thing";

/** What is said of the thing at the end. */
const ends = (its: Cleaning, gone: Json = ""): States => ({
  [its.gone]: {
    Type: "Pass",
    Output: { name: its.thing.name, to: its.thing.to, cleaned: true, note: gone },
    End: true,
  },
  [its.step("left")]: {
    Type: "Pass",
    Output: {
      name: its.thing.name,
      to: its.thing.to,
      cleaned: false,
      note: query("$why != '' ? $why : $problem"),
    },
    End: true,
  },
});

const begin = (its: Cleaning, next: string): States => ({
  [its.step("")]: {
    Type: "Pass",
    Assign: { why: "", problem: "", remaining: 1, rounds: 0, deletedAt: query(now) },
    Next: next,
  },
});

/** The branch for one thing. */
export function cleaning(thing: DrilledThing, when: When, args: DrillArgs): Steps {
  const its = new Cleaning(thing, when);
  const [first, states] = kinds[thing.as](its, args);
  return { StartAt: its.step(""), States: { ...begin(its, first), ...states, ...ends(its) } };
}

const noTable = ["DynamoDb.ResourceNotFoundException"];

const table: Kind = its => {
  const { to } = its.thing;
  const wait = its.until(
    over =>
      its.call(
        api("dynamodb", "describeTable"),
        { TableName: to },
        { absent: noTable, next: over, otherwise: its.gone },
      ),
    its.gone,
  );
  return [
    its.step("delete"),
    {
      [its.step("delete")]: its.call(
        api("dynamodb", "deleteTable"),
        { TableName: to },
        {
          absent: noTable,
          next: wait.first,
          otherwise: its.gone,
          // It can not be deleted while it is being restored.
          retry: [whenReady(limits.delete, "DynamoDb.ResourceInUseException")],
        },
      ),
      ...wait.states,
    },
  ];
};

/** How many versions a round deletes; with names of 1,024 bytes each, as many as fit into what a state can hold. */
const versionsARound = 100;
/** Of all buckets together, so that the history of a run has room for them. */
const roundsInAll = 200;

/**
 * Version by version, for a bucket can not be emptied otherwise. What is more than fits into a run S3 deletes within two
 * days, by the bucket's lifecycle; that is said, and a drill begins in an empty bucket only.
 */
const bucket: Kind = (its, args) => {
  const { to } = its.thing;
  const buckets = args.things.filter(({ as }) => as === "bucket").length;
  const most = Math.floor(roundsInAll / buckets);
  return [
    its.step("list"),
    {
      [its.step("list")]: its.call(
        api("s3", "listObjectVersions"),
        { Bucket: to, MaxKeys: versionsARound },
        {
          next: its.step("empty?"),
          Assign: {
            versions: query(
              "$append([$states.result.Versions.{'Key': Key, 'VersionId': VersionId}], [$states.result.DeleteMarkers.{'Key': Key, 'VersionId': VersionId}])",
            ),
            rounds: query("$rounds + 1"),
          },
        },
      ),
      [its.step("empty?")]: {
        Type: "Choice",
        Choices: [
          { Condition: query("$count($versions) = 0"), Next: its.gone },
          {
            Condition: query(`$rounds > ${most}`),
            Assign: {
              why: `more than ${(most * versionsARound).toLocaleString("en")} objects: S3 deletes the others within two days`,
            },
            Next: its.step("left"),
          },
        ],
        Default: its.step("delete"),
      },
      [its.step("delete")]: its.call(
        api("s3", "deleteObjects"),
        { Bucket: to, Delete: { Objects: query("$versions"), Quiet: true } },
        {
          next: its.step("deleted?"),
          Assign: { refused: query("[$states.result.Errors.Message]") },
        },
      ),
      [its.step("deleted?")]: {
        Type: "Choice",
        Choices: [
          {
            Condition: query("$count($refused) > 0"),
            Assign: { why: query("$refused[0]") },
            Next: its.step("left"),
          },
        ],
        Default: its.step("list"),
      },
    },
  ];
};

const fileSystem: Kind = its => {
  const find = (next: string) =>
    its.call(
      api("efs", "describeFileSystems"),
      { CreationToken: its.thing.to },
      {
        absent: ["Efs.FileSystemNotFoundException"],
        next,
        otherwise: its.gone,
        Assign: {
          remaining: query("$count($states.result.FileSystems)"),
          itsId: query(
            "$exists($states.result.FileSystems[0].FileSystemId) ? $states.result.FileSystems[0].FileSystemId : ''",
          ),
        },
      },
    );
  const wait = its.until(find, its.gone);
  return [
    its.step("find"),
    {
      [its.step("find")]: find(its.step("there?")),
      [its.step("there?")]: {
        Type: "Choice",
        Choices: [{ Condition: query("$remaining = 0"), Next: its.gone }],
        Default: its.step("delete"),
      },
      [its.step("delete")]: its.call(
        api("efs", "deleteFileSystem"),
        { FileSystemId: query("$itsId") },
        {
          absent: ["Efs.FileSystemNotFoundException"],
          next: wait.first,
          otherwise: its.gone,
          retry: [whenReady(limits.delete, "Efs.IncorrectFileSystemLifeCycleStateException")],
        },
      ),
      ...wait.states,
    },
  ];
};

const kinds: Readonly<Record<DrilledThing["as"], Kind>> = { table, bucket, cluster, instance, fileSystem };
