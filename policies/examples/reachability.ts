import { type Cases, unknown } from "./example";
import {
  changed,
  foreign,
  fromAnywhere,
  good,
  group,
  hub,
  type Part,
  part,
  propagation,
  reason,
  route,
} from "./small-network";

const tableOf = (role: string, table: string) =>
  part("ec2/routeTableAssociation:RouteTableAssociation", `${role}-association`, {
    routeTableId: `@${table}`,
    subnetId: `@${role}`,
  });
const task = (configuration: object, name = "task-group") =>
  part("ecs/service:Service", "task", {
    networkConfiguration: { securityGroups: [`@${name}`], ...configuration },
  });
/** Its tasks run in subnets and with groups of the stack, by their names. */
const machine = (subnets: readonly string[], groups: readonly string[], said: object) => ({
  ...part("sfn/stateMachine:StateMachine", "machine", {
    definition: JSON.stringify({
      States: {
        Run: {
          Arguments: {
            NetworkConfiguration: {
              AwsvpcConfiguration: {
                Subnets: subnets.map(() => unknown),
                SecurityGroups: groups.map(() => unknown),
                ...said,
              },
            },
          },
        },
      },
    }),
  }),
  madeFrom: { definition: [...subnets, ...groups] },
});
const database = (props: object) =>
  part("rds/instance:Instance", "database", {
    dbSubnetGroupName: "@database-subnets",
    vpcSecurityGroupIds: ["@database-group"],
    ...props,
  });
const closedList = part("ec2/networkAcl:NetworkAcl", "list", {
  vpcId: "@vpc",
  subnetIds: ["@data", "@private"],
  ingress: [],
  egress: [],
});
const openList = (ingress: unknown) =>
  part("ec2/networkAcl:NetworkAcl", "list", {
    vpcId: "@vpc",
    subnetIds: ["@data"],
    ingress,
    egress: [{ ruleNo: 1, action: "allow", protocol: "-1", fromPort: 0, toPort: 0, cidrBlock: "0.0.0.0/0" }],
  });
const toData = changed(
  good,
  part("rds/subnetGroup:SubnetGroup", "database-subnets", { subnetIds: ["@ingress"] }),
);
const accelerator = (...endpoints: readonly unknown[]) =>
  part("globalaccelerator/endpointGroup:EndpointGroup", "accelerator", {
    listenerArn: unknown,
    endpointConfigurations: endpoints.map(endpointId => ({ endpointId })),
  });
const internal = (tags: object, securityGroup = "balancer-group") =>
  changed(
    good,
    part("lb/loadBalancer:LoadBalancer", "balancer", {
      internal: true,
      subnets: ["@private"],
      securityGroups: [`@${securityGroup}`],
      tags,
    }),
  );
const transit = (type: string, name: string, props: object) =>
  part(`ec2transitgateway/${type}`, name, { ...props });
const without = (parts: readonly Part[], name: string) => parts.filter(one => one.name !== name);

export default [
  {
    rule: "reach-data-subnet-closed",
    accepts: [
      good,
      [...good, route("data", { natGatewayId: "@nat" }), closedList],
      // A route to an AWS service, and one within the company that no default route continues.
      [...good, route("data", { gatewayId: "local" }, "10.16.0.0/16")],
    ],
    refuses: [
      [...good, route("data", { gatewayId: "@gateway" })],
      [...good, route("data", { natGatewayId: "@nat" })],
      changed(good, tableOf("data", "ingress-table")),
      changed(good, tableOf("data", "outbound-table")),
    ],
    unknown: [
      [...good, route("data", { transitGatewayId: foreign })],
      [...good, route("data", { gatewayId: foreign })],
      [...good, route("data", { gatewayId: "@gateway" }, unknown)],
      [...good, route("data", { gatewayId: "@gateway" }), openList(unknown)],
      // Whom the list lets in is not known, so that the way is not certain.
      [
        ...good,
        route("data", { gatewayId: "@gateway" }),
        openList([
          { ruleNo: 1, action: "allow", protocol: "-1", fromPort: 0, toPort: 0, cidrBlock: unknown },
        ]),
      ],
      changed(good, tableOf("data", "of-another-stack")),
      changed(
        good,
        part("ec2/subnet:Subnet", "data", { vpcId: "@vpc", cidrBlock: "10.16.48.0/20", tags: unknown }),
      ),
      changed(good, part("ec2/subnet:Subnet", "data", { vpcId: foreign, tags: { "subnet-role": "data" } })),
    ],
  },
  {
    rule: "reach-subnet-not-public",
    accepts: [good, [...good, route("private", { gatewayId: "@gateway" }), closedList]],
    refuses: [
      [...good, route("private", { gatewayId: "@gateway" })],
      changed(good, tableOf("outbound", "ingress-table")),
      changed(
        good,
        part("ec2/subnet:Subnet", "ingress", { vpcId: "@vpc", cidrBlock: "10.16.0.0/20", tags: {} }),
      ),
    ],
    unknown: [
      [...good, route("private", { gatewayId: foreign })],
      changed(good, part("ec2/internetGateway:InternetGateway", "gateway", { vpcId: unknown })),
      [...good, part("ec2/route:Route", "stray", { routeTableId: unknown, gatewayId: "@gateway" })],
    ],
  },
  {
    rule: "reach-only-load-balancers",
    accepts: [
      good,
      changed(good, task({ assignPublicIp: true, subnets: ["@ingress"] })),
      changed(good, task({ assignPublicIp: true, subnets: ["@outbound"] }, "balancer-group")),
      // Wherever it is, it has no public address.
      changed(good, task({ assignPublicIp: false, subnets: foreign }, "balancer-group")),
      changed(good, database({ publiclyAccessible: true })),
      [...good, machine(["ingress"], ["balancer-group"], { AssignPublicIp: "DISABLED" })],
      [...good, machine(["ingress"], ["task-group"], { AssignPublicIp: "ENABLED" })],
      [...good, part("sfn/stateMachine:StateMachine", "machine", { definition: '{"States":{}}' })],
    ],
    refuses: [
      [...good, machine(["ingress"], ["balancer-group"], { AssignPublicIp: "ENABLED" })],
      [...good, machine(["ingress"], ["balancer-group"], {})],
      changed(good, task({ assignPublicIp: true, subnets: ["@ingress"] }, "balancer-group")),
      changed(
        toData,
        database({ publiclyAccessible: true }),
        group("database-group", [fromAnywhere(5432)], { "allow-public": reason }),
      ),
    ],
    unknown: [
      changed(good, task({ assignPublicIp: true, subnets: foreign }, "balancer-group")),
      changed(good, task({ assignPublicIp: unknown, subnets: ["@ingress"] })),
      [...good, part("sfn/stateMachine:StateMachine", "machine", { definition: unknown })],
      [...good, machine(["ingress"], ["balancer-group"], { AssignPublicIp: unknown })],
      [...good, machine(["ingress"], ["balancer-group"], { AssignPublicIp: "{% $address %}" })],
      [...good, machine(["ingress"], ["balancer-group"], { "AssignPublicIp.$": "$.address" })],
      [...good, machine([], ["balancer-group"], { Subnets: "{% $subnets %}" })],
      changed(good, task({ assignPublicIp: true, subnets: ["@ingress"] }, "of-another-stack")),
      changed(good, part("ecs/service:Service", "task", { networkConfiguration: unknown })),
      changed(toData, database({ publiclyAccessible: unknown })),
      changed(toData, database({ publiclyAccessible: true, vpcSecurityGroupIds: unknown })),
      changed(
        toData,
        database({ publiclyAccessible: true }),
        part("ec2/securityGroup:SecurityGroup", "database-group", { ingress: unknown }),
      ),
      [
        part("rds/clusterInstance:ClusterInstance", "i", {
          publiclyAccessible: true,
          clusterIdentifier: unknown,
        }),
      ],
    ],
  },
  {
    rule: "reach-internal-load-balancer",
    accepts: [
      internal({}),
      [...internal({}, "task-group"), accelerator("@balancer")],
      [...internal({ "allow-public": reason }), accelerator("@balancer")],
      [...good, accelerator("@balancer")],
    ],
    refuses: [[...internal({}), accelerator("@balancer")]],
    unknown: [
      [...internal({}), accelerator(foreign)],
      [...internal({ "allow-public": unknown }), accelerator("@balancer")],
      [...internal({}, "of-another-stack"), accelerator("@balancer")],
    ],
  },
  {
    rule: "reach-environments-apart",
    accepts: [
      hub,
      [
        ...hub,
        transit("route:Route", "hole", {
          transitGatewayRouteTableId: "@hub-dev",
          destinationCidrBlock: "10.32.0.0/12",
          blackhole: true,
        }),
      ],
    ],
    refuses: [
      [...hub, propagation("int", "dev")],
      [
        ...hub,
        transit("route:Route", "way", {
          transitGatewayRouteTableId: "@hub-dev",
          transitGatewayAttachmentId: "@attached-int",
          destinationCidrBlock: "10.32.0.0/12",
        }),
      ],
      [
        ...hub,
        transit("prefixListReference:PrefixListReference", "way", {
          transitGatewayRouteTableId: "@hub-int",
          transitGatewayAttachmentId: "@attached-dev",
          prefixListId: "pl-1",
        }),
      ],
      changed(hub, transit("transitGateway:TransitGateway", "hub", {})),
      changed(
        without(hub, "association-dev"),
        transit("routeTableAssociation:RouteTableAssociation", "association-int", {
          transitGatewayAttachmentId: "@attached-int",
          transitGatewayRouteTableId: "@hub-dev",
        }),
      ),
    ],
    unknown: [
      [...hub, propagation("elsewhere", "dev")],
      [...hub, propagation("dev", "elsewhere")],
      changed(hub, transit("routeTable:RouteTable", "hub-dev", { tags: unknown })),
    ],
  },
] satisfies readonly Cases[];
