import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";

const root = resolve(__dirname, "../..");

/** What the stand-in says to a call: an answer, or how it fails. */
export type Answer = object | { readonly stderr: string; readonly status: number };

/** By the first two words of a call; of several answers each is said once, and the last again and again. */
export type Answers = Readonly<Record<string, Answer | readonly Answer[]>>;

const program = `#!/usr/bin/env node
const { appendFileSync, readFileSync } = require("node:fs");
const words = process.argv.slice(2);
const calls = __dirname + "/calls";
const call = words.slice(0, 2).join(" ");
let earlier = [];
try { earlier = readFileSync(calls, "utf8").trim().split("\\n").map(line => JSON.parse(line)); } catch {}
appendFileSync(calls, JSON.stringify(words) + "\\n");
const answers = [JSON.parse(readFileSync(__dirname + "/answers", "utf8"))[call] ?? {}].flat();
const before = earlier.filter(one => one.slice(0, 2).join(" ") === call).length;
const answer = answers[Math.min(before, answers.length - 1)];
if (typeof answer.status === "number") {
  console.error(answer.stderr);
  process.exitCode = answer.status;
} else if (answer.seconds !== undefined) {
  console.log("open");
  process.on("SIGINT", () => console.log("interrupted"));
  setTimeout(() => console.log("closed"), answer.seconds * 1000);
} else console.log(answer.lines === undefined ? JSON.stringify(answer) : answer.lines.join("\\n"));
`;

/** A folder with stand-ins for the AWS CLI and its plugin, which note what they are asked. */
export class StubbedAws {
  readonly folder = mkdtempSync(join(tmpdir(), "landing-zone-aws-"));

  /** @param project whose `lz` it is. */
  constructor(private readonly project = root) {}

  lz(args: readonly string[], answers: Answers = {}, programs = ["aws", "session-manager-plugin"]) {
    this.prepare(answers, programs);
    const { status, stdout, stderr } = spawnSync(process.execPath, ["cli/lz.js", ...args], {
      ...this.surroundings(),
      encoding: "utf8",
    });
    return { status, stdout, stderr, calls: this.calls() };
  }

  /** The same, while it runs. */
  begin(args: readonly string[], answers: Answers) {
    this.prepare(answers, ["aws", "session-manager-plugin"]);
    return spawn(process.execPath, ["cli/lz.js", ...args], this.surroundings());
  }

  private prepare(answers: Answers, programs: readonly string[]): void {
    writeFileSync(join(this.folder, "answers"), JSON.stringify(answers));
    for (const name of programs) {
      writeFileSync(join(this.folder, name), program);
      chmodSync(join(this.folder, name), 0o755);
    }
  }

  private surroundings() {
    return {
      cwd: this.project,
      env: {
        HOME: this.folder,
        NO_COLOR: "1",
        PATH: [this.folder, dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter),
      },
    };
  }

  /** Every call, as a list of words. */
  private calls(): string[][] {
    const file = join(this.folder, "calls");
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, "utf8").trim().split("\n");
    return lines.map(line => JSON.parse(line) as string[]);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** Who calls, by the number of the account. */
export const callerOf = (accountId: string, role = "AWSReservedSSO_developer_0123456789abcdef") => ({
  "sts get-caller-identity": {
    UserId: "AROAEXAMPLE:jane",
    Account: accountId,
    Arn: `arn:aws:sts::${accountId}:assumed-role/${role}/jane`,
  },
});

export const taskId = (digit: string): string => digit.repeat(32);

export interface StubbedTask {
  readonly id: string;
  readonly startedAt?: string | number;
  readonly lastStatus?: string;
  readonly open?: boolean;
  readonly agent?: string;
  readonly containers?: readonly string[];
}

/** What ECS answers of the tasks of a service. */
export const tasks = (containers: readonly string[], ...all: readonly StubbedTask[]): Answers => ({
  "ecs list-tasks": { taskArns: all.map(({ id }) => taskArn(id)) },
  "ecs describe-tasks": {
    tasks: all.map(task => ({
      taskArn: taskArn(task.id),
      lastStatus: task.lastStatus ?? "RUNNING",
      startedAt: task.startedAt ?? "2030-01-31T08:00:00.000000+00:00",
      enableExecuteCommand: task.open ?? true,
      containers: containers.map(name => ({
        name,
        runtimeId: `${task.id}-${name}`,
        managedAgents: [{ name: "ExecuteCommandAgent", lastStatus: task.agent ?? "RUNNING" }],
      })),
    })),
  },
});

const taskArn = (id: string): string => `arn:aws:ecs:eu-central-1:555566667777:task/orders/${id}`;
