/** What no single word of pipelines shows: that two of them deploy the same. */
import type { Fault } from "./faults";
import { deploysTo } from "./pipelines";
import { environmentNames, type LandingZone } from "./types";

export const pipelineChecks = [twoDeployFaults];

/** Two that deploy the same know nothing of each other: the second finds stacks locked, or takes back what it has not. */
function twoDeployFaults({ organization: { pipelines } }: LandingZone): Fault[] {
  return pipelines.flatMap((later, index) =>
    pipelines.slice(0, index).flatMap((earlier, before): Fault[] => {
      const both = environmentNames.filter(name => deploysTo(earlier, name) && deploysTo(later, name));
      if (both.length === 0) return [];
      const others = environmentNames.filter(name => deploysTo(later, name) && !both.includes(name));
      return [
        {
          path: `organization.pipelines[${index}].deploys`,
          value: later.deploys,
          problem: `would deploy ${both.join(", ")} as organization.pipelines[${before}], ${earlier.platform}(), does; one only may: say deploys: ${JSON.stringify(others)}${others.length === 0 ? ", with which it only looks" : ""}, or leave these out there`,
        },
      ];
    }),
  );
}
