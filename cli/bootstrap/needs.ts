/** What deploying an environment takes, read from the plan of its stacks: nothing is granted that no stack uses. */
import { type EnvironmentName, environmentNames, type LandingZone } from "../../stacks/description";
import { type StackDefinition, stacksOf } from "../../stacks/names";
import { stateScopeOf } from "../../stacks/state-backend";
import type { PlannedResource, StackPlan } from "../planner";

/** An environment, or what all of them share: organization, security, network, and accounts of no environment. */
export type Scope = EnvironmentName | "shared";
export const scopes: readonly Scope[] = ["shared", ...environmentNames];

export interface Needs {
  readonly scope: Scope;
  /** Names of the stacks that it deploys. */
  readonly stacks: readonly string[];
  /** Names of stacks beyond these whose outputs they read. */
  readonly reads: readonly string[];
  /** Whose secrets it decrypts: its own, and those of the stacks it reads. */
  readonly decrypts: readonly Scope[];
  /** ARNs of the roles that the providers of its stacks take. */
  readonly roles: readonly string[];
  /** Types of what its stacks make with the caller's own credentials, in the management account. */
  readonly atHome: readonly string[];
}

/** @param plan of all stacks there are. */
export function needsOf(zone: LandingZone, plan: readonly StackPlan[]): Needs[] {
  const stacks = stacksOf(zone);
  const byName = new Map(stacks.map(stack => [stack.name, stack]));
  return scopes.map(scope => {
    const own = stacks.filter(stack => stateScopeOf(stack) === scope);
    const names = own.map(({ name }) => name);
    const planned = plan.filter(({ name }) => names.includes(name));
    const reads = unique([
      ...own.flatMap(({ dependsOn }) => dependsOn),
      ...planned.flatMap(({ references }) => references),
    ]).filter(name => !names.includes(name));
    return {
      scope,
      stacks: names,
      reads,
      decrypts: unique([scope, ...reads.map(name => scopeOf(byName.get(name)))]) as Scope[],
      roles: unique(planned.flatMap(({ resources }) => resources.flatMap(rolesTaken))),
      atHome: unique(planned.flatMap(madeAtHome)),
    };
  });
}

/** The ARNs of the roles that a provider takes; none for a provider that stays at home, and for all else. */
export function rolesTaken({ type, inputs }: PlannedResource): string[] {
  if (type !== "pulumi:providers:aws") return [];
  const given = inputs["assumeRoles"];
  // A provider's inputs are text: the engine has them so.
  const roles: unknown = typeof given === "string" ? JSON.parse(given) : given;
  return Array.isArray(roles) ? roles.map(role => String((role as { roleArn?: unknown }).roleArn)) : [];
}

/** Types of what a stack makes by providers that take no role. */
function madeAtHome({ resources }: StackPlan): string[] {
  const home = resources
    .filter(resource => resource.type === "pulumi:providers:aws" && rolesTaken(resource).length === 0)
    .map(({ urn }) => urn);
  return resources
    .filter(({ custom, read, provider }) => custom && read !== true && home.some(urn => isOf(provider, urn)))
    .map(({ type }) => type);
}

/** A resource names its provider by URN and, once there is one, id. */
const isOf = (provider: string | null, urn: string): boolean =>
  provider === urn || provider?.startsWith(`${urn}::`) === true;

const scopeOf = (stack: StackDefinition | undefined): Scope =>
  stack === undefined ? "shared" : stateScopeOf(stack);

const unique = (values: readonly string[]): string[] => [...new Set(values)].sort();
