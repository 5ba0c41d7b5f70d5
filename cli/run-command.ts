import { arn } from "../components/location";
import { namesSecret } from "../stacks/description/workloads";
import { workloadName } from "../stacks/product-names";
import { AwsCli, shown } from "./aws-cli";
import { type Execution, endedText, startExecution, waitFor } from "./executions";
import { UsageError } from "./failures";
import { enter, type OperateOptions, operatedPlace, requireWorkload } from "./operated-place";
import { loadDescription } from "./project";

export interface RunOptions extends OperateOptions {
  /** `NAME=VALUE` each. */
  readonly set: readonly string[];
  readonly wait?: boolean;
}

/** Seconds between two questions, at most; the first are asked sooner. */
const slowest = 10;

/** Runs a job once, with what is to be otherwise this time; see components/compute/job-definition.ts for the input. */
export async function runCommand(
  product: string,
  job: string,
  command: readonly string[],
  options: RunOptions,
): Promise<void> {
  const place = operatedPlace(loadDescription("unasked"), product, options.env);
  requireWorkload(place.product, job, ["jobs"]);
  const environment = settingsOf(options.set);
  const input = {
    ...(command.length === 0 ? {} : { command }),
    ...(environment.length === 0 ? {} : { environment }),
  };
  const aws = new AwsCli(place.region, options);
  enter(place, aws);
  const name = workloadName(place.product, job);
  const executionArn = startExecution(aws, arn("states", place, `stateMachine:${name}`), input, place);
  if (options.wait !== true) return;
  const ended = await waitFor(aws, executionArn, slowest);
  if (aws.dryRun) return;
  if (ended.status === "SUCCEEDED") {
    console.log(
      skipped(ended)
        ? `${name} was left out: another run of it was still going on`
        : `${name} has run to its end`,
    );
    return;
  }
  console.error(
    [
      `${name} ${endedText(ended)}`,
      ...causeOf(ended.cause).map(line => `  ${line}`),
      `What it has logged: ${shown(["lz", "logs", place.product.name, job, "--env", place.environment])}`,
    ].join("\n"),
  );
  process.exitCode = 1;
}

/** @throws {UsageError} for what is no setting, for a secret, and for one that is said twice. */
function settingsOf(set: readonly string[]): { name: string; value: string }[] {
  const settings = set.map(text => {
    const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined)
      throw new UsageError(`--set ${text}: say NAME=VALUE, the name in letters, digits and underscores`);
    return { name, value };
  });
  const secret = settings.find(({ name }) => namesSecret(name));
  if (secret !== undefined)
    throw new UsageError(
      `--set ${secret.name}: what is set is kept in the history of runs, where a secret does not belong; let the job use a secret`,
    );
  const twice = settings.find(({ name }, index) => settings.findIndex(other => other.name === name) < index);
  if (twice !== undefined) throw new UsageError(`--set ${twice.name}: is said twice`);
  return settings;
}

const parsed = (text: string | undefined): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
};

const skipped = ({ output }: Execution): boolean => parsed(output)["skipped"] === true;

/** ECS describes the whole task; of that, why it stopped and how its containers ended. */
function causeOf(cause: string | undefined): string[] {
  if (cause === undefined) return [];
  const { StoppedReason: reason, Containers: containers } = parsed(cause) as {
    StoppedReason?: string;
    Containers?: readonly { Name?: string; ExitCode?: number; Reason?: string }[];
  };
  if (reason === undefined && containers === undefined) return [cause.slice(0, 2_000)];
  return [
    ...(reason === undefined ? [] : [reason]),
    ...(containers ?? []).map(
      ({ Name, ExitCode, Reason }) =>
        `${Name}: ${ExitCode === undefined ? "no exit code" : `exit code ${ExitCode}`}${Reason === undefined ? "" : `, ${Reason}`}`,
    ),
  ];
}
