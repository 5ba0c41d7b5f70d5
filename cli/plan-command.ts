import { renameSync, writeFileSync } from "node:fs";
import { waitingStacksOf } from "../stacks/names";
import { UsageError } from "./failures";
import { planMarkdown, planText } from "./plan-text";
import { type Plan, planStacks } from "./planner";
import { toJson } from "./planner/json";
import { progress } from "./progress";
import { loadDescription, policyPack, projectName, projectRoot } from "./project";
import { pulumiProgram } from "./pulumi-program";
import { select } from "./selection";

export async function planCommand(
  names: string[],
  options: { full?: boolean; json?: string; markdown?: string },
): Promise<void> {
  const zone = loadDescription();
  const { asked, needed } = select(zone, names);
  const main = pulumiProgram();
  const show = progress(needed.length);
  const all = await planStacks(
    needed.map(stack => ({
      name: stack.name,
      account: zone.organization.ids.accounts[stack.account],
      region: stack.region,
      environment: stack.environment,
      program: () => main(zone),
    })),
    { project: projectName, root: projectRoot, policyPack, ...show.hooks },
  ).finally(show.end);

  const wanted = new Set(asked.map(stack => stack.name));
  const plan: Plan = { ...all, stacks: all.stacks.filter(stack => wanted.has(stack.name)) };
  if (options.markdown !== undefined) writeWhole(options.markdown, planMarkdown(plan, asked));
  if (options.json === "-") process.stdout.write(toJson(plan));
  else {
    if (options.json !== undefined) writeWhole(options.json, toJson(plan));
    console.log(
      planText(plan, {
        zone,
        stacks: asked,
        waiting: names.length === 0 ? waitingStacksOf(zone) : [],
        full: options.full === true,
      }),
    );
  }
  if (plan.stacks.some(stack => stack.violations.some(({ level }) => level === "mandatory")))
    process.exitCode = 1;
}

/** Whole or not at all. */
function writeWhole(file: string, text: string): void {
  const unfinished = `${file}.unfinished`;
  try {
    writeFileSync(unfinished, text);
    renameSync(unfinished, file);
  } catch (error) {
    throw new UsageError(`${file} can not be written: ${(error as Error).message}`);
  }
}
