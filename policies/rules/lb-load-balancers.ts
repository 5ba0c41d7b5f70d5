import { inProduction, mustBe, mustBeOneOf, where } from "../demands";
import type { Resource } from "../graph";
import { declaredReason } from "../resource-tags";
import { classicLoadBalancers, loadBalancers, webAclAssociations } from "../resource-types";
import type { Rule } from "../rule";
import type { Value } from "../value";

/** What the provider makes where no type is named. */
const byDefault = { otherwise: "application" };

export const lbLoadBalancers: readonly Rule[] = [
  {
    name: "lb-public-needs-approval",
    theme: "exposure",
    title: "A load balancer is internal",
    why: "A public one is a way in from the internet",
    fix: "set internal: true, or say in the tag allow-public why it is public, in 20 characters or more",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: loadBalancers,
    check(loadBalancer, report) {
      if (loadBalancer.at("loadBalancerType").is("gateway") || loadBalancer.at("internal").is(true)) return;
      const reason = declaredReason(loadBalancer, "allow-public");
      if (reason) report.remark(`open to the internet: ${reason}`);
      else report.refuse("internal is not true");
    },
  },
  {
    name: "lb-waf-attached",
    theme: "exposure",
    title: "A public load balancer has a web application firewall",
    why: "It is the first thing that the internet meets",
    fix: "add a WebAclAssociation with the load balancer's ARN as resourceArn",
    severity: "high",
    level: "mandatory",
    controls: ["Security Hub ELB.16"],
    types: loadBalancers,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(loadBalancers), (loadBalancer, report) => {
        if (!isApplication(loadBalancer) || loadBalancer.at("internal").is(true)) return;
        if (stack.companions(loadBalancer, webAclAssociations, "resourceArn").length === 0)
          report.refuse("no WebAclAssociation names it");
      });
    },
  },
  {
    name: "lb-drop-invalid-headers",
    theme: "exposure",
    title: "A load balancer drops malformed headers",
    why: "A target that reads them another way than the load balancer can be made to answer the wrong caller",
    fix: "set dropInvalidHeaderFields: true",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP ELB.4"],
    types: loadBalancers,
    check(loadBalancer, report) {
      const type = loadBalancer.at("loadBalancerType");
      // The others do not look at headers.
      if (type.isSet && !type.is("application")) return;
      if (!loadBalancer.at("dropInvalidHeaderFields").is(true))
        report.refuse("dropInvalidHeaderFields is not true");
    },
    remediate: () => ({ dropInvalidHeaderFields: true }),
  },
  {
    name: "lb-desync-mode",
    theme: "exposure",
    title: "A load balancer turns away requests that two servers could read differently",
    why: "Such a request smuggles a second one past the firewall, in another caller's name",
    fix: "leave desyncMitigationMode out, or set it to defensive or strictest",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP ELB.12"],
    types: loadBalancers,
    check: where(
      "loadBalancerType",
      ["application"],
      // The provider's default.
      mustBeOneOf("desyncMitigationMode", ["defensive", "strictest"], { otherwise: "defensive" }),
      byDefault,
    ),
  },
  {
    name: "lb-access-logs",
    theme: "logging-and-detection",
    title: "A load balancer writes access logs",
    why: "Without them nobody can say afterwards who asked for what",
    fix: "set accessLogs with enabled: true and the bucket for load balancers' logs",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP ELB.5", "CIS 7.0 4.10"],
    types: loadBalancers,
    // Gateway load balancers write none. Where the block is there, the provider's default is not enabled.
    check: where(
      "loadBalancerType",
      ["application", "network"],
      mustBe("accessLogs.enabled", true),
      byDefault,
    ),
  },
  {
    name: "lb-connection-logs",
    theme: "logging-and-detection",
    title: "A public load balancer writes connection logs",
    why: "Attempts that fail in the TLS handshake are in no access log",
    fix: "set connectionLogs with enabled: true and the bucket for load balancers' logs",
    severity: "low",
    level: "advisory",
    controls: [],
    types: loadBalancers,
    check(loadBalancer, report) {
      if (loadBalancer.at("connectionLogs", "enabled").is(true) || !isApplication(loadBalancer)) return;
      if (!loadBalancer.at("internal").is(true)) report.refuse("connectionLogs.enabled is not true");
    },
  },
  {
    name: "lb-deletion-protection",
    theme: "resilience-and-backup",
    title: "A production load balancer refuses deletion",
    why: "Names and firewalls point to it, and its addresses do not come back",
    fix: "set enableDeletionProtection: true",
    severity: "medium",
    level: "mandatory",
    yieldsWhereUnprotected: true,
    controls: ["FSBP ELB.6"],
    types: loadBalancers,
    check: inProduction(mustBe("enableDeletionProtection", true)),
  },
  {
    name: "lb-multi-az",
    theme: "resilience-and-backup",
    title: "A network load balancer stands in two zones or more",
    why: "One zone is down now and then, and with it all that stands only there",
    fix: "name subnets of two zones or more in subnets or subnetMappings",
    severity: "medium",
    level: "mandatory",
    leniency: "dev",
    controls: ["FSBP ELB.13"],
    types: loadBalancers,
    // AWS itself refuses an application load balancer with fewer than two zones.
    check: where(
      "loadBalancerType",
      ["network", "gateway"],
      (loadBalancer, report) => {
        const places = ["subnets", "subnetMappings"].flatMap(property => placesOf(loadBalancer.at(property)));
        if (new Set(places).size < 2) report.refuse(`${places.length === 0 ? "no" : "one"} subnet is named`);
      },
      byDefault,
    ),
  },
  {
    name: "lb-nlb-cross-zone",
    theme: "resilience-and-backup",
    title: "A network load balancer shares calls out over all zones",
    why: "Else the targets of a zone that has few of them are overrun while others idle",
    fix: "set enableCrossZoneLoadBalancing: true",
    severity: "low",
    level: "advisory",
    controls: [],
    types: loadBalancers,
    check: where("loadBalancerType", ["network"], mustBe("enableCrossZoneLoadBalancing", true), byDefault),
  },
  {
    name: "lb-no-classic",
    theme: "governance-and-cost",
    title: "There are no classic load balancers",
    why: "They know no firewall and no current TLS policy, and AWS advises against them",
    fix: "use an application or a network load balancer",
    severity: "medium",
    level: "mandatory",
    controls: [
      "FSBP ELB.2",
      "FSBP ELB.3",
      "FSBP ELB.7",
      "Security Hub ELB.8",
      "FSBP ELB.9",
      "FSBP ELB.10",
      "FSBP ELB.14",
    ],
    types: classicLoadBalancers,
    check(_loadBalancer, report) {
      report.refuse("it is a classic load balancer");
    },
  },
];

function isApplication(loadBalancer: Resource): boolean {
  const type = loadBalancer.at("loadBalancerType");
  return !type.isSet || type.is("application");
}

/** One text for each place; a subnet that is not known yet is told from others by where it stands in the list. */
function placesOf(subnets: Value): string[] {
  return subnets.list().map(one => {
    const subnet = one.isUnknown ? one : one.at("subnetId").isSet ? one.at("subnetId") : one;
    return (subnet.isUnknown ? undefined : subnet.text()) ?? subnet.path;
  });
}
