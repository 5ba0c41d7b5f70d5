import assert from "node:assert/strict";
import type { Decision, Question } from "../../reach";
import { Made } from "./made";

/** What a decision comes to: `yes`, `CloudFront`, the wall's words, or `?` and what it hangs on. */
const answer = (decision: Decision): string =>
  decision.reaches === true
    ? (decision.by ?? "yes")
    : decision.reaches === false
      ? `no: ${decision.wall.at}: ${decision.wall.because}`
      : `?: ${decision.because.join("; ")}`;

interface Case {
  readonly rule: string;
  readonly made: Made;
  readonly ask: readonly (readonly [
    from: string,
    to: string,
    expected: string | RegExp,
    question?: Question,
  ])[];
}

const toInternet = (vpc: string) => ({ "0.0.0.0/0": { gatewayId: `igw-${vpc}` } });
const open = ["all from 0.0.0.0/0", "all to 0.0.0.0/0"] as const;

/** Two VPCs at a hub, each with a subnet that routes everything private to it. */
const hubbed = () =>
  new Made()
    .hub("hub")
    .hubTable("one", "hub")
    .hubTable("other", "hub")
    .vpc("a", "10.1.0.0/16")
    .vpc("b", "10.2.0.0/16")
    .subnet("a1", "a", "10.1.0.0/24", { "10.0.0.0/8": { transitGatewayId: "hub" } })
    .subnet("b1", "b", "10.2.0.0/24", { "10.0.0.0/8": { transitGatewayId: "hub" } });

const peered = () =>
  new Made()
    .vpc("a", "10.1.0.0/16")
    .vpc("b", "10.2.0.0/16")
    .add("ec2/vpcPeeringConnection:VpcPeeringConnection", "pcx", { vpcId: "a", peerVpcId: "b" });

const viaPeering = { vpcPeeringConnectionId: "pcx" };

const outsideOffice = (announces: boolean) =>
  hubbed().add("ec2/vpnConnection:VpnConnection", "office", {
    transitGatewayId: "hub",
    customerGatewayId: "cgw",
    type: "ipsec.1",
    staticRoutesOnly: !announces,
  });

const cases: readonly Case[] = [
  {
    rule: "neighbours in a subnet need no route and pass no access list",
    made: new Made()
      .vpc("v", "10.0.0.0/16")
      .subnet("s", "v", "10.0.0.0/24")
      .accessList("closed", ["s"], [])
      .group("g", "v", open)
      .service("x", ["s"], ["g"])
      .service("y", ["s"], ["g"]),
    ask: [
      ["x", "y", "yes"],
      ["s", "x", "yes"],
    ],
  },
  {
    rule: "a VPC routes within itself, whatever is not written",
    made: new Made().vpc("v", "10.0.0.0/16").subnet("s", "v", "10.0.0.0/24").subnet("t", "v", "10.0.1.0/24"),
    ask: [
      ["s", "t", "yes"],
      ["t", "s", "yes"],
    ],
  },
  {
    rule: "a second range of a VPC is routed within it, too",
    made: new Made()
      .vpc("v", "10.0.0.0/16", { more: ["100.64.0.0/16"] })
      .subnet("s", "v", "10.0.0.0/24")
      .subnet("t", "v", "100.64.0.0/24"),
    ask: [["s", "t", "yes"]],
  },
  {
    rule: "VPCs that nothing joins do not meet",
    made: new Made()
      .vpc("v", "10.0.0.0/16")
      .vpc("w", "10.1.0.0/16")
      .subnet("s", "v", "10.0.0.0/24")
      .subnet("t", "w", "10.1.0.0/24"),
    ask: [["s", "t", "no: subnet s: the route table s-table has no route to 10.1.0.0"]],
  },
  {
    rule: "an address that both have stays where it is sent from",
    made: new Made()
      .vpc("v", "10.0.0.0/16")
      .vpc("w", "10.0.0.0/16")
      .subnet("s", "v", "10.0.0.0/24")
      .subnet("t", "w", "10.0.0.0/24"),
    ask: [["s", "t", /stays in v/]],
  },
  {
    rule: "a security group lets in what one of its rules names, and nothing else",
    made: new Made()
      .vpc("v", "10.0.0.0/16")
      .subnet("s", "v", "10.0.0.0/24")
      .subnet("t", "v", "10.0.1.0/24")
      .group("g", "v", ["tcp 443 from 10.0.0.0/25"])
      .service("x", ["t"], ["g"]),
    ask: [
      ["s", "x", "yes"],
      ["s", "x", "yes", { protocol: "tcp", port: 443 }],
      ["s", "x", /admit no tcp 80/, { protocol: "tcp", port: 80 }],
      ["s", "x", /admit no udp 443/, { protocol: "udp", port: 443 }],
      ["t", "x", /admit no/],
    ],
  },
  {
    rule: "a security group without rules lets nothing in and nothing out",
    made: new Made()
      .vpc("v", "10.0.0.0/16")
      .subnet("s", "v", "10.0.0.0/24")
      .subnet("t", "v", "10.0.1.0/24")
      .group("g", "v", [])
      .service("x", ["t"], ["g"]),
    ask: [
      ["s", "x", /^no: own\/x: its security groups admit no/],
      ["x", "s", /^no: own\/x: its security groups let no .* out/],
    ],
  },
  {
    rule: "an answer passes security groups unasked",
    made: new Made()
      .vpc("v", "10.0.0.0/16")
      .subnet("s", "v", "10.0.0.0/24")
      .subnet("t", "v", "10.0.1.0/24")
      .group("caller", "v", ["tcp 443 to 0.0.0.0/0"])
      .group("called", "v", ["tcp 443 from 0.0.0.0/0"])
      .service("x", ["s"], ["caller"])
      .service("y", ["t"], ["called"]),
    ask: [
      ["x", "y", "yes"],
      ["y", "x", /let no .* out/],
    ],
  },
  {
    rule: "groups of one interface add up",
    made: new Made()
      .vpc("v", "10.0.0.0/16")
      .subnet("s", "v", "10.0.0.0/24")
      .subnet("t", "v", "10.0.1.0/24")
      .group("none", "v", [])
      .group("some", "v", ["tcp 22 from 10.0.0.0/24"])
      .service("x", ["t"], ["none", "some"]),
    ask: [["s", "x", "yes", { protocol: "tcp", port: 22 }]],
  },
  {
    rule: "a rule that names a group means who has it, not who is near",
    made: new Made()
      .vpc("v", "10.0.0.0/16")
      .subnet("s", "v", "10.0.0.0/24")
      .subnet("t", "v", "10.0.1.0/24")
      .group("mine", "v", ["all to 0.0.0.0/0"])
      .group("theirs", "v", ["tcp 8443 from mine"])
      .service("x", ["s"], ["mine"])
      .service("y", ["t"], ["theirs"]),
    ask: [
      ["x", "y", "yes"],
      ["s", "y", /admit no/],
    ],
  },
  {
    rule: "inline rules and the older kind of rule count as well",
    made: new Made()
      .vpc("v", "10.0.0.0/16")
      .subnet("s", "v", "10.0.0.0/24")
      .subnet("t", "v", "10.0.1.0/24")
      .add("ec2/securityGroup:SecurityGroup", "inline", {
        vpcId: "v",
        ingress: [{ protocol: "tcp", fromPort: 1, toPort: 9, cidrBlocks: ["10.0.0.0/24"] }],
      })
      .add("ec2/securityGroup:SecurityGroup", "older", { vpcId: "v" })
      .add("ec2/securityGroupRule:SecurityGroupRule", "rule", {
        type: "ingress",
        securityGroupId: "older",
        protocol: "tcp",
        fromPort: 7,
        toPort: 7,
        cidrBlocks: ["10.0.0.0/24"],
      })
      .service("x", ["t"], ["inline"])
      .service("y", ["t"], ["older"]),
    ask: [
      ["s", "x", "yes", { protocol: "tcp", port: 9 }],
      ["s", "x", /admit no/, { protocol: "tcp", port: 10 }],
      ["s", "y", "yes", { protocol: "tcp", port: 7 }],
      ["s", "y", /admit no/, { protocol: "tcp", port: 8 }],
    ],
  },
  {
    rule: "a group's rule about itself lets its members meet",
    made: new Made()
      .vpc("v", "10.0.0.0/16")
      .subnet("s", "v", "10.0.0.0/24")
      .subnet("t", "v", "10.0.1.0/24")
      .add("ec2/securityGroup:SecurityGroup", "g", {
        vpcId: "v",
        ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, self: true }],
        egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
      })
      .service("x", ["s"], ["g"])
      .service("y", ["t"], ["g"]),
    ask: [
      ["x", "y", "yes"],
      ["s", "y", /admit no/],
    ],
  },
  {
    rule: "what has no security group has its VPC's default one: its like may call it, nobody else",
    made: new Made()
      .vpc("v", "10.0.0.0/16")
      .subnet("s", "v", "10.0.0.0/24")
      .subnet("t", "v", "10.0.1.0/24")
      .service("x", ["s"], [])
      .service("y", ["t"], []),
    ask: [
      ["x", "y", "yes"],
      ["s", "y", /admit no/],
    ],
  },
  {
    rule: "a default security group that is emptied lets nobody in",
    made: new Made()
      .vpc("v", "10.0.0.0/16")
      .add("ec2/defaultSecurityGroup:DefaultSecurityGroup", "v-default", { vpcId: "v" })
      .subnet("s", "v", "10.0.0.0/24")
      .subnet("t", "v", "10.0.1.0/24")
      .service("x", ["s"], [])
      .service("y", ["t"], []),
    ask: [["x", "y", /let no/]],
  },
  {
    rule: "an access list's first rule that fits decides",
    made: new Made()
      .vpc("v", "10.0.0.0/16")
      .subnet("s", "v", "10.0.0.0/24")
      .subnet("t", "v", "10.0.1.0/24")
      .accessList(
        "list",
        ["t"],
        ["deny tcp 443 from 10.0.0.0/24", "allow all from 0.0.0.0/0", "allow all to 0.0.0.0/0"],
      ),
    ask: [
      ["s", "t", /its rule 1 denies tcp 443/, { protocol: "tcp", port: 443 }],
      ["s", "t", "yes", { protocol: "tcp", port: 444 }],
    ],
  },
  {
    rule: "an access list does not remember: the answer needs a rule for callers' ports",
    made: new Made()
      .vpc("v", "10.0.0.0/16")
      .subnet("s", "v", "10.0.0.0/24")
      .subnet("t", "v", "10.0.1.0/24")
      .subnet("u", "v", "10.0.2.0/24")
      .accessList("forgets", ["t"], ["allow tcp 443 from 0.0.0.0/0", "allow tcp 443 to 0.0.0.0/0"])
      .accessList("answers", ["u"], ["allow tcp 443 from 0.0.0.0/0", "allow tcp 1024-65535 to 0.0.0.0/0"]),
    ask: [
      ["s", "t", /the answer does not come back/],
      ["s", "u", "yes"],
    ],
  },
  {
    rule: "an access list without rules lets nothing through, and a subnet without one has none",
    made: new Made()
      .vpc("v", "10.0.0.0/16")
      .subnet("s", "v", "10.0.0.0/24")
      .subnet("t", "v", "10.0.1.0/24")
      .accessList("closed", ["t"], []),
    ask: [
      ["s", "t", /no rule of it lets/],
      ["t", "s", /no rule of it lets/],
    ],
  },
  {
    rule: "an error message let in is no call: of ICMP, an echo is what can be answered",
    made: new Made()
      .vpc("v", "10.0.0.0/16")
      .subnet("s", "v", "10.0.0.0/24")
      .subnet("t", "v", "10.0.1.0/24")
      .add("ec2/networkAcl:NetworkAcl", "list", {
        subnetIds: ["t"],
        ingress: [
          { ruleNo: 1, action: "allow", protocol: "icmp", icmpType: 3, icmpCode: 4, cidrBlock: "0.0.0.0/0" },
        ],
        egress: [{ ruleNo: 1, action: "allow", protocol: "-1", cidrBlock: "0.0.0.0/0" }],
      }),
    ask: [["s", "t", /no rule of it lets/]],
  },
  {
    rule: "the internet reaches a public address behind an internet gateway",
    made: new Made()
      .vpc("v", "10.0.0.0/16", { internet: true })
      .subnet("s", "v", "10.0.0.0/24", toInternet("v"), { isPublic: true }),
    ask: [
      ["internet", "s", "yes"],
      ["s", "internet", "yes"],
    ],
  },
  {
    rule: "without a public address an internet gateway helps nobody",
    made: new Made()
      .vpc("v", "10.0.0.0/16", { internet: true })
      .subnet("s", "v", "10.0.0.0/24", toInternet("v")),
    ask: [
      ["internet", "s", /no public address/],
      ["s", "internet", /the sender has no public address/],
    ],
  },
  {
    rule: "a public address needs an internet gateway",
    made: new Made().vpc("v", "10.0.0.0/16").subnet("s", "v", "10.0.0.0/24", {}, { isPublic: true }),
    ask: [["internet", "s", "no: VPC v: it has no internet gateway"]],
  },
  {
    rule: "a public address needs a route back to the internet gateway",
    made: new Made()
      .vpc("v", "10.0.0.0/16", { internet: true })
      .subnet("s", "v", "10.0.0.0/24", {}, { isPublic: true }),
    ask: [["internet", "s", /the answer does not come back: the route table s-table has no route/]],
  },
  {
    rule: "another VPC's internet gateway leads nowhere",
    made: new Made()
      .vpc("v", "10.0.0.0/16", { internet: true })
      .vpc("w", "10.1.0.0/16")
      .subnet("s", "w", "10.1.0.0/24", toInternet("v"), { isPublic: true }),
    ask: [["s", "internet", "no: internet gateway igw-v: it is not attached to w"]],
  },
  {
    rule: "private addresses are not routed on the internet",
    made: new Made()
      .vpc("v", "10.0.0.0/16", { internet: true })
      .vpc("w", "10.1.0.0/16", { internet: true })
      .subnet("s", "v", "10.0.0.0/24", toInternet("v"), { isPublic: true })
      .subnet("t", "w", "10.1.0.0/24", toInternet("w"), { isPublic: true }),
    ask: [["s", "t", /10\.1\.0\.0 is private/]],
  },
  {
    rule: "NAT lets out and not in",
    made: new Made()
      .vpc("v", "10.0.0.0/16", { internet: true })
      .subnet("front", "v", "10.0.0.0/24", toInternet("v"))
      .nat("nat", "front")
      .subnet("back", "v", "10.0.1.0/24", { "0.0.0.0/0": { natGatewayId: "nat" } }),
    ask: [
      ["back", "internet", "yes"],
      ["internet", "back", /no public address/],
    ],
  },
  {
    rule: "a NAT gateway in a subnet without a way to the internet has none either",
    made: new Made()
      .vpc("v", "10.0.0.0/16", { internet: true })
      .subnet("front", "v", "10.0.0.0/24")
      .nat("nat", "front")
      .subnet("back", "v", "10.0.1.0/24", { "0.0.0.0/0": { natGatewayId: "nat" } }),
    ask: [["back", "internet", /the route table front-table has no route/]],
  },
  {
    rule: "a private NAT gateway does not reach the internet",
    made: new Made()
      .vpc("v", "10.0.0.0/16", { internet: true })
      .subnet("front", "v", "10.0.0.0/24", toInternet("v"))
      .nat("nat", "front", "private")
      .subnet("back", "v", "10.0.1.0/24", { "0.0.0.0/0": { natGatewayId: "nat" } }),
    ask: [["back", "internet", /the sender has no public address/]],
  },
  {
    rule: "behind a private NAT gateway, 100.64.0.0/16 calls other VPCs, and is never called by them",
    made: hubbed()
      .add("ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation", "more", {
        vpcId: "a",
        cidrBlock: "100.64.0.0/16",
      })
      .nat("nat", "a1", "private")
      .subnet("tasks", "a", "100.64.0.0/24", { "10.0.0.0/8": { natGatewayId: "nat" } })
      .attach("at-a", "hub", "a", ["a1"], { table: "one", into: ["one"] })
      .attach("at-b", "hub", "b", ["b1"], { table: "one", into: ["one"] }),
    ask: [
      ["tasks", "b1", "yes"],
      ["b1", "tasks", /no route to 100\.64/],
    ],
  },
  {
    rule: "an access list of a NAT gateway's subnet must let answers in",
    made: new Made()
      .vpc("v", "10.0.0.0/16", { internet: true })
      .subnet("front", "v", "10.0.0.0/24", toInternet("v"))
      .nat("nat", "front")
      .subnet("back", "v", "10.0.1.0/24", { "0.0.0.0/0": { natGatewayId: "nat" } })
      .accessList("list", ["front"], ["allow all to 0.0.0.0/0", "allow all from 10.0.0.0/8"]),
    ask: [["back", "internet", /the answer does not come back/]],
  },
  {
    rule: "the most specific route wins",
    made: new Made()
      .vpc("v", "10.0.0.0/16", { internet: true })
      .vpc("w", "10.1.0.0/16")
      .add("ec2/vpcPeeringConnection:VpcPeeringConnection", "pcx", { vpcId: "v", peerVpcId: "w" })
      .subnet("s", "v", "10.0.0.0/24", { "10.1.0.0/16": viaPeering, "10.1.0.0/24": { gatewayId: "igw-v" } })
      .subnet("t", "w", "10.1.0.0/24", { "10.0.0.0/16": viaPeering })
      .subnet("u", "w", "10.1.1.0/24", { "10.0.0.0/16": viaPeering }),
    ask: [
      ["s", "t", /internet gateway/],
      ["s", "u", "yes"],
    ],
  },
  {
    rule: "a subnet that no table is joined to has the main one",
    made: new Made()
      .vpc("v", "10.0.0.0/16", { internet: true })
      .add("ec2/subnet:Subnet", "s", { vpcId: "v", cidrBlock: "10.0.0.0/24", mapPublicIpOnLaunch: true })
      .add("ec2/subnet:Subnet", "t", { vpcId: "v", cidrBlock: "10.0.1.0/24" })
      .add("ec2/defaultRouteTable:DefaultRouteTable", "v-main", {
        defaultRouteTableId: "v-main",
        routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-v" }],
      }),
    ask: [
      ["s", "internet", "yes"],
      ["s", "t", "yes"],
      ["t", "internet", /no public address/],
    ],
  },
  {
    rule: "peered VPCs meet where both route to the peering",
    made: peered()
      .subnet("a1", "a", "10.1.0.0/24", { "10.2.0.0/16": viaPeering })
      .subnet("a2", "a", "10.1.1.0/24")
      .subnet("b1", "b", "10.2.0.0/24", { "10.1.0.0/24": viaPeering }),
    ask: [
      ["a1", "b1", "yes"],
      ["b1", "a1", "yes"],
      ["a2", "b1", /no route/],
    ],
  },
  {
    rule: "a peering with a route on one side only carries no answer",
    made: peered()
      .subnet("a1", "a", "10.1.0.0/24", { "10.2.0.0/16": viaPeering })
      .subnet("b1", "b", "10.2.0.0/24"),
    ask: [
      ["a1", "b1", /the answer does not come back/],
      ["a1", "b1", "yes", { oneWay: true }],
    ],
  },
  {
    rule: "a peering leads no further: not to the peer's internet gateway, nor to its other peer",
    made: new Made()
      .vpc("a", "10.1.0.0/16")
      .vpc("b", "10.2.0.0/16", { internet: true })
      .vpc("c", "10.3.0.0/16")
      .add("ec2/vpcPeeringConnection:VpcPeeringConnection", "pcx", { vpcId: "a", peerVpcId: "b" })
      .add("ec2/vpcPeeringConnection:VpcPeeringConnection", "pcy", { vpcId: "b", peerVpcId: "c" })
      .subnet("a1", "a", "10.1.0.0/24", { "0.0.0.0/0": viaPeering }, { isPublic: true })
      .subnet("b1", "b", "10.2.0.0/24", {
        "10.3.0.0/16": { vpcPeeringConnectionId: "pcy" },
        ...toInternet("b"),
      })
      .subnet("c1", "c", "10.3.0.0/24", { "0.0.0.0/0": { vpcPeeringConnectionId: "pcy" } }),
    ask: [
      ["a1", "internet", "no: peering pcx: it leads to b and no further"],
      ["a1", "c1", "no: peering pcx: it leads to b and no further"],
    ],
  },
  {
    rule: "groups are named across a peering",
    made: peered()
      .subnet("a1", "a", "10.1.0.0/24", { "10.2.0.0/16": viaPeering })
      .subnet("b1", "b", "10.2.0.0/24", { "10.1.0.0/16": viaPeering })
      .group("mine", "a", ["all to 0.0.0.0/0"])
      .group("theirs", "b", ["tcp 443 from mine"])
      .service("x", ["a1"], ["mine"])
      .service("y", ["b1"], ["theirs"]),
    ask: [["x", "y", "yes"]],
  },
  {
    rule: "groups are not named across a transit gateway, unless it and both attachments pass them on",
    made: hubbed()
      .attach("at-a", "hub", "a", ["a1"], { table: "one", into: ["one"] })
      .attach("at-b", "hub", "b", ["b1"], { table: "one", into: ["one"] })
      .group("mine", "a", ["all to 0.0.0.0/0"])
      .group("theirs", "b", ["tcp 443 from mine"])
      .service("x", ["a1"], ["mine"])
      .service("y", ["b1"], ["theirs"]),
    ask: [["x", "y", /admit no/]],
  },
  {
    rule: "VPCs in one domain of a transit gateway meet",
    made: hubbed()
      .attach("at-a", "hub", "a", ["a1"], { table: "one", into: ["one"] })
      .attach("at-b", "hub", "b", ["b1"], { table: "one", into: ["one"] }),
    ask: [
      ["a1", "b1", "yes"],
      ["b1", "a1", "yes"],
    ],
  },
  {
    rule: "an attachment's table says where it may go, and that is where the other one must be propagated",
    made: hubbed()
      .attach("at-a", "hub", "a", ["a1"], { table: "one", into: ["one"] })
      .attach("at-b", "hub", "b", ["b1"], { table: "other", into: ["other"] }),
    ask: [["a1", "b1", "no: transit gateway hub: its route table one has no route to 10.2.0.0"]],
  },
  {
    rule: "propagation in one direction carries no answer",
    made: hubbed()
      .attach("at-a", "hub", "a", ["a1"], { table: "one", into: ["one"] })
      .attach("at-b", "hub", "b", ["b1"], { table: "other", into: ["other", "one"] }),
    ask: [
      ["a1", "b1", /the answer does not come back/],
      ["a1", "b1", "yes", { oneWay: true }],
    ],
  },
  {
    rule: "what is associated with no table goes nowhere",
    made: hubbed()
      .attach("at-a", "hub", "a", ["a1"], { into: ["one"] })
      .attach("at-b", "hub", "b", ["b1"], { table: "one", into: ["one"] }),
    ask: [["a1", "b1", "no: transit gateway hub: the attachment at-a is associated with no route table"]],
  },
  {
    rule: "a VPC that is not attached sends nothing by a route to the transit gateway",
    made: hubbed().attach("at-b", "hub", "b", ["b1"], { table: "one", into: ["one"] }),
    ask: [["a1", "b1", "no: transit gateway hub: a is not attached to it"]],
  },
  {
    rule: "a black hole swallows what no more specific route takes",
    made: hubbed()
      .subnet("b2", "b", "10.2.1.0/24", { "10.0.0.0/8": { transitGatewayId: "hub" } })
      .attach("at-a", "hub", "a", ["a1"], { table: "one", into: ["one"] })
      .attach("at-b", "hub", "b", ["b1"], { table: "one", into: ["one"] })
      .hubRoute("one", "10.0.0.0/8", "blackhole")
      .hubRoute("one", "10.2.1.0/24", "blackhole"),
    ask: [
      ["a1", "b1", "yes"],
      ["a1", "b2", /black hole for 10\.2\.1\.0\/24/],
    ],
  },
  {
    rule: "a route that is written comes before a propagated one of the same range",
    made: hubbed()
      .vpc("c", "10.3.0.0/16")
      .subnet("c1", "c", "10.3.0.0/24")
      .attach("at-a", "hub", "a", ["a1"], { table: "one", into: ["one"] })
      .attach("at-b", "hub", "b", ["b1"], { table: "one", into: ["one"] })
      .attach("at-c", "hub", "c", ["c1"], { table: "one" })
      .hubRoute("one", "10.2.0.0/16", "at-c"),
    ask: [["a1", "b1", /c1-table has no route to 10\.2/]],
  },
  {
    rule: "a transit gateway left to its defaults joins everything",
    made: hubbed()
      .hub("mesh", { defaultRouteTableAssociation: "enable", defaultRouteTablePropagation: "enable" })
      .subnet("a2", "a", "10.1.1.0/24", { "10.0.0.0/8": { transitGatewayId: "mesh" } })
      .subnet("b2", "b", "10.2.1.0/24", { "10.0.0.0/8": { transitGatewayId: "mesh" } })
      .attach("at-a", "mesh", "a", ["a2"])
      .attach("at-b", "mesh", "b", ["b2"]),
    ask: [["a2", "b2", "yes"]],
  },
  {
    rule: "a zone without a subnet of the attachment does not reach the transit gateway",
    made: hubbed()
      .subnet("far", "a", "10.1.7.0/24", { "10.0.0.0/8": { transitGatewayId: "hub" } }, { zone: "z2" })
      .subnet("door", "a", "10.1.8.0/28", {}, { zone: "z1" })
      .attach("at-a", "hub", "a", ["door"], { table: "one", into: ["one"] })
      .attach("at-b", "hub", "b", ["b1"], { table: "one", into: ["one"] }),
    ask: [["far", "b1", /has no subnet in z2/]],
  },
  {
    rule: "the way to a transit gateway passes the access list of the attachment's subnet",
    made: hubbed()
      .subnet("door", "a", "10.1.8.0/28")
      .accessList("door-list", ["door"], ["allow all from 10.1.0.0/16"])
      .attach("at-a", "hub", "a", ["door"], { table: "one", into: ["one"] })
      .attach("at-b", "hub", "b", ["b1"], { table: "one", into: ["one"] }),
    ask: [
      ["b1", "a1", /access list door-list .* no rule of it lets .* out/],
      ["a1", "b1", /the answer does not come back/],
    ],
  },
  {
    rule: "one VPC's NAT serves the VPCs that are routed to it",
    made: hubbed()
      .vpc("out", "10.9.0.0/16", { internet: true })
      .subnet("front", "out", "10.9.0.0/24", {
        ...toInternet("out"),
        "10.0.0.0/8": { transitGatewayId: "hub" },
      })
      .nat("nat", "front")
      .subnet("door", "out", "10.9.1.0/28", { "0.0.0.0/0": { natGatewayId: "nat" } })
      .route("a1-table", "0.0.0.0/0", { transitGatewayId: "hub" })
      .attach("at-a", "hub", "a", ["a1"], { table: "one", into: ["other"] })
      .attach("at-out", "hub", "out", ["door"], { table: "other" })
      .hubRoute("one", "0.0.0.0/0", "at-out"),
    ask: [
      ["a1", "internet", "yes"],
      ["internet", "a1", /no public address/],
    ],
  },
  {
    rule: "on-premises is reached where both directions are routed",
    made: outsideOffice(false)
      .attach("at-a", "hub", "a", ["a1"], { table: "one", into: ["one"] })
      .join("office-attachment", "one")
      .hubRoute("one", "10.200.0.0/16", "office-attachment"),
    ask: [
      ["a1", "on-premises", "yes"],
      ["on-premises", "a1", "yes"],
      ["on-premises", "b1", /no route to 10\.2\.0\.0/],
    ],
  },
  {
    rule: "what a place outside will announce is not known beforehand",
    made: outsideOffice(true)
      .attach("at-a", "hub", "a", ["a1"], { table: "one", into: ["one"] })
      .join("office-attachment", "one")
      .propagate("office-attachment", "one"),
    ask: [["a1", "on-premises", /^\?: what office announces is not known/]],
  },
  {
    rule: "nothing is on-premises where nothing is connected",
    made: hubbed(),
    ask: [["on-premises", "a1", "no: on-premises: nothing is connected to it"]],
  },
  {
    rule: "a VPN gateway leads on-premises by a written route",
    made: new Made()
      .vpc("v", "10.0.0.0/16")
      .add("ec2/vpnGateway:VpnGateway", "vgw", { vpcId: "v" })
      .add("ec2/vpnConnection:VpnConnection", "line", { vpnGatewayId: "vgw", customerGatewayId: "cgw" })
      .subnet("s", "v", "10.0.0.0/24", { "10.200.0.0/16": { gatewayId: "vgw" } })
      .subnet("t", "v", "10.0.1.0/24"),
    ask: [
      ["s", "on-premises", "yes"],
      ["on-premises", "s", "yes"],
      ["on-premises", "t", /the answer does not come back/],
    ],
  },
  {
    rule: "an internet-facing load balancer is public, an internal one in the same subnet is not",
    made: new Made()
      .vpc("v", "10.0.0.0/16", { internet: true })
      .subnet("s", "v", "10.0.0.0/24", toInternet("v"))
      .group("g", "v", ["tcp 443 from 0.0.0.0/0"])
      .balancer("front", ["s"], ["g"], false)
      .balancer("inside", ["s"], ["g"], true),
    ask: [
      ["internet", "front", "yes"],
      ["internet", "inside", /no public address/],
      ["internet", "s", /no public address/],
    ],
  },
  {
    rule: "CloudFront's list admits the internet by way of CloudFront alone",
    made: new Made()
      .vpc("v", "10.0.0.0/16", { internet: true })
      .subnet("s", "v", "10.0.0.0/24", toInternet("v"))
      .group("g", "v", ["tcp 443 from pl-a3a144ca"])
      .balancer("front", ["s"], ["g"], false),
    ask: [["internet", "lb", "CloudFront"]],
  },
  {
    rule: "a VPC origin is called by CloudFront inside the VPC, if the security group lets it",
    made: new Made()
      .vpc("v", "10.0.0.0/16", { internet: true })
      .subnet("s", "v", "10.0.0.0/24")
      .group("g", "v", ["tcp 443 from 10.0.0.0/16"])
      .group("shut", "v", ["tcp 443 from 192.0.2.0/24"])
      .balancer("called", ["s"], ["g"], true)
      .balancer("closed", ["s"], ["shut"], true)
      .add("cloudfront/vpcOrigin:VpcOrigin", "o1", {
        vpcOriginEndpointConfig: {
          arn: "arn:aws:lb::1:x/called",
          httpsPort: 443,
          originProtocolPolicy: "https-only",
        },
      })
      .add("cloudfront/vpcOrigin:VpcOrigin", "o2", {
        vpcOriginEndpointConfig: {
          arn: "arn:aws:lb::1:x/closed",
          httpsPort: 443,
          originProtocolPolicy: "https-only",
        },
      })
      .add("cloudfront/distribution:Distribution", "cdn", {
        origins: [{ vpcOriginConfig: { vpcOriginId: "o1" } }, { vpcOriginConfig: { vpcOriginId: "o2" } }],
      }),
    ask: [
      ["internet", "called", "CloudFront"],
      ["internet", "closed", /admit no tcp 443 from CloudFront/],
    ],
  },
  {
    rule: "a prefix list that the plan makes is its ranges, one that it does not is not known",
    made: new Made()
      .vpc("v", "10.0.0.0/16")
      .subnet("s", "v", "10.0.0.0/24")
      .subnet("t", "v", "10.0.1.0/24")
      .add("ec2/managedPrefixList:ManagedPrefixList", "pl-ours", { entries: [{ cidr: "10.0.0.0/24" }] })
      .group("g", "v", ["tcp 443 from pl-ours"])
      .group("h", "v", ["tcp 443 from pl-0123"])
      .service("x", ["t"], ["g"])
      .service("y", ["t"], ["h"]),
    ask: [
      ["s", "x", "yes"],
      ["t", "x", /admit no/],
      ["s", "y", /^\?: .*pl-0123/],
    ],
  },
  {
    rule: "a gateway endpoint is reached by the tables it is in",
    made: new Made()
      .vpc("v", "10.0.0.0/16")
      .subnet("s", "v", "10.0.0.0/24")
      .subnet("t", "v", "10.0.1.0/24")
      .add("ec2/vpcEndpoint:VpcEndpoint", "e", {
        vpcId: "v",
        serviceName: "com.amazonaws.eu-central-1.s3",
        routeTableIds: ["s-table"],
      }),
    ask: [
      ["s", "s3", "yes"],
      ["t", "s3", /no route to the endpoint/],
      ["internet", "s3", /nothing in it/],
    ],
  },
  {
    rule: "an interface endpoint is reached as its security group says",
    made: new Made()
      .vpc("v", "10.0.0.0/16")
      .subnet("s", "v", "10.0.0.0/24")
      .subnet("t", "v", "10.0.1.0/24")
      .group("g", "v", ["tcp 443 from 10.0.0.0/24"])
      .add("ec2/vpcEndpoint:VpcEndpoint", "e", {
        vpcId: "v",
        vpcEndpointType: "Interface",
        serviceName: "com.amazonaws.eu-central-1.ecr.api",
        subnetIds: ["t"],
        securityGroupIds: ["g"],
      }),
    ask: [
      ["s", "ecr.api", "yes"],
      ["t", "ecr.api", /admit no/],
    ],
  },
  {
    rule: "a database is where its group of subnets is",
    made: new Made()
      .vpc("v", "10.0.0.0/16", { internet: true })
      .subnet("s", "v", "10.0.0.0/24")
      .subnet("t", "v", "10.0.1.0/24", toInternet("v"))
      .group("g", "v", ["tcp 5432 from 10.0.0.0/24"])
      .group("any", "v", ["tcp 5432 from 0.0.0.0/0"])
      .add("rds/subnetGroup:SubnetGroup", "places", { name: "places", subnetIds: ["t"] })
      .add("rds/cluster:Cluster", "db", { dbSubnetGroupName: "places", vpcSecurityGroupIds: ["g"] })
      .add("rds/instance:Instance", "shown", {
        dbSubnetGroupName: "places",
        vpcSecurityGroupIds: ["any"],
        publiclyAccessible: true,
      }),
    ask: [
      ["s", "db", "yes"],
      ["t", "db", /admit no/],
      ["internet", "db", /no public address/],
      ["internet", "shown", "yes"],
    ],
  },
  {
    rule: "a firewall's rules are not looked at: what it would pass on is undecided, what ends behind it does not",
    made: new Made()
      .vpc("v", "10.0.0.0/16", { internet: true })
      .subnet("wall", "v", "10.0.9.0/28", toInternet("v"))
      .add("networkfirewall/firewall:Firewall", "fw", { vpcId: "v", subnetMappings: [{ subnetId: "wall" }] })
      .subnet("s", "v", "10.0.0.0/24", { "0.0.0.0/0": { vpcEndpointId: "fw-in-wall" } }, { isPublic: true })
      .vpc("w", "10.1.0.0/16")
      .subnet("t", "w", "10.1.0.0/24"),
    ask: [
      ["s", "internet", /^\?: the rules of the firewall fw decide/],
      ["s", "t", /10\.1\.0\.0 is private/],
    ],
  },
  {
    rule: "a route to what is not understood is no wall",
    made: new Made()
      .vpc("v", "10.0.0.0/16")
      .vpc("w", "10.1.0.0/16")
      .subnet("s", "v", "10.0.0.0/24", { "10.0.0.0/8": { networkInterfaceId: "eni-1" } })
      .subnet("t", "w", "10.1.0.0/24"),
    ask: [["s", "t", /^\?: subnet s sends it to networkInterfaceId eni-1/]],
  },
  {
    rule: "a kind that is not understood makes walls doubtful where it is, and nowhere else",
    made: new Made()
      .vpc("v", "10.0.0.0/16")
      .vpc("w", "10.1.0.0/16")
      .vpc("x", "10.2.0.0/16")
      .subnet("s", "v", "10.0.0.0/24")
      .subnet("t", "w", "10.1.0.0/24")
      .subnet("u", "x", "10.2.0.0/24")
      .add("vpclattice/serviceNetworkVpcAssociation:ServiceNetworkVpcAssociation", "mesh", {
        vpcIdentifier: "v",
      }),
    ask: [
      ["s", "t", /^\?: ServiceNetworkVpcAssociation mesh/],
      ["t", "s", /^\?: ServiceNetworkVpcAssociation mesh/],
      ["t", "u", /^no/],
    ],
  },
  {
    rule: "IPv6 is not looked at, and where there is some no wall is trusted",
    made: new Made()
      .add("ec2/vpc:Vpc", "v", { cidrBlock: "10.0.0.0/16", assignGeneratedIpv6CidrBlock: true })
      .vpc("w", "10.1.0.0/16")
      .subnet("s", "v", "10.0.0.0/24")
      .subnet("t", "w", "10.1.0.0/24"),
    ask: [["s", "t", /^\?: .*IPv6/]],
  },
  {
    rule: "routes that go round in circles arrive nowhere",
    made: hubbed().attach("at-a", "hub", "a", ["a1"], { table: "one" }).hubRoute("one", "10.0.0.0/8", "at-a"),
    ask: [["a1", "b1", /circles/]],
  },
  {
    rule: "some address of a subnet is enough: what is denied to one half of it is not to the other",
    made: new Made()
      .vpc("v", "10.0.0.0/16")
      .subnet("s", "v", "10.0.0.0/24")
      .subnet("t", "v", "10.0.1.0/24")
      .subnet("u", "v", "10.0.2.0/24")
      .accessList(
        "half",
        ["t"],
        ["deny all from 10.0.0.0/25", "allow all from 0.0.0.0/0", "allow all to 0.0.0.0/0"],
      )
      .accessList(
        "whole",
        ["u"],
        ["deny all from 10.0.0.0/24", "allow all from 0.0.0.0/0", "allow all to 0.0.0.0/0"],
      ),
    ask: [
      ["s", "t", "yes"],
      ["s", "u", /its rule 1 denies/],
    ],
  },
  {
    rule: "some port that callers call from is enough for an answer",
    made: new Made()
      .vpc("v", "10.0.0.0/16")
      .subnet("s", "v", "10.0.0.0/24")
      .subnet("t", "v", "10.0.1.0/24")
      .accessList("few", ["t"], ["allow tcp 443 from 0.0.0.0/0", "allow tcp 2000-3000 to 0.0.0.0/0"]),
    ask: [["s", "t", "yes"]],
  },
  {
    rule: "what comes from a transit gateway into its own subnet passes that subnet's list inwards",
    made: hubbed()
      .accessList("list", ["b1"], ["allow all from 10.2.0.0/16", "allow all to 0.0.0.0/0"])
      .attach("at-a", "hub", "a", ["a1"], { table: "one", into: ["one"] })
      .attach("at-b", "hub", "b", ["b1"], { table: "one", into: ["one"] }),
    ask: [["a1", "b1", /access list list of subnet b1: no rule of it lets .* in/]],
  },
  {
    rule: "where two attachments propagate the same range, it may be either",
    made: hubbed()
      .vpc("c", "10.2.0.0/16")
      .subnet("c1", "c", "10.2.0.0/24", { "10.1.0.0/16": { transitGatewayId: "hub" } })
      .attach("at-a", "hub", "a", ["a1"], { table: "one", into: ["one"] })
      .attach("at-b", "hub", "b", ["b1"], { table: "one", into: ["one"] })
      .attach("at-c", "hub", "c", ["c1"], { table: "one", into: ["one"] }),
    ask: [
      ["a1", "b1", "yes"],
      ["a1", "c1", "yes"],
    ],
  },
];

describe("whether one reaches the other", () => {
  for (const { rule, made, ask } of cases)
    it(rule, () => {
      for (const [from, to, expected, question] of ask) {
        const said = answer(made.decide(from, to, question));
        if (typeof expected === "string") assert.equal(said, expected, `${from} to ${to}`);
        else assert.match(said, expected, `${from} to ${to}`);
      }
    });
});
