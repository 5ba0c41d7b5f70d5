import type { StackDefinition } from "../stacks/names";
import { knownStacks } from "./deploy/backend-errors";
import { type ConfirmOptions, confirmed } from "./deploy/confirmation";
import { driftMarkdown, driftOf, driftSection } from "./deploy/drift";
import { Engine } from "./deploy/engine";
import { type CommandLine, isDebugged, parallelOf } from "./deploy/options";
import { runStacks } from "./deploy/runs";
import { failed, section, summaryText } from "./deploy/summary";
import { UsageError } from "./failures";
import { loadDescription } from "./project";
import { select } from "./selection";
import { writeWhole } from "./write-whole";

export interface RefreshOptions extends ConfirmOptions {
  readonly check?: boolean;
  readonly readOnly?: boolean;
  readonly markdown?: string;
  readonly parallel?: string;
  readonly continue?: boolean;
}

/**
 * Takes what AWS says of resources into the state; the next `lz up` changes back what differs from the description.
 * With `--check` it only says what that is.
 */
export async function refreshCommand(
  names: string[],
  options: RefreshOptions,
  line?: CommandLine,
): Promise<void> {
  const check = options.check === true;
  if (!check && (options.readOnly === true || options.markdown !== undefined))
    throw new UsageError(
      `${options.readOnly === true ? "--read-only" : "--markdown"} goes with --check: without it the state is changed`,
    );
  const parallel = parallelOf(options.parallel);
  const zone = loadDescription();
  const { asked } = select(zone, names);
  const engine = await Engine.open(zone, { readOnly: options.readOnly === true });
  const known = await knownStacks(
    engine,
    asked.map(({ name }) => name),
  );
  const resources = ({ name }: StackDefinition) => known.get(name)?.resources;
  const backend = engine.backend.url;
  if (!check) await confirmed(zone, { verb: "refresh", stacks: asked, resources, backend }, options);
  const command = check ? "lz refresh --check" : "lz refresh";
  const well = check ? "checked" : "refreshed";
  const halfDone = new Map<string, readonly string[]>();
  const runs = await runStacks(
    zone,
    asked,
    // Each asks AWS of its own resources.
    new Map(asked.map(({ name }) => [name, []])),
    {
      command,
      well,
      planned: () => undefined,
      skip: ({ name }) => (known.has(name) ? undefined : { skipped: "not deployed" }),
      run: async (stack, listener) => {
        const pending = await engine.halfDone(stack);
        const worked = await engine.refresh(stack, listener, !check);
        if (pending.length > 0) halfDone.set(stack.name, pending);
        return worked;
      },
    },
    { parallel, goOn: check || options.continue === true },
    engine.backend.stackName,
  );
  const sections = [
    ...driftSection(runs),
    ...section(
      check
        ? "Half done: `lz refresh` without --check forgets what was being created"
        : "Forgotten, for it was being created: look whether it is there, and delete it or take it in by `pulumi import`",
      [...halfDone].flatMap(([name, pending]) => pending.map(urn => `${name}  ${urn}`)),
    ),
  ];
  console.log(summaryText(runs, { command, well, debug: isDebugged(line), sections }));
  if (options.markdown !== undefined) writeWhole(options.markdown, driftMarkdown(runs));
  if (failed(runs) || (check && (driftOf(runs).length > 0 || halfDone.size > 0))) process.exitCode = 1;
}
