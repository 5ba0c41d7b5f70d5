import { plainTable } from "../cli/table";
import type { Measured } from "./measure-size";
import { inOwnProcess } from "./own-process";

/** What a plan costs at so many resources, with and without policies. */
export function sizes(counts: readonly number[]): string {
  const rows = counts.flatMap(size =>
    ["without", "with"].map(policies => {
      const measured = inOwnProcess<Measured>("measure-size.ts", [String(size), policies]);
      const { resources, stacks, megabytes, planMs, seconds } = measured;
      return [
        resources,
        stacks,
        policies,
        seconds.toFixed(1),
        (planMs / 1000).toFixed(1),
        (planMs / resources).toFixed(2),
        Math.round(megabytes),
      ];
    }),
  );
  return plainTable(
    ["Resources", "Stacks", "Policies", "Seconds", "of them planning", "ms a resource", "MB at most"],
    rows,
  );
}
