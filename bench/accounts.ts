import { plainTable } from "../cli/table";
import type { MeasuredChanges } from "./measure-changes";
import { inOwnProcess } from "./own-process";

/** What a company of so many accounts costs to plan, and what a change of one line changes in it. */
export function accounts(counts: readonly number[]): string {
  const measured = counts.map(count => inOwnProcess<MeasuredChanges>("measure-changes.ts", [String(count)]));
  const whole = plainTable(
    ["Accounts", "Stacks", "Resources", "in organization", "Seconds to plan"],
    measured.map(({ accounts: count, stacks, resources, organization, planMs }) => [
      count,
      stacks,
      resources,
      organization,
      (planMs / 1000).toFixed(1),
    ]),
  );
  const changes = plainTable(
    ["Accounts", "Change of one line", "Stacks", "Resources", "Seconds to plan these stacks"],
    measured.flatMap(({ accounts: count, changes: each }) =>
      each.map(({ what, stacks, resources, ms }) => [
        count,
        what,
        stacks.join(", "),
        resources,
        (ms / 1000).toFixed(1),
      ]),
    ),
  );
  return `${whole}\n\n${changes}`;
}
