import type * as pulumi from "@pulumi/pulumi";

/** Makes resources each after the one before it, because AWS refuses some changes that come at once. */
export function oneByOne<Item>(
  items: readonly Item[],
  first: readonly pulumi.Resource[],
  make: (item: Item, dependsOn: pulumi.Resource[]) => pulumi.Resource,
): pulumi.Resource[] {
  const made: pulumi.Resource[] = [];
  for (const item of items) made.push(make(item, made.length === 0 ? [...first] : made.slice(-1)));
  return made;
}
