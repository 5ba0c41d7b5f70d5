/** Resources as a plan with made-up ids shows them, and how their inputs are read. */

export type Value = string | number | boolean | null | readonly Value[] | Values;
export interface Values {
  readonly [key: string]: Value;
}

/** A planned resource, as far as it is looked at here. */
export interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly id?: string;
  readonly custom: boolean;
  readonly inputs: Values;
  readonly account: string | null;
  readonly region?: string | null;
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
}

export interface StackOfResources {
  readonly environment: string | null;
  readonly account: string | null;
  /** What its places are called by: `orders-dev`, or the account. */
  readonly label: string;
  readonly resources: readonly Resource[];
}

/** As a plan writes what is not known. */
export const unknownText = "[unknown]";

export const text = (value: Value | undefined): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/** An id that is known; undefined also where it is not. */
export const known = (value: Value | undefined): string | undefined =>
  value === unknownText ? undefined : text(value);

export const list = (value: Value | undefined): readonly Value[] => (Array.isArray(value) ? value : []);

export const texts = (value: Value | undefined): readonly string[] =>
  list(value).filter(item => typeof item === "string");

export const objects = (value: Value | undefined): readonly Values[] =>
  list(value).filter(
    (item): item is Values => item !== null && typeof item === "object" && !Array.isArray(item),
  );

export const object = (value: Value | undefined): Values => objects([value ?? null])[0] ?? {};

/** Some providers take numbers as text. */
export const count = (value: Value | undefined): number | undefined =>
  typeof value === "number" ? value : /^-?\d+$/.test(text(value) ?? "") ? Number(value) : undefined;

/** The id at the end of an ARN, or what is no ARN itself. */
export const idOf = (reference: string): string =>
  reference.startsWith("arn:") ? (reference.split("/").at(-1) ?? reference) : reference;

/** Every text in a value, wherever it is. */
export function* textsIn(value: Value): Generator<string> {
  if (typeof value === "string") yield value;
  else if (value !== null && typeof value === "object")
    for (const inner of Array.isArray(value) ? value : Object.values(value)) yield* textsIn(inner);
}

/** Resources by type, by id and by URN. */
export class Index {
  readonly #byType = new Map<string, Resource[]>();
  readonly #byId = new Map<string, Resource>();
  readonly #byUrn = new Map<string, Resource>();
  readonly #stacks = new Map<Resource, StackOfResources>();

  constructor(stacks: readonly StackOfResources[]) {
    for (const stack of stacks)
      for (const resource of stack.resources) {
        if (!resource.custom) continue;
        const alike = this.#byType.get(resource.type);
        if (alike === undefined) this.#byType.set(resource.type, [resource]);
        else alike.push(resource);
        this.#byUrn.set(resource.urn, resource);
        this.#stacks.set(resource, stack);
        // An accepter has the id of what it accepts; the first is the thing itself.
        if (resource.id !== undefined && !this.#byId.has(resource.id)) this.#byId.set(resource.id, resource);
      }
  }

  /** @param type without `aws:`, for example `ec2/vpc:Vpc`. */
  all(type: string): readonly Resource[] {
    return this.#byType.get(`aws:${type}`) ?? [];
  }

  /** By id or ARN. */
  find(reference: string): Resource | undefined {
    return this.#byId.get(idOf(reference));
  }

  byUrn(urn: string): Resource | undefined {
    return this.#byUrn.get(urn);
  }

  stackOf(resource: Resource): StackOfResources {
    const stack = this.#stacks.get(resource);
    if (stack === undefined) throw new Error(`${resource.urn} is in no stack`);
    return stack;
  }

  types(): ReadonlyMap<string, readonly Resource[]> {
    return this.#byType;
  }
}
