import { createHash } from "node:crypto";

/** Source: Elastic Load Balancing API reference, CreateRule: a priority is 1 to 50,000. */
const lowestPriority = 50_000;
/** A path pattern has at most 128 characters. */
const longestPattern = 128;
const slotsPerLength = Math.floor(lowestPriority / (longestPattern + 1));

/**
 * What a path means to a load balancer: `/orders/*` takes `/orders` too, which a user would expect and the pattern
 * alone does not say.
 */
export const pathPatterns = (path: string): string[] =>
  path.endsWith("/*") && path !== "/*" ? [path.slice(0, -2), path] : [path];

/**
 * The priority of each service's rule on one listener: a more specific path, that is one with more characters that
 * are no wildcards, comes first. Paths of one length share out that length's slots by the hash of the path, so
 * that adding a service moves no other, unless two hashes meet: then the later path in the alphabet takes the
 * next free slot.
 *
 * @param paths services and the paths they answer; no two the same.
 */
export function listenerPriorities(paths: Readonly<Record<string, string>>): Record<string, number> {
  const taken = new Set<number>();
  const inOrder = Object.entries(paths).sort(([, a], [, b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    inOrder.map(([service, path]) => {
      const literal = path.replace(/[*?]/g, "").length;
      const first = (longestPattern - literal) * slotsPerLength + 1;
      const hash = createHash("sha256").update(path).digest().readUInt32BE();
      const slots = Array.from(
        { length: slotsPerLength },
        (_, step) => first + ((hash + step) % slotsPerLength),
      );
      const free = slots.find(slot => !taken.has(slot));
      if (free === undefined)
        throw new Error(`more than ${slotsPerLength} paths as specific as ${path} on a listener`);
      taken.add(free);
      return [service, free];
    }),
  );
}
