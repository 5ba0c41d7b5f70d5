/**
 * The AWS CLI, which is run for what people do with what runs. Every call is shown before it is made, as it could be
 * typed; none goes through a shell.
 */
import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import pc from "picocolors";
import { UsageError } from "./failures";
import { quoted } from "./restore/step";

export interface AwsOptions {
  /** Of the AWS configuration; absent: the usual credentials. */
  readonly profile?: string;
  /** Only show the calls. */
  readonly dryRun?: boolean;
}

/** As a shell takes it. */
export const shown = (words: readonly string[]): string =>
  words.map(word => (/^[\w@%+=:,./-]+$/.test(word) ? word : quoted(word))).join(" ");

/** A value that begins with a hyphen would be taken for an option of its own. */
export const option = (name: string, value: string): readonly string[] =>
  value.startsWith("-") ? [`${name}=${value}`] : [name, value];

/** How a program ends that Ctrl-C ends; programs that notice it say 130. */
const interrupted = 130;
const leave = () => {};

/** How version 1 ends where it does not know a command; version 2 says 252. */
const tooOld = 2;

export class AwsCli {
  readonly dryRun: boolean;
  private readonly everywhere: readonly string[];

  constructor(
    region: string,
    private readonly options: AwsOptions,
  ) {
    this.dryRun = options.dryRun ?? false;
    this.everywhere = [
      "--region",
      region,
      ...(options.profile === undefined ? [] : option("--profile", options.profile)),
    ];
  }

  /** What a call would be, for a person to make. */
  call(words: readonly string[]): string {
    return shown(["aws", ...words, ...this.everywhere]);
  }

  /** What is said beside an answer; of a dry run it is part of the answer. */
  say(line: string): void {
    if (this.dryRun) console.log(line === "" ? "" : `# ${line}`);
    else console.error(line);
  }

  /**
   * Asks AWS something.
   *
   * @param unasked the answer of a dry run, with words in capitals for what only AWS knows.
   * @throws {UsageError} with the next step, where the CLI does not answer.
   */
  ask<T>(words: readonly string[], unasked: T, quietly = false): T {
    const all = [...words, ...this.everywhere, "--output", "json"];
    if (!quietly) this.show(all);
    if (this.dryRun) return unasked;
    const { status, stdout, stderr, error } = spawnSync("aws", all, {
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
      stdio: ["ignore", "pipe", "pipe"],
    });
    if (error !== undefined) throw notRun(error);
    if (status !== 0) throw this.refused(words, stderr);
    try {
      return JSON.parse(stdout) as T;
    } catch (cause) {
      throw new UsageError(
        `\`aws ${words[0]} ${words[1]}\` answered what is no JSON: ${stdout.slice(0, 200)}`,
        {
          cause,
        },
      );
    }
  }

  /**
   * Gives the terminal to a call until it ends. Ctrl-C is for the call: a shell in a container takes it, too.
   *
   * @param prefix before every line, where several calls share the terminal.
   * @throws {UsageError} where it fails.
   */
  async hand(words: readonly string[], prefix?: string): Promise<void> {
    const all = [...words, ...this.everywhere];
    this.show(all);
    if (this.dryRun) return;
    if (!process.listeners("SIGINT").includes(leave)) process.on("SIGINT", leave);
    const status = await ended(all, prefix);
    if (status !== 0 && status !== interrupted)
      throw new UsageError(
        `\`aws ${words[0]} ${words[1]}\` ended with ${status}; it has said why above${status === tooOld ? ". Is it version 2 of the AWS CLI?" : ""}`,
      );
  }

  private show(words: readonly string[]): void {
    const line = shown(["aws", ...words]);
    if (this.dryRun) console.log(line);
    else console.error(pc.cyan(line));
  }

  private refused(words: readonly string[], stderr: string): UsageError {
    const { profile } = this.options;
    const own = profile === undefined ? "" : ` ${shown(option("--profile", profile))}`;
    const said = stderr.trim().replace(/\s+/g, " ") || "it says nothing";
    if (/config profile .* could not be found/i.test(stderr))
      return new UsageError(
        `the AWS configuration has no profile "${profile ?? process.env["AWS_PROFILE"]}"; \`aws configure list-profiles\` lists those there are, \`aws configure sso\` makes one`,
      );
    if (
      /sso.*(expired|invalid|refresh failed|does not exist)|token.*(expired|does not exist)|loading SSO token/i.test(
        said,
      )
    )
      return new UsageError(`the session has expired, or none was begun: \`aws sso login${own}\`, and again`);
    if (/unable to locate credentials|NoCredentials|InvalidClientTokenId|UnrecognizedClient/i.test(said))
      return new UsageError(
        `there are no credentials that AWS knows: \`aws sso login${own || " --profile ..."}\`${profile === undefined ? ", and say the same --profile here" : ""}`,
      );
    return new UsageError(`\`aws ${words[0]} ${words[1]}\` failed: ${said}`);
  }
}

const notRun = (error: Error): UsageError =>
  new UsageError(
    (error as NodeJS.ErrnoException).code === "ENOENT"
      ? "there is no `aws` on the PATH; install version 2 of the AWS CLI first"
      : `the AWS CLI can not be run: ${error.message}`,
  );

function ended(words: readonly string[], prefix?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn("aws", words, {
      stdio: prefix === undefined ? "inherit" : ["ignore", "pipe", "inherit"],
    });
    if (child.stdout !== null)
      createInterface({ input: child.stdout }).on("line", line => console.log(`${prefix}${line}`));
    child.on("error", error => reject(notRun(error)));
    child.on("close", (status, signal) => resolve(signal === "SIGINT" ? interrupted : (status ?? 1)));
  });
}

/**
 * The AWS CLI looks for its plugin only when a session has begun already.
 *
 * @throws {UsageError} where there is none.
 */
export function requireSessionPlugin(aws: AwsCli): void {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const names = ["session-manager-plugin", "session-manager-plugin.exe"];
  const there = folders.some(folder => names.some(name => isExecutable(join(folder, name))));
  if (!aws.dryRun && !there)
    throw new UsageError(
      "there is no `session-manager-plugin` on the PATH; install the Session Manager plugin for the AWS CLI first",
    );
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
