import { cleaning } from "./cleaning";
import * as databases from "./databases";
import { finding } from "./finding";
import { locking } from "./locking";
import { report, telling } from "./report";
import * as byBackup from "./restoring";
import { running } from "./running";
import { api, call, errorText, now, query, type States, type Steps } from "./states";
import {
  type Chain,
  type DrillArgs,
  type DrilledThing,
  described,
  limits,
  type Place,
  stepOf,
} from "./thing";

const restorers: Readonly<Record<DrilledThing["as"], (place: Place, next: string) => Chain>> = {
  table: byBackup.table,
  bucket: byBackup.bucket,
  fileSystem: byBackup.fileSystem,
  cluster: databases.cluster,
  instance: databases.instance,
};

export interface Machine extends Steps {
  readonly Comment: string;
  readonly QueryLanguage: "JSONata";
  readonly TimeoutSeconds: number;
}

/**
 * A drill, in Amazon States Language, by calls of AWS's API only. One run at a time: a parameter names the run that goes
 * on, and AWS lets one only make it.
 *
 *     lock, tidy up, for each thing at once: find, copy, restore; mask, test; clean, report, unlock
 *
 * Whatever fails in between, what was restored is deleted and the report is written. Nothing is masked unless all is
 * restored, nothing is tested unless it is masked; of what the target itself uses nothing is changed.
 *
 * Sources: Amazon States Language, "Error handling"; Step Functions developer guide, "Passing data between states with
 * variables", "Start a workflow execution from a running execution".
 */
export function drillDefinition(args: DrillArgs): Machine {
  return {
    Comment: `Proves that backups of ${args.product} in ${args.from.environment} can be restored`,
    QueryLanguage: "JSONata",
    TimeoutSeconds: longestMinutes(args) * 60,
    StartAt: "Begin",
    States: {
      Begin: {
        Type: "Pass",
        Assign: {
          startedAt: query("$states.context.State.EnteredTime"),
          startedMillis: query(now),
          things: [],
          cleaned: [],
          problemOfAll: "",
          failedIn: "",
          maskResult: "not started",
          testResult: "not started",
          maskSeconds: 0,
          testSeconds: 0,
          provenSeconds: 0,
          kept: true,
        },
        Next: "Lock",
      },
      ...locking(args),
      ...tidying(args),
      ...restoring(args),
      ...("job" in args.mask ? running("Mask", args, args.mask, "mask", "Test") : {}),
      ...running("Test", args, args.test, "test", "Proven"),
      Proven: {
        Type: "Pass",
        Assign: { provenSeconds: query(`$round((${now} - $restoreBegun) / 1000)`) },
        Next: "Clean",
      },
      Clean: {
        Type: "Parallel",
        Branches: args.things.map(thing => cleaning(thing, "clean", args)),
        Assign: { cleaned: query("$states.result") },
        Catch: [
          {
            ErrorEquals: ["States.ALL"],
            Assign: {
              problemOfAll: query(`$problemOfAll & ' Cleaning: ' & ${errorText}`),
              failedIn: "clean",
            },
            Next: "Report",
          },
        ],
        Next: "Report",
      },
      ...report(args),
      ...telling(args),
    },
  };
}

/** Nothing of it is left undone for want of time: each wait gives up long before. */
function longestMinutes({ mask, test }: DrillArgs): number {
  const jobs = test.minutes + ("job" in mask ? mask.minutes : 0);
  const deleting = 4 * limits.delete;
  return limits.copy + limits.restore + 4 * limits.available + jobs + 2 * deleting + 60;
}

const failing = (failedIn: string) => ({
  ErrorEquals: ["States.ALL"],
  Assign: { problemOfAll: query(errorText), failedIn },
  Next: "Clean",
});

const tidying = (args: DrillArgs): States => ({
  Tidy: {
    Type: "Parallel",
    Branches: args.things.map(thing => cleaning(thing, "tidy", args)),
    Assign: { leftovers: query("$states.result") },
    Catch: [failing("tidy")],
    Next: "Tidy?",
  },
  "Tidy?": {
    Type: "Choice",
    Choices: [{ Condition: query("$count($leftovers[cleaned = false]) = 0"), Next: "Key" }],
    Default: "Not tidy",
  },
  "Not tidy": {
    Type: "Pass",
    Assign: {
      problemOfAll: query(
        "'an earlier drill has left something that could not be deleted: ' & $join($leftovers[cleaned = false].(to & ' (' & note & ')'), '; ')",
      ),
      failedIn: "tidy",
    },
    Next: "Clean",
  },
  Key: call({
    resource: api("kms", "describeKey"),
    args: { KeyId: `alias/${args.dataKeyAlias}` },
    catch: [failing("key")],
    Assign: { dataKey: query("$states.result.KeyMetadata.Arn"), restoreBegun: query(now) },
    next: "Restore",
  }),
});

const restoring = (args: DrillArgs): States => ({
  Restore: {
    Type: "Parallel",
    Branches: args.things.map(thing => branch({ thing, args })),
    Assign: { things: query("$states.result") },
    Catch: [failing("restore")],
    Next: "Restored?",
  },
  "Restored?": {
    Type: "Choice",
    Choices: [
      {
        Condition: query("$count($things[restored = false]) = 0"),
        Next: "job" in args.mask ? "Mask" : "Test",
      },
    ],
    Default: "Not restored",
  },
  "Not restored": {
    Type: "Pass",
    Assign: {
      problemOfAll: query("$join($things[restored = false].(name & ', ' & failedAt & ': ' & error), '; ')"),
      failedIn: "restore",
    },
    Next: "Clean",
  },
});

/** One thing, from the source's vault to beside what the target has. It ends well, and says whether it was restored. */
function branch(place: Place): Steps {
  const { thing } = place;
  const step = stepOf(thing);
  const restore = restorers[thing.as](place, step("restored"));
  const find = finding(place, restore.first);
  const seconds = (from: string, to: string) => query(`$round((${to} - ${from}) / 1000)`);
  return {
    StartAt: find.first,
    States: {
      ...find.states,
      ...restore.states,
      [step("restored")]: {
        Type: "Pass",
        Output: {
          ...described(thing),
          restored: true,
          recoveryPoint: query("$points[0].arn"),
          recoveryPointCreated: query("$points[0].created"),
          bytes: query("$points[0].bytes"),
          ageSeconds: seconds("$toMillis($points[0].created)", "$begunAt"),
          copySeconds: seconds("$foundAt", "$copiedAt"),
          restoreSeconds: seconds("$copiedAt", "$restoredAt"),
          copy: query("$copy"),
        },
        End: true,
      },
      [step("given up")]: {
        Type: "Pass",
        Output: {
          ...described(thing),
          restored: false,
          recoveryPoint: query("$count($points) > 0 ? $points[0].arn : null"),
          failedAt: query("$failedAt"),
          error: query("$problem"),
        },
        End: true,
      },
    },
  };
}
