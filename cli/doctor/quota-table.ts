/** Quotas that a landing zone comes up against, and how much of each planned resources take. */
import type { PlannedResource } from "../planner";

export interface Quota {
  /** As Service Quotas names the service. */
  readonly service: string;
  readonly code: string;
  readonly name: string;
  /** What AWS gives an account that has not asked for more. */
  readonly usual: number;
  /** How much these resources of one account and region take. */
  readonly needed: (resources: readonly PlannedResource[]) => number;
  /** Where the quota is kept, when not in the region itself. */
  readonly region?: string;
}

const count =
  (...types: readonly string[]) =>
  (resources: readonly PlannedResource[]): number =>
    resources.filter(({ type }) => types.includes(type)).length;

/** How much the one that most of them belong to holds: rules of a load balancer, gateways of a zone. */
const most =
  (type: string, owner: (resource: PlannedResource) => string) =>
  (resources: readonly PlannedResource[]): number => {
    const counts = new Map<string, number>();
    for (const resource of resources)
      if (resource.type === type) {
        const key = owner(resource);
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    return Math.max(0, ...counts.values());
  };

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** The virtual CPUs of all services at their largest. Source: ECS developer guide, "Fargate task sizes": 1,024 units. */
export function fargateCpus(resources: readonly PlannedResource[]): number {
  const units = new Map(
    resources
      .filter(({ type }) => type === "aws:ecs/taskDefinition:TaskDefinition")
      .map(({ urn, inputs }) => [urn, Number(inputs["cpu"] ?? 0)]),
  );
  const largest = new Map(
    resources
      .filter(({ type }) => type === "aws:appautoscaling/target:Target")
      .map(({ inputs }) => [text(inputs["resourceId"]), Number(inputs["maxCapacity"] ?? 0)]),
  );
  return resources
    .filter(({ type, inputs }) => type === "aws:ecs/service:Service" && inputs["launchType"] !== "EC2")
    .reduce((sum, { inputs, propertyDependencies }) => {
      const cluster = text(inputs["cluster"]).split("/").at(-1) ?? "";
      const tasks =
        largest.get(`service/${cluster}/${text(inputs["name"])}`) ?? Number(inputs["desiredCount"] ?? 0);
      const [definition = ""] = propertyDependencies["taskDefinition"] ?? [];
      return sum + (tasks * (units.get(definition) ?? 0)) / 1_024;
    }, 0);
}

/** What functions keep for themselves; AWS wants 100 beside for those that do not. */
function reservedConcurrency(resources: readonly PlannedResource[]): number {
  const functions = resources.filter(({ type }) => type === "aws:lambda/function:Function");
  if (functions.length === 0) return 0;
  const reserved = functions.reduce(
    (sum, { inputs }) => sum + Math.max(0, Number(inputs["reservedConcurrentExecutions"] ?? 0)),
    0,
  );
  return reserved === 0 ? functions.length : reserved + 100;
}

/** Sources: Service Quotas; the quotas' pages of Amazon VPC, EC2, Elastic Load Balancing, Fargate, Lambda, RDS, IAM. */
export const quotas: readonly Quota[] = [
  {
    service: "organizations",
    code: "L-E619E033",
    name: "accounts of the organization",
    usual: 10,
    // The management account is one, and is not made.
    needed: resources => {
      const made = count("aws:organizations/account:Account")(resources);
      return made === 0 ? 0 : made + 1;
    },
    region: "us-east-1",
  },
  {
    service: "vpc",
    code: "L-F678F1CE",
    name: "VPCs",
    usual: 5,
    // The default VPC counts.
    needed: count("aws:ec2/vpc:Vpc", "aws:ec2/defaultVpc:DefaultVpc"),
  },
  {
    service: "ec2",
    code: "L-0263D0A3",
    name: "Elastic IP addresses",
    usual: 5,
    needed: count("aws:ec2/eip:Eip"),
  },
  {
    service: "vpc",
    code: "L-FE5A380F",
    name: "NAT gateways in a zone",
    usual: 5,
    // Where there are several they are spread over three zones.
    needed: resources => Math.ceil(count("aws:ec2/natGateway:NatGateway")(resources) / 3),
  },
  {
    service: "ec2",
    code: "L-A2478D36",
    name: "transit gateways",
    usual: 5,
    needed: count("aws:ec2transitgateway/transitGateway:TransitGateway"),
  },
  {
    service: "vpc",
    code: "L-29B6F2EB",
    name: "interface endpoints of a VPC",
    usual: 50,
    needed: resources =>
      count("aws:ec2/vpcEndpoint:VpcEndpoint")(
        resources.filter(({ inputs }) => inputs["vpcEndpointType"] === "Interface"),
      ),
  },
  {
    service: "elasticloadbalancing",
    code: "L-53DA6B97",
    name: "application load balancers",
    usual: 50,
    needed: resources =>
      count("aws:lb/loadBalancer:LoadBalancer")(
        resources.filter(({ inputs }) => inputs["loadBalancerType"] !== "network"),
      ),
  },
  {
    service: "elasticloadbalancing",
    code: "L-7EED9B64",
    name: "rules of a load balancer",
    usual: 100,
    // A product has one load balancer; a product's rules are in its own stack.
    needed: most("aws:lb/listenerRule:ListenerRule", ({ urn }) => urn.split("::")[0] ?? ""),
  },
  {
    service: "fargate",
    code: "L-3032A538",
    name: "vCPUs of Fargate",
    usual: 6,
    needed: resources => Math.ceil(fargateCpus(resources)),
  },
  {
    service: "lambda",
    code: "L-B99A9384",
    name: "Lambda functions at once",
    usual: 1_000,
    needed: reservedConcurrency,
  },
  {
    service: "rds",
    code: "L-7B6409FD",
    name: "database instances",
    usual: 40,
    needed: count("aws:rds/instance:Instance", "aws:rds/clusterInstance:ClusterInstance"),
  },
  {
    service: "rds",
    code: "L-952B80B8",
    name: "database clusters",
    usual: 40,
    needed: count("aws:rds/cluster:Cluster"),
  },
  {
    service: "iam",
    code: "L-FE177D64",
    name: "IAM roles",
    usual: 1_000,
    needed: count("aws:iam/role:Role"),
    region: "us-east-1",
  },
];
