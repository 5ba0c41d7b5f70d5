/** A product that moves from one account to another: both are there, and it lives in one of them. */
import { type Fault, missing } from "./faults";
import { accountOf, livesIn } from "./product-places";
import { environmentNames, type LandingZone, type Product } from "./types";

export function movingFaults(zone: LandingZone, product: Product): Fault[] {
  return environmentNames.flatMap(environment => {
    const move = product.moving?.[environment];
    if (move === undefined) return [];
    const path = `products.${product.name}.moving.${environment}`;
    const known = Object.keys(zone.organization.accounts);
    const unknown = (["from", "to"] as const).flatMap(end =>
      missing(`${path}.${end}`, move[end], "account", known),
    );
    if (unknown.length > 0) return unknown;
    if (!livesIn(product, environment))
      return [
        { path, value: move, problem: "names an environment the product does not live in; leave it out" },
      ];
    const lives = accountOf(zone, product, environment);
    if (move.from === move.to)
      return [{ path, value: move, problem: "is from an account to itself; name another, or leave it out" }];
    return lives === move.from || lives === move.to
      ? []
      : [
          {
            path,
            value: move,
            problem: `is between other accounts than ${lives}, where the product lives in ${environment}; say accounts: { ${environment}: "${move.to}" }, or leave it out`,
          },
        ];
  });
}
