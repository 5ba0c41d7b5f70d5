import pc from "picocolors";
import { plainTable } from "../table";
import type { RestorePlan } from "./plan";
import type { Place } from "./request";

const placeText = ({ environment, account, accountId, region }: Place): string =>
  `${environment} (${account} ${accountId}, ${region})`;

/** The plan for a person: what comes back, what that needs, and the steps. */
export function planText({ request, things, steps, copyDays, afterwards }: RestorePlan): string {
  const { product, from, to, mask, withoutMasking } = request;
  const restored = things.filter(thing => thing.restored);
  const left = things.filter(thing => !thing.restored);
  return [
    `${pc.bold(product.name)} from ${placeText(from)} into ${placeText(to)}: REPLACES what ${to.environment} has`,
    mask !== undefined
      ? `masked by the job ${mask}`
      : `not masked${withoutMasking === undefined ? `, being ${product.dataClass} data` : `: ${withoutMasking}`}`,
    "",
    plainTable(
      ["What", "Kind", "From", "To", "How", "Needs"],
      restored.map(({ what, kind, from, to, how, needs }) => [
        what,
        kind,
        from ?? "",
        to ?? "",
        how,
        needs.join("; "),
      ]),
    ),
    ...(left.length === 0
      ? []
      : [
          "",
          plainTable(
            ["Not restored", "Kind", "Why"],
            left.map(({ what, kind, how }) => [what, kind, how]),
          ),
        ]),
    "",
    ...steps.flatMap(({ title, calls }, index) => [
      `${String(index + 1).padStart(3)}. ${title}`,
      ...callText(from.profile, calls.from),
      ...callText(to.profile, calls.to),
    ]),
    "",
    `The copies in the vault of ${to.account} are deleted by AWS Backup after ${copyDays === 1 ? "a day" : `${copyDays} days`}.`,
    "Afterwards:",
    ...afterwards.map(line => `  ${line}`),
    "Profiles of the AWS CLI:",
    ...[from, to].map(({ profile, roleArn }) => `  ${profile} takes ${roleArn}`),
  ].join("\n");
}

const callText = (profile: string, calls: readonly string[]): string[] =>
  calls.length === 0 ? [] : [pc.dim(`       ${profile}: ${calls.join(", ")}`)];
