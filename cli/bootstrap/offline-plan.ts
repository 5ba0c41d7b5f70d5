/** What stacks would make, known without AWS: what roles need and what quotas must hold is read from it. */
import type { LandingZone } from "../../stacks/description";
import type { StackDefinition } from "../../stacks/names";
import { type Plan, planStacks } from "../planner";
import { projectName, projectRoot } from "../project";
import { stacksToPlan } from "../pulumi-program";

/** Set where stacks are only looked at: then their providers take another role. */
const accessMode = "LANDING_ZONE_ACCESS";

/**
 * Plans stacks as they are deployed, whatever the environment says of looking only.
 *
 * @param stacks each after those whose outputs it reads; see select().
 * @throws {ProgramError} where a stack's program fails.
 */
export async function offlinePlan(zone: LandingZone, stacks: readonly StackDefinition[]): Promise<Plan> {
  const asked = process.env[accessMode];
  delete process.env[accessMode];
  try {
    return await planStacks(stacksToPlan(zone, stacks), { project: projectName, root: projectRoot });
  } finally {
    if (asked !== undefined) process.env[accessMode] = asked;
  }
}
