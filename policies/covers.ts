import { everyAwsResource } from "./resource-types";
import type { Rule } from "./rule";

/** Whether a rule is about resources of a type. */
export function covers({ types }: Pick<Rule, "types">, type: string): boolean {
  return types.includes(everyAwsResource) ? type.startsWith("aws:") : types.includes(type);
}
