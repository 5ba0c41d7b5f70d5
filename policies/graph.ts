import type { PolicyProviderResource, PolicyResource } from "@pulumi/policy";
import { UnknownValue, Value } from "./value";

/** What the SDK tells of a resource, in resource policies and stack policies alike. */
type Registered = Pick<PolicyResource, "type" | "name" | "urn" | "props" | "opts" | "provider">;

export interface Provider {
  readonly name: string;
  readonly props: Value;
}

export class Resource {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly protect: boolean;
  /** Paths of properties whose changes the engine passes over. */
  readonly ignoredChanges: readonly string[];
  /** What it is replaced by is made after it is gone. */
  readonly deletedFirst: boolean;
  readonly props: Value;
  readonly provider: Provider | undefined;

  constructor(registered: Registered) {
    this.type = registered.type;
    this.name = registered.name;
    this.urn = registered.urn;
    this.protect = registered.opts.protect;
    this.ignoredChanges = registered.opts.ignoreChanges;
    this.deletedFirst = registered.opts.deleteBeforeReplace === true;
    this.props = Value.root(registered.props);
    this.provider = registered.provider && providerOf(registered.provider);
  }

  at(...keys: (string | number)[]): Value {
    return this.props.at(...keys);
  }

  /** The name of the stack: `urn:pulumi:<stack>::<project>::<type>::<name>`. */
  get stack(): string {
    return this.urn.split("::")[0]?.replace(/^urn:pulumi:/, "") ?? "";
  }
}

function providerOf({ name, props }: PolicyProviderResource): Provider {
  return { name, props: Value.root(props) };
}

export class StackResource extends Resource {
  constructor(
    private readonly registered: PolicyResource,
    private readonly stackResources: ReadonlyMap<PolicyResource, StackResource>,
  ) {
    super(registered);
  }

  /** The resources whose outputs a property was made from. */
  madeFrom(property: string): StackResource[] {
    const sources = this.registered.propertyDependencies[property] ?? [];
    return sources.flatMap(source => this.stackResources.get(source) ?? []);
  }

  /** The resources whose outputs any property was made from. */
  sources(): StackResource[] {
    const properties = Object.keys(this.registered.propertyDependencies);
    return [...new Set(properties.flatMap(property => this.madeFrom(property)))];
  }

  /**
   * Whether a property names another resource. The dependency tells before any identifier is known; the value
   * tells where a program wrote a name down. `undefined` when neither can.
   */
  names(property: string, other: StackResource): boolean | undefined {
    const sources = this.madeFrom(property);
    if (sources.includes(other)) return true;
    if (sources.some(source => source.type === other.type)) return false;
    const value = this.at(property);
    if (value.isUnknown) return undefined;
    const text = value.text();
    return text !== undefined && identifiers.some(key => !other.at(key).isUnknown && other.at(key).is(text));
  }
}

const identifiers = ["id", "arn", "name", "bucket", "url"] as const;

export class Stack {
  readonly resources: readonly StackResource[];

  constructor(registered: readonly PolicyResource[]) {
    const byRegistration = new Map<PolicyResource, StackResource>();
    // In whatever order the engine has been told of them, rules find them in one.
    const inOrder = [...registered].sort((a, b) => (a.urn < b.urn ? -1 : 1));
    for (const one of inOrder) byRegistration.set(one, new StackResource(one, byRegistration));
    this.resources = [...byRegistration.values()];
  }

  ofType(types: readonly string[]): StackResource[] {
    return this.resources.filter(resource => types.includes(resource.type));
  }

  /**
   * The resources of some types that name another in a property: a bucket's policies, a network's flow logs.
   * When there is none but one may turn out to be, that is not known rather than an absence.
   */
  companions(of: StackResource, types: readonly string[], property: string): StackResource[] {
    const candidates = this.ofType(types);
    const found = candidates.filter(candidate => candidate.names(property, of));
    const undecided = candidates.find(candidate => candidate.names(property, of) === undefined);
    if (found.length === 0 && undecided) throw new UnknownValue(`${undecided.name}.${property}`);
    return found;
  }
}
