import { inDev, inProd, somewhere } from "./environments";
import { type Cases, unknown } from "./example";

const zone = (props: object = {}) => ({ type: "aws:route53/zone:Zone", name: "example.com", props });
const inNetwork = zone({ vpcs: [{ vpcId: unknown }] });
const queryLog = (...madeFrom: string[]) => ({
  type: "aws:route53/queryLog:QueryLog",
  name: "queries",
  props: { zoneId: unknown },
  madeFrom: { zoneId: madeFrom },
});
const signing = (signingStatus: string | undefined, ...madeFrom: string[]) => ({
  type: "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec",
  name: "signing",
  props: { hostedZoneId: unknown, signingStatus },
  madeFrom: { hostedZoneId: madeFrom },
});

const record = (props: object, madeFrom: Record<string, string[]> = {}) => ({
  type: "aws:route53/record:Record",
  name: "www.example.com",
  props,
  madeFrom,
});
const cname = (...records: unknown[]) => record({ type: "CNAME", records });
const edge = "d111111abcdef8.cloudfront.net";
const certificate = { type: "aws:acm/certificate:Certificate", name: "certificate" };
const distribution = {
  type: "aws:cloudfront/distribution:Distribution",
  name: "shop",
  props: { domainName: edge },
};

export default [
  {
    rule: "r53-query-logging",
    accepts: [[zone(), queryLog("example.com")], [inNetwork]],
    refuses: [[zone()], [zone({ vpcs: [] })], [zone(), { ...zone(), name: "other" }, queryLog("other")]],
    unknown: [[zone(), queryLog()], [zone({ vpcs: unknown })]],
  },
  {
    rule: "r53-dnssec",
    accepts: [
      [zone(), signing("SIGNING", "example.com")],
      [zone(), signing(undefined, "example.com")],
      [
        zone(),
        signing("SIGNING", "example.com"),
        { ...signing("NOT_SIGNING", "example.com"), name: "older" },
      ],
      [inNetwork],
    ],
    refuses: [[zone()], [zone(), signing("NOT_SIGNING", "example.com")], [zone({ vpcs: [] })]],
    unknown: [
      [zone(), signing("SIGNING")],
      [zone(), signing(unknown, "example.com")],
      [zone({ vpcs: unknown })],
    ],
  },
  {
    rule: "r53-record-resolves-in-org",
    accepts: [
      [record({ type: "A", aliases: [{ name: unknown }] }, { aliases: ["shop"] }), distribution],
      [record({ type: "CNAME", records: [unknown] }, { records: ["shop"] }), distribution],
      [record({ type: unknown, records: [unknown] }, { records: ["certificate"] }), certificate],
      [record({ type: unknown, aliases: [{ name: unknown }] }, { aliases: ["shop"] }), distribution],
      [cname("shop.example.net")],
      ...["dnsName", "websiteDomain", "websiteEndpoint", "bucketDomainName", "endpoint"].map(output => [
        cname(edge),
        { ...distribution, props: { [output]: edge } },
      ]),
      [cname(`${edge}.`), distribution],
      [record({ type: "TXT", records: [edge] })],
      [record({ type: "MX", records: [unknown] })],
    ],
    refuses: [
      [cname("files.example.com.s3-website.eu-central-1.amazonaws.com")],
      [cname(edge)],
      [cname("d222222abcdef8.cloudfront.net"), distribution],
      [cname(edge), { ...distribution, props: { domainName: unknown } }],
      [record({ type: "A", aliases: [{ name: "shop-1.eu-central-1.elb.amazonaws.com" }] })],
      [record({ type: "A", aliases: [{ name: "shop.elasticbeanstalk.com" }, { name: unknown }] })],
      [cname("abcde12345.execute-api.eu-central-1.amazonaws.com.")],
      [cname("files.s3.amazonaws.com")],
    ],
    unknown: [
      [cname(unknown)],
      [record({ type: "A", aliases: [{ name: unknown }] })],
      [record({ type: unknown, records: ["shop.example.net"] })],
    ],
  },
  {
    rule: "r53-no-force-destroy",
    accepts: [
      { ...inProd, props: { forceDestroy: false } },
      inProd,
      { ...inDev, props: { forceDestroy: true } },
    ],
    refuses: [{ ...inProd, props: { forceDestroy: true } }],
    unknown: [
      { ...inProd, props: { forceDestroy: unknown } },
      { ...somewhere, props: { forceDestroy: true } },
    ],
  },
] satisfies Cases[];
