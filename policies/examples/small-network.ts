/** A stack with a network of its own, as a preview shows it: no id is known, and what was made from what is. */
import { type Given, unknown } from "./example";

export interface Part extends Given {
  readonly type: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
}

/**
 * A resource whose references are written as `@name`: unknown, and made from what is called so.
 * @param type without `aws:`.
 */
export function part(type: string, name: string, props: Readonly<Record<string, unknown>> = {}): Part {
  const madeFrom: Record<string, readonly string[]> = {};
  const said = Object.fromEntries(
    Object.entries(props).map(([property, value]) => {
      const names: string[] = [];
      const content = withUnknowns(value, names);
      if (names.length > 0) madeFrom[property] = names;
      return [property, content] as const;
    }),
  );
  return { type: `aws:${type}`, name, props: said, madeFrom };
}

function withUnknowns(value: unknown, names: string[]): unknown {
  if (typeof value === "string" && value.startsWith("@")) {
    names.push(value.slice(1));
    return unknown;
  }
  if (Array.isArray(value)) return value.map(item => withUnknowns(item, names));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withUnknowns(inner, names)]));
}

/** What another stack has made. */
export const foreign = "@of-another-stack";

export const subnet = (role: string, cidrBlock: string): readonly Part[] => [
  part("ec2/subnet:Subnet", role, { vpcId: "@vpc", cidrBlock, tags: { "subnet-role": role } }),
  part("ec2/routeTable:RouteTable", `${role}-table`, { vpcId: "@vpc" }),
  part("ec2/routeTableAssociation:RouteTableAssociation", `${role}-association`, {
    routeTableId: `@${role}-table`,
    subnetId: `@${role}`,
  }),
];

export const route = (role: string, target: Readonly<Record<string, unknown>>, to = "0.0.0.0/0"): Part =>
  part("ec2/route:Route", `${role}-route-${Object.keys(target)[0]}`, {
    routeTableId: `@${role}-table`,
    destinationCidrBlock: to,
    ...target,
  });

export const group = (name: string, ingress: readonly object[], tags: object = {}): Part =>
  part("ec2/securityGroup:SecurityGroup", name, { vpcId: "@vpc", ingress, tags });

const tcp = (port: number) => ({ protocol: "tcp", fromPort: port, toPort: port });
export const fromAnywhere = (port: number) => ({ ...tcp(port), cidrBlocks: ["0.0.0.0/0"] });
export const fromGroup = (port: number, name: string) => ({ ...tcp(port), securityGroups: [`@${name}`] });

export const reason = "The shop sells to the whole world";

/** A public load balancer, a task behind it, and its database. */
export const good: readonly Part[] = [
  part("ec2/vpc:Vpc", "vpc", { cidrBlock: "10.16.0.0/16" }),
  part("ec2/internetGateway:InternetGateway", "gateway", { vpcId: "@vpc" }),
  ...subnet("ingress", "10.16.0.0/20"),
  ...subnet("private", "10.16.16.0/20"),
  ...subnet("outbound", "10.16.32.0/20"),
  ...subnet("data", "10.16.48.0/20"),
  route("ingress", { gatewayId: "@gateway" }),
  part("ec2/natGateway:NatGateway", "nat", { subnetId: "@ingress", allocationId: unknown }),
  route("outbound", { natGatewayId: "@nat" }),
  route("private", { transitGatewayId: foreign }, "10.0.0.0/8"),
  group("balancer-group", [fromAnywhere(443)], { "allow-public": reason }),
  group("task-group", [fromGroup(8443, "balancer-group")]),
  group("database-group", [fromGroup(5432, "task-group")]),
  part("lb/loadBalancer:LoadBalancer", "balancer", {
    internal: false,
    subnets: ["@ingress"],
    securityGroups: ["@balancer-group"],
    tags: { "allow-public": reason },
  }),
  part("ecs/service:Service", "task", {
    networkConfiguration: {
      assignPublicIp: false,
      subnets: ["@outbound"],
      securityGroups: ["@task-group"],
    },
  }),
  part("rds/subnetGroup:SubnetGroup", "database-subnets", { subnetIds: ["@data"] }),
  part("rds/instance:Instance", "database", {
    publiclyAccessible: false,
    dbSubnetGroupName: "@database-subnets",
    vpcSecurityGroupIds: ["@database-group"],
  }),
];

/** @throws where nothing is called so. */
export function changed(parts: readonly Part[], ...replacements: readonly Part[]): readonly Part[] {
  return replacements.reduce((all, replacement) => {
    if (!all.some(({ name }) => name === replacement.name)) throw new Error(`no ${replacement.name}`);
    return all.map(one => (one.name === replacement.name ? replacement : one));
  }, parts);
}

/** The hub of a company with two environments and something they share. */
export const hub: readonly Part[] = [
  part("ec2/vpc:Vpc", "vpc", { cidrBlock: "10.0.0.0/16" }),
  ...["dev", "int", "shared"].flatMap(domain => [
    part("ec2transitgateway/routeTable:RouteTable", `hub-${domain}`, {
      transitGatewayId: "@hub",
      tags: { Name: domain },
    }),
    part("ec2transitgateway/vpcAttachment:VpcAttachment", `attached-${domain}`, {
      transitGatewayId: "@hub",
      vpcId: "@vpc",
      subnetIds: [foreign],
    }),
    part("ec2transitgateway/routeTableAssociation:RouteTableAssociation", `association-${domain}`, {
      transitGatewayAttachmentId: `@attached-${domain}`,
      transitGatewayRouteTableId: `@hub-${domain}`,
    }),
  ]),
  part("ec2transitgateway/transitGateway:TransitGateway", "hub", {
    defaultRouteTableAssociation: "disable",
    defaultRouteTablePropagation: "disable",
  }),
  propagation("shared", "dev"),
  propagation("shared", "int"),
  propagation("dev", "dev"),
];

export function propagation(from: string, into: string): Part {
  return part("ec2transitgateway/routeTablePropagation:RouteTablePropagation", `${from}-into-${into}`, {
    transitGatewayAttachmentId: `@attached-${from}`,
    transitGatewayRouteTableId: `@hub-${into}`,
  });
}
