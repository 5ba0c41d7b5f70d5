import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { AlarmTopics } from "../observability/severity";
import { Certificate } from "./certificate";
import { edgeRegion } from "./web-firewall";

export interface GraphqlDomainArgs {
  readonly name: string;
  readonly publicZoneId: pulumi.Input<string>;
  readonly zoneOwner?: aws.Provider;
  /** Topics of us-east-1, which hear when the certificate is not renewed; absent: nobody does. */
  readonly expiryTopics?: AlarmTopics;
  readonly apiId: pulumi.Input<string>;
}

/**
 * The name of a GraphQL API, with its certificate in us-east-1 and its records for both versions of IP. The
 * firewall is the API's, so that the address which AWS gave it is no way past.
 * Source: AWS AppSync developer guide, "Configuring custom domain names for GraphQL and real-time APIs".
 */
export class GraphqlDomain extends pulumi.ComponentResource {
  constructor(name: string, args: GraphqlDomainArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:ingress:GraphqlDomain", name, {}, opts);
    const here = { parent: this };
    const { publicZoneId, zoneOwner } = args;
    const certificate = new Certificate(
      `${name}-graphql`,
      {
        domainNames: [args.name],
        publicZoneId,
        region: edgeRegion,
        ...(zoneOwner === undefined ? {} : { zoneOwner }),
        expiryTopics: args.expiryTopics,
      },
      here,
    );
    const domain = new aws.appsync.DomainName(
      name,
      { domainName: args.name, certificateArn: certificate.arn },
      here,
    );
    new aws.appsync.DomainNameApiAssociation(
      name,
      { apiId: args.apiId, domainName: domain.domainName },
      here,
    );
    for (const type of ["A", "AAAA"] as const)
      new aws.route53.Record(
        `${name}-${type.toLowerCase()}`,
        {
          zoneId: publicZoneId,
          name: args.name,
          type,
          aliases: [
            { name: domain.appsyncDomainName, zoneId: domain.hostedZoneId, evaluateTargetHealth: false },
          ],
        },
        zoneOwner === undefined ? here : { ...here, provider: zoneOwner },
      );
    this.registerOutputs({});
  }
}
