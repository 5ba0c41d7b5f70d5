/**
 * The stacks of a landing zone and their names: `organization`, `security`, `network`, `baseline-<account>`,
 * `<product>-persistent-<env>`, `<product>-service-<env>`, `delivery-<account>`.
 */
import { type EnvironmentName, environmentNames, type LandingZone, type Product } from "./description";

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

/** Every stack, each after those it depends on. */
export function stacksOf(zone: LandingZone): StackDefinition[] {
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
    { name: "organization", layer: "organization", account: roles.management, region, dependsOn: [] },
    { name: "security", layer: "security", account: roles.logArchive, region, dependsOn: [] },
    { name: "network", layer: "network", account: roles.network, region, dependsOn: ["organization"] },
    ...workloads.map(
      (workload): StackDefinition => ({
        ...workload,
        name: `baseline-${workload.account}`,
        layer: "baseline",
        dependsOn: ["network"],
      }),
    ),
    ...products.map(
      (place): StackDefinition => ({
        ...place,
        name: `${place.product}-persistent-${place.environment}`,
        layer: "persistent",
        dependsOn: [`baseline-${place.account}`],
      }),
    ),
    ...products.map(
      (place): StackDefinition => ({
        ...place,
        name: `${place.product}-service-${place.environment}`,
        layer: "service",
        dependsOn: [`${place.product}-persistent-${place.environment}`],
      }),
    ),
    ...workloads.map(
      (workload): StackDefinition => ({
        ...workload,
        name: `delivery-${workload.account}`,
        layer: "delivery",
        dependsOn: [],
      }),
    ),
  ];
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
