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
  /** What policies have changed in resources; absent: nothing. */
  readonly remediations?: readonly Remediation[];
  /** Of policies/exceptions.ts, those about this stack that excused something, or should not be there; absent: none. */
  readonly exceptions?: readonly PlannedException[];
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
  /** It belongs to someone else, is only looked at, and is not judged; absent: it does not. */
  readonly read?: true;
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
  /**
   * The files and lines of the project that registered it, the innermost first: `components/data/queue.ts:40`. Only in a
   * plan that is asked for places.
   */
  readonly places?: readonly string[];
}

export interface Violation {
  readonly policy: string;
  readonly level: "advisory" | "mandatory" | "remediate" | "disabled";
  /** Empty where it is about the stack as a whole. */
  readonly urn: string;
  readonly message: string;
}

/** An exception from a policy, and what became of it. */
export interface PlannedException {
  readonly rule: string;
  /** Empty where the exception is not about something that is there. */
  readonly urn: string;
  readonly state: "excepted" | "expired" | "unmatched";
  readonly reason: string;
  readonly owner: string;
  readonly ticket: string;
  /** Its last day. */
  readonly expires: string;
}

/** What a policy that is set to remediate has made of a resource. */
export interface Remediation {
  readonly policy: string;
  readonly urn: string;
  readonly changes: readonly Change[];
  /** Why it could not. */
  readonly problem?: string;
}

/** Of one input; null: it was not there, or is not any more. */
export interface Change {
  readonly property: string;
  readonly before: Value;
  readonly after: Value;
}

/** The policy could not decide, because a value is not known yet. */
export const isUndecided = ({ message }: Violation): boolean => message.startsWith("unknown: ");

/** The policy itself is broken. */
export const isFailure = ({ message }: Violation): boolean => message.startsWith("failed: ");

export type Value = string | number | boolean | null | readonly Value[] | Values;
export interface Values {
  readonly [key: string]: Value;
}

export const unknownText = "[unknown]";
export const secretText = "[secret]";
