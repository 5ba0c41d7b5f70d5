/** What a product keeps, as the stacks see it: a file a kind. */
import type * as pulumi from "@pulumi/pulumi";
import type { Access } from "../../components/identity/access";
import type { Statement } from "../../components/identity/policy-document";
import type { Location } from "../../components/location";
import type { AccessWord, Product, Resource } from "../description";
import { shortNameOf } from "../description/kept";
import { aurora } from "./aurora";
import { bucket } from "./bucket";
import { cache } from "./cache";
import { database } from "./database";
import { eventBus } from "./event-bus";
import { fileSystem } from "./file-system";
import { type Kind, type Made, type Making, usualName, type Where } from "./kind";
import { parameter } from "./parameter";
import { prometheus } from "./prometheus";
import { queue } from "./queue";
import { search } from "./search";
import { secret } from "./secret";
import { sender } from "./sender";
import { stream } from "./stream";
import { table } from "./table";
import { topic } from "./topic";
import { userPool } from "./user-pool";

type OfKind<K extends Resource["kind"]> = Extract<Resource, { kind: K }>;

/** In the order in which they are made: a topic needs the queues that it delivers to. */
const kinds: { readonly [K in Resource["kind"]]: Kind<OfKind<K>> } = {
  table,
  bucket,
  queue,
  topic,
  eventBus,
  stream,
  secret,
  parameter,
  sender,
  userPool,
  aurora,
  database,
  cache,
  fileSystem,
  search,
  prometheus,
};

const kindOf = (resource: Resource): Kind<Resource> => kinds[resource.kind] as unknown as Kind<Resource>;

export type { Where } from "./kind";

/** What a resource is called in AWS. */
export const resourceName = (product: Product, name: string, resource: Resource, where: Where): string =>
  (kindOf(resource).nameIn ?? usualName)(product, name, where, resource);

/** What the policy of a product's key for data must say for what it keeps. */
export const keyStatements = (product: Product, where: Where): Statement[] =>
  Object.entries(product.data ?? {}).flatMap(([name, resource]) => [
    ...(kindOf(resource).keyStatements?.(where.at, resourceName(product, name, resource, where)) ?? []),
  ]);

/** Log groups with names of AWS's choice, which the product's key for data encrypts. */
export const logGroups = (product: Product, where: Where): string[] =>
  Object.entries(product.data ?? {}).flatMap(([name, resource]) => [
    ...(kindOf(resource).logGroups?.(resourceName(product, name, resource, where)) ?? []),
  ]);

/** What a link to a resource takes. */
export const accessTo = (
  resource: Resource,
  resourceName: string,
  access: AccessWord,
  at: Location,
  user: string,
  client?: string,
): Access => kindOf(resource).access(at, resourceName, access, resource, user, client);

type Place = Pick<
  Making<Resource>,
  "keeping" | "zone" | "product" | "environment" | "publicZoneId" | "opts"
> & { readonly where: Where };

/** Makes all that a product keeps, and says by its short name what has been made. */
export function makeData(place: Place): Readonly<Record<string, Made>> {
  const { product, where } = place;
  const data = Object.entries(product.data ?? {});
  const made = new Map<Resource, Made>();
  const short = (resource: Resource): string => {
    const name = shortNameOf(product, resource);
    if (name === undefined) throw new Error(`the product ${product.name} does not keep the ${resource.kind}`);
    return name;
  };
  const nameOf = (resource: Resource) => resourceName(product, short(resource), resource, where);
  const madeOf = (resource: Resource): pulumi.Resource => {
    const found = made.get(resource);
    if (found === undefined) throw new Error(`${short(resource)} is needed before it is made`);
    return found.component;
  };
  for (const kind of Object.keys(kinds))
    for (const [name, resource] of data)
      if (resource.kind === kind)
        made.set(
          resource,
          kindOf(resource).make({
            ...place,
            name,
            resource,
            resourceName: nameOf(resource),
            shortNameOf: short,
            nameOf,
            madeOf,
          }),
        );
  return Object.fromEntries(
    data.flatMap(([name, resource]) => {
      const its = made.get(resource);
      return its === undefined ? [] : [[name, its]];
    }),
  );
}
