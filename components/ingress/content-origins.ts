import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { shortName } from "../short-name";

/** Where the content comes from. */
export type ContentOrigin =
  | {
      /**
       * An internal load balancer, which CloudFront reaches inside the VPC. Its certificate must hold the
       * site's names.
       */
      readonly kind: "loadBalancer";
      readonly arn: pulumi.Input<string>;
      readonly dnsName: pulumi.Input<string>;
    }
  | {
      /** A bucket's objects; its policy needs `contentReads`, and its key's `contentDecrypts`. */
      readonly kind: "bucket";
      readonly bucketName: string;
      readonly region: string;
    }
  | {
      /**
       * What is on the internet itself, such as an HttpApi or a public load balancer. So that nobody gets
       * past the firewall, it must ask for a client certificate, and this is the one that CloudFront shows:
       * in ACM in us-east-1, for TLS client authentication.
       */
      readonly kind: "public";
      readonly domainName: pulumi.Input<string>;
      readonly clientCertificateArn: pulumi.Input<string>;
    }
  | {
      readonly kind: "public";
      readonly domainName: pulumi.Input<string>;
      /** Why it does no harm that it can be called past the firewall, in 20 characters or more. */
      readonly allowBypass: string;
    };

/** CloudFront's own policies. Source: CloudFront developer guide, "Use managed ... policies". */
const managed = {
  cachingDisabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  cachingOptimized: "658327ea-f89d-4fab-a63d-7e88639e58f6",
  allViewer: "216adef6-5c7f-47e4-b989-5492eafa07d3",
  allViewerExceptHostHeader: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
};

const reading = ["GET", "HEAD", "OPTIONS"];
const everything = [...reading, "PUT", "POST", "PATCH", "DELETE"];

/** What may be asked of an origin, what of it is kept at the edge, and what of a request it sees. */
export function behaviour(origin: ContentOrigin) {
  switch (origin.kind) {
    case "loadBalancer":
      // It presents a certificate for the site's name, which CloudFront compares with the Host header that it
      // passes on.
      return {
        allowedMethods: everything,
        cachePolicyId: managed.cachingDisabled,
        originRequestPolicyId: managed.allViewer,
      };
    case "bucket":
      return { allowedMethods: reading, cachePolicyId: managed.cachingOptimized };
    case "public":
      // It is called by a name of its own.
      return {
        allowedMethods: everything,
        cachePolicyId: managed.cachingDisabled,
        originRequestPolicyId: managed.allViewerExceptHostHeader,
      };
  }
}

/** Makes what CloudFront needs to get to an origin, and says how it gets there. */
export function originOf(
  name: string,
  originId: string,
  origin: ContentOrigin,
  opts: pulumi.CustomResourceOptions,
): aws.types.input.cloudfront.DistributionOrigin {
  switch (origin.kind) {
    case "loadBalancer": {
      const inside = new aws.cloudfront.VpcOrigin(
        `${name}-${originId}`,
        {
          vpcOriginEndpointConfig: {
            name: shortName(`${name}-${originId}`, 64),
            arn: origin.arn,
            httpPort: 80,
            httpsPort: 443,
            originProtocolPolicy: "https-only",
            originSslProtocols: { items: ["TLSv1.2"], quantity: 1 },
          },
        },
        opts,
      );
      return { originId, domainName: origin.dnsName, vpcOriginConfig: { vpcOriginId: inside.id } };
    }
    case "bucket": {
      const control = new aws.cloudfront.OriginAccessControl(
        `${name}-${originId}`,
        {
          name: shortName(`${name}-${originId}`, 64),
          originAccessControlOriginType: "s3",
          signingBehavior: "always",
          signingProtocol: "sigv4",
        },
        opts,
      );
      return {
        originId,
        domainName: `${origin.bucketName}.s3.${origin.region}.amazonaws.com`,
        originAccessControlId: control.id,
      };
    }
    case "public":
      return {
        originId,
        domainName: origin.domainName,
        customOriginConfig: {
          httpPort: 80,
          httpsPort: 443,
          originProtocolPolicy: "https-only",
          originSslProtocols: ["TLSv1.2"],
          ...("clientCertificateArn" in origin
            ? { originMtlsConfig: { clientCertificateArn: origin.clientCertificateArn } }
            : {}),
        },
      };
  }
}
