/** The offline plan before anything is touched. */
import type { LandingZone } from "../../stacks/description";
import type { StackDefinition } from "../../stacks/names";
import { type Plan, planStacks, refuseFailures } from "../planner";
import { agreedPolicyConfig } from "../policies/configuration";
import { progress } from "../progress";
import { policyPack, projectName, projectRoot } from "../project";
import { stacksToPlan } from "../pulumi-program";

export interface Planned {
  readonly plan: Plan;
  /** Resources of the cloud, by stack. */
  readonly resources: ReadonlyMap<string, number>;
  readonly isRefused: boolean;
}

/**
 * @param needed the stacks that were asked for and all that they depend on.
 * @returns the plan of those that were asked for.
 * @throws {PolicyPackError} where a rule is broken; {UsageError} where policies/config.json and the description differ.
 */
export async function planned(
  zone: LandingZone,
  asked: readonly StackDefinition[],
  needed: readonly StackDefinition[],
): Promise<Planned> {
  const policyConfig = agreedPolicyConfig(zone);
  const show = progress(needed.length);
  const all = await planStacks(stacksToPlan(zone, needed), {
    project: projectName,
    root: projectRoot,
    policyPack,
    policyConfig,
    ...show.hooks,
  }).finally(show.end);
  const wanted = new Set(asked.map(({ name }) => name));
  const plan: Plan = { ...all, stacks: all.stacks.filter(({ name }) => wanted.has(name)) };
  refuseFailures(plan);
  return {
    plan,
    resources: new Map(
      plan.stacks.map(({ name, resources }) => [
        name,
        resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:")).length,
      ]),
    ),
    isRefused: plan.stacks.flatMap(({ violations }) => violations).some(({ level }) => level === "mandatory"),
  };
}
