/** Writes several files: all of them or none. */
import { existsSync, lstatSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { UsageError } from "../failures";

/** @throws {UsageError} with those of the files that are there already. */
export function refuseOverwriting(files: readonly string[], shown: (file: string) => string): void {
  const there = files.filter(file => existsSync(file)).map(shown);
  if (there.length > 0)
    throw new UsageError(
      `${there.join(", ")} ${there.length === 1 ? "is" : "are"} there already; --force overwrites, --to writes into another folder`,
    );
}

/** @throws {UsageError} where one of them can not be written; then none is. */
export function writeAll(texts: ReadonlyMap<string, string>): void {
  const unfinished = new Map([...texts.keys()].map(file => [file, `${file}.unfinished`]));
  let current = "";
  try {
    for (const [file, text] of texts) {
      current = file;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(unfinished.get(file) ?? "", text);
    }
    for (const file of unfinished.keys()) {
      current = file;
      if (existsSync(file) && lstatSync(file).isDirectory()) throw new Error("it is a folder");
    }
    for (const [file, from] of unfinished) {
      current = file;
      renameSync(from, file);
    }
  } catch (error) {
    for (const file of unfinished.values()) rmSync(file, { force: true });
    throw new UsageError(`${current} can not be written: ${(error as Error).message}`, { cause: error });
  }
}
