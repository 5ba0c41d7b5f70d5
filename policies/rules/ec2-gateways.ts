import { all, mustBe, mustNotBe } from "../demands";
import type { StackResource } from "../graph";
import { natGateways, subnets, transitGateways, vpcs } from "../resource-types";
import type { Rule } from "../rule";
import { sourcesOf, subnetsOf, zoneOf } from "./ec2-references";

/** What takes an address, and the properties in which it names it. */
const takers = [
  ...natGateways,
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:alb/loadBalancer:LoadBalancer",
  "aws:ec2/eipAssociation:EipAssociation",
  "aws:globalaccelerator/endpointGroup:EndpointGroup",
  "aws:networkfirewall/firewall:Firewall",
];

export const ec2Gateways: readonly Rule[] = [
  {
    name: "ec2-eip-used",
    theme: "governance-and-cost",
    title: "A public address is in use",
    why: "It is paid for by the hour, used or not, and partners may have let it in",
    fix: "name it in a NAT gateway or a load balancer, or take it away",
    severity: "low",
    level: "advisory",
    controls: ["Security Hub EC2.12"],
    types: ["aws:ec2/eip:Eip"],
    scope: "stack",
    check(stack, report) {
      const taken = new Set<StackResource>(stack.ofType(takers).flatMap(taker => [...sourcesOf(taker)]));
      report.each(stack.ofType(["aws:ec2/eip:Eip"]), (address, report) => {
        const isAttached = address.at("instance").isSet || address.at("networkInterface").isSet;
        if (!isAttached && !taken.has(address)) report.refuse("nothing in the stack takes it");
      });
    },
  },
  {
    name: "vpn-logging",
    theme: "logging-and-detection",
    title: "Both tunnels of a VPN connection write logs",
    why: "Why a tunnel is down is else the guess of two companies",
    fix: "set tunnel1LogOptions and tunnel2LogOptions with cloudwatchLogOptions.logEnabled: true and a logGroupArn",
    severity: "medium",
    level: "advisory",
    controls: ["FSBP EC2.171"],
    types: ["aws:ec2/vpnConnection:VpnConnection"],
    check: all(
      mustBe("tunnel1LogOptions.cloudwatchLogOptions.logEnabled", true),
      mustBe("tunnel2LogOptions.cloudwatchLogOptions.logEnabled", true),
    ),
  },
  {
    name: "ec2-client-vpn-logging",
    theme: "logging-and-detection",
    title: "A VPN for people writes down who connects",
    why: "A stolen laptop is noticed by the place and the hour of its connections",
    fix: "set connectionLogOptions with enabled: true and a cloudwatchLogGroup",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP EC2.51"],
    types: ["aws:ec2clientvpn/endpoint:Endpoint"],
    check: mustBe("connectionLogOptions.enabled", true),
  },
  {
    name: "tgw-no-auto-accept",
    theme: "network",
    title: "A transit gateway accepts no attachment by itself",
    why: "Every account that it is shared with could join its network to all others",
    fix: "leave autoAcceptSharedAttachments out, and accept with a VpcAttachmentAccepter",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP EC2.23"],
    types: transitGateways,
    // The provider's default is "disable".
    check: mustNotBe("autoAcceptSharedAttachments", "enable"),
  },
  {
    name: "tgw-no-default-association",
    theme: "network",
    title: "A transit gateway has no table that everybody is in",
    why: "Whoever attaches would reach, and be reached by, all that is attached",
    fix: 'set defaultRouteTableAssociation and defaultRouteTablePropagation to "disable", and name tables by association',
    severity: "high",
    level: "mandatory",
    controls: [],
    types: transitGateways,
    // The provider's default of both is "enable".
    check: all(
      mustBe("defaultRouteTableAssociation", "disable"),
      mustBe("defaultRouteTablePropagation", "disable"),
    ),
  },
  {
    name: "tgw-attachment-multi-az",
    theme: "resilience-and-backup",
    title: "A VPC is attached to the hub in each of its zones",
    why: "What is in a zone without the attachment does not reach the hub at all",
    fix: "put a subnet of each zone into subnetIds",
    severity: "medium",
    level: "mandatory",
    leniency: "dev",
    controls: [],
    types: ["aws:ec2transitgateway/vpcAttachment:VpcAttachment"],
    scope: "stack",
    check(stack, report) {
      report.each(
        stack.ofType(["aws:ec2transitgateway/vpcAttachment:VpcAttachment"]),
        (attachment, report) => {
          const vpc = attachment.madeFrom("vpcId").find(({ type }) => vpcs.includes(type));
          const own = attachment.madeFrom("subnetIds").filter(({ type }) => subnets.includes(type));
          if (!vpc || own.length === 0) {
            // The zones are another stack's; how many there are is said here.
            if (attachment.at("subnetIds").list().length < 2)
              report.refuse("subnetIds holds less than two subnets");
            return;
          }
          const attached = new Set(own.map(zoneOf));
          const without = new Set(
            subnetsOf(vpc, stack)
              .map(zoneOf)
              .filter(zone => !attached.has(zone)),
          );
          if (without.size > 0) report.refuse(`subnetIds holds no subnet in ${[...without].join(", ")}`);
        },
      );
    },
  },
];
