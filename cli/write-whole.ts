import { renameSync, rmSync, writeFileSync } from "node:fs";
import { UsageError } from "./failures";

/**
 * A file, whole or not at all.
 *
 * @throws {UsageError} where it can not be written.
 */
export function writeWhole(file: string, text: string): void {
  const unfinished = `${file}.unfinished`;
  try {
    writeFileSync(unfinished, text);
    renameSync(unfinished, file);
  } catch (error) {
    throw new UsageError(`${file} can not be written: ${(error as Error).message}`);
  }
}

/**
 * Several files, by what is to be in each: all of them are written before the first one is replaced.
 *
 * @throws {UsageError} where one can not be written; then none is another.
 */
export function allWhole(texts: ReadonlyMap<string, string>): void {
  const unfinished = (file: string) => `${file}.unfinished`;
  const files = [...texts.keys()];
  for (const [index, [file, text]] of [...texts].entries())
    try {
      writeFileSync(unfinished(file), text);
    } catch (error) {
      for (const earlier of files.slice(0, index)) rmSync(unfinished(earlier), { force: true });
      throw new UsageError(
        `${file} can not be written: ${(error as Error).message}; nothing has been written`,
      );
    }
  for (const file of files) renameSync(unfinished(file), file);
}
