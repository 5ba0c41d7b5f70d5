import type { Severity } from "@pulumi/policy";
import type { ControlId } from "./controls";
import type { Resource, Stack } from "./graph";
import type { Report } from "./report";

interface Demand {
  readonly name: string;
  /** What it demands; the first line of a violation. */
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  readonly severity: Severity;
  readonly level: "mandatory" | "advisory";
  /** What standards ask for the same; empty where the demand is the landing zone's own. */
  readonly controls: readonly ControlId[];
  /** What it is about. See resource-types.ts. A stack with none of them is not asked. */
  readonly types: readonly string[];
}

/** Judges one resource by its inputs, before it is created or changed. */
export interface ResourceRule extends Demand {
  readonly scope?: "resource";
  check(resource: Resource, report: Report): void;
}

/** Judges how resources belong together, once all of a stack are registered. */
export interface StackRule extends Demand {
  readonly scope: "stack";
  check(stack: Stack, report: Report): void;
}

/**
 * Checks must be total: whatever shape the properties have, a check reports or it does not, and throws nothing
 * but UnknownValue. An error would end the whole deployment.
 */
export type Rule = ResourceRule | StackRule;
