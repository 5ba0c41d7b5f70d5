import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Alarm } from "../observability/alarm";
import { type AlarmTopics, severities } from "../observability/severity";

/** Another zone that some of the names lie in. */
export interface OtherZone {
  /** It proves this name and those below it, wildcards too. */
  readonly domain: string;
  readonly zoneId: pulumi.Input<string>;
  /** Acts in that zone's account, where it is another. */
  readonly owner?: aws.Provider;
}

export interface CertificateArgs {
  /** The names it is for; the first is its subject. ACM takes ten unless its quota is raised. */
  readonly domainNames: readonly [string, ...string[]];
  /** The public hosted zone that the names lie in: where their owner proves that they are theirs. */
  readonly publicZoneId: pulumi.Input<string>;
  /** Acts in the zone's account, where that is another. */
  readonly zoneOwner?: aws.Provider;
  /** Zones of names that do not lie in that one; of several that fit, the first. Default: none. */
  readonly otherZones?: readonly OtherZone[];
  /** Where it is used; CloudFront's must be in us-east-1. Default: the provider's region. */
  readonly region?: string;
  /** Topics of that region, which hear when it is not renewed; absent: nobody does. */
  readonly expiryTopics?: AlarmTopics;
}

/**
 * An ACM certificate, validated by DNS so that it renews by itself. `arn` is known when it has been issued. A name and
 * its wildcard have one proof, which is written once: else giving up one of them would delete the other's.
 *
 * ACM renews it two months before its end, 45 days where it is good for half a year. Where it is near its end
 * nevertheless, one of its proofs is no longer in its zone: a warning 30 days before, critical from 14 on.
 *
 * Refused: a name that is there twice.
 * Sources: ACM user guide, "DNS validation", "Managed certificate renewal", "Supported CloudWatch metrics"; FSBP
 * control ACM.1.
 */
export class Certificate extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: CertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:ingress:Certificate", name, {}, opts);
    const { region, domainNames, otherZones = [] } = args;
    const [domainName, ...subjectAlternativeNames] = domainNames;
    const twice = domainNames.find((its, index) => domainNames.indexOf(its) < index);
    if (twice !== undefined) throw new Error(`domainNames holds ${twice} twice`);
    const certificate = new aws.acm.Certificate(
      name,
      { domainName, subjectAlternativeNames, validationMethod: "DNS", keyAlgorithm: "EC_prime256v1", region },
      { parent: this },
    );
    const proven = domainNames.filter(
      (its, index) =>
        domainNames.findIndex(other => withoutWildcard(other) === withoutWildcard(its)) === index,
    );
    const records = proven.map(domain => {
      // ACM does not return the proofs in the order of the names.
      const proof = certificate.domainValidationOptions.apply(options => {
        const [only] = options ?? [];
        return domainNames.length === 1 ? only : options?.find(({ domainName: its }) => its === domain);
      });
      const zone = otherZoneOf(domain, otherZones) ?? {
        zoneId: args.publicZoneId,
        owner: args.zoneOwner,
      };
      return new aws.route53.Record(
        domain === domainName ? `${name}-validation` : `${name}-validation-${domain}`,
        {
          zoneId: zone.zoneId,
          name: proof.apply(its => its?.resourceRecordName ?? ""),
          type: proof.apply(its => (its?.resourceRecordType ?? "CNAME") as aws.route53.RecordType),
          records: [proof.apply(its => its?.resourceRecordValue ?? "")],
          ttl: 300,
          allowOverwrite: true,
        },
        { parent: this, ...(zone.owner === undefined ? {} : { provider: zone.owner }) },
      );
    });
    const issued = new aws.acm.CertificateValidation(
      name,
      { certificateArn: certificate.arn, validationRecordFqdns: records.map(record => record.fqdn), region },
      { parent: this },
    );
    this.arn = issued.certificateArn;
    const { expiryTopics } = args;
    if (expiryTopics !== undefined)
      for (const severity of severities)
        new Alarm(
          `${name}-certificate-${severity}`,
          {
            namespace: "AWS/CertificateManager",
            metricName: "DaysToExpiry",
            dimensions: { CertificateArn: certificate.arn },
            statistic: "Minimum",
            below: daysLeft[severity],
            // It is measured twice a day.
            period: 86_400,
            withoutData: "ignore",
            description: `The certificate of ${domainNames.join(", ")} ends in less than ${daysLeft[severity]} days, and ACM has not renewed it: see at the certificate in ACM which name is not proven, and put its CNAME record back into its public zone, or the zone's delegation into its parent`,
            severity,
            topics: expiryTopics,
            ...(region === undefined ? {} : { region }),
          },
          { parent: this },
        );
    this.registerOutputs({ arn: this.arn });
  }
}

/** ACM should have renewed it long before. */
const daysLeft = { critical: 14, warning: 30 } as const;

const withoutWildcard = (domain: string): string => domain.replace(/^\*\./, "");

export function otherZoneOf(domainName: string, otherZones: readonly OtherZone[]): OtherZone | undefined {
  const exact = withoutWildcard(domainName);
  return otherZones.find(({ domain }) => exact === domain || exact.endsWith(`.${domain}`));
}
