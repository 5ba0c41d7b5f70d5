import { spawnSync } from "node:child_process";
import { UsageError } from "../failures";
import { projectRoot } from "../project";

export interface GitAnswer {
  readonly ok: boolean;
  readonly out: string;
  /** Without what stands before the host in an address: a token may. */
  readonly said: string;
}

/** @throws {UsageError} where there is no git. */
export function tryGit(words: readonly string[], folder = projectRoot): GitAnswer {
  const { status, stdout, stderr, error } = spawnSync("git", words, {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" },
  });
  if (error !== undefined) throw new UsageError(`git can not be run: ${error.message}`);
  return { ok: status === 0, out: stdout.trim(), said: stderr.trim().replaceAll(/\/\/[^/@\s]+@/g, "//***@") };
}

/** @throws {UsageError} where git refuses. */
export function git(words: readonly string[], folder = projectRoot): string {
  const { ok, out, said } = tryGit(words, folder);
  if (!ok) throw new UsageError(`\`git ${words[0]}\` failed: ${said || out}`);
  return out;
}
