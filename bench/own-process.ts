/** Runs a measurement in a process of its own, so that none is warmed up by the one before. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** @returns what it printed as JSON, and the seconds from its start to its end. */
export function inOwnProcess<Measured>(
  script: string,
  args: readonly string[],
): Measured & { seconds: number } {
  const started = performance.now();
  const { stdout, status, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", join(__dirname, script), ...args],
    { encoding: "utf8" },
  );
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`the measurement ${script} ${args.join(" ")} failed: ${stderr}`);
  console.error(`measured ${args.join(" ")}`);
  return { ...(JSON.parse(stdout) as Measured), seconds };
}
