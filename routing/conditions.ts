/** Which requests a listener's rule takes. All that is said must hold. */
export interface ListenerRuleConditions {
  /**
   * `/orders`, `/orders/*` (with `/orders` itself), `/img/*.png`; at most 128 characters. One: a service that answers
   * several has a rule for each. Of alternatives in one rule it could not be said by a number which is more
   * specific: there are more shades of them than priorities.
   */
  readonly path: string;
  /** One of these exact names; default: whatever name is called. */
  readonly hosts?: readonly string[];
  /** One of these, in capitals; default: all. */
  readonly methods?: readonly string[];
  /** Each header has one of its exact values; letters' case is all the same. Default: none is looked at. */
  readonly headers?: Readonly<Record<string, readonly string[]>>;
  /** Only for one of two rules that fall on one priority: a free one of its own band, as the error suggests. */
  readonly priority?: number;
}

/**
 * What a path means to a load balancer: `/orders/*` takes `/orders` too, which a user would expect and the pattern
 * alone does not say.
 */
export const pathPatterns = (path: string): string[] =>
  path.endsWith("/*") && path !== "/*" ? [path.slice(0, -2), path] : [path];
