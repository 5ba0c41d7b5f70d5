/**
 * Refuses regions that a program cannot mean: none, one of them twice, or all but the account's own.
 *
 * @throws {Error}
 */
export function checkRegions(regions: readonly string[], home: string): void {
  const twice = regions.find((region, index) => regions.indexOf(region) !== index);
  if (twice !== undefined) throw new Error(`${twice} is among the regions twice`);
  if (!regions.includes(home))
    throw new Error(`${home}, where the account is at home, is not among its regions: ${regions.join(", ")}`);
}
