/** Which names of a configuration are policies', and what was meant by others. */

/** Sets the level of every policy. */
const everyPolicy = "all";

export function faultIn(configured: readonly string[], names: readonly string[]): string | undefined {
  const known = new Set([...names, everyPolicy]);
  const unknown = configured.filter(name => !known.has(name));
  if (unknown.length === 0) return undefined;
  const told = unknown.map(name => {
    const meant = nearest(name, names);
    return meant === undefined ? name : `${name} (is it ${meant}?)`;
  });
  return `the configuration names ${told.join(", ")}: no rule of this pack is called so`;
}

/** The name that is fewest letters away, if it is near at all. */
function nearest(name: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map(candidate => ({ candidate, far: distance(name, candidate) }))
    .sort((a, b) => a.far - b.far);
  return best && best.far <= name.length / 3 ? best.candidate : undefined;
}

/** How many letters must be put in, left out or changed. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let at = 1; at <= from.length; at++) {
    const next = [at];
    for (let other = 1; other <= to.length; other++) {
      const changed = (row[other - 1] ?? 0) + (from[at - 1] === to[other - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[other] ?? 0) + 1, (next[other - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
