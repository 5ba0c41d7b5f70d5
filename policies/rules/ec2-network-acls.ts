import type { Resource } from "../graph";
import { isOpenToWorld } from "../network-ranges";
import type { Report } from "../report";
import { defaultNetworkAcls, networkAclRules, networkAcls } from "../resource-types";
import type { Rule } from "../rule";
import { someFits } from "../some-known";
import type { Value } from "../value";
import { together } from "./ec2-openings";

const lists = [...networkAcls, ...defaultNetworkAcls];
const adminPorts = [22, 3389];

export const ec2NetworkAcls: readonly Rule[] = [
  {
    name: "ec2-nacl-no-admin-from-world",
    theme: "exposure",
    title: "No network ACL lets the internet in to SSH or remote desktop",
    why: "It is the wall that still stands when somebody opens a security group by mistake",
    fix: "split the range of ports around 22 and 3389, or name private ranges",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP EC2.21", "CIS 3.0 5.1", "CIS 5.0 5.2"],
    types: [...networkAclRules, ...lists],
    check(resource, report) {
      eachEntry(resource, report, (entry, report) => {
        const open = () => adminPorts.filter(port => portsOf(entry).some(within => within(port)));
        if (
          together(
            () => letsWorldIn(entry),
            () => open().length > 0,
          )
        )
          report.refuse(`${entry.path || "the rule"} lets the internet in to port ${open().join(", ")}`);
      });
    },
  },
  {
    name: "ec2-nacl-no-all-ports",
    theme: "network",
    title: "A network ACL names the ports that the internet comes in by",
    why: "One that lets every port in filters nothing",
    fix: "set the protocol and the ports: 443, and 1024 to 65535 without 3389 for answers",
    severity: "medium",
    level: "advisory",
    controls: [],
    types: [...networkAclRules, ...lists],
    check(resource, report) {
      eachEntry(resource, report, (entry, report) => {
        const isEvery = () => portsOf(entry).some(within => within(1) && within(65_535));
        if (together(() => letsWorldIn(entry), isEvery))
          report.refuse(`${entry.path || "the rule"} lets every port in`);
      });
    },
  },
  {
    name: "ec2-nacl-used",
    theme: "governance-and-cost",
    title: "A network ACL is that of a subnet",
    why: "A left-over says that something is filtered that is not",
    fix: "set subnetIds, or take it away",
    severity: "low",
    level: "advisory",
    controls: ["FSBP EC2.16"],
    types: networkAcls,
    scope: "stack",
    check(stack, report) {
      const associations = ["aws:ec2/networkAclAssociation:NetworkAclAssociation"];
      report.each(stack.ofType(networkAcls), (list, report) => {
        if (list.at("subnetIds").isUnknown || list.at("subnetIds").list().length > 0) return;
        if (stack.companions(list, associations, "networkAclId").length === 0)
          report.refuse("subnetIds is empty, and no NetworkAclAssociation names it");
      });
    },
  },
];

/** What a list lets in; a rule of its own may be about the other direction. */
function eachEntry(
  resource: Resource,
  report: Report,
  inspect: (entry: Value, report: Report) => void,
): void {
  if (lists.includes(resource.type)) report.each(resource.at("ingress").list(), inspect);
  else if (!resource.at("egress").is(true)) inspect(resource.props, report);
}

function letsWorldIn(entry: Value): boolean {
  const said = entry.at("action").isSet ? entry.at("action") : entry.at("ruleAction");
  return together(
    () => said.text()?.toLowerCase() === "allow",
    () => someFits(["cidrBlock", "ipv6CidrBlock"], range => isOpenToWorld(entry.at(range).text() ?? "")),
  );
}

/** The ranges of ports of TCP and UDP that an entry is about. */
function portsOf(entry: Value): ((port: number) => boolean)[] {
  const protocol = entry.at("protocol");
  const said = (protocol.text() ?? String(protocol.number() ?? "")).toLowerCase();
  if (said === "-1" || said === "all") return [() => true];
  if (!["6", "17", "tcp", "udp"].includes(said)) return [];
  const [from, to] = [entry.at("fromPort").number() ?? 0, entry.at("toPort").number() ?? 65_535];
  return [port => from <= port && port <= to];
}
