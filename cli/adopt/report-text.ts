/** What `lz adopt` says: what was found, what stands in the way, what is to be filled in, and what comes next. */
import pc from "picocolors";
import { policyFlags } from "../project";
import { plainTable } from "../table";
import type { Adoption } from "./adoption";
import type { ToFillIn } from "./description-text";
import { providerUrn } from "./import-file";
import type { Obstacle } from "./obstacles";
import { stackName } from "./organization-stack";
import { plain } from "./typescript-text";

export interface ReportOptions {
  readonly obstacles: readonly Obstacle[];
  readonly toFillIn: readonly ToFillIn[];
  /** As one would write them in a shell: the files written, organization.ts first, and the import file among them. */
  readonly files: readonly string[];
  readonly importFile: string;
  /** They are not where lz reads the description. */
  readonly elsewhere: boolean;
}

export function reportText(
  adoption: Adoption,
  { obstacles, toFillIn, files, importFile, elsewhere }: ReportOptions,
): string {
  const ways = obstacles.filter(({ kind }) => kind === "mend");
  const others = obstacles.filter(({ kind }) => kind === "know");
  const sections = [
    foundTable(adoption),
    ...(ways.length === 0 ? [] : [`${pc.bold("Stands in the way")}\n\n${ways.map(obstacleText).join("\n")}`]),
    ...(others.length === 0 ? [] : [`${pc.bold("Good to know")}\n\n${others.map(obstacleText).join("\n")}`]),
    `${pc.bold("Written")}\n\n${files.map(file => `  ${file}`).join("\n")}`,
    `${pc.bold(`To fill in, in ${files[0]}`)}\n\n${indented(
      plainTable(
        ["Path", "What"],
        toFillIn.map(({ path, what }) => [path, what]),
      ),
    )}`,
    `${pc.bold("Next")}\n\n${nextSteps(adoption, { importFile, elsewhere, mend: ways.length > 0 })}`,
  ];
  return sections.join("\n\n");
}

function foundTable({ found, units, accounts, leftOut, controlTower }: Adoption): string {
  const states = new Map<string, number>();
  for (const { state } of found.accounts) states.set(state, (states.get(state) ?? 0) + 1);
  const types = [...new Set([...found.enabledPolicyTypes, ...found.policies.map(({ type }) => type)])].sort();
  const management = found.accounts.find(({ id }) => id === found.managementAccountId);
  return plainTable(
    ["Found", "Number", "Which"],
    [
      ["organization", 1, `${found.id}, ${found.allFeatures ? "all features" : "consolidated billing only"}`],
      ["management account", 1, `${plain(management?.name ?? "")} ${found.managementAccountId}`],
      ["units", found.units.length, some(units.flatMap(({ path, found: unit }) => (unit ? [path] : [])))],
      [
        "accounts",
        accounts.length + leftOut.length,
        [...states].map(([state, n]) => `${n} ${state}`).join(", "),
      ],
      ...types.map(type => {
        const ofType = found.policies.filter(policy => policy.type === type);
        const enabled = found.enabledPolicyTypes.includes(type) ? "" : "not enabled: ";
        return [type, ofType.length, `${enabled}${some(ofType.map(({ name }) => name))}`] as const;
      }),
      ["trusted services", found.trustedServices.length, some(found.trustedServices)],
      [
        "delegated administrators",
        found.delegations.length,
        some(
          found.delegations.map(
            ({ accountId, services }) =>
              `${accountId} for ${services.length === 1 ? "1 service" : `${services.length} services`}`,
          ),
        ),
      ],
      [
        "Control Tower",
        controlTower === undefined ? 0 : 1,
        controlTower === undefined ? "no" : `yes, up to ${controlTower.reservedPolicies} policies at a unit`,
      ],
      [
        "Identity Center",
        found.identityCenter === undefined ? 0 : 1,
        found.identityCenter?.instanceArn ?? `not in ${found.region}`,
      ],
    ],
  );
}

/** As many as one line holds. */
function some(names: readonly string[]): string {
  const plainNames = names.map(plain);
  let shown = 0;
  let length = 0;
  for (const name of plainNames) {
    length += name.length + 2;
    if (length > 72 && shown > 0) break;
    shown += 1;
  }
  const rest = plainNames.length - shown;
  return plainNames.slice(0, shown).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

function obstacleText({ what, which, todo, kind }: Obstacle): string {
  const mark = kind === "mend" ? pc.yellow("!") : pc.dim("-");
  return [
    `  ${mark} ${what}${which.length > 0 ? ":" : ""}`,
    ...which.map(each => `      ${plain(each)}`),
    `    ${pc.dim("→")} ${todo}`,
  ].join("\n");
}

const indented = (text: string): string => text.replace(/^/gm, "  ");

function nextSteps(
  adoption: Adoption,
  { importFile, elsewhere, mend }: { importFile: string; elsewhere: boolean; mend: boolean },
): string {
  const stack = `-s ${stackName}`;
  const steps: readonly (readonly [what: string, command?: string])[] = [
    ...(mend ? [["Mend what stands in the way."] as const] : []),
    ...(elsewhere
      ? [
          [
            "Move the files to stacks/landing-zone, where organization.ts imports from ../description.",
          ] as const,
        ]
      : []),
    [
      "Fill in the description; say in environments.ts which accounts dev, int and prod are, in products/ and",
    ],
    ["index.ts which products there are; give those accounts a domain and addresses."],
    ["Check it:", `npx lz plan ${stackName}`],
    ["Make the stack, with nothing in it but its way into the management account:"],
    ["", `pulumi stack init ${stackName}`],
    ["", `pulumi up ${stack} --target '${providerUrn(adoption)}'`],
    ["Take over what is there. This changes nothing in AWS:"],
    ["", `pulumi import --file ${importFile} ${stack} --protect --generate-code=false`],
    ["Look at what would change: nothing may be replaced or deleted."],
    ["", `pulumi preview ${stack} --diff ${policyFlags}`],
    ["Only then:", `pulumi up ${stack} ${policyFlags}`],
  ];
  return steps
    .flatMap(([what, command]) => [
      ...(what === "" ? [] : [`  ${what}`]),
      ...(command === undefined ? [] : [`    ${pc.cyan(command)}`]),
    ])
    .join("\n");
}
