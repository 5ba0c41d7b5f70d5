/** How distributions ask what is behind them. */
import type { Resource, StackResource } from "../graph";
import { buckets, distributions } from "../resource-types";
import type { Rule } from "../rule";
import { UnknownValue, type Value } from "../value";
import { isBucket } from "./cloudfront-viewers";

const withVpcOrigins = [...distributions, "aws:cloudfront/vpcOrigin:VpcOrigin"];

export const cloudfrontOrigins: readonly Rule[] = [
  {
    name: "cf-origin-tls",
    theme: "encryption-in-transit",
    title: "A distribution asks its origins over HTTPS only",
    why: "What is encrypted up to the edge would cross the internet in the clear behind it",
    fix: "set originProtocolPolicy https-only",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP CloudFront.9"],
    types: withVpcOrigins,
    check(resource, report) {
      report.each(endpointsOf(resource), endpoint => {
        if (!endpoint.isSet || endpoint.at("originProtocolPolicy").is("https-only")) return;
        report.refuse(`${endpoint.path}.originProtocolPolicy is not https-only`);
      });
    },
  },
  {
    name: "cf-origin-ssl-protocols",
    theme: "encryption-in-transit",
    title: "A distribution asks its origins with TLS 1.2",
    why: "Who sits between can bring both sides down to the oldest version that they share",
    fix: 'set originSslProtocols to ["TLSv1.2"], which includes 1.3 where the origin speaks it',
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP CloudFront.10"],
    types: withVpcOrigins,
    check(resource, report) {
      report.each(endpointsOf(resource), (endpoint, report) => {
        if (!endpoint.isSet) return;
        const protocols = endpoint.at("originSslProtocols");
        const versions = protocols.at("items").isSet ? protocols.at("items").list() : protocols.list();
        if (versions.length === 0) report.refuse(`${protocols.path} is empty`);
        report.each(versions, version => {
          const name = version.text() ?? "no text";
          if (name !== "TLSv1.2" && name !== "TLSv1.3") report.refuse(`${version.path} is ${name}`);
        });
      });
    },
  },
  {
    name: "cf-oac",
    theme: "exposure",
    title: "A distribution signs what it asks of a bucket",
    why: "Else the bucket must be open to everyone, or to an older identity that knows neither KMS nor newer regions",
    fix: "add an OriginAccessControl with signingBehavior always, and set the origin's originAccessControlId",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP CloudFront.13"],
    types: distributions,
    check(distribution, report) {
      report.each(distribution.at("origins").list(), origin => {
        if (!origin.at("originAccessControlId").isSet && isBucket(origin))
          report.refuse(`${origin.path}.originAccessControlId is not set`);
      });
    },
  },
  {
    name: "cf-oac-lambda",
    theme: "exposure",
    title: "A distribution signs what it asks of a function's URL",
    why: "Else the function must answer everyone, and can be called past the firewall",
    fix: "add an OriginAccessControl of type lambda, and set the origin's originAccessControlId",
    severity: "high",
    level: "mandatory",
    controls: ["Security Hub CloudFront.16"],
    types: distributions,
    check(distribution, report) {
      report.each(distribution.at("origins").list(), origin => {
        if (origin.at("originAccessControlId").isSet || !origin.at("customOriginConfig").isSet) return;
        const domain = origin.at("domainName").text() ?? "";
        if (/\.lambda-url\.[^.]+\.on\.aws$/.test(domain))
          report.refuse(`${origin.path}.originAccessControlId is not set`);
      });
    },
  },
  {
    name: "cf-origin-exists",
    theme: "exposure",
    title: "A distribution asks buckets that the stack makes",
    why: "A bucket's name is free again once it is deleted, and whoever takes it answers in the company's name",
    fix: "make the origin's domainName from the bucket, and let both go together",
    severity: "medium",
    level: "advisory",
    controls: ["FSBP CloudFront.12"],
    types: distributions,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(distributions), (distribution, report) => {
        const made = distribution.madeFrom("origins").filter(({ type }) => buckets.includes(type));
        report.each(distribution.at("origins").list().filter(isBucket), origin => {
          const domain = origin.at("domainName");
          if (domain.isUnknown && made.length > 0) return;
          const name = domain.text()?.split(".s3.")[0] ?? "";
          if (!isMade(name, stack.ofType(buckets)))
            report.refuse(`${domain.path} is ${domain.text() ?? "not set"}`);
        });
      });
    },
  },
];

/** The parts that say how a server is spoken with; a bucket has none. */
function endpointsOf(resource: Resource): Value[] {
  return [
    ...resource
      .at("origins")
      .list()
      .map(origin => origin.at("customOriginConfig")),
    resource.at("vpcOriginEndpointConfig"),
  ];
}

/** A bucket whose name the provider is still to choose may be the one. */
function isMade(name: string, made: readonly StackResource[]): boolean {
  const names = made.map(bucket => bucket.at("bucket"));
  if (names.some(one => !one.isUnknown && one.is(name))) return true;
  const open = names.find(one => one.isUnknown);
  if (open) throw new UnknownValue(open.path);
  return false;
}
