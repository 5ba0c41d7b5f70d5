/** What DNS says of a domain that mail is sent from. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface MailRecords {
  readonly domainName: string;
  readonly zoneId: pulumi.Input<string>;
  readonly region: string;
  readonly mailFromDomain: string;
  readonly dmarc: { readonly policy: string; readonly reportsTo: string };
  /** Of Easy DKIM, always three. */
  readonly tokens: pulumi.Output<string[]>;
}

/** Source: AWS General Reference, "Amazon Simple Email Service endpoints and quotas", "DKIM domains". */
const regionsWithOwnKeys: readonly string[] = [
  "af-south-1",
  "ap-northeast-3",
  "ap-south-2",
  "ap-southeast-3",
  "ap-southeast-5",
  "ca-west-1",
  "eu-central-2",
  "eu-south-1",
  "il-central-1",
  "me-central-1",
];

/**
 * The three CNAMEs by which SES proves that the domain is the sender's and publishes the keys that mail is signed
 * with, MX and SPF of the return path, and DMARC, which says what to do with mail that has neither.
 *
 * Refused: a DMARC record of more than 255 letters, which DNS would cut in two.
 * Sources: Amazon SES developer guide, "Easy DKIM in Amazon SES", "Using a custom MAIL FROM domain"; RFC 7489.
 */
export function mailRecords(
  parent: pulumi.ComponentResource,
  name: string,
  { domainName, zoneId, region, mailFromDomain, dmarc, tokens }: MailRecords,
): aws.route53.Record[] {
  const record = (
    what: string,
    its: { name: pulumi.Input<string>; type: aws.route53.RecordType; value: pulumi.Input<string> },
  ) =>
    new aws.route53.Record(
      `${name}-${what}`,
      { zoneId, name: its.name, type: its.type, records: [its.value], ttl: 300 },
      { parent },
    );
  const keys = regionsWithOwnKeys.includes(region) ? `dkim.${region}.amazonses.com` : "dkim.amazonses.com";
  const promise = `v=DMARC1; p=${dmarc.policy}; rua=mailto:${dmarc.reportsTo}`;
  if (promise.length > 255)
    throw new Error(
      `the DMARC record has ${promise.length} characters, and DNS takes 255: shorten reportsTo`,
    );
  return [
    ...[0, 1, 2].map(index => {
      const token = tokens.apply(all => all?.[index] as string);
      return record(`dkim-${index + 1}`, {
        name: pulumi.interpolate`${token}._domainkey.${domainName}`,
        type: "CNAME",
        value: pulumi.interpolate`${token}.${keys}`,
      });
    }),
    record("mx", {
      name: mailFromDomain,
      type: "MX",
      value: `10 feedback-smtp.${region}.amazonses.com`,
    }),
    record("spf", { name: mailFromDomain, type: "TXT", value: "v=spf1 include:amazonses.com ~all" }),
    record("dmarc", { name: `_dmarc.${domainName}`, type: "TXT", value: promise }),
  ];
}
