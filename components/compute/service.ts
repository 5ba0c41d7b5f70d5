import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ServiceAlarms } from "../observability/service-alarms";
import { ServiceObjective, type ServiceObjectiveRules } from "../observability/service-objective";
import type { AlarmTopics } from "../observability/severity";
import { capacityOf } from "./capacity";
import type { Cluster } from "./cluster";
import type { Instances } from "./instances";
import type { ScalingRules } from "./scaling-rules";
import {
  type DeploymentRules,
  deploymentMinutes,
  deploymentOf,
  type HookFunctions,
  isShifting,
} from "./service-deployment";
import { requireWhole, usualStartSeconds } from "./service-health";
import { serviceRegistry } from "./service-registry";
import {
  type ListenerRoute,
  measured,
  type NetworkRoute,
  type Route,
  routed,
  usualWay,
} from "./service-routes";
import { ServiceScaling } from "./service-scaling";
import { deploymentRole, requireShiftable, shiftedBy } from "./service-shifting";
import { TaskDefinition, type TaskDefinitionArgs } from "./task-definition";
import { TaskSecurityGroup, type TaskSecurityGroupArgs } from "./task-security-group";

export interface ServiceArgs extends Omit<TaskDefinitionArgs, "launch" | "restart" | "stopTimeout"> {
  readonly cluster: Cluster;
  readonly vpcId: pulumi.Input<string>;
  /** The outbound subnets. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** What it calls over the network; see TaskSecurityGroup. */
  readonly calls?: TaskSecurityGroupArgs["calls"];
  /** It starts with the least number of tasks. */
  readonly scaling: ScalingRules;
  /** Per cent of the tasks above the least that run on Fargate Spot, 0 to 100; default 0. */
  readonly spot?: number;
  /** Of the cluster: where the tasks run; default: on Fargate. */
  readonly instances?: Instances;
  /** How it is called, by a short name of each way; none: it is a worker, and nobody calls it. */
  readonly routes?: Readonly<Record<string, Route>>;
  /** The port the container listens on, with TLS; its certificate may be its own. Needed with routes and `foundIn`. */
  readonly port?: number;
  /**
   * A private DNS namespace of Cloud Map, where other tasks find its tasks as `<workload>.<namespace>`; who may call is
   * said by `TaskCall`. Default: they are not found. Who calls so calls both releases, while requests are shifted.
   */
  readonly foundIn?: pulumi.Input<string>;
  /** Seconds that a task which is to stop still has for what it has begun, 1 to 110; default 30. */
  readonly drain?: number;
  /** Default: rolling. */
  readonly deployment?: DeploymentRules;
  /** Functions that a deployment may ask, by name. */
  readonly hookFunctions?: HookFunctions;
  /** The product's topic. */
  readonly alarmTopics: AlarmTopics;
  /** What its callers may expect; default: nothing that anybody is told of. */
  readonly objective?: ServiceObjectiveRules;
}

/** Seconds from the last answer to the end, for a task to close what it has open. */
const closing = 10;

/**
 * An ECS service in the outbound subnets, without public addresses: a task definition with its roles, a security
 * group, for each way in a rule and target groups on a load balancer (TLS to the task), alarms, scaling, and
 * deployments that take themselves back when the new tasks do not become well or an alarm goes off.
 *
 * An update waits for its deployment to end, and fails with it. Without that a release that ECS has taken back would
 * look like one that runs; and what the old tasks use, such as a target group or a security group that has been
 * replaced, would be deleted while they are there. An update that is interrupted takes its deployment back.
 *
 * Refused: to be called, and listen on no port; to drain for less than 1 or more than 110 seconds; to shift requests
 * where nothing leads to the service, where a Network Load Balancer does, and with `scaling.targets.requests`; what
 * health, deployment, capacity and scaling refuse.
 *
 * Its security group has a name of Pulumi's, and a description of the service's name only: that can not be changed, so
 * that another would be another group. It is deleted when the service is gone, and whatever names it in other groups'
 * rules; rules of its own do not keep it, which is why they are not revoked first.
 *
 * Sources: FSBP controls ECS.2, ECS.10; ECS developer guide, "Amazon ECS deployment failure detection", "Balancing an
 * Amazon ECS service across Availability Zones", "Use a target metric to scale Amazon ECS services", "Use service
 * discovery to connect Amazon ECS services with DNS names".
 */
export class Service extends pulumi.ComponentResource {
  /** The tasks'. */
  readonly securityGroupId: pulumi.Output<string>;
  readonly serviceName: string;
  /** Of its ways through Application Load Balancers, as CloudWatch knows them. */
  readonly targetGroups: Readonly<Record<string, { readonly arnSuffix: pulumi.Output<string> }>>;

  constructor(name: string, args: ServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:compute:Service", name, {}, opts);
    const here = { parent: this };
    const { product, workload, foundIn, cluster, scaling, instances } = args;
    const serviceName = `${product}-${workload}`;
    this.serviceName = serviceName;
    const rules = args.deployment ?? { strategy: "rolling" };
    const drain = requireWhole(`drain of ${serviceName}`, args.drain ?? 30, 1, 110);
    const routes = Object.entries(args.routes ?? {});
    const listening = routes.filter(
      (route): route is [string, ListenerRoute] => route[1].kind === "listener",
    );
    const networks = routes.filter((route): route is [string, NetworkRoute] => route[1].kind === "network");
    const port = args.tlsProxy?.listensOn ?? args.port;
    if (port === undefined && (routes.length > 0 || foundIn !== undefined))
      throw new Error(`the service ${serviceName} is called, but listens on no port`);
    if (isShifting(rules)) requireShiftable(serviceName, rules, args.routes ?? {}, scaling);

    const definition = new TaskDefinition(
      name,
      {
        ...args,
        launch: instances === undefined ? "FARGATE" : "EC2",
        restart: true,
        stopTimeout: drain + closing,
      },
      here,
    );
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
    const ways = listening.map(([way, route]) => ({
      way,
      route,
      made: routed(
        way,
        {
          serviceName,
          name: `${product}-${name}`,
          workload,
          vpcId: args.vpcId,
          drain,
          shifting: isShifting(rules),
        },
        route,
        here,
      ),
    }));
    const role = isShifting(rules)
      ? deploymentRole(
          name,
          {
            at: args.at,
            serviceName,
            rules,
            hookFunctions: args.hookFunctions,
            targetGroupNames: ways.flatMap(({ made }) => made.names),
          },
          here,
        )
      : undefined;
    const registry = foundIn === undefined ? undefined : serviceRegistry(name, workload, foundIn, here);

    const targets = measured(ways, networks);
    const alarms = new ServiceAlarms(
      name,
      { serviceName, clusterName: cluster.clusterName, at: args.at, topics: args.alarmTopics, targets },
      here,
    );
    if (args.objective !== undefined)
      new ServiceObjective(
        name,
        { serviceName, targets, objective: args.objective, topics: args.alarmTopics },
        here,
      );

    const container = { containerName: definition.trafficContainerName, containerPort: port ?? 0 };
    const loadBalancers = [
      ...ways.map(({ made }) => ({
        ...container,
        targetGroupArn: made.targetGroup.arn,
        ...shiftedBy(made, role?.arn),
      })),
      ...networks.map(([, { targetGroupArn }]) => ({ ...container, targetGroupArn })),
    ];
    const minutes = `${deploymentMinutes(serviceName, rules)}m`;
    const service = new aws.ecs.Service(
      name,
      {
        name: serviceName,
        cluster: cluster.arn,
        taskDefinition: definition.arn,
        desiredCount: scaling.min,
        ...capacityOf({ spot: args.spot, min: scaling.min, instances }),
        networkConfiguration: { subnets: args.subnetIds, securityGroups: [group.id], assignPublicIp: false },
        ...deploymentOf({
          serviceName,
          rules,
          alarmNames: alarms.deploymentAlarms,
          hookFunctions: args.hookFunctions,
          roleArn: role?.arn,
        }),
        waitForSteadyState: true,
        sigintRollback: true,
        availabilityZoneRebalancing: "ENABLED",
        enableExecuteCommand: args.shell ?? false,
        enableEcsManagedTags: true,
        propagateTags: "SERVICE",
        ...(loadBalancers.length === 0
          ? {}
          : {
              loadBalancers,
              healthCheckGracePeriodSeconds: Math.max(
                ...ways.map(({ made }) => made.startSeconds),
                ...networks.map(() => usualStartSeconds),
              ),
            }),
        ...(registry === undefined ? {} : { serviceRegistries: { registryArn: registry.arn } }),
        tags: { service: workload },
      },
      // How many there are is the scaler's business once the service runs. A target group that no listener leads to
      // can not be used by a service, hence the rules first; and tasks that nobody may call, or that may call
      // nobody, do not become well.
      {
        ...here,
        ignoreChanges: ["desiredCount"],
        customTimeouts: { create: minutes, update: minutes },
        dependsOn: [
          cluster,
          group,
          alarms,
          ...(instances === undefined ? [] : [instances]),
          ...ways.flatMap(({ made: { rule, testRule } }) =>
            testRule === undefined ? [rule] : [rule, testRule],
          ),
          ...(role === undefined ? [] : [role.permissions]),
        ],
      },
    );
    const usual = ways.find(({ way }) => way === usualWay) ?? ways[0];
    new ServiceScaling(
      name,
      {
        clusterName: cluster.clusterName,
        serviceName,
        service,
        scaling,
        at: args.at,
        ...(usual === undefined
          ? {}
          : {
              requestsLabel: pulumi.interpolate`${usual.route.loadBalancer}/${usual.made.targetGroup.arnSuffix}`,
            }),
      },
      here,
    );
    this.securityGroupId = group.id;
    this.targetGroups = Object.fromEntries(
      ways.map(({ way, made }) => [way, { arnSuffix: made.targetGroup.arnSuffix }]),
    );
    this.registerOutputs({ securityGroupId: this.securityGroupId, serviceName });
  }
}
