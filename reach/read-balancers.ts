/** Reads load balancers, and the CloudFront distributions that call them. */
import type { Distribution } from "./model";
import type { Reading } from "./read";
import { count, idOf, known, object, objects, text, texts, type Value, type Values } from "./resource";
import { type Found, interfacesOf, plain } from "./standing";

export function loadBalancers(reading: Reading): readonly Found[] {
  const { plan } = reading;
  const distributions = readDistributions(reading);
  return ["lb/loadBalancer:LoadBalancer", "alb/loadBalancer:LoadBalancer"]
    .flatMap(plan.all.bind(plan))
    .map(resource => {
      const { inputs, id } = resource;
      const mapped = objects(inputs["subnetMappings"]).flatMap(({ subnetId }) => known(subnetId) ?? []);
      return {
        ...plain,
        kind: "load-balancer",
        resource,
        called: "lb",
        distributions: distributions.get(id ?? "") ?? [],
        interfaces: interfacesOf(reading, resource, {
          subnets: [...texts(inputs["subnets"]), ...mapped],
          groups: inputs["securityGroups"],
          public: inputs["internal"] !== true,
          unfiltered:
            inputs["loadBalancerType"] !== undefined && inputs["loadBalancerType"] !== "application",
        }),
      } as const;
    });
}

/** By the load balancer they call. */
function readDistributions({ plan }: Reading): ReadonlyMap<string, readonly Distribution[]> {
  const made = new Map<string, Distribution[]>();
  const put = (balancer: string, distribution: Distribution) =>
    made.set(balancer, [...(made.get(balancer) ?? []), distribution]);
  const ports = (policy: Value | undefined, config: Values) => [
    ...(policy === "https-only" ? [] : [count(config["httpPort"]) ?? 80]),
    ...(policy === "http-only" ? [] : [count(config["httpsPort"]) ?? 443]),
  ];
  for (const { name, inputs } of plan.all("cloudfront/distribution:Distribution"))
    for (const origin of objects(inputs["origins"])) {
      const vpcOrigin = plan.find(known(object(origin["vpcOriginConfig"])["vpcOriginId"]) ?? "");
      const inside = object(vpcOrigin?.inputs["vpcOriginEndpointConfig"]);
      const arn = known(inside["arn"]);
      const own = object(origin["customOriginConfig"]);
      // As the planner makes up the name of a load balancer.
      const called = /^(.*)\.elb\.amazonaws\.com$/.exec(text(origin["domainName"]) ?? "")?.[1];
      if (arn !== undefined)
        put(idOf(arn), { name, inside: true, ports: ports(inside["originProtocolPolicy"], inside) });
      else if (called !== undefined)
        put(called, { name, inside: false, ports: ports(own["originProtocolPolicy"], own) });
    }
  return made;
}
