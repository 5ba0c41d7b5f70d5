/** Reads what runs in subnets without being a machine: tasks, functions, links of API gateways. */
import type { Reading } from "./read";
import { known, object, objects, texts, type Value, type Values } from "./resource";
import { type Found, interfacesOf, plain, type Wiring } from "./standing";

/** What runs in subnets, by the place where each kind says so. */
const wirings: readonly (readonly [type: string, wiring: (inputs: Values) => Wiring | undefined])[] = [
  ["ecs/service:Service", ({ networkConfiguration }) => ofTasks(networkConfiguration)],
  [
    "cloudwatch/eventTarget:EventTarget",
    ({ ecsTarget }) => ofTasks(object(ecsTarget)["networkConfiguration"]),
  ],
  [
    "scheduler/schedule:Schedule",
    ({ target }) => ofTasks(object(object(target)["ecsParameters"])["networkConfiguration"]),
  ],
  [
    "apigatewayv2/vpcLink:VpcLink",
    ({ subnetIds, securityGroupIds }) => ({
      subnets: texts(subnetIds),
      groups: securityGroupIds ?? [],
      public: false,
    }),
  ],
  [
    "route53/resolverEndpoint:ResolverEndpoint",
    ({ ipAddresses, securityGroupIds }) => ({
      subnets: objects(ipAddresses).flatMap(({ subnetId }) => known(subnetId) ?? []),
      groups: securityGroupIds,
      public: false,
    }),
  ],
  [
    "lambda/function:Function",
    ({ vpcConfig }) =>
      vpcConfig === undefined
        ? undefined
        : {
            subnets: texts(object(vpcConfig)["subnetIds"]),
            groups: object(vpcConfig)["securityGroupIds"],
            public: false,
          },
  ],
];

function ofTasks(configuration: Value | undefined): Wiring | undefined {
  if (configuration === undefined || configuration === null) return undefined;
  const { subnets, securityGroups, assignPublicIp } = object(configuration);
  return { subnets: texts(subnets), groups: securityGroups, public: assignPublicIp === true };
}

export function services(reading: Reading): readonly Found[] {
  return wirings.flatMap(([type, wiringOf]) =>
    reading.plan.all(type).flatMap(resource => {
      const wiring = wiringOf(resource.inputs);
      if (wiring === undefined) return [];
      const interfaces = interfacesOf(reading, resource, wiring);
      return [{ ...plain, kind: "service" as const, resource, called: resource.name, interfaces }];
    }),
  );
}
