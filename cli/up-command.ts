import type { StackDefinition } from "../stacks/names";
import { knownStacks } from "./deploy/backend-errors";
import { type ConfirmOptions, confirmed } from "./deploy/confirmation";
import { Engine, type KnownStack, type Listener, type Worked } from "./deploy/engine";
import { type CommandLine, isDebugged, parallelOf } from "./deploy/options";
import { deploymentOrder, type Order, orderAmong, withThoseBefore } from "./deploy/order";
import { planned } from "./deploy/planned";
import { type Refused, runStacks } from "./deploy/runs";
import { failed, summaryText } from "./deploy/summary";
import { UsageError } from "./failures";
import { verdictText } from "./plan-text";
import { loadDescription } from "./project";
import { select } from "./selection";

export interface UpOptions extends ConfirmOptions {
  readonly parallel?: string;
  readonly continue?: boolean;
}

const command = "lz up";
const well = "done";

/**
 * Deploys stacks. Nothing is touched before the description, the CLI, the offline plan, the policies and the backend
 * are found to be in order and a person, or a pipeline's options, have confirmed where it goes.
 */
export async function upCommand(names: string[], options: UpOptions, line?: CommandLine): Promise<void> {
  const parallel = parallelOf(options.parallel);
  const zone = loadDescription();
  const { asked, needed } = select(zone, names);
  const engine = await Engine.open(zone);
  const plan = await planned(zone, asked, needed);
  if (plan.isRefused) {
    console.log(verdictText(plan.plan, asked));
    console.error("nothing is touched: the policies refuse the plan");
    process.exitCode = 1;
    return;
  }
  const order = deploymentOrder(zone);
  const known = await knownStacks(engine, withThoseBefore(order, asked));
  requireUpstreams(asked, order, known);
  const resources = ({ name }: StackDefinition) => plan.resources.get(name);
  await confirmed(zone, { verb: "deploy", stacks: asked, resources, backend: engine.backend.url }, options);
  const runs = await runStacks(
    zone,
    asked,
    orderAmong(
      order,
      asked.map(({ name }) => name),
    ),
    {
      command,
      well,
      planned: resources,
      run: (stack, listener) => deploy(engine, stack, known.get(stack.name), listener),
    },
    { parallel, goOn: options.continue === true },
    engine.backend.stackName,
  );
  console.log(
    summaryText(runs, {
      command,
      well,
      debug: isDebugged(line),
      afterCancel: names => `lz refresh ${names}`,
    }),
  );
  if (failed(runs)) process.exitCode = 1;
}

async function deploy(
  engine: Engine,
  stack: StackDefinition,
  known: KnownStack | undefined,
  listener: Listener,
): Promise<Worked | Refused> {
  if (known === undefined) await engine.create(stack);
  else {
    const halfDone = await engine.halfDone(stack);
    if (halfDone.length > 0) return halfDoneText(stack, halfDone);
  }
  return engine.up(stack, listener);
}

/** Creating again what nobody knows to have been created would make it twice. */
const halfDoneText = ({ name }: StackDefinition, halfDone: readonly string[]): Refused => ({
  refused: {
    what: `another run is at it right now, or an earlier run was stopped hard, and nobody knows what has become of\n${halfDone.map(urn => `    ${urn}`).join("\n")}`,
    next: `\`lz refresh ${name}\` tells which: it says who holds the lock, and changes nothing; or it asks AWS, and what was being created is forgotten: look whether it is there, and delete it or take it in by \`pulumi import\`. Then \`lz up ${name}\``,
  },
});

/** @throws {UsageError} where a stack comes after one that neither is there nor was asked for. */
function requireUpstreams(
  asked: readonly StackDefinition[],
  order: Order,
  known: ReadonlyMap<string, KnownStack>,
): void {
  const names = new Set(asked.map(({ name }) => name));
  const isThere = (name: string) => names.has(name) || (known.get(name)?.resources ?? 0) > 0;
  const missing = asked.flatMap(({ name }) => (order.get(name) ?? []).filter(before => !isThere(before)));
  if (missing.length === 0) return;
  const unique = [...new Set(missing)];
  throw new UsageError(
    `nothing is touched: ${unique.join(", ")} ${unique.length === 1 ? "was" : "were"} never deployed, and ${asked.length === 1 ? asked[0]?.name : "what was asked for"} comes after ${unique.length === 1 ? "it" : "them"}\nnext: \`lz up ${[...unique, ...asked.map(({ name }) => name)].join(" ")}\``,
  );
}
