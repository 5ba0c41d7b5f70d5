import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ListenerRuleConditions } from "../../routing/conditions";
import { type RequiredHeader, ruleConditions } from "../ingress/rule-conditions";
import type { ServiceTargets } from "../observability/service-target";
import { shortName } from "../short-name";
import { shiftedForTag } from "./service-deployment";
import { type HealthRules, healthOf, requireWhole, type TaskProtocol } from "./service-health";

/** A rule of an Application Load Balancer. */
export interface ListenerRoute {
  readonly kind: "listener";
  readonly listenerArn: pulumi.Input<string>;
  /** Where a release is tried before callers get to it, if requests are shifted to it. Default: nowhere. */
  readonly testListenerArn?: pulumi.Input<string>;
  /** The load balancer as CloudWatch knows it, by the end of its ARN: `app/orders/0123456789abcdef`. */
  readonly loadBalancer: pulumi.Input<string>;
  readonly loadBalancerSecurityGroupId: pulumi.Input<string>;
  readonly conditions: ListenerRuleConditions;
  readonly priority: number;
  /** What the load balancer demands of every request. */
  readonly requiredHeader?: RequiredHeader;
  readonly protocol: TaskProtocol;
  readonly health: HealthRules;
  /** Seconds for which a client's requests go to the same task, 1 to 604,800; default: to any. */
  readonly sticky?: number;
}

/** All that comes to a Network Load Balancer, which keeps the target group. */
export interface NetworkRoute {
  readonly kind: "network";
  readonly targetGroupArn: pulumi.Input<string>;
  readonly loadBalancerSecurityGroupId: pulumi.Input<string>;
  /** Both as CloudWatch knows them; default: there are no alarms for it. */
  readonly measured?: {
    readonly loadBalancer: pulumi.Input<string>;
    readonly targetGroup: pulumi.Input<string>;
  };
}

export type Route = ListenerRoute | NetworkRoute;

/** The way whose rule and target group bear the service's own name. */
export const usualWay = "internal";

export interface RoutedArgs {
  /** For errors: `orders-api`. */
  readonly serviceName: string;
  /** What its resources are called: `<product>-<component>`. */
  readonly name: string;
  readonly workload: string;
  readonly vpcId: pulumi.Input<string>;
  /** Seconds that a task which is to stop may still answer. */
  readonly drain: number;
  /** Whether ECS shifts requests between two target groups. */
  readonly shifting: boolean;
}

export interface Routed {
  readonly targetGroup: aws.lb.TargetGroup;
  /** The names of its target groups, without the digits that Pulumi adds. */
  readonly names: readonly string[];
  readonly rule: aws.lb.ListenerRule;
  /** Only where requests are shifted. */
  readonly other?: aws.lb.TargetGroup;
  readonly testRule?: aws.lb.ListenerRule;
  readonly startSeconds: number;
}

/**
 * The port that a target group says; ECS says for every task which port it is called at, so that this one is never
 * used. Were it the task's, another port would be another target group.
 */
const unusedPort = 443;

/** ECS turns these around with every release. */
const weights = { first: 100, other: 0 };

/**
 * A rule of a listener and the target group it leads to, with TLS to the task; where requests are shifted, a second
 * target group, between which the rule divides them by weights, and the same rule at the test listener.
 *
 * Target groups get names of their own from Pulumi: one that must be replaced, because the version of HTTP or the VPC
 * is another, has a successor before it goes, to which the rule moves first. ECS changes the weights of a rule that it
 * shifts, so that what the rule does is left alone once it is there; it is made anew when what it leads to is, or when
 * the strategy begins or ceases to shift. A listener has one rule of a priority, which is why the old one goes first.
 * For so long, which is a moment, the path is not answered; and until the new tasks are well, where they are the first
 * behind their target group: after another version of HTTP, and after shifting has ceased if the last release happens
 * to be behind the second one.
 *
 * Refused: health that Elastic Load Balancing does not take (see healthOf), stickiness out of its range.
 * Sources: ECS developer guide, "Application Load Balancer resources for blue/green, linear, and canary deployments";
 * Elastic Load Balancing user guide, "Target groups for your Application Load Balancers", "Edit target group attributes
 * for your Application Load Balancer".
 */
export function routed(
  way: string,
  args: RoutedArgs,
  route: ListenerRoute,
  opts: pulumi.CustomResourceOptions,
): Routed {
  const { protocol, priority, sticky } = route;
  const where = `routes.${way} of ${args.serviceName}`;
  const { check, startSeconds } = healthOf(`${where}: health`, route.health, protocol);
  if (sticky !== undefined) requireWhole(`${where}: sticky`, sticky, 1, 604_800);

  const name = way === usualWay ? args.name : `${args.name}-${way}`;
  const group = (groupName: string) =>
    new aws.lb.TargetGroup(
      groupName,
      {
        targetType: "ip",
        vpcId: args.vpcId,
        port: unusedPort,
        protocol: "HTTPS",
        protocolVersion: { http1: "HTTP1", http2: "HTTP2", grpc: "GRPC" }[protocol],
        deregistrationDelay: args.drain,
        healthCheck: check,
        stickiness:
          sticky === undefined
            ? { type: "lb_cookie", enabled: false }
            : { type: "lb_cookie", enabled: true, cookieDuration: sticky },
        tags: { service: args.workload },
      },
      opts,
    );
  const names = [shortName(name, 24), shortName(`${name}-other`, 24)] as const;
  const targetGroup = group(names[0]);
  const other = args.shifting ? group(names[1]) : undefined;

  const rule = (
    ruleName: string,
    listenerArn: pulumi.Input<string>,
    conditions: aws.types.input.lb.ListenerRuleCondition[],
  ) =>
    new aws.lb.ListenerRule(
      ruleName,
      {
        listenerArn,
        priority,
        conditions,
        actions: [
          other === undefined
            ? { type: "forward", targetGroupArn: targetGroup.arn }
            : {
                type: "forward",
                forward: {
                  targetGroups: [
                    { arn: targetGroup.arn, weight: weights.first },
                    { arn: other.arn, weight: weights.other },
                  ],
                  // Sticky target groups demand it of the rule too; a second of it holds no client back.
                  ...(sticky === undefined ? {} : { stickiness: { enabled: true, duration: 1 } }),
                },
              },
        ],
        tags: {
          service: args.workload,
          targets: other === undefined ? "one" : `two-${protocol}`,
          ...(other === undefined ? {} : { [shiftedForTag]: args.serviceName }),
        },
      },
      {
        ...opts,
        deleteBeforeReplace: true,
        replaceOnChanges: ["tags.targets"],
        ...(other === undefined ? {} : { ignoreChanges: ["actions"] }),
      },
    );
  return {
    targetGroup,
    names: other === undefined ? [names[0]] : names,
    rule: rule(name, route.listenerArn, ruleConditions(route.conditions, route.requiredHeader)),
    startSeconds,
    ...(other === undefined ? {} : { other }),
    // Who tries a release does not come through what adds the header.
    ...(other === undefined || route.testListenerArn === undefined
      ? {}
      : { testRule: rule(`${name}-test`, route.testListenerArn, ruleConditions(route.conditions)) }),
  };
}

/** A service's ways as they are measured: those through Network Load Balancers only where it is said how. */
export const measured = (
  ways: readonly { readonly way: string; readonly route: ListenerRoute; readonly made: Routed }[],
  networks: readonly (readonly [string, NetworkRoute])[],
): ServiceTargets => ({
  ...Object.fromEntries(
    ways.map(({ way, route: { loadBalancer }, made: { targetGroup, other, startSeconds } }) => [
      way,
      {
        loadBalancer,
        targetGroup: targetGroup.arnSuffix,
        startSeconds,
        ...(other === undefined ? {} : { otherTargetGroup: other.arnSuffix }),
      },
    ]),
  ),
  ...Object.fromEntries(
    networks.flatMap(([way, { measured: its }]) =>
      its === undefined ? [] : [[way, { kind: "network" as const, ...its }]],
    ),
  ),
});
