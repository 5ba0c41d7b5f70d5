import { overlap, parseRange } from "../../reach/ranges";
import { all, mustBe, mustBeOneOf, mustNotBe } from "../demands";
import type { Stack, StackResource } from "../graph";
import { holds, isPrivate } from "../network-ranges";
import { isProduction } from "../resource-tags";
import { buckets, defaultNetworkAcls, defaultVpcs, flowLogs, vpcRanges, vpcs } from "../resource-types";
import type { Rule } from "../rule";
import { someFits } from "../some-known";
import { subnetsOf } from "./ec2-references";

export const ec2Vpcs: readonly Rule[] = [
  {
    name: "ec2-vpc-flow-logs",
    theme: "logging-and-detection",
    title: "A VPC has a flow log of what was rejected",
    why: "It is the one record of who tried to reach what",
    fix: "add a FlowLog with the VPC's vpcId and trafficType ALL or REJECT",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP EC2.6", "CIS 3.0 3.7", "CIS 5.0 3.7"],
    types: vpcs,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(vpcs), (vpc, report) => {
        const logs = stack.companions(vpc, flowLogs, "vpcId");
        if (logs.length === 0) report.refuse("no FlowLog names it");
        else if (logs.every(log => log.at("trafficType").is("ACCEPT")))
          report.refuse("trafficType is ACCEPT");
      });
    },
  },
  {
    name: "ec2-flow-log-traffic-type",
    theme: "logging-and-detection",
    title: "A flow log holds what was rejected",
    why: "Attempts that failed come before the one that does not",
    fix: "set trafficType ALL, or REJECT where that is too much",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP EC2.6", "CIS 3.0 3.7", "CIS 5.0 3.7"],
    types: flowLogs,
    // A transit gateway's log has no such property and holds everything.
    check: mustNotBe("trafficType", "ACCEPT"),
  },
  {
    name: "ec2-flow-log-central-destination",
    theme: "logging-and-detection",
    title: "A VPC's flow logs are kept outside of its own stack",
    why: "Whoever takes over the account would delete them with all other traces",
    fix: "add a FlowLog with logDestinationType s3 and the log archive's bucket",
    severity: "low",
    level: "advisory",
    controls: [],
    types: vpcs,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(vpcs), (vpc, report) => {
        const logs = stack.companions(vpc, flowLogs, "vpcId");
        if (logs.length > 0 && !someFits(logs, log => goesElsewhere(log, stack)))
          report.refuse("no FlowLog of it goes to a bucket of another stack");
      });
    },
  },
  {
    name: "ec2-no-default-vpc",
    theme: "network",
    title: "A default VPC is closed",
    why: "Its subnets are public and give out public addresses; whatever names no network starts there",
    fix: "delete it, or adopt it and add a DefaultNetworkAcl with its defaultNetworkAclId and no rules",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: defaultVpcs,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(defaultVpcs), (vpc, report) => {
        const lists = stack.companions(vpc, defaultNetworkAcls, "defaultNetworkAclId");
        if (lists.length === 0) report.refuse("no DefaultNetworkAcl names it");
        for (const list of lists)
          for (const direction of ["ingress", "egress"])
            report.attempt(() => {
              if (list.at(direction).list().length > 0)
                report.refuse(`${direction} of its network ACL is not empty`);
            });
      });
    },
  },
  {
    name: "ec2-vpc-cidr-from-plan",
    theme: "network",
    title: "A VPC's addresses are private",
    why: "A range that belongs to somebody on the internet hides them from all that is in the VPC",
    fix: "set cidrBlock to the range that the address plan gives, or take one from a pool with ipv4IpamPoolId",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: [...vpcs, ...vpcRanges],
    check(vpc, report) {
      const range = vpc.at("cidrBlock");
      if (!range.isSet && vpc.at("ipv4IpamPoolId").isSet) return;
      if (!isPrivate(range.text() ?? "")) report.refuse(`cidrBlock is ${range.text() ?? "not set"}`);
    },
  },
  {
    name: "ec2-vpc-cidr-no-overlap",
    theme: "network",
    title: "No two networks have the same addresses",
    why: "They can never be connected, and changing a range means to make the network anew",
    fix: "take ranges from the address plan, and those of subnets from their VPC's",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: vpcs,
    scope: "stack",
    check(stack, report) {
      const all = stack.ofType(vpcs);
      report.each(all, (vpc, report) => {
        const own = rangeOf(vpc);
        for (const other of all.slice(0, all.indexOf(vpc)))
          report.attempt(() => {
            const others = rangeOf(other);
            if (own && others && overlap(own, others)) report.refuse(`its range is in that of ${other.name}`);
          });
        for (const subnet of subnetsOf(vpc, stack))
          report.attempt(() => {
            const part = rangeOf(subnet);
            if (part && !someFits(rangesOf(vpc, stack), one => isWithin(one, part)))
              report.refuse(`the range of ${subnet.name} is not in it`);
          });
      });
    },
  },
  {
    name: "ec2-vpc-dns-enabled",
    theme: "network",
    title: "A VPC answers for private names",
    why: "Without both settings endpoints are not found by their services' names, and calls go round by the internet",
    fix: "set enableDnsSupport and enableDnsHostnames to true",
    severity: "low",
    level: "advisory",
    controls: [],
    types: vpcs,
    // The provider's defaults: support is on, hostnames are off.
    check: all(mustBe("enableDnsSupport", true, { otherwise: true }), mustBe("enableDnsHostnames", true)),
  },
  {
    name: "ec2-vpc-bpa",
    theme: "exposure",
    title: "The setting that keeps the internet out of VPCs is on",
    why: "It goes before every route, rule and address that somebody adds by mistake",
    fix: 'set internetGatewayBlockMode to "block-ingress" or "block-bidirectional"',
    severity: "high",
    level: "advisory",
    controls: ["FSBP EC2.172"],
    types: ["aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions"],
    check: mustBeOneOf("internetGatewayBlockMode", ["block-bidirectional", "block-ingress"]),
  },
  {
    name: "r53-resolver-logging",
    theme: "logging-and-detection",
    title: "What a production VPC looks up is logged",
    why: "Malicious software asks for names before it sends anything, and often sends it in the names",
    fix: "add a ResolverQueryLogConfigAssociation with the VPC's id as resourceId",
    severity: "medium",
    level: "advisory",
    controls: [],
    types: vpcs,
    scope: "stack",
    check(stack, report) {
      const associations = [
        "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation",
      ];
      report.each(stack.ofType(vpcs), (vpc, report) => {
        if (stack.companions(vpc, associations, "resourceId").length === 0 && isProduction(vpc))
          report.refuse("no ResolverQueryLogConfigAssociation names it");
      });
    },
  },
];

function goesElsewhere(log: StackResource, stack: Stack): boolean {
  // CloudWatch Logs is the provider's default.
  if (!["s3", "kinesis-data-firehose"].includes(log.at("logDestinationType").text() ?? "")) return false;
  return !stack.ofType(buckets).some(bucket => log.names("logDestination", bucket));
}

type Range = NonNullable<ReturnType<typeof parseRange>>;

function rangeOf(resource: StackResource): Range | undefined {
  return parseRange(resource.at("cidrBlock").text());
}

/** Each is asked for only when the one before it does not do. */
function rangesOf(vpc: StackResource, stack: Stack): (() => Range | undefined)[] {
  const more = stack.ofType(vpcRanges).filter(range => range.madeFrom("vpcId").includes(vpc));
  return [vpc, ...more].map(one => () => rangeOf(one));
}

/** What is no range of IPv4 is not told to be outside. */
function isWithin(ask: () => Range | undefined, part: Range): boolean {
  const whole = ask();
  return whole === undefined || holds(whole, part);
}
