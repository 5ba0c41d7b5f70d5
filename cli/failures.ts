/** How a command that fails ends: one message on standard error, and an exit code that says whose fault it is. */
import pc from "picocolors";

export const exitCodes: readonly (readonly [code: number, meaning: string])[] = [
  [0, "clean"],
  [
    1,
    "a mandatory policy is violated, a stack or the job that was waited for failed, or something has drifted",
  ],
  [2, "the description or the arguments are wrong"],
  [3, "a program or a policy failed"],
];

/** The arguments of a command are wrong. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Errors whose message says all there is to say, by name: the classes may come from another copy of the module. */
const blame: Readonly<Record<string, number>> = {
  UsageError: 2,
  DescriptionError: 2,
  DescriptionLoadError: 2,
  UnknownStackError: 2,
  PolicyConfigError: 2,
  ProgramError: 3,
  PolicyPackError: 3,
};

/** Prints what went wrong and returns the exit code. */
export function report(error: unknown, debug: boolean): number {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  console.error(`${pc.red("error:")} ${message}`);
  if (debug) console.error(pc.dim(traceOf(error) ?? stack ?? ""));
  const code = blame[name];
  if (code === undefined && !debug) console.error("This is a mistake in lz itself; `--debug` shows where.");
  return code ?? 3;
}

const traceOf = (error: unknown): string | undefined =>
  error instanceof Error && error.cause instanceof Error ? error.cause.stack : undefined;
