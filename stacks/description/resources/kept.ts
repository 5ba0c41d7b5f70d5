import type { Resource } from "./index";

export const accesses = [
  "read",
  "readWrite",
  "publish",
  "send",
  "consume",
  "connect",
  "connectReadOnly",
  "inject",
  "manage",
  "write",
  "signIn",
] as const;
export type AccessWord = (typeof accesses)[number];

/** One service's permission to use one resource in one way. */
export interface Link {
  readonly resource: Resource;
  readonly access: AccessWord;
  /** Of a user pool: the client that `signIn` is for. */
  readonly client?: string;
}

/** Something a product keeps. Its links are made by its getters: `orders.readWrite`. */
export abstract class Kept<Kind extends string, Args> {
  /** The links that it has. */
  abstract readonly offers: readonly AccessWord[];
  constructor(
    readonly kind: Kind,
    readonly args: Args,
  ) {}
}
