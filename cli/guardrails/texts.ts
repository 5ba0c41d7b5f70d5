/** Guardrails as a person reads them. */
import pc from "picocolors";
import type { PackedPolicy } from "../../stacks/guardrails";
import { plainTable } from "../table";
import type { Explanation, Reason } from "./explain";

const kind = {
  SERVICE_CONTROL_POLICY: "service control",
  RESOURCE_CONTROL_POLICY: "resource control",
} as const;

/** What was packed where, and how full each policy is. */
export const packingText = (policies: readonly PackedPolicy[]): string =>
  plainTable(
    ["Guardrail policy", "Holds for", "Kind", "Statements", "Characters", "of"],
    policies.map(({ name, node, type, statements, characters, limit }) => [
      name,
      node,
      kind[type],
      statements.length,
      characters,
      limit,
    ]),
  );

/** The same with every statement by name. */
export const guardrailsText = (policies: readonly PackedPolicy[]): string =>
  policies
    .map(({ name, node, type, statements, characters, limit }) =>
      [
        `${pc.bold(name)}  ${pc.dim(`${kind[type]} policy for ${node}`)}  ${characters.toLocaleString("en")} of ${limit.toLocaleString("en")} characters`,
        ...statements.map(({ Sid }) => `  ${Sid}`),
      ].join("\n"),
    )
    .join("\n\n");

export function explanationText(explanation: Explanation): string {
  const { outcome, action, principal, account, region, reasons, isManagementAccount } = explanation;
  const paint = { denied: pc.red, "may be denied": pc.yellow, "not denied": pc.green }[outcome];
  return [
    `${paint(pc.bold(outcome))}  ${action} in ${account}, ${region}, as ${principal}`,
    ...reasons.map(reasonText),
    ...(isManagementAccount ? ["  Guardrails do not hold in the management account."] : []),
    ...(outcome === "not denied" && !isManagementAccount
      ? ["  No guardrail stands in the way. Whether it is allowed is for the role's own policies to say."]
      : []),
  ].join("\n");
}

function reasonText({ statement, policy, node, type, resourceTypes, dependsOn }: Reason): string {
  const what = resourceTypes.length === 0 ? "" : ` on ${resourceTypes.join(", ")}`;
  const when = dependsOn.length === 0 ? "" : `, depending on ${dependsOn.join(", ")}`;
  return `  ${pc.bold(statement)}${what}${when}  ${pc.dim(`${kind[type]} policy ${policy}, attached to ${node}`)}`;
}
