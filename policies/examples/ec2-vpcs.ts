import { type Cases, unknown } from "./example";
import { part } from "./small-network";

const vpc = { type: "aws:ec2/vpc:Vpc", name: "vpc" };
const flowLog = (trafficType: string) => ({
  type: "aws:ec2/flowLog:FlowLog",
  name: "flow-log",
  props: { vpcId: unknown, trafficType },
  madeFrom: { vpcId: ["vpc"] },
});
const kept = (props: Readonly<Record<string, unknown>>, name = "flow-log") =>
  part("ec2/flowLog:FlowLog", name, { vpcId: "@vpc", ...props });
const archive = { logDestinationType: "s3", logDestination: "arn:aws:s3:::flow-logs" };

const network = (cidrBlock: unknown, name = "vpc") => part("ec2/vpc:Vpc", name, { cidrBlock });
const subnet = (cidrBlock: unknown) => part("ec2/subnet:Subnet", "subnet", { vpcId: "@vpc", cidrBlock });
const more = part("ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation", "more", {
  vpcId: "@vpc",
  cidrBlock: "100.64.0.0/16",
});

const defaultVpc = part("ec2/defaultVpc:DefaultVpc", "default");
const closing = (props: object = {}) =>
  part("ec2/defaultNetworkAcl:DefaultNetworkAcl", "list", { defaultNetworkAclId: "@default", ...props });

const entry = (props: object) => ({
  type: "aws:ec2/networkAclRule:NetworkAclRule",
  props: { ruleAction: "allow", protocol: "tcp", cidrBlock: "0.0.0.0/0", ...props },
});
const list = (props: object) => ({
  type: "aws:ec2/networkAcl:NetworkAcl",
  props: { ingress: [{ action: "allow", protocol: "6", cidrBlock: "0.0.0.0/0", ...props }] },
});
const acl = (props: Readonly<Record<string, unknown>>) => part("ec2/networkAcl:NetworkAcl", "list", props);
const queryLogs = part(
  "route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation",
  "queries",
  {
    resourceId: "@vpc",
  },
);

export default [
  {
    rule: "ec2-vpc-flow-logs",
    accepts: [
      [vpc, flowLog("ALL")],
      [vpc, flowLog("REJECT")],
      [vpc, flowLog("ACCEPT"), flowLog("ALL")],
    ],
    refuses: [[vpc], [vpc, flowLog("ACCEPT")], [vpc, { ...vpc, name: "other" }, flowLog("ALL")]],
    unknown: [
      [vpc, { ...flowLog("ALL"), madeFrom: {} }],
      [vpc, flowLog(unknown)],
    ],
  },
  {
    rule: "ec2-flow-log-traffic-type",
    accepts: [{ props: { trafficType: "ALL" } }, { props: { trafficType: "REJECT" } }, {}],
    refuses: [{ props: { trafficType: "ACCEPT" } }],
    unknown: [{ props: { trafficType: unknown } }],
  },
  {
    rule: "ec2-flow-log-central-destination",
    accepts: [
      [vpc, kept(archive)],
      [vpc, kept({ logDestinationType: unknown }, "other"), kept(archive)],
      [vpc, kept({ logDestinationType: "kinesis-data-firehose", logDestination: "arn" })],
      [vpc],
    ],
    refuses: [
      [vpc, kept({ logDestinationType: "cloud-watch-logs" })],
      [vpc, kept({})],
      [vpc, part("s3/bucket:Bucket", "own"), kept({ logDestinationType: "s3", logDestination: "@own" })],
    ],
    unknown: [[vpc, kept({ logDestinationType: unknown })]],
  },
  {
    rule: "ec2-no-default-vpc",
    accepts: [
      [defaultVpc, closing()],
      [defaultVpc, closing({ ingress: [], egress: [] })],
    ],
    refuses: [
      [defaultVpc],
      [defaultVpc, closing({ ingress: [{ action: "allow" }] })],
      [defaultVpc, closing({ ingress: unknown, egress: [{ action: "allow" }] })],
    ],
    unknown: [[defaultVpc, closing({ egress: unknown })]],
  },
  {
    rule: "ec2-vpc-cidr-from-plan",
    accepts: [
      { props: { cidrBlock: "10.16.0.0/16" } },
      { props: { cidrBlock: "100.64.0.0/16" } },
      { props: { cidrBlock: "172.31.0.0/16" } },
      { props: { ipv4IpamPoolId: unknown } },
    ],
    refuses: [
      { props: { cidrBlock: "203.0.113.0/24" } },
      { props: { cidrBlock: "172.32.0.0/16" } },
      { props: { cidrBlock: "203.0.113.0/24", ipv4IpamPoolId: "pool" } },
      {},
    ],
    unknown: [{ props: { cidrBlock: unknown } }],
  },
  {
    rule: "ec2-vpc-cidr-no-overlap",
    accepts: [
      [network("10.16.0.0/16"), network("10.17.0.0/16", "other")],
      [network("10.16.0.0/16"), subnet("10.16.8.0/24")],
      [network("10.16.0.0/16"), more, subnet("100.64.8.0/24")],
      [network("10.16.0.0/16"), more, subnet(undefined)],
    ],
    refuses: [
      [network("10.16.0.0/16"), network("10.16.128.0/17", "other")],
      [network("10.16.0.0/16"), subnet("10.17.8.0/24")],
      [network("10.16.0.0/16"), subnet("10.0.0.0/8")],
      [network("10.16.0.0/16"), network(unknown, "third"), network("10.16.0.0/17", "other")],
    ],
    unknown: [
      [network(unknown), network("10.16.0.0/16", "other")],
      [network("10.16.0.0/16"), subnet(unknown)],
    ],
  },
  {
    rule: "ec2-vpc-dns-enabled",
    accepts: [
      { props: { enableDnsSupport: true, enableDnsHostnames: true } },
      { props: { enableDnsHostnames: true } },
    ],
    refuses: [
      {},
      { props: { enableDnsSupport: false, enableDnsHostnames: true } },
      { props: { enableDnsSupport: unknown, enableDnsHostnames: false } },
    ],
    unknown: [{ props: { enableDnsHostnames: unknown } }],
  },
  {
    rule: "ec2-vpc-bpa",
    accepts: [
      { props: { internetGatewayBlockMode: "block-ingress" } },
      { props: { internetGatewayBlockMode: "block-bidirectional" } },
    ],
    refuses: [{ props: { internetGatewayBlockMode: "off" } }, {}],
    unknown: [{ props: { internetGatewayBlockMode: unknown } }],
  },
  {
    rule: "r53-resolver-logging",
    accepts: [[vpc, queryLogs], [{ ...vpc, props: { tags: { environment: "dev" } } }]],
    refuses: [[vpc], [{ ...vpc, props: { tags: { environment: "prod" } } }]],
    unknown: [[vpc, { ...queryLogs, madeFrom: {} }]],
  },
  {
    rule: "ec2-nacl-no-admin-from-world",
    accepts: [
      list({ fromPort: 443, toPort: 443 }),
      list({ fromPort: 22, toPort: 22, cidrBlock: "10.0.0.0/8" }),
      list({ fromPort: 22, toPort: 22, action: "deny" }),
      list({ fromPort: 23, toPort: 3388 }),
      list({ protocol: "1", fromPort: 0, toPort: 0 }),
      entry({ fromPort: 22, toPort: 22, egress: true }),
    ],
    refuses: [
      list({ fromPort: 22, toPort: 22 }),
      list({ fromPort: 1024, toPort: 65535 }),
      list({ protocol: "-1", fromPort: 0, toPort: 0, cidrBlock: unknown, ipv6CidrBlock: "::/0" }),
      entry({ fromPort: 3389, toPort: 3389 }),
      entry({ protocol: "17", fromPort: 3389, toPort: 3389 }),
      entry({ protocol: "udp", ruleAction: "ALLOW", egress: false }),
      entry({ protocol: -1 }),
    ],
    unknown: [
      list({ fromPort: unknown, toPort: 22 }),
      entry({ fromPort: 22, toPort: 22, cidrBlock: unknown }),
      entry({ fromPort: 22, toPort: 22, egress: unknown }),
    ],
  },
  {
    rule: "ec2-nacl-no-all-ports",
    accepts: [
      list({ fromPort: 443, toPort: 443 }),
      list({ protocol: "-1", cidrBlock: "10.0.0.0/8" }),
      list({ fromPort: 1024, toPort: 65535 }),
      entry({ fromPort: 0, toPort: 1024 }),
      entry({ protocol: "icmp" }),
      entry({ protocol: "-1", egress: true }),
    ],
    refuses: [list({ protocol: "-1" }), entry({ fromPort: 0, toPort: 65535 }), entry({ protocol: "all" })],
    unknown: [entry({ protocol: unknown })],
  },
  {
    rule: "ec2-nacl-used",
    accepts: [
      [acl({ subnetIds: [unknown] })],
      [acl({ subnetIds: unknown })],
      [
        acl({}),
        part("ec2/networkAclAssociation:NetworkAclAssociation", "association", { networkAclId: "@list" }),
      ],
    ],
    refuses: [[acl({})], [acl({ subnetIds: [] })]],
    unknown: [
      [
        acl({}),
        part("ec2/networkAclAssociation:NetworkAclAssociation", "association", { networkAclId: unknown }),
      ],
    ],
  },
] satisfies Cases[];
