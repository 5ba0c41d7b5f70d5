import { type Plan, planStacks } from "../../cli/planner";
import { policyPack, projectName, projectRoot } from "../../cli/project";
import { pulumiProgram } from "../../cli/pulumi-program";
import type { LandingZone } from "../../stacks/description";
import { stacksOf } from "../../stacks/names";

/** Every stack of a landing zone as `lz plan` plans it, judged by the policy pack. */
export function planOf(zone: LandingZone): Promise<Plan> {
  const main = pulumiProgram();
  const stacks = stacksOf(zone).map(({ name, region, environment, account }) => ({
    name,
    region,
    environment,
    account: zone.organization.ids.accounts[account],
    program: () => main(zone),
  }));
  return planStacks(stacks, { project: projectName, root: projectRoot, policyPack });
}
