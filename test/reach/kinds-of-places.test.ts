import assert from "node:assert/strict";
import { type Decision, decide, networkOf, type Question } from "../../reach";
import { Made, party } from "./made";

const answer = (decision: Decision): string =>
  decision.reaches === true
    ? (decision.by ?? "yes")
    : decision.reaches === false
      ? `no: ${decision.wall.at}: ${decision.wall.because}`
      : `?: ${decision.because.join("; ")}`;

type Ask = readonly [from: string, to: string, expected: string | RegExp, question?: Question];

interface Case {
  readonly rule: string;
  readonly made: Made;
  readonly ask: readonly Ask[];
}

const open = ["all from 0.0.0.0/0", "all to 0.0.0.0/0"] as const;
const toInternet = { "0.0.0.0/0": { gatewayId: "igw-v" } };

/** A VPC with an internet gateway, a public subnet and a private one, and a caller with a group of its own. */
const vpc = () =>
  new Made()
    .vpc("v", "10.0.0.0/16", { internet: true })
    .subnet("public", "v", "10.0.0.0/24", toInternet)
    .subnet("private", "v", "10.0.1.0/24")
    .group("callers", "v", ["all to 0.0.0.0/0"])
    .group("strangers", "v", ["all to 0.0.0.0/0"])
    .group("open", "v", open)
    .group("closed", "v", [])
    .service("caller", ["private"], ["callers"])
    .service("stranger", ["private"], ["strangers"]);

const guarded = (port: number) => vpc().group("guard", "v", [`tcp ${port} from callers`, "all to 0.0.0.0/0"]);

/** What a state machine is told that runs tasks in subnets. */
const running = (
  Subnets: readonly string[],
  SecurityGroups: readonly string[] | string,
  AssignPublicIp?: string,
) => ({
  definition: JSON.stringify({
    States: {
      Run: {
        Resource: "arn:aws:states:::ecs:runTask.sync",
        Arguments: {
          NetworkConfiguration: { AwsvpcConfiguration: { Subnets, SecurityGroups, AssignPublicIp } },
        },
      },
    },
  }),
});

/** A kind of database: the caller reaches it at its port, the neighbour with another group does not. */
const database = (rule: string, port: number, add: (made: Made) => Made): Case => ({
  rule: `${rule} answers at ${port} who its group admits, and no one else`,
  made: add(guarded(port)),
  ask: [
    ["caller", "data", "yes"],
    ["caller", "data", "yes", { protocol: "tcp", port }],
    ["caller", "data", /^no: own\/data: it answers at tcp/, { protocol: "tcp", port: port + 1 }],
    ["stranger", "data", /^no: own\/data: its security groups admit no/],
    ["internet", "data", /^no: own\/data: it has no public address/],
    ["own/databases", "internet", /^no/],
  ],
});

const inGroup =
  (type: string, kind: string, input: string, groups: string, more: object = {}) =>
  (made: Made) =>
    made
      .add(type, "group", { subnetIds: ["private"] })
      .add(kind, "data", { [input]: "group", [groups]: ["guard"], ...more });

const databases: readonly Case[] = [
  database(
    "an Aurora cluster",
    5432,
    inGroup(
      "rds/subnetGroup:SubnetGroup",
      "rds/cluster:Cluster",
      "dbSubnetGroupName",
      "vpcSecurityGroupIds",
      {
        engine: "aurora-postgresql",
      },
    ),
  ),
  database(
    "an RDS instance with a port of its own",
    5544,
    inGroup(
      "rds/subnetGroup:SubnetGroup",
      "rds/instance:Instance",
      "dbSubnetGroupName",
      "vpcSecurityGroupIds",
      {
        engine: "mysql",
        port: 5544,
      },
    ),
  ),
  database("an RDS proxy", 3306, made =>
    made.add("rds/proxy:Proxy", "data", {
      engineFamily: "MYSQL",
      vpcSubnetIds: ["private"],
      vpcSecurityGroupIds: ["guard"],
    }),
  ),
  database(
    "a replication group of ElastiCache",
    6379,
    inGroup(
      "elasticache/subnetGroup:SubnetGroup",
      "elasticache/replicationGroup:ReplicationGroup",
      "subnetGroupName",
      "securityGroupIds",
    ),
  ),
  database("a serverless cache", 6380, made =>
    made.add("elasticache/serverlessCache:ServerlessCache", "data", {
      engine: "valkey",
      subnetIds: ["private"],
      securityGroupIds: ["guard"],
    }),
  ),
  database("a mount target of EFS", 2049, made =>
    made.add("efs/mountTarget:MountTarget", "data", { subnetId: "private", securityGroups: ["guard"] }),
  ),
  database("an OpenSearch domain", 443, made =>
    made.add("opensearch/domain:Domain", "data", {
      vpcOptions: { subnetIds: ["private"], securityGroupIds: ["guard"] },
    }),
  ),
  database("a broker of MSK", 9098, made =>
    made.add("msk/cluster:Cluster", "data", {
      brokerNodeGroupInfo: { clientSubnets: ["private"], securityGroups: ["guard"] },
    }),
  ),
  database("a serverless cluster of MSK", 9098, made =>
    made.add("msk/serverlessCluster:ServerlessCluster", "data", {
      vpcConfigs: [{ subnetIds: ["private"], securityGroupIds: ["guard"] }],
    }),
  ),
];

/** A machine in the public subnet, whose group lets everyone in. */
const machine = (inputs: object, name = "machine") =>
  vpc().add("ec2/instance:Instance", name, {
    subnetId: "public",
    vpcSecurityGroupIds: ["open"],
    ...inputs,
  });

const noAddress = /^no: own\/machine: it has no public address/;

const machines: readonly Case[] = [
  {
    rule: "a machine is called from the internet where it has a public address",
    made: machine({ associatePublicIpAddress: true }),
    ask: [
      ["internet", "machine", "yes"],
      ["machine", "internet", "yes"],
    ],
  },
  {
    rule: "a machine without a public address is not",
    made: machine({}),
    ask: [
      ["internet", "machine", noAddress],
      ["caller", "machine", "yes"],
    ],
  },
  {
    rule: "a machine with a public address is not called where its groups admit no one",
    made: machine({ associatePublicIpAddress: true, vpcSecurityGroupIds: ["closed"] }),
    ask: [["internet", "machine", /^no: own\/machine: its security groups admit no/]],
  },
  {
    rule: "a machine in a private subnet is not called, whatever address it has",
    made: machine({ associatePublicIpAddress: true, subnetId: "private" }),
    ask: [["internet", "machine", /^no: .*the answer does not come back/]],
  },
  {
    rule: "an Elastic IP address is a machine's",
    made: machine({}).add("ec2/eip:Eip", "address", { instance: "machine" }),
    ask: [["internet", "machine", "yes"]],
  },
  {
    rule: "an Elastic IP address is given to a machine by an association",
    made: machine({})
      .add("ec2/eip:Eip", "address")
      .add("ec2/eipAssociation:EipAssociation", "given", { instanceId: "machine", allocationId: "address" }),
    ask: [["internet", "machine", "yes"]],
  },
  {
    rule: "an address of another machine is not this one's",
    made: machine({}).add("ec2/eip:Eip", "address", { instance: "another" }),
    ask: [["internet", "machine", noAddress]],
  },
  {
    rule: "whose an address is that is given to something not known, is doubtful",
    made: machine({}).add("ec2/eipAssociation:EipAssociation", "given", { instanceId: "[unknown]" }),
    ask: [["internet", "machine", "?: EipAssociation given: what has the address is not known"]],
  },
  {
    rule: "a machine has what its launch template says",
    made: machine({ vpcSecurityGroupIds: undefined, launchTemplate: { id: "template" } }).add(
      "ec2/launchTemplate:LaunchTemplate",
      "template",
      { networkInterfaces: [{ associatePublicIpAddress: "true", securityGroups: ["open"] }] },
    ),
    ask: [["internet", "machine", "yes"]],
  },
  {
    rule: "a launch template that is not in the plan makes a machine doubtful",
    made: machine({ launchTemplate: { id: "elsewhere" } }),
    ask: [["internet", "machine", /^\?: Instance machine: its launch template is not in the plan/]],
  },
  {
    rule: "machines of a group have public addresses where the template says so",
    made: vpc()
      .add("ec2/launchTemplate:LaunchTemplate", "template", {
        networkInterfaces: [{ associatePublicIpAddress: "true", securityGroups: ["open"] }],
      })
      .add("autoscaling/group:Group", "machine", {
        vpcZoneIdentifiers: ["public"],
        launchTemplate: { id: "template" },
      })
      .add("ec2/launchTemplate:LaunchTemplate", "hidden", { vpcSecurityGroupIds: ["open"] })
      .add("autoscaling/group:Group", "inner", {
        vpcZoneIdentifiers: ["public"],
        launchTemplate: { id: "hidden" },
      }),
    ask: [
      ["internet", "machine", "yes"],
      ["internet", "inner", /^no: own\/inner: it has no public address/],
    ],
  },
  {
    rule: "a network interface is its own place, with the address of its machine and groups that were added",
    made: vpc()
      .add("ec2/networkInterface:NetworkInterface", "machine", {
        subnetId: "public",
        securityGroups: ["closed"],
      })
      .add("ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment", "added", {
        networkInterfaceId: "machine",
        securityGroupId: "open",
      })
      .add("ec2/instance:Instance", "host", { primaryNetworkInterface: { networkInterfaceId: "machine" } })
      .add("ec2/eip:Eip", "address", { instance: "host" })
      .add("ec2/networkInterface:NetworkInterface", "other", {
        subnetId: "public",
        securityGroups: ["open"],
      }),
    ask: [
      ["internet", "machine", "yes"],
      ["internet", "other", /^no: own\/other: it has no public address/],
    ],
  },
  {
    rule: "a function in a VPC calls what its groups let it",
    made: guarded(8080)
      .service("api", ["private"], ["guard"])
      .add("lambda/function:Function", "worker", {
        vpcConfig: { subnetIds: ["private"], securityGroupIds: ["callers"] },
      })
      .add("lambda/function:Function", "other", {
        vpcConfig: { subnetIds: ["private"], securityGroupIds: ["strangers"] },
      }),
    ask: [
      ["worker", "api", "yes"],
      ["other", "api", /^no: own\/api: its security groups admit no/],
    ],
  },
  {
    rule: "tasks that a state machine runs call what their groups let them, wherever its definition says so",
    made: guarded(8080)
      .service("api", ["private"], ["guard"])
      .add("sfn/stateMachine:StateMachine", "worker", running(["private"], ["callers"], "DISABLED"))
      .add("sfn/stateMachine:StateMachine", "other", {
        definition: JSON.stringify({
          States: {
            All: {
              Type: "Parallel",
              Branches: [JSON.parse(running(["private"], ["strangers"], "DISABLED").definition)],
            },
          },
        }),
      })
      .add("sfn/stateMachine:StateMachine", "none", { definition: '{"States":{"Done":{"Type":"Succeed"}}}' }),
    ask: [
      ["worker", "api", "yes"],
      ["other", "api", /^no: own\/api: its security groups admit no/],
      ["internet", "worker", /^no: own\/worker: it has no public address/],
    ],
  },
  {
    rule: "tasks that a state machine runs have a public address unless it says that they have none",
    made: vpc()
      .add("sfn/stateMachine:StateMachine", "worker", running(["public"], ["open"]))
      .add("sfn/stateMachine:StateMachine", "hidden", running(["public"], ["open"], "DISABLED")),
    ask: [
      ["internet", "worker", "yes"],
      ["internet", "hidden", /^no: own\/hidden: it has no public address/],
    ],
  },
  {
    rule: "groups that a state machine makes up while it runs are not known",
    made: guarded(8080)
      .service("api", ["private"], ["guard"])
      .add("sfn/stateMachine:StateMachine", "worker", running(["private"], "{% $groups %}", "DISABLED")),
    ask: [["caller", "worker", /^\?: .*a security group of worker/]],
  },
];

const blocked = (mode: string, made = machine({ associatePublicIpAddress: true })) =>
  made
    .nat("nat", "public")
    .subnet("behind", "v", "10.0.2.0/24", { "0.0.0.0/0": { natGatewayId: "nat" } })
    .add("ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions", "block", {
      internetGatewayBlockMode: mode,
    });
const excluded = (made: Made, inputs: object) =>
  made.add("ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion", "but", { ...inputs });

const blockedText = /^no: internet gateway igw-v: VPC Block Public Access/;
const elsewhere = blocked("block-bidirectional");
const options = elsewhere.resources.find(({ name }) => name === "block");
if (options !== undefined) Object.assign(options, { account: "222222222222" });

const publicAccess: readonly Case[] = [
  {
    rule: "Block Public Access in both directions closes internet gateways, for NAT too",
    made: blocked("block-bidirectional"),
    ask: [
      ["internet", "machine", blockedText],
      ["machine", "internet", blockedText],
      ["behind", "internet", blockedText],
    ],
  },
  {
    rule: "Block Public Access of ingress leaves NAT gateways their way",
    made: blocked("block-ingress"),
    ask: [
      ["internet", "machine", blockedText],
      ["machine", "internet", blockedText],
      ["behind", "internet", "yes"],
    ],
  },
  {
    rule: "Block Public Access that is off blocks nothing",
    made: blocked("off"),
    ask: [
      ["internet", "machine", "yes"],
      ["behind", "internet", "yes"],
    ],
  },
  {
    rule: "a subnet that is excluded is open, and another is not",
    made: excluded(blocked("block-bidirectional"), {
      subnetId: "public",
      internetGatewayExclusionMode: "allow-bidirectional",
    })
      .subnet("second", "v", "10.0.3.0/24", toInternet, { isPublic: true })
      .service("blocked", ["second"], ["open"], true),
    ask: [
      ["internet", "machine", "yes"],
      ["behind", "internet", "yes"],
      ["internet", "blocked", blockedText],
    ],
  },
  {
    rule: "a VPC that is excluded for egress calls out and is not called",
    made: excluded(blocked("block-bidirectional"), {
      vpcId: "v",
      internetGatewayExclusionMode: "allow-egress",
    }),
    ask: [
      ["internet", "machine", blockedText],
      ["machine", "internet", "yes"],
      ["behind", "internet", "yes"],
    ],
  },
  {
    rule: "Block Public Access of another account blocks nothing here",
    made: elsewhere,
    ask: [["internet", "machine", "yes"]],
  },
];

/** A Network Load Balancer in the private subnet before an api that admits the balancer's group alone. */
const balanced = (balancer: object = {}, group: object = { targetType: "ip", port: 8080, protocol: "TCP" }) =>
  vpc()
    .group("nlb-group", "v", ["tcp 443 from callers", "tcp 443 from 10.0.0.0/24", "all to 0.0.0.0/0"])
    .group("api-group", "v", ["tcp 8080 from nlb-group", "all to 0.0.0.0/0"])
    .add("lb/loadBalancer:LoadBalancer", "nlb", {
      loadBalancerType: "network",
      internal: true,
      subnets: ["private"],
      securityGroups: ["nlb-group"],
      ...balancer,
    })
    .add("lb/targetGroup:TargetGroup", "targets", { ...group })
    .add("lb/listener:Listener", "listener", {
      loadBalancerArn: "nlb",
      port: 443,
      protocol: "TCP",
      defaultActions: [{ type: "forward", targetGroupArn: "targets" }],
    })
    .add("ecs/service:Service", "api", {
      networkConfiguration: { subnets: ["private"], securityGroups: ["api-group"] },
      loadBalancers: [{ targetGroupArn: "targets", containerPort: 8080 }],
    });

/** A consumer without a route to the provider, and an endpoint for the provider's service. */
const linked = (serviceName = "com.amazonaws.vpce.offer", balancer: object = {}) =>
  balanced({ securityGroups: undefined, ...balancer })
    .add("ec2/vpcEndpointService:VpcEndpointService", "offer", {
      acceptanceRequired: true,
      networkLoadBalancerArns: ["nlb"],
    })
    .group("api-open", "v", ["tcp 8080 from 10.0.1.0/24", "all to 0.0.0.0/0"])
    .vpc("c", "10.9.0.0/16")
    .subnet("consumer", "c", "10.9.0.0/24")
    .group("users", "c", ["all to 0.0.0.0/0"])
    .group("others", "c", ["all to 0.0.0.0/0"])
    .group("link-group", "c", ["tcp 443 from users"])
    .add("ec2/vpcEndpoint:VpcEndpoint", "link", {
      vpcEndpointType: "Interface",
      serviceName,
      vpcId: "c",
      subnetIds: ["consumer"],
      securityGroupIds: ["link-group"],
    })
    .service("user", ["consumer"], ["users"])
    .service("other", ["consumer"], ["others"]);

const gateway = (groups: readonly string[], integrationUri = "listener") =>
  balanced()
    .group("link-out", "v", ["tcp 443 to nlb-group"])
    .group("web-group", "v", ["tcp 443 from link-web"])
    .balancer("web", ["private"], ["web-group"], true)
    .add("lb/listener:Listener", "web-listener", { loadBalancerArn: "web", port: 443, protocol: "HTTPS" })
    .group("link-web", "v", ["tcp 443 to web-group"])
    .add("apigatewayv2/vpcLink:VpcLink", "gateway", { subnetIds: ["private"], securityGroupIds: [...groups] })
    .add("apigatewayv2/integration:Integration", "integration", {
      connectionType: "VPC_LINK",
      connectionId: "gateway",
      integrationUri,
    });

const relays: readonly Case[] = [
  {
    rule: "a Network Load Balancer hands on whoever it is called by, to its targets' port",
    made: balanced(),
    ask: [
      ["caller", "lb", "yes"],
      ["caller", "api", "NLB"],
      ["caller", "api", "NLB", { protocol: "tcp", port: 8080 }],
      ["caller", "api", /^no/, { protocol: "tcp", port: 443 }],
      ["stranger", "api", /^no/],
      ["internet", "api", /^no/],
    ],
  },
  {
    rule: "a public Network Load Balancer hands on the internet",
    made: balanced({ internal: false, subnets: ["public"], securityGroups: ["nlb-group", "open"] }),
    ask: [["internet", "api", "NLB"]],
  },
  {
    rule: "targets that do not admit the balancer are not reached by it",
    made: balanced({ securityGroups: ["open"] }),
    ask: [["caller", "api", /^no: own\/api: its security groups admit no/]],
  },
  {
    rule: "targets that see the address of whoever called are asked about it",
    made: balanced({ securityGroups: ["open"] }, { targetType: "instance", port: 8080, protocol: "TCP" })
      .group("by-address", "v", ["tcp 8080 from 10.0.0.0/24"])
      .add("ec2/instance:Instance", "server", { subnetId: "private", vpcSecurityGroupIds: ["by-address"] })
      .add("lb/targetGroupAttachment:TargetGroupAttachment", "attached", {
        targetGroupArn: "targets",
        targetId: "server",
        port: 8080,
      })
      .group("elsewhere", "v", ["tcp 443 to 0.0.0.0/0"])
      .service("in-public", ["public"], ["elsewhere"]),
    ask: [
      ["in-public", "server", "NLB"],
      ["caller", "server", /^no/],
    ],
  },
  {
    rule: "targets that see the balancer's address alone are not asked about whoever called",
    made: balanced({ securityGroups: ["open"] })
      .group("by-address", "v", ["tcp 8080 from 10.0.0.0/24"])
      .add("ecs/service:Service", "server", {
        networkConfiguration: { subnets: ["private"], securityGroups: ["by-address"] },
        loadBalancers: [{ targetGroupArn: "targets", containerPort: 8080 }],
      })
      .group("elsewhere", "v", ["tcp 443 to 0.0.0.0/0"])
      .service("in-public", ["public"], ["elsewhere"]),
    ask: [["in-public", "server", /^no: own\/server: its security groups admit no tcp 8080 from own\/lb/]],
  },
  {
    rule: "a Network Load Balancer has an Application Load Balancer for its target",
    made: balanced({}, { targetType: "alb", port: 443, protocol: "TCP" })
      .group("web-group", "v", ["tcp 443 from nlb-group"])
      .group("shut-group", "v", ["tcp 443 from 10.77.0.0/16"])
      .balancer("web", ["private"], ["web-group"], true)
      .balancer("shut", ["private"], ["shut-group"], true)
      .add("lb/targetGroupAttachment:TargetGroupAttachment", "a", {
        targetGroupArn: "targets",
        targetId: "web",
      })
      .add("lb/targetGroupAttachment:TargetGroupAttachment", "b", {
        targetGroupArn: "targets",
        targetId: "shut",
      }),
    ask: [
      ["caller", "web", "NLB"],
      ["stranger", "web", /^no/],
      ["caller", "shut", /^no: own\/shut/],
    ],
  },
  {
    rule: "a target that is not in the plan makes walls near it doubtful",
    made: balanced().add("lb/targetGroupAttachment:TargetGroupAttachment", "far", {
      targetGroupArn: "targets",
      targetId: "10.0.1.77",
    }),
    ask: [["stranger", "api", "?: TargetGroupAttachment far: the target is not in the plan"]],
  },
  {
    rule: "PrivateLink leads from an endpoint to the load balancer of the service, and no further than it is let",
    made: linked(),
    ask: [
      ["user", "link", "yes"],
      ["user", "lb", "PrivateLink"],
      ["other", "link", /^no/],
      ["other", "lb", /^no: own\/link: its security groups admit no/],
      ["internet", "lb", /^no/],
    ],
  },
  {
    rule: "PrivateLink leads on to the targets of the load balancer",
    made: linked("com.amazonaws.vpce.offer").add("ecs/service:Service", "deep", {
      networkConfiguration: { subnets: ["private"], securityGroups: ["api-open"] },
      loadBalancers: [{ targetGroupArn: "targets", containerPort: 8080 }],
    }),
    ask: [
      ["user", "deep", "NLB"],
      ["other", "deep", /^no/],
    ],
  },
  {
    rule: "the groups of a load balancer are asked about who comes by PrivateLink, unless that is turned off",
    made: linked("com.amazonaws.vpce.offer", { securityGroups: ["nlb-group"] }),
    ask: [["user", "lb", /^no: own\/lb: its security groups admit no tcp 443/]],
  },
  {
    rule: "the groups of a load balancer are not asked where that is turned off",
    made: linked("com.amazonaws.vpce.offer", {
      securityGroups: ["nlb-group"],
      enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "off",
    }),
    ask: [
      ["user", "lb", "PrivateLink"],
      ["user", "api", "NLB"],
    ],
  },
  {
    rule: "an endpoint for another service does not lead here",
    made: linked("com.amazonaws.vpce.eu-central-1.vpce-svc-0example"),
    ask: [["user", "lb", /^no/]],
  },
  {
    rule: "an endpoint for a service that is not known may lead here",
    made: linked("[unknown]"),
    ask: [["user", "lb", /^\?: VpcEndpoint link: which service it leads to is not known/]],
  },
  {
    rule: "API Gateway lets the internet in by its link to an internal load balancer",
    made: gateway(["link-web"], "web-listener"),
    ask: [
      ["internet", "web", "API gateway"],
      ["internet", "nlb", /^no/],
      ["stranger", "web", /^no/],
    ],
  },
  {
    rule: "API Gateway's link calls what its own group and the load balancer's let it",
    made: gateway(["link-out"], "web-listener"),
    ask: [["internet", "web", /^no: own\/gateway: its security groups let no tcp 443 out/]],
  },
  {
    rule: "API Gateway's link to a listener that is not in the plan makes walls doubtful",
    made: gateway(["link-web"], "[unknown]"),
    ask: [["internet", "web", /^\?: Integration integration: what it calls is not in the plan/]],
  },
  {
    rule: "a REST API calls a Network Load Balancer by a link of its own",
    made: balanced({ securityGroups: undefined }).add("apigateway/vpcLink:VpcLink", "rest", {
      targetArn: "nlb",
    }),
    ask: [["internet", "lb", "API gateway"]],
  },
];

const notUnderstood = (type: string, inputs: object): Case => ({
  rule: `${type} makes walls doubtful`,
  made: vpc()
    .vpc("far", "10.8.0.0/16")
    .subnet("alone", "far", "10.8.0.0/24")
    .subnet("quiet", "far", "10.8.1.0/24")
    .accessList("shut", ["alone", "quiet"], [])
    .add(type, "odd", { ...inputs }),
  ask: [
    ["internet", "private", /^\?: \w+ odd: this kind is not understood/],
    ["alone", "quiet", /^no/],
  ],
});

const doubts: readonly Case[] = [
  notUnderstood("ec2clientvpn/networkAssociation:NetworkAssociation", { subnetId: "private" }),
  notUnderstood("vpclattice/serviceNetworkVpcAssociation:ServiceNetworkVpcAssociation", {
    vpcIdentifier: "v",
  }),
  notUnderstood("verifiedaccess/endpoint:Endpoint", { loadBalancerOptions: { subnetIds: ["private"] } }),
  notUnderstood("workspaces/directory:Directory", { subnetIds: ["private"] }),
  notUnderstood("transfer/server:Server", { endpointDetails: { subnetIds: ["private"] } }),
  {
    rule: "a database whose subnets the plan does not say is undecided",
    made: vpc().add("rds/instance:Instance", "data", { engine: "postgres", vpcSecurityGroupIds: ["open"] }),
    ask: [
      ["caller", "data", "?: in which subnets own/data is, the plan does not say"],
      ["data", "internet", "?: in which subnets own/data is, the plan does not say"],
    ],
  },
  {
    rule: "a subnet whose range is not known makes walls doubtful",
    made: vpc().add("ec2/subnet:Subnet", "pooled", { vpcId: "v", cidrBlock: "[unknown]" }),
    ask: [["internet", "private", "?: Subnet pooled: its VPC or its range is not known"]],
  },
];

describe("kinds of places, and ways by them", () => {
  for (const { rule, made, ask } of [...databases, ...machines, ...publicAccess, ...relays, ...doubts])
    it(rule, () => {
      for (const [from, to, expected, question] of ask) {
        const its = answer(made.decide(from, to, question));
        if (typeof expected === "string") assert.equal(its, expected, `${from} to ${to}`);
        else assert.match(its, expected, `${from} to ${to}`);
      }
    });

  it("stand in a subnet that another account's stack shares", () => {
    const owner = guarded(8080).add("ram/resourceAssociation:ResourceAssociation", "shared", {
      resourceArn: "arn:aws:ec2:eu-central-1:111122223333:subnet/private",
    });
    const participant = new Made()
      .service("api", ["private"], ["guard"])
      .service("guest", ["private"], ["callers"]);
    const network = networkOf([
      { environment: "dev", account: "111122223333", label: "own", resources: owner.resources },
      { environment: "dev", account: "444455556666", label: "guest", resources: participant.resources },
    ]);
    const asked = (from: string, to: string) =>
      answer(decide(network, party(network, from), party(network, to)));
    assert.deepEqual(network.notUnderstood, []);
    assert.equal(asked("guest/guest", "guest/api"), "yes");
    assert.equal(asked("own/caller", "guest/api"), "yes");
    assert.match(asked("own/stranger", "guest/api"), /^no: guest\/api: its security groups admit no/);
  });
});
