/** What a product's services answer. */
import type { ListenerRuleConditions } from "../../routing/conditions";
import type { Product } from "./types";

export interface ServiceRule {
  readonly service: string;
  readonly conditions: ListenerRuleConditions;
}

/** What stands before the product's name where its services answer by names of their own: `admin`. */
export const hostsOf = ({ services = {} }: Product): string[] => [
  ...new Set(
    Object.values(services).flatMap(({ path, host }) =>
      path === undefined || host === undefined ? [] : [host],
    ),
  ),
];

/**
 * @param namesOf the names that a host of the product has, or the product itself; where others are on the same listener,
 *   or services with hosts are, which what has none must leave their names.
 */
export const rulesOf = (
  product: Product,
  namesOf?: (host: string | undefined) => readonly string[],
): ServiceRule[] =>
  Object.entries(product.services ?? {}).flatMap(([service, { path, host, methods, headers, priority }]) =>
    path === undefined
      ? []
      : [
          {
            service,
            conditions: {
              path,
              ...(namesOf === undefined ? {} : { hosts: namesOf(host) }),
              ...(methods === undefined ? {} : { methods }),
              ...(headers === undefined ? {} : { headers }),
              ...(priority === undefined ? {} : { priority }),
            },
          },
        ],
  );
