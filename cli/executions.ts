/** Runs of state machines, which are started and waited for. */
import { setTimeout } from "node:timers/promises";
import type { AwsCli } from "./aws-cli";

export interface Execution {
  readonly status: string;
  readonly error?: string;
  readonly cause?: string;
  readonly output?: string;
}

/** Starts one, and says where it is to be seen. @returns its ARN. */
export function startExecution(
  aws: AwsCli,
  stateMachineArn: string,
  input: object,
  { region }: { readonly region: string },
): string {
  const { executionArn } = aws.ask<{ executionArn: string }>(
    [
      ...["stepfunctions", "start-execution"],
      ...["--state-machine-arn", stateMachineArn],
      ...["--input", JSON.stringify(input)],
    ],
    { executionArn: "EXECUTION" },
  );
  if (!aws.dryRun) {
    console.log(executionArn);
    console.log(
      `https://${region}.console.aws.amazon.com/states/home?region=${region}#/v2/executions/details/${executionArn}`,
    );
  }
  return executionArn;
}

/** @param slowest seconds between two questions, at most; the first are asked sooner. */
export async function waitFor(aws: AwsCli, executionArn: string, slowest: number): Promise<Execution> {
  const ask = ["stepfunctions", "describe-execution", "--execution-arn", executionArn];
  for (let round = 0; ; round++) {
    const execution = aws.ask<Execution>(ask, { status: "SUCCEEDED" }, round > 0);
    if (round === 0) aws.say(`Again every ${slowest} seconds, until it has ended`);
    if (execution.status !== "RUNNING" && execution.status !== "PENDING_REDRIVE") return execution;
    await setTimeout(Math.min(2 ** round, slowest) * 1000);
  }
}

const words: Readonly<Record<string, string>> = {
  FAILED: "failed",
  TIMED_OUT: "took too long",
  ABORTED: "was stopped",
};

/** How one that did not succeed has ended, for example `failed: States.Timeout`. */
export const endedText = ({ status, error }: Execution): string =>
  `${words[status] ?? `ended as ${status}`}${error === undefined ? "" : `: ${error}`}`;
