/** Starts a restore drill, and shows what earlier ones have reported. */
import { arn } from "../../components/location";
import type { LandingZone } from "../../stacks/description";
import type { PlannedDrill } from "../../stacks/restore-drills";
import { AwsCli, type AwsOptions, shown } from "../aws-cli";
import { endedText, startExecution, waitFor } from "../executions";
import { enter, operatedPlace } from "../operated-place";
import { plainTable } from "../table";

function awsOf(zone: LandingZone, { product, to, args }: PlannedDrill, options: AwsOptions): AwsCli {
  const aws = new AwsCli(args.to.region, options);
  enter(operatedPlace(zone, product.name, to), aws);
  return aws;
}

/** Seconds between two questions, at most: a drill takes an hour, or several. */
const slowest = 60;

export interface DrillRunOptions extends AwsOptions {
  /** Stay until it has ended, and end with 1 where it has proven nothing. */
  readonly wait?: boolean;
}

export async function startDrill(
  zone: LandingZone,
  drill: PlannedDrill,
  options: DrillRunOptions,
): Promise<void> {
  const aws = awsOf(zone, drill, options);
  const { to, machineName, product } = drill.args;
  const executionArn = startExecution(aws, arn("states", to, `stateMachine:${machineName}`), {}, to);
  if (options.wait !== true) return;
  const ended = await waitFor(aws, executionArn, slowest);
  if (aws.dryRun) return;
  if (ended.status === "SUCCEEDED") {
    console.log(`Backups of ${product} in ${drill.from} were restored in ${drill.to}, and tested`);
    return;
  }
  console.error(
    [
      `${machineName} ${endedText(ended)}`,
      ...(ended.cause === undefined ? [] : [`  ${ended.cause.slice(0, 2_000)}`]),
      `What it has reported: ${shown(["lz", "restore", product, "--drill", "--evidence"])}`,
    ].join("\n"),
  );
  process.exitCode = 1;
}

interface Reported {
  readonly startedAt: string;
  readonly proven: boolean;
  readonly cleaned: boolean;
  readonly failedIn: string;
  readonly problem: string;
  readonly rpoSeconds: number | null;
  readonly rtoSeconds: number | null;
  readonly things: readonly {
    readonly name: string;
    readonly to: string;
    readonly restored: boolean;
    readonly recoveryPointCreated?: string;
    readonly error?: string;
  }[];
  readonly left: readonly { readonly to: string; readonly cleaned: boolean; readonly note: string }[];
}

/** How many reports are listed. */
const listed = 10;

/** Lists the latest, and shows what the very latest says. */
export function showEvidence(zone: LandingZone, drill: PlannedDrill, options: AwsOptions): void {
  const aws = awsOf(zone, drill, options);
  const { bucketName } = drill.args.evidence;
  const keys = aws.ask<readonly string[] | null>(
    [
      ...["s3api", "list-objects-v2", "--bucket", bucketName, "--prefix", `${drill.product.name}/`],
      ...["--query", `sort_by(Contents || \`[]\`, &Key)[-${listed}:].Key`],
    ],
    ["REPORT"],
  );
  const latest = keys?.at(-1);
  if (latest === undefined) {
    console.log(`There is no report of a drill of ${drill.product.name} yet`);
    return;
  }
  const report = aws.ask<Reported | undefined>(
    ["s3", "cp", `s3://${bucketName}/${latest}`, "-", "--only-show-errors"],
    undefined,
  );
  if (report === undefined) return;
  console.log(
    [...(keys ?? []).map(key => `s3://${bucketName}/${key}`), "", ...reportText(report)].join("\n"),
  );
}

const hours = (seconds: number | null): string =>
  seconds === null ? "unknown" : `${(seconds / 3600).toFixed(1)} hours`;

function reportText(report: Reported): string[] {
  return [
    `${report.startedAt}: ${report.proven ? "proven" : `not proven, ${report.failedIn}: ${report.problem}`}`,
    `the newest backups were up to ${hours(report.rpoSeconds)} old; restored and tested within ${hours(report.rtoSeconds)}`,
    "",
    plainTable(
      ["What", "Restored", "Backup of"],
      report.things.map(({ name, restored, recoveryPointCreated, error }) => [
        name,
        restored ? "yes" : `no: ${error ?? "unknown"}`,
        recoveryPointCreated ?? "",
      ]),
    ),
    ...(report.cleaned
      ? []
      : ["", ...report.left.filter(({ cleaned }) => !cleaned).map(({ to, note }) => `left: ${to}: ${note}`)]),
  ];
}
