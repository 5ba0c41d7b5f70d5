/** The Pulumi CLI, which the Automation API calls for everything it does. */
import { spawn } from "node:child_process";
import type { PulumiCommand } from "@pulumi/pulumi/automation";
import { parse as parseVersion, type SemVer } from "semver";
import { UsageError } from "../failures";

/** What lz is tested with: the SDK's own version, below which an engine may not know what programs ask of it. */
export const minimumCli = "3.248.0";

const howToInstall = "https://www.pulumi.com/docs/install/ says how";

/** A call of the CLI that did not end with 0. */
export class CallFailed extends Error {
  override readonly name = "CallFailed";
  constructor(
    readonly words: readonly string[],
    readonly code: number | string,
    readonly stdout: string,
    readonly stderr: string,
  ) {
    super(`\`pulumi ${words.slice(0, 2).join(" ")}\` ended with ${code}: ${stderr.trim() || stdout.trim()}`);
  }
}

export interface CallResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** What the Automation API asks of a command beyond the types it shows. */
export interface PulumiCli extends PulumiCommand {
  run(
    words: readonly string[],
    folder: string,
    environment: Readonly<Record<string, string>>,
    onOutput?: (text: string) => void,
    onError?: (text: string) => void,
    signal?: AbortSignal,
  ): Promise<CallResult>;
}

/**
 * The CLI on the PATH.
 *
 * @throws {UsageError} where there is none, or one that is too old or that does not say how old it is.
 */
export async function pulumiCli(folder: string): Promise<PulumiCli> {
  let said: string;
  try {
    said = (await run(["version"], folder, { PULUMI_SKIP_UPDATE_CHECK: "true" })).stdout.trim();
  } catch (error) {
    if (error instanceof CallFailed && error.code === "ENOENT")
      throw new UsageError(
        `there is no \`pulumi\` on the PATH; lz needs the Pulumi CLI ${minimumCli} or newer: ${howToInstall}`,
      );
    throw new UsageError(
      `the Pulumi CLI can not be run: ${(error as Error).message}\nnext: under \`npx\` that is this project's package, which fetches its engine from the internet at its first use; or install the Pulumi CLI ${minimumCli} or newer and call \`node cli/lz.js\`: ${howToInstall}`,
    );
  }
  const version = parseVersion(said);
  if (version === null)
    throw new UsageError(
      `\`pulumi version\` says ${JSON.stringify(said)}, which is no version; is the \`pulumi\` on the PATH the Pulumi CLI? ${howToInstall}`,
    );
  if (version.compare(minimumCli) < 0)
    throw new UsageError(
      `the Pulumi CLI on the PATH is ${version.version}; lz needs ${minimumCli} or newer: ${howToInstall}`,
    );
  return cliOf(version);
}

const cliOf = (version: SemVer): PulumiCli => ({
  command: "pulumi",
  version,
  run: (words, ...rest) =>
    run(words.includes("--non-interactive") ? words : [...words, "--non-interactive"], ...rest),
});

/**
 * Runs the CLI in a session of its own: Ctrl-C on a terminal goes to all of its process group, and the engine takes the
 * first for "cancel" and the second for "drop everything". Here lz alone hears it, and decides what the engine hears.
 *
 * @param signal aborted: the engine ends cleanly what it has begun, and begins nothing more.
 */
function run(
  words: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>>,
  onOutput?: (text: string) => void,
  onError?: (text: string) => void,
  signal?: AbortSignal,
): Promise<CallResult> {
  return new Promise((resolve, reject) => {
    const child = spawn("pulumi", words, {
      cwd: folder,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...environment, PULUMI_AUTOMATION_API: "true" },
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      onOutput?.(text);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      onError?.(text);
    });
    // The whole group, as a terminal does: the program on the PATH may be the package's, which only starts the engine.
    const cancel = () => {
      if (child.pid === undefined || process.platform === "win32") return void child.kill("SIGINT");
      try {
        process.kill(-child.pid, "SIGINT");
      } catch {
        // It has ended meanwhile.
      }
    };
    if (signal?.aborted) cancel();
    signal?.addEventListener("abort", cancel);
    const ended = () => signal?.removeEventListener("abort", cancel);
    child.on("error", error => {
      ended();
      reject(new CallFailed(words, (error as NodeJS.ErrnoException).code ?? "error", stdout, error.message));
    });
    child.on("close", (code, killedBy) => {
      ended();
      if (code === 0) resolve({ stdout, stderr, code });
      else reject(new CallFailed(words, code ?? killedBy ?? "error", stdout, stderr));
    });
  });
}
