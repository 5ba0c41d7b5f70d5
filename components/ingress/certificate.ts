import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface CertificateArgs {
  /** The names it is for; the first is its subject. */
  readonly domainNames: readonly [string, ...string[]];
  /** The public hosted zone that all the names lie in: where their owner proves that they are theirs. */
  readonly publicZoneId: pulumi.Input<string>;
  /** Where it is used; CloudFront's must be in us-east-1. Default: the provider's region. */
  readonly region?: string;
  /** Acts in the zone's account, where that is another. */
  readonly zoneOwner?: aws.Provider;
}

/**
 * An ACM certificate, validated by DNS so that it renews by itself. `arn` is known when it has been issued.
 * Source: ACM user guide, "DNS validation"; FSBP control ACM.1.
 */
export class Certificate extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: CertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:ingress:Certificate", name, {}, opts);
    const { region } = args;
    const [domainName, ...subjectAlternativeNames] = args.domainNames;
    const certificate = new aws.acm.Certificate(
      name,
      { domainName, subjectAlternativeNames, validationMethod: "DNS", keyAlgorithm: "EC_prime256v1", region },
      { parent: this },
    );
    const records = args.domainNames.map(domain => {
      const proof = certificate.domainValidationOptions.apply(options => {
        // ACM does not return the proofs in the order of the names.
        const found =
          args.domainNames.length === 1 ? options[0] : options.find(({ domainName: its }) => its === domain);
        if (found === undefined) throw new Error(`ACM asked for no proof of ${domain}`);
        return found;
      });
      return new aws.route53.Record(
        domain === domainName ? `${name}-validation` : `${name}-validation-${domain}`,
        {
          zoneId: args.publicZoneId,
          name: proof.resourceRecordName,
          type: proof.resourceRecordType as pulumi.Output<aws.route53.RecordType>,
          records: [proof.resourceRecordValue],
          ttl: 300,
          allowOverwrite: true,
        },
        { parent: this, ...(args.zoneOwner === undefined ? {} : { provider: args.zoneOwner }) },
      );
    });
    const issued = new aws.acm.CertificateValidation(
      name,
      { certificateArn: certificate.arn, validationRecordFqdns: records.map(record => record.fqdn), region },
      { parent: this },
    );
    this.arn = issued.certificateArn;
    this.registerOutputs({ arn: this.arn });
  }
}
