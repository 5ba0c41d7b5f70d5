import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { pathPatterns } from "../ingress/listener-rules";
import { shortName } from "../short-name";
import type { Cluster } from "./cluster";
import { FargateTaskDefinition, type FargateTaskDefinitionArgs } from "./fargate-task-definition";
import { ServiceScaling } from "./service-scaling";
import { TaskSecurityGroup } from "./task-security-group";

export interface FargateServiceArgs extends FargateTaskDefinitionArgs {
  readonly cluster: Cluster;
  readonly vpcId: pulumi.Input<string>;
  /** The outbound subnets. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Tasks: at least and at most. It starts with the least. */
  readonly scaling: { readonly min: number; readonly max: number };
  /** How it is called; absent: it is a worker, and nobody calls it. */
  readonly route?: Route;
}

export interface Route {
  readonly listenerArn: pulumi.Input<string>;
  readonly loadBalancerSecurityGroupId: pulumi.Input<string>;
  readonly priority: number;
  /** The port the container listens on, with TLS; its certificate may be its own. */
  readonly port: number;
  readonly path: string;
  readonly protocol: "http1" | "http2" | "grpc";
  /** What the load balancer asks to learn whether a task is well. */
  readonly health: string;
}

/**
 * Health checks as fast as an Application Load Balancer makes them: every five seconds, well after two answers and
 * ill after two failures. A task that is told to stop gets as long to finish as its callers may still call it.
 * Source: Elastic Load Balancing user guide, "Health checks for Application Load Balancer target groups".
 */
const healthSeconds = { interval: 5, timeout: 3, deregistration: 30, startGrace: 60 };

/**
 * An ECS service on Fargate in the outbound subnets, without public addresses: a task definition with its roles and
 * logs, a security group, a rule and a target group on the product's load balancer (TLS to the task), scaling by
 * CPU, and a deployment that rolls back by itself when the new tasks do not become well.
 *
 * Sources: FSBP controls ECS.2, ECS.10; ECS developer guide, "Amazon ECS deployment circuit breaker".
 */
export class FargateService extends pulumi.ComponentResource {
  constructor(name: string, args: FargateServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:compute:FargateService", name, {}, opts);
    const here = { parent: this };
    const { product, workload, route } = args;
    const serviceName = `${product}-${workload}`;

    const definition = new FargateTaskDefinition(name, args, here);
    const group = new TaskSecurityGroup(
      name,
      {
        vpcId: args.vpcId,
        description: `Tasks of ${serviceName}`,
        caller: route && { securityGroupId: route.loadBalancerSecurityGroupId, port: route.port },
      },
      here,
    );
    const routed = route && this.routed(serviceName, args.vpcId, route);

    const service = new aws.ecs.Service(
      name,
      {
        name: serviceName,
        cluster: args.cluster.arn,
        taskDefinition: definition.arn,
        desiredCount: args.scaling.min,
        launchType: "FARGATE",
        platformVersion: "LATEST",
        networkConfiguration: { subnets: args.subnetIds, securityGroups: [group.id], assignPublicIp: false },
        deploymentMinimumHealthyPercent: 100,
        deploymentMaximumPercent: 200,
        deploymentCircuitBreaker: { enable: true, rollback: true },
        availabilityZoneRebalancing: "ENABLED",
        enableEcsManagedTags: true,
        propagateTags: "SERVICE",
        ...(routed && {
          loadBalancers: [
            {
              targetGroupArn: routed.targetGroup.arn,
              containerName: definition.containerName,
              containerPort: routed.port,
            },
          ],
          healthCheckGracePeriodSeconds: healthSeconds.startGrace,
        }),
        tags: { service: workload },
      },
      // How many there are is the scaler's business once the service runs. A target group that no listener leads
      // to can not be used by a service, hence the rule first.
      {
        ...here,
        ignoreChanges: ["desiredCount"],
        dependsOn: routed ? [args.cluster, routed.rule] : [args.cluster],
      },
    );
    new ServiceScaling(
      name,
      { clusterName: args.cluster.clusterName, serviceName, service, ...args.scaling },
      here,
    );
    this.registerOutputs({});
  }

  private routed(serviceName: string, vpcId: pulumi.Input<string>, route: Route) {
    const here = { parent: this };
    const targetGroup = new aws.lb.TargetGroup(
      shortName(serviceName, 24),
      {
        targetType: "ip",
        vpcId,
        port: route.port,
        protocol: "HTTPS",
        protocolVersion: { http1: "HTTP1", http2: "HTTP2", grpc: "GRPC" }[route.protocol],
        deregistrationDelay: healthSeconds.deregistration,
        healthCheck: {
          protocol: "HTTPS",
          path: route.health,
          // A gRPC server answers with a gRPC status: 0 is OK.
          matcher: route.protocol === "grpc" ? "0" : "200",
          interval: healthSeconds.interval,
          timeout: healthSeconds.timeout,
          healthyThreshold: 2,
          unhealthyThreshold: 2,
        },
        tags: { service: serviceName },
      },
      here,
    );
    const rule = new aws.lb.ListenerRule(
      serviceName,
      {
        listenerArn: route.listenerArn,
        priority: route.priority,
        conditions: [{ pathPattern: { values: pathPatterns(route.path) } }],
        actions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
      },
      here,
    );
    return { targetGroup, rule, port: route.port };
  }
}
