/** How distributions meet the internet. */
import { inProduction, mustBeSet } from "../demands";
import type { Resource } from "../graph";
import { withProperties } from "../mended";
import { distributions, logDeliverySources } from "../resource-types";
import type { Rule } from "../rule";
import type { Value } from "../value";

export const cloudfrontViewers: readonly Rule[] = [
  {
    name: "cf-viewer-https",
    theme: "encryption-in-transit",
    title: "A distribution answers over HTTPS only",
    why: "A request over plain HTTP can be read and changed on its way",
    fix: "set viewerProtocolPolicy to redirect-to-https or https-only in every behaviour",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP CloudFront.3"],
    types: distributions,
    check(distribution, report) {
      report.each(behavioursOf(distribution), behaviour => {
        const policy = behaviour.at("viewerProtocolPolicy").text() ?? "not set";
        if (policy === "redirect-to-https" || policy === "https-only") return;
        report.refuse(`${behaviour.path}.viewerProtocolPolicy is ${policy}`);
      });
    },
    remediate: distribution => {
      const others = distribution.at("orderedCacheBehaviors");
      return {
        defaultCacheBehavior: redirecting(distribution.at("defaultCacheBehavior")),
        ...(others.isSet && { orderedCacheBehaviors: others.list().map(redirecting) }),
      };
    },
  },
  {
    name: "cf-viewer-tls-policy",
    theme: "encryption-in-transit",
    title: "A distribution accepts nothing older than TLS 1.2 with the ciphers of 2021",
    why: "Older versions and ciphers are broken, and a distribution without a certificate of its own accepts them all",
    fix: "give viewerCertificate a certificate and minimumProtocolVersion TLSv1.2_2021 or newer",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP CloudFront.15"],
    types: distributions,
    check(distribution, report) {
      const certificate = distribution.at("viewerCertificate");
      // With CloudFront's own certificate the version that is asked for has no effect.
      const asked = certificate.at("cloudfrontDefaultCertificate").is(true)
        ? undefined
        : certificate.at("minimumProtocolVersion").text();
      const version = asked ?? "TLSv1";
      if (!/^TLSv1\.(2_202[1-9]|3_)/.test(version))
        report.refuse(`the minimum protocol version is ${version}`);
    },
  },
  {
    name: "cf-custom-cert",
    theme: "encryption-in-transit",
    title: "A distribution has a certificate for a name of the company's",
    why: "Under cloudfront.net callers cannot tell it from anyone else's, and CloudFront decides which TLS it speaks",
    fix: "set viewerCertificate.acmCertificateArn to a certificate of us-east-1, and aliases",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP CloudFront.7"],
    types: distributions,
    check(distribution, report) {
      const certificate = distribution.at("viewerCertificate");
      const own = ["acmCertificateArn", "iamCertificateId"].some(source => certificate.at(source).isSet);
      if (!own) report.refuse("viewerCertificate names no certificate");
    },
  },
  {
    name: "cf-sni",
    theme: "governance-and-cost",
    title: "A distribution tells its names apart by SNI",
    why: "An address of its own in every location costs 600 dollars a month and serves callers of before 2010 only",
    fix: "set viewerCertificate.sslSupportMethod to sni-only",
    severity: "low",
    level: "mandatory",
    controls: ["FSBP CloudFront.8"],
    types: distributions,
    check(distribution, report) {
      const method = distribution.at("viewerCertificate", "sslSupportMethod");
      // Without a certificate of the company's, which another rule asks for, there is nothing to tell apart.
      if (method.isSet && !method.is("sni-only"))
        report.refuse(`${method.path} is ${String(method.content())}`);
    },
  },
  {
    name: "cf-waf",
    theme: "exposure",
    title: "A distribution has a web application firewall",
    why: "It is the first thing that the internet meets",
    fix: "set webAclId to the ARN of a web ACL of scope CLOUDFRONT",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP CloudFront.6"],
    types: distributions,
    check: mustBeSet("webAclId"),
  },
  {
    name: "cf-no-trusted-signers",
    theme: "exposure",
    title: "A distribution takes signed links and cookies by key groups",
    why: "The keys of trusted signers belong to an account's root user, and only it can change them",
    fix: "put the public keys into a KeyGroup, name it in trustedKeyGroups, and leave trustedSigners out",
    severity: "medium",
    level: "mandatory",
    controls: ["Security Hub CloudFront.17"],
    types: distributions,
    check(distribution, report) {
      report.each(behavioursOf(distribution), behaviour => {
        const signers = behaviour.at("trustedSigners");
        if (signers.list().length > 0) report.refuse(`${signers.path} is not empty`);
      });
    },
  },
  {
    name: "cf-default-root",
    theme: "exposure",
    title: "A distribution of a bucket says what is at its root",
    why: "Else a call for the root asks the bucket for the list of all it holds",
    fix: "set defaultRootObject, for example to index.html",
    severity: "medium",
    level: "advisory",
    controls: ["FSBP CloudFront.1"],
    types: distributions,
    check(distribution, report) {
      if (distribution.at("defaultRootObject").isSet) return;
      const target = distribution.at("defaultCacheBehavior", "targetOriginId").text();
      // Anything but a bucket answers for its own root.
      const asked = distribution
        .at("origins")
        .list()
        .find(origin => isBucket(origin) && origin.at("originId").text() === target);
      if (asked) report.refuse("defaultRootObject is not set");
    },
  },
  {
    name: "cf-headers-policy",
    theme: "exposure",
    title: "A distribution adds security headers to what it answers",
    why: "Without them a browser lets other sites frame the page, and speaks plain HTTP when it is told to",
    fix: "set responseHeadersPolicyId in every behaviour",
    severity: "low",
    level: "advisory",
    controls: [],
    types: distributions,
    check(distribution, report) {
      report.each(behavioursOf(distribution), mustBeSet("responseHeadersPolicyId"));
    },
  },
  {
    name: "cf-hsts",
    theme: "encryption-in-transit",
    title: "Browsers are told to come back over HTTPS only",
    why: "The first call over plain HTTP, before the redirect, is the one that can be caught",
    fix: "set securityHeadersConfig.strictTransportSecurity with an accessControlMaxAgeSec of a year and override: true",
    severity: "low",
    level: "advisory",
    controls: [],
    types: ["aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy"],
    check: mustBeSet("securityHeadersConfig.strictTransportSecurity"),
  },
  {
    name: "cf-logging",
    theme: "logging-and-detection",
    title: "A distribution logs who asked for what",
    why: "What the edge answers by itself is in no other log",
    fix: "add a LogDeliverySource of the distribution's ARN with logType ACCESS_LOGS and a LogDelivery, or set loggingConfig.bucket",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP CloudFront.5", "CIS 7.0 4.10"],
    types: distributions,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(distributions), (distribution, report) => {
        if (distribution.at("loggingConfig", "bucket").isSet) return;
        const sources = stack.companions(distribution, logDeliverySources, "resourceArn");
        if (!sources.some(source => source.at("logType").is("ACCESS_LOGS")))
          report.refuse(
            "neither loggingConfig nor a LogDeliverySource of access logs names a place for them",
          );
      });
    },
  },
  {
    name: "cf-origin-failover",
    theme: "resilience-and-backup",
    title: "A production distribution that is only read has a second origin to ask",
    why: "When the only one is down, the edge has nothing to answer with but an error",
    fix: "add an origin group with two members, and name it as targetOriginId",
    severity: "low",
    level: "advisory",
    controls: ["FSBP CloudFront.4"],
    types: distributions,
    check: inProduction((distribution, report) => {
      if (distribution.at("originGroups").list().length > 0) return;
      const methods = distribution.at("defaultCacheBehavior", "allowedMethods").list();
      // The edge asks a second origin for reads only, so a group is of no use to a program that is written to.
      if (!methods.some(method => writing.has(method.text() ?? ""))) report.refuse("originGroups is empty");
    }),
  },
];

/** Source: Amazon CloudFront developer guide, "Optimize high availability with CloudFront origin failover". */
const writing = new Set(["DELETE", "PATCH", "POST", "PUT"]);

/** One that turns plain HTTP away altogether stays as it is. */
function redirecting(behaviour: Value): Readonly<Record<string, unknown>> {
  const isStricter = behaviour.at("viewerProtocolPolicy").is("https-only");
  return withProperties(behaviour, isStricter ? {} : { viewerProtocolPolicy: "redirect-to-https" });
}

function behavioursOf(distribution: Resource): Value[] {
  return [distribution.at("defaultCacheBehavior"), ...distribution.at("orderedCacheBehaviors").list()];
}

/** A bucket's website endpoint is a server like any other. */
export function isBucket(origin: Value): boolean {
  return !origin.at("customOriginConfig").isSet && !origin.at("vpcOriginConfig").isSet;
}
