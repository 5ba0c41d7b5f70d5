import { type Cases, unknown } from "./example";

const imported = { certificateBody: "-----BEGIN CERTIFICATE-----", privateKey: "the key" };
const certificate = (...[domainName, ...subjectAlternativeNames]: string[]) => ({
  type: "aws:acm/certificate:Certificate",
  name: "certificate",
  props: { domainName, subjectAlternativeNames },
});
const joining = { type: "aws:route53/zoneAssociation:ZoneAssociation", props: { zoneId: unknown } };
const zone = (name: string, ...vpcs: string[]) => ({
  type: "aws:route53/zone:Zone",
  name: "zone",
  props: { name, vpcs: vpcs.map(vpcId => ({ vpcId })) },
});

export default [
  {
    rule: "acm-key-length",
    accepts: [
      { props: { keyAlgorithm: "EC_prime256v1" } },
      { props: { keyAlgorithm: "RSA_2048" } },
      { props: { keyAlgorithm: "RSA_4096" } },
      {},
    ],
    refuses: [{ props: { keyAlgorithm: "RSA_1024" } }],
    unknown: [{ props: { keyAlgorithm: unknown } }],
  },
  {
    rule: "acm-dns-validation",
    accepts: [
      { props: { domainName: "shop.example.com", validationMethod: "DNS" } },
      { props: { domainName: "shop.example.com", certificateAuthorityArn: unknown } },
      { props: imported },
    ],
    refuses: [
      { props: { domainName: "shop.example.com", validationMethod: "EMAIL" } },
      { props: { domainName: "shop.example.com" } },
    ],
    unknown: [{ props: { validationMethod: unknown } }],
  },
  {
    rule: "acm-no-imported",
    accepts: [{ props: { domainName: "shop.example.com", validationMethod: "DNS" } }],
    refuses: [
      { props: imported },
      { props: { privateKeyWo: unknown } },
      { props: { certificateBody: unknown } },
      { props: { privateKey: unknown } },
    ],
  },
  {
    rule: "acm-no-wildcard",
    accepts: [
      [certificate("shop.example.com", "www.example.com")],
      [certificate("*.example.services"), zone("example.services", "vpc-1")],
    ],
    refuses: [
      [certificate("*.example.com")],
      [certificate(unknown, "*.example.com")],
      [certificate("*.example.com"), zone("example.com")],
      [certificate("*.example.com"), zone("example.services", "vpc-1")],
      [certificate("*.example.com"), zone("example.com"), joining],
    ],
    unknown: [
      [certificate(unknown)],
      [certificate("*.example.services"), joining],
      [
        certificate("*.example.com"),
        { ...zone("example.com"), props: { name: "example.com", vpcs: unknown } },
      ],
    ],
  },
  {
    rule: "acm-transparency",
    accepts: [{}, { props: { options: { certificateTransparencyLoggingPreference: "ENABLED" } } }],
    refuses: [{ props: { options: { certificateTransparencyLoggingPreference: "DISABLED" } } }],
    unknown: [{ props: { options: unknown } }],
  },
] satisfies Cases[];
