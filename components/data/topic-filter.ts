/** Which messages a subscription lets through, and where those wait that did not get there. */
import { isFifo } from "./queue-access";

/** As SNS writes it: `{ kind: ["placed"], amount: [{ numeric: [">", 100] }] }`. */
export interface FilterPolicy {
  readonly [field: string]: readonly unknown[] | FilterPolicy;
}

/** Of the same type as the topic, as SNS demands. */
export const undeliveredOf = (topicName: string): string =>
  isFifo(topicName) ? `${topicName.slice(0, -".fifo".length)}-undelivered.fifo` : `${topicName}-undelivered`;

/**
 * @throws for a filter that is empty, or is none.
 * Source: SNS developer guide, "Amazon SNS subscription filter policies", "Filter policy constraints".
 */
export function requireFilter(argument: string, filter: FilterPolicy): void {
  const fields = Object.entries(filter);
  if (fields.length === 0)
    throw new Error(`${argument} is empty and lets everything through; leave it out to mean that`);
  for (const [field, wanted] of fields) {
    if (Array.isArray(wanted)) {
      if (wanted.length === 0)
        throw new Error(`${argument}.${field} is an empty list, which nothing matches; name what it may be`);
    } else if (typeof wanted === "object" && wanted !== null)
      requireFilter(`${argument}.${field}`, wanted as FilterPolicy);
    else
      throw new Error(
        `${argument}.${field} is ${String(wanted)}; it must be a list of what the field may be, for example ["placed"]`,
      );
  }
}
