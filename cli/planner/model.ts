/** A plan: what the stacks would register and what the policies say of it. It is written as JSON as it stands here. */

export interface Plan {
  readonly stacks: readonly StackPlan[];
  readonly ms: number;
}

export interface StackPlan {
  readonly name: string;
  /** The number of the account the stack is mainly about. */
  readonly account: string | null;
  readonly region: string | null;
  readonly environment: string | null;
  /** Of its program and of the policies' judgement. */
  readonly ms: number;
  /** As a tree is read: a parent before its children, siblings by URN. */
  readonly resources: readonly PlannedResource[];
  readonly outputs: Values;
  /** The stacks whose outputs it reads. */
  readonly references: readonly string[];
  readonly violations: readonly Violation[];
}

/**
 * One resource that the stack registers, or reads from another. In values, `[unknown]` stands for what is not known before a deployment, `[secret]` for what
 * must not be shown.
 */
export interface PlannedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Only in a plan whose ids are made up. */
  readonly id?: string;
  readonly parent: string | null;
  /** Made by a provider; a component is not. */
  readonly custom: boolean;
  readonly inputs: Values;
  /** The URN of its provider. */
  readonly provider: string | null;
  readonly protect: boolean;
  /** URNs. */
  readonly dependencies: readonly string[];
  /** URNs, by the input that brings them in. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly retainOnDelete: boolean;
  readonly ignoreChanges: readonly string[];
  readonly aliases: readonly string[];
  /** Of its provider, or its own where it says so. */
  readonly region: string | null;
  readonly account: string | null;
}

export interface Violation {
  readonly policy: string;
  readonly level: "advisory" | "mandatory" | "remediate" | "disabled";
  /** Empty where it is about the stack as a whole. */
  readonly urn: string;
  readonly message: string;
}

export type Value = string | number | boolean | null | readonly Value[] | Values;
export interface Values {
  readonly [key: string]: Value;
}

export const unknownText = "[unknown]";
export const secretText = "[secret]";
