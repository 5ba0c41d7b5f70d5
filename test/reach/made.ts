/** Networks made by hand: resources as a plan would show them, with ids that can be read. */
import assert from "node:assert/strict";
import {
  type Decision,
  decide,
  type Network,
  networkOf,
  type Party,
  partiesOf,
  type Question,
} from "../../reach";
import type { Resource, Values } from "../../reach/resource";

type Inputs = { [name: string]: Values[string] | undefined };

/** `tcp 443 from 10.0.0.0/8`, `all to sg-b`, `udp 53-54 from pl-1`. */
export type Rule = `${string} ${"from" | "to"} ${string}`;

export class Made {
  readonly resources: Resource[] = [];
  #rules = 0;

  /** @param type without `aws:`; the id is the name. */
  add(type: string, name: string, inputs: Inputs = {}): this {
    const said = Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined));
    this.resources.push({
      urn: `urn:${type}::${name}`,
      type: type.startsWith("pulumi:") ? type : `aws:${type}`,
      name,
      id: name,
      custom: true,
      inputs: said as Values,
      account: "111122223333",
      propertyDependencies: {},
    });
    return this;
  }

  vpc(name: string, cidrBlock: string, { internet = false, more = [] as readonly string[] } = {}): this {
    this.add("ec2/vpc:Vpc", name, { cidrBlock });
    for (const range of more)
      this.add("ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation", `${name}-${range}`, {
        vpcId: name,
        cidrBlock: range,
      });
    return internet ? this.add("ec2/internetGateway:InternetGateway", `igw-${name}`, { vpcId: name }) : this;
  }

  /** With a route table of its own, called `<name>-table`. */
  subnet(
    name: string,
    vpcId: string,
    cidrBlock: string,
    routes: Readonly<Record<string, Inputs>> = {},
    { isPublic = false, zone = undefined as string | undefined, role = undefined as string | undefined } = {},
  ): this {
    this.add("ec2/subnet:Subnet", name, {
      vpcId,
      cidrBlock,
      mapPublicIpOnLaunch: isPublic,
      availabilityZoneId: zone,
      tags: role === undefined ? {} : { "subnet-role": role },
    });
    this.add("ec2/routeTable:RouteTable", `${name}-table`, { vpcId });
    this.add("ec2/routeTableAssociation:RouteTableAssociation", `${name}-joined`, {
      subnetId: name,
      routeTableId: `${name}-table`,
    });
    for (const [range, target] of Object.entries(routes)) this.route(`${name}-table`, range, target);
    return this;
  }

  route(routeTableId: string, destinationCidrBlock: string, target: Inputs): this {
    return this.add("ec2/route:Route", `${routeTableId}-${destinationCidrBlock}`, {
      routeTableId,
      destinationCidrBlock,
      ...target,
    });
  }

  nat(name: string, subnetId: string, connectivityType?: "private"): this {
    return this.add("ec2/natGateway:NatGateway", name, { subnetId, connectivityType });
  }

  group(name: string, vpcId: string, rules: readonly Rule[]): this {
    this.add("ec2/securityGroup:SecurityGroup", name, { vpcId });
    for (const rule of rules) {
      const { direction, peer, ...ports } = parse(rule);
      const type = direction === "from" ? "SecurityGroupIngressRule" : "SecurityGroupEgressRule";
      this.add(`vpc/s${type.slice(1)}:${type}`, `${name}-${this.#rules++}`, {
        securityGroupId: name,
        ...ports,
        ...(peer.startsWith("pl-")
          ? { prefixListId: peer }
          : peer.includes("/")
            ? { cidrIpv4: peer }
            : { referencedSecurityGroupId: peer }),
      });
    }
    return this;
  }

  /** In the order of their numbers. */
  accessList(
    name: string,
    subnetIds: readonly string[],
    rules: readonly `${"allow" | "deny"} ${Rule}`[],
  ): this {
    const written = rules.map((rule, index) => {
      const [action = "", ...rest] = rule.split(" ");
      const { direction, peer, ipProtocol, ...ports } = parse(rest.join(" ") as Rule);
      return {
        direction,
        rule: { action, ruleNo: index + 1, cidrBlock: peer, protocol: ipProtocol, ...ports },
      };
    });
    const of = (wanted: string) =>
      written.filter(({ direction }) => direction === wanted).map(({ rule }) => rule);
    return this.add("ec2/networkAcl:NetworkAcl", name, { subnetIds, ingress: of("from"), egress: of("to") });
  }

  service(
    name: string,
    subnets: readonly string[],
    securityGroups: readonly string[],
    assignPublicIp = false,
  ): this {
    return this.add("ecs/service:Service", name, {
      networkConfiguration: { subnets, securityGroups, assignPublicIp },
    });
  }

  balancer(
    name: string,
    subnets: readonly string[],
    securityGroups: readonly string[],
    internal: boolean,
  ): this {
    return this.add("lb/loadBalancer:LoadBalancer", name, {
      subnets,
      securityGroups,
      internal,
      loadBalancerType: "application",
    });
  }

  hub(name: string, more: Inputs = {}): this {
    return this.add("ec2transitgateway/transitGateway:TransitGateway", name, {
      defaultRouteTableAssociation: "disable",
      defaultRouteTablePropagation: "disable",
      ...more,
    });
  }

  attach(
    name: string,
    transitGatewayId: string,
    vpcId: string,
    subnetIds: readonly string[],
    {
      table,
      into = [] as readonly string[],
      ...more
    }: { table?: string; into?: readonly string[] } & Inputs = {},
  ): this {
    this.add("ec2transitgateway/vpcAttachment:VpcAttachment", name, {
      transitGatewayId,
      vpcId,
      subnetIds,
      ...more,
    });
    if (table !== undefined) this.join(name, table);
    for (const other of into) this.propagate(name, other);
    return this;
  }

  hubTable(name: string, transitGatewayId: string): this {
    return this.add("ec2transitgateway/routeTable:RouteTable", name, { transitGatewayId });
  }

  join(transitGatewayAttachmentId: string, transitGatewayRouteTableId: string): this {
    return this.add(
      "ec2transitgateway/routeTableAssociation:RouteTableAssociation",
      `${transitGatewayAttachmentId}-in`,
      {
        transitGatewayAttachmentId,
        transitGatewayRouteTableId,
      },
    );
  }

  propagate(transitGatewayAttachmentId: string, transitGatewayRouteTableId: string): this {
    return this.add(
      "ec2transitgateway/routeTablePropagation:RouteTablePropagation",
      `${transitGatewayAttachmentId}-${transitGatewayRouteTableId}`,
      { transitGatewayAttachmentId, transitGatewayRouteTableId },
    );
  }

  hubRoute(transitGatewayRouteTableId: string, destinationCidrBlock: string, to: string | "blackhole"): this {
    return this.add(
      "ec2transitgateway/route:Route",
      `${transitGatewayRouteTableId}-${destinationCidrBlock}-${to}`,
      {
        transitGatewayRouteTableId,
        destinationCidrBlock,
        ...(to === "blackhole" ? { blackhole: true } : { transitGatewayAttachmentId: to }),
      },
    );
  }

  network(): Network {
    return networkOf([
      { environment: "dev", account: "111122223333", label: "own", resources: this.resources },
    ]);
  }

  decide(from: string, to: string, question: Question = {}): Decision {
    const network = this.network();
    return decide(network, party(network, from), party(network, to), question);
  }
}

/** By its whole name, or the part after the slash. */
export function party(network: Network, name: string): Party {
  const parties = partiesOf(network);
  const found = parties.get(name) ?? parties.get(`own/${name}`);
  assert.ok(found, `there is no ${name} among ${[...parties.keys()]}`);
  return found;
}

function parse(rule: Rule) {
  const [, ipProtocol, from, to, direction, peer] =
    /^(\w+)(?: (\d+)(?:-(\d+))?)? (from|to) (\S+)$/.exec(rule) ?? [];
  assert.ok(ipProtocol && direction && peer, `"${rule}" is no rule`);
  return {
    direction,
    peer,
    ipProtocol: ipProtocol === "all" ? "-1" : ipProtocol,
    ...(from === undefined ? {} : { fromPort: Number(from), toPort: Number(to ?? from) }),
  };
}
