import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Location } from "../location";
import type { AlarmTopics } from "../observability/severity";
import { EncryptionKey } from "../security/encryption-key";
import { Certificate } from "./certificate";
import { logRequests } from "./content-logs";
import { behaviour, type ContentOrigin, originOf } from "./content-origins";
import { checkContent, inOrderOfPaths } from "./content-rules";
import type { FirewallChoices } from "./firewall-rules";
import { edgeRegion, firewallLogGroup, WebFirewall } from "./web-firewall";

export interface ContentDeliveryArgs {
  readonly at: Location;
  /**
   * Names its firewall, its key and its log groups; unique in the account: for example the product's name.
   */
  readonly siteName: string;
  /**
   * What the public calls it. Load balancers behind it must present a certificate that holds these names too.
   */
  readonly domainNames: readonly [string, ...string[]];
  /** Topics of us-east-1, which hear when the certificate is not renewed; absent: nobody does. */
  readonly expiryTopics?: AlarmTopics;
  /** The hosted zone of the names. */
  readonly publicZoneId: pulumi.Input<string>;
  /** Acts in the zone's account, where that is another. */
  readonly zoneOwner?: aws.Provider;
  /** Where the content comes from, by short names. */
  readonly origins: Readonly<Record<string, ContentOrigin>>;
  /** The origin that answers where no path matches. */
  readonly otherwise: string;
  /** Path patterns that other origins answer, such as `/static/*`; the most specific is looked at first. */
  readonly paths?: Readonly<Record<string, string>>;
  /** Of a bucket: what `/` is; default `index.html`, where `otherwise` is a bucket. */
  readonly rootObject?: string;
  readonly firewall: FirewallChoices;
  readonly headers?: {
    /** What browsers may load and run; an answer's own is kept. Absent: what the application says. */
    readonly contentSecurityPolicy?: string;
    /** Whether pages may be shown inside others of the same site; default `DENY`. An answer's own is kept. */
    readonly frames?: "DENY" | "SAMEORIGIN";
  };
  /** Countries, by two letters of ISO 3166, that alone may call it, or that may not. Absent: all may. */
  readonly countries?: { readonly only: readonly string[] } | { readonly but: readonly string[] };
  /** Default `TLSv1.2_2025`. */
  readonly minimumTls?: "TLSv1.2_2021" | "TLSv1.2_2025" | "TLSv1.3_2025";
  /** How many of the edge's places: 100 those of North America and Europe; default `PriceClass_100`. */
  readonly priceClass?: "PriceClass_100" | "PriceClass_200" | "PriceClass_All";
  readonly logRetentionDays: number;
  /** Why the public may call it, in 20 characters or more; kept as a tag. */
  readonly allowPublic: string;
}

/** The alias of the key, in us-east-1, that a site's logs are encrypted with. */
export const edgeKeyAlias = (siteName: string): string => `${siteName}-edge`;

/**
 * A CloudFront distribution: the public door of a product, with a web application firewall in it. Load
 * balancers stay inside the VPC, which CloudFront reaches through a VPC origin, and buckets stay closed: it
 * signs what it asks of them. What is on the internet itself must ask CloudFront for a certificate, so that
 * nobody gets past the firewall: a header with a secret in it would be known to whoever may describe the
 * distribution. AWS's list of CloudFront's addresses is no proof either, for it holds every customer's
 * distributions.
 *
 * What comes from a bucket is kept at the edge, the rest is passed on. Browsers are told to use HTTPS only,
 * for two years. Requests and what the firewall thought of them are logged, both encrypted with a key in
 * us-east-1.
 *
 * Refused: an origin that is named and not there, or the other way round; a path that is no pattern; a
 * country that is not two capital letters; a reason of fewer than 20 characters.
 * Sources: CloudFront developer guide, "Restrict access with VPC origins", "Restrict access to an Amazon S3
 * origin", "Mutual TLS (origin) with CloudFront", "Understand response headers policies"; FSBP controls
 * CloudFront.1, CloudFront.3, CloudFront.5, CloudFront.6, CloudFront.7, CloudFront.9, CloudFront.10,
 * CloudFront.13, CloudFront.15.
 */
export class ContentDelivery extends pulumi.ComponentResource {
  readonly distributionArn: pulumi.Output<string>;
  readonly distributionId: pulumi.Output<string>;

  constructor(name: string, args: ContentDeliveryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:ingress:ContentDelivery", name, {}, opts);
    checkContent(name, args);
    const here = { parent: this };
    const edge = { accountId: args.at.accountId, region: edgeRegion };
    const { siteName } = args;
    const logGroupName = `/landing-zone/${siteName}/edge`;

    const key = new EncryptionKey(
      `${name}-edge`,
      {
        alias: edgeKeyAlias(siteName),
        description: `Logs of ${siteName} at the edge`,
        at: edge,
        logGroups: [logGroupName, firewallLogGroup(siteName)],
      },
      { ...here, protect: opts?.protect },
    );
    const kept = { keyArn: key.arn, logRetentionDays: args.logRetentionDays };
    const firewall = new WebFirewall(
      `${name}-edge`,
      { ...args.firewall, ...kept, firewallName: siteName, scope: "CLOUDFRONT", at: edge },
      here,
    );
    const certificate = new Certificate(
      `${name}-edge`,
      {
        domainNames: args.domainNames,
        publicZoneId: args.publicZoneId,
        region: edgeRegion,
        zoneOwner: args.zoneOwner,
        expiryTopics: args.expiryTopics,
      },
      here,
    );
    const headers = securityHeaders(name, args, here);
    const answeredBy = (originId: string) => ({
      targetOriginId: originId,
      viewerProtocolPolicy: "redirect-to-https",
      cachedMethods: ["GET", "HEAD"],
      compress: true,
      responseHeadersPolicyId: headers.id,
      ...behaviour(args.origins[originId] as ContentOrigin),
    });
    const fromBucket = args.origins[args.otherwise]?.kind === "bucket";
    const distribution = new aws.cloudfront.Distribution(
      name,
      {
        enabled: true,
        comment: args.domainNames[0],
        aliases: [...args.domainNames],
        httpVersion: "http2and3",
        isIpv6Enabled: true,
        priceClass: args.priceClass ?? "PriceClass_100",
        webAclId: firewall.arn,
        origins: Object.entries(args.origins).map(([id, origin]) => originOf(name, id, origin, here)),
        defaultCacheBehavior: answeredBy(args.otherwise),
        orderedCacheBehaviors: inOrderOfPaths(args.paths ?? {}).map(([pathPattern, origin]) => ({
          pathPattern,
          ...answeredBy(origin),
        })),
        defaultRootObject: fromBucket ? (args.rootObject ?? "index.html") : undefined,
        restrictions: { geoRestriction: geoRestriction(args.countries) },
        viewerCertificate: {
          acmCertificateArn: certificate.arn,
          sslSupportMethod: "sni-only",
          minimumProtocolVersion: args.minimumTls ?? "TLSv1.2_2025",
        },
        tags: { "allow-public": args.allowPublic },
      },
      here,
    );
    logRequests(
      name,
      { ...kept, distributionArn: distribution.arn, logGroupName, retentionDays: args.logRetentionDays },
      here,
    );
    args.domainNames.forEach((domainName, index) => {
      for (const type of ["A", "AAAA"] as const)
        new aws.route53.Record(
          `${name}-${type.toLowerCase()}${index === 0 ? "" : `-${domainName}`}`,
          {
            zoneId: args.publicZoneId,
            name: domainName,
            type,
            aliases: [
              {
                name: distribution.domainName,
                zoneId: distribution.hostedZoneId,
                evaluateTargetHealth: false,
              },
            ],
          },
          args.zoneOwner === undefined ? here : { ...here, provider: args.zoneOwner },
        );
    });
    this.distributionArn = distribution.arn;
    this.distributionId = distribution.id;
    this.registerOutputs({ distributionArn: this.distributionArn });
  }
}

const geoRestriction = (countries: ContentDeliveryArgs["countries"]) => {
  if (countries === undefined) return { restrictionType: "none" };
  return "only" in countries
    ? { restrictionType: "whitelist", locations: [...countries.only] }
    : { restrictionType: "blacklist", locations: [...countries.but] };
};

function securityHeaders(
  name: string,
  { headers = {} }: ContentDeliveryArgs,
  opts: pulumi.CustomResourceOptions,
): aws.cloudfront.ResponseHeadersPolicy {
  const { contentSecurityPolicy, frames = "DENY" } = headers;
  return new aws.cloudfront.ResponseHeadersPolicy(
    name,
    {
      securityHeadersConfig: {
        strictTransportSecurity: {
          // Two years, as lists of sites that browsers ask over HTTPS only demand.
          accessControlMaxAgeSec: 63_072_000,
          includeSubdomains: true,
          preload: true,
          override: true,
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: frames, override: false },
        referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override: false },
        ...(contentSecurityPolicy === undefined
          ? {}
          : { contentSecurityPolicy: { contentSecurityPolicy, override: false } }),
      },
      removeHeadersConfig: { items: ["Server", "X-Powered-By"].map(header => ({ header })) },
    },
    opts,
  );
}
