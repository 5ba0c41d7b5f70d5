/** What a release replaces: a product's cluster, its services and its tasks. It keeps nothing. */
import type * as pulumi from "@pulumi/pulumi";
import { Cluster } from "../components/compute/cluster";
import { FargateBatch } from "../components/compute/fargate-batch";
import { FargateService, type Route } from "../components/compute/fargate-service";
import { type Container, inEnvironment, type LandingZone, type Service } from "./description";
import { resourceName, shortNameOf } from "./kinds";
import { links } from "./links";
import { internalRules, type PlacedRule, publicRules } from "./listener-rules";
import type { StackDefinition } from "./names";
import type { PersistentOutputs } from "./persistent";
import { environmentOf, productOf, workloadAccount } from "./places";
import { deployRole } from "./platform-names";
import { imageOf, repositoryName } from "./product-names";
import { accountProvider, locationOf, ofProduct } from "./providers";
import type { Handed, Received, Upstream } from "./references";
import { directSettings, letTasksCall } from "./task-names";
import { type Door, usesOf } from "./uses";

export interface ServiceOutputs {
  clusterName: string;
}

export function service(
  zone: LandingZone,
  stack: StackDefinition,
  upstream: Upstream,
): Handed<ServiceOutputs> {
  const product = productOf(zone, stack);
  const environment = environmentOf(zone, stack);
  const kept = upstream.outputsOf<PersistentOutputs>(`${product.name}-persistent-${environment.name}`);
  const at = locationOf(zone, stack.account, stack.region);
  const where = { at, domain: workloadAccount(zone, stack.account).domain };
  const subject = ofProduct(product, environment.name);
  const provider = accountProvider(zone, stack.account, stack.region, subject, { role: deployRole });

  const cluster = new Cluster(product.name, { clusterName: product.name, at }, { provider });

  const keeperOf = ({ product: keeper }: Pick<Door, "product">) =>
    upstream.outputsOf<PersistentOutputs>(`${keeper}-persistent-${environment.name}`);
  const wordFor = ({ product: keeper, name }: Pick<Door, "product" | "name">) =>
    keeper === product.name ? name : `${keeper}-${name}`;
  const linked = links({ zone, stack, product, environment, kept, upstream, provider });
  const container = (workload: string, described: Container) => {
    const { settings, doors, mounts, ...uses } = usesOf(zone, product, described.uses ?? [], where);
    return {
      cluster,
      product: product.name,
      workload,
      at,
      vpcId: kept.vpcId,
      subnetIds: kept.taskSubnetIds,
      repositoryName: repositoryName(product, imageOf(workload, described)),
      tag: inEnvironment(described.release, environment.name),
      ...(described.size ?? environment.service.size),
      environment: {
        ...settings,
        ...linked.settings,
        ...directSettings(product, workload, where),
        ...described.settings,
      },
      ...uses,
      calls: {
        ...Object.fromEntries(
          doors.map(door => [
            wordFor(door),
            {
              port: door.port,
              securityGroupId: keeperOf(door).securityGroupIds.apply(ids => ids[door.name] as string),
            },
          ]),
        ),
        ...linked.calls,
      },
      mounts: Object.fromEntries(
        mounts.map(({ path, readOnly, ...its }) => {
          const of = (key: "fileSystemId" | "accessPointId") =>
            keeperOf(its).fileSystems.apply(systems => systems?.[its.name]?.[key] as string);
          return [
            wordFor(its),
            { path, readOnly, fileSystemId: of("fileSystemId"), accessPointId: of("accessPointId") },
          ];
        }),
      ),
      keyArn: kept.logKeyArn,
      logRetentionDays: environment.logRetentionDays,
    };
  };

  const rules = { internal: internalRules(zone, product, where), public: publicRules(product) };
  const groups: Record<string, pulumi.Output<string>> = {};
  for (const [name, described] of Object.entries(product.services ?? {}))
    groups[name] = new FargateService(
      name,
      {
        ...container(name, described),
        ...(described.port === undefined ? {} : { port: described.port }),
        ...(described.calledBy === undefined
          ? {}
          : { foundIn: kept.taskNamespaceId.apply(id => id as string) }),
        scaling: described.scaling ?? environment.service.scaling,
        routes: routesOf(name, described, rules, kept),
      },
      { provider },
    ).securityGroupId;

  for (const [name, task] of Object.entries(product.tasks ?? {})) {
    const { on } = task;
    groups[name] = new FargateBatch(
      name,
      {
        ...container(name, task),
        command: task.command,
        on:
          "schedule" in on
            ? on
            : {
                bucketName: resourceName(
                  product,
                  shortNameOf(product, on.objectCreated) as string,
                  on.objectCreated,
                  where,
                ),
                prefix: on.prefix ?? "",
              },
      },
      { provider },
    ).securityGroupId;
  }
  letTasksCall(product, groups, { provider });
  return { clusterName: cluster.clusterName };
}

/** A service's ways in, each where its product's persistent stack has made it. */
function routesOf(
  name: string,
  { protocol = "http1", health, network }: Service,
  rules: Readonly<Record<"internal" | "public", Readonly<Record<string, PlacedRule>>>>,
  kept: Received<PersistentOutputs>,
): Record<string, Route> {
  const listener = (way: "internal" | "public"): Record<string, Route> => {
    const placed = rules[way][name];
    if (placed === undefined) return {};
    const { priority, ...conditions } = placed;
    return {
      [way]: {
        kind: "listener",
        listenerArn: kept.ways.apply(ways => ways?.[way]?.listenerArn as string),
        loadBalancerSecurityGroupId: kept.ways.apply(ways => ways?.[way]?.securityGroupId as string),
        conditions,
        priority,
        protocol,
        health: health ?? (protocol === "grpc" ? "/grpc.health.v1.Health/Check" : "/health"),
      },
    };
  };
  return {
    ...listener("internal"),
    ...listener("public"),
    ...(network === undefined
      ? {}
      : {
          network: {
            kind: "network",
            targetGroupArn: kept.ways.apply(ways => ways?.network?.targetGroupArn as string),
            loadBalancerSecurityGroupId: kept.ways.apply(ways => ways?.network?.securityGroupId as string),
          },
        }),
  };
}
