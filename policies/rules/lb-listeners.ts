import { mustBeSet, where } from "../demands";
import type { Resource } from "../graph";
import type { Report } from "../report";
import { declaredReason } from "../resource-tags";
import { listenerRules, listeners, targetGroups } from "../resource-types";
import type { Rule } from "../rule";
import { UnknownValue, type Value } from "../value";

export const lbListeners: readonly Rule[] = [
  {
    name: "lb-listener-tls",
    theme: "encryption-in-transit",
    title: "A load balancer listens with TLS, and on plain HTTP only to redirect",
    why: "A request over plain HTTP can be read and changed on its way",
    fix: "set protocol HTTPS or TLS, or make every default action a redirect with protocol HTTPS and status HTTP_301; where what is behind it ends TLS, say why in the tag allow-tcp, in 20 characters or more",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP ELB.1", "FSBP ELB.18"],
    types: listeners,
    check(listener, report) {
      const protocol = protocolOf(listener);
      if (protocol === "HTTPS" || protocol === "TLS") return;
      const reason = protocol === "TCP" ? declaredReason(listener, "allow-tcp") : undefined;
      if (reason) return report.remark(`TLS is ended behind it: ${reason}`);
      if (protocol !== "HTTP") return report.refuse(`protocol is ${protocol}`);
      const actions = listener.at("defaultActions").list();
      if (actions.length === 0) report.refuse("protocol is HTTP and it does not redirect");
      report.each(actions, refuseOtherThanRedirect);
    },
  },
  {
    name: "lb-rule-no-http-forward",
    theme: "encryption-in-transit",
    title: "A rule on a plain HTTP listener only redirects to HTTPS",
    why: "A rule goes before the listener's redirect, so what it forwards is read and changed on its way",
    fix: "give the rule the ARN of the HTTPS listener, or make its actions redirects with protocol HTTPS and status HTTP_301",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP ELB.1"],
    types: listenerRules,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(listenerRules), (rule, report) => {
        report.each(stack.ofType(listeners), listener => {
          const named = rule.names("listenerArn", listener);
          if (named === false || protocolOf(listener) !== "HTTP") return;
          if (named === undefined) throw new UnknownValue("listenerArn");
          const ofRule = report.inside(`rule ${rule.name}`);
          ofRule.each(rule.at("actions").list(), refuseOtherThanRedirect);
        });
      });
    },
  },
  {
    name: "lb-listener-tls-policy",
    theme: "encryption-in-transit",
    title: "A listener accepts TLS 1.3 and at least TLS 1.2",
    why: "AWS's default policy still accepts TLS 1.0",
    fix: "set sslPolicy to one of ELBSecurityPolicy-TLS13-1-2-* or ELBSecurityPolicy-TLS13-1-3-*",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP ELB.17"],
    types: listeners,
    check(listener, report) {
      const protocol = listener.at("protocol");
      if (!protocol.is("HTTPS") && !protocol.is("TLS")) return;
      const policy = listener.at("sslPolicy").text() ?? "AWS's default";
      // Policies named TLS13-1-0 and TLS13-1-1 accept those old versions too.
      if (!/^ELBSecurityPolicy-TLS13-1-[23]-/.test(policy)) report.refuse(`sslPolicy is ${policy}`);
    },
    remediate: () => ({ sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06" }),
  },
  {
    name: "lb-listener-certificate",
    theme: "encryption-in-transit",
    title: "A listener with TLS names its certificate",
    why: "Without one callers cannot tell whom they speak with, and AWS refuses the listener in the middle of a deployment",
    fix: "set certificateArn to a certificate of ACM's",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: listeners,
    check: where("protocol", ["HTTPS", "TLS"], mustBeSet("certificateArn")),
  },
  {
    name: "lb-tg-protocol-encrypted",
    theme: "encryption-in-transit",
    title: "A load balancer speaks TLS with its targets",
    why: "The last stretch crosses zones and shared networks",
    fix: "set protocol HTTPS or TLS, and let the container bring a certificate: it may be self-signed; where it ends the callers' own TLS, say why in the tag allow-tcp, in 20 characters or more",
    severity: "medium",
    level: "mandatory",
    controls: ["Security Hub ELB.22"],
    types: targetGroups,
    check(targetGroup, report) {
      if (!speaksProtocol(targetGroup.at("targetType"))) return;
      const protocol = targetGroup.at("protocol").text() ?? "not set";
      if (protocol === "HTTPS" || protocol === "TLS") return;
      const reason = protocol === "TCP" ? declaredReason(targetGroup, "allow-tcp") : undefined;
      if (reason) report.remark(`TLS is ended by its targets: ${reason}`);
      else report.refuse(`protocol is ${protocol}`);
    },
  },
  {
    name: "lb-tg-health-check-encrypted",
    theme: "encryption-in-transit",
    title: "A load balancer asks after its targets' health with TLS",
    why: "A target that answers plain HTTP to the health check answers it to others too",
    fix: "set healthCheck.protocol HTTPS; for targets that do not speak it, TCP, and say why in the tag allow-tcp-health, in 20 characters or more",
    severity: "low",
    level: "mandatory",
    controls: ["Security Hub ELB.21"],
    types: targetGroups,
    check(targetGroup, report) {
      if (!speaksProtocol(targetGroup.at("targetType"))) return;
      const protocol = targetGroup.at("healthCheck", "protocol").text() ?? "HTTP";
      if (protocol === "HTTPS") return;
      const reason = protocol === "TCP" ? declaredReason(targetGroup, "allow-tcp-health") : undefined;
      if (reason) report.remark(`its targets are asked whether they can be connected to: ${reason}`);
      else report.refuse(`healthCheck.protocol is ${protocol}`);
    },
  },
  {
    name: "lb-tg-health-check-defined",
    theme: "resilience-and-backup",
    title: "A target group says which page tells its targets' health",
    why: "The default is the root page, which may answer well while what is behind it is down, or ask for a login",
    fix: "set healthCheck.path to a page that is made for it",
    severity: "low",
    level: "advisory",
    controls: [],
    types: targetGroups,
    check: where("protocol", ["HTTP", "HTTPS"], mustBeSet("healthCheck.path")),
  },
];

/** What the provider takes where none is named. */
function protocolOf(listener: Resource): string {
  return listener.at("protocol").text() ?? "HTTP";
}

function refuseOtherThanRedirect(action: Value, report: Report): void {
  const redirect = action.at("redirect");
  const toHttps = action.at("type").is("redirect") && redirect.at("protocol").is("HTTPS");
  if (!toHttps)
    report.refuse(`${action.path} answers plain HTTP with something else than a redirect to HTTPS`);
  else if (!redirect.at("statusCode").is("HTTP_301"))
    report.refuse(`${action.path} does not redirect for good`);
}

/** Functions are invoked, and a load balancer behind a load balancer ends TLS itself. */
function speaksProtocol(targetType: Value): boolean {
  return !targetType.is("lambda") && !targetType.is("alb");
}
