/** What goes wrong in the stand-in for AWS, and what it was asked. */

export type Operation = "configure" | "create" | "read" | "update" | "delete";

/** Something that goes wrong; all words that are given must be true of the call. */
export interface Fault {
  readonly operation: Operation;
  readonly stack?: string;
  /** For example `aws:s3/bucket:Bucket`. */
  readonly type?: string;
  /** A part of the resource's Pulumi name, or of the provider's. */
  readonly name?: string;
  /** The call fails, and says this. */
  readonly error?: string;
  /** It is not answered before this, or before the engine cancels it. */
  readonly until?: Promise<void>;
  /** A cancellation is not heard, as by a call that hangs. */
  readonly deaf?: boolean;
  /** Of a read: what someone has changed by hand. */
  readonly drift?: Readonly<Record<string, unknown>>;
  /** Of a read: someone has deleted it by hand. */
  readonly gone?: boolean;
}

/** A call of the engine, when it comes in and when it is answered. */
export interface Call {
  readonly operation: Operation;
  readonly moment: "begun" | "done" | "failed";
  readonly urn: string;
  readonly stack: string;
  readonly type: string;
  readonly name: string;
  readonly id: string;
  /** Of `configure`: the ARN of the role that the provider takes. */
  readonly role?: string;
}

/** `urn:pulumi:<stack>::<project>::<types>::<name>`, of which the last type is the resource's own. */
export function partsOf(urn: string): Pick<Call, "stack" | "type" | "name"> {
  const [stack = "", , types = "", ...name] = urn.replace("urn:pulumi:", "").split("::");
  return { stack, type: types.split("$").at(-1) ?? types, name: name.join("::") };
}

export const isOf = (fault: Fault, operation: Operation, urn: string): boolean => {
  const { stack, type, name } = partsOf(urn);
  return (
    fault.operation === operation &&
    (fault.stack ?? stack) === stack &&
    (fault.type ?? type) === type &&
    name.includes(fault.name ?? "")
  );
};
