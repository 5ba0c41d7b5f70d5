/** The rules of web ACLs, however they were written. */
import type { Stack, StackResource } from "../graph";
import { webAclGroupAssociations, webAclRules } from "../resource-types";
import type { Value } from "../value";

/** One rule; its parts are asked for as the provider names them. */
export interface FirewallRule {
  readonly path: string;
  at(...keys: string[]): Value;
}

/** The rules that an ACL or a rule group holds itself: as properties, or as JSON with the names of AWS's API. */
export function ownRules(acl: { at(key: string): Value }): FirewallRule[] {
  const written = ["ruleJson", "rulesJson"].flatMap(property => acl.at(property).json()?.list() ?? []);
  return [
    ...acl.at("rules").list().map(asNamed),
    ...written.map(rule => ({
      path: rule.path,
      at: (...keys: string[]) => rule.at(...keys.map(key => key.replace(/^./, first => first.toUpperCase()))),
    })),
  ];
}

/** Those of an ACL and those that resources of their own add to it. */
export function rulesOf(acl: StackResource, stack: Stack): FirewallRule[] {
  const own = ownRules(acl);
  const others = stack.ofType([...webAclRules, ...webAclGroupAssociations]);
  const added = others.length > 0 ? stack.companions(acl, types(others), "webAclArn") : [];
  return [...own, ...added.map(({ props }) => asNamed(props))];
}

const types = (resources: readonly StackResource[]) => [...new Set(resources.map(({ type }) => type))];

const asNamed = (rule: Value): FirewallRule => ({ path: rule.path, at: (...keys) => rule.at(...keys) });
