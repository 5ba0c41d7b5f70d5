/** What differs between two plans. */
import type { Plan, PlannedResource } from "../../cli/planner";

/** Resources by stack, as `+ Type name` where there is a new one, `~` where its inputs differ, `-` where it goes. */
export function changes(before: Plan, after: Plan): Record<string, string[]> {
  const index = ({ stacks }: Plan) =>
    new Map(stacks.flatMap(({ name, resources }) => resources.map(one => [one.urn, { stack: name, one }])));
  const [was, is] = [index(before), index(after)];
  const found: Record<string, string[]> = {};
  const say = (sign: string, stack: string, { type, name }: PlannedResource) => {
    found[stack] = [...(found[stack] ?? []), `${sign} ${type.split(":").at(-1)} ${name}`];
  };
  for (const [urn, { stack, one }] of is) {
    const old = was.get(urn)?.one;
    if (old === undefined) say("+", stack, one);
    else if (contents(old) !== contents(one)) say("~", stack, one);
  }
  for (const [urn, { stack, one }] of was) if (!is.has(urn)) say("-", stack, one);
  return found;
}

/**
 * With what it refers to, because an input that comes from another resource is unknown whichever that is; and without
 * what the engine is told to leave alone.
 */
const contents = ({ inputs, propertyDependencies, ignoreChanges }: PlannedResource): string =>
  JSON.stringify([
    Object.fromEntries(Object.entries(inputs).filter(([property]) => !ignoreChanges.includes(property))),
    propertyDependencies,
  ]);
