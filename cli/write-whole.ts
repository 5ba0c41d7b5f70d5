import { renameSync, writeFileSync } from "node:fs";
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
