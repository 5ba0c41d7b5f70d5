import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../identity/policy-document";
import { arn, type Location } from "../location";
import { shortName } from "../short-name";
import { mailRecords } from "./mail-records";

/** Source: Amazon SES API v2 reference, "EventDestinationDefinition"; opens and clicks, which track people, are not. */
export type MailEvent =
  | "SEND"
  | "REJECT"
  | "BOUNCE"
  | "COMPLAINT"
  | "DELIVERY"
  | "RENDERING_FAILURE"
  | "DELIVERY_DELAY"
  | "SUBSCRIPTION";

export interface MailDomainArgs {
  readonly at: Location;
  /** What mail is from: `example.com` of `desk@example.com`, in lower case. */
  readonly domainName: string;
  /** The public hosted zone that the domain is or lies in. */
  readonly zoneId: pulumi.Input<string>;
  /** The subdomain that bounces go to, for nothing else; default: `bounce`. */
  readonly mailFrom?: string;
  readonly dmarc: {
    /** What receivers shall do with mail that only pretends; default: quarantine. */
    readonly policy?: "none" | "quarantine" | "reject";
    /**
     * The address that receivers report to once a day. One of another domain must be let in there by a TXT record
     * `<domainName>._report._dmarc.<the other>` with `v=DMARC1`.
     */
    readonly reportsTo: string;
  };
  /**
   * Where it is told what became of mail: the account's default event bus, or a topic, which must let
   * `ses.amazonaws.com` publish, as must its key; see Topic's `publishers`.
   */
  readonly events: "eventbridge" | { readonly topicArn: pulumi.Input<string> };
  /** Default: all that went wrong. */
  readonly eventTypes?: readonly MailEvent[];
  /** Sets the suppression list of the account and region; say false in all but one of their domains. Default: true. */
  readonly suppressInAccount?: boolean;
}

const suppressedReasons = ["BOUNCE", "COMPLAINT"];
const whatWentWrong: readonly MailEvent[] = [
  "BOUNCE",
  "COMPLAINT",
  "REJECT",
  "RENDERING_FAILURE",
  "DELIVERY_DELAY",
];

/**
 * A domain that Amazon SES may send mail from: signed (DKIM, 2048 bit), with its own return path (MAIL FROM), so that
 * DMARC holds by both; delivered over TLS or not at all; nobody who bounced or complained is written to again. `send`
 * lets a role send from it. Who starts is in SES's sandbox, and leaves it by a request to AWS.
 *
 * Refused: a domain, subdomain or address that is none, a MAIL FROM that is longer than a name may be, no event type.
 * Sources: Amazon SES developer guide, "Easy DKIM in Amazon SES", "Using a custom MAIL FROM domain", "Complying with
 * DMARC authentication protocol in Amazon SES", "Amazon SES and security protocols", "Using the Amazon SES
 * account-level suppression list", "Creating Amazon SES event destinations"; AWS Config rule
 * ses-sending-tls-required.
 */
export class MailDomain extends pulumi.ComponentResource {
  readonly identityArn: string;
  readonly configurationSetName: string;
  readonly mailFromDomain: string;
  readonly send: Statement;

  constructor(name: string, args: MailDomainArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:mail:MailDomain", name, {}, opts);
    const { at, domainName, zoneId, dmarc } = args;
    const { region } = at;
    this.mailFromDomain = `${args.mailFrom ?? "bounce"}.${domainName}`;
    requireSound(args, this.mailFromDomain);
    this.identityArn = arn("ses", at, `identity/${domainName}`);
    this.configurationSetName = configurationSetOf(domainName);
    const here = { parent: this };

    const settings = new aws.sesv2.ConfigurationSet(
      name,
      {
        configurationSetName: this.configurationSetName,
        deliveryOptions: { tlsPolicy: "REQUIRE" },
        reputationOptions: { reputationMetricsEnabled: true },
        sendingOptions: { sendingEnabled: true },
        suppressionOptions: { suppressedReasons },
        region,
      },
      here,
    );
    new aws.sesv2.ConfigurationSetEventDestination(
      name,
      {
        configurationSetName: settings.configurationSetName,
        eventDestinationName: "what-became-of-it",
        eventDestination: {
          enabled: true,
          matchingEventTypes: [...(args.eventTypes ?? whatWentWrong)],
          // SES takes no other bus than the default one.
          ...(args.events === "eventbridge"
            ? { eventBridgeDestination: { eventBusArn: arn("events", at, "event-bus/default") } }
            : { snsDestination: { topicArn: args.events.topicArn } }),
        },
        region,
      },
      here,
    );
    if (args.suppressInAccount !== false)
      new aws.sesv2.AccountSuppressionAttributes(name, { suppressedReasons, region }, here);
    const identity = new aws.sesv2.EmailIdentity(
      name,
      {
        emailIdentity: domainName,
        // Mail that names no configuration set gets this one.
        configurationSetName: settings.configurationSetName,
        dkimSigningAttributes: { nextSigningKeyLength: "RSA_2048_BIT" },
        region,
      },
      // Made anew it has other tokens, and no mail goes out until DNS has them.
      { ...here, protect: opts?.protect ?? true },
    );
    const records = mailRecords(this, name, {
      domainName,
      zoneId,
      region,
      mailFromDomain: this.mailFromDomain,
      dmarc: { policy: dmarc.policy ?? "quarantine", reportsTo: dmarc.reportsTo },
      // They are there when the identity is, and in no plan before, where the attributes are only what is asked for.
      tokens: pulumi.all([identity.arn, identity.dkimSigningAttributes.tokens]).apply(([, tokens]) => tokens),
    });
    new aws.sesv2.EmailIdentityMailFromAttributes(
      name,
      {
        emailIdentity: identity.emailIdentity,
        mailFromDomain: this.mailFromDomain,
        // While its MX record is not found, mail goes out by SES's own return path: DMARC holds by DKIM alone.
        behaviorOnMxFailure: "USE_DEFAULT_VALUE",
        region,
      },
      { ...here, dependsOn: records },
    );
    this.send = sendFrom(at, domainName);
    this.registerOutputs({ identityArn: this.identityArn });
  }
}

/** The configuration set that a domain's mail is sent with. */
export const configurationSetOf = (domainName: string): string =>
  shortName(domainName.replaceAll(".", "-"), 64);

/** Lets a role send mail from the domain, with its configuration set, and from nothing else. */
export const sendFrom = (at: Location, domainName: string): Statement => ({
  Sid: "SendMail",
  Effect: "Allow",
  Action: ["ses:SendEmail", "ses:SendRawEmail"],
  Resource: [
    arn("ses", at, `identity/${domainName}`),
    arn("ses", at, `configuration-set/${configurationSetOf(domainName)}`),
  ],
  Condition: { StringLike: { "ses:FromAddress": `*@${domainName}` } },
});

const label = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
const domain = new RegExp(`^(${label}\\.)+(?!\\d+$)${label}$`);

const isDomain = (name: string): boolean => name.length <= 253 && domain.test(name);

function requireSound({ domainName, mailFrom, dmarc, eventTypes }: MailDomainArgs, mailFromDomain: string) {
  if (!isDomain(domainName))
    throw new Error(`domainName is ${domainName}; it must be a domain in lower case, such as example.com`);
  if (mailFrom !== undefined && !new RegExp(`^${label}$`).test(mailFrom))
    throw new Error(`mailFrom is ${mailFrom}; it must be one part of a name, such as bounce`);
  if (!isDomain(mailFromDomain))
    throw new Error(`${mailFromDomain} is longer than a name may be, 253 letters`);
  const [local = "", host = "", ...others] = dmarc.reportsTo.split("@");
  // A comma or an exclamation mark would end the address in the record.
  if (!/^[\w.+-]{1,64}$/.test(local) || !isDomain(host) || others.length > 0)
    throw new Error(`dmarc.reportsTo is ${dmarc.reportsTo}; it must be an e-mail address`);
  if (eventTypes?.length === 0) throw new Error("eventTypes is empty; leave it out for all that went wrong");
}
