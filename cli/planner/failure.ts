import { relative } from "node:path";

/** A stack's program failed: with the stack, and the file and line of the program that the failure came from. */
export class ProgramError extends Error {
  override readonly name = "ProgramError";
  constructor(
    readonly stackName: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(`the program of ${stackName} failed: ${message}`, options);
  }
}

/** The policy pack could not be started, or one of its rules failed. */
export class PolicyPackError extends Error {
  override readonly name = "PolicyPackError";
}

/** What the policies are configured with is wrong. */
export class PolicyConfigError extends Error {
  override readonly name = "PolicyConfigError";
}

/** The first place in the project's own code that an error came through, as `stacks/baseline.ts:40`. */
export const placeOf = (error: unknown, root: string): string | undefined =>
  error instanceof Error ? placeIn(error.stack ?? "", root) : undefined;

/** The same in a text that holds a stack trace. */
export function placeIn(trace: string, root: string): string | undefined {
  for (const line of trace.split("\n")) {
    const [, file, row] = /((?:file:\/\/)?\/[^():]+):(\d+):\d+\)?$/.exec(line) ?? [];
    const path = file?.replace(/^file:\/\//, "");
    if (path?.startsWith(`${root}/`) && !path.includes("/node_modules/"))
      return `${relative(root, path)}:${row}`;
  }
  return undefined;
}
