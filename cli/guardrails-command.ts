import type { Command } from "commander";
import { guardrailPolicies } from "../stacks/guardrails";
import { UsageError } from "./failures";
import { explain } from "./guardrails/explain";
import { explanationText, guardrailsText } from "./guardrails/texts";
import { toJson } from "./planner/json";
import { loadDescription } from "./project";

export function guardrailsCommand(options: { json?: boolean }): void {
  const policies = guardrailPolicies(loadDescription());
  console.log(options.json === true ? toJson(policies).trimEnd() : guardrailsText(policies));
}

export async function explainCommand(
  account: string,
  action: string,
  resource: string | undefined,
  options: { as?: string; region?: string; with?: readonly string[] },
  command: Command,
): Promise<void> {
  // The option is one of the command above, too, which takes it wherever it stands.
  const { json } = command.optsWithGlobals<{ json?: boolean }>();
  const zone = loadDescription();
  const explanation = await explain(zone, guardrailPolicies(zone), {
    account,
    action,
    ...(resource === undefined ? {} : { resource }),
    ...(options.as === undefined ? {} : { as: options.as }),
    ...(options.region === undefined ? {} : { region: options.region }),
    context: Object.fromEntries((options.with ?? []).map(keyAndValue)),
  });
  console.log(json === true ? toJson(explanation).trimEnd() : explanationText(explanation));
}

function keyAndValue(text: string): [string, string] {
  const [, key, value] = /^([^=]+)=(.*)$/.exec(text) ?? [];
  if (key === undefined || value === undefined)
    throw new UsageError(`"${text}" is no condition key and value; write --with ec2:InstanceType=t4g.small`);
  return [key, value];
}
