/** Which priorities belong to rules of so many points, see `pointsOf`: a band, and more points come first. */
import { ruleLimits } from "./limits";

export interface Band {
  readonly first: number;
  readonly width: number;
}

/** A path of 128 characters, and four conditions of one value. */
export const mostPoints = 4 * 128 + 4 * 8;

/** Every kind of rule has this many priorities at least, so that there is always one to pin. */
const narrowest = 8;

/**
 * The rest is shared out by how often rules are of a kind. Whole products that are told apart by name have all the
 * path `/*` with one host (10 points) or two (6). Else it is `/orders/*`, and in second place `/orders`, of 4 to 20
 * characters; with a condition of one or two values it has 8 or 4 points more, and is of the same kind with two or one
 * characters more.
 */
const shares = Array.from({ length: mostPoints }, (_, index) => {
  const points = index + 1;
  if (points === 6 || points === 10) return 500;
  const characters = Math.ceil(points / 4);
  const usual = characters <= 20 ? 20 : Math.max(0, 40 - characters);
  const kind = { 3: 3, 0: 1, 2: 0.4 }[points % 4] ?? 0;
  return usual * kind;
});

const forShares = ruleLimits.priorities - narrowest * mostPoints;
const sum = shares.reduce((all, share) => all + share, 0);

const bands: readonly Band[] = (() => {
  const made: Band[] = [];
  let first = 1;
  for (const share of [...shares].reverse()) {
    const width = narrowest + Math.floor((forShares * share) / sum);
    made.push({ first, width });
    first += width;
  }
  return made.reverse();
})();

export function bandOf(points: number): Band {
  const band = bands[points - 1];
  if (band === undefined) throw new Error(`a rule has ${points} points; it must have 1 to ${mostPoints}`);
  return band;
}
