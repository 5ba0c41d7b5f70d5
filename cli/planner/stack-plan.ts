/** Turns what a monitor has heard into a stack's plan: readable, in one order, without secrets. */
import { exceptionIn } from "./exceptions";
import type { PlannedResource, StackPlan, Value, Values } from "./model";
import type { PlanMonitor, Registration } from "./monitor";
import type { Judgement } from "./policy-pack";
import { readProperties, withoutSecrets } from "./values";

interface Stack {
  readonly name: string;
  readonly account?: string;
  readonly region?: string;
  readonly environment?: string;
}

export function stackPlan(
  stack: Stack,
  monitor: PlanMonitor,
  { violations, remediations }: Judgement,
  ms: number,
): StackPlan {
  const secrets = new Set<string>();
  const inputs = new Map<string, Values>();
  for (const { urn, properties } of monitor.registrations.values())
    inputs.set(urn, readProperties(properties, secrets));
  const outputs = readProperties(monitor.outputs, secrets);
  const exceptions = violations.flatMap(violation => exceptionIn(violation) ?? []);
  return {
    name: stack.name,
    account: stack.account ?? null,
    region: stack.region ?? null,
    environment: stack.environment ?? null,
    ms,
    resources: asTree(monitor.registrations).map(registration => resource(registration, inputs)),
    outputs,
    references: [...monitor.references].sort(),
    violations: violations
      .map(violation => ({ ...violation, message: withoutSecrets(violation.message, secrets) }))
      .sort((a, b) => compare(a.urn, b.urn) || compare(a.policy, b.policy) || compare(a.message, b.message)),
    ...(remediations.length > 0 && { remediations }),
    ...(exceptions.length > 0 && { exceptions }),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function resource(registration: Registration, inputs: ReadonlyMap<string, Values>): PlannedResource {
  const own = inputs.get(registration.urn) ?? {};
  const provider =
    inputs.get(
      registration.providerUrn ?? (registration.type.startsWith("pulumi:providers:") ? registration.urn : ""),
    ) ?? {};
  return {
    urn: registration.urn,
    type: registration.type,
    name: registration.name,
    ...(registration.id === undefined ? {} : { id: registration.id }),
    parent: registration.parent ?? null,
    custom: registration.custom,
    ...(registration.read && { read: true as const }),
    inputs: own,
    provider: registration.providerUrn ?? null,
    protect: registration.protect,
    dependencies: [...registration.dependencies].sort(),
    propertyDependencies: Object.fromEntries(
      [...registration.propertyDependencies]
        .filter(([, urns]) => urns.length > 0)
        .map(([property, urns]) => [property, [...urns].sort()] as const)
        .sort(([a], [b]) => compare(a, b)),
    ),
    retainOnDelete: registration.retainOnDelete,
    ignoreChanges: registration.ignoreChanges,
    aliases: registration.aliases,
    region: text(own["region"]) ?? text(provider["region"]),
    account: accountOf(provider),
    ...(registration.places && { places: registration.places }),
  };
}

const text = (value: Value | undefined): string | null => (typeof value === "string" ? value : null);

/** The one account that the provider may touch, or whose role it takes. The SDK sends a provider's lists as JSON. */
function accountOf(provider: Values): string | null {
  const [allowed] = list(provider["allowedAccountIds"]);
  if (typeof allowed === "string") return allowed;
  const [role] = list(provider["assumeRoles"]);
  const arn = role !== null && typeof role === "object" ? text((role as Values)["roleArn"]) : null;
  return arn?.split(":")[4] ?? null;
}

function list(value: Value | undefined): readonly Value[] {
  if (typeof value !== "string") return Array.isArray(value) ? value : [];
  try {
    const parsed = JSON.parse(value) as Value;
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}

/** A parent before its children, siblings by URN: the order does not depend on which promise came first. */
function asTree(registrations: ReadonlyMap<string, Registration>): Registration[] {
  const children = new Map<string, Registration[]>();
  for (const registration of registrations.values()) {
    const parent = registration.parent ?? "";
    const siblings = children.get(parent);
    if (siblings) siblings.push(registration);
    else children.set(parent, [registration]);
  }
  const below = (parent: string): Registration[] =>
    (children.get(parent) ?? [])
      .sort((a, b) => compare(a.urn, b.urn))
      .flatMap(registration => [registration, ...below(registration.urn)]);
  return below("");
}
