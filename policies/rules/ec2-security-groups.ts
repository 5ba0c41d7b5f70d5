import type { Resource, Stack, StackResource } from "../graph";
import { isOpenToWorld, isPrivate } from "../network-ranges";
import type { Report } from "../report";
import { declaredReason } from "../resource-tags";
import { defaultSecurityGroups, securityGroups, vpcs } from "../resource-types";
import type { Rule } from "../rule";
import { someFits } from "../some-known";
import { letIn, type Opening, openingsOf, together } from "./ec2-openings";

/** What a public entry listens on: HTTP, to redirect, and TLS. */
const publicPorts = [80, 443];

/** SSH and Windows' remote desktop. */
const adminPorts = [22, 3389];

/** Source: Security Hub user guide, control EC2.19. */
const riskyPorts = [
  20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500, 5601, 8080,
  8088, 8888, 9200, 9300,
];

const sessions = "reach it by Session Manager, which needs no open port, and take the rule away";

export const ec2SecurityGroups: readonly Rule[] = [
  {
    name: "ec2-sg-not-open",
    theme: "exposure",
    title: "No security group is open to the internet",
    why: "What listens behind it is found within minutes",
    fix: "name the ranges or groups that may call; for a public entry, say why in the group's tag allow-public, in 20 characters or more",
    severity: "critical",
    level: "mandatory",
    controls: [
      "FSBP EC2.18",
      "FSBP EC2.19",
      "Security Hub EC2.53",
      "Security Hub EC2.54",
      "CIS 5.0 5.3",
      "CIS 5.0 5.4",
    ],
    types: letIn,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(letIn), (resource, report) => {
        eachOpening(resource, report, (opening, report) => {
          report.each(opening.ranges(), range => {
            if (!isOpenToWorld(range.text() ?? "")) return;
            const reason = declaredReason(groupOf(resource, stack), "allow-public");
            if (reason) report.remark(`open to ${range.text()}: ${reason}`);
            else report.refuse(`${range.path} is ${range.text()}`);
          });
        });
      });
    },
  },
  {
    name: "ec2-sg-no-ssh",
    theme: "exposure",
    title: "No security group lets SSH in",
    why: "Whoever has a key can log in past the company's sign-in, and nothing records what is done",
    fix: `${sessions}; where a program logs in to another, say why in the tag allow-ssh of a rule with one group as its source, in 20 characters or more`,
    severity: "high",
    level: "mandatory",
    controls: ["Security Hub EC2.13", "CIS 3.0 5.2", "CIS 3.0 5.3", "CIS 5.0 5.3", "CIS 5.0 5.4"],
    types: letIn,
    check(resource, report) {
      const reason = declaredReason(resource, "allow-ssh");
      // A rule of its own has one source, and a group is of this network.
      if (reason !== undefined && resource.at("referencedSecurityGroupId").isSet)
        report.remark(`one group may log in: ${reason}`);
      else letsNobodyIn(22, "tcp")(resource, report);
    },
  },
  {
    name: "ec2-sg-no-rdp",
    theme: "exposure",
    title: "No security group lets remote desktop in",
    why: "It is guessed at and broken into more than any other port",
    fix: sessions,
    severity: "high",
    level: "mandatory",
    controls: ["Security Hub EC2.14", "CIS 3.0 5.2", "CIS 3.0 5.3", "CIS 5.0 5.3", "CIS 5.0 5.4"],
    types: letIn,
    check: letsNobodyIn(3389, "tcp", "udp"),
  },
  {
    name: "ec2-sg-no-admin-ports-from-world-v4",
    theme: "exposure",
    title: "No IPv4 address of the internet reaches a port for remote administration",
    why: "Such ports are tried around the clock, and no tag is a reason to open them",
    fix: sessions,
    severity: "critical",
    level: "mandatory",
    controls: ["Security Hub EC2.53", "CIS 3.0 5.2", "CIS 5.0 5.3"],
    types: letIn,
    check: keepsFromWorld(adminPorts, "ipv4"),
  },
  {
    name: "ec2-sg-no-admin-ports-from-world-v6",
    theme: "exposure",
    title: "No IPv6 address of the internet reaches a port for remote administration",
    why: "IPv6 needs no NAT: the instance's address is open as soon as the rule is",
    fix: sessions,
    severity: "critical",
    level: "mandatory",
    controls: ["Security Hub EC2.54", "CIS 3.0 5.3", "CIS 5.0 5.4"],
    types: letIn,
    check: keepsFromWorld(adminPorts, "ipv6"),
  },
  {
    name: "ec2-sg-no-cifs",
    theme: "exposure",
    title: "Windows' file sharing is open to private addresses only",
    why: "Worms spread by it, and most networks block it for that",
    fix: "name private ranges or groups for port 445, and come in by VPN",
    severity: "critical",
    level: "mandatory",
    controls: ["CIS 5.0 5.1.2"],
    types: letIn,
    check(resource, report) {
      eachOpening(resource, report, (opening, report) => {
        const isOutside = () => someFits(opening.ranges(), range => !isPrivate(range.text() ?? ""));
        if (together(() => opening.covers(445, "tcp", "udp"), isOutside))
          report.refuse(`${opening.path} opens port 445 to addresses that are not private`);
      });
    },
  },
  {
    name: "ec2-sg-only-authorised-public-ports",
    theme: "exposure",
    title: "The internet comes in on ports 80 and 443 only",
    why: "On other ports answers something that was not made for everyone",
    fix: "put a load balancer with a listener on 443 in front, or name the ranges that may call",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP EC2.18"],
    types: letIn,
    check(resource, report) {
      eachOpening(resource, report, (opening, report) => {
        if (
          together(
            () => opening.isOpenToWorld(),
            () => !opening.isWithin(publicPorts),
          )
        )
          report.refuse(
            `${opening.path} opens other ports than ${publicPorts.join(" and ")} to the internet`,
          );
      });
    },
  },
  {
    name: "ec2-sg-no-high-risk-ports",
    theme: "exposure",
    title: "The internet reaches no database, mail, file or administration port",
    why: "These are the ports that break-ins begin at",
    fix: "let only the groups in that need the port",
    severity: "critical",
    level: "mandatory",
    controls: ["FSBP EC2.19"],
    types: letIn,
    check: keepsFromWorld(riskyPorts),
  },
  {
    name: "ec2-sg-no-all-ports-ingress",
    theme: "network",
    title: "A rule names the ports that it lets in",
    why: "What is started on the machine later would be open, too",
    fix: "set the protocol and the ports; only a rule with self: true may leave them open",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP EC2.18"],
    types: letIn,
    check(resource, report) {
      eachOpening(resource, report, (opening, report) => {
        if (
          together(
            () => opening.isEveryPort,
            () => !opening.isAmongItself,
          )
        )
          report.refuse(`${opening.path} lets every port in`);
      });
    },
  },
  {
    name: "ec2-default-sg-empty",
    theme: "exposure",
    title: "A default security group lets nothing through",
    why: "It is what a resource gets that names no group",
    fix: "leave ingress and egress out",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP EC2.2", "CIS 3.0 5.4", "CIS 5.0 5.5"],
    types: defaultSecurityGroups,
    check(group, report) {
      report.each(["ingress", "egress"], direction => {
        if (group.at(direction).list().length > 0) report.refuse(`${direction} is not empty`);
      });
    },
  },
  {
    name: "ec2-vpc-default-sg-adopted",
    theme: "exposure",
    title: "A VPC's default security group is in the program",
    why: "AWS makes it open within the VPC, and only a program that holds it closes it",
    fix: "add a DefaultSecurityGroup with the VPC's vpcId and no rules",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP EC2.2", "CIS 3.0 5.4", "CIS 5.0 5.5"],
    types: vpcs,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(vpcs), (vpc, report) => {
        if (stack.companions(vpc, defaultSecurityGroups, "vpcId").length === 0) {
          report.refuse("no DefaultSecurityGroup names it");
        }
      });
    },
  },
];

function eachOpening(
  resource: Resource,
  report: Report,
  inspect: (opening: Opening, report: Report) => void,
): void {
  report.each(openingsOf(resource, "ingress"), inspect);
}

/** Whoever calls, but for the group's own members where it opens all. */
function letsNobodyIn(port: number, ...protocols: readonly ("tcp" | "udp")[]) {
  return (resource: Resource, report: Report): void =>
    eachOpening(resource, report, (opening, report) => {
      if (
        together(
          () => opening.covers(port, ...protocols),
          () =>
            !together(
              () => opening.isEveryPort,
              () => opening.isAmongItself,
            ),
        )
      )
        report.refuse(`${opening.path} lets port ${port} in`);
    });
}

function keepsFromWorld(ports: readonly number[], family?: "ipv4" | "ipv6") {
  return (resource: Resource, report: Report): void =>
    eachOpening(resource, report, (opening, report) => {
      const open = () => ports.filter(port => opening.covers(port, "tcp", "udp"));
      if (
        together(
          () => opening.isOpenToWorld(family),
          () => open().length > 0,
        )
      )
        report.refuse(`${opening.path} opens port ${open().join(", ")} to the internet`);
    });
}

/** A rule of its own belongs to the group that it names; where another stack made that, it answers for itself. */
function groupOf(resource: StackResource, stack: Stack): StackResource {
  return stack.ofType(securityGroups).find(group => resource.names("securityGroupId", group)) ?? resource;
}
