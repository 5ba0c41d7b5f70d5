import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Seconds that a caller may go on calling a task that is gone. */
const foundFor = 10;

/**
 * Where other tasks find a service's tasks by name. Source: ECS developer guide, "Use service discovery to connect
 * Amazon ECS services with DNS names".
 */
export const serviceRegistry = (
  name: string,
  workload: string,
  namespaceId: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
) =>
  new aws.servicediscovery.Service(
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
    opts,
  );
