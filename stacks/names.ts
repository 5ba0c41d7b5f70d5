/**
 * The stacks of a landing zone and their names: `organization`, `security`, `network`, `baseline-<account>`,
 * `<product>-persistent-<env>`, `<product>-service-<env>`, `delivery-<account>`.
 */
import {
  codePipelines,
  type EnvironmentName,
  environmentNames,
  hasStacks,
  type LandingZone,
  overNetwork,
  type Product,
} from "./description";
import { linksIn } from "./description/calls";
import { ownerOf } from "./description/kept";
import { deploysTo } from "./description/pipelines";
import { accountOf, livesIn, stateOf } from "./description/product-places";
import { workloadsOf } from "./description/workloads";

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

interface Partitioned {
  readonly stacks: StackDefinition[];
  readonly waiting: WaitingStack[];
}

function partitioned(zone: LandingZone): Partitioned {
  const stacks: StackDefinition[] = [];
  const waiting: WaitingStack[] = [];
  const planned = new Set<string>();
  for (const { needs, ...stack } of candidates(zone)) {
    const unready = needs.find(([account, kind]) => !hasStacks(stateOf(zone, account), kind))?.[0];
    const unplanned = stack.dependsOn.find(name => !planned.has(name));
    if (unready !== undefined)
      waiting.push({ name: stack.name, because: `the account ${unready} is ${stateOf(zone, unready)}` });
    else if (unplanned !== undefined) waiting.push({ name: stack.name, because: `${unplanned} waits` });
    else {
      stacks.push(stack);
      planned.add(stack.name);
    }
  }
  return { stacks, waiting };
}

function candidates(zone: LandingZone): Candidate[] {
  const { organization, environments } = zone;
  const { region, roles } = organization;
  const workloads = workloadAccounts(zone);
  const products = environmentNames.flatMap(environment => {
    const linked = providersByConsumer(zone, environment);
    return lendersFirst(zone.products.filter(product => livesIn(product, environment))).map(product => {
      const { name, loadBalancerOf: lender } = product;
      const account = accountOf(zone, product, environment);
      const persistent = (its: string) => `${its}-persistent-${environment}`;
      return {
        place: { product: name, environment, account, region: environments[environment].region },
        persistent: {
          name: persistent(name),
          dependsOn: [`baseline-${account}`, ...(lender === undefined ? [] : [persistent(lender)])],
        },
        service: {
          name: `${name}-service-${environment}`,
          dependsOn: [...new Set([name, ...calledOver(zone, product), ...(linked.get(product) ?? [])])].map(
            persistent,
          ),
        },
      };
    });
  });
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
        dependsOn: ["network", ...hostOf(zone, workload).map(host => `baseline-${host}`)],
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
        // A runner is joined to the hub, and writes, as a pipeline does, to what the account's baseline makes.
        dependsOn: [
          ...(hasRunner(zone, workload) ? ["network"] : []),
          ...(hasRunner(zone, workload) || hasPipeline(zone, workload)
            ? [`baseline-${workload.account}`]
            : []),
        ],
        needs: [[workload.account, "delivery"]],
      }),
    ),
    ...products.map(
      ({ place, persistent }): Candidate => ({
        ...place,
        ...persistent,
        layer: "persistent",
        needs: [[place.account, "product"]],
      }),
    ),
    ...products.map(
      ({ place, service }): Candidate => ({
        ...place,
        ...service,
        layer: "service",
        needs: [[place.account, "product"]],
      }),
    ),
  ];
}

/** A runner is in its environment's own account. */
export const hasRunner = (
  { environments }: LandingZone,
  { environment, account }: { readonly environment?: EnvironmentName; readonly account: string },
): boolean =>
  environment !== undefined &&
  environments[environment].runner !== undefined &&
  environments[environment].account === account;

/** A pipeline in AWS is in the environment's own account. */
const hasPipeline = ({ organization, environments }: LandingZone, { account, environment }: Workload) => {
  const described = codePipelines(organization.pipelines);
  return (
    described !== undefined &&
    deploysTo(described, environment) &&
    environments[environment].account === account
  );
};

/** Who uses another's load balancer comes after it. */
const lendersFirst = (products: readonly Product[]): Product[] => [
  ...products.filter(({ loadBalancerOf }) => loadBalancerOf === undefined),
  ...products.filter(({ loadBalancerOf }) => loadBalancerOf !== undefined),
];

/** The products of other accounts that a product calls by PrivateLink in an environment. */
function providersByConsumer(zone: LandingZone, environment: EnvironmentName): Map<Product, string[]> {
  const providers = new Map<Product, string[]>();
  for (const { consumer, provider } of linksIn(zone, environment))
    providers.set(consumer, [...(providers.get(consumer) ?? []), provider.name]);
  return providers;
}

/** Other products whose data this one calls over the network, whose groups therefore get a rule. */
function calledOver(zone: LandingZone, product: Product): string[] {
  const called = workloadsOf(product)
    .flatMap(({ words: { uses = [] } }) => uses)
    .filter(({ resource }) => overNetwork(resource));
  if (called.length === 0) return [];
  const owners = new Set(called.map(({ resource }) => ownerOf(zone, resource)));
  return zone.products.filter(other => other !== product && owners.has(other)).map(({ name }) => name);
}

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

interface Workload {
  readonly account: string;
  readonly region: string;
  readonly environment: EnvironmentName;
}

/** The account whose baseline an account's builds on: none for the environment's own. */
function hostOf(zone: LandingZone, { account, environment }: Workload): string[] {
  // The environment's own account has the zone of its services' names.
  const host = zone.organization.accounts[account]?.subnetsOf ?? zone.environments[environment].account;
  return host === account ? [] : [host];
}

/** Each environment's own account first, then those of its products, and last those that live in others' subnets. */
function workloadAccounts(zone: LandingZone): Workload[] {
  const hasVpc = (account: string) => zone.organization.accounts[account]?.subnetsOf === undefined;
  return environmentNames.flatMap(environment => {
    const { account, region } = zone.environments[environment];
    const own = zone.products
      .filter(product => livesIn(product, environment))
      .map(product => accountOf(zone, product, environment));
    const all = [...new Set([account, ...own])];
    return [...all.filter(hasVpc), ...all.filter(name => !hasVpc(name))].map(name => ({
      account: name,
      region,
      environment,
    }));
  });
}

/** The accounts of an environment that stacks are run in. */
export const workloadAccountsIn = (zone: LandingZone, environment: EnvironmentName): string[] =>
  workloadAccounts(zone)
    .filter(workload => workload.environment === environment)
    .map(({ account }) => account)
    .filter(account => hasStacks(stateOf(zone, account), "baseline"));

/** Those of them that have a VPC of their own. */
export const vpcAccountsIn = (zone: LandingZone, environment: EnvironmentName): string[] =>
  workloadAccountsIn(zone, environment).filter(
    account => zone.organization.accounts[account]?.subnetsOf === undefined,
  );

/** Those of them that live in the subnets of one. */
export const participantsOf = (zone: LandingZone, environment: EnvironmentName, owner: string): string[] =>
  workloadAccountsIn(zone, environment).filter(
    account => zone.organization.accounts[account]?.subnetsOf === owner,
  );

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
