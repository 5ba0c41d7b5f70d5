/** What a rule of EventBridge looks for in an event: for each field the values it may have, or conditions on them. */
export interface EventPattern {
  readonly [field: string]: readonly unknown[] | EventPattern;
}

/** Characters of a pattern, without a higher quota. Source: EventBridge user guide, "Amazon EventBridge quotas". */
const longestPattern = 2_048;

/**
 * Refused: a pattern, or a part of it, that is empty; a value that is not in a list; more than 2,048 characters.
 * Source: EventBridge user guide, "Creating Amazon EventBridge event patterns".
 */
export function requirePattern(what: string, pattern: EventPattern): void {
  requireFields(what, pattern);
  const { length } = JSON.stringify(pattern);
  if (length > longestPattern)
    throw new Error(`${what} has ${length} characters; EventBridge takes ${longestPattern}`);
}

function requireFields(what: string, fields: EventPattern): void {
  const entries = Object.entries(fields);
  if (entries.length === 0) throw new Error(`${what} is empty; say which events by at least one field`);
  for (const [field, wanted] of entries) {
    if (Array.isArray(wanted)) {
      if (wanted.length === 0) throw new Error(`${what}.${field} is an empty list: no event would match`);
    } else if (typeof wanted === "object" && wanted !== null)
      requireFields(`${what}.${field}`, wanted as EventPattern);
    else throw new Error(`${what}.${field} is ${String(wanted)}; it must be a list of what it may be`);
  }
}
