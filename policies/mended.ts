import type { Value } from "./value";

/** A part of a resource with some properties set, and all others as they were. */
export function withProperties(
  part: Value,
  properties: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const content = part.content();
  const isPart = typeof content === "object" && content !== null && !Array.isArray(content);
  return { ...(isPart && content), ...properties };
}
