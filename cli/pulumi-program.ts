import type { LandingZone } from "../stacks/description";

/** What the engine runs, as Pulumi.yaml says: stacks/. Loaded late, because the SDK takes its time. */
export const pulumiProgram = (): ((zone: LandingZone) => Promise<object>) =>
  require("../stacks") as typeof import("../stacks");
