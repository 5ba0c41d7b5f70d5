/** What a product's services answer. */
import type { ListenerRuleConditions } from "../../routing/conditions";
import type { Product } from "./types";

export interface ServiceRule {
  readonly service: string;
  readonly conditions: ListenerRuleConditions;
}

/** @param hosts the product's names, where others are on the same listener. */
export const rulesOf = (product: Product, hosts?: readonly string[]): ServiceRule[] =>
  Object.entries(product.services ?? {}).flatMap(([service, { path, methods, headers, priority }]) =>
    path === undefined
      ? []
      : [
          {
            service,
            conditions: {
              path,
              ...(hosts === undefined ? {} : { hosts }),
              ...(methods === undefined ? {} : { methods }),
              ...(headers === undefined ? {} : { headers }),
              ...(priority === undefined ? {} : { priority }),
            },
          },
        ],
  );
