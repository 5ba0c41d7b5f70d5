import type { Severity } from "@pulumi/policy";
import type { ControlId } from "./controls";
import type { Resource, Stack } from "./graph";
import type { Report } from "./report";

/** What a rule protects from or cares for; the catalogue is ordered by it. */
export const themes = [
  "encryption-in-transit",
  "encryption-at-rest",
  "least-privilege",
  "exposure",
  "network",
  "logging-and-detection",
  "resilience-and-backup",
  "images-and-compute",
  "data-protection",
  "governance-and-cost",
] as const;

export type Theme = (typeof themes)[number];

interface Demand {
  /** Begins with the short word of its service, in kebab-case. */
  readonly name: string;
  readonly theme: Theme;
  /** What it demands; the first line of a violation. */
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  readonly severity: Severity;
  readonly level: "mandatory" | "advisory";
  /** May be advice only in environments that the pack's configuration names. Never in production. */
  readonly leniency?: "dev";
  /** It is about protection against deletion: only advice on what is tagged `unprotected`, with the reason. */
  readonly yieldsWhereUnprotected?: true;
  /** No entry of exceptions.ts may excuse from it. */
  readonly neverExcepted?: true;
  /** What standards ask for the same; empty where the demand is the landing zone's own. */
  readonly controls: readonly ControlId[];
  /** What it is about. See resource-types.ts. A stack with none of them is not asked. */
  readonly types: readonly string[];
}

/** Judges one resource by its inputs, before it is created or changed. */
export interface ResourceRule extends Demand {
  readonly scope?: "resource";
  check(resource: Resource, report: Report): void;
  /**
   * What would mend a resource that is refused: the properties to set, each as a whole. Only what takes effect in place
   * and surprises nobody. It is used where the pack's configuration sets the rule to `remediate`.
   */
  remediate?(resource: Resource): Readonly<Record<string, unknown>> | undefined;
}

/** Judges how resources belong together, once all of a stack are registered. */
export interface StackRule extends Demand {
  readonly scope: "stack";
  check(stack: Stack, report: Report): void;
}

/**
 * Checks must be total: whatever shape the properties have, a check reports or it does not, and throws nothing
 * but UnknownValue. An error is told as a failure of the rule, and refuses the deployment.
 */
export type Rule = ResourceRule | StackRule;
