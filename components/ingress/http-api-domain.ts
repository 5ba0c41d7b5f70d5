import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { AlarmTopics } from "../observability/severity";
import { Certificate } from "./certificate";

/** Who may call: holders of certificates that one of these authorities has signed. */
export interface MutualTls {
  /** The authorities' certificates, in PEM, in a bucket of the same region: `s3://bucket/authorities.pem`. */
  readonly truststoreUri: string;
  /** Of the object, where its bucket keeps versions: without it a change of the object is not seen. */
  readonly truststoreVersion?: string;
}

export interface HttpApiDomainArgs {
  readonly domainName: string;
  readonly publicZoneId: pulumi.Input<string>;
  readonly zoneOwner?: aws.Provider;
  readonly mutualTls?: MutualTls;
  /** Topics of its region, which hear when the certificate is not renewed; absent: nobody does. */
  readonly expiryTopics?: AlarmTopics;
  readonly apiId: pulumi.Input<string>;
  readonly stage: pulumi.Input<string>;
}

/** What it is called behind its name while it is only planned: a record takes no empty name. */
const notKnownYet = "not-known-yet";

/**
 * The name of an HTTP API: its certificate, TLS 1.2 or newer, and its records for both versions of IP.
 *
 * Refused: a truststore that is no object in S3.
 * Sources: API Gateway developer guide, "Custom domain names for HTTP APIs", "How to turn on mutual TLS
 * authentication for your HTTP APIs in API Gateway".
 */
export class HttpApiDomain extends pulumi.ComponentResource {
  constructor(name: string, args: HttpApiDomainArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:ingress:HttpApiDomain", name, {}, opts);
    const here = { parent: this };
    const { domainName, publicZoneId, mutualTls, zoneOwner } = args;
    if (mutualTls !== undefined && !/^s3:\/\/[a-z0-9.-]{3,63}\/\S+$/.test(mutualTls.truststoreUri))
      throw new Error(
        `the HTTP API ${name}: mutualTls.truststoreUri is "${mutualTls.truststoreUri}"; s3://bucket/authorities.pem would be right`,
      );
    const certificate = new Certificate(
      `${name}-api`,
      {
        domainNames: [domainName],
        publicZoneId,
        expiryTopics: args.expiryTopics,
        ...(zoneOwner === undefined ? {} : { zoneOwner }),
      },
      here,
    );
    const domain = new aws.apigatewayv2.DomainName(
      name,
      {
        domainName,
        domainNameConfiguration: {
          certificateArn: certificate.arn,
          endpointType: "REGIONAL",
          securityPolicy: "TLS_1_2",
          ipAddressType: "dualstack",
        },
        ...(mutualTls === undefined ? {} : { mutualTlsAuthentication: { ...mutualTls } }),
      },
      here,
    );
    new aws.apigatewayv2.ApiMapping(
      name,
      { apiId: args.apiId, domainName: domain.id, stage: args.stage },
      here,
    );
    const target = domain.domainNameConfiguration.apply(made => made?.targetDomainName ?? notKnownYet);
    const zoneId = domain.domainNameConfiguration.apply(made => made?.hostedZoneId ?? notKnownYet);
    for (const type of ["A", "AAAA"] as const)
      new aws.route53.Record(
        `${name}-${type.toLowerCase()}`,
        {
          zoneId: publicZoneId,
          name: domainName,
          type,
          aliases: [{ name: target, zoneId, evaluateTargetHealth: false }],
        },
        zoneOwner === undefined ? here : { ...here, provider: zoneOwner },
      );
    this.registerOutputs({});
  }
}
