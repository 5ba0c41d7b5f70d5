/** What a drill leaves behind: a report that nobody can change, a message, and how its run ends. */
import { api, call, errorText, execution, now, query, type States } from "./states";
import type { DrillArgs } from "./thing";

/** Where a product's reports are, the oldest first. */
export const reportPrefix = (product: string): string => `${product}/`;

const proven = "$testResult = 'succeeded' and $problemOfAll = ''";
const allCleaned = "$count($cleaned) > 0 and $count($cleaned[cleaned = false]) = 0";

/** Of all things, the oldest backup: how much work would have been lost. */
const oldest = "$count($things[restored = true]) > 0 ? $max($things[restored = true].ageSeconds) : null";

export function report(args: DrillArgs): States {
  const { from, to, mask, test } = args;
  return {
    Report: {
      Type: "Pass",
      Assign: {
        outcome: query(
          `(${proven}) ? ((${allCleaned}) ? 'proven' : 'proven, not cleaned') : ((${allCleaned}) ? 'not proven' : 'not proven, not cleaned')`,
        ),
        report: {
          format: 1,
          product: args.product,
          from: { ...from, copyRoleArn: undefined },
          to: { ...to },
          run: query("$states.context.Execution.Id"),
          startedAt: query("$startedAt"),
          endedAt: query("$states.context.State.EnteredTime"),
          seconds: query(`$round((${now} - $startedMillis) / 1000)`),
          proven: query(proven),
          cleaned: query(allCleaned),
          failedIn: query("$failedIn"),
          problem: query("$problemOfAll"),
          rpoSeconds: query(oldest),
          rtoSeconds: query(`(${proven}) ? $provenSeconds : null`),
          maxAgeHours: args.maxAgeHours,
          things: query("$things"),
          notRestored: args.notRestored.map(its => ({ ...its })),
          mask:
            "job" in mask
              ? { job: mask.job, result: query("$maskResult"), seconds: query("$maskSeconds") }
              : { withoutMasking: mask.withoutMasking },
          test: { job: test.job, result: query("$testResult"), seconds: query("$testSeconds") },
          left: query("$cleaned"),
          copiesExpireAfterDays: args.copyDays,
        },
      },
      Next: "Keep",
    },
    Keep: call({
      resource: api("s3", "putObject"),
      args: {
        Bucket: args.evidence.bucketName,
        Key: query(`'${reportPrefix(args.product)}' & $startedAt & '-' & ${execution} & '.json'`),
        Body: query("$string($report, true)"),
        ContentType: "application/json",
        // S3 takes nothing into a bucket that locks by default without one.
        ChecksumAlgorithm: "SHA256",
      },
      catch: [
        {
          ErrorEquals: ["States.ALL"],
          Assign: { kept: false, keepProblem: query(errorText) },
          Next: "Tell",
        },
      ],
      next: "Tell",
    }),
  };
}

/** The message says what a mail's reader needs; the report has the rest. */
export function telling({ product, topicName, to, from, lockName, evidence }: DrillArgs): States {
  const topicArn = `arn:aws:sns:${to.region}:${to.accountId}:${topicName}`;
  const lines = [
    `'Backups of ${product} in ${from.environment}, restored in ${to.environment}: ' & $outcome`,
    `$problemOfAll = '' ? '' : '\\nIn ' & $failedIn & ': ' & $problemOfAll`,
    `'\\nNewest backups: ' & ($report.rpoSeconds = null ? 'none restored' : 'up to ' & $string($round($report.rpoSeconds / 3600, 1)) & ' hours old')`,
    `'\\nRestored and tested: ' & ($report.rtoSeconds = null ? 'no' : 'within ' & $string($ceil($report.rtoSeconds / 60)) & ' minutes')`,
    `$join($cleaned[cleaned = false].('\\nLeft: ' & to & ': ' & note), '')`,
    `$kept ? '\\nReport: s3://${evidence.bucketName}/${reportPrefix(product)}' & $startedAt & '-' & ${execution} & '.json' : '\\nThe report could not be kept'`,
  ];
  return {
    Tell: call({
      resource: api("sns", "publish"),
      args: {
        TopicArn: topicArn,
        Subject: query(`'Restore drill of ${product}: ' & $outcome`),
        Message: query(lines.map(line => `(${line})`).join(" & ")),
      },
      catch: [{ ErrorEquals: ["States.ALL"], Assign: { told: false }, Next: "Unlock" }],
      Assign: { told: true },
      next: "Unlock",
    }),
    // A lock that stays is taken over by the next run.
    Unlock: call({
      resource: api("ssm", "deleteParameter"),
      args: { Name: lockName },
      catch: [{ ErrorEquals: ["States.ALL"], Next: "Ended well?" }],
      next: "Ended well?",
    }),
    "Ended well?": {
      Type: "Choice",
      Choices: [
        { Condition: query("$kept = false"), Next: "Not kept" },
        { Condition: query("$outcome = 'proven' and $told"), Next: "Done" },
        { Condition: query("$outcome = 'proven'"), Next: "Not told" },
      ],
      Default: "Failed",
    },
    Done: { Type: "Succeed", Output: query("$report") },
    "Not kept": {
      Type: "Fail",
      Error: "Drill.NotKept",
      Cause: query("$outcome & '; the report could not be kept: ' & $keepProblem"),
    },
    "Not told": {
      Type: "Fail",
      Error: "Drill.NotTold",
      Cause: `It is proven and the report is kept, but nothing could be said to the topic ${topicName}`,
    },
    Failed: {
      Type: "Fail",
      Error: "Drill.Failed",
      Cause: query(
        "$outcome & ($problemOfAll = '' ? '' : '; in ' & $failedIn & ': ' & $problemOfAll) & $join($cleaned[cleaned = false].('; left: ' & to & ': ' & note), '')",
      ),
    },
  };
}
