/**
 * The real Pulumi engine over a copy of the project: with the small company for its description, a folder for its
 * state, and a stand-in for AWS that a test can make fail.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { ProjectCopy } from "../cli/project-copy";
import { type Ended, RunningProgram } from "./running-program";
import { StandIn } from "./stand-in";

export interface State {
  readonly resources: readonly StateResource[];
  readonly pending_operations: readonly { readonly resource: StateResource; readonly type: string }[];
}

export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly custom: boolean;
  readonly protect?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** From which text to which. */
export type Change = readonly [from: string, to: string];

export class Engine {
  readonly project = new ProjectCopy();
  readonly aws = new StandIn();
  readonly #folder = mkdtempSync(join(tmpdir(), "landing-zone-engine-"));
  readonly #begun: RunningProgram[] = [];
  #port = 0;

  /** @param cli the folder of the Pulumi CLI. */
  static async start(cli: string): Promise<Engine> {
    const engine = new Engine(cli);
    engine.#port = await engine.aws.start();
    return engine;
  }

  private constructor(readonly cli: string) {
    for (const part of ["state", "home"]) mkdirSync(join(this.#folder, part));
    this.describe();
  }

  remove(): void {
    this.aws.stop();
    this.project.remove();
    rmSync(this.#folder, { recursive: true });
  }

  /** The small company is what the project describes, with changes to its text. */
  describe(...changes: readonly Change[]): void {
    let text = readFileSync(join(__dirname, "company.ts"), "utf8");
    for (const [from, to] of changes) {
      if (!text.includes(from)) throw new Error(`company.ts has no ${from}`);
      text = text.replace(from, to);
    }
    this.project.write(
      "stacks/landing-zone/index.ts",
      text.replace("../../stacks/description", "../description"),
    );
  }

  /** Runs to its end. */
  lz(...args: string[]): Promise<Ended> {
    return this.begin(...args).ended;
  }

  begin(...args: string[]): RunningProgram {
    return this.#run(process.execPath, ["cli/lz.js", ...args]);
  }

  pulumi(...args: string[]): Promise<Ended> {
    return this.#run(join(this.cli, "pulumi"), [...args, "--non-interactive"]).ended;
  }

  #run(program: string, args: readonly string[]): RunningProgram {
    const running = new RunningProgram(program, args, this.project.folder, this.environment());
    this.#begun.push(running);
    return running;
  }

  /** Nothing of the machine's own settings of Pulumi and AWS. */
  environment(): NodeJS.ProcessEnv {
    const kept = Object.entries(process.env).filter(([name]) => !/^(PULUMI|AWS|LANDING_ZONE)_/.test(name));
    return {
      ...Object.fromEntries(kept),
      PATH: [this.cli, process.env["PATH"]].join(delimiter),
      NO_COLOR: "1",
      PULUMI_HOME: join(this.#folder, "home"),
      PULUMI_BACKEND_URL: `file://${join(this.#folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: this.passphrase,
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_DEBUG_PROVIDERS: `aws:${this.#port}`,
    };
  }

  passphrase = "of these tests";

  /** What the backend keeps of a stack, as it is written; undefined where there is nothing. */
  stateText(stack: string): string | undefined {
    const file = join(this.#stacks, `${stack}.json`);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  }

  state(stack: string): State {
    const text = this.stateText(stack) ?? "{}";
    const { checkpoint } = JSON.parse(text) as { checkpoint?: { latest?: Partial<State> | null } };
    const { resources = [], pending_operations = [] } = checkpoint?.latest ?? {};
    return { resources, pending_operations };
  }

  /** As if the stack had never been deployed. */
  forget(stack: string): void {
    for (const file of readdirSync(this.#stacks))
      if (file.startsWith(`${stack}.json`)) rmSync(join(this.#stacks, file));
  }

  /** The engine's settings of stacks, `Pulumi.<stack>.yaml`, which are not committed. */
  get settings(): string[] {
    return readdirSync(this.project.folder).filter(file => /^Pulumi\..+\.yaml$/.test(file));
  }

  /** The state as it is now, to come back to. */
  keep(): void {
    cpSync(join(this.#folder, "state"), join(this.#folder, "kept"), { recursive: true });
  }

  /** As it was when it was kept, on a machine where nothing has run: no settings; nothing goes wrong yet. */
  async comeBack(): Promise<void> {
    for (const running of this.#begun.splice(0)) await running.end();
    rmSync(join(this.#folder, "state"), { recursive: true });
    cpSync(join(this.#folder, "kept"), join(this.#folder, "state"), { recursive: true });
    for (const file of this.settings) rmSync(join(this.project.folder, file));
    this.describe();
    this.aws.faults = [];
    this.aws.forgetCalls();
  }

  get #stacks(): string {
    return join(this.#folder, "state", ".pulumi", "stacks", "landing-zone");
  }
}

/** A resource that costs money, and not a component or a provider. */
export const isOfCloud = ({ type, custom }: Pick<StateResource, "type" | "custom">): boolean =>
  custom && !type.startsWith("pulumi:");
