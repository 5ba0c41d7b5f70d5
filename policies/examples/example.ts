/** The form of a rule's examples: the tests run them, and the catalogue shows the first of each kind. */
import { unknownMarkers } from "../value";

/** A value that is not known in a preview. */
export const unknown = unknownMarkers[0];

export interface Given {
  /** Default: the first type that the rule is about. */
  readonly type?: string;
  readonly name?: string;
  readonly props?: unknown;
  /** By property: the names of the resources that it was made from. */
  readonly madeFrom?: Readonly<Record<string, readonly string[]>>;
  readonly protect?: boolean;
  readonly ignoreChanges?: readonly string[];
  readonly deleteBeforeReplace?: boolean;
  readonly stack?: string;
  readonly provider?: { readonly name?: string; readonly props?: object };
}

/** One resource, or for a stack rule several. */
export type Case = Given | readonly Given[];

export interface Cases {
  readonly rule: string;
  readonly accepts: readonly Case[];
  readonly refuses: readonly Case[];
  /** Neither accepted nor refused before the value is known. */
  readonly unknown?: readonly Case[];
}
