import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Certificate } from "./certificate";

export interface ContentDeliveryArgs {
  /** What the public calls it. The load balancer's certificate must hold it too. */
  readonly domainName: string;
  /** The hosted zone of the name. */
  readonly publicZoneId: pulumi.Input<string>;
  /** The internal load balancer behind it. */
  readonly loadBalancer: { readonly arn: pulumi.Input<string>; readonly dnsName: pulumi.Input<string> };
  /** Requests that one address may send in five minutes. */
  readonly rateLimit: number;
  /** Why the public may call it; kept as a tag. */
  readonly allowPublic: string;
}

/** CloudFront, and what belongs to it, lives here whatever region the product is in. */
const edgeRegion = "us-east-1";

/** CloudFront's own policies. Source: CloudFront developer guide, "Use managed ... policies". */
const managed = {
  cachingDisabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  allViewer: "216adef6-5c7f-47e4-b989-5492eafa07d3",
  securityHeaders: "67f7725c-6f97-4210-82d7-5512b31e9d03",
};

const ruleGroups = [
  "AWSManagedRulesAmazonIpReputationList",
  "AWSManagedRulesCommonRuleSet",
  "AWSManagedRulesKnownBadInputsRuleSet",
];

/**
 * A CloudFront distribution before an internal load balancer: the only public door of a product, with a web
 * application firewall in it. CloudFront reaches the load balancer through a VPC origin, so that nothing in the VPC
 * has a public address. Answers are passed on, not cached: what may be cached, the application says.
 *
 * Sources: CloudFront developer guide, "Restrict access with VPC origins"; FSBP controls CloudFront.3,
 * CloudFront.6, CloudFront.7, CloudFront.9, CloudFront.10, CloudFront.15.
 */
export class ContentDelivery extends pulumi.ComponentResource {
  constructor(name: string, args: ContentDeliveryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:ingress:ContentDelivery", name, {}, opts);
    const here = { parent: this };

    const firewall = this.firewall(name, args.rateLimit);
    const certificate = new Certificate(
      `${name}-edge`,
      { domainNames: [args.domainName], publicZoneId: args.publicZoneId, region: edgeRegion },
      here,
    );
    const origin = new aws.cloudfront.VpcOrigin(
      name,
      {
        vpcOriginEndpointConfig: {
          name,
          arn: args.loadBalancer.arn,
          httpPort: 80,
          httpsPort: 443,
          originProtocolPolicy: "https-only",
          originSslProtocols: { items: ["TLSv1.2"], quantity: 1 },
        },
      },
      here,
    );
    const distribution = new aws.cloudfront.Distribution(
      name,
      {
        enabled: true,
        comment: args.domainName,
        aliases: [args.domainName],
        httpVersion: "http2and3",
        isIpv6Enabled: true,
        webAclId: firewall.arn,
        origins: [
          {
            originId: "load-balancer",
            domainName: args.loadBalancer.dnsName,
            vpcOriginConfig: { vpcOriginId: origin.id },
          },
        ],
        defaultCacheBehavior: {
          targetOriginId: "load-balancer",
          viewerProtocolPolicy: "redirect-to-https",
          allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
          cachedMethods: ["GET", "HEAD"],
          cachePolicyId: managed.cachingDisabled,
          originRequestPolicyId: managed.allViewer,
          responseHeadersPolicyId: managed.securityHeaders,
          compress: true,
        },
        restrictions: { geoRestriction: { restrictionType: "none" } },
        viewerCertificate: {
          acmCertificateArn: certificate.arn,
          sslSupportMethod: "sni-only",
          minimumProtocolVersion: "TLSv1.2_2021",
        },
        tags: { "allow-public": args.allowPublic },
      },
      here,
    );
    for (const type of ["A", "AAAA"] as const)
      new aws.route53.Record(
        `${name}-${type.toLowerCase()}`,
        {
          zoneId: args.publicZoneId,
          name: args.domainName,
          type,
          aliases: [
            { name: distribution.domainName, zoneId: distribution.hostedZoneId, evaluateTargetHealth: false },
          ],
        },
        here,
      );
    this.registerOutputs({});
  }

  private firewall(name: string, rateLimit: number): aws.wafv2.WebAcl {
    const visible = (metricName: string) => ({
      metricName,
      cloudwatchMetricsEnabled: true,
      sampledRequestsEnabled: true,
    });
    return new aws.wafv2.WebAcl(
      name,
      {
        scope: "CLOUDFRONT",
        region: edgeRegion,
        defaultAction: { allow: {} },
        visibilityConfig: visible(name),
        rules: [
          {
            name: "rate-limit",
            priority: 0,
            action: { block: {} },
            statement: { rateBasedStatement: { limit: rateLimit, aggregateKeyType: "IP" } },
            visibilityConfig: visible("rate-limit"),
          },
          ...ruleGroups.map((group, index) => ({
            name: group,
            priority: index + 1,
            overrideAction: { none: {} },
            statement: { managedRuleGroupStatement: { vendorName: "AWS", name: group } },
            visibilityConfig: visible(group),
          })),
        ],
      },
      { parent: this },
    );
  }
}
