import { type Plan, planStacks } from "../../cli/planner";
import { policyPack, projectName, projectRoot } from "../../cli/project";
import { pulumiProgram } from "../../cli/pulumi-program";
import { labelOf } from "../../cli/reach-command";
import type { StackOfResources } from "../../reach/resource";
import type { LandingZone } from "../../stacks/description";
import { stacksOf } from "../../stacks/names";

/** Every stack of a landing zone as `lz plan` plans it, judged by the policy pack. */
export const planOf = (zone: LandingZone): Promise<Plan> =>
  planStacks(programs(zone), { project: projectName, root: projectRoot, policyPack });

/** The named stacks of it, and all that they read from; the policy pack may be left out where it takes too long. */
export function planOfStacks(
  zone: LandingZone,
  names: readonly string[],
  judged: "judged" | "unjudged" = "judged",
): Promise<Plan> {
  const all = stacksOf(zone);
  const wanted = new Set<string>();
  const want = (name: string): void => {
    if (wanted.has(name)) return;
    wanted.add(name);
    for (const upstream of all.find(stack => stack.name === name)?.dependsOn ?? []) want(upstream);
  };
  for (const name of names) want(name);
  return planStacks(
    programs(zone).filter(({ name }) => wanted.has(name)),
    { project: projectName, root: projectRoot, ...(judged === "judged" ? { policyPack } : {}) },
  );
}

/** What the policies refuse of it. */
export const refusalsOf = (plan: Plan): string[] =>
  plan.stacks.flatMap(({ name, violations }) =>
    violations
      .filter(({ level }) => level === "mandatory")
      .map(({ policy, urn }) => `${name} ${policy} ${urn}`),
  );

/** Every stack of it as `lz reach` plans it: with made-up ids, and not judged. */
export async function stacksWithIds(zone: LandingZone): Promise<StackOfResources[]> {
  const { stacks } = await planStacks(programs(zone), {
    project: projectName,
    root: projectRoot,
    ids: "made-up",
  });
  const labels = stacksOf(zone).map(labelOf);
  return stacks.map((stack, index) => ({ ...stack, label: labels[index] ?? stack.name }));
}

function programs(zone: LandingZone) {
  const main = pulumiProgram();
  return stacksOf(zone).map(({ name, region, environment, account }) => ({
    name,
    region,
    environment,
    account: zone.organization.ids.accounts[account],
    program: () => main(zone),
  }));
}
