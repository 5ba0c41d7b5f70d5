import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { policyDocument, trustService } from "../identity/policy-document";
import { productRole } from "../identity/product-role";
import type { Location } from "../location";
import { shortName } from "../short-name";
import type { ScalingRules } from "./scaling-rules";
import { type DeploymentArgs, deploymentStatements, type ShiftingRules } from "./service-deployment";
import type { Route, Routed } from "./service-routes";

/**
 * A service whose requests are shifted has a rule that leads to it, and nothing but rules. ECS could shift a Network
 * Load Balancer's requests too, had it two target groups; and scaling by requests a target measures one of two.
 */
export function requireShiftable(
  serviceName: string,
  { strategy }: { readonly strategy: string },
  routes: Readonly<Record<string, Route>>,
  { targets }: ScalingRules,
): void {
  const refuse = (why: string, remedy: string) => {
    throw new Error(`deployment of ${serviceName} is ${strategy}, ${why}; ${remedy}, or deploy it rolling`);
  };
  const kinds = Object.entries(routes);
  const network = kinds.find(([, { kind }]) => kind === "network")?.[0];
  if (network !== undefined)
    refuse(
      `but routes.${network} comes through a Network Load Balancer, whose one target group is kept elsewhere`,
      "leave it out",
    );
  if (kinds.length === 0) refuse("but no rule of a load balancer leads to it", "say a path");
  if (targets?.requests !== undefined)
    refuse(
      `but scaling.targets.requests is ${targets.requests}, which would measure one target group of two`,
      "scale by CPU",
    );
}

export interface DeploymentRoleArgs extends Pick<DeploymentArgs, "serviceName" | "hookFunctions"> {
  readonly at: Location;
  readonly rules: ShiftingRules;
  /** Without the digits that Pulumi adds. */
  readonly targetGroupNames: readonly string[];
}

/** The role by which ECS shifts a service's requests and asks its hooks; see deploymentStatements. */
export function deploymentRole(name: string, args: DeploymentRoleArgs, opts: pulumi.CustomResourceOptions) {
  const { at, serviceName } = args;
  const role = new aws.iam.Role(
    `${name}-deployment`,
    {
      ...productRole(at.accountId),
      name: shortName(`${serviceName}-deployment`, 64),
      assumeRolePolicy: trustService("ecs.amazonaws.com", at.accountId),
    },
    opts,
  );
  const permissions = new aws.iam.RolePolicy(
    `${name}-deployment`,
    { role: role.name, policy: policyDocument(deploymentStatements(at, args)) },
    opts,
  );
  return { arn: role.arn, permissions };
}

/** What ECS is told of a way whose requests it shifts; nothing of one that has a single target group. */
export const shiftedBy = (
  { rule, testRule, other }: Routed,
  roleArn: pulumi.Input<string> | undefined,
): Pick<aws.types.input.ecs.ServiceLoadBalancer, "advancedConfiguration"> =>
  other === undefined || roleArn === undefined
    ? {}
    : {
        advancedConfiguration: {
          alternateTargetGroupArn: other.arn,
          productionListenerRule: rule.arn,
          ...(testRule === undefined ? {} : { testListenerRule: testRule.arn }),
          roleArn,
        },
      };
