/** What a release replaces: a product's cluster, its services and its tasks. It keeps nothing. */
import { Cluster } from "../components/compute/cluster";
import { FargateBatch } from "../components/compute/fargate-batch";
import { FargateService } from "../components/compute/fargate-service";
import { listenerPriorities } from "../components/ingress/listener-rules";
import type { Container, EnvironmentName, LandingZone, Release, Service } from "./description";
import type { StackDefinition } from "./names";
import type { PersistentOutputs } from "./persistent";
import { environmentOf, productOf } from "./places";
import { deployRole } from "./platform-names";
import {
  imageOf,
  keyAlias,
  linkSettings,
  nameOf,
  repositoryName,
  resourceLink,
  resourceName,
} from "./product-names";
import { accountProvider, locationOf, ofProduct } from "./providers";
import type { Handed, Received, Upstream } from "./references";

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
  const subject = ofProduct(product, environment.name);
  const provider = accountProvider(zone, stack.account, stack.region, subject, { role: deployRole });

  const cluster = new Cluster(product.name, { clusterName: product.name, at }, { provider });

  const container = (workload: string, described: Container) => {
    const links = described.uses ?? [];
    return {
      cluster,
      product: product.name,
      workload,
      at,
      vpcId: kept.vpcId,
      subnetIds: kept.taskSubnetIds,
      repositoryName: repositoryName(product, imageOf(workload, described)),
      tag: releaseFor(described.release, environment.name),
      ...(described.size ?? environment.service.size),
      environment: { ...linkSettings(product, links, at), ...described.settings },
      links: links.map(link => resourceLink(product, link, at)),
      keyAlias: keyAlias(product),
      keyArn: kept.keyArn,
      logRetentionDays: environment.logRetentionDays,
    };
  };

  const services = Object.entries(product.services ?? {});
  const priorities = listenerPriorities(
    Object.fromEntries(services.flatMap(([name, { path }]) => (path === undefined ? [] : [[name, path]]))),
  );
  for (const [name, described] of services)
    new FargateService(
      name,
      {
        ...container(name, described),
        port: described.port,
        scaling: described.scaling ?? environment.service.scaling,
        route: routeOf(described, priorities[name], kept),
      },
      { provider },
    );

  for (const [name, task] of Object.entries(product.tasks ?? {})) {
    const { on } = task;
    new FargateBatch(
      name,
      {
        ...container(name, task),
        command: task.command,
        on:
          "schedule" in on
            ? on
            : {
                bucketName: resourceName(product, nameOf(product, on.objectCreated), on.objectCreated, at),
                prefix: on.prefix ?? "",
              },
      },
      { provider },
    );
  }
  return { clusterName: cluster.clusterName };
}

const releaseFor = (release: Release, environment: EnvironmentName): string =>
  typeof release === "string" ? release : release[environment];

type Kept = Received<PersistentOutputs>;

function routeOf(
  { path, port, protocol = "http1", health }: Service,
  priority: number | undefined,
  kept: Kept,
) {
  if (path === undefined || port === undefined || priority === undefined) return undefined;
  return {
    listenerArn: kept.loadBalancer.apply(balancer => balancer?.listenerArn as string),
    loadBalancerSecurityGroupId: kept.loadBalancer.apply(balancer => balancer?.securityGroupId as string),
    priority,
    path,
    port,
    protocol,
    health: health ?? (protocol === "grpc" ? "/grpc.health.v1.Health/Check" : "/health"),
  };
}
