import { type ChildProcess, execFileSync, spawn } from "node:child_process";

export interface Ended {
  readonly status: number | null;
  /** What was said: both streams, as a person sees them. */
  readonly text: string;
}

/** A program in a process group of its own, as a shell starts one. */
export class RunningProgram {
  readonly ended: Promise<Ended>;
  #text = "";
  readonly #child: ChildProcess;

  constructor(program: string, args: readonly string[], folder: string, environment: NodeJS.ProcessEnv) {
    this.#child = spawn(program, args, {
      cwd: folder,
      env: environment,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding("utf8").on("data", (part: string) => {
        this.#text += part;
      });
    this.ended = new Promise((resolve, reject) => {
      this.#child.on("error", reject);
      this.#child.on("close", status => resolve({ status, text: this.#text }));
    });
  }

  /** As Ctrl-C in a terminal: to the program and all of its group. */
  interrupt(): void {
    process.kill(-this.#pid, "SIGINT");
  }

  /** Resolves when it has said so. */
  async says(words: RegExp): Promise<void> {
    while (!words.test(this.#text) && this.#child.exitCode === null)
      await new Promise(resolve => setTimeout(resolve, 25));
  }

  /** As when the machine is switched off: the program and all that it has started end at once. */
  killAll(): void {
    for (const pid of [...descendantsOf(this.#pid), this.#pid])
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It has ended meanwhile.
      }
  }

  /** It has ended by itself, or is ended now. */
  async end(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.killAll();
    await this.ended;
  }

  get #pid(): number {
    const { pid } = this.#child;
    if (pid === undefined) throw new Error("the program was never started");
    return pid;
  }
}

function descendantsOf(pid: number): number[] {
  const table = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" });
  const pairs = table
    .trim()
    .split("\n")
    .map(line => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    pairs.flatMap(([child = 0, its]) => (its === parent ? [...below(child), child] : []));
  return below(pid);
}
