/** Which role a workload has, and who else has it. */
import type { StackResource } from "../graph";
import { functions, roles, stateMachines, taskDefinitions } from "../resource-types";
import type { StackRule } from "../rule";
import { UnknownValue } from "../value";

/** Where workloads name the role that they act with. */
const holders: Readonly<Record<string, readonly string[]>> = Object.fromEntries([
  ...taskDefinitions.map(type => [type, ["taskRoleArn", "executionRoleArn"]] as const),
  ...functions.map(type => [type, ["role"]] as const),
  ...stateMachines.map(type => [type, ["roleArn"]] as const),
]);

type Use = readonly [by: StackResource, property: string];

/** Told by the roles that the properties were made from, else by ARNs that were written down. */
export function isSameRole(one: Use, other: Use): boolean {
  const [made, written] = [roleBehind(one), roleBehind(other)];
  if (made && written) return made === written;
  if (made) return isCalled(made, arnOf(other));
  return written ? isCalled(written, arnOf(one)) : arnOf(one) === arnOf(other);
}

const roleBehind = ([resource, property]: Use): StackResource | undefined =>
  resource.madeFrom(property).find(({ type }) => roles.includes(type));

function arnOf([resource, property]: Use): string | undefined {
  if (resource.at(property).isUnknown) throw new UnknownValue(`${resource.name}.${property}`);
  return resource.at(property).text();
}

function isCalled(role: StackResource, arn: string | undefined): boolean {
  const name = role.at("name");
  if (name.isUnknown || !name.isSet) throw new UnknownValue(`${role.name}.name`);
  return name.text() === arn?.split("/").at(-1);
}

/** Refuses each resource whose role another workload of the stack has, too; of two alike the later one. */
export function sharedRole(types: readonly string[], property: string): StackRule["check"] {
  return (stack, report) => {
    const uses = stack
      .ofType(Object.keys(holders))
      .flatMap(by => (holders[by.type] ?? []).flatMap((key): Use[] => (by.at(key).isSet ? [[by, key]] : [])));
    const judged = stack.ofType(types);
    report.each(judged, (resource, report) => {
      if (!resource.at(property).isSet) return;
      const later = new Set(judged.slice(judged.indexOf(resource)));
      // A task's two roles are compared by ecs-task-separate-roles.
      for (const [by, key] of uses)
        if (by !== resource && !(later.has(by) && key === property))
          report.attempt(() => {
            if (isSameRole([resource, property], [by, key]))
              report.refuse(`${property} is that of ${by.name}`);
          });
    });
  };
}
