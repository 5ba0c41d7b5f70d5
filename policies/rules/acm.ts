import { mustMatch, mustNotBe } from "../demands";
import type { Resource, Stack } from "../graph";
import { certificates, zones } from "../resource-types";
import type { Rule } from "../rule";
import { UnknownValue } from "../value";

export const acm: readonly Rule[] = [
  {
    name: "acm-key-length",
    theme: "encryption-in-transit",
    title: "A certificate's key cannot be guessed",
    why: "RSA keys of 1024 bits are within reach of whoever can pay for the computers",
    fix: "leave keyAlgorithm out, or set it to EC_prime256v1, RSA_2048 or longer",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP ACM.2"],
    types: certificates,
    // ACM's default.
    check: mustMatch("keyAlgorithm", /^(RSA_(2048|3072|4096)|EC_\w+)$/, { otherwise: "RSA_2048" }),
  },
  {
    name: "acm-dns-validation",
    theme: "resilience-and-backup",
    title: "A certificate renews itself",
    why: "One that is validated by mail waits each year for somebody to click, and expires in the meantime",
    fix: 'set validationMethod: "DNS" and add the records',
    severity: "medium",
    level: "advisory",
    controls: ["FSBP ACM.1"],
    types: certificates,
    check(certificate, report) {
      // What a private authority signs needs no validation, and what is imported gets none.
      if (certificate.at("certificateAuthorityArn").isSet || isImported(certificate)) return;
      if (!certificate.at("validationMethod").is("DNS")) report.refuse("validationMethod is not DNS");
    },
  },
  {
    name: "acm-no-imported",
    theme: "resilience-and-backup",
    title: "A certificate is made by ACM",
    why: "ACM does not renew one that was imported, and its key has been on somebody's disk",
    fix: "set domainName and validationMethod in place of privateKey and certificateBody",
    severity: "medium",
    level: "advisory",
    controls: ["FSBP ACM.1"],
    types: certificates,
    check(certificate, report) {
      if (isImported(certificate)) report.refuse("it is imported");
    },
  },
  {
    name: "acm-no-wildcard",
    theme: "least-privilege",
    title: "A certificate that the internet can meet stands for names that it lists",
    why: "Whoever takes the key of one for all names can stand in for every service of the domain",
    fix: "list the names in domainName and subjectAlternativeNames, a certificate for each product",
    severity: "low",
    level: "advisory",
    controls: [],
    types: certificates,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(certificates), (certificate, report) => {
        const names = [certificate.at("domainName"), ...certificate.at("subjectAlternativeNames").list()];
        report.each(names, name => {
          const text = name.text() ?? "";
          if (text.startsWith("*.") && !isInside(text.slice(2), stack))
            report.refuse(`${name.path} is ${text}`);
        });
      });
    },
  },
  {
    name: "acm-transparency",
    theme: "logging-and-detection",
    title: "A certificate is in the public logs of certificates",
    why: "Browsers distrust one that is not, and the logs show when somebody else gets one for the company's names",
    fix: "leave options.certificateTransparencyLoggingPreference out",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: certificates,
    check: mustNotBe("options.certificateTransparencyLoggingPreference", "DISABLED"),
  },
];

function isImported(certificate: Resource): boolean {
  return ["certificateBody", "privateKey", "privateKeyWo"].some(property => certificate.at(property).isSet);
}

/** A domain that is answered for within networks only: there a stolen key must first get in. */
function isInside(domain: string, stack: Stack): boolean {
  const named = stack.ofType(zones).filter(zone => zone.at("name").is(domain));
  if (named.some(zone => zone.at("vpcs").list().length > 0)) return true;
  const [joined] = stack.ofType(zoneAssociations);
  // It may be the zone of another account that the stack's network joins, whose name no plan shows.
  if (joined && named.length === 0) throw new UnknownValue(`the name of the zone that ${joined.name} joins`);
  return false;
}

const zoneAssociations = ["aws:route53/zoneAssociation:ZoneAssociation"];
