import { inDev, inProd, somewhere } from "./environments";
import { type Cases, unknown } from "./example";

const distribution = (props: object = {}) => ({
  type: "aws:cloudfront/distribution:Distribution",
  name: "shop",
  props,
});
const logSource = (logType: string, ...madeFrom: string[]) => ({
  type: "aws:cloudwatch/logDeliverySource:LogDeliverySource",
  name: "shop-logs",
  props: { logType, resourceArn: unknown },
  madeFrom: { resourceArn: madeFrom },
});
const bucket = { originId: "files", domainName: "shop.s3.eu-central-1.amazonaws.com" };
const server = { originId: "server", domainName: "shop.example.com", customOriginConfig: {} };
const inside = { originId: "inside", domainName: unknown, vpcOriginConfig: { vpcOriginId: unknown } };
const asking = (targetOriginId: string, ...origins: unknown[]) => ({
  props: { defaultCacheBehavior: { targetOriginId }, origins },
});
const answering = (defaultCacheBehavior: unknown, ...orderedCacheBehaviors: unknown[]) => ({
  props: { defaultCacheBehavior, orderedCacheBehaviors },
});
const certificate = (viewerCertificate: unknown) => ({ props: { viewerCertificate } });

export default [
  {
    rule: "cf-viewer-https",
    accepts: [
      {
        props: {
          defaultCacheBehavior: { viewerProtocolPolicy: "redirect-to-https" },
          orderedCacheBehaviors: [{ viewerProtocolPolicy: "https-only" }],
        },
      },
    ],
    refuses: [
      { props: { defaultCacheBehavior: { viewerProtocolPolicy: "allow-all" } } },
      {},
      {
        props: {
          defaultCacheBehavior: { viewerProtocolPolicy: unknown },
          orderedCacheBehaviors: [{ viewerProtocolPolicy: "allow-all" }],
        },
      },
    ],
    unknown: [{ props: { defaultCacheBehavior: { viewerProtocolPolicy: unknown } } }],
  },
  {
    rule: "cf-viewer-tls-policy",
    accepts: [
      {
        props: { viewerCertificate: { acmCertificateArn: unknown, minimumProtocolVersion: "TLSv1.2_2021" } },
      },
      {
        props: { viewerCertificate: { acmCertificateArn: unknown, minimumProtocolVersion: "TLSv1.3_2025" } },
      },
    ],
    refuses: [
      {
        props: { viewerCertificate: { acmCertificateArn: unknown, minimumProtocolVersion: "TLSv1.2_2019" } },
      },
      {},
      {
        props: {
          viewerCertificate: { cloudfrontDefaultCertificate: true, minimumProtocolVersion: "TLSv1.2_2021" },
        },
      },
    ],
    unknown: [{ props: { viewerCertificate: { minimumProtocolVersion: unknown } } }],
  },
  {
    rule: "cf-custom-cert",
    accepts: [
      certificate({ acmCertificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/1" }),
      certificate({ acmCertificateArn: unknown }),
      certificate({ iamCertificateId: "certificate" }),
    ],
    refuses: [
      certificate({ cloudfrontDefaultCertificate: true }),
      certificate({ acmCertificateArn: "" }),
      {},
    ],
    unknown: [certificate(unknown)],
  },
  {
    rule: "cf-sni",
    accepts: [
      certificate({ sslSupportMethod: "sni-only" }),
      certificate({ cloudfrontDefaultCertificate: true }),
    ],
    refuses: [certificate({ sslSupportMethod: "vip" }), certificate({ sslSupportMethod: "static-ip" })],
    unknown: [certificate(unknown), certificate({ sslSupportMethod: unknown })],
  },
  {
    rule: "cf-waf",
    accepts: [
      { props: { webAclId: "arn:aws:wafv2:us-east-1:111122223333:global/webacl/shop/1" } },
      { props: { webAclId: unknown } },
    ],
    refuses: [{}, { props: { webAclId: "" } }],
  },
  {
    rule: "cf-no-trusted-signers",
    accepts: [
      answering({ trustedKeyGroups: [unknown] }, { trustedKeyGroups: ["group"], trustedSigners: [] }),
      answering({}),
    ],
    refuses: [answering({ trustedSigners: ["self"] }), answering({}, {}, { trustedSigners: [unknown] })],
    unknown: [answering(unknown), answering({}, { trustedSigners: unknown })],
  },
  {
    rule: "cf-default-root",
    accepts: [
      { props: { defaultRootObject: "index.html", ...asking("files", bucket).props } },
      asking("server", bucket, server),
      asking("inside", inside, bucket),
    ],
    refuses: [asking("files", bucket), asking("files", server, bucket)],
    unknown: [
      asking("files", unknown),
      asking(unknown, bucket),
      asking("files", { ...bucket, originId: unknown }),
    ],
  },
  {
    rule: "cf-headers-policy",
    accepts: [
      answering({ responseHeadersPolicyId: "67f7725c-6f97-4210-82d7-5512b31e9d03" }),
      answering({ responseHeadersPolicyId: unknown }, { responseHeadersPolicyId: unknown }),
    ],
    refuses: [answering({}), answering({ responseHeadersPolicyId: unknown }, {}), {}],
    unknown: [answering(unknown)],
  },
  {
    rule: "cf-hsts",
    accepts: [
      {
        props: {
          securityHeadersConfig: {
            strictTransportSecurity: {
              accessControlMaxAgeSec: 31536000,
              includeSubdomains: true,
              override: true,
            },
          },
        },
      },
    ],
    refuses: [{ props: { securityHeadersConfig: { contentTypeOptions: { override: true } } } }, {}],
    unknown: [{ props: { securityHeadersConfig: unknown } }],
  },
  {
    rule: "cf-logging",
    accepts: [
      [distribution(), logSource("ACCESS_LOGS", "shop")],
      [distribution({ loggingConfig: { bucket: "logs.s3.amazonaws.com" } })],
      [distribution({ loggingConfig: { bucket: unknown } })],
    ],
    refuses: [
      [distribution()],
      [distribution({ loggingConfig: { includeCookies: true } })],
      [distribution(), logSource("CONNECTION_LOGS", "shop")],
      [distribution(), { ...distribution(), name: "other" }, logSource("ACCESS_LOGS", "other")],
    ],
    unknown: [
      [distribution(), logSource("ACCESS_LOGS")],
      [distribution(), logSource(unknown, "shop")],
      [distribution({ loggingConfig: unknown })],
    ],
  },
  {
    rule: "cf-origin-failover",
    accepts: [
      {
        ...inProd,
        props: {
          originGroups: [{ originId: "both", members: [{ originId: "one" }, { originId: "other" }] }],
          defaultCacheBehavior: { targetOriginId: "both", allowedMethods: ["GET", "HEAD"] },
        },
      },
      inDev,
      ...["DELETE", "PATCH", "POST", "PUT"].map(method => ({
        ...inProd,
        ...answering({ allowedMethods: ["GET", "HEAD", method] }),
      })),
    ],
    refuses: [
      { ...inProd, ...answering({ targetOriginId: "one", allowedMethods: ["GET", "HEAD", "OPTIONS"] }) },
      { ...inProd, props: { originGroups: [] } },
    ],
    unknown: [
      { ...inProd, props: { originGroups: unknown } },
      { ...inProd, ...answering({ allowedMethods: ["GET", unknown] }) },
      somewhere,
    ],
  },
] satisfies Cases[];
