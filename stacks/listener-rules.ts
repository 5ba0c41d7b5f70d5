/** Which rules are on a product's load balancers, and which priority each has; known from the description alone. */
import type { ListenerRuleConditions } from "../routing/conditions";
import { listenerPriorities } from "../routing/priorities";
import type { EnvironmentName, LandingZone, Product } from "./description";
import { internalListener, lenderOf, publicListener, type RuleOfService } from "./description/listeners";

export interface PlacedRule extends ListenerRuleConditions {
  readonly priority: number;
}

/** By service: the rules of a product on the listener that it shares with others or has to itself. */
export const internalRules = (
  zone: LandingZone,
  product: Product,
  environment: EnvironmentName,
): Record<string, PlacedRule> =>
  placed(product, internalListener(zone, lenderOf(zone, product), environment));

/** The same on the product's public load balancer. */
export const publicRules = (
  zone: LandingZone,
  product: Product,
  environment: EnvironmentName,
): Record<string, PlacedRule> => placed(product, publicListener(zone, product, environment));

function placed(product: Product, rules: readonly RuleOfService[]): Record<string, PlacedRule> {
  const key = ({ product: { name }, service }: RuleOfService) => `${name}/${service}`;
  const priorities = listenerPriorities(Object.fromEntries(rules.map(rule => [key(rule), rule.conditions])));
  return Object.fromEntries(
    rules
      .filter(rule => rule.product === product)
      .map(rule => [rule.service, { ...rule.conditions, priority: priorities[key(rule)] as number }]),
  );
}
