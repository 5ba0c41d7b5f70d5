/** EC2 instances that a product has, and what is to run on them. */
import type { Fault } from "./faults";
import { once, standings } from "./in-force-places";
import type { LandingZone, Product } from "./types";
import { workloadsOf } from "./workloads";

export function instanceFaults(zone: LandingZone, product: Product): Fault[] {
  const { instances } = product;
  const at = `products.${product.name}.instances`;
  const onInstances = workloadsOf(product)
    .filter(workload => workload.group === "services")
    .filter(({ words: { capacity, overrides = {} } }) =>
      [capacity, ...Object.values(overrides).map(its => its?.capacity)].includes("instances"),
    )
    .flatMap(workload => standings(zone, product, workload))
    .filter(({ words }) => words.capacity === "instances");
  if (instances === undefined)
    return once(
      onInstances.map(({ fault }) =>
        fault(
          ["capacity"],
          'has none to run on; say instances: { instanceType: "m7g.large" } in the product, or leave this out',
        ),
      ),
    );
  const families = zone.organization.guardrails.instanceFamilies;
  const family = instances.instanceType.split(".")[0] ?? "";
  const architecture = architectureOf(family);
  return [
    ...(families.includes(family)
      ? []
      : [
          {
            path: `${at}.instanceType`,
            value: instances.instanceType,
            problem: `is not of a family that guardrails let in; organization.guardrails.instanceFamilies has ${families.join(", ")}`,
          },
        ]),
    ...(onInstances.length === 0
      ? [
          {
            path: at,
            value: instances.instanceType,
            problem: 'have nothing to run; say capacity: "instances" in a service, or leave them out',
          },
        ]
      : []),
    ...(product.cluster === "service"
      ? [
          {
            path: at,
            value: instances.instanceType,
            problem: "belong to one cluster, and each service has its own; leave out `cluster`",
          },
        ]
      : []),
    ...once(
      onInstances.flatMap(({ words, fault }) => [
        ...(words.architecture === architecture
          ? []
          : [
              fault(
                ["architecture"],
                `does not run on ${instances.instanceType}, which is ${architecture}; say architecture: "${architecture}", or choose another type`,
              ),
            ]),
        ...(words.spot > 0
          ? [
              fault(
                ["spot", "capacity"],
                "is a share of Fargate's tasks, and these run on instances; leave it out",
              ),
            ]
          : []),
        ...(words.storage > 20
          ? [
              fault(
                ["storage", "capacity"],
                "is a disk of Fargate's, and these run on instances; leave it out",
              ),
            ]
          : []),
      ]),
    ),
  ];
}

/**
 * AWS's own processors have a `g` after the generation: m7g, c7gn, im4gn; and a1.
 * Source: Amazon EC2 user guide, "Amazon EC2 instance type naming conventions".
 */
const architectureOf = (family: string): "arm64" | "x86_64" =>
  /^(a1|[a-z]+\d+[a-z]*g[a-z]*)$/.test(family) ? "arm64" : "x86_64";
