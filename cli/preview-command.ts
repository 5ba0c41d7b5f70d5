import type { LandingZone } from "../stacks/description";
import type { StackDefinition } from "../stacks/names";
import { knownStacks } from "./deploy/backend-errors";
import { Engine, type KnownStack, type Listener, saidBy, type Worked } from "./deploy/engine";
import { type CommandLine, isDebugged, parallelOf } from "./deploy/options";
import { deploymentOrder, type Order, withThoseBefore } from "./deploy/order";
import { type Planned, planned } from "./deploy/planned";
import { isRefused, previewJson, previewMarkdown, previewText } from "./deploy/preview-report";
import { runStacks, type Skipped } from "./deploy/runs";
import { failed } from "./deploy/summary";
import { planMarkdown, verdictText } from "./plan-text";
import { loadDescription } from "./project";
import { select } from "./selection";
import { writeWhole } from "./write-whole";

export interface PreviewOptions {
  readonly readOnly?: boolean;
  readonly json?: string;
  readonly markdown?: string;
  readonly parallel?: string;
}

/**
 * What a deployment would change. Nothing is written, into the state neither: of a stack that is not there yet the
 * offline plan says what would be created.
 */
export async function previewCommand(
  names: string[],
  options: PreviewOptions,
  line?: CommandLine,
): Promise<void> {
  const parallel = parallelOf(options.parallel);
  const readOnly = options.readOnly === true;
  const zone = loadDescription();
  const { asked, needed } = select(zone, names);
  const engine = await Engine.open(zone, { readOnly });
  const plan = await planned(zone, asked, needed);
  if (plan.isRefused) {
    if (options.markdown !== undefined) writeWhole(options.markdown, planMarkdown(plan.plan, asked));
    console.log(verdictText(plan.plan, asked));
    console.error("nothing is previewed: the policies refuse the plan");
    process.exitCode = 1;
    return;
  }
  const runs = await previews(zone, asked, engine, plan, parallel);
  if (options.markdown !== undefined) writeWhole(options.markdown, previewMarkdown(runs, { readOnly }));
  if (options.json !== undefined && options.json !== "-")
    writeWhole(options.json, previewJson(runs, { readOnly }));
  if (options.json === "-") process.stdout.write(previewJson(runs, { readOnly }));
  else console.log(previewText(runs, { readOnly }, isDebugged(line)));
  if (failed(runs) || isRefused(runs)) process.exitCode = 1;
}

async function previews(
  zone: LandingZone,
  asked: readonly StackDefinition[],
  engine: Engine,
  plan: Planned,
  parallel: number,
) {
  const order = deploymentOrder(zone);
  const known = await knownStacks(engine, withThoseBefore(order, asked));
  const planned = ({ name }: StackDefinition) => plan.resources.get(name);
  return runStacks(
    zone,
    asked,
    // What one would change no other sees before it is deployed.
    new Map(asked.map(({ name }) => [name, []])),
    {
      command: "lz preview",
      well: "previewed",
      planned,
      skip: stack => unpreviewed(stack, { order, known, creates: planned(stack) ?? 0 }),
      run: (stack, listener) => preview(engine, stack, planned(stack) ?? 0, listener),
    },
    { parallel, goOn: true },
    engine.backend.stackName,
  );
}

interface Around {
  readonly order: Order;
  readonly known: ReadonlyMap<string, KnownStack>;
  /** What the offline plan would create. */
  readonly creates: number;
}

function unpreviewed(stack: StackDefinition, { order, known, creates }: Around): Skipped | undefined {
  const isThere = (name: string) => (known.get(name)?.resources ?? 0) > 0;
  const missing = (order.get(stack.name) ?? []).filter(before => !isThere(before));
  if (missing.length > 0) return notYet(missing, creates);
  return known.has(stack.name) ? undefined : { skipped: "new", creates };
}

async function preview(
  engine: Engine,
  stack: StackDefinition,
  creates: number,
  listener: Listener,
): Promise<Worked | Skipped> {
  try {
    return await engine.preview(stack, listener);
  } catch (error) {
    // An upstream whose first deployment failed is there, and hands over nothing.
    const upstream = /the stack "([^"]+)" has no outputs yet/.exec(saidBy(error))?.[1];
    if (upstream === undefined) throw error;
    return notYet([upstream], creates);
  }
}

const notYet = (missing: readonly string[], creates: number): Skipped => ({
  skipped: `not yet: ${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} not deployed`,
  creates,
});
