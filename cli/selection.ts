import { environmentNames, type LandingZone } from "../stacks/description";
import { type StackDefinition, stacksOf, UnknownStackError, waitingStacksOf } from "../stacks/names";

import { UsageError } from "./failures";

export interface Selection {
  /** The stacks that were asked for, in order. */
  readonly asked: readonly StackDefinition[];
  /** These and all that they depend on, in order: what must be planned to know their inputs. */
  readonly needed: readonly StackDefinition[];
}

/** What the stacks of no environment are called together. */
const shared = "shared";

/**
 * The stacks that names of stacks and environments mean; no names mean all.
 *
 * @throws {UnknownStackError} which lists the names there are; {UsageError} for a stack whose account is not far
 *   enough in its life, or beyond it.
 */
export function select(zone: LandingZone, names: readonly string[]): Selection {
  const stacks = stacksOf(zone);
  const byName = new Map(stacks.map(stack => [stack.name, stack]));
  const asked = new Set<StackDefinition>(names.length === 0 ? stacks : []);
  for (const name of names) {
    const meant = stacks.filter(stack => stack.name === name || (stack.environment ?? shared) === name);
    const waiting = waitingStacksOf(zone).find(stack => stack.name === name);
    if (waiting !== undefined) throw new UsageError(`the stack "${name}" is not planned: ${waiting.because}`);
    if (meant.length === 0)
      throw new UnknownStackError(name, [...environmentNames, shared, ...byName.keys()]);
    for (const stack of meant) asked.add(stack);
  }
  const needed = new Set<StackDefinition>();
  const need = (stack: StackDefinition) => {
    needed.add(stack);
    for (const name of stack.dependsOn) {
      const upstream = byName.get(name);
      if (upstream === undefined) throw new Error(`${stack.name} depends on ${name}, which is no stack`);
      need(upstream);
    }
  };
  asked.forEach(need);
  return {
    asked: stacks.filter(stack => asked.has(stack)),
    needed: stacks.filter(stack => needed.has(stack)),
  };
}
