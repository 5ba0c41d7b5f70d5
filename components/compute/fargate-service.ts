import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ListenerRuleConditions } from "../../routing/conditions";
import { type RequiredHeader, ruleConditions } from "../ingress/rule-conditions";
import { shortName } from "../short-name";
import type { Cluster } from "./cluster";
import { FargateTaskDefinition, type FargateTaskDefinitionArgs } from "./fargate-task-definition";
import { ServiceScaling } from "./service-scaling";
import { TaskSecurityGroup, type TaskSecurityGroupArgs } from "./task-security-group";

export interface FargateServiceArgs extends FargateTaskDefinitionArgs {
  readonly cluster: Cluster;
  readonly vpcId: pulumi.Input<string>;
  /** The outbound subnets. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** What it calls over the network; see TaskSecurityGroup. */
  readonly calls?: TaskSecurityGroupArgs["calls"];
  /** Tasks: at least and at most. It starts with the least. */
  readonly scaling: { readonly min: number; readonly max: number };
  /** How it is called, by a short name of each way; none: it is a worker, and nobody calls it. */
  readonly routes?: Readonly<Record<string, Route>>;
  /** The port the container listens on, with TLS; its certificate may be its own. Needed with routes and `foundIn`. */
  readonly port?: number;
  /**
   * A private DNS namespace of Cloud Map, where other tasks find its tasks as `<workload>.<namespace>`; who may call is
   * said by `TaskCall`. Default: they are not found.
   */
  readonly foundIn?: pulumi.Input<string>;
}

/** A rule of an Application Load Balancer. */
export interface ListenerRoute {
  readonly kind: "listener";
  readonly listenerArn: pulumi.Input<string>;
  readonly loadBalancerSecurityGroupId: pulumi.Input<string>;
  readonly conditions: ListenerRuleConditions;
  readonly priority: number;
  /** What the load balancer demands of every request. */
  readonly requiredHeader?: RequiredHeader;
  readonly protocol: "http1" | "http2" | "grpc";
  /** What the load balancer asks to learn whether a task is well. */
  readonly health: string;
}

/** All that comes to a Network Load Balancer, which keeps the target group. */
export interface NetworkRoute {
  readonly kind: "network";
  readonly targetGroupArn: pulumi.Input<string>;
  readonly loadBalancerSecurityGroupId: pulumi.Input<string>;
}

export type Route = ListenerRoute | NetworkRoute;

/** The way whose rule and target group bear the service's own name. */
export const usualWay = "internal";

/**
 * Health checks as fast as an Application Load Balancer makes them: every five seconds, well after two answers and
 * ill after two failures. A task that is told to stop gets as long to finish as its callers may still call it.
 * Source: Elastic Load Balancing user guide, "Health checks for Application Load Balancer target groups".
 */
const healthSeconds = { interval: 5, timeout: 3, deregistration: 30, startGrace: 60 };

/** Seconds that a caller may go on calling a task that is gone. */
const foundFor = 10;

/**
 * An ECS service on Fargate in the outbound subnets, without public addresses: a task definition with its roles and
 * logs, a security group, a rule and a target group on the product's load balancer (TLS to the task), scaling by
 * CPU, and a deployment that rolls back by itself when the new tasks do not become well.
 *
 * Sources: FSBP controls ECS.2, ECS.10; ECS developer guide, "Amazon ECS deployment circuit breaker", "Use service
 * discovery to connect Amazon ECS services with DNS names".
 */
export class FargateService extends pulumi.ComponentResource {
  /** The tasks'. */
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: FargateServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:compute:FargateService", name, {}, opts);
    const here = { parent: this };
    const { product, workload, port, foundIn } = args;
    const serviceName = `${product}-${workload}`;
    const routes = Object.entries(args.routes ?? {});
    if ((routes.length > 0 || foundIn !== undefined) && port === undefined)
      throw new Error(`the service ${serviceName} is called, but listens on no port`);

    const definition = new FargateTaskDefinition(name, args, here);
    const group = new TaskSecurityGroup(
      name,
      {
        vpcId: args.vpcId,
        description: `Tasks of ${serviceName}`,
        calls: args.calls,
        ...(port === undefined
          ? {}
          : {
              callers: Object.fromEntries(
                routes.map(([way, { loadBalancerSecurityGroupId: securityGroupId }]) => [
                  way,
                  { securityGroupId, port },
                ]),
              ),
            }),
      },
      here,
    );
    const targets = routes.map(([way, route]) =>
      route.kind === "network"
        ? { arn: route.targetGroupArn, rule: undefined }
        : this.routed(way === usualWay ? serviceName : `${serviceName}-${way}`, args, route),
    );
    const registry = foundIn === undefined ? undefined : this.registered(name, workload, foundIn);

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
        ...(targets.length === 0 || port === undefined
          ? {}
          : {
              loadBalancers: targets.map(({ arn: targetGroupArn }) => ({
                targetGroupArn,
                containerName: definition.containerName,
                containerPort: port,
              })),
              healthCheckGracePeriodSeconds: healthSeconds.startGrace,
            }),
        ...(registry === undefined ? {} : { serviceRegistries: { registryArn: registry.arn } }),
        tags: { service: workload },
      },
      // How many there are is the scaler's business once the service runs. A target group that no listener leads
      // to can not be used by a service, hence the rule first.
      {
        ...here,
        ignoreChanges: ["desiredCount"],
        dependsOn: [args.cluster, ...targets.flatMap(({ rule }) => rule ?? [])],
      },
    );
    new ServiceScaling(
      name,
      { clusterName: args.cluster.clusterName, serviceName, service, ...args.scaling },
      here,
    );
    this.securityGroupId = group.id;
    this.registerOutputs({ securityGroupId: this.securityGroupId });
  }

  private registered(name: string, workload: string, namespaceId: pulumi.Input<string>) {
    return new aws.servicediscovery.Service(
      name,
      {
        name: workload,
        description: `Tasks of ${workload}`,
        dnsConfig: {
          namespaceId,
          routingPolicy: "MULTIVALUE",
          dnsRecords: [{ type: "A", ttl: foundFor }],
        },
        // ECS says which tasks are well; one is the only number that AWS takes.
        healthCheckCustomConfig: { failureThreshold: 1 },
        // ECS takes tasks out a little later than it ends their service.
        forceDestroy: true,
        tags: { service: workload },
      },
      { parent: this },
    );
  }

  private routed(
    name: string,
    { vpcId, port, workload }: FargateServiceArgs,
    { protocol, health, ...route }: ListenerRoute,
  ) {
    const here = { parent: this };
    const targetGroup = new aws.lb.TargetGroup(
      shortName(name, 24),
      {
        targetType: "ip",
        vpcId,
        port,
        protocol: "HTTPS",
        protocolVersion: { http1: "HTTP1", http2: "HTTP2", grpc: "GRPC" }[protocol],
        deregistrationDelay: healthSeconds.deregistration,
        healthCheck: {
          protocol: "HTTPS",
          path: health,
          // A gRPC server answers with a gRPC status: 0 is OK.
          matcher: protocol === "grpc" ? "0" : "200",
          interval: healthSeconds.interval,
          timeout: healthSeconds.timeout,
          healthyThreshold: 2,
          unhealthyThreshold: 2,
        },
        tags: { service: workload },
      },
      here,
    );
    const rule = new aws.lb.ListenerRule(
      name,
      {
        listenerArn: route.listenerArn,
        priority: route.priority,
        conditions: ruleConditions(route.conditions, route.requiredHeader),
        actions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
      },
      here,
    );
    return { arn: targetGroup.arn, rule };
  }
}
