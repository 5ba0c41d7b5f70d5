/**
 * The stacks of a landing zone and their names: `organization`, `security`, `network`, `baseline-<account>`,
 * `<product>-persistent-<env>`, `<product>-service-<env>`, `delivery-<account>`.
 */
import {
  type AccountState,
  type EnvironmentName,
  environmentNames,
  hasStacks,
  type LandingZone,
  type Product,
} from "./description";

export type Layer =
  | "organization"
  | "security"
  | "network"
  | "baseline"
  | "persistent"
  | "service"
  | "delivery";

export interface StackDefinition {
  readonly name: string;
  readonly layer: Layer;
  /** The account it is mainly about. */
  readonly account: string;
  readonly region: string;
  /** Absent for the layers that all environments share. */
  readonly environment?: EnvironmentName;
  readonly product?: string;
  /** The stacks whose outputs it reads; they come first. */
  readonly dependsOn: readonly string[];
}

export class UnknownStackError extends Error {
  override readonly name = "UnknownStackError";
  constructor(
    readonly asked: string,
    readonly known: readonly string[],
  ) {
    super(
      `there is no stack or environment "${asked}"; there are:\n\n${known.map(name => `  ${name}`).join("\n")}`,
    );
  }
}

/** A stack that an account's state keeps from being run. */
export interface WaitingStack {
  readonly name: string;
  /** For example `the account dev is baselined`. */
  readonly because: string;
}

/** Every stack, each after those it depends on. */
export const stacksOf = (zone: LandingZone): StackDefinition[] => partitioned(zone).stacks;

/** The stacks there would be if all accounts were live. */
export const waitingStacksOf = (zone: LandingZone): WaitingStack[] => partitioned(zone).waiting;

/** A stack and the accounts that must be far enough in their lives for it. */
interface Candidate extends StackDefinition {
  readonly needs: readonly (readonly [account: string, kind: "baseline" | "delivery" | "product"])[];
}

function partitioned(zone: LandingZone): { stacks: StackDefinition[]; waiting: WaitingStack[] } {
  const stacks: StackDefinition[] = [];
  const waiting: WaitingStack[] = [];
  for (const { needs, ...stack } of candidates(zone)) {
    const unready = needs.find(([account, kind]) => !hasStacks(stateOf(zone, account), kind))?.[0];
    const unplanned = stack.dependsOn.find(name => !stacks.some(planned => planned.name === name));
    if (unready !== undefined)
      waiting.push({ name: stack.name, because: `the account ${unready} is ${stateOf(zone, unready)}` });
    else if (unplanned !== undefined) waiting.push({ name: stack.name, because: `${unplanned} waits` });
    else stacks.push(stack);
  }
  return { stacks, waiting };
}

function candidates(zone: LandingZone): Candidate[] {
  const { organization, environments } = zone;
  const { region, roles } = organization;
  const workloads = workloadAccounts(zone);
  const products = environmentNames.flatMap(environment =>
    zone.products.filter(livesIn(environment)).map(product => ({
      product: product.name,
      environment,
      account: accountOf(zone, product, environment),
      region: environments[environment].region,
    })),
  );
  return [
    {
      name: "organization",
      layer: "organization",
      account: roles.management,
      region,
      dependsOn: [],
      needs: [],
    },
    {
      name: "security",
      layer: "security",
      account: roles.logArchive,
      region,
      dependsOn: ["organization"],
      needs: [
        [roles.logArchive, "baseline"],
        [roles.audit, "baseline"],
      ],
    },
    {
      name: "network",
      layer: "network",
      account: roles.network,
      region,
      dependsOn: ["security"],
      needs: [[roles.network, "baseline"]],
    },
    ...workloads.map(
      (workload): Candidate => ({
        ...workload,
        name: `baseline-${workload.account}`,
        layer: "baseline",
        // An environment's own account has the zone of its services' names.
        dependsOn: [
          "network",
          ...(workload.account === environments[workload.environment].account
            ? []
            : [`baseline-${environments[workload.environment].account}`]),
        ],
        needs: [[workload.account, "baseline"]],
      }),
    ),
    ...otherAccounts(zone).map(
      (account): Candidate => ({
        account,
        region,
        name: `baseline-${account}`,
        layer: "baseline",
        dependsOn: ["security"],
        needs: [[account, "baseline"]],
      }),
    ),
    // Before the products, whose stacks take the role that pipelines deploy with.
    ...workloads.map(
      (workload): Candidate => ({
        ...workload,
        name: `delivery-${workload.account}`,
        layer: "delivery",
        dependsOn: [],
        needs: [[workload.account, "delivery"]],
      }),
    ),
    ...products.map(
      (place): Candidate => ({
        ...place,
        name: `${place.product}-persistent-${place.environment}`,
        layer: "persistent",
        dependsOn: [`baseline-${place.account}`],
        needs: [[place.account, "product"]],
      }),
    ),
    ...products.map(
      (place): Candidate => ({
        ...place,
        name: `${place.product}-service-${place.environment}`,
        layer: "service",
        dependsOn: [`${place.product}-persistent-${place.environment}`],
        needs: [[place.account, "product"]],
      }),
    ),
  ];
}

const stateOf = (zone: LandingZone, account: string): AccountState =>
  zone.organization.accounts[account]?.state ?? "closed";

/** @throws {UnknownStackError} which lists the stacks there are. */
export function stackNamed(zone: LandingZone, name: string): StackDefinition {
  const stacks = stacksOf(zone);
  const found = stacks.find(stack => stack.name === name);
  if (found === undefined)
    throw new UnknownStackError(
      name,
      stacks.map(stack => stack.name),
    );
  return found;
}

/** Where a product lives in an environment: in an account of its own, or in the environment's. */
export const accountOf = (zone: LandingZone, product: Product, environment: EnvironmentName): string =>
  product.accounts?.[environment] ?? zone.environments[environment].account;

const livesIn = (environment: EnvironmentName) => (product: Product) =>
  (product.environments ?? environmentNames).includes(environment);

/** Each environment's own account first, then those of its products. */
function workloadAccounts(
  zone: LandingZone,
): { account: string; region: string; environment: EnvironmentName }[] {
  return environmentNames.flatMap(environment => {
    const { account, region } = zone.environments[environment];
    const own = zone.products
      .filter(livesIn(environment))
      .map(product => accountOf(zone, product, environment));
    return [...new Set([account, ...own])].map(name => ({ account: name, region, environment }));
  });
}

/** The accounts of an environment that stacks are run in. */
export const workloadAccountsIn = (zone: LandingZone, environment: EnvironmentName): string[] =>
  workloadAccounts(zone)
    .filter(workload => workload.environment === environment)
    .map(({ account }) => account)
    .filter(account => hasStacks(stateOf(zone, account), "baseline"));

/** Accounts that are neither the platform's nor in an environment: sandboxes. They have a baseline without a network. */
function otherAccounts(zone: LandingZone): string[] {
  const known = new Set([
    ...Object.values<string>(zone.organization.roles),
    ...workloadAccounts(zone).map(({ account }) => account),
  ]);
  return Object.keys(zone.organization.accounts).filter(
    account => !known.has(account) && stateOf(zone, account) !== "closed",
  );
}
