/** The engine: what is asked of it, through the Automation API, for one stack at a time. */
import type { EngineEvent, OutputMap, Stack, Workspace } from "@pulumi/pulumi/automation";
import type { LandingZone } from "../../stacks/description";
import type { StackDefinition } from "../../stacks/names";
import { type StateBackend, stateBackend } from "../../stacks/state-backend";
import { projectRoot } from "../project";
import { CallFailed, type PulumiCli, pulumiCli } from "./pulumi-cli";

/** A stack as the backend knows it. */
export interface KnownStack {
  /** Resources in its state, the stack itself and components among them; 0: never deployed, or destroyed. */
  readonly resources: number;
}

export interface Listener {
  readonly onEvent: (event: EngineEvent) => void;
  /** Cancels cleanly. */
  readonly signal: AbortSignal;
}

export interface Worked {
  /** What the CLI has printed, where the address of the run in Pulumi Cloud is. */
  readonly stdout: string;
  readonly outputs?: OutputMap;
}

export interface EngineOptions {
  /** Every provider takes the role that can only read. */
  readonly readOnly?: boolean;
}

/** Of what `pulumi stack export` tells. */
interface State {
  readonly resources?: readonly { readonly urn: string; readonly protect?: boolean }[];
  readonly pending_operations?: readonly {
    readonly resource: { readonly urn: string };
    readonly type: string;
  }[];
}

/** Calls of the CLI. */
const asksAtOnce = 8;

/** As LocalWorkspace takes them, from the project's root. */
const judged = { policyPacks: ["policies"], policyPackConfigs: ["policies/config.json"] };

const quiet = { color: "never", suppressProgress: true } as const;

export class Engine {
  private constructor(
    readonly backend: StateBackend,
    private readonly cli: PulumiCli,
    private readonly workspace: Workspace,
    private readonly environment: Readonly<Record<string, string>>,
    private readonly readOnly: boolean,
  ) {}

  /** @throws {UsageError} where there is no CLI, or an old one. */
  static async open(zone: LandingZone, { readOnly = false }: EngineOptions = {}): Promise<Engine> {
    const cli = await pulumiCli(projectRoot);
    const backend = stateBackend(zone);
    const environment = {
      PULUMI_BACKEND_URL: backend.url,
      // Pulumi.<stack>.yaml is nowhere but here: the key of a stack's secrets is known from its state.
      PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER: "true",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      ...(readOnly && { LANDING_ZONE_ACCESS: "read-only" }),
    };
    const { LocalWorkspace } =
      require("@pulumi/pulumi/automation") as typeof import("@pulumi/pulumi/automation");
    const workspace = await LocalWorkspace.create({
      workDir: projectRoot,
      pulumiCommand: cli,
      envVars: environment,
    });
    // Every call names its stack. Selecting one writes a file that stacks side by side would share.
    workspace.selectStack = async () => {};
    return new Engine(backend, cli, workspace, environment, readOnly);
  }

  /**
   * Those of the stacks that the backend knows; also shows that it can be reached. Each is asked by itself: a list of all
   * reads every stack's state, and a role of an environment may read no other's.
   *
   * @throws {CallFailed}
   */
  async stacks(names: readonly string[]): Promise<ReadonlyMap<string, KnownStack>> {
    const known = new Map<string, KnownStack>();
    for (let from = 0; from < names.length; from += asksAtOnce)
      await Promise.all(
        names.slice(from, from + asksAtOnce).map(async name => {
          const state = await this.state({ name });
          if (state !== undefined) known.set(name, { resources: state.resources?.length ?? 0 });
        }),
      );
    return known;
  }

  /** Makes a stack, empty. */
  async create(stack: StackDefinition): Promise<void> {
    const provider = this.backend.secretsProvider(stack);
    await this.call([
      "stack",
      "init",
      this.backend.stackName(stack),
      "--no-select",
      ...(provider === undefined ? [] : ["--secrets-provider", provider]),
    ]);
  }

  /** The URNs of what an interrupted run had begun, with what it was doing; nobody knows whether it came about. */
  async halfDone(stack: StackDefinition): Promise<string[]> {
    const { pending_operations = [] } = (await this.state(stack)) ?? {};
    return pending_operations.map(({ resource, type }) => `${resource.urn} (interrupted while ${type})`);
  }

  /** The URNs of what may neither be deleted nor replaced. */
  async protectedIn(stack: StackDefinition): Promise<string[]> {
    const { resources = [] } = (await this.state(stack)) ?? {};
    return resources.filter(({ protect }) => protect === true).map(({ urn }) => urn);
  }

  /** What the backend keeps of a stack; absent: it does not know it. */
  private async state(stack: { readonly name: string }): Promise<State | undefined> {
    try {
      const { stdout } = await this.call(["stack", "export", "--stack", this.backend.stackName(stack)]);
      return (JSON.parse(stdout) as { deployment?: State | null }).deployment ?? {};
    } catch (error) {
      if (error instanceof CallFailed && /no stack named/.test(error.stderr)) return undefined;
      throw error;
    }
  }

  async up(stack: StackDefinition, { onEvent, signal }: Listener): Promise<Worked> {
    const { stdout, outputs } = await (await this.select(stack)).up({
      ...quiet,
      ...judged,
      onEvent,
      signal,
      showSecrets: false,
    });
    return { stdout, outputs };
  }

  async preview(stack: StackDefinition, { onEvent, signal }: Listener): Promise<Worked> {
    return (await this.select(stack)).preview({ ...quiet, ...judged, onEvent, signal });
  }

  /** @param change false: only looks. */
  async refresh(stack: StackDefinition, { onEvent, signal }: Listener, change: boolean): Promise<Worked> {
    const its = await this.select(stack);
    return change
      ? its.refresh({ ...quiet, onEvent, signal, showSecrets: false, clearPendingCreates: true })
      : // Without the program the providers are those of the state, which take the roles that may change things.
        its.previewRefresh({ ...quiet, onEvent, signal, ...(this.readOnly && { runProgram: true }) });
  }

  async destroy(stack: StackDefinition, { onEvent, signal }: Listener): Promise<Worked> {
    return (await this.select(stack)).destroy({ ...quiet, onEvent, signal, showSecrets: false });
  }

  private async select(stack: StackDefinition): Promise<Stack> {
    const { Stack } = require("@pulumi/pulumi/automation") as typeof import("@pulumi/pulumi/automation");
    return Stack.select(this.backend.stackName(stack), this.workspace);
  }

  private async call(words: readonly string[]): Promise<{ readonly stdout: string }> {
    return this.cli.run(words, projectRoot, this.environment);
  }
}

/** All that the CLI has said, for people and for patterns. */
export const saidBy = (error: unknown): string =>
  error instanceof CallFailed ? `${error.stderr}\n${error.stdout}` : String(error);
