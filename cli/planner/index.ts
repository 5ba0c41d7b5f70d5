/** Plans stacks offline: the same programs and the same policy pack as under the engine. */
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Plan, StackPlan } from "./model";
import { PlanMonitor } from "./monitor";
import type { PolicyPackConfig } from "./policy-config";
import { PolicyPack } from "./policy-pack";
import { runProgram } from "./program";
import { stackPlan } from "./stack-plan";

export { refuseFailures } from "./broken-rules";
export { exceptionIn } from "./exceptions";
export { PolicyConfigError, PolicyPackError, ProgramError } from "./failure";
export type { Plan, PlannedException, PlannedResource, Remediation, StackPlan, Violation } from "./model";
export { isFailure, isUndecided } from "./model";
export type { PolicyPackConfig } from "./policy-config";

export interface StackToPlan {
  readonly name: string;
  /** The number of the account it is mainly about. */
  readonly account?: string;
  readonly region?: string;
  readonly environment?: string;
  /** What the engine would run for the stack. */
  readonly program: () => unknown;
}

export interface PlanOptions {
  readonly project: string;
  /** The folder of the programs: failures are placed in it. */
  readonly root: string;
  /** The folder of the policy pack; absent: no policies. */
  readonly policyPack?: string;
  /** As in the file of the engine's `--policy-pack-config`; default: every policy at its own level. */
  readonly policyConfig?: PolicyPackConfig;
  /** Milliseconds without a sign of life after which a program is given up; default 5,000. */
  readonly idleMs?: number;
  /**
   * What ids are: unknown, as to the engine before a deployment (the default), or made up, so that one resource's
   * reference to another can be followed, from stack to stack too.
   */
  readonly ids?: "unknown" | "made-up";
  /**
   * What stacks that are not planned put out, by their names, for those that come after them. A program that reads
   * anything else of them fails.
   */
  readonly outputsOfOthers?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Whether resources say which lines of the project registered them, which takes time; default false. */
  readonly places?: boolean;
  readonly onStart?: (name: string, index: number) => void;
  readonly onStack?: (stack: StackPlan, index: number) => void;
}

/**
 * @param stacks each after those whose outputs it reads.
 * @throws {ProgramError} {PolicyPackError} {PolicyConfigError}
 */
export async function planStacks(stacks: readonly StackToPlan[], options: PlanOptions): Promise<Plan> {
  const started = Date.now();
  const pack =
    options.policyPack === undefined
      ? undefined
      : await PolicyPack.load(options.policyPack, options.policyConfig);
  const outputs = new Map(
    Object.entries(options.outputsOfOthers ?? {}).map(([name, said]) => [name, Struct.fromJavaScript(said)]),
  );
  const planned: StackPlan[] = [];
  for (const [index, stack] of stacks.entries()) {
    options.onStart?.(stack.name, index);
    const plan = await planStack(stack, outputs, pack, options);
    options.onStack?.(plan, index);
    planned.push(plan);
  }
  return { stacks: planned, ms: Date.now() - started };
}

async function planStack(
  stack: StackToPlan,
  outputs: Map<string, Struct>,
  pack: PolicyPack | undefined,
  options: PlanOptions,
): Promise<StackPlan> {
  const started = Date.now();
  const monitor = new PlanMonitor({
    project: options.project,
    stack: stack.name,
    upstream: name => outputs.get(name),
    ids: options.ids,
  });
  await runProgram(stack.program, monitor, {
    root: options.root,
    idleMs: options.idleMs ?? 5_000,
    ...(options.places && { places: true }),
  });
  outputs.set(stack.name, monitor.outputs ?? new Struct());
  const judgement = (await pack?.judge(monitor.registrations)) ?? { violations: [], remediations: [] };
  return stackPlan(stack, monitor, judgement, Date.now() - started);
}
