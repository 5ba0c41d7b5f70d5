/** What differs between two plans of a stack. */
import type { PlannedResource, StackPlan, Violation } from "../planner";
import { type Difference, differences } from "./differences";

export interface ChangedResource {
  readonly stack: string;
  /** As it is now; as it was, where it is gone. */
  readonly resource: PlannedResource;
  readonly how: "new" | "changed" | "gone";
  /** Of its inputs; what is text of JSON is compared as what it says. */
  readonly inputs: readonly Difference[];
}

export interface StackChange {
  readonly name: string;
  readonly how: "new" | "changed" | "gone";
  readonly changed: readonly ChangedResource[];
  /** Mandatory ones that were not there before, and those that no longer are. */
  readonly violated: readonly Violation[];
  readonly mended: readonly Violation[];
}

/** Every stack that differs, in the order of the plan that is now; stacks that are gone come last. */
export function planChanges(before: readonly StackPlan[], after: readonly StackPlan[]): StackChange[] {
  const was = new Map(before.map(stack => [stack.name, stack]));
  const is = new Set(after.map(({ name }) => name));
  const gone = before.filter(({ name }) => !is.has(name));
  return [
    ...after.map(stack => stackChange(stack.name, was.get(stack.name), stack)),
    ...gone.map(stack => stackChange(stack.name, stack, undefined)),
  ].filter(
    ({ how, changed, violated, mended }) => how !== "changed" || [changed, violated, mended].some(some),
  );
}

const some = ({ length }: readonly unknown[]): boolean => length > 0;

function stackChange(name: string, before?: StackPlan, after?: StackPlan): StackChange {
  const resources = (plan?: StackPlan) => ({ name, resources: plan?.resources ?? [] });
  const [was, is] = [mandatory(before), mandatory(after)];
  return {
    name,
    how: before === undefined ? "new" : after === undefined ? "gone" : "changed",
    changed: changesOf(resources(before), resources(after)),
    violated: [...is].flatMap(([key, violation]) => (was.has(key) ? [] : [violation])),
    mended: [...was].flatMap(([key, violation]) => (is.has(key) ? [] : [violation])),
  };
}

const mandatory = (plan?: StackPlan): Map<string, Violation> =>
  new Map(
    (plan?.violations ?? [])
      .filter(({ level }) => level === "mandatory")
      .map(violation => [`${violation.policy} ${violation.urn} ${violation.message}`, violation]),
  );

type Resources = Pick<StackPlan, "name" | "resources">;

export function changesOf(before: Resources, after: Resources): ChangedResource[] {
  const byUrn = ({ resources }: Resources) => new Map(resources.map(resource => [resource.urn, resource]));
  const [was, is] = [byUrn(before), byUrn(after)];
  const stack = after.name;
  return [
    ...after.resources.flatMap((resource): ChangedResource[] => {
      const old = was.get(resource.urn);
      if (old === undefined) return [{ stack, resource, how: "new", inputs: [] }];
      const inputs = inputChanges(told(old), told(resource));
      return inputs.length === 0 ? [] : [{ stack, resource, how: "changed", inputs }];
    }),
    ...before.resources
      .filter(({ urn }) => !is.has(urn))
      .map((resource): ChangedResource => ({ stack, resource, how: "gone", inputs: [] })),
  ];
}

function inputChanges(before: object, after: object): Difference[] {
  const byPlace = differences(before, after);
  if (byPlace.length === 0) return [];
  const byName = differences(named(before), named(after));
  // Where names tell nothing, only the order differs, which may well matter.
  const found = byName.length === 0 ? byPlace : byName;
  const itself = new Set(found.map(({ path }) => path.split(".")[0]));
  return found.filter(({ path }) => {
    const [first, input = ""] = path.split(".");
    return first !== references || !itself.has(input);
  });
}

/**
 * Members of lists by what they are called in place of where they stand: one that comes in between would otherwise seem
 * to change all that follow.
 */
function named(value: unknown): unknown {
  if (Array.isArray(value)) {
    const names = value.map(nameOf);
    return names.every(name => name !== undefined) && new Set(names).size === names.length
      ? Object.fromEntries(value.map((member, index) => [names[index], named(member)]))
      : value.map(named);
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, named(member)]));
}

function nameOf(member: unknown): string | undefined {
  if (typeof member === "string") return member;
  if (typeof member !== "object" || member === null) return undefined;
  const { Sid, name } = member as { Sid?: unknown; name?: unknown };
  return [Sid, name].find(given => typeof given === "string") as string | undefined;
}

const references = "refers to";
const protection = "in Pulumi";

/** With what they refer to: what comes from another resource is unknown whichever that is. */
const told = ({ inputs, propertyDependencies, protect, retainOnDelete }: PlannedResource): object => ({
  ...Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, read(value)])),
  ...(Object.values(propertyDependencies).every(urns => urns.length === 0)
    ? {}
    : { [references]: propertyDependencies }),
  ...(protect ? { [protection]: "protected" } : {}),
  ...(retainOnDelete ? { "when it is deleted": "AWS keeps it" } : {}),
});

function read(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
