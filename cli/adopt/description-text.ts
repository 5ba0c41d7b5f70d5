/** Writes organization.ts: all that is known, and an empty place for all that is not. */
import { relative } from "node:path";
import { policyTypes, trustedServices } from "../../components/organization/enabled-features";
import type { Adoption, RoleName } from "./adoption";
import { beyond } from "./obstacles";
import { type Field, type Fields, field, plain, short, type Written, written } from "./typescript-text";

export interface DescriptionText {
  readonly text: string;
  /** What nobody but the company knows. Until it is filled in, `lz plan` refuses each with its path. */
  readonly toFillIn: readonly ToFillIn[];
}

export interface ToFillIn {
  /** For example `organization.domain`. */
  readonly path: string;
  readonly what: string;
}

/**
 * @param folder where it will be.
 * @param language the folder of the description's language.
 */
export function descriptionText(
  adoption: Adoption,
  { folder, language }: { folder: string; language: string },
): DescriptionText {
  const { found, units, quarantine, accounts, roles, accessRole, controlTower } = adoption;
  const toFillIn: ToFillIn[] = [];
  /** An empty place, which says so itself. */
  const open = (path: string, empty: Written, what: string, above?: string): Field => {
    toFillIn.push({ path: `organization.${path}`, what });
    return field(path.split(".").at(-1) ?? path, empty, {
      behind: `to fill in: ${what}`,
      ...(above === undefined ? {} : { above }),
    });
  };

  const contact = (kind: string, who: string): Field => {
    toFillIn.push({ path: `organization.contacts.${kind}`, what: `${who}: name, title, email, phone` });
    return field(kind, short({ name: "", title: "", email: "", phone: "" }), {
      above: `to fill in: ${who}`,
    });
  };
  const { identityCenter } = found;
  const fields: Field[] = [
    { key: "ids" },
    open("domain", "", "the company's public domain, for example example.com"),
    field("region", found.region),
    open("regions", [], `the regions in use, ${found.region} and us-east-1 among them; others are denied`),
    open("team", "", "who runs the landing zone, for example platform"),
    open("costCentre", "", "who pays for it, for example cc-1000"),
    field(
      "units",
      units.map(({ path }) => path),
    ),
    field(
      "quarantine",
      quarantine.path,
      quarantine.found === undefined ? { behind: "is not there yet: the organization stack makes it" } : {},
    ),
    field("roles", rolesText(adoption, toFillIn)),
    field("accessRole", accessRole, { behind: "must be in every account but the management account" }),
    field("pipelines", [], {
      behind: "gitlab(...), github(...) or codePipeline(...), when pipelines are to deploy",
    }),
    field("accounts", accountsText(adoption, toFillIn)),
    ...alsoEnabled(found),
    field("contacts", {
      fields: [
        contact("billing", "whom AWS writes to about invoices"),
        contact("operations", "whom AWS writes to about operations"),
        contact("security", "whom AWS writes to about security"),
      ],
    }),
    field("guardrails", {
      fields: [
        open("guardrails.instanceFamilies", [], "the EC2 instance families in use, for example t4g"),
        ...(controlTower === undefined
          ? []
          : [field("controlTower", short({ reservedPolicies: controlTower.reservedPolicies }))]),
      ],
    }),
    field("people", {
      fields: [
        ...(identityCenter === undefined
          ? [
              open(
                "people.instanceArn",
                "",
                "Identity Center's, when it is switched on: its Settings show it",
              ),
              open("people.identityStoreId", "", "the identity store's, beside it"),
            ]
          : [
              field("instanceArn", identityCenter.instanceArn),
              field("identityStoreId", identityCenter.identityStoreId),
              ...(identityCenter.region === found.region ? [] : [field("region", identityCenter.region)]),
            ]),
        field("groups", { fields: [] }, { above: "What Identity Center has besides stays as it is." }),
        field("assignments", []),
      ],
    }),
    field("detection", {
      fields: [
        // Unlike those to come, they are made members by name; the audit account is their administrator.
        field(
          "olderAccounts",
          accounts.filter(account => account !== roles.audit).map(({ name }) => name),
        ),
        open("detection.notify", [], "who hears of findings, by e-mail"),
      ],
    }),
    field("costs", {
      fields: [
        open("costs.monthlyBudget", 0, "US dollars a month for an account that says nothing else"),
        open("costs.productBudget", 0, "the same for a product"),
        open("costs.notify", [], "who hears of budgets and anomalies, by e-mail"),
      ],
    }),
  ];
  const head = `import { organization } from "${moduleText(folder, language)}";
import ids from "./ids.json";

/**
 * The organization ${found.id}, as \`lz adopt\` found it. What it could not know is empty and marked "to fill in";
 * \`npx lz plan\` refuses it until then.
 */
`;
  return { text: `${head}export default organization(${written({ fields }, "", 0)});\n`, toFillIn };
}

/** The organization's stack switches off what it does not know, unless it is named. */
function alsoEnabled({ trustedServices: trusted, enabledPolicyTypes }: Adoption["found"]): Field[] {
  const kept = [
    ["trustedServices", beyond(trusted, trustedServices)],
    ["policyTypes", beyond(enabledPolicyTypes, policyTypes)],
  ] as const;
  const fields = kept.flatMap(([key, which]) => (which.length === 0 ? [] : [field(key, which)]));
  return fields.length === 0 ? [] : [field("alsoEnabled", { fields })];
}

function moduleText(folder: string, language: string): string {
  const path = relative(folder, language).replaceAll("\\", "/");
  return path.startsWith(".") ? path : `./${path}`;
}

const roleWords: Readonly<Record<RoleName, string>> = {
  management: "the management account",
  logArchive: "keeps the logs of all accounts",
  audit: "watches all accounts: GuardDuty, Security Hub, Config",
  network: "has the transit gateway and the domain",
};

function rolesText({ roles }: Adoption, toFillIn: ToFillIn[]): Fields {
  const fields = (Object.keys(roleWords) as RoleName[]).map(role => {
    const account = roles[role];
    if (account !== undefined) return field(role, account.name);
    const what = `the account that ${roleWords[role]}; describe a new one as vended`;
    toFillIn.push({ path: `organization.roles.${role}`, what });
    return field(role, "", { behind: `to fill in: ${what}` });
  });
  return { fields, short: fields.every(({ behind }) => behind === undefined) };
}

function accountsText({ accounts, found }: Adoption, toFillIn: ToFillIn[]): Fields {
  return {
    fields: accounts.map(({ name, found: account, state, unit, place }) => {
      const comments = name === account.name ? [] : [`"${plain(account.name)}" in AWS.`];
      if (place !== "unit") {
        const what =
          place === "quarantine"
            ? "the unit it belongs to when it is in use; until then it stays in the quarantine"
            : account.id === found.managementAccountId
              ? "the unit it counts to; it stays directly below the root"
              : "the unit it moves to; it is directly below the root";
        toFillIn.push({ path: `organization.accounts.${name}.unit`, what });
        comments.push(`To fill in: ${what}.`);
      }
      return field(
        name,
        short({ state, email: account.email, unit }),
        comments.length > 0 ? { above: comments.join(" ") } : {},
      );
    }),
  };
}
