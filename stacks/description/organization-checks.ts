/** What no single value of an organization shows: accounts without numbers, units that are not there, policies too long. */
import { accountStates } from "./account-states";
import { type Fault, missing, twice } from "./faults";
import type { PolicyStatement } from "./organization-types";
import { standardPermissionSets } from "./permission-sets";
import { environmentNames, type LandingZone } from "./types";

export const organizationChecks = [
  roleFaults,
  unitFaults,
  accountFaults,
  numberFaults,
  regionFaults,
  guardrailFaults,
  permissionSetFaults,
  assignmentFaults,
  detectionFaults,
];

function roleFaults({ organization }: LandingZone): Fault[] {
  const roles = Object.entries(organization.roles);
  return [
    ...roles.flatMap(([role, name]) =>
      missing(`organization.roles.${role}`, name, "account", Object.keys(organization.accounts)),
    ),
    ...twice(roles.map(([role, name]) => [`organization.roles.${role}`, name])),
    ...roles.flatMap(([role, name]) => {
      const state = organization.accounts[name]?.state;
      const inUse = state === "vended" || state === undefined || accountStates[state].stacks.length > 0;
      const born = role === "management" && state !== "live";
      if (inUse && !born) return [];
      return [
        {
          path: `organization.accounts.${name}.state`,
          value: state,
          problem: born
            ? "must be live: the management account is there before all others"
            : `can not be, because the account is organization.roles.${role}; give that role to another account first`,
        },
      ];
    }),
  ];
}

/** Source: AWS Organizations user guide, "Quotas and service limits": OU maximum nesting in a root, 5 levels. */
const deepestUnit = 5;

function unitFaults({ organization: { units, quarantine } }: LandingZone): Fault[] {
  return [
    ...twice(units.map((unit, index) => [`organization.units[${index}]`, unit])),
    ...missing("organization.quarantine", quarantine, "unit", units),
    ...units.flatMap((unit, index) => {
      const path = `organization.units[${index}]`;
      const depth = unit.split("/").length;
      const parent = unit.slice(0, Math.max(0, unit.lastIndexOf("/")));
      return [
        ...(depth > deepestUnit
          ? [
              {
                path,
                value: unit,
                problem: `is ${depth} levels deep; AWS Organizations allows ${deepestUnit}`,
              },
            ]
          : []),
        ...(parent !== "" && !units.includes(parent)
          ? [{ path, value: unit, problem: `has no parent; list "${parent}" too` }]
          : []),
        ...(unit.toLowerCase() === "root"
          ? [{ path, value: unit, problem: "is what the organization's root is called; choose another name" }]
          : []),
      ];
    }),
  ];
}

function accountFaults({ organization }: LandingZone): Fault[] {
  const accounts = Object.entries(organization.accounts);
  const field = (key: "email" | "domain") =>
    twice(
      accounts.map(
        ([name, account]) => [`organization.accounts.${name}.${key}`, account[key]?.toLowerCase()] as const,
      ),
    );
  return [
    ...accounts.flatMap(([name, account]) =>
      missing(`organization.accounts.${name}.unit`, account.unit, "unit", organization.units),
    ),
    ...accounts.flatMap(([name, account]) =>
      account.unit === organization.quarantine
        ? [
            {
              path: `organization.accounts.${name}.unit`,
              value: account.unit,
              problem:
                "is the quarantine, where an account's state puts it; say the unit it belongs to when it is in use",
            },
          ]
        : [],
    ),
    ...field("email"),
    ...field("domain"),
    ...accounts.flatMap(([name, { domain }]) =>
      domain === undefined || domain.endsWith(`.${organization.domain}`)
        ? []
        : [
            {
              path: `organization.accounts.${name}.domain`,
              value: domain,
              problem: `must be below organization.domain, for example ${name}.${organization.domain}`,
            },
          ],
    ),
  ];
}

/** An account whose number is known was vended; it does not go from the description before AWS has closed it. */
function numberFaults({ organization: { ids, accounts } }: LandingZone): Fault[] {
  return [
    ...twice(
      Object.entries(ids.accounts).map(([name, id]) => [`organization.ids.accounts.${name}`, id] as const),
    ),
    ...Object.entries(ids.accounts).flatMap(([name, id]) =>
      Object.hasOwn(accounts, name)
        ? []
        : [
            {
              path: `organization.accounts.${name}`,
              value: undefined,
              problem: `is gone, but account ${id} was vended and AWS still has it: describe it as \`suspended\`, close it, describe it as \`closed\`, and take its number out of ids.json; then it may go`,
            },
          ],
    ),
    ...Object.entries(accounts).flatMap(([name, { state }]) =>
      accountStates[state].numbered && !Object.hasOwn(ids.accounts, name)
        ? [
            {
              path: `organization.ids.accounts.${name}`,
              value: undefined,
              problem: `is needed, because the account is ${state}; an account that AWS has not numbered yet is \`vended\``,
            },
          ]
        : [],
    ),
  ];
}

function regionFaults({ organization, environments }: LandingZone): Fault[] {
  const needed = [
    ["us-east-1", "AWS keeps there what is global"],
    [organization.region, "it is organization.region"],
    ...environmentNames.map(name => [environments[name].region, `it is environments.${name}.region`]),
    ...(organization.people.region === undefined
      ? []
      : [[organization.people.region, "it is organization.people.region"]]),
  ] as const;
  const absent = new Map(
    needed.filter(([region]) => !(organization.regions as readonly string[]).includes(region as string)) as [
      string,
      string,
    ][],
  );
  return [
    ...twice(organization.regions.map((region, index) => [`organization.regions[${index}]`, region])),
    ...[...absent].map(([region, why]) => ({
      path: "organization.regions",
      value: organization.regions,
      problem: `must hold ${region}, because ${why}`,
    })),
  ];
}

/** A statement's length as AWS counts it: without white space. */
const lengthOf = (statements: readonly PolicyStatement[]): number =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements }).length;

function guardrailFaults({ organization: { guardrails, units } }: LandingZone): Fault[] {
  return Object.entries(guardrails.more ?? {}).flatMap(([name, own]) => {
    const at = `organization.guardrails.more.${name}`;
    return [
      ...own.units.flatMap((unit, index) =>
        unit === "root" ? [] : missing(`${at}.units[${index}]`, unit, "unit", units),
      ),
      ...own.statements.flatMap((statement, index) => [
        ...(statement.Effect === "Allow"
          ? [
              {
                path: `${at}.statements[${index}].Effect`,
                value: statement.Effect,
                problem: "must be Deny: what guardrails leave is allowed by AWS's own full-access policy",
              },
            ]
          : []),
        ...((statement.Principal === "*") === (own.type === "RESOURCE_CONTROL_POLICY")
          ? []
          : [
              {
                path: `${at}.statements[${index}].Principal`,
                value: statement.Principal,
                problem:
                  own.type === "RESOURCE_CONTROL_POLICY"
                    ? 'must be "*" in a resource control policy'
                    : "has no place in a service control policy",
              },
            ]),
      ]),
    ];
  });
}

/** Source: IAM Identity Center user guide, "Quotas": characters of an inline policy in a permission set. */
const longestInlinePolicy = 10_240;
/** Source: IAM Identity Center user guide, "Quotas": AWS and customer managed policies in a permission set. */
const mostManagedPolicies = 20;

function permissionSetFaults({ organization: { people } }: LandingZone): Fault[] {
  return Object.entries(people.permissionSets ?? {}).flatMap(([name, set]) => {
    const at = `organization.people.permissionSets.${name}`;
    const { managedPolicies = [], statements = [] } = set;
    const length = statements.length === 0 ? 0 : lengthOf(statements);
    const administrator = managedPolicies.includes("AdministratorAccess");
    return [
      ...(length > longestInlinePolicy
        ? [
            {
              path: `${at}.statements`,
              value: `${statements.length} statements`,
              problem: `make a policy of ${length.toLocaleString("en")} characters, ${(length - longestInlinePolicy).toLocaleString("en")} more than the ${longestInlinePolicy.toLocaleString("en")} that a permission set may hold`,
            },
          ]
        : []),
      ...(managedPolicies.length > mostManagedPolicies
        ? [
            {
              path: `${at}.managedPolicies`,
              value: managedPolicies,
              problem: `are ${managedPolicies.length}; a permission set may hold ${mostManagedPolicies}`,
            },
          ]
        : []),
      ...(managedPolicies.length + statements.length === 0
        ? [{ path: at, value: set, problem: "allows nothing; give it managedPolicies or statements" }]
        : []),
      ...(administrator !== (set.allowAdministrator !== undefined)
        ? [
            {
              path: `${at}.allowAdministrator`,
              value: set.allowAdministrator,
              problem: administrator
                ? "is needed with AdministratorAccess: say why, in at least 20 characters"
                : "has no effect without AdministratorAccess; leave it out",
            },
          ]
        : []),
      ...statements.flatMap((statement, index) =>
        statement.Principal === undefined
          ? []
          : [
              {
                path: `${at}.statements[${index}].Principal`,
                value: statement.Principal,
                problem: "has no place in a permission set",
              },
            ],
      ),
    ];
  });
}

function assignmentFaults({ organization }: LandingZone): Fault[] {
  const { people, units, accounts } = organization;
  const sets = Object.keys({ ...standardPermissionSets, ...people.permissionSets });
  return people.assignments.flatMap((assignment, index) => {
    const at = `organization.people.assignments[${index}]`;
    return [
      ...missing(`${at}.group`, assignment.group, "group", Object.keys(people.groups)),
      ...missing(`${at}.permissionSet`, assignment.permissionSet, "permission set", sets),
      ...(assignment.units ?? []).flatMap((unit, n) => missing(`${at}.units[${n}]`, unit, "unit", units)),
      ...(assignment.accounts ?? []).flatMap((account, n) =>
        missing(`${at}.accounts[${n}]`, account, "account", Object.keys(accounts)),
      ),
    ];
  });
}

function detectionFaults({ organization: { detection, accounts } }: LandingZone): Fault[] {
  const places = detection.olderAccounts.map(
    (name, index) => [`organization.detection.olderAccounts[${index}]`, name] as const,
  );
  return [
    ...places.flatMap(([path, name]) => missing(path, name, "account", Object.keys(accounts))),
    ...twice(places),
  ];
}
