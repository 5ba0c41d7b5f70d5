import { type Cases, unknown } from "./example";
import { part } from "./small-network";

const reason = "The shop sells to the whole world";
const group = (props: object) => ({ type: "aws:ec2/securityGroup:SecurityGroup", name: "group", props });
const ingressRule = (props: object) => ({
  type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  name: "rule",
  props: { securityGroupId: unknown, ...props },
  madeFrom: { securityGroupId: ["group"] },
});
const egressRule = (props: object) => ({
  ...ingressRule(props),
  type: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
});
const olderRule = (props: object) => ({
  ...ingressRule(props),
  type: "aws:ec2/securityGroupRule:SecurityGroupRule",
});
const tcp = (port: number) => ({ protocol: "tcp", fromPort: port, toPort: port });
const newTcp = (port: number) => ({ ipProtocol: "tcp", fromPort: port, toPort: port });
const world = { cidrBlocks: ["0.0.0.0/0"] };
const inside = { cidrBlocks: ["10.0.0.0/8"] };

const vpc = { type: "aws:ec2/vpc:Vpc", name: "vpc" };
const defaultGroup = {
  type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  props: { vpcId: unknown },
  madeFrom: { vpcId: ["vpc"] },
};

const balancer = (props: object = {}) =>
  part("lb/loadBalancer:LoadBalancer", "balancer", { internal: false, securityGroups: ["@group"], ...props });
const task = part("ecs/service:Service", "task", { networkConfiguration: { securityGroups: ["@group"] } });
const database = part("rds/instance:Instance", "database", { vpcSecurityGroupIds: ["@group"] });

/** Of one port and protocol, in each way to write it. */
const port = (number: number, ...protocols: readonly string[]) => ({
  refuses: [
    group({ ingress: [{ ...tcp(number), ...inside }] }),
    group({ ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, ...inside }] }),
    group({ ingress: [{ protocol: "all", ...inside }] }),
    group({ ingress: [unknown, { protocol: "6", fromPort: number - 2, toPort: number + 5, ...inside }] }),
    group({ ingress: [{ ...tcp(number), self: true }] }),
    group({ ingress: [{ protocol: "-1", self: true, ...inside }] }),
    group({ ingress: [{ protocol: -1, self: true, securityGroups: ["sg-1"] }] }),
    olderRule({ type: "ingress", protocol: "tcp", fromPort: 0, toPort: 65535, ...inside }),
    ingressRule({ ...newTcp(number), referencedSecurityGroupId: unknown }),
    ...protocols.map(ipProtocol =>
      ingressRule({ ipProtocol, fromPort: number, toPort: number, cidrIpv4: unknown }),
    ),
  ],
  unknown: [
    group({ ingress: unknown }),
    group({ ingress: [{ protocol: unknown, ...inside }] }),
    ingressRule({ ipProtocol: "tcp", fromPort: unknown, toPort: number }),
    ingressRule({ ipProtocol: "tcp", fromPort: 1, toPort: unknown }),
    olderRule({ type: unknown, ...tcp(number) }),
  ],
});

/** Of ports of the internet's, in each way to write it. */
const fromWorld = (number: number, cidrs: readonly [list: string, one: string, range: string]) => {
  const [list, one, range] = cidrs;
  return {
    refuses: [
      group({ ingress: [{ ...tcp(number), [list]: [range] }] }),
      group({ tags: { "allow-public": reason }, ingress: [{ ...tcp(number), [list]: [unknown, range] }] }),
      olderRule({ type: "ingress", protocol: "-1", [list]: [range] }),
      ingressRule({ ...newTcp(number), [one]: range }),
    ],
    unknown: [
      group({ ingress: [{ ...tcp(number), [list]: unknown }] }),
      group({ ingress: [{ ...tcp(number), [list]: [unknown] }] }),
      ingressRule({ ipProtocol: unknown, [one]: range }),
    ],
  };
};
/** As Security Hub's page on EC2.19 has them. */
const highRisk = [
  20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500, 5601, 8080,
  8088, 8888, 9200, 9300,
];
const v4 = ["cidrBlocks", "cidrIpv4", "0.0.0.0/0"] as const;
const halfOfV4 = ["cidrBlocks", "cidrIpv4", "0.0.0.0/1"] as const;
const v6 = ["ipv6CidrBlocks", "cidrIpv6", "::/0"] as const;

export default [
  {
    rule: "ec2-sg-not-open",
    accepts: [
      [group({ ingress: [{ cidrBlocks: ["10.0.0.0/8", "100.64.0.0/10"], ipv6CidrBlocks: ["fc00::/7"] }] })],
      [group({ ingress: [{ securityGroups: [unknown] }], egress: [{ cidrBlocks: ["0.0.0.0/0"] }] })],
      [group({ tags: { "allow-public": reason }, ingress: [{ cidrBlocks: ["0.0.0.0/0"] }] })],
      [group({ tags: { "allow-public": reason } }), ingressRule({ cidrIpv4: "0.0.0.0/0" })],
      [group({}), ingressRule({ referencedSecurityGroupId: unknown })],
      [olderRule({ type: "egress", cidrBlocks: ["0.0.0.0/0"] })],
    ],
    refuses: [
      [group({ ingress: [{ cidrBlocks: [unknown, "0.0.0.0/0"] }] })],
      [group({ ingress: [{ cidrBlocks: ["10.0.0.0/8"] }, { ipv6CidrBlocks: "::/0" }] })],
      [group({ tags: { "allow-public": "because" }, ingress: [{ cidrBlocks: ["0.0.0.0/1"] }] })],
      [group({}), ingressRule({ cidrIpv4: "0.0.0.0/0" })],
      [group({}), ingressRule({ cidrIpv6: "::/0" })],
      [group({}), olderRule({ type: "ingress", cidrBlocks: ["0.0.0.0/0"] })],
    ],
    unknown: [
      [group({ ingress: unknown })],
      [group({ ingress: [{ cidrBlocks: [unknown] }] })],
      [group({ tags: unknown }), ingressRule({ cidrIpv4: "0.0.0.0/0" })],
    ],
  },
  {
    rule: "ec2-sg-no-ssh",
    accepts: [
      group({ ingress: [{ ...tcp(443), ...inside }] }),
      group({
        ingress: [
          { ...tcp(21), ...inside },
          { ...tcp(23), ...inside },
        ],
      }),
      group({ ingress: [{ protocol: "udp", fromPort: 22, toPort: 22, ...inside }] }),
      group({ ingress: [{ protocol: "-1", self: true }], egress: [{ ...tcp(22), ...world }] }),
      olderRule({ type: "egress", ...tcp(22), ...inside }),
      ingressRule({ ipProtocol: "icmp", fromPort: -1, toPort: -1 }),
      ingressRule({ ...newTcp(22), referencedSecurityGroupId: unknown, tags: { "allow-ssh": reason } }),
    ],
    ...port(22, "tcp"),
    refuses: [
      ...port(22, "tcp").refuses,
      ingressRule({ ...newTcp(22), referencedSecurityGroupId: unknown, tags: { "allow-ssh": "because" } }),
      ingressRule({ ...newTcp(22), cidrIpv4: "10.0.0.0/8", tags: { "allow-ssh": reason } }),
    ],
  },
  {
    rule: "ec2-sg-no-rdp",
    accepts: [
      group({ ingress: [{ ...tcp(443), ...inside }] }),
      group({ ingress: [{ protocol: "-1", self: true }] }),
      olderRule({ type: "egress", ...tcp(3389), ...inside }),
    ],
    ...port(3389, "tcp", "udp", "17"),
  },
  {
    rule: "ec2-sg-no-admin-ports-from-world-v4",
    accepts: [
      group({ ingress: [{ ...tcp(443), ...world }] }),
      group({ ingress: [{ ...tcp(22), ...inside, ipv6CidrBlocks: ["::/0"] }] }),
      group({ ingress: [{ ...tcp(443), cidrBlocks: unknown }] }),
      ingressRule({ ipProtocol: unknown, cidrIpv4: "10.0.0.0/8" }),
    ],
    refuses: [...fromWorld(22, v4).refuses, ...fromWorld(3389, halfOfV4).refuses],
    unknown: fromWorld(22, v4).unknown,
  },
  {
    rule: "ec2-sg-no-admin-ports-from-world-v6",
    accepts: [
      group({ ingress: [{ ...tcp(443), ipv6CidrBlocks: ["::/0"] }] }),
      group({ ingress: [{ ...tcp(22), ...world, ipv6CidrBlocks: ["fd00::/8"] }] }),
    ],
    refuses: [...fromWorld(22, v6).refuses, ...fromWorld(3389, v6).refuses],
    unknown: fromWorld(3389, v6).unknown,
  },
  {
    rule: "ec2-sg-no-cifs",
    accepts: [
      group({ ingress: [{ ...tcp(445), ...inside }] }),
      group({ ingress: [{ ...tcp(445), cidrBlocks: ["192.168.0.0/16"], ipv6CidrBlocks: ["fd00::/8"] }] }),
      group({
        ingress: [
          { ...tcp(446), ...world },
          { ...tcp(445), securityGroups: [unknown] },
        ],
      }),
    ],
    refuses: [
      group({ ingress: [{ ...tcp(445), cidrBlocks: ["203.0.113.0/24"] }] }),
      group({ ingress: [{ ...tcp(445), cidrBlocks: ["10.0.0.0/7"] }] }),
      group({
        ingress: [{ protocol: "udp", fromPort: 400, toPort: 500, ipv6CidrBlocks: ["2001:db8::/32"] }],
      }),
      ingressRule({ ...newTcp(445), cidrIpv4: "no range" }),
    ],
    unknown: [ingressRule({ ...newTcp(445), cidrIpv4: unknown })],
  },
  {
    rule: "ec2-sg-only-authorised-public-ports",
    accepts: [
      group({ ingress: [{ ...tcp(443), ...world }] }),
      group({
        ingress: [
          { ...tcp(80), ...world },
          { ...tcp(8443), ...inside },
        ],
      }),
      group({ ingress: [{ protocol: "udp", fromPort: 443, toPort: 443, ...world }] }),
      group({ ingress: [{ protocol: "icmp", fromPort: 3, toPort: 4, ...world }] }),
    ],
    refuses: [
      group({ ingress: [{ ...tcp(8443), ...world }] }),
      group({ ingress: [{ protocol: "tcp", fromPort: 80, toPort: 443, ...world }] }),
      group({ ingress: [{ protocol: "-1", ...world }] }),
      group({ ingress: [{ protocol: "-1", fromPort: 443, toPort: 443, ...world }] }),
      ingressRule({ ...newTcp(444), cidrIpv6: "::/0" }),
    ],
    unknown: [ingressRule({ ...newTcp(8443), cidrIpv4: unknown })],
  },
  {
    rule: "ec2-sg-no-high-risk-ports",
    accepts: [
      group({ ingress: [{ ...tcp(443), ...world }] }),
      group({ ingress: [{ ...tcp(5432), ...inside }] }),
    ],
    refuses: [
      ...fromWorld(5432, v4).refuses,
      ...fromWorld(9200, v6).refuses,
      ingressRule({ ipProtocol: "udp", fromPort: 1434, toPort: 1434, cidrIpv4: "0.0.0.0/0" }),
      ...highRisk.map(number => ingressRule({ ...newTcp(number), cidrIpv4: "0.0.0.0/0" })),
    ],
    unknown: fromWorld(3306, v4).unknown,
  },
  {
    rule: "ec2-sg-no-all-ports-ingress",
    accepts: [
      group({ ingress: [{ ...tcp(443), ...inside }] }),
      group({ ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, self: true }] }),
      group({ ingress: [{ protocol: "tcp", fromPort: 1024, toPort: 65535, ...inside }] }),
      group({ ingress: [{ protocol: "tcp", fromPort: 0, toPort: 1024, ...inside }] }),
      ingressRule({ ipProtocol: "icmp", fromPort: -1, toPort: -1 }),
      ingressRule({ ipProtocol: "50", cidrIpv4: "10.0.0.0/8" }),
    ],
    refuses: [
      group({ ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, ...inside }] }),
      group({ ingress: [{ protocol: "-1", self: true, securityGroups: [unknown] }] }),
      group({ ingress: [{ protocol: "-1", self: true, prefixListIds: [unknown] }] }),
      olderRule({ type: "ingress", protocol: "tcp", fromPort: 1, toPort: 65535 }),
      ingressRule({ ipProtocol: "udp", cidrIpv4: "10.0.0.0/8" }),
    ],
    unknown: [ingressRule({ ipProtocol: unknown }), ingressRule({ ipProtocol: "tcp", fromPort: unknown })],
  },
  {
    rule: "ec2-default-sg-empty",
    accepts: [{ props: { vpcId: unknown } }, { props: { ingress: [], egress: [] } }],
    refuses: [
      { props: { ingress: [{ protocol: "-1", self: true }] } },
      { props: { ingress: unknown, egress: [{}] } },
    ],
    unknown: [{ props: { ingress: unknown } }],
  },
  {
    rule: "ec2-vpc-default-sg-adopted",
    accepts: [[vpc, defaultGroup]],
    refuses: [[vpc], [vpc, { ...vpc, name: "other" }, defaultGroup]],
    unknown: [[vpc, { ...defaultGroup, madeFrom: {} }]],
  },
  {
    rule: "ec2-sg-world-open-only-on-public-alb",
    accepts: [
      [group({ ingress: [{ ...tcp(443), ...world }] }), balancer()],
      [group({ ingress: [{ ...tcp(443), ...inside }] }), task],
      [group({}), ingressRule({ ...newTcp(443), cidrIpv4: "10.0.0.0/8" }), task],
      [
        group({ ingress: [{ ...tcp(443), ...world }] }),
        part("ssm/parameter:Parameter", "told", { value: "@group" }),
        part("vpc/securityGroupIngressRule:SecurityGroupIngressRule", "behind", {
          referencedSecurityGroupId: "@group",
        }),
      ],
    ],
    refuses: [
      [group({ ingress: [{ ...tcp(443), ...world }] }), task],
      [group({ ingress: [{ ...tcp(443), ...world }] }), balancer({ internal: true })],
      [group({}), ingressRule({ ...newTcp(443), cidrIpv4: "0.0.0.0/0" }), balancer(), task],
      [group({}), ingressRule({ ...newTcp(443), cidrIpv6: "::/0" }), database],
    ],
    unknown: [
      [group({ ingress: unknown }), task],
      [group({ ingress: [{ ...tcp(443), ...world }] }), balancer({ internal: unknown })],
    ],
  },
  {
    rule: "ec2-sg-no-open-egress",
    accepts: [
      group({ egress: [{ ...tcp(443), ...world }] }),
      group({ egress: [{ protocol: "-1", ...inside }], ingress: [{ protocol: "-1", ...world }] }),
      olderRule({ type: "ingress", protocol: "-1", ...world }),
      egressRule({ ...newTcp(443), cidrIpv4: "0.0.0.0/0" }),
    ],
    refuses: [
      group({ egress: [{ protocol: "-1", fromPort: 0, toPort: 0, ...world }] }),
      olderRule({ type: "egress", protocol: "tcp", fromPort: 0, toPort: 65535, ...world }),
      egressRule({ ipProtocol: "-1", cidrIpv6: "::/0" }),
    ],
    unknown: [group({ egress: unknown }), egressRule({ ipProtocol: "-1", cidrIpv4: unknown })],
  },
  {
    rule: "ec2-sg-data-tier-from-sg-only",
    accepts: [
      [group({ ingress: [{ ...tcp(5432), securityGroups: [unknown] }] }), database],
      [group({ ingress: [{ ...tcp(5432), ...inside }] }), task],
      [group({}), ingressRule({ ...newTcp(5432), referencedSecurityGroupId: unknown }), database],
    ],
    refuses: [
      [group({ ingress: [{ ...tcp(5432), ...inside }] }), database],
      [group({}), ingressRule({ ...newTcp(5432), cidrIpv4: unknown }), database],
      [
        group({ ingress: [{ ...tcp(2049), ipv6CidrBlocks: ["fd00::/8"] }] }),
        part("efs/mountTarget:MountTarget", "mount", { securityGroups: ["@group"] }),
      ],
    ],
    unknown: [[group({ ingress: unknown }), database]],
  },
  {
    rule: "ec2-sg-described",
    accepts: [{ props: { description: "Tasks of the shop" } }],
    refuses: [{}, { props: { description: "Managed by Pulumi" } }, { props: { description: " " } }],
    unknown: [{ props: { description: unknown } }],
  },
  {
    rule: "ec2-sg-rule-described",
    accepts: [
      ingressRule({ description: "Calls from the load balancer" }),
      group({ ingress: [{ description: unknown }], egress: [{ description: "TLS to AWS" }] }),
      olderRule({ type: "egress", description: "TLS to AWS" }),
      group({}),
    ],
    refuses: [
      ingressRule({}),
      egressRule({ description: "" }),
      olderRule({ type: "egress" }),
      group({ ingress: unknown, egress: [{ ...tcp(443) }] }),
      group({ ingress: [{ ...tcp(443) }] }),
    ],
    unknown: [group({ ingress: unknown })],
  },
  {
    rule: "ec2-sg-attached",
    accepts: [
      [group({}), task],
      [group({}), part("ssm/parameter:Parameter", "told", { value: "@group" })],
      [
        group({}),
        part("ec2/securityGroupRule:SecurityGroupRule", "into", { sourceSecurityGroupId: "@group" }),
      ],
      [
        group({}),
        part("vpc/securityGroupEgressRule:SecurityGroupEgressRule", "into", {
          referencedSecurityGroupId: "@group",
        }),
      ],
    ],
    refuses: [[group({})], [group({}), ingressRule({ ...newTcp(443) })]],
  },
] satisfies Cases[];
