import { basePlan } from "./diff/base-plan";
import { planChanges } from "./diff/changes";
import { diffMarkdown, diffText } from "./diff/text";
import { planStacks } from "./planner";
import { toJson } from "./planner/json";
import { agreedPolicyConfig } from "./policies/configuration";
import { progress } from "./progress";
import { loadDescription, policyPack, projectName, projectRoot } from "./project";
import { stacksToPlan } from "./pulumi-program";
import { select } from "./selection";
import { writeWhole } from "./write-whole";

interface DiffOptions {
  readonly full?: boolean;
  readonly json?: boolean;
  readonly markdown?: string;
}

/**
 * Plans what is described now, beside what a commit describes or a file has planned, and says what differs.
 *
 * @throws what loading and planning throw; {UsageError} where there is nothing to compare with.
 */
export async function diffCommand(
  base: string,
  names: readonly string[],
  options: DiffOptions,
): Promise<void> {
  const planBase = basePlan(base);
  const zone = loadDescription();
  const policyConfig = agreedPolicyConfig(zone);
  const { asked, needed } = select(zone, names);
  const before = planBase(names);
  // Both are awaited below; a fault of the one must not be lost while the other goes on.
  before.catch(() => {});
  const show = progress(needed.length);
  const { stacks } = await planStacks(stacksToPlan(zone, needed), {
    project: projectName,
    root: projectRoot,
    policyPack,
    policyConfig,
    ...show.hooks,
  }).finally(show.end);
  const wanted = new Set(asked.map(({ name }) => name));
  const after = stacks.filter(({ name }) => wanted.has(name));
  const changes = planChanges(await before, after);
  const shown = { full: options.full === true, stacks: after.length };
  if (options.markdown !== undefined) writeWhole(options.markdown, diffMarkdown(changes, base, shown));
  if (options.json === true) process.stdout.write(toJson(changes));
  else console.log(diffText(changes, shown));
}
