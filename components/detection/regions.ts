/**
 * The Regions beside the one that is home, in the order they are given.
 *
 * @throws if home is none of them, or one is named twice.
 */
export function regionsBeside(home: string, regions: readonly string[]): string[] {
  if (!regions.includes(home))
    throw new Error(`the home Region ${home} is none of ${regions.join(", ") || "no Regions"}`);
  const twice = regions.find((region, index) => regions.indexOf(region) !== index);
  if (twice !== undefined) throw new Error(`the Region ${twice} is named twice`);
  return regions.filter(region => region !== home);
}
