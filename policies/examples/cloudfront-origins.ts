import { type Cases, unknown } from "./example";

const distribution = (origins: unknown, ...madeFrom: string[]) => ({
  type: "aws:cloudfront/distribution:Distribution",
  name: "shop",
  props: { origins },
  madeFrom: { origins: madeFrom },
});
const ofStack = (bucket: string | undefined) => ({
  type: "aws:s3/bucket:Bucket",
  name: "files",
  props: bucket ? { bucket } : {},
});
const bucket = { domainName: "shop.s3.eu-central-1.amazonaws.com" };
const named = (domainName: string, originAccessControlId?: string) => ({
  domainName,
  customOriginConfig: { originProtocolPolicy: "https-only" },
  ...(originAccessControlId && { originAccessControlId }),
});
const url = "abcdefghijklmnopqrstuvwxyz012345.lambda-url.eu-central-1.on.aws";
const speaking = (originSslProtocols: unknown) => ({
  props: { origins: [{ customOriginConfig: { originSslProtocols } }] },
});
const vpcOrigin = (originSslProtocols: unknown) => ({
  type: "aws:cloudfront/vpcOrigin:VpcOrigin",
  props: { vpcOriginEndpointConfig: originSslProtocols ? { originSslProtocols } : {} },
});

export default [
  {
    rule: "cf-origin-tls",
    accepts: [
      {
        props: {
          origins: [{ customOriginConfig: { originProtocolPolicy: "https-only" } }, { domainName: unknown }],
        },
      },
      {
        type: "aws:cloudfront/vpcOrigin:VpcOrigin",
        props: { vpcOriginEndpointConfig: { originProtocolPolicy: "https-only" } },
      },
    ],
    refuses: [
      { props: { origins: [{ customOriginConfig: { originProtocolPolicy: "match-viewer" } }] } },
      {
        type: "aws:cloudfront/vpcOrigin:VpcOrigin",
        props: { vpcOriginEndpointConfig: { originProtocolPolicy: "http-only" } },
      },
    ],
    unknown: [
      { props: { origins: unknown } },
      { props: { origins: [{ customOriginConfig: { originProtocolPolicy: unknown } }] } },
    ],
  },
  {
    rule: "cf-origin-ssl-protocols",
    accepts: [
      speaking(["TLSv1.2"]),
      speaking(["TLSv1.2", "TLSv1.3"]),
      vpcOrigin({ items: ["TLSv1.2"], quantity: 1 }),
      { props: { origins: [bucket] } },
    ],
    refuses: [
      speaking(["TLSv1", "TLSv1.2"]),
      speaking([]),
      speaking([unknown, "SSLv3"]),
      vpcOrigin({ items: ["TLSv1.1", "TLSv1.2"], quantity: 2 }),
      vpcOrigin(undefined),
    ],
    unknown: [speaking(unknown), speaking(["TLSv1.2", unknown]), vpcOrigin({ items: unknown })],
  },
  {
    rule: "cf-oac",
    accepts: [
      { props: { origins: [{ ...bucket, originAccessControlId: "E2QWRUHAPOMQZL" }] } },
      { props: { origins: [{ ...bucket, originAccessControlId: unknown }, named("shop.example.com")] } },
      { props: { origins: [{ domainName: unknown, vpcOriginConfig: { vpcOriginId: unknown } }] } },
    ],
    refuses: [
      { props: { origins: [bucket] } },
      {
        props: {
          origins: [
            { ...bucket, s3OriginConfig: { originAccessIdentity: "origin-access-identity/cloudfront/E1" } },
          ],
        },
      },
      { props: { origins: [unknown, { domainName: unknown }] } },
    ],
    unknown: [{ props: { origins: unknown } }, { props: { origins: [unknown] } }],
  },
  {
    rule: "cf-oac-lambda",
    accepts: [
      { props: { origins: [named(url, "E2QWRUHAPOMQZL")] } },
      { props: { origins: [named(unknown, unknown), named("shop.example.com"), bucket] } },
    ],
    refuses: [{ props: { origins: [named(url)] } }, { props: { origins: [named(unknown), named(url)] } }],
    unknown: [{ props: { origins: [named(unknown)] } }, { props: { origins: [unknown] } }],
  },
  {
    rule: "cf-origin-exists",
    accepts: [
      [distribution([{ domainName: unknown }], "files"), ofStack(undefined)],
      [distribution([bucket]), ofStack("shop")],
      [distribution([named("shop.example.com")])],
    ],
    refuses: [
      [distribution([bucket])],
      [distribution([bucket]), ofStack("other")],
      [distribution([named("shop.example.com"), {}])],
    ],
    unknown: [
      [distribution([{ domainName: unknown }])],
      [distribution([bucket]), ofStack(unknown)],
      [distribution(unknown)],
    ],
  },
] satisfies Cases[];
