/** The services of a product, and how each is called. */
import type { LambdaFunction } from "../components/compute/lambda-function";
import type { ScalingRules } from "../components/compute/scaling-rules";
import { Service } from "../components/compute/service";
import type { Route } from "../components/compute/service-routes";
import type { ServiceTargets } from "../components/observability/service-target";
import type { RunningCluster } from "./clusters";
import { containerArgs, type RunningPlace } from "./containers";
import { inForce } from "./description/in-force";
import type { ScalingInForce, ServiceInForce } from "./description/in-force-types";
import { shortNameOf } from "./description/kept";
import { lenderOf } from "./description/listeners";
import type { RunningTasks } from "./jobs";
import { resourceName } from "./kinds";
import { internalRules, type PlacedRule, publicRules } from "./listener-rules";
import { alarmTopicsOf, keyAlias } from "./product-names";
import { isTested } from "./tested-releases";
import { shellLogGroupName } from "./workload-logs";

export interface RunningService extends RunningTasks {
  /** As dashboards name it. */
  readonly shown: {
    readonly serviceName: string;
    readonly clusterName: string;
    readonly targets: ServiceTargets;
  };
}

export function runServices(
  place: RunningPlace,
  clusters: (workload: string) => RunningCluster,
  functions: Readonly<Record<string, LambdaFunction>>,
): RunningService[] {
  const { zone, product, environment, kept, provider } = place;
  const rules = {
    internal: internalRules(zone, product, environment.name),
    public: publicRules(zone, product, environment.name),
  };
  return Object.keys(product.services ?? {}).map(name => {
    const { words } = inForce(zone, product, "services", name, environment.name);
    const { cluster, instances } = clusters(name);
    const routes = routesOf(place, words, { internal: rules.internal[name], public: rules.public[name] });
    const made = new Service(
      name,
      {
        ...containerArgs(place, name, words),
        cluster,
        shell: true,
        shellLogs: { logGroupName: shellLogGroupName(product), keyAlias: keyAlias(product, "operations") },
        vpcId: kept.vpcId,
        subnetIds: kept.taskSubnetIds,
        ...(words.port === undefined ? {} : { port: words.port }),
        ...(words.port === undefined || words.tls === undefined
          ? {}
          : {
              tlsProxy: {
                listensOn: words.port,
                proxyTo: words.tls.proxyTo,
                protocol: words.protocol,
              },
            }),
        ...(words.calledBy.length === 0 ? {} : { foundIn: kept.taskNamespaceId.apply(id => id as string) }),
        routes,
        drain: words.drain,
        scaling: scalingOf(place, words.scaling),
        spot: words.spot,
        ...(words.capacity === "instances" && instances !== undefined ? { instances } : {}),
        deployment: words.deployment,
        hookFunctions: functions,
        ...(words.objective === undefined ? {} : { objective: words.objective }),
        alarmTopics: alarmTopicsOf(product, place.where.at),
      },
      { provider },
    );
    const targets = Object.fromEntries(
      Object.entries(made.targetGroups).flatMap(([way, { arnSuffix }]) => {
        const route = routes[way];
        return route?.kind === "listener"
          ? [[way, { loadBalancer: route.loadBalancer, targetGroup: arnSuffix }]]
          : [];
      }),
    );
    return {
      name,
      securityGroupId: made.securityGroupId,
      shown: { serviceName: made.serviceName, clusterName: cluster.clusterName, targets },
    };
  });
}

const scalingOf = (
  { product, where }: RunningPlace,
  { backlog, ...words }: ScalingInForce,
): ScalingRules => ({
  ...words,
  ...(backlog === undefined
    ? {}
    : {
        backlog: {
          queueName: resourceName(
            product,
            shortNameOf(product, backlog.queue) as string,
            backlog.queue,
            where,
          ),
          perTask: backlog.perTask,
        },
      }),
});

/** A service's ways in, each where its product's persistent stack has made it. */
function routesOf(
  { zone, product, environment, kept }: RunningPlace,
  { protocol, health, network, sticky, deployment }: ServiceInForce,
  rules: Readonly<Record<"internal" | "public", PlacedRule | undefined>>,
): Record<string, Route> {
  const tested =
    deployment.strategy !== "rolling" && isTested(zone, lenderOf(zone, product), environment.name);
  const listener = (way: "internal" | "public"): Record<string, Route> => {
    const placed = rules[way];
    if (placed === undefined) return {};
    const { priority, ...conditions } = placed;
    const its = (key: "listenerArn" | "securityGroupId" | "fullName" | "testListenerArn") =>
      kept.ways.apply(ways => ways?.[way]?.[key] as string);
    return {
      [way]: {
        kind: "listener",
        listenerArn: its("listenerArn"),
        // Nobody beyond the company tries releases.
        ...(tested && way === "internal" ? { testListenerArn: its("testListenerArn") } : {}),
        loadBalancer: its("fullName"),
        loadBalancerSecurityGroupId: its("securityGroupId"),
        conditions,
        priority,
        protocol,
        health: health ?? {},
        ...(sticky === undefined ? {} : { sticky }),
      },
    };
  };
  const its = (key: "targetGroupArn" | "securityGroupId" | "fullName" | "targetGroupName") =>
    kept.ways.apply(ways => ways?.network?.[key] as string);
  return {
    ...listener("internal"),
    ...listener("public"),
    ...(network === undefined
      ? {}
      : {
          network: {
            kind: "network",
            targetGroupArn: its("targetGroupArn"),
            loadBalancerSecurityGroupId: its("securityGroupId"),
            measured: { loadBalancer: its("fullName"), targetGroup: its("targetGroupName") },
          },
        }),
  };
}
