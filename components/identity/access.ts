import type { Location } from "../location";
import type { Statement } from "./policy-document";

/**
 * What one use of one resource takes: offered by the resource, asked for by a link, given to a role. All of it is
 * known before the resource is made, so that a plan can judge it.
 */
export interface Access {
  /** On exactly this resource. What AWS's service can not narrow down to it is said beside the statement. */
  readonly statements: readonly Statement[];
  /**
   * The services that use the product's key on the caller's behalf, for example `dynamodb`: the caller may use the
   * key through these only. Absent: the caller has no business with the key.
   */
  readonly keyThrough?: readonly string[];
  /** What a container is told, by the end of a setting's name: `{ TABLE: "shop-carts" }` makes CARTS_TABLE. */
  readonly settings?: Readonly<Record<string, string>>;
  /**
   * What is not known before the resource is made: the names of the SSM parameters it is kept in, by the end of a
   * setting's name. ECS hands a container the parameters' values when it starts.
   */
  readonly parameters?: Readonly<Record<string, string>>;
  /**
   * Secrets whose values ECS hands a container when it starts, by the end of a setting's name: what `valueFrom` takes.
   * It is the role that starts the container that `statements` and `keyThrough` are then for.
   */
  readonly secrets?: Readonly<Record<string, string>>;
  /** The TCP port of the resource's security group that the caller must get to. */
  readonly port?: number;
}

/** Such a function is exported beside each component of components/data, for example `tableAccess`. */
export type Offer<A extends string> = (at: Location, resourceName: string, access: A) => Access;
