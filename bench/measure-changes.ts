/** One measurement: plans a company of so many accounts, and what changes of one line change in the plan. */
import { type Plan, type PlannedResource, planStacks } from "../cli/planner";
import { policyPack, projectName, projectRoot } from "../cli/project";
import { pulumiProgram } from "../cli/pulumi-program";
import { checked, type LandingZone, type Organization } from "../stacks/description";
import { stacksOf } from "../stacks/names";
import { companyOf } from "./company";

export interface MeasuredChanges {
  readonly accounts: number;
  readonly stacks: number;
  readonly resources: number;
  /** Resources of the stack that knows every account. */
  readonly organization: number;
  readonly planMs: number;
  readonly changes: readonly {
    readonly what: string;
    readonly stacks: readonly string[];
    readonly resources: number;
    /** To plan these stacks, and those they read, with policies. */
    readonly ms: number;
  }[];
}

const isCloud = ({ custom, type }: PlannedResource) => custom && !type.startsWith("pulumi:");

function planOf(zone: LandingZone, only?: ReadonlySet<string>): Promise<Plan> {
  const main = pulumiProgram();
  const all = stacksOf(checked(zone));
  const needed = new Set<string>();
  const need = (name: string): void => {
    needed.add(name);
    for (const upstream of all.find(stack => stack.name === name)?.dependsOn ?? []) need(upstream);
  };
  for (const { name } of all) if (only === undefined || only.has(name)) need(name);
  const stacks = all
    .filter(({ name }) => needed.has(name))
    .map(({ name }) => ({ name, program: () => main(zone) }));
  return planStacks(stacks, { project: projectName, root: projectRoot, policyPack });
}

const contents = (plan: Plan) =>
  new Map(
    plan.stacks.flatMap(({ name, resources }) =>
      resources
        .filter(isCloud)
        .map(({ urn, inputs, propertyDependencies }) => [
          urn,
          { stack: name, text: JSON.stringify([inputs, propertyDependencies]) },
        ]),
    ),
  );

const changesOf = ({ organization }: LandingZone): [string, Partial<Organization>][] => {
  const { people, guardrails, accounts } = organization;
  return [
    [
      "a permission set",
      {
        people: {
          ...people,
          permissionSets: {
            support: { description: "Opens cases", sessionHours: 8, managedPolicies: ["AWSSupportAccess"] },
          },
        },
      },
    ],
    [
      "its assignment to a unit",
      {
        people: {
          ...people,
          assignments: [
            ...people.assignments,
            { group: "developers", permissionSet: "billing", units: ["Workloads/dev"] },
          ],
        },
      },
    ],
    [
      "a guardrail",
      {
        guardrails: {
          ...guardrails,
          more: {
            ...guardrails.more,
            "no-games": {
              why: "Nobody here makes games, and servers for them are dear",
              type: "SERVICE_CONTROL_POLICY",
              units: ["root"],
              statements: [{ Effect: "Deny", Action: "gamelift:*", Resource: "*" }],
            },
          },
        },
      },
    ],
    [
      "an account",
      {
        accounts: {
          ...accounts,
          parcels: { state: "vended", email: "aws+parcels@example.com", unit: "Sandbox" },
        },
      },
    ],
  ];
};

async function measure(count: number): Promise<MeasuredChanges> {
  const zone = companyOf(count);
  const plan = await planOf(zone);
  const before = contents(plan);
  const changes: MeasuredChanges["changes"][number][] = [];
  for (const [what, more] of changesOf(zone)) {
    const changedZone = { ...zone, organization: { ...zone.organization, ...more } };
    const after = contents(await planOf(changedZone));
    const touched = [...after].filter(([urn, { text }]) => before.get(urn)?.text !== text);
    const gone = [...before].filter(([urn]) => !after.has(urn));
    const stacks = new Set([...touched, ...gone].map(([, { stack }]) => stack));
    const { ms } = await planOf(changedZone, stacks);
    changes.push({ what, stacks: [...stacks], resources: touched.length + gone.length, ms });
  }
  const cloud = plan.stacks.map(({ name, resources }) => ({ name, count: resources.filter(isCloud).length }));
  return {
    accounts: Object.keys(zone.organization.ids.accounts).length,
    stacks: plan.stacks.length,
    resources: cloud.reduce((sum, stack) => sum + stack.count, 0),
    organization: cloud.find(({ name }) => name === "organization")?.count ?? 0,
    planMs: plan.ms,
    changes,
  };
}

measure(Number(process.argv[2])).then(measured => console.log(JSON.stringify(measured)));
