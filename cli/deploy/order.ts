/** Which stacks must be there before a stack is deployed. */
import type { LandingZone } from "../../stacks/description";
import { type StackDefinition, stacksOf } from "../../stacks/names";

/** By a stack's name, the names of those right before it. */
export type Order = ReadonlyMap<string, readonly string[]>;

/**
 * A stack comes after those whose outputs it reads; a product's also after what makes the role that they are deployed
 * with.
 */
export function deploymentOrder(zone: LandingZone): Order {
  const stacks = stacksOf(zone);
  const names = new Set(stacks.map(({ name }) => name));
  return new Map(
    stacks.map(stack => [
      stack.name,
      [...new Set([...stack.dependsOn, ...rolesOf(stack)])].filter(name => names.has(name)),
    ]),
  );
}

const rolesOf = ({ layer, account }: StackDefinition): string[] =>
  layer === "persistent" || layer === "service" ? [`delivery-${account}`] : [];

/** Stacks and those right before them. */
export const withThoseBefore = (order: Order, stacks: readonly StackDefinition[]): string[] =>
  stacks.flatMap(({ name }) => [name, ...(order.get(name) ?? [])]);

/** Stacks and those right after them. */
export const withThoseAfter = (order: Order, stacks: readonly StackDefinition[]): string[] =>
  withThoseBefore(reversed(order), stacks);

/** All before a stack, near and far. */
export function allBefore(order: Order, name: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (its: string) => {
    for (const before of order.get(its) ?? []) {
      if (found.has(before)) continue;
      found.add(before);
      visit(before);
    }
  };
  visit(name);
  return found;
}

/** The order among some of the stacks: it holds over those in between that are not among them. */
export function orderAmong(order: Order, some: readonly string[]): Order {
  const among = new Set(some);
  return new Map(some.map(name => [name, [...allBefore(order, name)].filter(before => among.has(before))]));
}

/** What came before comes after. */
export function reversed(order: Order): Order {
  const after = new Map<string, string[]>([...order.keys()].map(name => [name, []]));
  for (const [name, before] of order) for (const its of before) after.get(its)?.push(name);
  return after;
}
