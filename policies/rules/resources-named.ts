import type { StackResource } from "../graph";
import { UnknownValue } from "../value";

/** Those that a resource names in a property: of a companion, the other way round. Where it may name one, that is not known. */
export function resourcesNamed(
  by: StackResource,
  property: string,
  candidates: readonly StackResource[],
): StackResource[] {
  const named = candidates.filter(candidate => by.names(property, candidate));
  const undecided = candidates.some(candidate => by.names(property, candidate) === undefined);
  if (named.length === 0 && undecided) throw new UnknownValue(property);
  return named;
}
