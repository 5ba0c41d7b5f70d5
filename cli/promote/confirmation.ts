import { UsageError } from "../failures";
import { type Terminal, typedAt } from "../typed-words";

/**
 * Asks for words to be typed. Nobody is asked where there is no terminal: a pipeline says --yes.
 *
 * @throws {UsageError} where there is nobody to ask, or something else is typed.
 */
export async function confirm(
  words: string,
  what: string,
  terminal: Terminal = { input: process.stdin, output: process.stderr },
): Promise<void> {
  if (terminal.input.isTTY !== true)
    throw new UsageError(`nothing is written: ${what} must be confirmed, and this is no terminal; say --yes`);
  const typed = await typedAt(terminal, `${what}: type "${words}" to go on: `);
  if (typed !== words) throw new UsageError(`nothing is written: that was not "${words}"`);
}
