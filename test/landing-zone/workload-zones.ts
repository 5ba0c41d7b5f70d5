/** Landing zones of products made for a test, in the example's organization, and what is planned of their workloads. */
import assert from "node:assert/strict";
import type { Plan, PlannedResource } from "../../cli/planner";
import { checked, type EnvironmentName, type LandingZone, type Product } from "../../stacks/description";
import example from "../../stacks/landing-zone";
import { planOfStacks } from "./plan-of";

/** A product that lives in dev alone. */
export const productInDev = (name: string, words: Partial<Product>): Product => ({
  name,
  team: "checkout",
  costCentre: "cc-2001",
  dataClass: "internal",
  environments: ["dev"],
  ...words,
});

/** @throws {DescriptionError} as loading the description does. */
export const zoneOf = (...products: readonly Product[]): LandingZone => checked({ ...example, products });

/** The stacks of all products of it, and what these read from. */
export const planOfProducts = (
  zone: LandingZone,
  judged: "judged" | "unjudged" = "judged",
  environments: readonly EnvironmentName[] = ["dev"],
): Promise<Plan> =>
  planOfStacks(
    zone,
    zone.products.flatMap(({ name }) => environments.map(environment => `${name}-service-${environment}`)),
    judged,
  );

export const stackOf = (plan: Plan, name: string): readonly PlannedResource[] => {
  const stack = plan.stacks.find(its => its.name === name);
  assert.ok(stack, `no stack ${name} is planned`);
  return stack.resources;
};

/** What AWS has of it: no components, no providers. */
export const cloud = (resources: readonly PlannedResource[]): readonly PlannedResource[] =>
  resources.filter(({ custom, type }) => custom && type.startsWith("aws:"));

export const shortType = (type: string): string => type.split(":").at(-1) ?? type;

/** A workload's component and all below it. */
export interface Part {
  readonly resources: readonly PlannedResource[];
  all(type: string): readonly PlannedResource[];
  /** The inputs of the only one of a type, of one of AWS's modules where several have the type. */
  one(type: string, module?: string): Inputs;
}

/** As JSON has it: what is looked for in a plan is looked for by name. */
export type Inputs = Readonly<Record<string, unknown>>;

export function partOf(resources: readonly PlannedResource[], type: string, name: string): Part {
  const root = resources.find(its => its.type === `landing-zone:compute:${type}` && its.name === name);
  assert.ok(root, `no ${type} ${name} is planned`);
  const below = new Set([root.urn]);
  // A parent stands before its children.
  for (const { urn, parent } of resources) if (parent !== null && below.has(parent)) below.add(urn);
  return chosen(cloud(resources.filter(({ urn }) => below.has(urn))), `${type} ${name}`);
}

export function chosen(resources: readonly PlannedResource[], where: string): Part {
  const all = (type: string) => resources.filter(its => shortType(its.type) === type);
  return {
    resources,
    all,
    one: (type, module) => {
      const [first, ...others] = all(type).filter(
        its => module === undefined || its.type.startsWith(`aws:${module}/`),
      );
      assert.ok(first && others.length === 0, `${where} has ${others.length + (first ? 1 : 0)} ${type}`);
      return first.inputs;
    },
  };
}

/** What containers a task definition has, by name. */
export function containersOf({ containerDefinitions }: Inputs): Readonly<Record<string, Inputs>> {
  const containers = JSON.parse(String(containerDefinitions)) as (Inputs & { readonly name: string })[];
  return Object.fromEntries(containers.map(container => [container.name, container]));
}
