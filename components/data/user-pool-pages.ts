import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Certificate } from "../ingress/certificate";
import { edgeRegion } from "../ingress/web-firewall";
import type { AlarmTopics } from "../observability/severity";

/** Where the pages are: below AWS's domain, or below one of the company's. */
export type UserPoolPagesChoices =
  | {
      /** `<prefix>.auth.<region>.amazoncognito.com`; unique in the region: small letters, digits and `-`. */
      readonly prefix: string;
    }
  | {
      /** Such as `login.shop.example.com`; AWS wants an A record at the name above it to be there already. */
      readonly domainName: string;
      readonly publicZoneId: pulumi.Input<string>;
      readonly zoneOwner?: aws.Provider;
      /** Topics of us-east-1, which hear when the certificate is not renewed; absent: nobody does. */
      readonly expiryTopics?: AlarmTopics;
    };

export type UserPoolPagesArgs = UserPoolPagesChoices & {
  readonly userPoolId: pulumi.Input<string>;
  /** Clients, by name, whose users see the newer pages; none: the classic ones. */
  readonly styled: Readonly<Record<string, pulumi.Input<string>>>;
};

/**
 * The pages of a user pool where users sign in: managed login, or the classic ones of the plan LITE.
 * Sources: Amazon Cognito developer guide, "Configuring a user pool domain", "Using your own domain for
 * managed login", "Apply branding to managed login pages".
 */
export class UserPoolPages extends pulumi.ComponentResource {
  constructor(name: string, args: UserPoolPagesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:data:UserPoolPages", name, {}, opts);
    const here = { parent: this };
    const { userPoolId } = args;
    const version = Object.keys(args.styled).length === 0 ? 1 : 2;

    if ("prefix" in args)
      new aws.cognito.UserPoolDomain(
        name,
        { userPoolId, domain: args.prefix, managedLoginVersion: version },
        here,
      );
    else {
      const { domainName, publicZoneId, zoneOwner } = args;
      const certificate = new Certificate(
        `${name}-pages`,
        {
          domainNames: [domainName],
          publicZoneId,
          region: edgeRegion,
          ...(zoneOwner === undefined ? {} : { zoneOwner }),
          expiryTopics: args.expiryTopics,
        },
        here,
      );
      const domain = new aws.cognito.UserPoolDomain(
        name,
        {
          userPoolId,
          domain: domainName,
          certificateArn: certificate.arn,
          managedLoginVersion: version,
        },
        here,
      );
      for (const type of ["A", "AAAA"] as const)
        new aws.route53.Record(
          `${name}-${type.toLowerCase()}`,
          {
            zoneId: publicZoneId,
            name: domainName,
            type,
            aliases: [
              {
                name: domain.cloudfrontDistribution,
                zoneId: domain.cloudfrontDistributionZoneId,
                evaluateTargetHealth: false,
              },
            ],
          },
          zoneOwner === undefined ? here : { ...here, provider: zoneOwner },
        );
    }
    for (const [client, clientId] of Object.entries(args.styled))
      new aws.cognito.ManagedLoginBranding(
        `${name}-${client}`,
        { userPoolId, clientId, useCognitoProvidedValues: true },
        here,
      );
    this.registerOutputs({});
  }
}
