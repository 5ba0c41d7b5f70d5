/** Plans stacks offline: the same programs and the same policy pack as under the engine. */
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Plan, StackPlan, Violation } from "./model";
import { PlanMonitor } from "./monitor";
import { PolicyPack } from "./policy-pack";
import { runProgram } from "./program";
import { stackPlan } from "./stack-plan";

export { PolicyPackError, ProgramError } from "./failure";
export type { Plan, PlannedResource, StackPlan, Violation } from "./model";

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
  /** Milliseconds without a sign of life after which a program is given up; default 5,000. */
  readonly idleMs?: number;
  readonly onStart?: (name: string, index: number) => void;
  readonly onStack?: (stack: StackPlan, index: number) => void;
}

/**
 * @param stacks each after those whose outputs it reads.
 * @throws {ProgramError} {PolicyPackError}
 */
export async function planStacks(stacks: readonly StackToPlan[], options: PlanOptions): Promise<Plan> {
  const started = Date.now();
  const pack = options.policyPack === undefined ? undefined : new PolicyPack(options.policyPack);
  const outputs = new Map<string, Struct>();
  try {
    const planned: Promise<StackPlan>[] = [];
    for (const [index, stack] of stacks.entries()) {
      options.onStart?.(stack.name, index);
      const startedStack = Date.now();
      const { monitor, judged } = await run(stack, outputs, pack, options);
      const ms = Date.now() - startedStack;
      // Programs share this thread and run one after the other; the pack has one of its own and follows behind.
      const finished = judged.then(violations => {
        const plan = stackPlan(stack, monitor, violations, ms);
        options.onStack?.(plan, index);
        return plan;
      });
      finished.catch(() => {});
      planned.push(finished);
    }
    return { stacks: await Promise.all(planned), ms: Date.now() - started };
  } finally {
    pack?.stop();
  }
}

interface Run {
  readonly monitor: PlanMonitor;
  readonly judged: Promise<readonly Violation[]>;
}

async function run(
  stack: StackToPlan,
  outputs: Map<string, Struct>,
  pack: PolicyPack | undefined,
  options: PlanOptions,
): Promise<Run> {
  const judgement = pack?.judge(urn => monitor.registrations.get(urn));
  const monitor = new PlanMonitor({
    project: options.project,
    stack: stack.name,
    upstream: name => outputs.get(name),
    onResource: registration => judgement?.resource(registration),
  });
  await runProgram(stack.program, monitor, { root: options.root, idleMs: options.idleMs ?? 5_000 });
  outputs.set(stack.name, monitor.outputs ?? new Struct());
  const judged = judgement?.finish([...monitor.registrations.values()]) ?? Promise.resolve([]);
  judged.catch(() => {});
  return { monitor, judged };
}
