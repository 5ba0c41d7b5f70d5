/** What policies have changed in resources, as a person reads it: what was, and what is instead. */
import pc from "picocolors";
import type { Plan, Remediation } from "./planner";

export function remediationTexts(plan: Plan): string[] {
  const told = plan.stacks.flatMap(({ name, remediations = [] }) =>
    remediations.flatMap(one => remediationLines(name, one)),
  );
  if (told.length === 0) return [];
  return [
    [pc.cyan(pc.bold("Changed by policies: deployed like this, not as the program says")), ...told].join(
      "\n",
    ),
  ];
}

function remediationLines(stack: string, { policy, urn, changes, problem }: Remediation): string[] {
  const [, , types = "", name = ""] = urn.split("::");
  return [
    `  ${pc.bold(policy)}  ${stack}  ${types.split("$").at(-1)} ${name}`,
    ...changes.flatMap(({ property, before, after }) => [
      ...(before === null ? [] : [`      - ${property}: ${JSON.stringify(before)}`]),
      ...(after === null ? [] : [`      + ${property}: ${JSON.stringify(after)}`]),
    ]),
    ...(problem ? [`      not changed: ${problem}`] : []),
  ];
}
