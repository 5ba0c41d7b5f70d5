import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type ListenerRuleConditions, pathPatterns } from "../../routing/conditions";

/** A header that every request must carry, by which the load balancer knows who sends it. */
export interface RequiredHeader {
  readonly name: string;
  readonly value: pulumi.Input<string>;
}

/** The conditions of the listener's rule. `required`: what a `PublicLoadBalancer` says of its callers. */
export const ruleConditions = (
  { path, hosts, methods, headers = {} }: ListenerRuleConditions,
  required?: RequiredHeader,
): aws.types.input.lb.ListenerRuleCondition[] => [
  { pathPattern: { values: pathPatterns(path) } },
  ...(hosts === undefined ? [] : [{ hostHeader: { values: [...hosts] } }]),
  ...(methods === undefined ? [] : [{ httpRequestMethod: { values: [...methods] } }]),
  ...Object.entries(headers).map(([httpHeaderName, values]) => ({
    httpHeader: { httpHeaderName, values: [...values] },
  })),
  ...(required === undefined
    ? []
    : [{ httpHeader: { httpHeaderName: required.name, values: [required.value] } }]),
];
