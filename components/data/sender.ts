import * as pulumi from "@pulumi/pulumi";
import { MailDomain } from "../mail/mail-domain";
import { Alarm } from "../observability/alarm";
import type { Keeping } from "./keeping";

export interface SenderArgs extends Keeping {
  /** A subdomain of the product's own, for example `mail.orders.dev.example.com`: one's bad mail harms no other's name. */
  readonly domainName: string;
  /** The account's public hosted zone that the domain lies in. */
  readonly zoneId: pulumi.Input<string>;
  /** The address that receivers report forgeries to once a day; see MailDomain. */
  readonly reportsTo: string;
  /** What receivers shall do with mail that only pretends to be from here; default: reject, since all of it is signed. */
  readonly dmarcPolicy?: "none" | "quarantine" | "reject";
}

/**
 * A domain that a product sends mail from with Amazon SES: all that MailDomain makes, and alarms before AWS looks into
 * it. AWS judges the account as a whole: one product's bad list stops everybody's mail. The account's list of addresses
 * not to write to is set once an account, and not here.
 *
 * There is no component for Amazon Pinpoint, which takes no new customers since 2025-05-20 and ends on 2026-10-30
 * (Amazon Pinpoint user guide, "Amazon Pinpoint end of support"). Its texts and push messages live on as AWS End User
 * Messaging; its campaigns and journeys went to Amazon Connect.
 *
 * Refused: what MailDomain refuses.
 * Sources: Amazon SES developer guide, "Amazon SES sending review process FAQs" (bounces from 5 % and complaints from
 * 0.1 % bring a review, from 10 % and 0.5 % a pause), "Creating reputation monitoring alarms using CloudWatch".
 */
export class Sender extends pulumi.ComponentResource {
  readonly domainName: string;
  readonly identityArn: string;
  readonly configurationSetName: string;

  constructor(name: string, args: SenderArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:data:Sender", name, {}, opts);
    const here = { parent: this };
    const { domainName } = args;
    const domain = new MailDomain(
      name,
      {
        at: args.at,
        domainName,
        zoneId: args.zoneId,
        dmarc: { reportsTo: args.reportsTo, policy: args.dmarcPolicy ?? "reject" },
        events: "eventbridge",
        suppressInAccount: false,
      },
      { ...here, protect: opts?.protect },
    );
    this.domainName = domainName;
    this.identityArn = domain.identityArn;
    this.configurationSetName = domain.configurationSetName;

    for (const { what, metricName, rate, percent } of [
      { what: "bounces", metricName: "Reputation.BounceRate", rate: 0.05, percent: 5 },
      { what: "complaints", metricName: "Reputation.ComplaintRate", rate: 0.001, percent: 0.1 },
    ])
      new Alarm(
        `${name}-${what}`,
        {
          namespace: "AWS/SES",
          metricName,
          dimensions: { "ses:configuration-set": this.configurationSetName },
          statistic: "Average",
          above: rate,
          period: 3_600,
          // SES says nothing while nothing is sent, and the rate is still what it was.
          withoutData: "ignore",
          severity: "critical",
          topics: args.alarmTopics,
          description: `More than ${percent} % of the mail from ${domainName} ${what === "bounces" ? "bounces" : "is complained about"}, at which AWS reviews the account and may stop all of its mail: stop what sends it, and clean its list by the events that SES puts on the default bus`,
        },
        here,
      );
    this.registerOutputs({ identityArn: this.identityArn });
  }
}
