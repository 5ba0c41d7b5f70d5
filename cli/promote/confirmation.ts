import { createInterface } from "node:readline/promises";
import { UsageError } from "../failures";

export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

/**
 * Asks for words to be typed. Nobody is asked where there is no terminal: a pipeline says --yes.
 *
 * @throws {UsageError} where there is nobody to ask, or something else is typed.
 */
export async function confirm(
  words: string,
  what: string,
  { input, output }: Terminal = { input: process.stdin, output: process.stderr },
): Promise<void> {
  if (input.isTTY !== true)
    throw new UsageError(`nothing is written: ${what} must be confirmed, and this is no terminal; say --yes`);
  const asking = createInterface({ input, output });
  // The input may end without a line: then nothing would answer any more.
  const typed = await Promise.race([
    asking.question(`${what}: type "${words}" to go on: `),
    new Promise<undefined>(resolve => asking.once("close", () => resolve(undefined))),
  ]);
  asking.close();
  if (typed?.trim() !== words) throw new UsageError(`nothing is written: that was not "${words}"`);
}
