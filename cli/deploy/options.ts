/** What names on a command line mean for a deployment. */
import { type EnvironmentName, environmentNames } from "../../stacks/description";
import type { StackDefinition } from "../../stacks/names";
import { UsageError } from "../failures";

/** The environments of stacks, in their order, and `shared` for those of none. */
export function placesOf(stacks: readonly StackDefinition[]): readonly (EnvironmentName | "shared")[] {
  const found = new Set(stacks.map(({ environment }) => environment ?? "shared"));
  return (["shared", ...environmentNames] as const).filter(place => found.has(place));
}

/** @throws {UsageError} where it is no number of stacks at once. */
export function parallelOf(said: string | undefined): number {
  if (said === undefined) return 4;
  const count = Number(said);
  if (!Number.isInteger(count) || count < 1 || count > 64)
    throw new UsageError(`--parallel ${said}: how many stacks at once, a whole number from 1 to 64`);
  return count;
}

/** What a command is told beside its own options. */
export interface CommandLine {
  optsWithGlobals(): { readonly debug?: boolean };
}

/** `--debug` is the program's. */
export const isDebugged = (line: CommandLine | undefined): boolean => line?.optsWithGlobals().debug === true;
