import type { LandingZone } from "../stacks/description";
import type { StackDefinition } from "../stacks/names";
import type { StackToPlan } from "./planner";

/** What the engine runs, as Pulumi.yaml says: stacks/. Loaded late, because the SDK takes its time. */
export const pulumiProgram = (): ((zone: LandingZone) => Promise<object>) =>
  require("../stacks") as typeof import("../stacks");

/** Stacks of a description, as they are planned. */
export function stacksToPlan(zone: LandingZone, stacks: readonly StackDefinition[]): StackToPlan[] {
  const main = pulumiProgram();
  return stacks.map(({ name, account, region, environment }) => ({
    name,
    account: zone.organization.ids.accounts[account],
    region,
    environment,
    program: () => main(zone),
  }));
}
