/**
 * Resources of a stack called by short ids. Before a deployment no id is known, and what an unknown input was made from
 * says whose it will be; after it, real ids are exchanged for the same short ones.
 */
import type { Resource as Planned } from "../reach";
import type { Stack, StackResource } from "./graph";
import { adopted, isOfNetwork, madeAlong, referredTo, suffixOf } from "./network-references";
import type { Value } from "./value";

export type Plain = Planned["inputs"][string];
export type Inputs = Record<string, Plain>;

/** As `reach/` writes what is not known. */
export const notKnown = "[unknown]";

/** Exchanges what a resource's inputs name for short ids. */
export class References {
  readonly #ids = new Map<StackResource, string>();
  /** By what AWS has called them, once it has. */
  readonly #known = new Map<string, string>();

  constructor(stack: Stack) {
    for (const [index, resource] of stack.resources.entries()) this.#ids.set(resource, `id-${index}`);
    const ofNetwork = stack.resources.filter(({ type }) => isOfNetwork(type));
    for (const resource of ofNetwork)
      for (const output of madeAlong[resource.type] ?? [])
        this.#learn(resource.at(output), `${this.idOf(resource)}${suffixOf(resource.type, output)}`);
    for (const resource of ofNetwork)
      for (const output of ["id", "arn", ...(/SubnetGroup$/.test(resource.type) ? ["name"] : [])])
        this.#learn(resource.at(output), this.idOf(resource));
    for (const resource of ofNetwork) {
      const input = adopted[resource.type];
      const id =
        input === undefined ? undefined : this.#reference(resource, resource.at(input), input, input);
      if (typeof id === "string" && id !== notKnown) this.#ids.set(resource, id);
    }
  }

  #learn(value: Value, id: string): void {
    const text = value.isUnknown ? undefined : value.text();
    if (text && !this.#known.has(text)) this.#known.set(text, id);
  }

  idOf(resource: StackResource): string {
    return this.#ids.get(resource) ?? resource.urn;
  }

  inputsOf(resource: StackResource): Inputs {
    return Object.fromEntries(
      keysOf(resource.props).map(input => [input, this.#read(resource, resource.at(input), input, input)]),
    );
  }

  /** A part of an input, read as if it stood under a key. */
  partOf(resource: StackResource, part: Value, input: string, key: string): Plain {
    return this.#read(resource, part, input, key);
  }

  #read(resource: StackResource, value: Value, input: string, key: string): Plain {
    if (Object.hasOwn(referredTo, key)) return this.#reference(resource, value, input, key);
    if (value.isUnknown) return notKnown;
    const content = value.content();
    if (Array.isArray(content)) return value.list().map(item => this.#read(resource, item, input, key));
    if (typeof content !== "object" || content === null) return scalar(content);
    return Object.fromEntries(
      keysOf(value).map(inner => [inner, this.#read(resource, value.at(inner), input, inner)]),
    );
  }

  #reference(resource: StackResource, value: Value, input: string, key: string): Plain {
    if (value.isUnknown) {
      const made = this.#madeFrom(resource, input, key);
      const [only] = made;
      if (made.length !== 1 || only === undefined) return foreign(resource, key);
      return /s$/.test(key) ? [only] : only;
    }
    const content = value.content();
    if (Array.isArray(content)) {
      const items = value.list();
      const made = items.some(item => item.isUnknown) ? this.#madeFrom(resource, input, key) : [];
      // As many as there are: which is which does not matter in a list.
      const fitting = made.length === items.filter(item => item.isUnknown).length ? [...made] : [];
      return items.map(
        item => (item.isUnknown ? fitting.shift() : undefined) ?? this.#one(resource, item, key),
      );
    }
    return this.#one(resource, value, key);
  }

  #one(resource: StackResource, value: Value, key: string): Plain {
    if (value.isUnknown) return foreign(resource, key);
    const content = value.content();
    if (typeof content !== "string") return scalar(content);
    const id = content.startsWith("arn:") ? (content.split("/").at(-1) ?? content) : content;
    const known = this.#known.get(content) ?? this.#known.get(id);
    if (known !== undefined) return known;
    return keptAsSaid.has(key) || content === "local" || content === "" ? content : foreign(resource, key);
  }

  /** Those of the fitting kinds; else what an input of the same name names, of what it was made from. */
  #madeFrom(resource: StackResource, input: string, key: string, way = 0): string[] {
    const sources = resource.madeFrom(input);
    const fitting = sources.filter(({ type }) => referredTo[key]?.includes(type));
    const ids =
      fitting.length > 0
        ? fitting.map(one => {
            const id = this.idOf(one);
            return /-\d+$/.test(id) ? `${id}${suffixOf(one.type, key)}` : id;
          })
        : way < longestWay
          ? sources.flatMap(source => this.#madeFrom(source, key, key, way + 1))
          : [];
    return [...new Set(ids)];
  }
}

const longestWay = 3;

/** AWS's own prefix lists are known by their ids; a resource's name is what a subnet group is named by. */
const keptAsSaid = new Set(["prefixListId", "prefixListIds", "destinationPrefixListId", "clusterIdentifier"]);

/** A rule that means a group of another stack means nobody on the internet. */
const foreign = ({ type }: StackResource, key: string): string =>
  /securityGroup/i.test(type) && /securityGroups?(Id)?$/i.test(key) && key !== "securityGroupId"
    ? "a group of another stack"
    : notKnown;

function keysOf(value: Value): string[] {
  const content = value.isUnknown ? undefined : value.content();
  return typeof content === "object" && content !== null ? Object.keys(content) : [];
}

const scalar = (content: unknown): Plain =>
  typeof content === "string" || typeof content === "number" || typeof content === "boolean" ? content : null;
