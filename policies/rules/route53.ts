import { inProduction, mustNotBe } from "../demands";
import type { Stack, StackResource } from "../graph";
import { zones } from "../resource-types";
import type { Rule } from "../rule";
import type { Value } from "../value";

const records = ["aws:route53/record:Record"];
const queryLogs = ["aws:route53/queryLog:QueryLog"];
const signings = ["aws:route53/hostedZoneDnsSec:HostedZoneDnsSec"];

export const route53: readonly Rule[] = [
  {
    name: "r53-query-logging",
    theme: "logging-and-detection",
    title: "A public zone logs who asks for its names",
    why: "Whoever prepares an attack asks for names first, and a forgotten name shows by being asked for",
    fix: "add a QueryLog with the zone's zoneId and a log group in us-east-1",
    severity: "medium",
    level: "advisory",
    controls: ["FSBP Route53.2"],
    types: zones,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(zones), (zone, report) => {
        if (isPublic(zone) && stack.companions(zone, queryLogs, "zoneId").length === 0)
          report.refuse("no QueryLog names it");
      });
    },
  },
  {
    name: "r53-dnssec",
    theme: "data-protection",
    title: "A public zone is signed",
    why: "Without signatures a forged answer leads callers, and mail, to somebody else",
    fix: "add a KeySigningKey and a HostedZoneDnsSec with the zone's id as hostedZoneId",
    severity: "medium",
    level: "advisory",
    controls: [],
    types: zones,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(zones), (zone, report) => {
        if (!isPublic(zone)) return;
        const found = stack.companions(zone, signings, "hostedZoneId");
        if (found.length === 0) report.refuse("no HostedZoneDnsSec names it");
        else if (found.every(one => one.at("signingStatus").is("NOT_SIGNING")))
          report.refuse("signingStatus is NOT_SIGNING");
      });
    },
  },
  {
    name: "r53-record-resolves-in-org",
    theme: "exposure",
    title: "A name leads to what the stack makes",
    why: "When what a name leads to is deleted, others can take its place and answer in the company's name",
    fix: "make the record from the resource's own outputs, so that both go together",
    severity: "medium",
    level: "advisory",
    controls: [],
    types: records,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(records), (record, report) => {
        report.each(targetsOf(record), target => {
          const name = target.text() ?? "";
          if (anyones.test(name) && !isOutput(name, stack)) report.refuse(`${target.path} is ${name}`);
        });
      });
    },
  },
  {
    name: "r53-no-force-destroy",
    theme: "resilience-and-backup",
    title: "A production zone is not deleted together with its records",
    why: "The zone that is made in its place gets other name servers, and until the whole world knows them nothing is found",
    fix: "leave forceDestroy out",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: zones,
    check: inProduction(mustNotBe("forceDestroy", true)),
  },
];

/** A zone of networks is asked from within them only. */
function isPublic(zone: StackResource): boolean {
  return zone.at("vpcs").list().length === 0;
}

/** Names that AWS gives to whoever asks first. */
const anyones =
  /\.(s3(-website)?[.-].*amazonaws\.com|elb\.([a-z0-9-]+\.)?amazonaws\.com|elasticbeanstalk\.com|cloudfront\.net|awsapprunner\.com|execute-api\..*amazonaws\.com)\.?$/i;

/** What a record leads to, but for what it was made from: that is there as long as the record is. */
function targetsOf(record: StackResource): Value[] {
  const isWritten = (property: string) => record.at(property).isSet && record.madeFrom(property).length === 0;
  const aliases = isWritten("aliases") ? record.at("aliases").list() : [];
  const names = isWritten("records") && record.at("type").is("CNAME") ? record.at("records").list() : [];
  return [...aliases.map(alias => alias.at("name")), ...names];
}

const outputs = ["dnsName", "domainName", "websiteDomain", "websiteEndpoint", "bucketDomainName", "endpoint"];

/** After an update what the stack has made is known by its name. */
function isOutput(name: string, stack: Stack): boolean {
  const domain = name.replace(/\.$/, "").toLowerCase();
  return stack.resources.some(resource =>
    outputs.some(output => {
      const value = resource.at(output);
      if (value.isUnknown) return false;
      const content = value.content();
      return typeof content === "string" && content.toLowerCase() === domain;
    }),
  );
}
