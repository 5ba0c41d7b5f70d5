/** What pipelines run, on whichever platform. */
import { quoted } from "../restore/step";
import type { Restored, Scope, Setting } from "./setting";

/** Node.js that deploys, of which the exact version is the same from merge to production. */
export const node = "22.20.0";
/** Those that package.json says the project runs on. */
export const nodes = ["20", "22", "24"];

export const install = "npm ci --cache .npm --prefer-offline";

/** Everything that merge requests show; the offline plan also refuses policies/config.json where it is out of date. */
export const plan =
  "npm start --silent -- --json plan.json --markdown comment.md --sarif policies.sarif --junit policies.xml --evidence evidence.csv";
export const planFiles = ["plan.json", "comment.md", "policies.sarif", "policies.xml", "evidence.csv"];

export const generated = "npx lz ci --check";

/** What takes a role: see take-role.sh, which knows how the platform proves who runs. */
export const folderOf = ({ platform }: Pick<Setting, "platform">): string => `.${platform}`;
export const takeRole = (setting: Setting): string => `. ${folderOf(setting)}/take-role.sh`;

type Deploys = NonNullable<Setting["deploys"]>;

export const preview = ({ roles }: Deploys, stacks: string): string[] => [
  `take ${roles.plan}`,
  `npx lz preview ${stacks} --read-only --markdown preview.md`,
];

/** Brings an environment up; prod after what all environments share. */
export function up(deploys: Deploys, environment: Exclude<Scope, "shared">): string[] {
  const { roles } = deploys;
  if (environment === "prod")
    return [
      ...(deploys.shared ? [`take ${roles.shared}`, "npx lz up shared --yes"] : []),
      `take ${roles.prod}`,
      "npx lz up prod --yes --confirm prod",
    ];
  if (environment === "dev") return [`take ${roles.dev}`, "npx lz up dev --yes"];
  return [
    `take ${roles.int}`,
    // Nobody but pipelines changes int: what somebody has changed by hand is put right before it is tested.
    "npx lz refresh int --yes",
    ...restore(deploys.restored),
    "npx lz up int --yes",
  ];
}

/** For int's own data. The scripts take roles in both environments' accounts, and those no pipeline has of itself. */
function restore(restored: readonly Restored[]): string[] {
  if (restored.length === 0) return [];
  return [
    ...restored.map(({ product, from, to, mask, withoutMasking }) =>
      [
        `npx lz restore ${product} --from ${from} --to ${to}`,
        ...(mask === undefined ? [] : [`--mask ${mask}`]),
        ...(withoutMasking === undefined ? [] : [`--without-masking ${quoted(withoutMasking)}`]),
        `--script restore-${product}.sh`,
      ].join(" "),
    ),
    [
      'if [ -n "$RESTORE_AWS_CONFIG" ]; then',
      ...restored.map(({ product }) => `  AWS_CONFIG_FILE="$RESTORE_AWS_CONFIG" ./restore-${product}.sh`),
      "else",
      '  echo "RESTORE_AWS_CONFIG is not set: run the scripts restore-*.sh by hand; see docs/pipelines.md"',
      "fi",
    ].join("\n"),
  ];
}

/** Tries what has been deployed to int, by each product's own job. */
export const tests = ({ stops }: Deploys, testRoleOf: (stop: Deploys["stops"][number]) => string): string[] =>
  stops
    .filter(({ environment, test }) => environment === "int" && test !== undefined)
    .flatMap(stop => [
      `take ${testRoleOf(stop)}`,
      `npx lz run ${stop.product} ${stop.test} --env int --wait`,
    ]);

/** Seconds for which a role is taken where its token is exchanged once, and minutes for which the job goes on. */
export const drillTime = { seconds: 14_400, minutes: 240 } as const;

/** Tries what has been deployed to int on prod's data, restored beside int's own: a job a product. */
export const drilled = ({ stops }: Deploys): Deploys["stops"] =>
  stops.filter(({ environment, drill }) => environment === "int" && drill);

/** With the product and the role in variables, because each has an account and a job of its own. */
export const drill = [`take "$ROLE" ${drillTime.seconds}`, 'npx lz restore "$DRILLED" --drill --run --wait'];

/** Looks for what has been changed by hand in one scope; 1 says that something has. */
export const drift = ({ roles }: Deploys): string[] => [
  `take ${roles.plan}`,
  [
    "status=0",
    'npx lz refresh "$SCOPE" --check --read-only --markdown drift.md || status=$?',
    'case "$status" in',
    '  0) npx lz comment --issue "Drift in $SCOPE" --marker "drift-$SCOPE" --close --optional ;;',
    '  1) npx lz comment drift.md --issue "Drift in $SCOPE" --marker "drift-$SCOPE" --optional ;;',
    "esac",
    'exit "$status"',
  ].join("\n"),
];
