import { UsageError } from "../failures";
import { type Engine, type KnownStack, saidBy } from "./engine";
import { explained } from "./explained-errors";
import { CallFailed } from "./pulumi-cli";

/**
 * Those of the stacks that the backend knows.
 *
 * @throws {UsageError} where it does not answer: why, and what to do; what the CLI has said is its cause.
 */
export async function knownStacks(
  engine: Engine,
  names: Iterable<string>,
): Promise<ReadonlyMap<string, KnownStack>> {
  try {
    return await engine.stacks([...new Set(names)]);
  } catch (error) {
    throw backendError(error, engine.backend.url);
  }
}

export function backendError(error: unknown, url: string): unknown {
  if (!(error instanceof CallFailed)) return error;
  const raw = saidBy(error);
  const why = explained(raw, {});
  return new UsageError(
    why === undefined
      ? `the state in ${url} can not be reached: ${raw.trim()}`
      : `${why.what} (state in ${url})\nnext: ${why.next}`,
    { cause: new Error(raw) },
  );
}
