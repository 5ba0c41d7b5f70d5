/** Runs lz with a stand-in for the Pulumi CLI in front of the PATH. */
import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { commandLine } from "../../../cli/command-line";
import { report } from "../../../cli/failures";
import example from "../../../stacks/landing-zone";
import { stacksOf } from "../../../stacks/names";

const root = resolve(__dirname, "../../..");

export interface Answer {
  readonly events?: readonly EngineEvent[];
  readonly ms?: number;
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exit?: number;
  readonly untilInterrupted?: boolean;
}

export interface StandInStack {
  /** Of its state; absent: the backend does not know the stack. */
  readonly resources?: number;
  readonly outputs?: Readonly<Record<string, { readonly value: unknown; readonly secret?: boolean }>>;
  readonly pending?: readonly { readonly resource: { readonly urn: string }; readonly type: string }[];
  readonly up?: Answer;
  readonly preview?: Answer;
  readonly refresh?: Answer;
  readonly destroy?: Answer;
}

export interface Scenario {
  readonly version?: string;
  readonly unreachable?: string;
  readonly stacks?: Readonly<Record<string, StandInStack>>;
}

export interface Call {
  readonly what: "begin" | "end" | "SIGINT";
  readonly verb: string;
  readonly stack?: string;
  readonly words: readonly string[];
  readonly time: number;
  readonly code?: number;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const add = (said: { stdout: string; stderr: string }, where: "stdout" | "stderr", text: string): boolean => {
  said[where] += text;
  return true;
};

/** Properties are something else until they are undone. */
function during(its: object, other: Readonly<Record<string, unknown>>): () => void {
  const target = its as Record<string, unknown>;
  const own = Object.keys(other).map(name => [name, Object.hasOwn(target, name), target[name]] as const);
  Object.assign(target, other);
  return () => {
    for (const [name, was, value] of own)
      if (was) target[name] = value;
      else delete target[name];
  };
}

/** Deployed, as the platform's stacks mostly are. */
export const there = { resources: 3 };
export const platform: Readonly<Record<string, StandInStack>> = Object.fromEntries(
  stacksOf(example).flatMap(({ name, product, layer }) =>
    product === undefined && layer !== "delivery" ? [[name, there]] : [],
  ),
);

const operations = ["up", "preview", "refresh", "destroy"];

export class StandIn {
  readonly folder = mkdtempSync(join(tmpdir(), "landing-zone-deploy-"));

  constructor(scenario: Scenario = {}) {
    const pulumi = join(this.folder, "pulumi");
    const script = join(__dirname, "pulumi-stand-in.js");
    writeFileSync(pulumi, `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`);
    chmodSync(pulumi, 0o755);
    this.says(scenario);
  }

  /** The platform's stacks are there unless the scenario says otherwise. */
  says({ stacks, ...scenario }: Scenario): void {
    const all = { ...scenario, stacks: { ...platform, ...stacks } };
    writeFileSync(join(this.folder, "scenario.json"), JSON.stringify(all));
    rmSync(join(this.folder, "calls.jsonl"), { force: true });
  }

  get calls(): readonly Call[] {
    const file = join(this.folder, "calls.jsonl");
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, "utf8").trim().split("\n");
    return lines.map(line => JSON.parse(line) as Call);
  }

  /** `up delivery-dev` and so on, in the order they began. */
  get operations(): readonly string[] {
    return this.calls
      .filter(({ what, verb }) => what === "begin" && operations.includes(verb))
      .map(({ verb, stack }) => `${verb} ${stack}`);
  }

  /** How many operations ran at once, at most. */
  get atOnce(): number {
    let now = 0;
    let most = 0;
    for (const { what, verb } of this.calls) {
      if (what === "SIGINT" || !operations.includes(verb)) continue;
      now += what === "begin" ? 1 : -1;
      most = Math.max(most, now);
    }
    return most;
  }

  private environment(bare = false): Readonly<Record<string, string>> {
    const path = [dirname(process.execPath), "/usr/bin", "/bin"];
    return {
      NO_COLOR: "1",
      STAND_IN: this.folder,
      PULUMI_BACKEND_URL: "file:///state",
      PATH: (bare ? path : [this.folder, ...path]).join(delimiter),
    };
  }

  /** In this process, where all is loaded already; nobody sits at a terminal. */
  async lz(words: readonly string[], { bare }: { readonly bare?: boolean } = {}): Promise<Ran> {
    const said = { stdout: "", stderr: "" };
    const undo = [
      during(process.env, this.environment(bare)),
      during(process.stdin, { isTTY: false }),
      during(process.stderr, { isTTY: false, write: (text: string) => add(said, "stderr", text) }),
      during(process.stdout, { write: (text: string) => add(said, "stdout", text) }),
      during(console, {
        log: (text: string) => add(said, "stdout", `${text}\n`),
        error: (text: string) => add(said, "stderr", `${text}\n`),
      }),
    ];
    const before = process.exitCode;
    process.exitCode = 0;
    const line = commandLine();
    try {
      await line.parseAsync(words, { from: "user" });
    } catch (error) {
      process.exitCode = report(error, line.opts<{ debug?: boolean }>().debug === true);
    } finally {
      for (const back of undo) back();
    }
    const status = Number(process.exitCode);
    process.exitCode = before;
    return {
      status,
      stdout: stripVTControlCharacters(said.stdout),
      stderr: stripVTControlCharacters(said.stderr),
    };
  }

  /** In a process of its own, which can be interrupted. */
  lzProcess(
    words: readonly string[],
    onError: (said: string, interrupt: (signal?: NodeJS.Signals) => void) => void,
  ): Promise<Ran> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, ["cli/lz.js", ...words], {
        cwd: root,
        env: { ...process.env, ...this.environment() },
        stdio: ["ignore", "pipe", "pipe"],
      });
      const said = { stdout: "", stderr: "" };
      child.stdout.setEncoding("utf8").on("data", (text: string) => add(said, "stdout", text));
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        add(said, "stderr", text);
        onError(said.stderr, (signal = "SIGINT") => child.kill(signal));
      });
      child.on("error", reject);
      child.on("close", status => resolve({ status, ...said }));
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

interface Step {
  readonly op: string;
  readonly type?: string;
  readonly name: string;
  readonly stack?: string;
  readonly protect?: boolean;
  readonly diff?: readonly string[];
}

export const urnOf = ({
  stack = "delivery-dev",
  type = "aws:iam/role:Role",
  name,
}: Omit<Step, "op">): string =>
  `urn:pulumi:${stack}::landing-zone::landing-zone:delivery:PipelineRoles$${type}::${name}`;

/** A resource that the engine is done with. */
export const ended = (step: Step): EngineEvent => {
  const { op, type = "aws:iam/role:Role", protect = false, diff = [] } = step;
  const urn = urnOf(step);
  const state = {
    type,
    urn,
    custom: true,
    id: "",
    parent: "",
    protect,
    inputs: {},
    outputs: {},
    provider: "",
  };
  return {
    sequence: 0,
    timestamp: 0,
    resOutputsEvent: {
      metadata: {
        op: op as "create",
        urn,
        type,
        provider: "",
        old: op === "create" ? undefined : state,
        new: op === "delete" ? undefined : state,
        detailedDiff: Object.fromEntries(
          diff.map(property => [property, { diffKind: "update", inputDiff: true }]),
        ) as NonNullable<EngineEvent["resOutputsEvent"]>["metadata"]["detailedDiff"],
      },
    },
  } as EngineEvent;
};

export const complained = (message: string, urn?: string): EngineEvent => ({
  sequence: 0,
  timestamp: 0,
  diagnosticEvent: { message, color: "never", severity: "error", ...(urn !== undefined && { urn }) },
});

export const violated = (policyName: string, urn: string): EngineEvent => ({
  sequence: 0,
  timestamp: 0,
  policyEvent: {
    policyName,
    resourceUrn: urn,
    message: "is not as it must be",
    color: "never",
    policyPackName: "landing-zone",
    policyPackVersion: "0.1.0",
    policyPackVersionTag: "0.1.0",
    enforcementLevel: "mandatory",
  },
});
